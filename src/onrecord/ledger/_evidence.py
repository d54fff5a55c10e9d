"""How much speaks for two events being one: points for what they share, with the reason in words.

The points for trigger and story are those of a logistic regression fitted on the training topics of ECB+, rounded;
those for place, day, parties and figures, which that corpus hardly tells, are set by hand on the same scale (a point is
a unit of log odds). Status takes no part: that one report plans what another saw, or denies it, is to be shown.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from onrecord.ledger._features import EventFeatures, Story, named
from onrecord.ledger._meaning import families

BASE = -4.9
POINTS = {
    "trigger": 1.3,  # the same words
    "part": 1.0,  # some of the words
    "kin": 0.0,  # words of one family
    "sort": -1.5,  # acts of one type and mode, told in words of no family
    "story": 12.7,  # times the likeness of the stories, 0 to CAP
    "article": 5.9,  # one article
    "sentence": -2.1,  # one sentence: it would hardly tell the act twice
    "parties": 0.7,  # somebody takes part in both
    "strangers": -1.0,  # the same side is filled in both, and by nobody in common
    "place": 1.0,  # one town; half of it for something larger
    "elsewhere": -3.0,  # two towns
    "abroad": -2.0,  # two countries
    "day": 0.7,  # days that overlap
    "days apart": -1.0,  # times the days between them
    "printed apart": -0.3,  # times the days between the articles, where a report gives no day
    "counts": 1.5,  # the same number of people
    "type": -1.0,  # two types
}
CAP = 0.45
NEAR_DAYS = 3
"""Two reports that each give a day are not matched when the days are further apart."""
WINDOW_DAYS = 10
"""Nor those of articles further apart, where a report gives no day."""
PERIOD_DAYS, LONG, EVER = 16, 8, -1
"""Events are looked up by periods of so many days; what lasts longer than so many periods is at every time."""

Part = tuple[str, str, float]
Points = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The score of a pair and what it is made of: (what, words, points)."""

    score: float
    parts: tuple[Part, ...] = ()


def weigh(a: EventFeatures, b: EventFeatures) -> Evidence | None:
    """What speaks for and against two events being one; None when they cannot be."""
    told = None if a.article == b.article else round(_story_points(a.story, b.story), 2)
    found = points(a, b, told)
    if found is None:
        return None
    parts = tuple((name, _WORDS[name](a, b), round(worth, 2)) for name, worth in found)
    return Evidence(total(found), parts)


def score(a: EventFeatures, b: EventFeatures, story: float) -> float | None:
    """The score alone, for looking through many pairs; ``story``: the points of their stories' likeness."""
    found = points(a, b, None if a.article == b.article else story)
    return None if found is None else total(found)


def most(a: EventFeatures, b: EventFeatures, story: float) -> float:
    """What the score of a pair cannot exceed, found quickly; ``story``: as for `score`, or worth of one article."""
    trigger = _trigger(a, b)
    if trigger is None:
        return -math.inf
    place = POINTS["place"] if a.place and a.place == b.place else 0.0
    counts = POINTS["counts"] if a.counts and b.counts else 0.0
    return BASE + POINTS[trigger] + story + place + counts + POINTS["day"] + POINTS["parties"]


def total(found: Iterable[Points]) -> float:
    """The score of a pair by its points."""
    return round(BASE + sum(worth for _, worth in found), 2)


def points(a: EventFeatures, b: EventFeatures, story: float | None) -> list[Points] | None:
    """The points of a pair by name; ``story``: those of their stories, None when both are in one article."""
    trigger = _trigger(a, b)
    apart = days_apart(a, b) if trigger is not None else None
    if trigger is None or apart is None:
        return None
    found = [(trigger, POINTS[trigger])]
    if story is not None:
        found.append(("story", story))
    else:
        found.append(("article", POINTS["article"]))
        if a.sentence == b.sentence and a.sentence is not None:
            found.append(("sentence", POINTS["sentence"]))
    return found + _setting(a, b, apart) + _cast(a, b)


def story_points(a: EventFeatures, b: EventFeatures) -> float:
    """What the likeness of two events' stories is worth; the same for all events of two articles."""
    return round(_story_points(a.story, b.story), 2)


def sorts(event: EventFeatures) -> frozenset[str]:
    """Trigger words, their families, type and mode: two events with none in common cannot be one."""
    return _sorts(event.trigger, event.type, event.mode)


