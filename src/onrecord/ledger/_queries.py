"""Questions to a ledger: a page of ids through an index that gives them in order, then those records whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, select, tuple_

from onrecord.ledger import _cluster_tables as c
from onrecord.ledger import _tables as t
from onrecord.ledger._ids import fold
from onrecord.ledger._results import Found, FoundArticle, FoundEvent, FoundFigure, FoundParty, FoundSource
from onrecord.ledger._text import in_article
from onrecord.records import BadOption, EventType, FigureKind, Sourcing, Status
from onrecord.records._models import OWN_TYPE

_FEW = 300
"""Up to so many articles with the words looked for, their events are fetched; above, events are tried newest first."""


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What events are asked for; None asks nothing. Names are looked up without case and accents."""

    party: str | None = None
    actor: str | None = None
    recipient: str | None = None
    country: str | None = None
    type: str | None = None
    status: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    source: str | None = None
    sourcing: str | None = None
    text: str | None = None
    article: str | None = None
    rejected: bool = False
    sources: int = 1


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """What figures are asked for; None asks nothing."""

    kind: str | None = None
    since: str | None = None
    until: str | None = None
    source: str | None = None
    event: str | None = None
    text: str | None = None
    article: str | None = None
    rejected: bool = False


Page = tuple[list[str], str | None]


def event_page(connection: Connection, asked: EventFilter, *, limit: int, after: str | None) -> Page:
    """Ids of a page of events, newest first, and where the next begins.

    Raises
    ------
    BadOption: a type, status or sourcing that does not exist, or a mark that this program did not give.
    """
    return page(connection, event_query(connection, asked), limit=limit, after=after)


def figure_page(connection: Connection, asked: FigureFilter, *, limit: int, after: str | None) -> Page:
    """Ids of a page of figures, newest first, and where the next begins."""
    return page(connection, figure_query(connection, asked), limit=limit, after=after)


def figure_query(connection: Connection, asked: FigureFilter) -> Ordered:
    """The figures asked for.

    Raises
    ------
    BadOption: a kind that does not exist.
    """
    check_word(asked.kind, FigureKind, "kind")
    f = t.figures
    conditions = _days(f.c.first_day, asked.since, asked.until)
    conditions += [
        column == value
        for column, value in ((f.c.kind, asked.kind), (f.c.event_id, asked.event), (f.c.article_id, asked.article))
        if value is not None
    ]
    if not asked.rejected:
        conditions.append(f.c.review != "rejected")
    if asked.source is not None:
        conditions.append(f.c.id.in_(_said_by("figure", _names(connection, asked.source))))
    if asked.text is not None:
        conditions.append(in_text(connection, asked.text, f.c.article_id))
    return Ordered(f.c.first_day, f.c.id, select(f.c.first_day, f.c.id), conditions)


@dataclass(frozen=True, slots=True)
class Ordered:
    """A query for ids with the two columns that order it."""

    day: ColumnElement[str]
    id: ColumnElement[str]
    query: Select[Any]
    conditions: list[ColumnElement[bool]]


