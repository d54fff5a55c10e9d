"""Which events are reports of one, and what people decided, in the ledger's tables: an `EventIndex`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Any
from zlib import crc32

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from onrecord.ledger import _cluster_tables as c
from onrecord.ledger import _tables as t
from onrecord.ledger._clusters import NEAREST, Decision, Placement, Reason
from onrecord.ledger._engine import Writing
from onrecord.ledger._evidence import periods, periods_near, sorts
from onrecord.ledger._features import EventFeatures, Story
from onrecord.ledger._origins import Report, independent_sources

Placed = dict[str, tuple[EventFeatures, str]]
_BySort = Mapping[str, Sequence[tuple[EventFeatures, str]]]


class SqlEvents:
    """An `EventIndex` on a ledger's tables, for one write transaction; `settle` ends it."""

    def __init__(self, writing: Writing) -> None:
        self.connection: Connection = writing.connection
        self._now = writing.now
        self._articles: dict[str, tuple[int, Placed]] = {}  # number, and its events, new and old
        self._new: dict[str, dict[str, Any]] = {}
        self._gone: dict[str, str] = {}  # events with their articles
        self._touched: set[str] = set()
        self._near: dict[tuple[str, tuple[int, ...] | None], _BySort] = {}
        self._empty: set[str] = set()  # names of clusters that are known not to be there
        self._decided: bool | None = None

    def near(self, event: EventFeatures) -> Iterable[tuple[EventFeatures, str]]:
        number, own = self._article(event.article)
        window = (event.article, periods_near(event))
        if window not in self._near:
            near = self.connection.scalars(near_query(event.story, window[1], number)).all()
            self._near[window] = _by_sort(self._placed(near).values())
        alike = {one[0].id: one for sort in sorts(event) for one in self._near[window].get(sort, ())}
        return [*alike.values(), *own.values()]

    def expect(self, events: Iterable[EventFeatures]) -> None:
        """These events are going to be placed: see at once which of the clusters that they may found are not there."""
        names = {f"c:{event.id}" for event in events}
        e = c.cluster_events
        there = self.connection.scalars(select(e.c.cluster).where(e.c.cluster.in_(names)).distinct())
        self._empty = names - set(there)

    def members(self, cluster: str) -> Sequence[str]:
        if cluster in self._empty:
            return ()
        e = c.cluster_events
        kept = select(e.c.event_id).where(e.c.cluster == cluster).order_by(e.c.number, e.c.event_id)
        new = (row["event_id"] for row in self._new.values() if row["cluster"] == cluster)
        return [*self.connection.scalars(kept), *new]

    def cluster_of(self, event: str) -> str | None:
        if event in self._new:
            return str(self._new[event]["cluster"])
        return self.connection.execute(
            select(c.cluster_events.c.cluster).where(c.cluster_events.c.event_id == event)
        ).scalar()

    def put(self, placement: Placement, event: EventFeatures | None = None) -> None:
        moved = {"cluster": placement.cluster, "reason": _plain(placement.reason), "changed_at": self._now}
        self._touched.add(placement.cluster)
        self._empty.discard(placement.cluster)
        if event is None:
            before = self.cluster_of(placement.event)
            if before is not None:
                self._touched.add(before)
            this = c.cluster_events.c.event_id == placement.event
            self.connection.execute(update(c.cluster_events).where(this).values(moved))
            self._near.clear()
            return
        number, own = self._article(event.article)
        own[event.id] = (event, placement.cluster)
        self._gone.pop(event.id, None)
        self._new[event.id] = {"event_id": event.id, "number": number, "features": event.to_json(), **moved}

    def drop(self, event: str) -> None:
        cluster = self.cluster_of(event)
        if cluster is None:
            return
        self._touched.add(cluster)
        for article, (_, own) in self._articles.items():
            if own.pop(event, None):
                self._gone[event] = article
        if self._new.pop(event, None) is None:
            self.connection.execute(delete(c.cluster_events).where(c.cluster_events.c.event_id == event))

    def decisions(self, events: Iterable[str] | None = None) -> Sequence[Decision]:
        if self._decided is None:
            self._decided = self.connection.execute(select(c.decisions.c.id).limit(1)).first() is not None
        return stored_decisions(self.connection, events) if self._decided else ()

    def decide(self, decision: Decision) -> None:
        row = {
            "id": decision.id,
            "action": decision.action,
            "cluster": decision.cluster,
            "undoes": decision.undoes,
            "reviewer": decision.by,
            "note": decision.note,
            "changed_at": self._now,
        }
        named = [*decision.moved, *((event, None) for event in decision.rest)]
        events = [
            {"decision": decision.id, "position": position, "event_id": event, "moved_from": cluster}
            for position, (event, cluster) in enumerate(named)
        ]
        self.connection.execute(insert(c.decisions), row)
        self.connection.execute(insert(c.decision_events), events)

    def next_decision(self) -> int:
        last = self.connection.execute(select(func.max(c.decisions.c.id))).scalar()
        return (last or 0) + 1

    def of_article(self, article: str) -> Mapping[str, EventFeatures]:
        """The placed events of an article."""
        return {event: features for event, (features, _) in self._article(article)[1].items()}

    def renew(self, event: EventFeatures) -> None:
        """What is known of a placed event has changed, but nothing that its place depends on."""
        own = self._article(event.article)[1]
        own[event.id] = (event, own[event.id][1])
        new = {"features": event.to_json(), "changed_at": self._now}
        this = c.cluster_events.c.event_id == event.id
        self.connection.execute(update(c.cluster_events).where(this).values(new))

    def touch(self, numbers: Sequence[int]) -> None:
        """The sources behind these articles have changed."""
        e = c.cluster_events
        self._touched.update(self.connection.scalars(select(e.c.cluster).where(e.c.number.in_(numbers)).distinct()))

    def tell(self, story: Story) -> None:
        """Keep what an article is about; before its first event is placed."""
        number, _ = self._article(story.article)
        row = {"number": number, "story": story.to_json(), "periods": [], "changed_at": self._now}
        self.connection.execute(insert(c.stories), row)

    def settle(self) -> None:
        """Write what is still to be written: new events, what articles are found by, deletions, counts."""
        if self._new:
            self.connection.execute(insert(c.cluster_events), list(self._new.values()))
            self._new.clear()
        for number, own in self._articles.values():
            self._find_by(number, [event for event, _ in own.values()])
        gone = [_deletion("placement", event, article, self._now) for event, article in self._gone.items()]
        if gone:
            self.connection.execute(insert(t.deletions), gone)
        if self._touched:
            self._recount(sorted(self._touched))
        self._touched.clear()

    def _article(self, article: str) -> tuple[int, Placed]:
        if article not in self._articles:
            of_id = select(t.articles.c.number).where(t.articles.c.id == article)
            number = self.connection.execute(of_id).scalar_one()
            self._articles[article] = (number, self._placed([number]))
        return self._articles[article]

    def _placed(self, numbers: Sequence[int]) -> Placed:
        """The events of these articles with their clusters."""
        if not numbers:
            return {}
        s, e = c.stories, c.cluster_events
        told = select(s.c.number, s.c.story).where(s.c.number.in_(numbers))
        stories = dict(self.connection.execute(told).all())
        rows = self.connection.execute(
            select(e.c.event_id, e.c.number, e.c.cluster, e.c.features).where(e.c.number.in_(numbers))
        )
        return {event: (_features(features, stories[number]), cluster) for event, number, cluster, features in rows}

    def _find_by(self, number: int, events: Sequence[EventFeatures]) -> None:
        """Make an article be found by the keys of its story at the times of its events, and at no others."""
        s, k = c.stories, c.story_keys
        kept = self.connection.execute(select(s.c.story, s.c.periods).where(s.c.number == number)).first()
        wanted = {period for event in events for period in periods(event)}
        if kept is None or set(kept.periods) == wanted:
            return
        keys = story_numbers(Story.from_json(kept.story))
        gone = set(kept.periods) - wanted
        if gone:
            there = (k.c.key.in_(keys), k.c.period.in_(gone), k.c.number == number)
            self.connection.execute(delete(k).where(*there))
        new = product(keys, sorted(wanted - set(kept.periods)))
        rows = [{"key": key, "period": period, "number": number} for key, period in new]
        if rows:
            self.connection.execute(insert(k), rows)
        values = {"periods": sorted(wanted), "changed_at": self._now}
        self.connection.execute(update(s).where(s.c.number == number).values(values))

    def _recount(self, touched: Sequence[str]) -> None:
        """How many articles and sources tell of these events; a cluster without events is gone."""
        e, o, a, k = c.cluster_events, c.origins, t.articles, c.clusters
        query = select(e.c.cluster, e.c.number, o.c.original, o.c.agency, a.c.publisher, a.c.published).distinct()
        query = query.join_from(e, o, o.c.number == e.c.number).join(a, a.c.number == e.c.number)
        reports: defaultdict[str, list[Report]] = defaultdict(list)
        newest: defaultdict[str, str] = defaultdict(str)
        for cluster, number, original, agency, publisher, published in self.connection.execute(
            query.where(e.c.cluster.in_(touched))
        ):
            reports[cluster].append(Report(str(number), str(original), agency, publisher))
            newest[cluster] = max(newest[cluster], published or "")
        before = {row.id: row for row in self.connection.execute(select(k).where(k.c.id.in_(touched)))}
        new = []
        for cluster in touched:
            found = reports.get(cluster)
            if not found:
                if cluster in before:
                    self.connection.execute(delete(k).where(k.c.id == cluster))
                    self.connection.execute(insert(t.deletions), [_deletion("cluster", cluster, "", self._now)])
                continue
            counts = {
                "articles": len(found),
                "independent_sources": len(independent_sources(found)),
                "newest": newest[cluster],
            }
            old = before.get(cluster)
            if old is None:
                new.append({"id": cluster, **counts, "changed_at": self._now})
            elif any(old._mapping[name] != value for name, value in counts.items()):
                self.connection.execute(update(k).where(k.c.id == cluster).values(**counts, changed_at=self._now))
        if new:
            self.connection.execute(insert(k), new)


