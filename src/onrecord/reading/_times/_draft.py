"""What is known of one time expression."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimeDraft:
    """A time expression: character offsets, TIMEX3 type and value, its first and last day (or minute) when anchored.

    ``granularity`` is a value of ``records.Granularity``. ``mod`` is TIMEX3's START, MID, END, APPROX, MORE_THAN
    or LESS_THAN. A range ("from Monday to Wednesday") is one draft; ``parts`` are its two ends as they are written.
    """

    start: int
    end: int
    type: str
    value: str
    begin: str | None
    finish: str | None
    granularity: str
    anchored: bool
    because: str
    mod: str | None = None
    parts: tuple[TimeDraft, ...] = ()
    head: int = -1
    """The token that carries it in the tree."""
