"""What reviewers did, last first, and what of it is in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from onrecord.ledger import _tables as t
from onrecord.ledger._corrections import Correction
from onrecord.ledger._results import Found
from onrecord.records import BadOption


@dataclass(frozen=True, slots=True)
class Act:
    """One correction with what became of it.

    ``turn`` is the number to give to ``undo`` so that it changes sides: the correction's own while nobody undid it,
    else that of the last undoing or bringing back.
    """

    correction: Correction
    in_force: bool
    turn: int


def history(
    connection: Connection,
    *,
    record: str | None,
    article: str | None,
    reviewer: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    after: str | None,
) -> Found[Act]:
    """A page of what reviewers did.

    Raises
    ------
    BadOption: a day that is none, or a mark that this program did not give.
    """
    c = t.corrections
    query = select(c)
    for column, value in ((c.c.record_id, record), (c.c.article_id, article), (c.c.reviewer, reviewer)):
        if value is not None:
            query = query.where(column == value)
    if since is not None:
        query = query.where(c.c.changed_at >= _day(since, "since").isoformat())
    if until is not None:
        query = query.where(c.c.changed_at < (_day(until, "until") + timedelta(days=1)).isoformat())
    if after is not None:
        if not after.isascii() or not after.isdigit():
            raise BadOption(f"after {after!r} is not a mark this program gave. Give the `next` of the page before.")
        query = query.where(c.c.id < int(after))
    rows = connection.execute(query.order_by(c.c.id.desc()).limit(limit + 1)).all()
    shown = [Correction(**row._mapping) for row in rows[:limit]]
    return Found(with_fate(connection, shown), kind=Act, next=str(shown[-1].id) if len(rows) > limit else None)


def with_fate(connection: Connection, corrections: Iterable[Correction]) -> list[Act]:
    """Each correction with whether it is in force."""
    shown = list(corrections)
    undone = _undoings(connection, {one.record_id for one in shown})
    return [Act(one, *_fate(one.id, undone)) for one in shown]


def in_force_of(connection: Connection, records: Iterable[str]) -> set[int]:
    """The numbers of what is in force of these records."""
    some = list(records)
    c = t.corrections
    undone = _undoings(connection, some)
    numbers = connection.scalars(select(c.c.id).where(c.c.record_id.in_(some), c.c.action != "undo"))
    return {number for number in numbers if _fate(number, undone)[0]}


def _undoings(connection: Connection, records: Iterable[str]) -> dict[int, int]:
    """Which number undid which, among the corrections of these records."""
    c = t.corrections
    query = select(c.c.undoes, c.c.id).where(c.c.record_id.in_(list(records)), c.c.undoes.is_not(None))
    return {row.undoes: row.id for row in connection.execute(query)}


def _fate(number: int, undone: dict[int, int]) -> tuple[bool, int]:
    """Whether it is in force, and the last number of the chain of undoings that begins with it."""
    in_force = True
    while number in undone:
        number, in_force = undone[number], not in_force
    return in_force, number


def _day(value: Any, name: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadOption(f"{name} {value!r} is not a day. Write it as 2024-03-14.") from None