def periods(event: EventFeatures) -> tuple[int, ...]:
    """The periods of `PERIOD_DAYS` that an event lies in; only `EVER` when nothing dates it, or it lasts for long."""
    days = _days(event)
    if days is None:
        return (EVER,)
    first, last = (day // PERIOD_DAYS for day in days)
    return tuple(range(first, last + 1)) if 0 <= last - first < LONG else (EVER,)


def periods_near(event: EventFeatures) -> tuple[int, ...] | None:
    """The periods of events that may be the same as this one; None: all of them."""
    days = _days(event)
    if days is None or periods(event) == (EVER,):
        return None
    first, last = days[0] - WINDOW_DAYS, days[1] + WINDOW_DAYS
    return (EVER, *range(first // PERIOD_DAYS, last // PERIOD_DAYS + 1))


def likeness(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """How alike two stories are, 0 to 1: the cosine of the roots of their weights."""
    if len(a) > len(b):
        a, b = b, a
    shared = sum(math.sqrt(value * b[term]) for term, value in a.items() if term in b)
    return shared / math.sqrt(sum(a.values()) * sum(b.values())) if shared else 0.0


def days_apart(a: EventFeatures, b: EventFeatures) -> int | None:
    """Days between two events (or articles), 0 where they overlap or nothing tells; None when too far apart."""
    dated = bool(a.first and b.first)
    one, other = _days(a), _days(b)
    if one is None or other is None:
        return 0
    gap = max(other[0] - one[1], one[0] - other[1], 0)
    if gap > (NEAR_DAYS if dated else WINDOW_DAYS):
        return None
    return gap


def _days(event: EventFeatures) -> tuple[int, int] | None:
    """First and last day: of the event where the text gives them, else of the article."""
    return _numbered(event.first or event.story.published, event.last or event.first or event.story.published)


@lru_cache(maxsize=50_000)
def _numbered(first: str | None, last: str | None) -> tuple[int, int] | None:
    try:
        return (date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()) if first and last else None
    except ValueError:
        return None


@lru_cache(maxsize=50_000)
def _sorts(trigger: tuple[str, ...], type_: str | None, mode: str | None) -> frozenset[str]:
    found = {f"w:{word}" for word in trigger} | {f"f:{name}" for name in families(trigger)}
    if type_:
        found.add(f"t:{type_}/{mode or ''}")
    return frozenset(found)


def _story_points(a: Story, b: Story) -> float:
    return POINTS["story"] * min(likeness(a.terms, b.terms), CAP)


def _trigger(a: EventFeatures, b: EventFeatures) -> str | None:
    if a.trigger == b.trigger:
        return "trigger"
    if not set(a.trigger).isdisjoint(b.trigger):
        return "part"
    if not families(a.trigger).isdisjoint(families(b.trigger)):
        return "kin"
    return "sort" if a.type and a.type == b.type and a.mode == b.mode else None


def _setting(a: EventFeatures, b: EventFeatures, apart: int) -> list[Points]:
    found = []
    if a.place and a.place == b.place:
        found.append(("place", POINTS["place"] if a.exact else POINTS["place"] / 2))
    elif a.country and b.country and a.country != b.country:
        found.append(("abroad", POINTS["abroad"]))
    elif a.exact and b.exact:
        found.append(("elsewhere", POINTS["elsewhere"]))
    if a.first and b.first:
        name = "days apart" if apart else "day"
        found.append((name, POINTS[name] * (apart or 1)))
    elif apart:
        found.append(("printed apart", POINTS["printed apart"] * apart))
    return found


def _cast(a: EventFeatures, b: EventFeatures) -> list[Points]:
    found = []
    if a.type and b.type and a.type != b.type:
        found.append(("type", POINTS["type"]))
    if not a.parties.isdisjoint(b.parties):
        found.append(("parties", POINTS["parties"]))
    found += [("strangers", POINTS["strangers"]) for _ in _strangers(a, b)]
    if a.counts and not set(a.counts).isdisjoint(b.counts):
        found.append(("counts", POINTS["counts"]))
    return found


def _strangers(a: EventFeatures, b: EventFeatures) -> list[tuple[frozenset[str], frozenset[str]]]:
    """The sides that both fill, and with nobody in common."""
    facing = ((named(a.actors), named(b.actors)), (named(a.recipients), named(b.recipients)))
    return [(one, other) for one, other in facing if one and other and one.isdisjoint(other)]


def _shared_terms(a: EventFeatures, b: EventFeatures) -> str:
    one, other = a.story.terms, b.story.terms
    return " ".join(sorted(one.keys() & other.keys(), key=lambda term: (-one[term] * other[term], term))[:4])


def _both_triggers(a: EventFeatures, b: EventFeatures) -> str:
    return f"{' '.join(a.trigger)} ~ {' '.join(b.trigger)}"


def _both_days(a: EventFeatures, b: EventFeatures) -> str:
    return f"{a.first}, {b.first}"


def _both_sides(a: EventFeatures, b: EventFeatures) -> str:
    return "; ".join(f"{', '.join(sorted(one))} | {', '.join(sorted(other))}" for one, other in _strangers(a, b))


_WORDS: dict[str, Callable[[EventFeatures, EventFeatures], str]] = {
    "trigger": lambda a, _: " ".join(a.trigger),
    "part": _both_triggers,
    "kin": lambda a, b: f"{_both_triggers(a, b)} ({min(families(a.trigger) & families(b.trigger))})",
    "sort": lambda a, b: f"{_both_triggers(a, b)} ({a.type})",
    "story": _shared_terms,
    "article": lambda _, __: "",
    "sentence": lambda _, __: "",
    "place": lambda a, _: a.place or "",
    "abroad": lambda a, b: f"{a.country}, {b.country}",
    "elsewhere": lambda a, b: f"{a.place}, {b.place}",
    "day": _both_days,
    "days apart": _both_days,
    "printed apart": lambda a, b: f"{days_apart(a, b)} days",
    "type": lambda a, b: f"{a.type}, {b.type}",
    "parties": lambda a, b: ", ".join(sorted(a.parties & b.parties)),
    "strangers": _both_sides,
    "counts": lambda a, b: ", ".join(f"{low} {kind}" for kind, low in sorted(set(a.counts) & set(b.counts))),
}
