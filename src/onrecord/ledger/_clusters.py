"""The same event across articles: clusters that grow as articles arrive, corrected by hand where need be.

    clusterer = Clusterer(index)                # index: MemoryIndex(), or anything with the methods of `EventIndex`
    placed = clusterer.place(features)          # -> Placement(event, cluster, reason); at most one cluster is chosen
    clusterer.remove(event_id)                  # its article is read again, or gone
    decision = clusterer.split(event_ids, by=…, at=…, note=…)     # these leave their cluster together
    decision = clusterer.merge(cluster, other, by=…, at=…, note=…)
    clusterer.undo(decision.id, by=…, at=…)     # another decision on top; nothing is deleted

Decisions are kept by the index as rows of events, so they hold when articles are read again and placed anew: events
put together by hand meet, events put apart never do. Machine placement never moves an event that is already placed
and never joins two clusters, so no later article undoes what a person did. Cluster ids are made from the id of the
event that founded the cluster; a cluster without events is gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import product
from operator import itemgetter
from typing import Literal, Protocol

from onrecord.ledger._errors import BadCorrection, NoSuchRecord
from onrecord.ledger._evidence import POINTS, most, periods, periods_near, score, story_points, weigh
from onrecord.ledger._features import EventFeatures

BEST_OF = 3
"""A cluster is as near as the mean of its nearest members, at most so many."""
ROUNDED = 0.01
"""Scores are rounded to this."""
NEAREST = 24
"""Events are compared with those of so many other articles: the ones that share most of its story's keys."""

