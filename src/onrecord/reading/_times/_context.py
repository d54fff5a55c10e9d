"""What a time expression is anchored to: the day of publication, or the time the story has reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from spacy.tokens import Doc, Token

from onrecord.reading._times._calendar import Period
from onrecord.reading._times._lattice import Lattice
from onrecord.reading._times._match import Sense
from onrecord.reading._times._tense import lies_ahead

Operation = Callable[["Context", Sense, dict[str, Any]], "Resolved | None"]
NEWS, NARRATIVE, UNDATED = "news", "narrative", "undated"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A time expression with its value. ``period`` is what later expressions may refer back to."""

    type: str
    value: str
    granularity: str
    begin: str | None = None
    finish: str | None = None
    anchored: bool = False
    period: Period | None = None
    mod: str | None = None


@dataclass(slots=True)
class Context:
    """The state of one article while its times are resolved in text order."""

    operations: Mapping[str, Operation]
    doc: Doc
    lattice: Lattice
    published: date | None
    genre: str
    then: Period | None = None
    then_end: int = -1
    """Atom after the expression that set ``then``."""
    story: Period | None = None
    """The last month or day a narrative was at; a bare year far from it is an aside."""
    written: int | None = None
    """The last year that was written out."""
    written_end: int = -1

    def resolve(self, sense: Sense) -> Resolved | None:
        """The value of a phrase; None when it turns out to be no time."""
        return self.operations[sense.op](self, sense, sense.args)

    def token(self, sense: Sense) -> Token:
        """The token that carries ``sense`` in the tree: the one whose head lies outside."""
        first, last = self.lattice.tokens[sense.start], self.lattice.tokens[sense.end - 1]
        for i in range(first, last + 1):
            token = self.doc[i]
            if (token.head.i < first or token.head.i > last or token.head.i == i) and token.dep_ not in (
                "case",
                "punct",
            ):
                return token
        return self.doc[last]

    def ahead(self, sense: Sense, *, calendar: bool = False) -> bool | None:
        """Whether the tense puts ``sense`` in the future (True) or the past (False)."""
        if sense.start and self.lattice.words[sense.start - 1] == "since":
            return False
        return lies_ahead(self.token(sense), calendar=calendar)

    def now(self) -> date | None:
        """The day "today" is: of publication, or, in an undated narrative, the day reached."""
        if self.published is None and self.genre == NARRATIVE:
            return self.then.begin if self.then else None
        return self.published

    def nearby_year(self, sense: Sense) -> int | None:
        """A past year written out earlier in the same sentence, or in the one before."""
        if self.written is None or self.written_end < 0:
            return None
        here, there = self.token(sense), self.doc[self.lattice.tokens[self.written_end - 1]]
        if here.i - there.i > 40:
            return None
        breaks = sum(1 for i in range(there.i + 1, here.i + 1) if self.doc[i].is_sent_start)
        return self.written if breaks <= 1 else None


def of_period(period: Period, *, mod: str | None = None, type: str = "DATE") -> Resolved:
    """The resolved form of a stretch of the calendar."""
    return Resolved(
        type=type,
        value=period.value,
        granularity=period.unit,
        begin=period.begin.isoformat() if period.begin else None,
        finish=period.finish.isoformat() if period.finish else None,
        anchored=True,
        period=period,
        mod=mod,
    )
