"""Which articles are copies of which, in the ledger's tables: a `CopyIndex`, and the agency behind each article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from onrecord.ledger import _cluster_tables as c
from onrecord.ledger import _tables as t
from onrecord.ledger._copies import NEAREST, Copies, CopyOf
from onrecord.ledger._engine import Writing
from onrecord.ledger._origins import Agency
from onrecord.ledger._signature import Signature, sign
from onrecord.records import Article

FROM_COPY = "copy"
"""What ``agency_from`` says where the article names no agency, but one that it shares its words with does."""


class SqlCopies:
    """A `CopyIndex` on a ledger's tables, for one write transaction."""

    def __init__(self, writing: Writing) -> None:
        self._connection: Connection = writing.connection
        self._now = writing.now
        self._numbers: dict[str, int] = {}

    def sharing(self, keys: frozenset[int]) -> Iterable[tuple[str, str, Signature]]:
        o, first = c.origins, c.origins.alias()
        numbers = self._connection.scalars(sharing_query(keys)).all() if keys else ()
        query = select(o.c.number, o.c.article_id, first.c.number, first.c.article_id, o.c.signature)
        query = query.join_from(o, first, first.c.number == o.c.original).where(o.c.number.in_(numbers))
        for number, article, original_number, original, signature in self._connection.execute(query):
            self._numbers[article], self._numbers[original] = number, original_number
            yield article, original, Signature.from_bytes(signature)

    def put(self, article: str, signature: Signature, copy: CopyOf | None = None) -> None:
        number = self.number(article)
        row = {
            "number": number,
            "article_id": article,
            "original": self.number(copy.original) if copy else number,
            "alike": self.number(copy.like) if copy else None,
            "kind": copy.kind if copy else None,
            "score": copy.score if copy else None,
            "signature": signature.to_bytes(),
            "changed_at": self._now,
        }
        self._connection.execute(insert(c.origins), row)
        if signature.keys:
            keys = [{"key": key, "number": number} for key in sorted(map(_signed, signature.keys))]
            self._connection.execute(insert(c.copy_keys), keys)

    def add(self, article: Article, agency: Agency | None) -> Sequence[int]:
        """Find what a new article is a copy of and keep it; the other articles whose agency is known by it."""
        Copies(self).add(article.id, sign(article))
        return self._credit(article.id, agency.name if agency else None, agency.because if agency else None)

    def remove(self, article: str) -> Sequence[int]:
        """Take an article out. Copies that depend on it are compared anew; their numbers are given."""
        o = c.origins
        gone = self._connection.execute(select(o.c.number, o.c.original).where(o.c.article_id == article)).one()
        group = self._connection.execute(select(o).where(o.c.original == gone.original).order_by(o.c.number)).all()
        others = [row for row in group if row.number != gone.number]
        by_it = gone.number == gone.original or any(row.alike == gone.number for row in others)
        renewed = others if by_it else []
        for row in group:
            if row.number == gone.number or row in renewed:
                self._drop(row)
        for row in renewed:
            Copies(self).add(row.article_id, Signature.from_bytes(row.signature))
            own = row.agency if row.agency_from != FROM_COPY else None
            self._credit(row.article_id, own, row.agency_from)
        return [row.number for row in renewed]

    def number(self, article: str) -> int:
        """The number of an article that is in."""
        if article not in self._numbers:
            of_id = select(t.articles.c.number).where(t.articles.c.id == article)
            self._numbers[article] = self._connection.execute(of_id).scalar_one()
        return self._numbers[article]

    def _credit(self, article: str, agency: str | None, because: str | None) -> Sequence[int]:
        """Say which agency an article comes from; one that names none has that of the article it is a copy of."""
        o, number = c.origins, self.number(article)
        this = o.c.number == number
        original = self._connection.execute(select(o.c.original).where(this)).scalar_one()
        if agency is None:
            named = select(o.c.agency).where(o.c.original == original, o.c.agency_from != FROM_COPY)
            agency = self._connection.execute(named.order_by(o.c.number).limit(1)).scalar()
            because = FROM_COPY
        if agency is None:
            return ()
        values = {"agency": agency, "agency_from": because, "changed_at": self._now}
        self._connection.execute(update(o).where(this).values(values))
        nameless = [o.c.original == original, o.c.agency.is_(None)]
        others = self._connection.scalars(select(o.c.number).where(*nameless)).all()
        if others:
            self._connection.execute(update(o).where(*nameless).values({**values, "agency_from": FROM_COPY}))
        return others

    def _drop(self, row: Any) -> None:
        k, keys = c.copy_keys, [_signed(key) for key in Signature.from_bytes(row.signature).keys]
        self._connection.execute(delete(k).where(k.c.key.in_(keys), k.c.number == row.number))
        self._connection.execute(delete(c.origins).where(c.origins.c.number == row.number))


def sharing_query(keys: Iterable[int]) -> Select[Any]:
    """The numbers of the articles that share most of the keys of a signature, of these the first to arrive."""
    k = c.copy_keys
    sharing = select(k.c.number).where(k.c.key.in_(sorted(map(_signed, keys)))).group_by(k.c.number)
    return sharing.order_by(func.count().desc(), k.c.number).limit(NEAREST)


def _signed(key: int) -> int:
    """A key of 32 bits as databases write whole numbers of that size."""
    return key - (1 << 31)
