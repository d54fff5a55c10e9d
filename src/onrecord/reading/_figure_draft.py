"""What is known of one figure."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.records import Bound, FigureKind, Scope


@dataclass(frozen=True, slots=True)
class FigureDraft:
    """A count of people, or an amount of money, as the text gives it.

    ``span`` is in tokens, bound included; ``head`` heads the number and is its own; ``verb`` is the event word;
    ``part_of`` and ``revises`` are heads of other figures.
    """

    kind: FigureKind
    low: int | None
    high: int | None
    bound: Bound
    scope: Scope
    whom: str | None
    head: int
    span: tuple[int, int]
    verb: int | None
    because: str
    currency: str | None = None
    part_of: int | None = None
    revises: int | None = None
