"""What changed since a moment, for a mirror that follows: rows that are new or different, and deletions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from heapq import merge
from typing import Any

from sqlalchemy import Connection, String, cast, func, literal, select

from onrecord.ledger import _cluster_tables as c
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
    arms.append(_changed(connection, "origin", c.origins, start, record="article_id"))
    arms.append(_changed(connection, "cluster", c.clusters, start))
    arms.append(_rows(connection, _placements(start)))
    arms.append(_changed(connection, "decision", c.decisions, start))
    d = t.deletions
    whose = func.nullif(d.c.article_id, "")
    deleted = select(d.c.changed_at, d.c.kind, d.c.record_id, whose, literal("deleted"))
    arms.append(_rows(connection, deleted.where(d.c.changed_at > start).order_by(d.c.changed_at, d.c.id)))
    yield from merge(*arms, key=lambda one: one.changed_at)


def _changed(connection: Connection, kind: str, table: Any, start: str, record: str = "id") -> Iterator[Change]:
    article = table.c.id if kind == "article" else table.c.get("article_id")
    whose = literal(None) if article is None else article
    id_ = table.c[record]
    query = select(table.c.changed_at, literal(kind), cast(id_, String), whose, literal("changed"))
    return _rows(connection, query.where(table.c.changed_at > start).order_by(table.c.changed_at, id_))


def _placements(start: str) -> Any:
    """Events that came into a cluster, or whose place in it has another reason."""
    e, a = c.cluster_events, t.articles
    query = select(e.c.changed_at, literal("placement"), e.c.event_id, a.c.id, literal("changed"))
    query = query.join_from(e, a, a.c.number == e.c.number).where(e.c.changed_at > start)
    return query.order_by(e.c.changed_at, e.c.event_id)


def _rows(connection: Connection, query: Any) -> Iterator[Change]:
    for row in connection.execute(query, execution_options={"yield_per": 1000}):
        yield Change(*row)
