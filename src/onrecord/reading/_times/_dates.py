"""Operations on dates: written ones, and those relative to now or to the time the story has reached."""

# ruff: noqa: ARG001  (every operation has the same signature)

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from typing import Any

from onrecord.reading._times import _calendar as cal
from onrecord.reading._times._context import NARRATIVE, NEWS, UNDATED, Context, Resolved, of_period
from onrecord.reading._times._match import Sense

_TENS = {
    "twenties": 2,
    "thirties": 3,
    "forties": 4,
    "fifties": 5,
    "sixties": 6,
    "seventies": 7,
    "eighties": 8,
    "nineties": 9,
}


def calendar(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """A date written with its parts: whichever of year, month, day, weekday, season … the words give."""
    year, bc = args.get("year"), bool(args.get("bc"))
    if "century" in args:
        number = args["century"]
        return of_period(cal.a_century(number if bc else number - 1, bc=bc)) if number > 0 else None
    if "decade" in args:
        return of_period(cal.a_decade(args["decade"], bc=bc))
    if "tens" in args:
        return of_period(cal.a_decade(190 + _TENS[args["tens"]]))
    if "holiday" in args:
        month, day = (int(part) for part in args["holiday"].split("-"))
        return _month_day(context, sense, year, month, day)
    if "month" in args:
        return _month_day(context, sense, year, args["month"], args.get("day"))
    if "weekday" in args:
        return _weekday(context, sense, args["weekday"])
    if "season" in args:
        return _season(context, sense, year, args["season"])
    if "quarter" in args or "half" in args:
        number = args.get("quarter", args.get("half"))
        if not isinstance(number, int) or not 1 <= number <= (4 if "quarter" in args else 2):
            number = 4 if "quarter" in args else 2
        make = cal.a_quarter if "quarter" in args else cal.a_half
        year = year or _near_year(context)
        return (
            of_period(make(year, number))
            if year
            else Resolved("DATE", f"XXXX-{'Q' if 'quarter' in args else 'H'}{number}", "quarter")
        )
    if "day" in args:
        then = context.then
        if then is None or then.begin is None or then.unit not in ("day", "month"):
            return Resolved("DATE", f"XXXX-XX-{args['day']:02}", "day")
        return day_of_month(then.begin.year, then.begin.month, args["day"])
    return of_period(cal.a_year(int(year), bc=bc)) if year is not None else None


def _near_year(context: Context) -> int | None:
    now = context.now()
    return now.year if now else None


def day_of_month(year: int, month: int, day: int) -> Resolved | None:
    try:
        return of_period(cal.a_day(date(year, month, day)))
    except ValueError:
        return None


def _month_day(context: Context, sense: Sense, year: int | None, month: int, day: int | None) -> Resolved | None:
    year = year if year is not None else year_of_month(context, sense, month, day)
    if year is None:
        value = f"XXXX-{month:02}" if day is None else f"XXXX-{month:02}-{day:02}"
        return Resolved("DATE", value, "month" if day is None else "day")
    if not 1 <= year <= 9998:
        return None
    if (month, day) == (2, 29) and "year" not in sense.args:
        year = next(year - back for back in range(9) if isleap(year - back))
    return of_period(cal.a_month(year, month)) if day is None else day_of_month(year, month, day)


def year_of_month(context: Context, sense: Sense, month: int, day: int | None) -> int | None:
    """The year meant by a month, or by a day of it, without one."""
    if context.genre == UNDATED:
        return None
    if context.genre == NARRATIVE:
        return _story_year(context, sense, month)
    published = context.published
    assert published is not None
    nearby, ahead = context.nearby_year(sense), context.ahead(sense)
    if nearby is not None and nearby < published.year and not ahead:
        return nearby
    here, there = (published.month, published.day), (month, day or published.day)
    if ahead is None:  # no verb says: the nearer one, the past being twice as near
        distances = {
            year: (year - published.year) * 12 + month - published.month
            for year in range(published.year - 1, published.year + 2)
        }
        return min(distances, key=lambda year: -distances[year] if distances[year] <= 0 else 2 * distances[year])
    if ahead:
        return published.year if there >= here else published.year + 1
    return published.year if there <= (here[0], here[1] + 1) else published.year - 1


_STEP = 10  # months back that mean the next year: from November or December to January or February


_COARSE = ("year", "decade", "century")


def _story_year(context: Context, sense: Sense, month: int) -> int | None:
    """In a narrative time moves on: a month far behind the last one named belongs to the next year."""
    then, story = context.then, context.story
    if then is None or then.begin is None:
        return None
    if (
        story is not None
        and story.begin is not None
        and then.unit in _COARSE
        and _aside(context, sense, then.begin.year - story.begin.year)
    ):
        then = story
    assert then.begin is not None
    if then.unit in _COARSE:
        return then.begin.year
    return then.begin.year + 1 if then.begin.month - month >= _STEP else then.begin.year


def _aside(context: Context, sense: Sense, years: int) -> bool:
    """A bare year before the story's own, or far after it, is an aside, unless in the sentence of the month."""
    if 0 <= years <= 5:
        return False
    here = context.token(sense)
    there = context.doc[context.lattice.tokens[context.then_end - 1]]
    return any(context.doc[i].is_sent_start for i in range(there.i + 1, here.i + 1))


def _weekday(context: Context, sense: Sense, number: int) -> Resolved | None:
    if context.genre != NEWS or context.published is None:
        return Resolved("DATE", f"XXXX-WXX-{number}", "day")
    behind = (context.published.isoweekday() - number) % 7
    if context.ahead(sense, calendar=True):
        return of_period(cal.a_day(context.published + timedelta(days=-behind % 7)))
    return of_period(cal.a_day(context.published - timedelta(days=behind)))


def _season(context: Context, sense: Sense, year: int | None, season: str) -> Resolved | None:
    if year is not None:
        return of_period(cal.a_season(year, season))
    first = cal.SEASONS[season]
    if context.genre == NEWS and context.published is not None:
        year = context.published.year
        seasons = [cal.a_season(y, season) for y in (year - 1, year, year + 1)]
        if context.ahead(sense):
            return of_period(next(p for p in seasons if p.finish is not None and p.finish >= context.published))
        return of_period(next(p for p in reversed(seasons) if p.begin is not None and p.begin <= context.published))
    year = _story_year(context, sense, first) if context.genre == NARRATIVE else None
    return of_period(cal.a_season(year, season)) if year else Resolved("DATE", f"XXXX-{season}", "season")


def day_of(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """A day or month of a named or relative month or year: "the 5th of next month", "May last year"."""
    relative = args.get("which", "this")
    base = (
        context.then.begin
        if relative in ("same", "following", "previous", "this") and context.then and not _says(sense, context, "this")
        else context.now()
    )
    step = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(relative, 0)
    if base is None:
        month = f"{args['month']:02}" if "month" in args else "XX"
        return (
            Resolved("DATE", f"XXXX-{month}-{args['day']:02}", "day")
            if "day" in args
            else Resolved("DATE", f"XXXX-{month}", "month")
        )
    if "month" in args:
        year = base.year + step
        return (
            of_period(cal.a_month(year, args["month"]))
            if "day" not in args
            else day_of_month(year, args["month"], args["day"])
        )
    first = cal.shifted(base.replace(day=1), step, "month")
    return day_of_month(first.year, first.month, args["day"]) if first else None


def _says(sense: Sense, context: Context, word: str) -> bool:
    return word in context.lattice.words[sense.start : sense.end]


def given(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """A date in digits, already in ISO order."""
    if "isotime" in args:
        value = args["isotime"].replace("Z", "+00:00")
        return Resolved("TIME", value, "minute", value, value, True)
    text = args.get("isodate", args.get("numdate"))
    year, month, day = (int(part) for part in str(text).split("-"))
    return day_of_month(year, month, day)


def shift(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """So many units before or after now, or the time the story has reached."""
    length = args["len"].args if "len" in args else args
    number, unit = length.get("num"), length.get("unit", "day")
    sign = args.get("sign", 1)
    base = context.now() if args["base"] == "now" else (context.then.begin if context.then else None)
    if number is None:
        return Resolved("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", "unknown")
    number = number * sign
    if unit in ("second", "minute", "hour"):
        return Resolved(
            "TIME", f"{base.isoformat()}TXX" if base else f"PT{number}{unit[0].upper()}", "hour", anchored=False
        )
    if base is None:
        if args["base"] == "then":
            return Resolved("DATE", "XXXX-XX-XX", "unknown")
        return Resolved("DATE", f"P{_number(number)}{LETTER[unit]}", _GRAIN.get(unit, unit))
    day = cal.shifted(base, number, unit)
    if day is None:
        return None
    if args["base"] == "then" and (vague := unknown_within(context, day, unit)) is not None:
        return vague
    return of_period(cal.holding(day, "day" if unit in ("day", "week", "fortnight") else unit))


def unknown_within(context: Context, day: date, unit: str) -> Resolved | None:
    """ "two days later" after a mere month or year: a day not known, of that month or year in a narrative."""
    coarse = context.then.unit if context.then is not None else "day"
    if _ORDER.get(unit, 0) > 1 or _ORDER.get(coarse, 0) <= 1:
        return None
    if context.genre != NARRATIVE:
        return Resolved("DATE", "XXXX-XX-XX", "day")
    value = f"{day.year:04}-{day.month:02}-XX" if coarse == "month" else f"{day.year:04}-XX-XX"
    return Resolved("DATE", value, "day")


_ORDER = {
    "day": 0,
    "week": 1,
    "fortnight": 1,
    "weekend": 1,
    "month": 2,
    "quarter": 3,
    "season": 3,
    "year": 4,
    "decade": 5,
    "century": 6,
}
_GRAIN = {"week": "day", "fortnight": "day", "weekend": "week"}
LETTER = {
    "second": "S",
    "minute": "M",
    "hour": "H",
    "day": "D",
    "week": "W",
    "fortnight": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
    "weekend": "W",
}


def _number(value: float | None) -> str:
    if value is None:
        return "X"
    return str(int(value)) if value == int(value) else str(value)


def same_time(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """ "at that time": the time the story has reached."""
    if context.then is None or (context.lattice.words[sense.start] == "this" and context.genre == NEWS):
        return Resolved("DATE", "PRESENT_REF" if context.genre == NEWS else "XXXX-XX-XX", "unknown")
    return of_period(context.then)


def event(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """ "two days after the vote": a day that only the event could anchor."""
    return Resolved("DATE", "XXXX-XX-XX", "unknown")


def drop(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """Looks like a time and is none: an age."""
    return None
