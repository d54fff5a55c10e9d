"""The formats by name, and how readings are written in one of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TextIO

from onrecord.publish.exports._acled import ACLED
from onrecord.publish.exports._coded import GDELT, ICEWS, PHOENIX, POLECAT
from onrecord.publish.exports._facts import Facts, facts
from onrecord.publish.exports._graphs import follow_the_money, geojson, graphml
from onrecord.publish.exports._own import CSV, HXL
from onrecord.publish.exports._plover import plover
from onrecord.publish.exports._table import Table
from onrecord.records import BadOption, BadRecord, Reading


@dataclass(frozen=True)
class Format:
    """One format: the ending of its files, what it is, and its columns when it is a table."""

    name: str
    ending: str
    says: str
    table: Table | None = None
    write: Callable[[Iterable[Facts], TextIO], None] | None = None


@dataclass
class Exported:
    """How many events were written, and how many were left out for which reason."""

    written: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


def _plover_lines(rows: Iterable[Facts], stream: TextIO) -> None:
    for row in rows:
        stream.write(json.dumps(plover(row), ensure_ascii=False) + "\n")


FORMATS = {
    found.name: found
    for found in (
        Format("jsonl", ".jsonl", "whole readings, one a line, in the project's own format; can be read back"),
        Format("csv", ".csv", "a row an event, with status and sources", CSV),
        Format("geojson", ".geojson", "a point a located event; null where only the country is known", None, geojson),
        Format("graphml", ".graphml", "parties as nodes, what they did to one another as edges", None, graphml),
        Format("plover", ".jsonl", "PLOVER 2.0 records, the status folded into the type", None, _plover_lines),
        Format("acled", ".csv", "ACLED's columns; only what happened and what ACLED records", ACLED),
        Format("gdelt", ".tsv", "GDELT 2.0 events, without header; only what happened", GDELT),
        Format("phoenix", ".tsv", "Phoenix, without header; only what happened", PHOENIX),
        Format("icews", ".tsv", "shaped like ICEWS, its columns from memory; only what happened", ICEWS),
        Format("polecat", ".tsv", "POLECAT's columns; only what happened", POLECAT),
        Format("hxl", ".csv", "a row an event under HXL hashtags, with status", HXL),
        Format("ftm", ".jsonl", "FollowTheMoney entities: articles, parties, events, mentions", None, follow_the_money),
    )
}
"""By name, in the order in which they are documented."""


def export(readings: Iterable[Reading], name: str, stream: TextIO) -> Exported:
    """Write readings in the format called `name`, and say what was left out.

    Raises
    ------
    BadOption: naming the formats there are, when there is no such one.
    """
    chosen = FORMATS.get(name)
    if chosen is None:
        raise BadOption(f"there is no export format {name!r}. Formats: {', '.join(FORMATS)}.")
    done = Exported()
    if chosen.name == "jsonl":
        for reading in readings:
            stream.write(reading.to_json() + "\n")
            done.written += len(reading.events)
        return done
    leaves_out = chosen.table.leaves_out if chosen.table else lambda _: ""
    write = chosen.table.write if chosen.table else chosen.write
    assert write is not None
    write(_kept(facts(readings), leaves_out, done), stream)
    return done


def _kept(rows: Iterable[Facts], leaves_out: Callable[[Facts], str], done: Exported) -> Iterator[Facts]:
    for row in rows:
        reason = leaves_out(row)
        if reason:
            done.left_out[reason] += 1
        else:
            done.written += 1
            yield row


def read_back(lines: Iterable[str], *, name: str = "jsonl") -> Iterator[Reading]:
    """The readings of a jsonl export, unchanged; lines that stand for inputs set aside are passed over.

    Raises
    ------
    BadRecord: naming the line that is no reading.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith('{"format": "onrecord/1", "rejected"'):
            continue
        try:
            yield Reading.from_json(line)
        except ValueError as error:
            raise BadRecord(
                f"{name}, line {number}", "is no reading", "Give lines written by --format jsonl."
            ) from error
