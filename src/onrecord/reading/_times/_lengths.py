"""Operations on lengths of time, windows before and after now, sets, and words without a date."""

# ruff: noqa: ARG001  (every operation has the same signature)

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from onrecord.reading._times import _calendar as cal
from onrecord.reading._times._context import Context, Resolved
from onrecord.reading._times._match import Sense

_CLOCK = {"second": "S", "minute": "M", "hour": "H"}


_CALENDAR = {
    "day": "D",
    "week": "W",
    "fortnight": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
}


def length_of(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """A length of time."""
    value = _length(args["len"].args)
    if "more" in args and isinstance(args["more"], Sense):
        value += _length(args["more"].args)[1:]
    mod = (
        args.get("more")
        if isinstance(args.get("more"), str)
        else {"more": "MORE_THAN", "less": "LESS_THAN"}.get(args.get("bound", ""))
    )
    return Resolved("DURATION", value, "duration", mod=mod)


def _length(args: dict[str, Any]) -> str:
    number, unit = args.get("num"), args["unit"]
    if unit == "fortnight" and number is not None:
        number *= 2
    shown = "X" if number is None else (str(int(number)) if number == int(number) else str(number))
    return f"PT{shown}{_CLOCK[unit]}" if unit in _CLOCK else f"P{shown}{_CALENDAR[unit]}"


def window(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """ "the past 24 hours", "the next three days": a length that ends or begins now."""
    length = args["len"].args if "len" in args else {"num": 1, "unit": args["unit"]}
    found = Resolved("DURATION", _length(length), "duration")
    if context.lattice.words[sense.end : sense.end + 1] == ["of"]:  # "the last two years of the war"
        return found
    now, number, unit = context.now(), length.get("num"), length["unit"]
    if context.published is None or now is None:
        return found
    if number is None:  # "the past few days" end today, whenever they began
        return replace(found, finish=now.isoformat()) if args["sign"] < 0 else replace(found, begin=now.isoformat())
    if unit in _CLOCK:
        days = number * {"hour": 1 / 24, "minute": 1 / 1440, "second": 0}[unit]
        other: date | None = now + timedelta(days=args["sign"] * round(days))
    else:
        other = cal.shifted(now, args["sign"] * number, unit)
    if other is None:
        return found
    begin, finish = sorted((now, other))
    return replace(found, begin=begin.isoformat(), finish=finish.isoformat(), anchored=True)


def window_of(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """ "the first two years", "these months": a length within something the story knows."""
    if "len" in args:
        return Resolved("DURATION", _length(args["len"].args), "duration")
    return Resolved("DURATION", _length({"num": args.get("num"), "unit": args["unit"]}), "duration")


def every(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """ "every Friday", "each day", "every two years"."""
    if "weekday" in args:
        value = f"XXXX-WXX-{args['weekday']}"
    elif "month" in args:
        value = f"XXXX-{args['month']:02}"
    elif "season" in args:
        value = f"XXXX-{args['season']}"
    elif "part" in args:
        value = f"XXXX-XX-XXT{args['part']}"
    else:
        length = (
            dict(args["len"].args)
            if "len" in args
            else {"num": args.get("num", args.get("ord", 1)), "unit": args["unit"]}
        )
        if "other" in context.lattice.words[sense.start : sense.end]:
            length["num"] = 2
        if not isinstance(length["num"], int | float):
            length["num"] = None
        value = _length(length)
    return Resolved("SET", value, "duration" if value.startswith("P") else "day")


def given_set(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """ "weekly"."""
    return Resolved("SET", args["value"], "duration")


def ref(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """ "now", "recently", "soon"."""
    words = context.lattice.words[sense.start : sense.end]
    value = args.get("value")
    if value is None:
        value = "FUTURE_REF" if "future" in words else "PAST_REF" if "past" in words else "PRESENT_REF"
    return Resolved("DATE", value, "unknown")
