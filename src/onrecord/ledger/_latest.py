"""What came in or changed last, article by article: what a feed shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, Table, select

from onrecord.ledger import _tables as t

if TYPE_CHECKING:
    from onrecord.ledger._ledger import Ledger


@dataclass(frozen=True, slots=True)
class Latest:
    """What one transaction did to one article. ``changed``: how many of each kind; ``gone``: it was taken out."""

    changed_at: str
    article_id: str
    title: str | None
    publisher: str | None
    url: str | None
    changed: tuple[tuple[str, int], ...]
    gone: bool


def latest(ledger: Ledger, *, limit: int = 50) -> list[Latest]:
    """The newest changes, newest first; what one transaction did to one article is one entry."""
    with ledger._database.reading() as connection:
        entries = _entries(connection, limit)
        r = t.articles
        ids = [article for _, article in entries]
        rows = connection.execute(select(r.c.id, r.c.title, r.c.publisher, r.c.url).where(r.c.id.in_(ids))).all()
    known = {row.id: row for row in rows}
    return [
        Latest(
            changed_at=moment,
            article_id=article,
            title=known[article].title if article in known else None,
            publisher=known[article].publisher if article in known else None,
            url=known[article].url if article in known else None,
            changed=tuple(kinds.items()),
            gone=article not in known,
        )
        for (moment, article), kinds in entries.items()
    ]


def _entries(connection: Connection, limit: int) -> dict[tuple[str, str], Counter[str]]:
    """By moment and article how many records of each kind changed; the newest first."""
    arms = {**t.FOLLOWED, "correction": t.corrections, "deleted": t.deletions}
    found: set[tuple[str, str]] = set()
    for kind, table in arms.items():
        newest = _changes(kind, table).distinct().order_by(table.c.changed_at.desc()).limit(limit)
        found |= {(row[0], row[1]) for row in connection.execute(newest)}
    entries: dict[tuple[str, str], Counter[str]] = {key: Counter() for key in sorted(found, reverse=True)[:limit]}
    moments = {moment for moment, _ in entries}
    for kind, table in arms.items():
        query = _changes(kind, table).where(table.c.changed_at.in_(moments))
        for moment, article in connection.execute(query):
            if (moment, article) in entries:
                entries[moment, article][kind] += 1
    return entries


def _changes(kind: str, table: Table) -> Select[Any]:
    query = select(table.c.changed_at, table.c.id if kind == "article" else table.c.article_id)
    # What is gone of clusters and the like is no part of the record.
    return query.where(table.c.kind.in_(t.FOLLOWED)) if kind == "deleted" else query
