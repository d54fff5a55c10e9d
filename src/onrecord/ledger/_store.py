"""Putting articles into a ledger and taking them out: always a whole article, always in one transaction."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, Table, delete, insert, select, update

from onrecord.ingest import Rejected
from onrecord.ledger import _tables as t
from onrecord.ledger._corrections import Correction, review
from onrecord.ledger._engine import Writing
from onrecord.ledger._placing import compare, compare_again, take_out
from onrecord.ledger._rows import CHILDREN, Row, article_row, rows_of
from onrecord.records import Article, Reading

RAW_KEPT = 1_000_000
"""So many bytes of an input that was set aside are kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an article that was put in: ``new``, ``changed`` by a better reading, ``same``, or ``again``.

    ``again``: the same words had come from elsewhere; that they were seen there too is kept.
    """

    article_id: str
    what: str


def sighting_id(article: Article) -> str:
    """What tells one publication of a text from another; by it a run knows what it has done."""
    parts = (article.id, article.url, article.publisher, article.published, article.title)
    return sha256("\x00".join(part or "" for part in parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def known(connection: Connection, article: Article) -> bool:
    """Whether this publication of this text is in the ledger."""
    row = connection.execute(select(t.sightings.c.id).where(t.sightings.c.id == sighting_id(article))).first()
    return row is not None


def has_text(connection: Connection, article_id: str) -> bool:
    """Whether an article with these very words is in the ledger."""
    return connection.execute(select(t.articles.c.id).where(t.articles.c.id == article_id)).first() is not None


def addresses(connection: Connection) -> set[str]:
    """The web addresses of all publications, and the addresses that were fetched and led there."""
    seen = t.sightings.c
    return {
        address
        for row in connection.execute(select(seen.url, seen.name))
        for address in row
        if address and address.startswith(("http://", "https://"))
    }


def put(writing: Writing, reading: Reading, *, name: str, version: str, read_again: bool = False) -> Kept:
    """Put a reading in. The first reading of a text stays, unless ``read_again`` lets this one replace it."""
    article = reading.article
    if not has_text(writing.connection, article.id):
        _put_new(writing, reading, version)
        _see(writing, article, name)
        return Kept(article.id, "new")
    changed = read_again and _replace(writing, reading, version)
    seen = _see(writing, article, name)
    return Kept(article.id, "changed" if changed else "again" if seen else "same")


def see_again(writing: Writing, article: Article, *, name: str) -> Kept:
    """A text that is already in was published elsewhere too."""
    return Kept(article.id, "again" if _see(writing, article, name) else "same")


def set_aside(writing: Writing, rejected: Rejected) -> bool:
    """Keep what could not be read, with the reason; False when it is already kept."""
    error, raw = rejected.error, rejected.raw
    digest = sha256(f"{rejected.name}\x00{type(error).__name__}\x00".encode("utf-8", "surrogatepass") + (raw or b""))
    row = {
        "id": digest.hexdigest()[:24],
        "name": _clean(rejected.name),
        "error": type(error).__name__,
        "seen": _clean(error.seen),
        "remedy": _clean(error.remedy),
        "raw": raw[:RAW_KEPT] if raw is not None else None,
        "whole": raw is not None and len(raw) <= RAW_KEPT,
        "changed_at": writing.now,
    }
    there = writing.connection.execute(select(t.rejected.c.id).where(t.rejected.c.id == row["id"])).first()
    if there is None:
        writing.connection.execute(insert(t.rejected), row)
    return there is None


def forget(writing: Writing, article_id: str) -> bool:
    """Take an article out with all its records; what reviewers said of it stays. False when it is not there."""
    if not has_text(writing.connection, article_id):
        return False
    take_out(writing, article_id)
    gone = [
        {"kind": kind, "record_id": record, "article_id": article_id, "changed_at": writing.now}
        for kind, table in t.FOLLOWED.items()
        if kind != "article"
        for record in writing.connection.scalars(select(table.c.id).where(table.c.article_id == article_id))
    ]
    gone.append({"kind": "article", "record_id": article_id, "article_id": article_id, "changed_at": writing.now})
    writing.connection.execute(insert(t.deletions), gone)
    writing.connection.execute(delete(t.articles).where(t.articles.c.id == article_id))
    return True


def lay_out(writing: Writing, reading: Reading) -> bool:
    """Make an article's rows say what its reading and its corrections say; True when any row changed.

    Rows that stay as they are keep the moment of their last change.
    """
    reviewed = review(reading, corrections_of(writing.connection, reading.article.id))
    rows = rows_of(reviewed)
    before = _stored(writing.connection, reading.article.id)
    parts_before, parts = _parts(before), _parts(rows)
    changed = _Difference(writing, reading.article.id, before, parts_before, rows, parts).apply()
    if changed:
        compare_again(writing, reviewed)
    return changed


def stored_reading(connection: Connection, article_id: str) -> Reading | None:
    """The machine's reading of an article, exactly as it was put in."""
    text = connection.execute(select(t.readings.c.json).where(t.readings.c.article_id == article_id)).scalar()
    return Reading.from_json(text) if text is not None else None


def corrections_of(connection: Connection, article_id: str) -> list[Correction]:
    """All that reviewers said about one article, oldest first."""
    found = select(t.corrections).where(t.corrections.c.article_id == article_id).order_by(t.corrections.c.id)
    return [Correction(**row._mapping) for row in connection.execute(found)]


