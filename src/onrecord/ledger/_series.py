"""Claims over time: how a toll grew by source, and who says how many.

    claims_of(reading, origin="AFP") -> tuple[Claim, ...]    its figures; `origin` is who speaks where nobody is named
    series(claims) -> tuple[Series, ...]                     one for each kind and sort of people, by source, in steps
    Series.disagreements, .who_says, .rows()                 all typed; rows are plain dictionaries for a table

Claims are never added up, averaged or ranked. Give the claims of one event (all events of a cluster) or of one topic;
articles that are copies should be given one origin, so that what they repeat is one claim with several articles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

from onrecord.ledger._ids import ledger_ids
from onrecord.ledger._words import stem, words
from onrecord.records import Bound, Figure, FigureKind, Reading, Scope

ABOUT = 0.1
"""How far from its number an "about" reaches, as a share."""

_ANYBODY = frozenset("peopl person other one individual victim somebody".split())  # stems
_WORDING = {
    Bound.at_least: "at least {low:,}",
    Bound.more_than: "more than {low:,}",
    Bound.at_most: "at most {high:,}",
    Bound.less_than: "fewer than {high:,}",
    Bound.about: "about {low:,}",
}

Change = Literal["first", "raised", "lowered", "changed", "repeated"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure as one source gives it.

    ``source``: who is reported to say so, else the article's origin; ``told_by``: that origin; ``published``: day of
    the article; ``as_of``: see `day_counted`; ``text``: the words;
    ``figure``, ``event``: ids in the ledger.
    """

    kind: FigureKind
    low: int | None
    high: int | None
    bound: Bound
    scope: Scope
    whom: str | None
    source: str
    told_by: str
    article: str
    figure: str
    event: str | None
    published: str | None
    as_of: str | None
    text: str

    @property
    def span(self) -> tuple[float, float]:
        """The smallest and the largest number that the claim leaves possible, both included."""
        low = float(self.low if self.low is not None else 0)
        high = float(self.high) if self.high is not None else float("inf")
        if self.bound is Bound.exact and self.high is None:
            return low, low
        if self.bound is Bound.about and self.low is not None:
            return low * (1 - ABOUT), (high if self.high is not None else low) * (1 + ABOUT)
        if self.bound is Bound.more_than:
            low += 1
        if self.bound is Bound.less_than:
            high -= 1
        return low, high

    @property
    def says(self) -> str:
        """The number in words: ``54``, ``at least 12``, ``5 to 8``, or what the text has when that is vague."""
        form = _WORDING.get(self.bound)
        if form and (self.low if "low" in form else self.high) is not None:
            return form.format(low=self.low, high=self.high)
        if self.bound is Bound.vague or (self.low is None and self.high is None):
            return self.text
        if self.high is None or self.low is None or self.low == self.high:
            return f"{self.high if self.low is None else self.low:,}"
        return f"{self.low:,} to {self.high:,}"


@dataclass(frozen=True, slots=True)
class Step:
    """A claim in the course of its source; ``articles`` carry it; ``change`` is against the source's step before."""

    claim: Claim
    change: Change
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceSeries:
    """What one source says, oldest first."""

    source: str
    steps: tuple[Step, ...]

    @property
    def latest(self) -> Claim:
        """What it says last."""
        return self.steps[-1].claim


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two sources whose last words on the same count leave no number that both allow."""

    one: Claim
    other: Claim

    def __str__(self) -> str:
        return f"{self.one.source} says {self.one.says}, {self.other.source} says {self.other.says}"


@dataclass(frozen=True, slots=True)
class Series:
    """All claims of one kind about one sort of people.

    ``whom`` is None for people at large; ``event``: the `SameEvent` that they are of, where they are of one.
    """

    kind: FigureKind
    whom: str | None
    sources: tuple[SourceSeries, ...]
    event: str | None = None

    @property
    def who_says(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each number that a source gives last, with its sources: ``("at least 12", ("police",))``."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for source in sorted(self.sources, key=lambda one: (-one.latest.span[0], one.source)):
            found[source.latest.says].append(source.source)
        return tuple((says, tuple(sources)) for says, sources in found.items())

    @property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Pairs of sources that contradict one another, a total only with a total and an incident with an incident."""
        latest = (source.latest for source in self.sources)
        pairs = combinations(latest, 2)
        return tuple(Disagreement(a, b) for a, b in pairs if a.scope == b.scope and not overlap(a, b))

    def rows(self) -> list[dict[str, Any]]:
        """One row a step, for a table or a chart."""
        return [
            {
                "kind": str(self.kind),
                "whom": self.whom,
                "source": source.source,
                "told_by": step.claim.told_by,
                "published": step.claim.published,
                "as_of": step.claim.as_of,
                "says": step.claim.says,
                "low": step.claim.low,
                "high": step.claim.high,
                "bound": str(step.claim.bound),
                "scope": str(step.claim.scope),
                "change": step.change,
                "articles": list(step.articles),
                "event": step.claim.event,
                "figure": step.claim.figure,
                "text": step.claim.text,
            }
            for source in self.sources
            for step in source.steps
        ]


