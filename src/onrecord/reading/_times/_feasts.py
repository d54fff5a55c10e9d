"""Operations on fiscal years and movable feasts."""

# ruff: noqa: ARG001  (every operation has the same signature)

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from onrecord.reading._times import _calendar as cal
from onrecord.reading._times._calendar import Period
from onrecord.reading._times._context import Context, Resolved, of_period
from onrecord.reading._times._match import Sense


def fiscal(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """A fiscal year; where it begins differs by country, so it has a value and no ends."""
    year = args.get("year", args.get("fy", args.get("yy")))
    if year is None:
        return None
    return Resolved("DATE", f"FY{year if year > 99 else 2000 + year}", "year")


def feast(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """A movable feast: computed for Easter and the tabular Islamic year, else only its year is known."""
    name, now = args["feast"], context.now()
    year = args.get("year") or (now.year if now else None)
    if year is None or not 622 < year < 9000:
        return Resolved("DATE", f"XXXX-{name.upper()}" if name != "movable" else "XXXX", "unknown")
    days = (
        sorted((_feast(name, y) for y in (year - 1, year, year + 1)), key=lambda d: d[0]) if _feast(name, year) else []
    )
    spans = [d for d in days if args.get("year") is None or d[0].year == year]
    if not spans or name == "movable":
        return Resolved("DATE", f"{year:04}", "unknown")
    chosen = spans[-1]
    if args.get("year") is None and now is not None:
        ahead = context.ahead(sense)
        fitting = [d for d in spans if (d[1] >= now if ahead else d[0] <= now)]
        chosen = (fitting[0] if ahead else fitting[-1]) if fitting else chosen
    begin, finish = chosen
    value = begin.isoformat() if begin == finish else f"{begin.year:04}-{name.upper()}"
    return of_period(Period("day" if begin == finish else "month", value, begin, finish))


def _feast(name: str, year: int) -> tuple[date, date]:
    offsets = {"easter": 0, "good-friday": -2, "easter-monday": 1, "palm-sunday": -7, "pentecost": 49}
    if name in offsets:
        day = cal.easter(year) + timedelta(days=offsets[name])
        return day, day
    if name == "thanksgiving":
        day = date(year, 11, 1)
        day += timedelta(days=(4 - day.isoweekday()) % 7 + 21)
        return day, day
    return _islamic(name, year) if name in _ISLAMIC else (date(year, 1, 1), date(year, 12, 31))


_ISLAMIC = {
    "ramadan": (9, 1, 30),
    "eid-al-fitr": (10, 1, 3),
    "eid-al-adha": (12, 10, 4),
    "muharram": (1, 1, 30),
    "ashura": (1, 10, 1),
}


def _islamic(name: str, year: int) -> tuple[date, date]:
    month, day, days = _ISLAMIC[name]
    lunar = int((year - 622) * 33 / 32) + 1
    candidates = [cal.islamic(lunar + step, month, day) for step in (-1, 0, 1)]
    begin = next((day for day in candidates if day.year == year), candidates[1])
    return begin, begin + timedelta(days=days - 1)
