"""Readings made by hand: names of parties in, spans found by searching the text."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.records import (
    Article,
    Entity,
    EntityKind,
    Event,
    EventType,
    Figure,
    Mention,
    MentionForm,
    Reading,
    Span,
    Statement,
    Status,
)


def span(text: str, words: str) -> Span:
    """The first place of ``words`` in ``text``."""
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def entity(text: str, id_: str, name: str, country: str | None = None, *, sectors: Sequence[str] = ()) -> Entity:
    at = span(text, name)
    mention = Mention(start=at.start, end=at.end, text=at.text, form=MentionForm.name)
    kind = EntityKind.organisation
    return Entity(
        id=id_, name=name, kind=kind, country=country, sectors=tuple(sectors), mentions=(mention,), because="by hand"
    )


def event(
    text: str,
    trigger: str,
    type_: str,
    *,
    actors: Sequence[str] = (),
    recipients: Sequence[str] = (),
    status: str = "happened",
    attribution: Sequence[str] = (),
    number: int = 1,
) -> Event:
    return Event(
        id=f"e{number}",
        type=EventType(type_),
        actors=tuple(actors),
        recipients=tuple(recipients),
        status=Status(status),
        attribution=tuple(attribution),
        span=span(text, trigger),
        sentence=Span.of(text, 0, len(text)),
        because="by hand",
    )


def reading(
    text: str,
    *,
    entities: Sequence[Entity] = (),
    events: Sequence[Event] = (),
    statements: Sequence[Statement] = (),
    figures: Sequence[Figure] = (),
) -> Reading:
    return Reading(
        article=Article.of(text),
        entities=tuple(entities),
        events=tuple(events),
        statements=tuple(statements),
        figures=tuple(figures),
    )