def event_query(connection: Connection, asked: EventFilter, *, by_id: bool = False) -> Ordered:
    """The events asked for: walks the index of the narrowest thing asked for: party, country, source, else the events.

    Parameters
    ----------
    by_id: for a subquery that is given the ids of events: those are looked up, and nothing is walked.

    Raises
    ------
    BadOption: a type, status or sourcing that does not exist.
    """
    if asked.type is None or not re.fullmatch(OWN_TYPE, asked.type):
        check_word(asked.type, EventType, "type")
    check_word(asked.status, Status, "status")
    check_word(asked.sourcing, Sourcing, "sourcing")
    e, p, a = t.events, t.event_parties, t.attributions
    conditions = _event_conditions(connection, asked)

    def key(column: ColumnElement[str]) -> ColumnElement[str]:
        return unindexed(connection, column) if by_id else column

    party = asked.party or asked.actor or asked.recipient
    if party is not None or asked.country is not None:
        if party is not None:
            conditions.append(key(p.c.name_folded).in_(_names(connection, party)))
        if asked.country is not None:
            conditions.append(key(p.c.country) == asked.country)
        if asked.party is None and (asked.actor or asked.recipient):
            conditions.append(p.c.side == ("actor" if asked.actor else "recipient"))
        # Looked at before the event itself is fetched: of a common party's events only some are of one type.
        conditions += [p.c[name] == value for name, value in (("type", asked.type), ("status", asked.status)) if value]
        query = select(p.c.first_day, p.c.event_id).distinct().join_from(p, e, e.c.id == p.c.event_id)
        conditions += _days(p.c.first_day, asked.since, asked.until)
        return Ordered(p.c.first_day, p.c.event_id, query, conditions)
    if asked.source is not None:
        query = select(a.c.first_day, a.c.record_id).distinct().join_from(a, e, e.c.id == a.c.record_id)
        conditions += [key(a.c.kind) == "event", a.c.speaker_folded.in_(_names(connection, asked.source))]
        conditions += _days(a.c.first_day, asked.since, asked.until)
        return Ordered(a.c.first_day, a.c.record_id, query, conditions)
    conditions += _days(e.c.first_day, asked.since, asked.until)
    return Ordered(e.c.first_day, e.c.id, select(e.c.first_day, e.c.id), conditions)


def _event_conditions(connection: Connection, asked: EventFilter) -> list[ColumnElement[bool]]:
    e = t.events
    equal = (
        (e.c.type, asked.type),
        (e.c.status, asked.status),
        (e.c.sourcing, asked.sourcing),
        (e.c.article_id, asked.article),
    )
    conditions: list[ColumnElement[bool]] = [column == value for column, value in equal if value is not None]
    if not asked.rejected:
        conditions.append(e.c.review != "rejected")
    if asked.place is not None:
        code = len(asked.place) == 3 and asked.place.isupper()
        conditions.append(e.c.place_country == asked.place if code else e.c.place_folded == fold(asked.place))
    if asked.text is not None:
        conditions.append(in_text(connection, asked.text, e.c.article_id))
    if asked.sources > 1:
        conditions.append(_told_by(connection, asked.sources))
    conditions += _further_parties(connection, asked)
    if asked.source is not None and (asked.party or asked.actor or asked.recipient or asked.country):
        conditions.append(e.c.id.in_(_said_by("event", _names(connection, asked.source))))
    return conditions


def _told_by(connection: Connection, sources: int) -> ColumnElement[bool]:
    """Few such events are listed; of many each event is looked at as its turn comes, as for words."""
    e, w, k = t.events, c.cluster_events, c.clusters
    told = k.c.independent_sources >= sources
    few = connection.scalars(select(k.c.id).where(told).limit(_FEW + 1)).all()
    if len(few) <= _FEW:
        return e.c.id.in_(select(w.c.event_id).where(w.c.cluster.in_(few)))
    placed = select(literal(1)).join_from(w, k, k.c.id == w.c.cluster)
    return placed.where(w.c.event_id == e.c.id, told).correlate(e).exists()


def _further_parties(connection: Connection, asked: EventFilter) -> list[ColumnElement[bool]]:
    """The first of party, actor, recipient is what is walked; each further one must be there too."""
    q = t.event_parties.alias()
    given = [(None, asked.party), ("actor", asked.actor), ("recipient", asked.recipient)]
    further = [(side, name) for side, name in given if name is not None][1:]
    found: list[ColumnElement[bool]] = []
    for side, name in further:
        same = [q.c.event_id == t.events.c.id, q.c.name_folded.in_(_names(connection, name))]
        found.append(select(literal(1)).where(*same, q.c.side == side).exists())
    return found


def _names(connection: Connection, name: str) -> list[str]:
    """The names a party goes by in the ledger: this one, and those of the same identity in the lexicon."""
    n = t.entities
    of_name = select(n.c.key).where(n.c.name_folded == fold(name), n.c.key.is_not(None)).distinct().limit(5)
    keys = connection.scalars(of_name).all()
    if not keys:
        return [fold(name)]
    others = connection.scalars(select(n.c.name_folded).where(n.c.key.in_(keys)).distinct().limit(50))
    return sorted({fold(name), *others})


