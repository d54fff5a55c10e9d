"""What a ledger holds at a glance: volume by day and type, who is cited on whose side, who acts on whom, where.

    ledger.summaries.volume(since="2024-03-01")      -> tuple[Volume, ...]
    ledger.summaries.cited(limit=50)                 -> tuple[Cited, ...]
    ledger.summaries.network(since=…, type=…)        -> Network
    ledger.summaries.places(since=…)                 -> tuple[Spot, ...]

Each is one or two passes of the database through an index, and is remembered until the ledger changes. Events that a
reviewer found wrong are left out everywhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, literal, select

from onrecord.ledger import _tables as t
from onrecord.ledger._engine import Database
from onrecord.ledger._ids import fold
from onrecord.ledger._results import FoundArticle
from onrecord.records import BadOption, EventType, Sourcing, Status

_KEPT = 64
"""Up to so many answers are remembered."""

Answer = TypeVar("Answer")

REAL = tuple(status.value for status in Status if status.real)
"""Statuses of acts said to have taken place or to be taking place."""


@dataclass(frozen=True, slots=True)
class Volume:
    """How many events of a type fall on a day; ``day`` is empty where nothing says when."""

    day: str
    type: str
    events: int


@dataclass(frozen=True, slots=True)
class Cited:
    """A source. ``events``: how many stand on its word; ``sides``: those it is the nearest source of, by side."""

    name: str
    country: str | None
    kind: str
    events: int
    sides: tuple[tuple[str, int], ...]
    last_day: str

    def on(self, side: str) -> int:
        """How many events it is cited for as this side, one of ``onrecord.records.Sourcing``."""
        return dict(self.sides).get(side, 0)


@dataclass(frozen=True, slots=True)
class Party:
    """A party of a network, under the name by which it goes most."""

    key: str
    name: str
    kind: str
    country: str | None
    events: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Acts of one party on another; ``types`` by how many there are."""

    actor: str
    recipient: str
    events: int
    types: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Who acts on whom. ``edges`` name parties by ``key``; ``left_out``: pairs beyond the limit."""

    parties: tuple[Party, ...]
    edges: tuple[Edge, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with how many events are said to be there; ``precision`` is None for one that could not be located."""

    place: str
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: str | None
    events: int
    types: tuple[tuple[str, int], ...]
    first_day: str
    last_day: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """The sentence of an event or figure, cut at its words: ``before + words + after``."""

    before: str
    words: str
    after: str


