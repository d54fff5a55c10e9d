"""Formats that are tables: a row an event, and for every column what it holds and how it is filled."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TextIO

from onrecord.publish.exports._facts import Facts


@dataclass(frozen=True)
class Column:
    """One column. Where the project has nothing to say `value` is None, the cell stays empty and `says` tells why."""

    name: str
    says: str
    value: Callable[[Facts], object] | None = None
    tag: str = ""
    """HXL hashtag, in formats that have a row of them."""


@dataclass(frozen=True)
class Table:
    """A table format. `leaves_out` gives the reason why an event does not belong into it, or nothing."""

    columns: tuple[Column, ...]
    separator: str = ","
    header: bool = True
    leaves_out: Callable[[Facts], str] = lambda _: ""

    def write(self, rows: Iterable[Facts], stream: TextIO) -> None:
        """Write the header, if the format has one, and a line an event."""
        if self.separator == "\t":
            # Tab-separated files of this field know no quoting: cells are cleaned of tabs and line ends instead.
            writer = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
        else:
            writer = csv.writer(stream, delimiter=self.separator, lineterminator="\n")
        if self.header:
            writer.writerow([column.name for column in self.columns])
        if any(column.tag for column in self.columns):
            writer.writerow([column.tag for column in self.columns])
        for facts in rows:
            writer.writerow([cell(column, facts, tabbed=self.separator == "\t") for column in self.columns])


def cell(column: Column, facts: Facts, *, tabbed: bool = False) -> str:
    """The text of one cell; None is an empty one."""
    value = column.value(facts) if column.value else None
    text = "" if value is None else str(value)
    return " ".join(text.replace("\r", " ").split()) if tabbed else text


def not_real(facts: Facts) -> str:
    """The reason why formats without a status leave an event out: nobody could see that it was not done."""
    return "" if facts.event.status.real else f"status {facts.event.status}: the format cannot say so"
