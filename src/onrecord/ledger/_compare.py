"""Which reports tell of one event, from how many sources, who contradicts whom, and what figures each gives.

    same_events(readings) -> tuple[SameEvent, ...]      readings: all of a ledger, reviewed, in the order of publication

Worked out anew each time and kept nowhere, so what a reviewer changed counts at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from onrecord.ledger._clusters import Clusterer, MemoryIndex
from onrecord.ledger._copies import Copies, MemoryCopies
from onrecord.ledger._corrections import Reviewed
from onrecord.ledger._features import EventFeatures, features_of
from onrecord.ledger._origins import Report, agency_of, independent_sources
from onrecord.ledger._series import Claim, Series, claims_of, series
from onrecord.ledger._signature import sign
from onrecord.ledger._views import Conflict, conflicts
from onrecord.records import Article, Event


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


def same_events(readings: Iterable[Reviewed]) -> tuple[SameEvent, ...]:
    """Every event with all its reports, those of one article too; the one reported last comes first."""
    desk = _Desk()
    for reviewed in readings:
        desk.take(reviewed)
    return desk.result()


@dataclass(frozen=True, slots=True)
class _Told:
    """What is kept of one event until all articles are in."""

    event: Event
    features: EventFeatures


class _Desk:
    """What is kept of the articles while they are compared: no text but the events' sentences."""

    def __init__(self) -> None:
        self._copies = Copies(MemoryCopies())
        self._index = MemoryIndex()
        self._articles: dict[str, Article] = {}
        self._originals: dict[str, str] = {}
        self._agencies: dict[str, str] = {}  # by article
        self._group_agencies: dict[str, str] = {}  # by original
        self._told: dict[str, _Told] = {}
        self._claims: list[Claim] = []
        self._clusters: defaultdict[str, list[str]] = defaultdict(list)

    def take(self, reviewed: Reviewed) -> None:
        """Sign an article, and put its events with those they are most like."""
        article = reviewed.reading.article
        copy = self._copies.add(article.id, sign(article))
        original = self._originals[article.id] = copy.original if copy else article.id
        agency = agency_of(article)
        if agency:
            self._agencies[article.id] = agency.name
            self._group_agencies.setdefault(original, agency.name)
        self._articles[article.id] = article.model_copy(update={"text": ""})
        clusterer = Clusterer(self._index)
        for event, features in zip(
            reviewed.reading.events, features_of(reviewed.reading, ids=reviewed.ids), strict=True
        ):
            if reviewed.reviews.get(event.id) != "rejected":
                self._told[features.id] = _Told(event, features)
                self._clusters[clusterer.place(features).cluster].append(features.id)
        wrong = {reviewed.ids[own] for own, review in reviewed.reviews.items() if review == "rejected"}
        self._claims += [c for c in claims_of(reviewed.reading, ids=reviewed.ids) if c.figure not in wrong]

    def result(self) -> tuple[SameEvent, ...]:
        """The events, once all articles are in."""
        origins = {article: self._origin(article) for article in self._articles}
        claims: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in self._claims:
            if claim.event:
                claims[claim.event].append(_from(claim, origins[claim.article]))
        found = [self._same(cluster, events, origins, claims) for cluster, events in self._clusters.items()]
        return tuple(sorted(found, key=_newest, reverse=True))

    def _same(
        self, cluster: str, events: list[str], origins: Mapping[str, str], claims: Mapping[str, list[Claim]]
    ) -> SameEvent:
        told = [self._told[event] for event in events]
        articles = tuple(dict.fromkeys(one.features.article for one in told))
        groups = independent_sources(map(self._report, articles))
        given = [claim for event in events for claim in claims.get(event, ())]
        return SameEvent(
            id=cluster,
            reports=tuple(self._reported(one, origins) for one in told),
            sources=tuple(sorted(origins[min(group, key=articles.index)] for group in groups)),
            conflicts=conflicts((one.features for one in told), origins),
            figures=tuple(replace(one, event=cluster) for one in series(given)),
        )

    def _reported(self, told: _Told, origins: Mapping[str, str]) -> ReportedEvent:
        event, features = told.event, told.features
        article = self._articles[features.article]
        original = self._originals[article.id]
        return ReportedEvent(
            id=features.id,
            article_id=article.id,
            title=article.title,
            publisher=article.publisher,
            url=article.url,
            published=article.published,
            origin=origins[article.id],
            agency=self._agency(article.id),
            copy_of=original if original != article.id else None,
            type=str(event.type),
            status=str(event.status),
            first_day=features.first,
            words=event.span.text,
            sentence=event.sentence.text,
            because=str(self._index.reasons[features.id]),
        )

    def _report(self, article: str) -> Report:
        return Report(article, self._originals[article], self._agency(article), self._articles[article].publisher)

    def _agency(self, article: str) -> str | None:
        return self._agencies.get(article) or self._group_agencies.get(self._originals[article])

    def _origin(self, article: str) -> str:
        """One name for an article and its copies: the agency, else who published the first of them."""
        first = self._articles[self._originals[article]]
        return self._agency(article) or first.publisher or first.url or first.title or first.id


def _from(claim: Claim, origin: str) -> Claim:
    """The claim as told by its origin, which speaks itself where nobody is named."""
    own_voice = claim.source == claim.told_by
    return replace(claim, told_by=origin, source=origin if own_voice else claim.source)


def _newest(event: SameEvent) -> tuple[str, str]:
    return max(report.published or "" for report in event.reports), event.id
