"""Operations on parts: of months and years (early, the end of, the first week of), and of the day."""

# ruff: noqa: ARG001  (every operation has the same signature)

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from onrecord.reading._times import _calendar as cal
from onrecord.reading._times._calendar import Period
from onrecord.reading._times._context import NARRATIVE, NEWS, Context, Resolved, of_period
from onrecord.reading._times._match import Sense
from onrecord.reading._times._which import which


def edge(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """The early, middle or late part of a date: its value with a narrower stretch."""
    inner: Sense = args["date"]
    found = context.resolve(inner)
    mod = args.get("edge")
    if args.get("edge_word") in ("later", "late", "end"):
        mod = "END"
    elif args.get("edge_word") in ("earlier", "start"):
        mod = "START"
    elif args.get("edge_word") == "mid":
        mod = "MID"
    return _narrow(found, mod)


def _narrow(found: Resolved | None, mod: str | None) -> Resolved | None:
    if found is None or found.period is None or mod is None:
        return found if found is None or mod is None else replace(found, mod=mod)
    period = cal.narrowed(found.period, mod)
    narrow = of_period(period, mod=mod, type=found.type)
    return replace(narrow, value=found.value, granularity=found.granularity, period=found.period)


def edge_unit(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """ "earlier this month", "the end of the year": from now in news, else from the time the story has reached."""
    words = context.lattice.words[sense.start : sense.end]
    relation = "same" if "that" in words or "same" in words else "this"
    if (
        relation == "this"
        and "this" not in words
        and context.genre == NEWS
        and context.then is not None
        and context.then.year is not None
    ):
        nearby = context.nearby_year(sense)
        relation = (
            "same"
            if nearby is not None
            and context.published is not None
            and nearby < context.published.year
            and not context.ahead(sense)
            else "this"
        )
    found = which(context, sense, {**args, "which": "that" if relation == "same" else "this"})
    mod = args.get("edge") or {"later": "END", "earlier": "START"}.get(args.get("edge_word", ""), "END")
    if args.get("edge_word") and found is not None:  # "later that year" is after the time reached, no fixed third
        return replace(found, mod=mod)
    return _narrow(found, mod)


def nth(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """The first week of May, the last Monday of June 2022, the last two weeks of December."""
    whole = (
        context.resolve(args["date"])
        if "date" in args
        else which(context, sense, {"which": "same", "unit": args.get("unit", "month")})
    )
    if whole is None or whole.period is None or whole.period.begin is None or whole.period.finish is None:
        return whole
    number = args.get("nth", args.get("ord"))
    words = context.lattice.words[sense.start : sense.end]
    last = any(word in words for word in ("last", "final", "closing", "end"))
    begin, finish = whole.period.begin, whole.period.finish
    if "weekday" in args:
        return _nth_weekday(args["weekday"], -1 if last else int(number or 1), begin, finish)
    if args.get("unit") in ("week", "fortnight") and "date" in args:
        days = 7
        if last:
            day = finish - timedelta(days=days - 1)
            return replace(of_period(Period("week", f"{whole.value}", day, finish)), mod="END")
        day = begin + timedelta(days=7 * (int(number or 1) - 1))
        return of_period(Period("week", f"{whole.value}", day, min(finish, day + timedelta(days=days - 1))))
    if args.get("unit") == "day" and isinstance(number, int) and not last:
        return of_period(cal.a_day(begin + timedelta(days=number - 1)))
    return _narrow(whole, "END" if last else "START")


def _nth_weekday(number: int, nth: int, begin: date, finish: date) -> Resolved | None:
    days = [begin + timedelta(days=i) for i in range((finish - begin).days + 1)]
    days = [day for day in days if day.isoweekday() == number]
    if nth > len(days):
        return None
    return of_period(cal.a_day(days[nth - 1] if nth > 0 else days[-1]))


def week_of(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """ "the week of 5 May": the calendar week that holds the day."""
    found = context.resolve(args["date"])
    if found is None or found.period is None or found.period.begin is None:
        return found
    return of_period(cal.a_week(found.period.begin))


def part(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """A morning, afternoon, evening or night, of a day when one is named."""
    words = context.lattice.words[sense.start : sense.end]
    code = args.get("part") or ("MO" if "hours" in words else None)
    if "clock_word" in args:
        found = Resolved("TIME", f"XXXX-XX-XXT{args['clock_word']}:00", "hour")
        return _on_day(found, _story_day(context))
    if "date" in args:
        day = context.resolve(args["date"])
        if day is None:
            return None
        return replace(
            day, type="TIME", value=f"{_day_value(day)}T{code}", granularity="part_of_day", mod=args.get("edge")
        )
    return _on_day(Resolved("TIME", f"XXXX-XX-XXT{code}", "part_of_day", mod=args.get("edge")), _story_day(context))


def _day_value(found: Resolved) -> str:
    value = found.value.split("T")[0]
    return value if not value.startswith("P") else "XXXX-XX-XX"


def _story_day(context: Context) -> Period | None:
    """The day the story has reached; in news only when it was named in the same sentence."""
    then = context.then
    if then is None or then.unit != "day":
        return None
    if context.genre == NARRATIVE:
        return then
    last = context.doc[context.lattice.tokens[context.then_end - 1]]
    return (
        then if last.sent.end > context.lattice.tokens[min(context.then_end, len(context.lattice.tokens) - 1)] else None
    )


def _on_day(found: Resolved, day: Period | None) -> Resolved:
    if day is None or day.begin is None:
        return found
    value = found.value.replace("XXXX-XX-XX", day.value)
    shown = value if found.granularity in ("minute", "hour") else day.value
    return replace(found, value=value, begin=shown, finish=shown, anchored=True, period=day)


def overnight(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """The night that ends on the day named, or on the day of publication."""
    if "date" in args:
        found = context.resolve(args["date"])
        day = found.period.begin if found and found.period else None
    else:
        day = context.now()
    if day is None:
        return Resolved("TIME", "XXXX-XX-XXTNI", "part_of_day")
    if args.get("prep") != "into" and "date" in args and context.lattice.words[sense.end - 1] == "overnight":
        day += timedelta(days=1)  # "Friday overnight" begins on Friday
    before = day - timedelta(days=1)
    return Resolved(
        "TIME", f"{before.isoformat()}TNI", "part_of_day", before.isoformat(), day.isoformat(), True, cal.a_day(day)
    )


def night_to(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """ "the night of Friday to Saturday"."""
    first, second = context.resolve(args["date"]), context.resolve(args["until"])
    if first is None:
        return None
    return replace(
        first,
        type="TIME",
        value=f"{_day_value(first)}TNI",
        granularity="part_of_day",
        finish=second.finish if second else None,
    )


def clock(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """A time of day, with its zone and day when they are named."""
    hour, minute = _hour_minute(context, sense, args)
    if hour is None:
        return None
    zone = args.get("zone") or ""
    shown = f"T{hour:02}:{minute:02}{zone}"
    found = Resolved("TIME", f"XXXX-XX-XX{shown}", "minute")
    if "date" not in args:
        return _on_day(found, _story_day(context))
    day = context.resolve(args["date"])
    if day is None:
        return None
    if day.period is None or day.period.begin is None:
        return replace(found, value=f"{_day_value(day)}{shown}")
    return _on_day(found, day.period)


def _hour_minute(context: Context, sense: Sense, args: dict[str, Any]) -> tuple[int | None, int]:
    if "clock" in args:
        value = args["clock"]
        hour, minute = value if isinstance(value, tuple) else (int(value), 0)
    else:
        hour, minute = args["hour"], 0
        if hour != int(hour) or not 0 <= hour <= 24:
            return None, 0
        hour = int(hour)
    words = context.lattice.words[sense.start : sense.end]
    late = args.get("part") in ("AF", "EV") or (args.get("part") == "NI" and hour >= 6)
    if (late or {"pm", "p.m.", "p.m", "afternoon", "evening"} & set(words)) and hour < 12:
        hour += 12
    return hour, minute
