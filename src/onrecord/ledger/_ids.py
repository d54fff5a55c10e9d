"""Ids that stay: a record is known by its article and its words, not by its number in one reading."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from typing import Final

from onrecord.records import Entity, Event, Figure, Place, Reading, Record, Span, Statement, Time

KINDS: Final[dict[str, tuple[str, type[Record]]]] = {
    "entity": ("entities", Entity),
    "place": ("places", Place),
    "time": ("times", Time),
    "statement": ("statements", Statement),
    "event": ("events", Event),
    "figure": ("figures", Figure),
}
"""Kinds of records with the field of a reading that holds them; what others refer to comes first."""

REFERENCES: Final = {
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
"""Fields that hold the id of another record, or several, with its kind."""


def records_of(reading: Reading) -> Iterator[tuple[str, Record]]:
    """Every record of a reading with its kind."""
    for kind, (field, _) in KINDS.items():
        for record in getattr(reading, field):
            yield kind, record


def ledger_ids(reading: Reading) -> dict[str, str]:
    """The lasting id of each record, by its id in the reading.

    Read again by a better version, a record keeps its id as long as its words are the same.
    """
    seen: Counter[tuple[str, int, int]] = Counter()
    ids = {}
    for kind, record in records_of(reading):
        span = anchor(record)
        key = (kind, span.start, span.end)
        ids[local_id(record)] = _id(reading.article.id, *key, seen[key])
        seen[key] += 1
    return ids


def anchor(record: Record) -> Span:
    """The words that a record is known by: trigger, number, first words said, or first mention."""
    if isinstance(record, (Entity, Place)):
        return record.mentions[0]
    if isinstance(record, Statement):
        return record.content[0]
    span: Span = record.span  # type: ignore[attr-defined]
    return span


def local_id(record: Record) -> str:
    """The id a record has within its reading."""
    found: str = record.id  # type: ignore[attr-defined]
    return found


def fold(name: str) -> str:
    """A name as it is looked up: without case, accents or doubled spaces."""
    if name.isascii():
        return " ".join(name.lower().split())
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _id(article: str, kind: str, start: int, end: int, number: int) -> str:
    return blake2b(f"{article}/{kind}/{start}/{end}/{number}".encode(), digest_size=10).hexdigest()
