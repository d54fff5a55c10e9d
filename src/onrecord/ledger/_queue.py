"""What waits for a reviewer's word, in the order to take it: newest, weakest sourcing, conflicts, a random sample."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, literal, or_, select, tuple_

from onrecord.ledger import _queries as queries
from onrecord.ledger import _tables as t
from onrecord.ledger._cluster_tables import cluster_events, clusters
from onrecord.ledger._history import in_force_of
from onrecord.ledger._ids import fold
from onrecord.ledger._results import Found
from onrecord.records import BadOption, Sourcing

ORDERS: Final = {
    "newest": "newest first",
    "sourcing": "events on the weakest word first: unnamed sources, other media, the two sides, the rest",
    "conflict": "events first of which another report gives another status, country or day, or reviewers differ",
    "random": "in random order, the same for the same seed: for measuring precision",
}
"""The orders of a queue."""

WAITING: Final = {
    "me": "this reviewer has said nothing of it yet",
    "anyone": "nobody has said anything of it yet",
    "second": "others have said something of it, this reviewer has not: for measuring agreement",
}
"""What a queue may hold."""

_WEAKEST_FIRST = (
    Sourcing.unnamed,
    Sourcing.other_medium,
    Sourcing.other_side,
    Sourcing.acting_side,
    Sourcing.own_voice,
    Sourcing.third_party,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that waits. ``mark``: give it as ``after``, and the queue goes on behind it."""

    id: str
    kind: str
    article_id: str
    review: str
    mark: str


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """What statements are asked for; None asks nothing."""

    source: str | None = None
    text: str | None = None
    article: str | None = None


FILTERS: Final = {"event": queries.EventFilter, "figure": queries.FigureFilter, "statement": StatementFilter}
_TABLES: Final = {"event": t.events, "figure": t.figures, "statement": t.statements}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reviewer wants to look at; ``asked`` are the filter's questions."""

    kind: str
    reviewer: str
    order: str = "newest"
    waiting: str = "me"
    seed: int = 0
    asked: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, value, known in (
            ("kind", self.kind, FILTERS),
            ("order", self.order, ORDERS),
            ("waiting", self.waiting, WAITING),
        ):
            if value not in known:
                raise BadOption(f"{name} {value!r} is not known. Use one of {', '.join(known)}.")
        if self.order in ("sourcing", "conflict") and self.kind != "event":
            raise BadOption(f"order {self.order!r} is for events, not for {self.kind}s. Use newest or random.")
        questions = [one.name for one in fields(FILTERS[self.kind]) if one.name != "rejected"]
        for name in self.asked:
            if name not in questions:
                raise BadOption(f"{self.kind}s cannot be asked for {name!r}. Ask for {', '.join(questions)}.")


@dataclass(frozen=True, slots=True)
class _Arm:
    """A stretch of a queue: more conditions, and the columns that order it."""

    conditions: tuple[ColumnElement[bool], ...]
    key: tuple[ColumnElement[Any], ...]
    descending: bool


def queue(connection: Connection, wanted: Wanted, *, limit: int, after: str | None) -> Found[Waiting]:
    """A page of what waits.

    Raises
    ------
    BadOption: a question's value that does not exist, or a mark that this program did not give.
    """
    base = _waiting(connection, wanted)
    found: list[tuple[str, str]] = []
    first, last = _place(after)
    for number, arm in enumerate(_arms(wanted, base)):
        if number < first or len(found) > limit:
            continue
        begin = last if number == first else None
        for key, one in _walk(connection, base, arm, limit=limit + 1 - len(found), after=begin):
            found.append((one, f"{number}/{key}"))
    marks = dict(found[:limit])
    table = _TABLES[wanted.kind]
    rows = connection.execute(
        select(table.c.id, table.c.article_id, table.c.review).where(table.c.id.in_(list(marks)))
    ).all()
    by_id = {row.id: row for row in rows}
    shown = [Waiting(one, wanted.kind, by_id[one].article_id, by_id[one].review, mark) for one, mark in marks.items()]
    return Found(shown, kind=Waiting, next=shown[-1].mark if len(found) > limit else None)


def count(connection: Connection, wanted: Wanted, *, at_most: int) -> int:
    """How many wait, counted no further than ``at_most``."""
    base = _waiting(connection, wanted)
    some = base.query.where(*base.conditions).limit(at_most).subquery()
    return connection.scalar(select(func.count()).select_from(some)) or 0


def random_start(seed: int) -> str:
    """Where in the order of ids a random order begins.

    An id is a hash of the article and the words, so the order of ids has nothing to do with what they say: the first
    records after a point that the seed gives are a random sample, whatever the size of the ledger.
    """
    return blake2b(f"sample {seed}".encode(), digest_size=10).hexdigest()


def _waiting(connection: Connection, wanted: Wanted) -> queries.Ordered:
    """All that waits, without order."""
    base = _base(connection, wanted)
    return queries.Ordered(base.day, base.id, base.query, [*base.conditions, *_not_yet(connection, wanted)])


def _base(connection: Connection, wanted: Wanted) -> queries.Ordered:
    if wanted.kind == "event":
        return queries.event_query(connection, queries.EventFilter(**{**wanted.asked, "rejected": True}))
    if wanted.kind == "figure":
        return queries.figure_query(connection, queries.FigureFilter(**{**wanted.asked, "rejected": True}))
    return _statement_query(connection, StatementFilter(**wanted.asked))


