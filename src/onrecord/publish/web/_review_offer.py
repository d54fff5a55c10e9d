"""What the form of a record offers to choose from: fixed lists with their meanings, and what the article has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.ledger._corrections import Reviewed
from onrecord.publish._view import View, shortened
from onrecord.publish.web._review_view import party
from onrecord.reading._codebook import CONTEXTS, MODES
from onrecord.records import Bound, EntityKind, EventType, FigureKind, Scope, Stance, Status, Style, Vocabulary


@dataclass(frozen=True, slots=True)
class Choice:
    """A value and what stands for it."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Field:
    """How a field is asked for. ``shape``: choice, several (choices in order), words, phrases, text, number."""

    label: str
    shape: str
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    required: bool = False
    new: str = ""  # what may be made from words of the article: entity, place, time, statement
    suggestions: tuple[str, ...] = ()


def offered(reviewed: Reviewed, kind: str) -> dict[str, Field]:
    """The fields of a kind of record, as they are asked for in this article."""
    view, ids = View(reviewed.reading), reviewed.ids
    reading = reviewed.reading
    entities = parties(reviewed)
    places = tuple(
        Choice(ids[one.id], f"{one.name} ({one.country})" if one.country else one.name) for one in reading.places
    )
    times = tuple(
        Choice(ids[one.id], f"“{one.span.text}”" + (f" = {one.start[:10]}" if one.start else ""))
        for one in reading.times
    )
    statements = tuple(
        Choice(ids[one.id], f"{view.speaker(one)}: {shortened(view.content(one), 70)}") for one in reading.statements
    )
    events = tuple(Choice(ids[one.id], f"{view.act(one)} “{shortened(one.span.text, 40)}”") for one in reading.events)
    types = (*_listed(EventType), *(Choice(one.name, f"{one.name}: {one.meaning}") for one in reading.types))
    modes = tuple(sorted({mode for found in MODES.values() for mode in found}))
    trigger = Field("Words it is known by", "words", hint="the fewest words that say it", required=True)
    everywhere = {
        "place": Field("Where", "choice", places, new="place"),
        "time": Field("When", "choice", times, new="time"),
        "attribution": Field(
            "According to", "several", statements, hint="nearest first; none: the article itself", new="statement"
        ),
        "span": trigger,
    }
    if kind == "event":
        return {
            "type": Field("What", "choice", types, required=True),
            "mode": Field("Mode", "text", suggestions=modes),
            "contexts": Field("Contexts", "text", hint="separated by commas", suggestions=tuple(sorted(CONTEXTS))),
            "status": Field("How real", "choice", _listed(Status), required=True),
            "actors": Field("Who", "several", entities, new="entity"),
            "recipients": Field("To whom", "several", entities, new="entity"),
            **everywhere,
        }
    if kind == "figure":
        return {
            "kind": Field("What was counted", "choice", _listed(FigureKind), required=True),
            "low": Field("At least", "number", hint="the number itself when it is exact"),
            "high": Field("At most", "number", hint="empty when the number is exact or open upwards"),
            "bound": Field("What the number promises", "choice", _listed(Bound), required=True),
            "scope": Field("What it covers", "choice", _listed(Scope), required=True),
            "whom": Field("Of whom", "text"),
            "event": Field("Of the event", "choice", events),
            **everywhere,
        }
    return {
        "speaker": Field("Who says", "choice", entities, hint="none: nobody is named", new="entity"),
        "medium": Field("In which medium", "choice", entities, new="entity"),
        "cue": Field("The word of saying", "words"),
        "content": Field("What was said", "phrases", required=True),
        "style": Field("How given", "choice", _listed(Style), required=True),
        "stance": Field("Stance", "choice", _listed(Stance), required=True),
        "attribution": Field("Reported by", "several", statements, hint="nearest first"),
    }


def parties(reviewed: Reviewed) -> tuple[Choice, ...]:
    """The parties of the article."""
    return tuple(Choice(reviewed.ids[one.id], party(one)) for one in reviewed.reading.entities)


ENTITY_KINDS = tuple(EntityKind)


def _listed(values: Iterable[Vocabulary]) -> tuple[Choice, ...]:
    return tuple(Choice(one.value, f"{one.value}: {one.meaning}") for one in values)
