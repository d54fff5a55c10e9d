"""What changed since a moment, for a mirror that follows: rows that are new or different, and deletions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from heapq import merge
from typing import Any

from sqlalchemy import Connection, String, cast, literal, select

from onrecord.ledger import _tables as t
from onrecord.ledger._engine import moment
from onrecord.ledger._results import Change
from onrecord.records import BadOption


def since_moment(text: str) -> str:
    """A day, or a date and time, as the ledger writes moments. Without zone it is UTC.

    Raises
    ------
    BadOption: neither.
    """
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        raise BadOption(
            f"moment {text!r} is not understood. Write a day (2023-10-14), or the `changed_at` of the last change seen."
        ) from None
    return moment(parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC))


def changes(connection: Connection, since: str | None) -> Iterator[Change]:
    """Changes after ``since``, oldest first. All of one transaction have the same moment and come together."""
    start = since or ""
    arms = [_changed(connection, kind, table, start) for kind, table in t.FOLLOWED.items()]
    arms.append(_changed(connection, "rejected", t.rejected, start))
    arms.append(_changed(connection, "correction", t.corrections, start))
    d = t.deletions
    deleted = select(d.c.changed_at, d.c.kind, d.c.record_id, d.c.article_id, literal("deleted"))
    arms.append(_rows(connection, deleted.where(d.c.changed_at > start).order_by(d.c.changed_at, d.c.id)))
    yield from merge(*arms, key=lambda one: one.changed_at)


def _changed(connection: Connection, kind: str, table: Any, start: str) -> Iterator[Change]:
    article = table.c.id if kind == "article" else table.c.get("article_id")
    whose = literal(None) if article is None else article
    query = select(table.c.changed_at, literal(kind), cast(table.c.id, String), whose, literal("changed"))
    return _rows(connection, query.where(table.c.changed_at > start).order_by(table.c.changed_at, table.c.id))


def _rows(connection: Connection, query: Any) -> Iterator[Change]:
    for row in connection.execute(query, execution_options={"yield_per": 1000}):
        yield Change(*row)
