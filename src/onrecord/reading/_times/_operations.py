"""The table of operations that the rules of the grammar name."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.reading._times import _dates, _feasts, _lengths, _parts, _which
from onrecord.reading._times._context import Operation

OPERATIONS: Mapping[str, Operation] = {
    "calendar": _dates.calendar,
    "clock": _parts.clock,
    "day_of": _dates.day_of,
    "drop": _dates.drop,
    "edge": _parts.edge,
    "edge_unit": _parts.edge_unit,
    "event": _dates.event,
    "every": _lengths.every,
    "feast": _feasts.feast,
    "fiscal": _feasts.fiscal,
    "given": _dates.given,
    "given_set": _lengths.given_set,
    "length_of": _lengths.length_of,
    "night_to": _parts.night_to,
    "nth": _parts.nth,
    "overnight": _parts.overnight,
    "part": _parts.part,
    "ref": _lengths.ref,
    "same_time": _dates.same_time,
    "shift": _dates.shift,
    "week_of": _parts.week_of,
    "which": _which.which,
    "window": _lengths.window,
    "window_of": _lengths.window_of,
}
"""Operations that give a phrase one value. "range", "pair" and kin (``_ranges``) give two; "length" is a part."""