def _said_by(kind: str, names: Sequence[str]) -> Select[Any]:
    a = t.attributions
    return select(a.c.record_id).where(a.c.kind == kind, a.c.speaker_folded.in_(names))


def in_text(connection: Connection, words: str, article_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Of rare words the articles are listed; of common ones each article is looked at as its turn comes."""
    condition = in_article(words, sqlite=connection.dialect.name == "sqlite")
    matching = select(t.articles.c.id).where(condition)
    few = connection.scalars(matching.limit(_FEW + 1)).all()
    if len(few) <= _FEW:
        return article_id.in_(few)
    return unindexed(connection, article_id).in_(matching)


def unindexed(connection: Connection, column: ColumnElement[str]) -> ColumnElement[str]:
    """A column that SQLite is not to look rows up by: it keeps no count of how common values are, PostgreSQL does."""
    return column + "" if connection.dialect.name == "sqlite" else column


def _days(day: ColumnElement[str], since: str | None, until: str | None) -> list[ColumnElement[bool]]:
    return ([day >= since] if since else []) + ([and_(day <= until, day != "")] if until else [])


def page(connection: Connection, ordered: Ordered, *, limit: int, after: str | None) -> Page:
    query = ordered.query.where(*ordered.conditions)
    if after is not None:
        day, slash, last = after.partition("/")
        if not slash:
            raise BadOption(f"after {after!r} is not a mark this program gave. Give the `next` of the page before.")
        query = query.where(tuple_(ordered.day, ordered.id) < tuple_(literal(day), literal(last)))
    rows = connection.execute(query.order_by(ordered.day.desc(), ordered.id.desc()).limit(limit + 1)).all()
    more = len(rows) > limit
    rows = rows[:limit]
    return [row[1] for row in rows], f"{rows[-1][0]}/{rows[-1][1]}" if more else None


def fetch_events(connection: Connection, ids: Sequence[str]) -> list[FoundEvent]:
    """Whole events, in the order of ``ids``."""
    e, r, w, k = t.events, t.articles, c.cluster_events, c.clusters
    query = select(
        *(e, r.c.title, r.c.publisher, r.c.published, r.c.url, func.coalesce(k.c.id, "").label("cluster")),
        func.coalesce(k.c.articles, 0).label("articles"),
        func.coalesce(k.c.independent_sources, 0).label("independent_sources"),
    ).join_from(e, r, r.c.id == e.c.article_id)
    query = query.outerjoin(w, w.c.event_id == e.c.id).outerjoin(k, k.c.id == w.c.cluster)
    rows = {row.id: row._mapping for row in connection.execute(query.where(e.c.id.in_(ids)))}
    parties, sources = _parties(connection, ids), _sources(connection, ids)
    return [
        FoundEvent(
            **_same(row, FoundEvent),
            contexts=tuple(row["contexts"]),
            actors=tuple(parties[one, "actor"]),
            recipients=tuple(parties[one, "recipient"]),
            sources=tuple(sources[one]),
            words=row["span_text"],
            sentence=row["sentence_text"],
        )
        for one in ids
        if (row := rows.get(one)) is not None
    ]


def fetch_figures(connection: Connection, ids: Sequence[str]) -> list[FoundFigure]:
    """Whole figures, in the order of ``ids``."""
    f, r, p = t.figures, t.articles, t.places
    query = select(f, p.c.name.label("place"), r.c.title, r.c.publisher, r.c.published, r.c.url)
    query = query.join_from(f, r, r.c.id == f.c.article_id).outerjoin(p, p.c.id == f.c.place_id)
    rows = {row.id: row._mapping for row in connection.execute(query.where(f.c.id.in_(ids)))}
    sources = _sources(connection, ids)
    return [
        FoundFigure(
            **_same(row, FoundFigure),
            sources=tuple(sources[one]),
            words=row["span_text"],
            sentence=row["sentence_text"],
        )
        for one in ids
        if (row := rows.get(one)) is not None
    ]


def find_articles(
    connection: Connection, *, text: str | None, since: str | None, until: str | None, limit: int, after: str | None
) -> Found[FoundArticle]:
    """Articles, newest first, with how many events each has and how often it was seen.

    Raises
    ------
    BadOption: a mark that this program did not give.
    """
    r = t.articles
    query = select(r)
    if text is not None:
        query = query.where(in_article(text, sqlite=connection.dialect.name == "sqlite"))
    if since is not None:
        query = query.where(r.c.published_day >= since)
    if until is not None:
        query = query.where(r.c.published_day <= until)
    day = func.coalesce(r.c.published_day, "")
    if after is not None:
        last_day, slash, number = after.partition("/")
        if not slash or not number.isascii() or not number.isdigit() or len(number) > 18:
            raise BadOption(f"after {after!r} is not a mark this program gave. Give the `next` of the page before.")
        query = query.where(tuple_(day, r.c.number) < tuple_(literal(last_day), literal(int(number))))
    rows = connection.execute(query.order_by(day.desc(), r.c.number.desc()).limit(limit + 1)).all()
    mark = f"{rows[limit - 1].published_day or ''}/{rows[limit - 1].number}" if len(rows) > limit else None
    rows = rows[:limit]
    ids = [row.id for row in rows]
    events, sightings = (_count(connection, table, ids) for table in (t.events, t.sightings))
    found = [
        FoundArticle(
            **_same(row._mapping, FoundArticle), events=events.get(row.id, 0), sightings=sightings.get(row.id, 0)
        )
        for row in rows
    ]
    return Found(found, kind=FoundArticle, next=mark)


def _count(connection: Connection, table: Any, ids: Iterable[str]) -> dict[str, int]:
    query = (
        select(table.c.article_id, func.count()).where(table.c.article_id.in_(list(ids))).group_by(table.c.article_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _parties(connection: Connection, ids: Sequence[str]) -> dict[tuple[str, str], list[FoundParty]]:
    p, n = t.event_parties, t.entities
    query = select(p.c.event_id, p.c.side, n).join_from(p, n, n.c.id == p.c.entity_id).where(p.c.event_id.in_(ids))
    found: dict[tuple[str, str], list[FoundParty]] = defaultdict(list)
    for row in connection.execute(query.order_by(p.c.event_id, p.c.side, p.c.position)):
        party = FoundParty(row.id, row.name, row.kind, row.country, tuple(row.sectors), row.role)
        found[row.event_id, row.side].append(party)
    return found


def _sources(connection: Connection, ids: Sequence[str]) -> dict[str, list[FoundSource]]:
    a, s, n = t.attributions, t.statements, t.entities
    query = select(a.c.record_id, s.c.id, s.c.stance, n.c.name, n.c.country)
    query = query.join_from(a, s, s.c.id == a.c.statement_id).outerjoin(n, n.c.id == s.c.speaker_id)
    found: dict[str, list[FoundSource]] = defaultdict(list)
    for row in connection.execute(query.where(a.c.record_id.in_(ids)).order_by(a.c.record_id, a.c.position)):
        found[row.record_id].append(FoundSource(row.id, row.name, row.country, row.stance))
    return found


_MADE = {"contexts", "actors", "recipients", "sources", "words", "sentence", "events", "sightings"}


def _same(row: Mapping[Any, Any], kind: type) -> dict[str, Any]:
    """The columns that have the name of a field; what has to be put together is left to the caller."""
    made = _MADE - ({"words"} if kind is FoundArticle else set())
    return {name: row[name] for name in kind.__dataclass_fields__ if name not in made}  # type: ignore[attr-defined]


def check_word(value: str | None, allowed: Iterable[str], what: str) -> None:
    """Refuse a word that is none of those allowed, with a `BadOption`."""
    names = [str(one) for one in allowed]
    if value is not None and value not in names:
        raise BadOption(f"{what} {value!r} is not known. Use one of {', '.join(names)}.")