class Summaries:
    """The summaries of one ledger; ``Ledger.summaries``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: dict[tuple[Any, ...], tuple[str, Any]] = {}

    def days(self) -> tuple[str, str] | None:
        """The first and the last day of events; None when no event has one."""
        return self._remembered(("days",), _days)

    def volume(self, *, since: str | None = None, until: str | None = None) -> tuple[Volume, ...]:
        """Events by day and type, oldest first."""
        return self._remembered(("volume", since, until), lambda connection: _volume(connection, since, until))

    def cited(self, *, since: str | None = None, until: str | None = None, limit: int = 50) -> tuple[Cited, ...]:
        """Who is cited for events, most cited first; sources without a name or description are not among them."""
        key = ("cited", since, until, limit)
        return self._remembered(key, lambda connection: _cited(connection, since, until, limit))

    def sourcing(self, *, since: str | None = None, until: str | None = None) -> tuple[tuple[str, int], ...]:
        """On whose word events stand: each kind of sourcing with how many events, all kinds in their order."""
        return self._remembered(("sourcing", since, until), lambda connection: _sourcing(connection, since, until))

    def network(
        self,
        *,
        since: str | None = None,
        until: str | None = None,
        type: str | None = None,
        status: str | None = None,
        limit: int = 60,
    ) -> Network:
        """Who acts on whom: the pairs with most events.

        Parameters
        ----------
        since, until: days within which the event's first day lies.
        status: one of ``onrecord.records.Status``, or ``any``; acts said to take or have taken place when None.
        limit: at most so many pairs.
        """
        if status not in (None, "any", *Status):
            raise BadOption(f"status {status!r} is not known. Use any, or one of {', '.join(Status)}.")
        key = ("network", since, until, type, status, limit)
        return self._remembered(key, lambda connection: _network(connection, since, until, type, status, limit))

    def places(
        self,
        *,
        since: str | None = None,
        until: str | None = None,
        type: str | None = None,
        status: str | None = None,
    ) -> tuple[Spot, ...]:
        """Where events are said to be, most events first; options as for ``network``."""
        if status not in (None, "any", *Status):
            raise BadOption(f"status {status!r} is not known. Use any, or one of {', '.join(Status)}.")
        key = ("places", since, until, type, status)
        return self._remembered(key, lambda connection: _places(connection, since, until, type, status))

    def quoted(self, ids: Sequence[str]) -> dict[str, Quoted]:
        """The sentences of events and figures, by their ids; unknown ids are left out."""
        with self._database.reading() as connection:
            return {
                row.id: _quoted(row)
                for table in (t.events, t.figures)
                for part in _parts(ids)
                for row in connection.execute(_words_of(table).where(table.c.id.in_(part)))
            }

    def latest(self, *, limit: int = 10) -> tuple[FoundArticle, ...]:
        """The articles that came in or changed last, the last first."""
        r = t.articles
        events, sightings = (
            select(func.count()).where(table.c.article_id == r.c.id).scalar_subquery().label(table.name)
            for table in (t.events, t.sightings)
        )
        columns = (r.c[name] for name in FoundArticle.__dataclass_fields__ if name in r.c)
        query = select(*columns, events, sightings).order_by(r.c.changed_at.desc()).limit(limit)
        with self._database.reading() as connection:
            return tuple(FoundArticle(**row._mapping) for row in connection.execute(query))

    def texts(self, ids: Sequence[str]) -> dict[str, str]:
        """The texts of articles by their ids; unknown ids are left out."""
        query = select(t.articles.c.id, t.articles.c.text).where(t.articles.c.id.in_(ids))
        with self._database.reading() as connection:
            return {row.id: row.text for row in connection.execute(query)}

    def precision(self, event_id: str) -> str | None:
        """How exactly an event's place is known; None without a place, or where that could not be located."""
        query = select(t.places.c.precision).join_from(t.events, t.places, t.places.c.id == t.events.c.place_id)
        with self._database.reading() as connection:
            return connection.scalar(query.where(t.events.c.id == event_id))

    def last_published(self) -> str | None:
        """The day of the newest article; None when no article has one."""
        day = t.articles.c.published_day
        query = select(day).where(day.is_not(None)).order_by(day.desc()).limit(1)
        return self._remembered(("last_published",), lambda connection: connection.scalar(query))

    def types(self) -> tuple[str, ...]:
        """The event types there are: PLOVER's in their order, then those of one's own that occur."""
        return self._remembered(("types",), _types)

    def _remembered(self, key: tuple[Any, ...], ask: Callable[[Connection], Answer]) -> Answer:
        with self._database.reading() as connection, connection.begin():
            # One transaction: the answer is of the very moment that it is remembered for.
            moment: str = connection.execute(select(t.clock.c.changed_at)).scalar_one()
            known = self._kept.get(key)
            if known is not None and known[0] == moment:
                found: Answer = known[1]
                return found
            answer = ask(connection)
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        self._kept[key] = (moment, answer)
        return answer


def _days(connection: Connection) -> tuple[str, str] | None:
    day = t.events.c.first_day
    query = select(day).where(day != "").limit(1)
    first = connection.scalar(query.order_by(day))
    last = connection.scalar(query.order_by(day.desc()))
    return (first, last) if first and last else None


def _volume(connection: Connection, since: str | None, until: str | None) -> tuple[Volume, ...]:
    e = t.events
    # Type and day are read off an index alone; the few that reviewers rejected are taken off afterwards.
    query = select(e.c.first_day, e.c.type, func.count()).where(*_within(e.c.first_day, since, until))
    found = Counter({(day, kind): n for day, kind, n in connection.execute(query.group_by(e.c.type, e.c.first_day))})
    wrong = select(e.c.first_day, e.c.type).where(e.c.id.in_(_rejected()))
    found.subtract((row.first_day, row.type) for row in connection.execute(wrong) if (row[0], row[1]) in found)
    return tuple(Volume(day, kind, n) for (day, kind), n in sorted(found.items()) if n > 0)


