"""Which of the places a name may mean is meant: by what it is said to lie in, by the article's other places, by size.

Every name is decided once an article, all its mentions alike, unless a mention names its own container. The score of a
candidate is the logarithm of its weight plus what the article says for it. The numbers were chosen by hand and are
checked on development corpora (``evals/places.py``), not fitted to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import cos, log10, radians, sqrt

from onrecord.reading._gazetteer import Entry, fold
from onrecord.reading._toponyms import Toponym

CANDIDATES = 30
EARTH_KM = 6371.0
_KIND_BONUS = {"country": 1.5, "admin1": 0.3, "admin2": -0.9, "continent": 1.0}
_ALIAS = -0.8
_YIELDS = 0.5
_SEAT_SHARE = 0.15  # of a division's people, for its name to mean the town
_CONTAINED = 6.0
_COUNTRY = 2.4
_ADJECTIVE = 0.7
_INSIDE_NAMED_DIVISION = 2.0
_NEAR = ((50.0, 1.8), (120.0, 1.4), (250.0, 0.8))
_ROUNDS = 3
_SMALL = 50_000
_TRACE, _SETTLED = 0.1, 2.0  # votes: next to none for its own country, a clear sign for others


@dataclass
class _Name:
    """One name of the article and how its candidates score."""

    toponyms: list[int]
    entries: list[Entry]
    base: list[float]
    container: str | None
    best: int = 0
    sure: float = 0.5
    because: str = "size"
    scores: list[float] = field(default_factory=list)

    @property
    def choice(self) -> Entry:
        return self.entries[self.best]


def locate(
    toponyms: Sequence[Toponym], *, adjectives: Counter[str], dateline: int | None = None
) -> list[tuple[Entry | None, str]]:
    """The meaning of every toponym, with the reason; None where the gazetteer knows nothing of that name.

    ``adjectives`` counts the article's nationality words by country; ``dateline`` is the index of its toponym.
    """
    names = _names(toponyms)
    for name in names:
        _settle(name, name.base)
    dateline_name = next((name for name in names if dateline is not None and dateline in name.toponyms), None)
    for _ in range(_ROUNDS):
        votes = _country_votes(names, adjectives, dateline_name)
        total = sum(votes.values()) or 1.0
        for name in names:
            if len(name.entries) > 1:
                _settle(name, _scores(name, names, toponyms, votes, total, dateline_name))
    found: list[tuple[Entry | None, str]] = [(None, "unknown")] * len(toponyms)
    votes = _country_votes(names, adjectives, dateline_name)
    for name in names:
        if _out_of_place(name, votes, dateline_name):
            continue
        for index in name.toponyms:
            found[index] = (name.choice, name.because)
    return found


def _out_of_place(name: _Name, votes: dict[str, float], dateline: _Name | None) -> bool:
    """True for a small place in a country that nothing else in an article on other countries points to.

    Its name is then more likely that of a place the gazetteer lacks, which is left without coordinates.
    """
    place = name.choice
    if place.country is None or place.population >= _SMALL or name.container is not None:
        return False
    elsewhere = sum(votes.values()) - votes[place.country]
    return votes[place.country] - _vote(name, dateline) < _TRACE and elsewhere >= _SETTLED


def _names(toponyms: Sequence[Toponym]) -> list[_Name]:
    """Mentions grouped by name, container and the entries allowed, so that each group has one meaning."""
    by_start = {toponym.start: toponym for toponym in toponyms}
    contained: dict[str, str] = {}
    for toponym in toponyms:
        container = by_start.get(toponym.container) if toponym.container is not None else None
        if container and _fits_any(toponym.entries, container.entries):
            contained.setdefault(fold(toponym.text), container.text)
    groups: dict[tuple[str, str | None, bool], _Name] = {}
    for index, toponym in enumerate(toponyms):
        if not toponym.entries:
            continue
        key = fold(toponym.text)
        container = by_start.get(toponym.container) if toponym.container is not None else None
        own = container.text if container and _fits_any(toponym.entries, container.entries) else contained.get(key)
        narrow = toponym.because in ("unit", "office")
        name = groups.get((key, own, narrow))
        if name is None:
            entries = sorted(toponym.entries, key=_base, reverse=True)[:CANDIDATES]
            name = groups[key, own, narrow] = _Name([], entries, _bases(entries), own)
        name.toponyms.append(index)
    return list(groups.values())


def _bases(entries: list[Entry]) -> list[float]:
    """Scores before any context; a division yields to the large town it is named for ("in Aleppo": the city)."""
    bases = [_base(entry) for entry in entries]
    for position, area in enumerate(entries):
        if area.kind == "admin1":
            for town, base in zip(entries, bases, strict=True):
                seat = town.kind == "city" and (town.country, town.admin1) == (area.country, area.admin1)
                if seat and not town.alias and town.population >= _SEAT_SHARE * area.population:
                    bases[position] = min(bases[position], base - _YIELDS)
    return bases


def _base(entry: Entry) -> float:
    weight = log10(max(entry.population, 300))
    return (
        weight
        + _KIND_BONUS.get(entry.kind, 0.0)
        + (_ALIAS if entry.alias and entry.kind in ("city", "admin2") else 0.0)
    )


def _fits_any(entries: tuple[Entry, ...], containers: tuple[Entry, ...]) -> bool:
    return any(contains(outer, inner) for outer in containers for inner in entries)


def contains(outer: Entry, inner: Entry) -> bool:
    """True when ``inner`` lies in ``outer``, as far as codes and distances tell."""
    if outer.kind == inner.kind or (outer.key is not None and outer.key == inner.key):
        return False
    if outer.kind == "country":
        return inner.country == outer.country
    if outer.kind == "admin1":
        return (
            inner.country == outer.country and inner.admin1 == outer.admin1 and inner.kind not in ("country", "admin1")
        )
    if outer.kind in ("admin2", "region"):
        reach = 80.0 if outer.kind == "admin2" else 400.0
        return (
            inner.kind in ("city", "site", "admin2")
            and inner.country == outer.country
            and distance(outer, inner) < reach
        )
    return outer.kind == "city" and inner.kind in ("site", "city") and distance(outer, inner) < 40.0


def distance(one: Entry, other: Entry) -> float:
    """Kilometres between two places, good to a few per cent."""
    north = radians(one.latitude - other.latitude)
    degrees = abs(one.longitude - other.longitude)
    east = radians(min(degrees, 360.0 - degrees)) * cos(radians((one.latitude + other.latitude) / 2))
    return float(EARTH_KM * sqrt(north * north + east * east))


def _settle(name: _Name, scores: list[float]) -> None:
    """Choose the best candidate; how sure depends on its lead over the best one that lies elsewhere."""
    name.scores = scores
    name.best = max(range(len(scores)), key=scores.__getitem__)
    rivals = [score for entry, score in zip(name.entries, scores, strict=True) if distance(entry, name.choice) > 160]
    lead = scores[name.best] - max(rivals) if rivals else 3.0
    name.sure = min(1.0, 0.3 + lead / 2.0)


def _country_votes(names: list[_Name], adjectives: Counter[str], dateline: _Name | None) -> dict[str, float]:
    votes = {country: _ADJECTIVE * count for country, count in adjectives.items()}
    for name in names:
        country = name.choice.country
        if country:
            votes[country] = votes.get(country, 0.0) + _vote(name, dateline)
    return votes


def _vote(name: _Name, dateline: _Name | None) -> float:
    """How much a name says for its country: by its sureness and mentions, the dateline three times as much."""
    return name.sure * min(len(name.toponyms), 4) * (3.0 if name is dateline else 1.0)


def _scores(
    name: _Name,
    names: list[_Name],
    toponyms: Sequence[Toponym],
    votes: dict[str, float],
    total: float,
    dateline: _Name | None,
) -> list[float]:
    others = [
        other for other in names if other is not name and other.sure > 0.3 and other.choice.name != name.choice.name
    ]
    container = next(
        (other for other in names if name.container and fold(toponyms[other.toponyms[0]].text) == fold(name.container)),
        None,
    )
    own_vote = _vote(name, dateline)
    reasons = []
    scores = []
    for entry, base in zip(name.entries, name.base, strict=True):
        vote = votes.get(entry.country or "", 0.0)
        if entry.country and entry.country == name.choice.country:
            vote -= own_vote
        share = max(vote, 0.0) / max(total - own_vote, 1.0)
        near = _nearness(entry, others)
        held = 0.0
        if container is not None:
            held = _CONTAINED if any(contains(outer, entry) for outer in container.entries) else 0.0
        scores.append(base + _COUNTRY * share + near + held)
        reasons.append("container" if held else "near" if near > 1.0 else "country" if share > 0.3 else "size")
    name.because = reasons[max(range(len(scores)), key=scores.__getitem__)]
    return scores


def _nearness(entry: Entry, others: list[_Name]) -> float:
    """What the article's other places say for ``entry``: those close by, and the division or district it lies in."""
    if entry.kind in ("country", "continent"):
        return 0.0
    gains = []
    for other in others:
        place = other.choice
        if place.kind == "admin1":
            if entry.kind != "admin1" and place.country == entry.country and place.admin1 == entry.admin1:
                gains.append(_INSIDE_NAMED_DIVISION * other.sure)
            continue
        if place.kind in ("country", "continent", "sea") or (
            place.country != entry.country and entry.country is not None and place.country
        ):
            continue
        apart = distance(entry, place)
        gain = next((value for reach, value in _NEAR if apart < reach), 0.0)
        if gain:
            gains.append(gain * other.sure)
    gains.sort(reverse=True)
    return sum(gain * 0.5**rank for rank, gain in enumerate(gains[:4]))