@lru_cache(maxsize=1000)
def _story(kept: str) -> Story:
    """An article is compared with many that come soon after it."""
    return Story.from_json(kept)


@lru_cache(maxsize=10_000)
def _features(kept: str, story: str) -> EventFeatures:
    return EventFeatures.from_json(kept, _story(story))


def _by_sort(placed: Iterable[tuple[EventFeatures, str]]) -> _BySort:
    found: defaultdict[str, list[tuple[EventFeatures, str]]] = defaultdict(list)
    for one in placed:
        for sort in sorts(one[0]):
            found[sort].append(one)
    return found


def near_query(story: Story, near: tuple[int, ...] | None, number: int) -> Select[Any]:
    """The numbers of the articles whose events an article's are compared with; ``near``: None for all periods."""
    k = c.story_keys
    shared = func.count(k.c.key.distinct())
    query = select(k.c.number).where(k.c.key.in_(story_numbers(story)), k.c.number != number)
    if near is not None:
        query = query.where(k.c.period.in_(near))
    return query.group_by(k.c.number).order_by(shared.desc(), k.c.number.desc()).limit(NEAREST)


def story_numbers(story: Story) -> list[int]:
    """The keys of a story as numbers of 31 bits."""
    return sorted({crc32(key.encode("utf-8", "surrogatepass")) >> 1 for key in story.keys})