def _put_new(writing: Writing, reading: Reading, version: str) -> None:
    connection, now, article = writing.connection, writing.now, reading.article
    connection.execute(insert(t.articles), {**article_row(article), "changed_at": now})
    connection.execute(insert(t.readings), _reading_row(reading, version, now))
    # An article that was taken out and came back finds what was said of it.
    reviewed = review(reading, corrections_of(connection, article.id))
    for table, rows in rows_of(reviewed).items():
        if rows:
            connection.execute(insert(table), _marked(table, rows, now))
    compare(writing, reviewed)


def _replace(writing: Writing, reading: Reading, version: str) -> bool:
    connection, now, article_id = writing.connection, writing.now, reading.article.id
    old = stored_reading(connection, article_id)
    if old is not None:
        # What is known of the article stays as it was first printed; a new reading changes what was read.
        reading = reading.model_copy(update={"article": old.article})
    if old == reading:
        return False
    row = _reading_row(reading, version, now)
    connection.execute(update(t.readings).where(t.readings.c.article_id == article_id), row)
    lay_out(writing, reading)
    return True


def _see(writing: Writing, article: Article, name: str) -> bool:
    if known(writing.connection, article):
        return False
    row = {
        "id": sighting_id(article),
        "article_id": article.id,
        "name": _clean(name),
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "published": article.published,
        "changed_at": writing.now,
    }
    writing.connection.execute(insert(t.sightings), row)
    return True


def _reading_row(reading: Reading, version: str, now: str) -> Row:
    return {"article_id": reading.article.id, "version": version, "json": reading.to_json(), "changed_at": now}


def _stored(connection: Connection, article_id: str) -> dict[Table, list[Row]]:
    tables = [table for kind, table in t.FOLLOWED.items() if kind != "article"] + list(CHILDREN)
    found = {}
    for table in tables:
        query = select(table).where(table.c.article_id == article_id)
        if table is t.mentions:
            query = query.order_by(table.c.id)
        elif table in CHILDREN:
            query = query.order_by(*table.primary_key.columns)
        found[table] = [dict(row._mapping) for row in connection.execute(query)]
    return found


Parts = dict[str, dict[Table, list[Row]]]


def _parts(rows: dict[Table, list[Row]]) -> Parts:
    """The rows that are parts of a record, by the record's id. Which number a mention has says nothing."""
    parts: Parts = defaultdict(lambda: defaultdict(list))
    for table, owners in CHILDREN.items():
        for row in rows[table]:
            owner = next(row[name] for name in owners if row[name] is not None)
            parts[owner][table].append({key: value for key, value in row.items() if key != "id"})
    return parts


@dataclass(slots=True)
class _Difference:
    """What has to change so that the rows of one article say what they should."""

    writing: Writing
    article_id: str
    before: dict[Table, list[Row]]
    parts_before: Parts
    after: dict[Table, list[Row]]
    parts: Parts
    changed: bool = False

    def apply(self) -> bool:
        tables = [table for table in self.after if table not in CHILDREN]
        renewed = [record for table in tables for record in self._renew(table)]
        gone = {table: self._gone(table) for table in tables}
        for record in (*renewed, *(one for ids in gone.values() for one in ids)):
            self._drop_parts(record)
        for record in renewed:
            for table, rows in self.parts.get(record, {}).items():
                self.writing.connection.execute(insert(table), rows)
        for table in reversed(tables):
            self._delete(table, gone[table])
        return self.changed

    def _renew(self, table: Table) -> list[str]:
        """Insert and update; gives the ids of the records that changed in themselves or in their parts."""
        before = {row["id"]: row for row in self.before[table]}
        renewed = []
        for row in self.after[table]:
            record = row["id"]
            old = before.get(record)
            if old is None:
                self.writing.connection.execute(insert(table), {**row, "changed_at": self.writing.now})
            elif self._same(old, row):
                continue
            else:
                new = {**row, "changed_at": self.writing.now}
                self.writing.connection.execute(update(table).where(table.c.id == record), new)
            renewed.append(record)
        self.changed = self.changed or bool(renewed)
        return renewed

    def _same(self, old: Row, row: Row) -> bool:
        kept = {key: value for key, value in old.items() if key != "changed_at"}
        record = row["id"]
        return kept == row and _flat(self.parts_before, record) == _flat(self.parts, record)

    def _gone(self, table: Table) -> list[str]:
        after = {row["id"] for row in self.after[table]}
        return [row["id"] for row in self.before[table] if row["id"] not in after]

    def _drop_parts(self, record: str) -> None:
        for table, owners in CHILDREN.items():
            for name in owners:
                self.writing.connection.execute(delete(table).where(table.c[name] == record))

    def _delete(self, table: Table, ids: list[str]) -> None:
        if not ids:
            return
        self.changed = True
        kind = next(kind for kind, one in t.FOLLOWED.items() if one is table)
        gone = [
            {"kind": kind, "record_id": one, "article_id": self.article_id, "changed_at": self.writing.now}
            for one in ids
        ]
        self.writing.connection.execute(insert(t.deletions), gone)
        self.writing.connection.execute(delete(table).where(table.c.id.in_(ids)))


def _flat(parts: Parts, record: str) -> list[tuple[str, list[Row]]]:
    return sorted((table.name, rows) for table, rows in parts[record].items()) if record in parts else []


def _marked(table: Table, rows: list[Row], now: str) -> list[Row]:
    return [{**row, "changed_at": now} for row in rows] if "changed_at" in table.c else rows


def _clean(text: str) -> str:
    """Text that every database takes: no zero characters, no broken halves."""
    return text.replace("\x00", "�").encode("utf-8", "replace").decode("utf-8")