def claims_of(
    reading: Reading, *, origin: str | None = None, ids: Mapping[str, str] | None = None
) -> tuple[Claim, ...]:
    """The figures of a reading as claims.

    Parameters
    ----------
    origin: agency or publisher; the publisher or the article when None.
    ids: those of the ledger, where corrections changed them.
    """
    article = reading.article
    origin = origin or article.publisher or article.id
    ids = ids or ledger_ids(reading)
    return tuple(_claim(reading, figure, origin, ids) for figure in reading.figures)


def series(claims: Iterable[Claim]) -> tuple[Series, ...]:
    """The claims by kind and sort of people, each by source in the order of time."""
    found: defaultdict[tuple[FigureKind, str | None], defaultdict[str, list[Claim]]]
    found = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        found[claim.kind, _whom(claim)][claim.source].append(claim)
    return tuple(
        Series(kind, whom, tuple(SourceSeries(source, _steps(said)) for source, said in sorted(by_source.items())))
        for (kind, whom), by_source in sorted(found.items(), key=lambda item: (item[0][0], item[0][1] or ""))
    )


def overlap(a: Claim, b: Claim) -> bool:
    """Whether some number is allowed by both claims."""
    return max(a.span[0], b.span[0]) <= min(a.span[1], b.span[1])


def day_counted(scope: Scope, said: str | None, published: str | None) -> str | None:
    """The day a figure is of: the day that the text says, else the article's.

    Of one incident's count the text says when the incident was, not when it was counted: that is the article's day.
    """
    if scope is Scope.incident and published is not None:
        return published
    return (said or "")[:10] or published


def _claim(reading: Reading, figure: Figure, origin: str, ids: Mapping[str, str]) -> Claim:
    speaker = _speaker(reading, figure)
    time = next((time for time in reading.times if time.id == figure.time), None)
    published = reading.article.published[:10] if reading.article.published else None
    return Claim(
        kind=figure.kind,
        low=figure.low,
        high=figure.high,
        bound=figure.bound,
        scope=figure.scope,
        whom=figure.whom,
        source=speaker or origin,
        told_by=origin,
        article=reading.article.id,
        figure=ids[figure.id],
        event=ids[figure.event] if figure.event else None,
        published=published,
        as_of=day_counted(figure.scope, (time.end or time.start) if time else None, published),
        text=figure.span.text,
    )


def _speaker(reading: Reading, figure: Figure) -> str | None:
    """The nearest source that is named."""
    speakers = {statement.id: statement.speaker for statement in reading.statements}
    names = {entity.id: entity.name for entity in reading.entities}
    said_by = (speakers.get(statement) for statement in figure.attribution)
    return next((names[speaker] for speaker in said_by if speaker in names and speaker), None)


def _whom(claim: Claim) -> str | None:
    """The stem of the people counted; None for people at large."""
    counted = [stem(word) for word in words(claim.whom or "")]
    return counted[-1] if counted and counted[-1] not in _ANYBODY else None


def _steps(claims: list[Claim]) -> tuple[Step, ...]:
    """The course of one source: claims of one day that say the same are one step with several articles."""
    steps: list[Step] = []
    for claim in sorted(claims, key=lambda one: (one.as_of or "", one.published or "", one.article, one.figure)):
        before = steps[-1] if steps else None
        if before and before.claim.as_of == claim.as_of and _same(before.claim, claim):
            articles = tuple(dict.fromkeys((*before.articles, claim.article)))
            steps[-1] = Step(before.claim, before.change, articles)
        else:
            steps.append(Step(claim, _change(before.claim, claim) if before else "first", (claim.article,)))
    return tuple(steps)


def _same(a: Claim, b: Claim) -> bool:
    return (a.span, a.bound, a.scope) == (b.span, b.bound, b.scope)


def _change(before: Claim, after: Claim) -> Change:
    """Against what the source said before: both ends tell; "changed" when they point different ways."""
    if _same(before, after):
        return "repeated"
    (low, high), (new_low, new_high) = before.span, after.span
    if new_low >= low and new_high >= high and (low, high) != (new_low, new_high):
        return "raised"
    if new_low <= low and new_high <= high and (low, high) != (new_low, new_high):
        return "lowered"
    return "raised" if new_low > high else "lowered" if new_high < low else "changed"