def stored_decisions(connection: Connection, events: Iterable[str] | None = None) -> list[Decision]:
    """What people decided, oldest first: everything, or what names one of ``events``."""
    d, n = c.decisions, c.decision_events
    query = select(d).order_by(d.c.id)
    if events is not None:
        query = query.where(d.c.id.in_(select(n.c.decision).where(n.c.event_id.in_(list(events)))))
    rows = connection.execute(query).all()
    named: defaultdict[int, list[Any]] = defaultdict(list)
    of_them = select(n).order_by(n.c.decision, n.c.position)
    if events is not None:
        of_them = of_them.where(n.c.decision.in_([row.id for row in rows]))
    for one in connection.execute(of_them):
        named[one.decision].append(one)
    return [
        Decision(
            id=row.id,
            action=row.action,
            moved=tuple((one.event_id, one.moved_from) for one in named[row.id] if one.moved_from is not None),
            rest=tuple(one.event_id for one in named[row.id] if one.moved_from is None),
            cluster=row.cluster,
            by=row.reviewer,
            at=row.changed_at,
            note=row.note,
            undoes=row.undoes,
        )
        for row in rows
    ]


def reason_of(kept: Mapping[str, Any]) -> Reason:
    """Back from what is kept of a reason."""
    parts = tuple((name, words, points) for name, words, points in kept.get("parts", ()))
    return Reason(kept["kind"], kept.get("score"), kept.get("event"), parts, kept.get("decision"))


def _plain(reason: Reason) -> dict[str, Any]:
    """A reason as it is kept: without what is empty."""
    whole = {
        "kind": reason.kind,
        "score": reason.score,
        "event": reason.event,
        "parts": [list(part) for part in reason.parts],
        "decision": reason.decision,
    }
    return {name: value for name, value in whole.items() if value not in (None, [])}


def _deletion(kind: str, record: str, article: str, now: str) -> dict[str, Any]:
    return {"kind": kind, "record_id": record, "article_id": article, "changed_at": now}