def _types(connection: Connection) -> tuple[str, ...]:
    known = [kind.value for kind in EventType]
    used = connection.scalars(select(t.events.c.type).distinct()).all()
    return (*known, *sorted(set(used) - set(known)))


def _sourcing(connection: Connection, since: str | None, until: str | None) -> tuple[tuple[str, int], ...]:
    e = t.events
    query = select(e.c.sourcing, func.count()).where(e.c.review != "rejected", *_within(e.c.first_day, since, until))
    found = {row[0]: row[1] for row in connection.execute(query.group_by(e.c.sourcing))}
    return tuple((kind.value, found.get(kind.value, 0)) for kind in Sourcing)


def _cited(connection: Connection, since: str | None, until: str | None, limit: int) -> tuple[Cited, ...]:
    a, e = t.attributions, t.events
    query = (
        select(a.c.speaker_folded, e.c.sourcing, a.c.position, func.count(), func.max(e.c.first_day))
        .join_from(a, e, e.c.id == a.c.record_id)
        .where(a.c.speaker_folded.is_not(None), e.c.review != "rejected", *_among(a.c.record_id, since, until))
        .group_by(a.c.speaker_folded, e.c.sourcing, a.c.position)
    )
    events: Counter[str] = Counter()
    sides: defaultdict[str, Counter[str]] = defaultdict(Counter)
    last: dict[str, str] = {}
    for speaker, side, position, number, day in connection.execute(query):
        events[speaker] += number
        last[speaker] = max(day, last.get(speaker, ""))
        if position == 0:  # it is the nearest source that the sourcing of an event speaks of
            sides[speaker][side] += number
    most = sorted(events.items(), key=lambda one: (-one[1], one[0]))[:limit]
    names = _named(connection, [speaker for speaker, _ in most])
    return tuple(
        Cited(
            *names.get(speaker, (speaker, None, "group")),
            events=number,
            sides=tuple(sides[speaker].most_common()),
            last_day=last[speaker],
        )
        for speaker, number in most
    )


def _network(
    connection: Connection, since: str | None, until: str | None, type: str | None, status: str | None, limit: int
) -> Network:
    a, b = t.event_parties.alias("a"), t.event_parties.alias("b")
    asked = [a.c.side == "actor", a.c.event_id.not_in(_rejected()), *_of_status(a.c.status, status)]
    asked += _among(a.c.event_id, since, until)
    if type is not None:
        asked.append(a.c.type == type)
    query = (
        select(a.c.name_folded, b.c.name_folded, a.c.type, func.count())
        .join_from(a, b, and_(b.c.event_id == a.c.event_id, b.c.side == "recipient"))
        .where(*asked)
        .group_by(a.c.name_folded, b.c.name_folded, a.c.type)
    )
    pairs: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for actor, recipient, kind, number in connection.execute(query):
        if actor != recipient:
            pairs[actor, recipient][kind] += number
    ranked = sorted(pairs.items(), key=lambda one: (-one[1].total(), one[0]))
    edges = tuple(Edge(*pair, types.total(), tuple(types.most_common())) for pair, types in ranked[:limit])
    weight: Counter[str] = Counter()
    for edge in edges:
        weight.update({edge.actor: edge.events, edge.recipient: edge.events})
    names = _named(connection, list(weight))
    parties = tuple(
        Party(key, *_name_kind_country(names.get(key, (key, None, "group"))), number)
        for key, number in weight.most_common()
    )
    return Network(parties, edges, max(0, len(ranked) - limit))


def _name_kind_country(named: tuple[str, str | None, str]) -> tuple[str, str, str | None]:
    return named[0], named[2], named[1]