def _statement_query(connection: Connection, asked: StatementFilter) -> queries.Ordered:
    """A statement has no day: newest are those of the article that came in last."""
    s, r, n = t.statements, t.articles, t.entities
    # On SQLite the articles are to be walked in order, and their statements looked up, not the other way round.
    article = r.c.id + "" if connection.dialect.name == "sqlite" else r.c.id
    query = select(r.c.number, s.c.id).join_from(r, s, s.c.article_id == article)
    conditions: list[ColumnElement[bool]] = []
    if asked.article is not None:
        conditions.append(s.c.article_id == asked.article)
    if asked.text is not None:
        conditions.append(queries.in_text(connection, asked.text, s.c.article_id))
    if asked.source is not None:
        conditions.append(s.c.speaker_id.in_(select(n.c.id).where(n.c.name_folded == fold(asked.source))))
    return queries.Ordered(r.c.number, s.c.id, query, conditions)


def _not_yet(connection: Connection, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    table, c = _TABLES[wanted.kind], t.corrections
    untouched = table.c.review == "unreviewed"
    if wanted.waiting == "anyone":
        yield untouched
        return
    said = select(literal(1)).where(c.c.record_id == table.c.id, c.c.reviewer == wanted.reviewer, c.c.action != "undo")
    mine_not = or_(~said.exists(), table.c.id.in_(_taken_back(connection, wanted.reviewer)))
    if wanted.waiting == "me":
        yield or_(untouched, mine_not)
        return
    others = select(c.c.record_id).where(c.c.reviewer != wanted.reviewer, c.c.action != "undo", c.c.kind == wanted.kind)
    yield table.c.id.in_(others)
    yield ~untouched
    yield mine_not


def _taken_back(connection: Connection, reviewer: str) -> list[str]:
    """Records of which the reviewer said something, all of it undone since."""
    c, undoing = t.corrections, t.corrections.alias()
    undone = select(undoing.c.record_id).where(undoing.c.undoes.is_not(None))
    query = select(c.c.id, c.c.record_id).where(
        c.c.reviewer == reviewer, c.c.action != "undo", c.c.record_id.in_(undone)
    )
    said = [(row.id, row.record_id) for row in connection.execute(query)]
    alive = in_force_of(connection, {record for _, record in said})
    return sorted({record for _, record in said} - {record for number, record in said if number in alive})


def _arms(wanted: Wanted, base: queries.Ordered) -> list[_Arm]:
    newest = (base.day, base.id)
    if wanted.order == "newest":
        return [_Arm((), newest, descending=True)]
    if wanted.order == "sourcing":
        return [_Arm((t.events.c.sourcing == word.value,), newest, descending=True) for word in _WEAKEST_FIRST]
    if wanted.order == "conflict":
        differs = or_(t.events.c.review == "disputed", _told_otherwise())
        return [_Arm((condition,), newest, descending=True) for condition in (differs, ~differs)]
    start = random_start(wanted.seed)
    return [_Arm((side,), (base.id,), descending=False) for side in (base.id >= start, base.id < start)]


def _told_otherwise() -> ColumnElement[bool]:
    """Another article tells of the same event with another status, in another country, or on days that do not meet."""
    e, other = t.events, t.events.alias("other")
    own, its = cluster_events.alias("own"), cluster_events.alias("its")
    days_apart = and_(
        e.c.first_day != "",
        other.c.first_day != "",
        or_(other.c.first_day > e.c.last_day, other.c.last_day < e.c.first_day),
    )
    report = (
        select(literal(1))
        .join_from(own, its, its.c.cluster == own.c.cluster)
        .join(other, other.c.id == its.c.event_id)
        .where(own.c.event_id == e.c.id, its.c.number != own.c.number, other.c.review != "rejected")
        .where(or_(other.c.status != e.c.status, other.c.place_country != e.c.place_country, days_apart))
    )
    # Most events are told of once: those need not be compared with anything.
    told_twice = select(own.c.event_id).where(own.c.cluster.in_(select(clusters.c.id).where(clusters.c.articles > 1)))
    return and_(e.c.id.in_(told_twice), report.exists())


def _walk(
    connection: Connection, base: queries.Ordered, arm: _Arm, *, limit: int, after: tuple[str, ...] | None
) -> Iterator[tuple[str, str]]:
    """Marks and ids of one arm, in order."""
    query: Select[Any] = base.query.where(*base.conditions, *arm.conditions)
    if after is not None:
        query = query.where(_behind(arm, after))
    order = [column.desc() if arm.descending else column.asc() for column in arm.key]
    for day, one in connection.execute(query.order_by(*order).limit(limit)):
        yield f"{day}/{one}" if len(arm.key) == 2 else one, one


def _behind(arm: _Arm, after: tuple[str, ...]) -> ColumnElement[bool]:
    if len(after) != len(arm.key):
        raise _bad_mark("/".join(after))
    try:
        values = [literal(column.type.python_type(value)) for column, value in zip(arm.key, after, strict=True)]
    except ValueError:
        raise _bad_mark("/".join(after)) from None
    key, mark = tuple_(*arm.key), tuple_(*values)
    return key < mark if arm.descending else key > mark


def _place(after: str | None) -> tuple[int, tuple[str, ...] | None]:
    if after is None:
        return 0, None
    number, slash, key = after.partition("/")
    if not slash or not number.isascii() or not number.isdigit():
        raise _bad_mark(after)
    return int(number), tuple(key.split("/"))


def _bad_mark(after: str) -> BadOption:
    return BadOption(f"after {after!r} is not a mark this program gave. Give the `mark` of the record before.")


def table_of(kind: str) -> Table:
    """The table of a kind that can be queued."""
    return _TABLES[kind]
