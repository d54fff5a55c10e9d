"""The volume of events as a drawing that needs no script: bars by day, week or month, stacked by class of type."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from onrecord.ledger import Volume
from onrecord.publish.web._words import long_day, quad

WIDTH, HEIGHT, LEFT, BOTTOM = 900, 150, 30, 18
_MOST = 120
"""At most so many bars."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: from ``y`` down, of one class of types."""

    y: float
    height: float
    quad: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Events of a day, week or month, with the address of their list."""

    x: float
    width: float
    label: str
    events: int
    types: tuple[tuple[str, int], ...]
    url: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A line or label of an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class VolumeChart:
    """A drawing ``WIDTH`` by ``HEIGHT``. ``grain``: ``day``, ``week`` or ``month``; ``undated``: events not drawn."""

    grain: str
    bars: tuple[Bar, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    events: int
    undated: int
    first: str
    last: str

    @property
    def quads(self) -> tuple[str, ...]:
        """The classes that occur."""
        return tuple(sorted({part.quad for bar in self.bars for part in bar.parts}))


def volume_drawing(
    rows: Iterable[Volume], *, since: str | None = None, until: str | None = None, **asked: str
) -> VolumeChart | None:
    """The drawing; None when no event has a day.

    Parameters
    ----------
    since, until: days that the drawing reaches to even where there are no events.
    asked: further filters for the lists that bars lead to.
    """
    rows = tuple(rows)
    dated = [row for row in rows if _day(row.day)]
    if not dated:
        return None
    first = min(_day(since) or date.max, *(date.fromisoformat(row.day) for row in dated))
    last = max(_day(until) or date.min, *(date.fromisoformat(row.day) for row in dated))
    grain = next((name for name, days in (("day", 1), ("week", 7)) if (last - first).days < days * _MOST), "month")
    starts = _starts(first, last, grain)
    counts: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for row in dated:
        counts[_start(date.fromisoformat(row.day), grain)][row.type] += row.events
    top = max(counter.total() for counter in counts.values())
    step = _step(top)
    ceiling = step * -(-top // step)
    slot = (WIDTH - LEFT) / len(starts)
    bars = [
        _bar(counts[start], LEFT + slot * n, slot, start, grain, ceiling, asked)
        for n, start in enumerate(starts)
        if start in counts
    ]
    up = tuple(Tick(_y(value, ceiling), f"{value:,}") for value in range(0, ceiling + 1, step))
    across = tuple(Tick(LEFT + slot * n, label) for n, label in _labels(starts, grain))
    shown = sum(row.events for row in dated)
    undated = sum(row.events for row in rows) - shown
    return VolumeChart(grain, tuple(bars), across, up, shown, undated, first.isoformat(), last.isoformat())


def _bar(
    types: Counter[str], x: float, slot: float, start: date, grain: str, ceiling: int, asked: dict[str, str]
) -> Bar:
    classes: Counter[str] = Counter()
    for kind, number in types.items():
        classes[quad(kind)] += number
    parts, below = [], 0
    for name in sorted(classes):
        top = _y(below + classes[name], ceiling)
        parts.append(Part(round(top, 2), round(_y(below, ceiling) - top, 2), name))
        below += classes[name]
    end = _next(start, grain) - timedelta(days=1)
    label = long_day(start.isoformat())
    if grain == "week":
        label = f"week from {label}"
    elif grain == "month":
        label = f"{start:%B %Y}"
    query = urlencode({**asked, "since": start.isoformat(), "until": end.isoformat()})
    gap = min(2.0, slot * 0.2)
    return Bar(
        round(x + gap / 2, 2),
        round(min(slot - gap, 36), 2),
        label,
        types.total(),
        tuple(types.most_common()),
        f"/events?{query}",
        tuple(parts),
    )


def _y(value: int, ceiling: int) -> float:
    plot = HEIGHT - BOTTOM - 8
    return HEIGHT - BOTTOM - plot * value / ceiling


def _step(top: int) -> int:
    """A round distance between at most five lines."""
    for power in range(9):
        for factor in (1, 2, 5):
            if factor * 10**power * 4 >= top:
                return int(factor * 10**power)
    return top


def _start(day: date, grain: str) -> date:
    if grain == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if grain == "month" else day


def _next(start: date, grain: str) -> date:
    if grain == "month":
        return (start.replace(day=28) + timedelta(days=4)).replace(day=1)
    return start + timedelta(days=7 if grain == "week" else 1)


def _starts(first: date, last: date, grain: str) -> list[date]:
    found = [_start(first, grain)]
    while (after := _next(found[-1], grain)) <= last:
        found.append(after)
    return found


def _labels(starts: list[date], grain: str) -> list[tuple[int, str]]:
    """About six labels, the year where it changes."""
    every = max(1, -(-len(starts) // 6))
    found: list[tuple[int, str]] = []
    year = None
    for n in range(0, len(starts), every):
        day = starts[n]
        text = f"{day:%b}" if grain == "month" else f"{day.day} {day:%b}"
        if day.year != year:
            text += f" {day.year}"
            year = day.year
        found.append((n, text))
    return found


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
