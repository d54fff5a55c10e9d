"""A reading in the words a person reads: names for ids, phrases for statuses, bounds and chains of sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from onrecord.ingest import layout
from onrecord.records import Bound, Entity, Event, Figure, Place, Reading, Sourcing, Statement, Status, Time, sourcing

STATUS_WORDS = {
    Status.happened: "DONE",
    Status.ongoing: "ONGOING",
    Status.planned: "PLANNED",
    Status.called_for: "CALLED FOR",
    Status.threatened: "THREATENED",
    Status.hypothetical: "POSSIBLE",
    Status.negated: "NOT DONE",
}

_BOUND_WORDS = {
    Bound.exact: "{low}",
    Bound.at_least: "at least {low}",
    Bound.more_than: "more than {low}",
    Bound.at_most: "at most {high}",
    Bound.less_than: "fewer than {high}",
    Bound.about: "about {low}",
    Bound.range: "{low} to {high}",
}

SOURCING_WORDS = {
    Sourcing.acting_side: "the side that acted",
    Sourcing.other_side: "the side it was done to",
    Sourcing.third_party: "a third party",
    Sourcing.other_medium: "another medium",
}

OWN_VOICE = "the article itself"


@dataclass(frozen=True)
class View:
    """One reading, with what its ids stand for."""

    reading: Reading

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        return {item.id: item for item in self.reading.entities}

    @cached_property
    def _places(self) -> dict[str, Place]:
        return {item.id: item for item in self.reading.places}

    @cached_property
    def _times(self) -> dict[str, Time]:
        return {item.id: item for item in self.reading.times}

    @cached_property
    def _statements(self) -> dict[str, Statement]:
        return {item.id: item for item in self.reading.statements}

    @property
    def heading(self) -> str:
        """The title, else the headline or first line of prose in the text, cut to a line's length."""
        article = self.reading.article
        found = layout(article)
        headline = next((article.text[part.start : part.end] for part in found.of("headline")), None)
        start = 0
        for part in found.furniture:
            if article.text[start : part.start].strip():
                break
            start = max(start, part.end)
        first = article.text[start:].strip().partition("\n")[0]
        return shortened(article.title or headline or first or article.url or "", 100)

    @property
    def particulars(self) -> str:
        """Publisher, authors, date and repairs, as far as known."""
        article = self.reading.article
        parts = [
            article.publisher,
            ", ".join(article.authors) or None,
            article.published or "date of publication unknown",
        ]
        if article.repairs:
            parts.append("mended: " + ", ".join(article.repairs))
        return " · ".join(part for part in parts if part)

    def party(self, id_: str) -> str:
        """A party's name with its country."""
        entity = self._entities[id_]
        if entity.country is None or entity.kind == "country":
            return entity.name
        return f"{entity.name} ({entity.country})"

    def parties(self, ids: tuple[str, ...]) -> str:
        """Parties' names in a row; empty when the text names none."""
        return ", ".join(self.party(id_) for id_ in ids)

    def act(self, event: Event) -> str:
        """Type and mode: "CONSULT visit"."""
        return f"{event.type} {event.mode}" if event.mode else str(event.type)

    def where(self, record: Event | Figure) -> str:
        """The place's name; a "?" follows one that could not be located."""
        if record.place is None:
            return ""
        place = self._places[record.place]
        return place.name if place.precision is not None else f"{place.name} (?)"

    def when(self, record: Event | Figure) -> str:
        """The day or days, else the words of the text."""
        if record.time is None:
            return ""
        time = self._times[record.time]
        if time.start is None:
            return f"“{time.span.text}”"
        return time.start if time.end in (None, time.start) else f"{time.start} to {time.end}"

    def source(self, attribution: tuple[str, ...], *, own: str = OWN_VOICE) -> str:
        """The chain of sources: "according to A, as reported by B"; ``own`` when nobody is cited."""
        if not attribution:
            return own
        names = [self.speaker(self._statements[id_]) for id_ in attribution]
        return "according to " + ", as reported by ".join(name for i, name in enumerate(names) if name not in names[:i])

    def sourcing(self, event: Event) -> str:
        """On whose side the source is: "the side that acted"; nothing where no source is named."""
        return SOURCING_WORDS.get(sourcing(self.reading, event), "")

    def speaker(self, statement: Statement) -> str:
        """Who speaks; where nobody is named, the word that says it is hearsay."""
        if statement.speaker is not None:
            name = self.party(statement.speaker)
            return name if statement.medium is None else f"{name} (in {self._entities[statement.medium].name})"
        return f"a source not named (“{statement.cue.text}”)" if statement.cue else "a source not named"

    def amount(self, figure: Figure) -> str:
        """The number as the text bounds it."""
        if figure.bound == Bound.vague:
            return figure.span.text
        low, high = (f"{value:,}" if value is not None else "?" for value in (figure.low, figure.high))
        pattern = _BOUND_WORDS[figure.bound]
        if figure.bound in (Bound.at_most, Bound.less_than) and figure.high is None:
            high = low
        return " ".join(filter(None, (pattern.format(low=low, high=high), figure.currency)))

    def content(self, statement: Statement) -> str:
        """What was said, pieces of a split quotation joined by dots; quotation marks for the speaker's own words."""
        words = " … ".join(span.text for span in statement.content)
        words = " ".join(words.split())
        return f"“{words}”" if statement.style == "direct" else words


def shortened(text: str, width: int) -> str:
    """``text`` on one line, cut at a word with an ellipsis when longer than ``width`` characters."""
    text = " ".join(text.split())
    if len(text) <= width:
        return text
    return text[: width - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
