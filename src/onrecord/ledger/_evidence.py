"""How much speaks for two events being one: points for what they share, with the reason in words.

The points for trigger and story are those of a logistic regression fitted on the training topics of ECB+, rounded;
those for place, day, parties and figures, which that corpus hardly tells, are set by hand on the same scale (a point is
a unit of log odds). Status takes no part: that one report plans what another saw, or denies it, is to be shown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from onrecord.ledger._features import EventFeatures, named
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


@dataclass(frozen=True, slots=True)
class Evidence:
    """The score of a pair and what it is made of: (what, words, points)."""

    score: float
    parts: tuple[tuple[str, str, float], ...] = ()


def weigh(a: EventFeatures, b: EventFeatures) -> Evidence | None:
    """What speaks for and against two events being one; None when they cannot be."""
    apart = days_apart(a, b)
    trigger = _trigger(a, b) if apart is not None else None
    if trigger is None or apart is None:
        return None
    parts = [trigger, *_story(a, b), *_setting(a, b, apart), *_cast(a, b)]
    kept = tuple((name, words, round(points, 2)) for name, words, points in parts)
    return Evidence(round(BASE + sum(points for _, _, points in kept), 2), kept)


def sorts(event: EventFeatures) -> frozenset[str]:
    """Trigger words, their families, type and mode: two events with none in common are not compared."""
    found = {f"w:{word}" for word in event.trigger} | {f"f:{name}" for name in families(event.trigger)}
    if event.type:
        found.add(f"t:{event.type}/{event.mode or ''}")
    return frozenset(found)


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
    gap = max((other[0] - one[1]).days, (one[0] - other[1]).days, 0)
    if gap > (NEAR_DAYS if dated else WINDOW_DAYS):
        return None
    return gap


def _days(event: EventFeatures) -> tuple[date, date] | None:
    """First and last day: of the event where the text gives them, else of the article."""
    first = event.first or event.story.published
    last = event.last or event.first or event.story.published
    try:
        return (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None
    except ValueError:
        return None


def _trigger(a: EventFeatures, b: EventFeatures) -> tuple[str, str, float] | None:
    shown = f"{' '.join(a.trigger)} ~ {' '.join(b.trigger)}"
    if a.trigger == b.trigger:
        return "trigger", " ".join(a.trigger), POINTS["trigger"]
    if set(a.trigger) & set(b.trigger):
        return "part", shown, POINTS["part"]
    kin = families(a.trigger) & families(b.trigger)
    if kin:
        return "kin", f"{shown} ({min(kin)})", POINTS["kin"]
    if a.type and a.type == b.type and a.mode == b.mode:
        return "sort", f"{shown} ({a.type})", POINTS["sort"]
    return None


def _story(a: EventFeatures, b: EventFeatures) -> list[tuple[str, str, float]]:
    if a.article == b.article:
        parts = [("article", "", POINTS["article"])]
        if a.sentence == b.sentence and a.sentence is not None:
            parts.append(("sentence", "", POINTS["sentence"]))
        return parts
    one, other = a.story.terms, b.story.terms
    shared = sorted(one.keys() & other.keys(), key=lambda term: (-one[term] * other[term], term))[:4]
    return [("story", " ".join(shared), POINTS["story"] * min(likeness(one, other), CAP))]


def _setting(a: EventFeatures, b: EventFeatures, apart: int) -> list[tuple[str, str, float]]:
    parts = []
    if a.place and a.place == b.place:
        parts.append(("place", a.place, POINTS["place"] if a.exact else POINTS["place"] / 2))
    elif a.country and b.country and a.country != b.country:
        parts.append(("abroad", f"{a.country}, {b.country}", POINTS["abroad"]))
    elif a.exact and b.exact:
        parts.append(("elsewhere", f"{a.place}, {b.place}", POINTS["elsewhere"]))
    if a.first and b.first:
        name = "days apart" if apart else "day"
        parts.append((name, f"{a.first}, {b.first}", POINTS[name] * (apart or 1)))
    elif apart:
        parts.append(("printed apart", f"{apart} days", POINTS["printed apart"] * apart))
    return parts


def _cast(a: EventFeatures, b: EventFeatures) -> list[tuple[str, str, float]]:
    parts = []
    if a.type and b.type and a.type != b.type:
        parts.append(("type", f"{a.type}, {b.type}", POINTS["type"]))
    common = a.parties & b.parties
    if common:
        parts.append(("parties", ", ".join(sorted(common)), POINTS["parties"]))
    for side, facing in ((a.actors, b.actors), (a.recipients, b.recipients)):
        one, other = named(side), named(facing)
        if one and other and not one & other:
            parts.append(("strangers", f"{', '.join(sorted(one))} | {', '.join(sorted(other))}", POINTS["strangers"]))
    counts = set(a.counts) & set(b.counts)
    if counts:
        parts.append(("counts", ", ".join(f"{low} {kind}" for kind, low in sorted(counts)), POINTS["counts"]))
    return parts
