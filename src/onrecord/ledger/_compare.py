"""Which reports tell of one event, from how many sources, who contradicts whom, and what figures each gives.

    cluster_of(connection, id) -> str                           of an event's id, or of a cluster's
    cluster_page(connection, asked, …) -> (ids, where the next page begins)
    fetch_same(connection, clusters) -> list[SameEvent]         in that order

Only the rows of the clusters asked for are read; what they are made of is kept as articles come in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from onrecord.ledger import _cluster_tables as c
from onrecord.ledger import _tables as t
from onrecord.ledger._errors import NoSuchRecord
from onrecord.ledger._features import EventFeatures, Story
from onrecord.ledger._origins import Report, independent_sources
from onrecord.ledger._queries import EventFilter, Ordered, Page, event_query, page, unindexed
from onrecord.ledger._series import Claim, Series, day_counted, series
from onrecord.ledger._stored_clusters import reason_of
from onrecord.ledger._views import Conflict, conflicts
from onrecord.records import Bound, FigureKind, Scope

FOUNDED = "c:"
"""What cluster ids begin with."""
_FEW = 3000
"""So many answers are listed sooner than that every cluster is looked at: ten days of a daily, say, years ago."""


@dataclass(frozen=True, slots=True)
class ReportedEvent:
    """An event as one article has it.

    ``id``, ``article_id``: as in the ledger; ``origin``: the source behind the article, one name for all its copies;
    ``agency``: where the article or one it is a copy of names one; ``copy_of``: the article it is a copy of;
    ``first_day``: None where the text does not date the event; ``because``: why it was taken for the same.
    """

    id: str
    article_id: str
    title: str | None
    publisher: str | None
    url: str | None
    published: str | None
    origin: str
    agency: str | None
    copy_of: str | None
    type: str
    status: str
    first_day: str | None
    words: str
    sentence: str
    because: str


@dataclass(frozen=True, slots=True)
class SameEvent:
    """One event with all its reports.

    ``sources``: where the reports come from; copies of one story, and stories of one agency, are one.
    ``conflicts``: who says what where they differ; ``figures``: by source over time.
    """

    id: str
    reports: tuple[ReportedEvent, ...]
    sources: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    figures: tuple[Series, ...]

    @property
    def articles(self) -> int:
        """How many texts tell of it."""
        return len({report.article_id for report in self.reports})

    @property
    def independent_sources(self) -> int:
        """How many sources those come from."""
        return len(self.sources)


def cluster_of(connection: Connection, id_: str) -> str:
    """The cluster of an event, or with this id.

    Raises
    ------
    NoSuchRecord: neither is known, or a reviewer found the event wrong.
    """
    k = c.clusters
    query = select(k.c.id).where(k.c.id == id_) if id_.startswith(FOUNDED) else _of_event(id_)
    found: str | None = connection.execute(query).scalar()
    if found is not None:
        return found
    if connection.execute(select(t.events.c.id).where(t.events.c.id == id_)).first():
        raise NoSuchRecord(f"event {id_}: a reviewer found it wrong, so it is no report of any event.")
    raise NoSuchRecord(f"{id_}: no event and no cluster has this id. It may have been merged or split since.")


def _of_event(id_: str) -> Any:
    e = c.cluster_events
    return select(e.c.cluster).where(e.c.event_id == id_)


def cluster_page(
    connection: Connection, asked: EventFilter, *, kind: str | None, articles: int, limit: int, after: str | None
) -> Page:
    """Ids of a page of clusters, reported last first, of which a report answers, and where the next page begins.

    Parameters
    ----------
    kind: of figures that a report gives.
    articles: at least so many tell of it.
    """
    k = c.clusters
    conditions: list[ColumnElement[bool]] = [k.c.articles >= articles]
    if asked != EventFilter():
        conditions.append(_answering(connection, asked))
    if kind is not None:
        conditions.append(_counting(connection, kind))
    ordered = Ordered(k.c.newest, k.c.id, select(k.c.newest, k.c.id), conditions)
    return page(connection, ordered, limit=limit, after=after)


def _answering(connection: Connection, asked: EventFilter) -> ColumnElement[bool]:
    """The clusters of few events are listed; where many answer, each cluster is looked at as its turn comes."""
    k, e = c.clusters, c.cluster_events
    few = connection.scalars(_ids(event_query(connection, asked)).limit(_FEW + 1)).all()
    if len(few) <= _FEW:
        return k.c.id.in_(select(e.c.cluster).where(e.c.event_id.in_(few)))
    answers = event_query(connection, asked, by_id=True)
    reported = answers.id == unindexed(connection, e.c.event_id)  # a cluster's events are what is begun with
    return _ids(answers).join(e, reported).where(e.c.cluster == k.c.id).correlate(k).exists()


def _ids(answers: Ordered) -> Select[Any]:
    return answers.query.where(*answers.conditions).with_only_columns(answers.id)


def _counting(connection: Connection, kind: str) -> ColumnElement[bool]:
    """Of figures that are rare the clusters are listed; of common ones each cluster is looked at, as above."""
    k, e, f = c.clusters, c.cluster_events, t.figures
    right = f.c.review != "rejected"
    given = select(e.c.cluster).join_from(f, e, e.c.event_id == f.c.event_id).where(right)
    few = connection.scalars(given.where(f.c.kind == kind).limit(_FEW + 1)).all()
    if len(few) <= _FEW:
        return k.c.id.in_(few)
    # Else SQLite would go through all figures of the kind for each cluster.
    return given.where(unindexed(connection, f.c.kind) == kind, e.c.cluster == k.c.id).correlate(k).exists()


def fetch_same(connection: Connection, clusters: Sequence[str]) -> list[SameEvent]:
    """Whole events, in the order of ``clusters``; those that are gone are left out."""
    told: defaultdict[str, list[_Told]] = defaultdict(list)
    for row in connection.execute(_told_query(clusters)):
        story = Story(row.article_id)
        told[row.cluster].append(_Told(row, EventFeatures.from_json(row.features, story), _origin(row)))
    origins = {one.row.article_id: one.origin for reports in told.values() for one in reports}
    claims = _claims(connection, clusters, origins)
    return [_same(cluster, told[cluster], origins, claims[cluster]) for cluster in clusters if cluster in told]


@dataclass(frozen=True, slots=True)
class _Told:
    """One report: its row, what is compared of it, and the name of the source behind its article."""

    row: Any
    features: EventFeatures
    origin: str


def _told_query(clusters: Sequence[str]) -> Any:
    e, v, o, a, first = c.cluster_events, t.events, c.origins, t.articles, t.articles.alias()
    query = select(
        *(e.c.cluster, e.c.event_id, e.c.features, e.c.reason),
        *(v.c.type, v.c.status, v.c.span_text, v.c.sentence_text),
        *(a.c.id.label("article_id"), a.c.title, a.c.publisher, a.c.url, a.c.published, o.c.agency),
        *(first.c[name].label(f"first_{name}") for name in ("id", "title", "publisher", "url")),
    )
    query = query.join_from(e, v, v.c.id == e.c.event_id).join(o, o.c.number == e.c.number)
    query = query.join(a, a.c.number == e.c.number).join(first, first.c.number == o.c.original)
    in_time = (func.coalesce(a.c.published, ""), e.c.number, v.c.span_start, e.c.event_id)
    return query.where(e.c.cluster.in_(clusters)).order_by(*in_time)


def _same(cluster: str, told: Sequence[_Told], origins: Mapping[str, str], claims: Iterable[Claim]) -> SameEvent:
    articles = list(dict.fromkeys(one.row.article_id for one in told))
    rows = {one.row.article_id: one.row for one in told}
    groups = independent_sources(
        Report(article, rows[article].first_id, rows[article].agency, rows[article].publisher) for article in articles
    )
    return SameEvent(
        id=cluster,
        reports=tuple(map(_reported, told)),
        sources=tuple(sorted(origins[min(group, key=articles.index)] for group in groups)),
        conflicts=conflicts((one.features for one in told), origins),
        figures=tuple(replace(one, event=cluster) for one in series(claims)),
    )


def _reported(told: _Told) -> ReportedEvent:
    row = told.row
    return ReportedEvent(
        id=row.event_id,
        article_id=row.article_id,
        title=row.title,
        publisher=row.publisher,
        url=row.url,
        published=row.published,
        origin=told.origin,
        agency=row.agency,
        copy_of=row.first_id if row.first_id != row.article_id else None,
        type=row.type,
        status=row.status,
        first_day=told.features.first,
        words=row.span_text,
        sentence=row.sentence_text,
        because=str(reason_of(row.reason)),
    )


def _origin(row: Any) -> str:
    """One name for an article and its copies: the agency, else who published the first of them."""
    name: str = row.agency or row.first_publisher or row.first_url or row.first_title or row.first_id
    return name


def _claims(connection: Connection, clusters: Sequence[str], origins: Mapping[str, str]) -> dict[str, list[Claim]]:
    """The figures of these clusters' events, each as told by its origin, which speaks itself where nobody is named."""
    e, f, a, time = c.cluster_events, t.figures, t.articles, t.times
    query = select(e.c.cluster, f, time.c.start, time.c.end, a.c.published)
    query = query.join_from(e, f, f.c.event_id == e.c.event_id).join(a, a.c.number == e.c.number)
    query = query.outerjoin(time, time.c.id == f.c.time_id)
    query = query.where(e.c.cluster.in_(clusters), f.c.review != "rejected")
    speakers = _speakers(connection, clusters)
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for row in connection.execute(query):
        published = row.published[:10] if row.published else None
        origin = origins[row.article_id]
        claim = Claim(
            kind=FigureKind(row.kind),
            low=row.low,
            high=row.high,
            bound=Bound(row.bound),
            scope=Scope(row.scope),
            whom=row.whom,
            source=speakers.get(row.id) or origin,
            told_by=origin,
            article=row.article_id,
            figure=row.id,
            event=row.event_id,
            published=published,
            as_of=day_counted(Scope(row.scope), row.end or row.start, published),
            text=row.span_text,
        )
        found[row.cluster].append(claim)
    return found


def _speakers(connection: Connection, clusters: Sequence[str]) -> dict[str, str]:
    """The nearest source that is named, by the id of the figure."""
    e, f, a, s, n = c.cluster_events, t.figures, t.attributions, t.statements, t.entities
    query = select(a.c.record_id, n.c.name).join_from(e, f, f.c.event_id == e.c.event_id)
    query = query.join(a, a.c.record_id == f.c.id).join(s, s.c.id == a.c.statement_id)
    query = query.join(n, n.c.id == s.c.speaker_id).where(e.c.cluster.in_(clusters))
    rows = connection.execute(query.order_by(a.c.record_id, a.c.position.desc())).all()
    return {row.record_id: row.name for row in rows}  # the last one written is the nearest
