"""Calendar arithmetic: stretches of time with their TIMEX3 value, first and last day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # first month, northern; news rarely says which hemisphere it means
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar. ``begin`` and ``finish`` are None before the year 1."""

    unit: str
    value: str
    begin: date | None
    finish: date | None

    @property
    def year(self) -> int | None:
        """The year it begins in."""
        return self.begin.year if self.begin else None


def a_day(day: date) -> Period:
    """One day."""
    return Period("day", day.isoformat(), day, day)


def a_week(day: date) -> Period:
    """The week, Monday to Sunday, that holds ``day``."""
    monday = day - timedelta(days=day.weekday())
    year, week, _ = day.isocalendar()
    return Period("week", f"{year:04}-W{week:02}", monday, _plus(monday, 6))


def a_weekend(day: date) -> Period:
    """The Saturday and Sunday of the week that holds ``day``."""
    week = a_week(day)
    assert week.begin is not None
    return Period("week", f"{week.value}-WE", _plus(week.begin, 5), _plus(week.begin, 6))


def a_month(year: int, month: int) -> Period:
    """A calendar month."""
    return Period("month", f"{year:04}-{month:02}", date(year, month, 1), _last(year, month))


def a_quarter(year: int, number: int) -> Period:
    """A quarter of a year."""
    return Period("quarter", f"{year:04}-Q{number}", date(year, 3 * number - 2, 1), _last(year, 3 * number))


def a_half(year: int, number: int) -> Period:
    """A half of a year."""
    return Period("quarter", f"{year:04}-H{number}", date(year, 6 * number - 5, 1), _last(year, 6 * number))


def a_season(year: int, season: str) -> Period:
    """A season; the winter of a year begins in its December."""
    first = SEASONS[season]
    end_year, end_month = (year + 1, 2) if season == "WI" else (year, first + 2)
    finish = _last(end_year, end_month) if end_year < 9999 else None
    return Period("season", f"{year:04}-{season}", date(year, first, 1), finish)


def a_year(year: int, *, bc: bool = False) -> Period:
    """A calendar year."""
    if bc or not 1 <= year <= 9998:
        return Period("year", f"BC{year:04}" if bc else f"{year:04}", None, None)
    return Period("year", f"{year:04}", date(year, 1, 1), date(year, 12, 31))


def a_decade(tens: int, *, bc: bool = False) -> Period:
    """Ten years: 199 is the 1990s."""
    if bc or not 1 <= tens <= 998:
        return Period("decade", f"BC{tens:03}X" if bc else f"{tens:03}X", None, None)
    return Period("decade", f"{tens:03}X", date(tens * 10, 1, 1), date(tens * 10 + 9, 12, 31))


def a_century(hundreds: int, *, bc: bool = False) -> Period:
    """A hundred years: 18 is the nineteenth century."""
    if bc or not 1 <= hundreds <= 98:
        return Period("century", f"BC{hundreds:02}XX" if bc else f"{hundreds:02}XX", None, None)
    return Period("century", f"{hundreds:02}XX", date(hundreds * 100, 1, 1), date(hundreds * 100 + 99, 12, 31))


def holding(day: date, unit: str) -> Period:
    """The day, week, weekend, month, quarter, year, decade or century that holds ``day``."""
    match unit:
        case "week" | "fortnight":
            return a_week(day)
        case "weekend":
            return a_weekend(day)
        case "month":
            return a_month(day.year, day.month)
        case "quarter":
            return a_quarter(day.year, (day.month + 2) // 3)
        case "year":
            return a_year(day.year)
        case "decade":
            return a_decade(day.year // 10)
        case "century":
            return a_century(day.year // 100)
    return a_day(day)


def shifted(day: date, number: float, unit: str) -> date | None:
    """``day`` moved by a number of units; None when it leaves the calendar."""
    try:
        if unit in ("day", "week", "fortnight", "weekend"):
            return day + timedelta(days=round(number * {"day": 1, "fortnight": 14}.get(unit, 7)))
        months = day.year * 12 + day.month - 1 + round(number * _MONTHS[unit])
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


def narrowed(period: Period, mod: str | None) -> Period:
    """The early, middle or late third of a period, its value unchanged ("early May" is 2023-05)."""
    if mod not in ("START", "MID", "END") or period.begin is None or period.finish is None:
        return period
    days = (period.finish - period.begin).days + 1
    third = days // 3
    if third == 0:
        return period
    begin, finish = period.begin, period.finish
    if mod == "START":
        return replace(period, finish=_plus(begin, third - 1))
    if mod == "END":
        return replace(period, begin=_plus(finish, 1 - third))
    return replace(period, begin=_plus(begin, third), finish=_plus(finish, -third))


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def islamic(year: int, month: int, day: int) -> date:
    """A day of the tabular Islamic calendar; the sighted moon may differ by a day or two."""
    days = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    return date.fromordinal(days + 227_014)


def _plus(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
