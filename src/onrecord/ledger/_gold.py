"""What reviewers found right or wrong, as annotation that the project's scorers read: one object an article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.ledger._corrections import Reviewed
from onrecord.records import Event, Figure, Reading, Span, Statement

_RIGHT = ("accepted", "edited", "added")


def gold(reviewed: Reviewed) -> dict[str, Any]:
    """One article's reviewed records. Those nobody looked at are left out: the annotation is not complete.

    Offsets are into the article's text, which is not included; ``rejected`` lists what the machine got wrong.
    """
    reading, reviews = reviewed.reading, reviewed.reviews
    records: list[Event | Statement | Figure] = [*reading.events, *reading.statements, *reading.figures]
    right = [one for one in records if reviews.get(one.id) in _RIGHT]
    wrong = [one for one in records if reviews.get(one.id) == "rejected"]
    return {
        "article": reading.article.id,
        "url": reading.article.url,
        "published": reading.article.published,
        "complete": False,
        "events": [{**_event(reading, one), "review": reviews[one.id]} for one in right if isinstance(one, Event)],
        "statements": [
            {**_statement(reading, one), "review": reviews[one.id]} for one in right if isinstance(one, Statement)
        ],
        "figures": [{**_figure(reading, one), "review": reviews[one.id]} for one in right if isinstance(one, Figure)],
        "rejected": [_wrong(one) for one in wrong],
    }


def _event(reading: Reading, event: Event) -> dict[str, Any]:
    return {
        **_anchor(event.span),
        "type": str(event.type),
        "alt_types": [],
        "core": False,  # a reviewer was not asked whether it is what the article is about
        "mode": event.mode,
        "contexts": list(event.contexts),
        "actors": list(_parties(reading, event.actors)),
        "recipients": list(_parties(reading, event.recipients)),
        **_circumstances(reading, event),
        "status": event.status.value,
        "speakers": _speakers(reading, event.attribution),
    }


def _statement(reading: Reading, statement: Statement) -> dict[str, Any]:
    names = {one.id: one.name for one in reading.entities}
    return {
        "speaker": names.get(statement.speaker or ""),
        "cue": statement.cue.text if statement.cue else None,
        "medium": names.get(statement.medium or ""),
        "start": statement.content[0].start,
        "end": statement.content[-1].end,
        "content": [_anchor(span) for span in statement.content],
        "style": statement.style.value,
        "stance": statement.stance.value,
        "speakers": _speakers(reading, statement.attribution),
    }


def _figure(reading: Reading, figure: Figure) -> dict[str, Any]:
    speakers = _speakers(reading, figure.attribution)
    return {
        **_anchor(figure.span),
        "kind": figure.kind.value,
        "low": figure.low,
        "high": figure.high,
        "bound": figure.bound.value,
        "scope": figure.scope.value,
        "whom": figure.whom,
        "currency": figure.currency,
        **_circumstances(reading, figure),
        "speakers": speakers,
    }


def _circumstances(reading: Reading, record: Event | Figure) -> dict[str, Any]:
    times = {one.id: one.value for one in reading.times}
    places = {one.id: one.name for one in reading.places}
    return {"place": places.get(record.place or ""), "when": times.get(record.time or "")}


def _wrong(record: Event | Statement | Figure) -> dict[str, Any]:
    kind = type(record).__name__.lower()
    span = record.content[0] if isinstance(record, Statement) else record.span
    what = {"type": str(record.type)} if isinstance(record, Event) else {}
    return {"kind": kind, **_anchor(span), **what}


def _anchor(span: Span) -> dict[str, Any]:
    return {"anchor": span.text, "start": span.start, "end": span.end}


def _parties(reading: Reading, ids: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    entities = {one.id: one for one in reading.entities}
    for one in ids:
        entity = entities[one]
        yield {"name": entity.name, "country": entity.country, "sectors": list(entity.sectors)}


def _speakers(reading: Reading, attribution: tuple[str, ...]) -> list[str]:
    names = {one.id: one.name for one in reading.entities}
    speaker = {one.id: one.speaker for one in reading.statements}
    return [names[who] for one in attribution if (who := speaker[one])]