def _places(
    connection: Connection, since: str | None, until: str | None, type: str | None, status: str | None
) -> tuple[Spot, ...]:
    e, p = t.events, t.places
    asked = [e.c.review != "rejected", e.c.place_id.is_not(None), *_within(e.c.first_day, since, until)]
    asked += _of_status(e.c.status, status)
    if type is not None:
        asked.append(e.c.type == type)
    # One place goes by one name; which of its coordinates and precisions does not matter, they are the gazetteer's.
    where = (e.c.place_folded, e.c.place_country, e.c.latitude, e.c.longitude)
    query = (
        select(
            *where,
            e.c.type,
            func.max(e.c.place).label("place"),
            func.max(e.c.place_id).label("place_id"),
            func.count().label("events"),
            func.min(e.c.first_day).label("first_day"),
            func.max(e.c.last_day).label("last_day"),
        )
        .where(*asked)
        .group_by(*where, e.c.type)
    )
    rows = defaultdict(list)
    for row in connection.execute(query):
        rows[row[:4]].append(row)
    ids = [group[0].place_id for group in rows.values()]
    precision = {
        row.id: row.precision
        for part in _parts(ids)
        for row in connection.execute(select(p.c.id, p.c.precision).where(p.c.id.in_(part)))
    }
    spots = [
        Spot(
            place=group[0].place,
            country=group[0].place_country,
            latitude=group[0].latitude,
            longitude=group[0].longitude,
            precision=precision.get(group[0].place_id),
            events=sum(row.events for row in group),
            types=tuple(sorted(((row.type, row.events) for row in group), key=lambda one: (-one[1], one[0]))),
            first_day=min(row.first_day for row in group),
            last_day=max(row.last_day for row in group),
        )
        for group in rows.values()
    ]
    return tuple(sorted(spots, key=lambda one: (-one.events, fold(one.place), one.country or "")))


def _rejected() -> Select[Any]:
    """Events that a reviewer found wrong; found through what reviewers did, so no index on events is needed."""
    c, e = t.corrections, t.events
    touched = select(c.c.record_id).where(c.c.kind == "event", c.c.action == "reject")
    return select(e.c.id).where(e.c.id.in_(touched), e.c.review == "rejected")


def _within(day: ColumnElement[str], since: str | None, until: str | None) -> list[ColumnElement[bool]]:
    return ([day >= since] if since else []) + ([and_(day <= until, day != "")] if until else [])


def _words_of(table: Table) -> Select[Any]:
    names = ("id", "span_start", "span_end", "span_text", "sentence_start", "sentence_text")
    return select(*(table.c[name] for name in names))


def _quoted(row: Any) -> Quoted:
    start, end = row.span_start - row.sentence_start, row.span_end - row.sentence_start
    sentence = row.sentence_text
    if start < 0 or end > len(sentence):  # a reviewer moved the words out of the sentence
        return Quoted("", row.span_text, "")
    return Quoted(sentence[:start], sentence[start:end], sentence[end:])


def _among(event_id: ColumnElement[str], since: str | None, until: str | None) -> list[ColumnElement[bool]]:
    """Of events of some days: those are listed first, from their index, and their parts are fetched one by one."""
    if not since and not until:
        return []
    return [event_id.in_(select(t.events.c.id).where(*_within(t.events.c.first_day, since, until)))]


def _of_status(column: ColumnElement[str], status: str | None) -> list[ColumnElement[bool]]:
    if status == "any":
        return []
    return [column.in_(REAL) if status is None else column == status]


def _named(connection: Connection, keys: Iterable[str]) -> dict[str, tuple[str, str | None, str]]:
    """Name as printed, country and kind of those that go by a folded name; of several the last in the alphabet."""
    n = t.entities
    found = {}
    for key in keys:
        query = select(n.c.name, n.c.country, n.c.kind).where(n.c.name_folded == literal(key)).limit(20)
        rows = connection.execute(query).all()
        if rows:
            name, country, kind = Counter(map(tuple, rows)).most_common(1)[0][0]
            found[key] = (name, country, kind)
    return found


def _parts(ids: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
