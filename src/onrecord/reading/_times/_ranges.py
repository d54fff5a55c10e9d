"""Ranges and pairs: the two ends as phrases of their own, and the stretch between them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from onrecord.reading._times._context import Context, Resolved
from onrecord.reading._times._match import Sense


def ends(context: Context, sense: Sense) -> tuple[Sense, Sense] | None:
    """The two ends of a range or pair as phrases of their own, what one leaves out filled in from the other."""
    args = sense.args
    if "a" in args and isinstance(args["a"], Sense):
        return _inherit(args["a"], args["b"])
    start, end = sense.start, sense.end
    if "ya" in args:
        last = args["yb"] if args["yb"] > 99 else args["ya"] // 100 * 100 + args["yb"]
        if end - start > 3:
            end = start + 3
        return _plain(sense, start, start + 1, {"year": args["ya"]}, "Y"), _plain(
            sense, end - 1, end, {"year": last}, "Y"
        )
    if "da" in args:
        return _plain(sense, start, start + 1, {"decade": args["da"]}, "DEC"), _plain(
            sense, end - 1, end, {"decade": args["db"]}, "DEC"
        )
    if "ma" in args:
        words = context.lattice.words
        year: dict[str, Any] = {"year": args["year"]} if "year" in args else {}
        first = start + 1 if words[start] == "between" else start
        return _plain(sense, first, first + 1, {"month": args["ma"], **year}, "M"), _plain(
            sense, first + 2, end, {"month": args["mb"], **year}, "M"
        )
    if "ca" in args:
        zone = {"zone": args["zone"]} if "zone" in args else {}
        return (
            Sense(sense.rule, "clock", {"clock": args["ca"], **zone}, start, start + 1, "T"),
            Sense(sense.rule, "clock", {"clock": args["cb"], **zone}, end - 1, end, "T"),
        )
    return None


def _plain(sense: Sense, start: int, end: int, args: dict[str, Any], kind: str) -> Sense:
    return Sense(sense.rule, "calendar", args, start, end, kind)


def _inherit(first: Sense, second: Sense) -> tuple[Sense, Sense]:
    """ "from 3 May to 7 June 1955": the year of the second is the year of the first, and the other way round."""
    if first.op == second.op == "calendar":
        year = second.args.get("year") or first.args.get("year")
        if year and "month" in first.args and "year" not in first.args:
            first = replace(first, args={**first.args, "year": year})
        elif (
            year
            and "month" in second.args
            and "year" not in second.args
            and second.args["month"] >= first.args.get("month", 0)
        ):
            second = replace(second, args={**second.args, "year": year})
    return first, second


def day_ends(context: Context, sense: Sense) -> tuple[Sense, Sense] | None:
    """The two days of "3-5 May 2022" or "June 6 and 9"."""
    words, args = context.lattice.words, sense.args
    start = sense.start + (1 if words[sense.start] in ("between", "the") else 0)
    end = sense.end
    shared: dict[str, Any] = {name: args[name] for name in ("month", "year") if name in args}
    if args["b"] < args["a"]:
        return None
    joint = next(
        i
        for i in range(start + 1, end)
        if words[i] in ("-", "–", "—", "to", "until", "till", "through", "thru", "and", "or", "/", "&")
    )
    return _plain(sense, start, joint, {"day": args["a"], **shared}, "D"), _plain(
        sense, joint + 1, end, {"day": args["b"], **shared}, "D"
    )


def span_of(first: Resolved, second: Resolved) -> Resolved:
    """The stretch from the first time to the second."""
    return Resolved(
        type=first.type if first.type == second.type else "DATE",
        value=f"{first.value}/{second.value}",
        granularity=second.granularity,
        begin=first.begin,
        finish=second.finish,
        anchored=first.anchored and second.anchored,
        period=second.period,
    )
