"""The operation behind this, last, next, the following, the previous, the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from onrecord.reading._times import _calendar as cal
from onrecord.reading._times._context import NARRATIVE, UNDATED, Context, Resolved, of_period
from onrecord.reading._times._dates import LETTER, day_of_month, unknown_within
from onrecord.reading._times._match import Sense


def which(context: Context, sense: Sense, args: dict[str, Any]) -> Resolved | None:
    """This, last, next, the following, the previous, the same: a unit, weekday, month, season or part of a day."""
    relation = {"tomorrow": "next", "yesterday": "last", "that": "same", "before": "previous", "the": "this"}.get(
        args.get("which", "this"), args.get("which", "this")
    )
    story = relation in ("following", "previous", "same") or (context.genre == NARRATIVE and context.published is None)
    base: date | None = (context.then.begin if context.then else None) if story else context.now()
    step = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(relation, 0)
    found = _which(context, sense, args, relation, base, step)
    if found is not None and "part" in args:
        return _with_part(found, args["part"])
    return found


def _which(
    context: Context, sense: Sense, args: dict[str, Any], relation: str, base: date | None, step: int
) -> Resolved | None:
    if "weekday" in args:
        return _which_weekday(context, sense, args["weekday"], relation, base)
    if "month" in args:
        return _which_month(args, step, base)
    if "season" in args:
        return _which_season(args["season"], step, base)
    unit = "day" if "part" in args else args["unit"]
    if unit == "day" and relation == "last" and "part" not in args:  # "their last day here"
        return None
    if base is None:
        if relation in ("this", "last", "next"):
            return Resolved("DATE", f"P{step}{LETTER[unit]}", "week" if unit in ("weekend", "fortnight") else unit)
        return Resolved("DATE", "XXXX-XX-XX" if unit == "day" else "XXXX", "unknown")
    if unit in ("second", "minute", "hour"):
        return Resolved("TIME", "PRESENT_REF" if step == 0 else ("PAST_REF" if step < 0 else "FUTURE_REF"), "unknown")
    if unit == "weekend":
        step = _weekend_step(context, sense, relation, base, step)
    if relation in ("following", "previous", "same") and (vague := unknown_within(context, base, unit)) is not None:
        return vague
    day = cal.shifted(base.replace(day=1) if unit == "month" else base, step, unit)
    return of_period(cal.holding(day, unit)) if day is not None else None


def _weekend_step(context: Context, sense: Sense, relation: str, base: date, step: int) -> int:
    """The weekend meant by "the weekend", in weeks from this one: on a Saturday or Sunday it is this one."""
    if relation != "this" or base.isoweekday() >= 6:
        return step
    return 0 if context.ahead(sense) else -1


def _which_weekday(context: Context, sense: Sense, number: int, relation: str, base: date | None) -> Resolved | None:
    if base is None or context.genre == UNDATED:
        return Resolved("DATE", f"XXXX-WXX-{number}", "day")
    words = context.lattice.words[sense.start : sense.end]
    if "week" in words:
        step = {"last": -1, "next": 1}.get(relation, 0)
        return of_period(cal.a_day(base + timedelta(days=7 * step + number - base.isoweekday())))
    behind = (base.isoweekday() - number) % 7
    if relation in ("last", "previous"):
        return of_period(cal.a_day(base - timedelta(days=behind or 7)))
    if relation == "same":
        return of_period(cal.a_day(base - timedelta(days=behind)))
    if relation in ("next", "following"):
        return of_period(cal.a_day(base + timedelta(days=-behind % 7 or 7)))
    ahead = context.ahead(sense, calendar=True) or "coming" in words
    return of_period(cal.a_day(base + timedelta(days=-behind % 7) if ahead else base - timedelta(days=behind)))


def _which_month(args: dict[str, Any], step: int, base: date | None) -> Resolved | None:
    month, day = args["month"], args.get("day")
    if base is None:
        return Resolved("DATE", f"XXXX-{month:02}" + (f"-{day:02}" if day else ""), "day" if day else "month")
    here, there = (base.month, base.day if day else 0), (month, day or 0)
    if step < 0:
        year = base.year if there < here else base.year - 1
    elif step > 0:
        year = base.year if there > here else base.year + 1
    else:
        year = base.year
    return day_of_month(year, month, day) if day else of_period(cal.a_month(year, month))


def _which_season(season: str, step: int, base: date | None) -> Resolved | None:
    if base is None:
        return Resolved("DATE", f"XXXX-{season}", "season")
    periods = [cal.a_season(year, season) for year in range(base.year - 2, base.year + 3)]
    if step < 0:
        return of_period([p for p in periods if p.finish is not None and p.finish < base][-1])
    if step > 0:
        return of_period(next(p for p in periods if p.begin is not None and p.begin > base))
    held = next((p for p in periods if p.begin and p.finish and p.begin <= base <= p.finish), None)
    return of_period(held or cal.a_season(base.year, season))


def _with_part(found: Resolved, part: str) -> Resolved:
    value = found.value if found.value[0] != "P" else "XXXX-XX-XX"
    return replace(found, type="TIME", value=f"{value}T{part}", granularity="part_of_day")