Action = Literal["split", "merge", "undo"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an event is where it is. ``event``: the member it is most like; ``decision``: the person's, for ``hand``."""

    kind: Literal["first", "match", "hand"]
    score: float | None = None
    event: str | None = None
    parts: tuple[tuple[str, str, float], ...] = ()
    decision: int | None = None

    def __str__(self) -> str:
        if self.kind == "first":
            return "no earlier report like it"
        if self.kind == "hand":
            return f"by hand, decision {self.decision}"
        told = ", ".join(f"{name} {words} {points:+.1f}".replace("  ", " ") for name, words, points in self.parts)
        return f"like {self.event} ({self.score:+.1f}: {told})"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an event belongs, and why."""

    event: str
    cluster: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided. ``moved``: events with the cluster each was in; ``rest``: those they left or met."""

    id: int
    action: Action
    moved: tuple[tuple[str, str], ...]
    rest: tuple[str, ...]
    cluster: str
    by: str
    at: str
    note: str | None = None
    undoes: int | None = None


class EventIndex(Protocol):
    """Where placed events and decisions are kept."""

    def near(self, event: EventFeatures) -> Iterable[tuple[EventFeatures, str]]:
        """Placed events that may be the same, each with its cluster: of its own article, and of the `NEAREST` others
        that have events in its ``periods_near`` and most of its ``story.keys``, of these the latest to arrive. Those
        with none of its ``sorts`` may be left out."""

    def members(self, cluster: str) -> Sequence[str]:
        """The events of a cluster, in the order they came."""

    def cluster_of(self, event: str) -> str | None:
        """The cluster of a placed event."""

    def put(self, placement: Placement, event: EventFeatures | None = None) -> None:
        """Keep a placement, in place of the event's earlier one; ``event`` is given when it is new."""

    def drop(self, event: str) -> None:
        """Forget a placed event."""

    def decisions(self, events: Iterable[str] | None = None) -> Sequence[Decision]:
        """Decisions in order: all, or those that name one of ``events`` and the undoings of those."""

    def decide(self, decision: Decision) -> None:
        """Keep a decision."""

    def next_decision(self) -> int:
        """The number for a new decision."""


class Clusterer:
    """Places events, and carries out what people decide. Holds nothing that lasts; the index does."""

    def __init__(self, index: EventIndex) -> None:
        self._index = index
        self._told: tuple[str, dict[str, float]] = ("", {})  # what an article has in common with others

    def place(self, event: EventFeatures) -> Placement:
        """Put an event with the reports it is most like, or alone; decisions about it come first."""
        placed = self._choose(event)
        self._index.put(placed, event)
        return placed

    def remove(self, event: str) -> None:
        """Forget an event; its decisions stay and hold again when it comes back."""
        self._index.drop(event)

    def split(self, events: Iterable[str], *, by: str, at: str, note: str | None = None) -> Decision:
        """Take some events of one cluster out of it, into one of their own."""
        moved = tuple(dict.fromkeys(events))
        clusters = {self._cluster(event) for event in moved}
        if len(clusters) != 1:
            raise BadCorrection(f"the {len(moved)} events are in {len(clusters)} clusters; split one cluster at a time")
        old = clusters.pop()
        rest = tuple(event for event in self._index.members(old) if event not in moved)
        if not rest:
            raise BadCorrection(f"{old}: all its events were named; leave out those that are to stay")
        new = self._fresh(moved[0])
        return self._carry_out("split", tuple((event, old) for event in moved), rest, new, by, at, note)

    def merge(self, cluster: str, other: str, *, by: str, at: str, note: str | None = None) -> Decision:
        """Move all events of ``other`` into ``cluster``."""
        rest, moved = tuple(self._index.members(cluster)), tuple(self._index.members(other))
        if not rest or not moved:
            raise NoSuchRecord(f"{other if rest else cluster}: no such cluster. It may have been merged or split since")
        if cluster == other:
            raise BadCorrection(f"{cluster}: a cluster cannot be merged with itself; name two")
        return self._carry_out("merge", tuple((event, other) for event in moved), rest, cluster, by, at, note)

    def undo(self, decision: int, *, by: str, at: str, note: str | None = None) -> Decision:
        """Take a decision back: what it moved returns to where it was, and it binds no more."""
        everything = self._index.decisions()
        old = next((one for one in everything if one.id == decision), None)
        if old is None:
            raise NoSuchRecord(f"decision {decision}: there is none with this number")
        if old.action == "undo" or any(one.undoes == decision for one in everything):
            raise BadCorrection(f"decision {decision}: already undone, or an undoing itself; decide anew instead")
        undoing = Decision(
            self._index.next_decision(), "undo", old.moved, old.rest, old.cluster, by, at, note, undoes=decision
        )
        for event, cluster in old.moved:
            if self._index.cluster_of(event) == old.cluster:  # not where a later decision has taken it elsewhere
                self._index.put(Placement(event, cluster, Reason("hand", decision=undoing.id)))
        self._index.decide(undoing)
        return undoing

    def _choose(self, event: EventFeatures) -> Placement:
        together, apart = self._bonds(event.id)
        for other, decision in together.items():
            cluster = self._index.cluster_of(other)
            if cluster is not None and other != event.id:
                return Placement(event.id, cluster, Reason("hand", decision=decision))
        barred = {self._index.cluster_of(other) for other in apart}
        found: dict[str, list[EventFeatures]] = {}
        hopes: dict[str, float] = {}  # what a cluster's members are worth at most
        for other_features, cluster in self._index.near(event):
            if cluster not in barred and other_features.id != event.id:
                found.setdefault(cluster, []).append(other_features)
                hope = most(event, other_features, self._in_common(event, other_features))
                hopes[cluster] = max(hope, hopes.get(cluster, hope))
        best: tuple[float, str, EventFeatures] | None = None
        for cluster in sorted((name for name in hopes if hopes[name] > -ROUNDED), key=lambda name: -hopes[name]):
            if best is not None and hopes[cluster] < best[0] - ROUNDED:
                break  # nor can any that comes after it be nearer
            nearest = self._nearest(event, found[cluster])
            mean = -sum(points for points, _, _ in nearest) / len(nearest) if nearest else 0.0
            if mean > 0 and (best is None or (-mean, cluster) < (-best[0], best[1])):
                best = (mean, cluster, nearest[0][2])
        if best is None:
            return Placement(event.id, self._fresh(event.id), Reason("first"))
        mean, cluster, like = best
        evidence = weigh(event, like)
        return Placement(
            event.id, cluster, Reason("match", round(mean, 2), like.id, evidence.parts if evidence else ())
        )

    def _nearest(
        self, event: EventFeatures, members: Iterable[EventFeatures]
    ) -> list[tuple[float, str, EventFeatures]]:
        """The members of a cluster that an event is most like, the points with their sign turned."""
        scored = ((score(event, one, self._in_common(event, one)), one) for one in members)
        return nsmallest(
            BEST_OF, ((-points, one.id, one) for points, one in scored if points is not None), key=itemgetter(0, 1)
        )

    def _in_common(self, event: EventFeatures, other: EventFeatures) -> float:
        """What the likeness of their stories, or being in one article, is worth; worked out once for two articles."""
        if self._told[0] != event.article:
            self._told = (event.article, {})
        known = self._told[1].get(other.article)
        if known is None:
            own = event.article == other.article
            known = self._told[1][other.article] = POINTS["article"] if own else story_points(event, other)
        return known

    def _bonds(self, event: str) -> tuple[dict[str, int], set[str]]:
        """Events this one must be with (and by which decision), and must not be with; the newest decision wins."""
        found = self._index.decisions((event,))
        undone = {one.undoes for one in found}
        together: dict[str, int] = {}
        apart: set[str] = set()
        for one in found:
            if one.id in undone or one.action == "undo":
                continue
            moved = tuple(name for name, _ in one.moved)
            mine: tuple[str, ...]
            others: tuple[str, ...]
            if one.action == "merge":
                mine, others = (*moved, *one.rest), ()
            else:  # that the rest belongs together is nothing the person said
                mine, others = (moved, one.rest) if event in moved else ((), moved)
            together.update((name, one.id) for name in mine if name != event)
            apart.difference_update(mine)
            apart.update(others)
            for name in others:
                together.pop(name, None)
        return together, apart

    def _carry_out(
        self,
        action: Action,
        moved: tuple[tuple[str, str], ...],
        rest: tuple[str, ...],
        cluster: str,
        by: str,
        at: str,
        note: str | None,
    ) -> Decision:
        decision = Decision(self._index.next_decision(), action, moved, rest, cluster, by, at, note)
        for event, _ in moved:
            self._index.put(Placement(event, cluster, Reason("hand", decision=decision.id)))
        self._index.decide(decision)
        return decision

    def _cluster(self, event: str) -> str:
        cluster = self._index.cluster_of(event)
        if cluster is None:
            raise NoSuchRecord(f"{event}: no such event in any cluster. Look it up again: ids change when texts do")
        return cluster

    def _fresh(self, event: str) -> str:
        """A cluster id made from an event's id that no cluster has."""
        name, number = f"c:{event}", 1
        while self._index.members(name):
            number += 1
            name = f"c:{event}~{number}"
        return name


@dataclass(slots=True)
class MemoryIndex:
    """An `EventIndex` in memory, for one run, for tests and for measuring."""

    _events: dict[str, EventFeatures] = field(default_factory=dict)
    _clusters: dict[str, str] = field(default_factory=dict)
    _members: dict[str, list[str]] = field(default_factory=dict)
    _articles: dict[str, list[str]] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _keys: dict[tuple[str, int], Counter[str]] = field(default_factory=dict)
    _decisions: list[Decision] = field(default_factory=list)
    reasons: dict[str, Reason] = field(default_factory=dict)

    def near(self, event: EventFeatures) -> Iterable[tuple[EventFeatures, str]]:
        wanted = periods_near(event) or {period for _, period in self._keys}
        shared: Counter[str] = Counter()
        for key in event.story.keys:
            here = [self._keys.get((key, period), ()) for period in wanted]
            shared.update({article for articles in here for article in articles if article != event.article})
        nearest = sorted(shared, key=lambda article: (-shared[article], -self._numbers[article]))[:NEAREST]
        for article in (event.article, *nearest):
            for name in self._articles.get(article, ()):
                yield self._events[name], self._clusters[name]

    def members(self, cluster: str) -> Sequence[str]:
        return self._members.get(cluster, ())

    def cluster_of(self, event: str) -> str | None:
        return self._clusters.get(event)

    def put(self, placement: Placement, event: EventFeatures | None = None) -> None:
        before = self._clusters.get(placement.event)
        if before is not None:
            self._members[before].remove(placement.event)
        self._clusters[placement.event] = placement.cluster
        self._members.setdefault(placement.cluster, []).append(placement.event)
        self.reasons[placement.event] = placement.reason
        if event is not None:
            self._forget(event.id)
            self._events[event.id] = event
            self._numbers.setdefault(event.article, len(self._numbers))
            self._articles.setdefault(event.article, []).append(event.id)
            for place in product(event.story.keys, periods(event)):
                self._keys.setdefault(place, Counter())[event.article] += 1

    def drop(self, event: str) -> None:
        cluster = self._clusters.pop(event, None)
        if cluster is not None:
            self._members[cluster].remove(event)
            self._forget(event)

    def _forget(self, event: str) -> None:
        known = self._events.pop(event, None)
        if known is not None:
            self._articles[known.article].remove(event)
            for place in product(known.story.keys, periods(known)):
                self._keys[place] -= Counter((known.article,))

    def decisions(self, events: Iterable[str] | None = None) -> Sequence[Decision]:
        if events is None:
            return tuple(self._decisions)
        wanted = set(events)
        named = [one for one in self._decisions if wanted & {*(name for name, _ in one.moved), *one.rest}]
        return tuple(named)

    def decide(self, decision: Decision) -> None:
        self._decisions.append(decision)

    def next_decision(self) -> int:
        return len(self._decisions) + 1
