"""Proof that a reading holds together: spans slice to their text, references lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.records._errors import RecordError
from onrecord.records._models import Reading, Record, Span


def check(reading: Reading) -> Reading:
    """Return ``reading`` if every span is true and every reference resolves.

    Raises
    ------
    RecordError: naming the first record that does not hold.
    """
    text = reading.article.text
    for record in _records(reading):
        for field, span in _spans(record):
            if text[span.start : span.end] != span.text:
                seen = text[span.start : span.end]
                raise RecordError(
                    f"{_name(record)}.{field}: "
                    f"span {span.start}..{span.end} is {seen!r} in the article, not {span.text!r}"
                )
    _check_references(reading)
    return reading


def _records(reading: Reading) -> Iterator[Record]:
    for group in (reading.entities, reading.places, reading.times, reading.events, reading.statements, reading.figures):
        yield from group


def _spans(record: Record) -> Iterator[tuple[str, Span]]:
    for field in type(record).model_fields:
        value = getattr(record, field)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Span):
                yield field, item


def _check_references(reading: Reading) -> None:
    ids = {
        "entity": {record.id for record in reading.entities},
        "place": {record.id for record in reading.places},
        "time": {record.id for record in reading.times},
        "event": {record.id for record in reading.events},
        "statement": {record.id for record in reading.statements},
        "figure": {record.id for record in reading.figures},
    }
    for record, field, kind, value in _references(reading):
        if value not in ids[kind]:
            raise RecordError(f"{_name(record)}.{field}: no {kind} has the id {value!r}")
    for group in (reading.entities, reading.places, reading.times, reading.events, reading.statements, reading.figures):
        seen = [record.id for record in group]
        if len(seen) != len(set(seen)):
            raise RecordError(f"two records share an id among {sorted(seen)}")


_REFERENCES = {
    "actors": "entity",
    "recipients": "entity",
    "speaker": "entity",
    "medium": "entity",
    "place": "place",
    "time": "time",
    "event": "event",
    "part_of": "figure",
    "revises": "figure",
    "attribution": "statement",
}


def _references(reading: Reading) -> Iterator[tuple[Record, str, str, str]]:
    for record in (*reading.events, *reading.statements, *reading.figures):
        for field, kind in _REFERENCES.items():
            value = getattr(record, field, None)
            for item in value if isinstance(value, tuple) else (value,):
                if item is not None:
                    yield record, field, kind, item


def _name(record: Record) -> str:
    return f"{type(record).__name__} {getattr(record, 'id', '')}"
