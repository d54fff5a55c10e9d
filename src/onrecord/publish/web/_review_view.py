"""One record as the review page shows it: its words marked in the article, its fields in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

from onrecord.ledger import Sheet
from onrecord.publish._view import STATUS_WORDS, View
from onrecord.publish.web._render import visible
from onrecord.records import Entity, Event, EventType, Figure, Place, Reading, Span, Statement

AROUND = 6_000
"""So many characters of the article are shown on either side of the record's words."""

ROLES = {
    "trigger": "the words it is known by",
    "actor": "who did it",
    "recipient": "to whom",
    "place": "where",
    "time": "when",
    "speaker": "who says so",
    "cue": "the word of saying",
    "said": "what was said",
    "sentence": "the sentence",
}
"""How words are marked, with what each mark means."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the article with the same marks throughout. ``start`` counts in characters of the whole text."""

    start: int
    text: str
    roles: tuple[str, ...]

    @property
    def shown(self) -> Markup:
        """The text as it is stored. A carriage return is written out, or browsers would drop it and count wrong."""
        return Markup(str(escape(visible(self.text))).replace("\r", "&#13;"))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The article around a record. ``before`` and ``after``: so many characters are not shown."""

    pieces: tuple[Piece, ...]
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of a record for people. ``meaning`` explains a value of a fixed list."""

    label: str
    value: str
    meaning: str = ""


def excerpt(reading: Reading, record: Any | None = None) -> Excerpt:
    """The article with a record's words marked; of a long one, the part around them."""
    text = reading.article.text
    marks = list(_marks(reading, record)) if record is not None else []
    middle = next((span for span, role in marks if role in ("trigger", "said")), None)
    start = max(0, middle.start - AROUND) if middle else 0
    end = min(len(text), (middle.end if middle else 0) + AROUND if middle else 2 * AROUND)
    inside = [(span, role) for span, role in marks if span.start < end and span.end > start]
    edges = {min(max(edge, start), end) for span, _ in inside for edge in (span.start, span.end)}
    cuts = sorted({start, end} | edges)
    pieces = tuple(
        Piece(a, text[a:b], tuple(role for role in ROLES if any(
            role == its and span.start <= a and b <= span.end for span, its in inside
        )))
        for a, b in pairwise(cuts)
    )  # fmt: skip
    return Excerpt(pieces, start, len(text) - end)


def facts(sheet: Sheet) -> list[Fact]:
    """The fields of a record, all of them."""
    view, record = View(sheet.reviewed.reading), sheet.record
    if isinstance(record, Event):
        return list(_event(view, record))
    if isinstance(record, Figure):
        return list(_figure(view, record))
    assert isinstance(record, Statement)
    return list(_statement(view, record))


def headline(sheet: Sheet) -> str:
    """The record in a few words, for headings and messages."""
    view, record = View(sheet.reviewed.reading), sheet.record
    if isinstance(record, Event):
        return f"{view.act(record)}, {STATUS_WORDS[record.status].lower()}: “{_line(record.span.text)}”"
    if isinstance(record, Figure):
        return f"{record.kind}: “{_line(record.span.text)}”"
    if isinstance(record, Statement):
        return f"{view.speaker(record)}: “{_line(record.content[0].text)}”"
    return str(getattr(record, "name", sheet.record_id))


def words_of(record: Any) -> Span:
    """The words that a record is known by."""
    span: Span = record.content[0] if isinstance(record, Statement) else record.span
    return span


def _event(view: View, event: Event) -> Iterator[Fact]:
    type_ = event.type
    own = next((one.meaning for one in view.reading.types if one.name == type_), "")
    yield Fact("What", view.act(event), type_.meaning if isinstance(type_, EventType) else own)
    yield Fact("How real", event.status.value, event.status.meaning)
    yield Fact("Who", _parties(view, event.actors) or "nobody named")
    yield Fact("To whom", _parties(view, event.recipients) or "nobody named")
    yield from _circumstances(view, event)
    yield Fact("Contexts", ", ".join(event.contexts) or "none")
    yield Fact("According to", _source(view, event.attribution))
    yield Fact("Found by", event.because)


def _figure(view: View, figure: Figure) -> Iterator[Fact]:
    yield Fact("What", figure.kind.value, figure.kind.meaning)
    yield Fact("How many", f"{view.amount(figure)} ({figure.bound.value})", figure.bound.meaning)
    yield Fact("Of whom", figure.whom or "not said")
    yield Fact("Covers", figure.scope.value, figure.scope.meaning)
    event = next((one for one in view.reading.events if one.id == figure.event), None)
    yield Fact("Of the event", f"{view.act(event)} “{event.span.text}”" if event else "none")
    yield from _circumstances(view, figure)
    yield Fact("According to", _source(view, figure.attribution))
    yield Fact("Found by", figure.because)


def _statement(view: View, statement: Statement) -> Iterator[Fact]:
    yield Fact("Who says", view.speaker(statement))
    yield Fact("What", view.content(statement))
    yield Fact("How given", statement.style.value, statement.style.meaning)
    yield Fact("Stance", statement.stance.value, statement.stance.meaning)
    yield Fact("Reported by", _source(view, statement.attribution))


def _circumstances(view: View, record: Event | Figure) -> Iterator[Fact]:
    place = next((one for one in view.reading.places if one.id == record.place), None)
    yield Fact("Where", _place(place) if place else "not said")
    when = view.when(record)
    time = next((one for one in view.reading.times if one.id == record.time), None)
    yield Fact("When", f"{when} (“{time.span.text}”)" if time and time.start else when or "not said")


def _source(view: View, attribution: tuple[str, ...]) -> str:
    return view.source(attribution).removeprefix("according to ")


def _place(place: Place) -> str:
    known = [place.precision.value if place.precision else "not located", place.country]
    return f"{place.name} ({', '.join(part for part in known if part)})"


def _parties(view: View, ids: tuple[str, ...]) -> str:
    entities = {one.id: one for one in view.reading.entities}
    return "; ".join(party(entities[one]) for one in ids)


def party(entity: Entity) -> str:
    """A party with what is known of it."""
    known = [entity.role, entity.country if entity.kind != "country" else None, *entity.sectors]
    told = ", ".join(part for part in known if part)
    return f"{entity.name} ({told})" if told else entity.name


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59].rstrip() + "…"


def _marks(reading: Reading, record: Any) -> Iterator[tuple[Span, str]]:
    if isinstance(record, Statement):
        yield from _said(reading, record)
    else:
        yield record.span, "trigger"
        yield record.sentence, "sentence"
        yield from ((one.span, "time") for one in reading.times if one.id == record.time)
        for place in reading.places:
            if place.id == record.place:
                yield from ((span, "place") for span in place.mentions)
    if isinstance(record, Event):
        for side, ids in (("actor", record.actors), ("recipient", record.recipients)):
            yield from _mentions(reading, ids, side)
    for statement in reading.statements:
        if statement.id in record.attribution:
            yield from _said(reading, statement)


def _said(reading: Reading, statement: Statement) -> Iterator[tuple[Span, str]]:
    if statement.cue:
        yield statement.cue, "cue"
    yield from ((span, "said") for span in statement.content)
    if statement.speaker:
        yield from _mentions(reading, (statement.speaker,), "speaker")


def _mentions(reading: Reading, ids: tuple[str, ...], role: str) -> Iterator[tuple[Span, str]]:
    for entity in reading.entities:
        if entity.id in ids:
            yield from ((span, role) for span in entity.mentions)
