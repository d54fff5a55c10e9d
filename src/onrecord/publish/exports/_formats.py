"""The formats by name, and how readings are written in one of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TextIO

from onrecord.publish.exports._acled import ACLED
from onrecord.publish.exports._coded import GDELT, ICEWS, PHOENIX, POLECAT
from onrecord.publish.exports._datapackage import DataPackage
from onrecord.publish.exports._facts import Facts, FromLedger, facts
from onrecord.publish.exports._graphs import follow_the_money, geojson, graphml
from onrecord.publish.exports._own import CSV, HXL
from onrecord.publish.exports._parquet import ParquetFolder
from onrecord.publish.exports._plover import plover
from onrecord.publish.exports._table import Table
from onrecord.records import BadOption, BadRecord, Reading


@dataclass(frozen=True)
class Format:
    """One format: the ending of its files (``/`` for a folder), what it is, and its columns when it is a table."""

    name: str
    ending: str
    says: str
    table: Table | None = None
    write: Callable[[Iterable[Facts], TextIO], None] | None = None

    @property
    def folder(self) -> bool:
        """Whether it is several files, in a folder."""
        return self.ending == "/"


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
        Format("parquet", "/", "a folder of Parquet files: events with nested parties, figures, statements, articles"),
        Format("datapackage", "/", "a Frictionless data package: whole readings as CSV tables; can be read back"),
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


def export(
    readings: Iterable[Reading | FromLedger],
    name: str,
    to: TextIO | Path,
    *,
    one_per_event: bool = False,
    country_centroids: bool = False,
) -> Exported:
    """Write readings in the format called `name`, and say what was left out.

    Parameters
    ----------
    to: a text stream; for formats that are several files, the path of a folder, made if it is not there.
    one_per_event: of the reports that a ledger takes for one event, only the first that the format can hold.
    country_centroids: in geojson, place what is known only to a country at the country's centre.

    Raises
    ------
    BadOption: there is no such format, the option is not one of it, or its library is not installed.
    """
    chosen = FORMATS.get(name)
    if chosen is None:
        raise BadOption(f"there is no export format {name!r}. Formats: {', '.join(FORMATS)}.")
    if one_per_event and name in ("jsonl", "datapackage"):
        raise BadOption(f"{name} holds whole readings: one row an event is for the other formats.")
    if country_centroids and name != "geojson":
        raise BadOption(f"centres of countries are for geojson, not for {name}.")
    done = Exported()
    keep = _Keep(chosen.table.leaves_out if chosen.table else lambda _: "", one_per_event, done)
    readings = keep.right(readings)
    if isinstance(to, Path):
        _write_folder(chosen, readings, to, keep)
    elif chosen.folder:
        raise BadOption(f"{name} is several files: give a folder to write them to (--output FOLDER).")
    elif name == "jsonl":
        for reading in map(_reading, readings):
            to.write(reading.to_json() + "\n")
            done.written += len(reading.events)
    else:
        write = chosen.table.write if chosen.table else chosen.write
        assert write is not None
        if country_centroids:
            write = partial(geojson, country_centroids=True)
        write(keep(facts(readings)), to)
    return done


def _write_folder(chosen: Format, readings: Iterable[Reading | FromLedger], to: Path, keep: _Keep) -> None:
    if chosen.name == "datapackage":
        with DataPackage(to) as package:
            for reading in map(_reading, readings):
                if package.add(reading):
                    keep.done.written += len(reading.events)
                else:
                    keep.done.left_out["a second reading of an article that is in"] += len(reading.events)
    elif chosen.name == "parquet":
        with ParquetFolder(to) as folder:
            for given in readings:
                folder.add(_reading(given), list(keep(facts([given]))))
    else:
        raise BadOption(f"{chosen.name} is one file: give an open text stream, not a path.")


@dataclass
class _Keep:
    """Which events a format takes. What is left out is counted with its reason."""

    leaves_out: Callable[[Facts], str]
    one_per_event: bool
    done: Exported
    seen: set[str] = field(default_factory=set)

    def right(self, readings: Iterable[Reading | FromLedger]) -> Iterator[Reading | FromLedger]:
        """The readings without what reviewers found wrong; events of that are counted."""
        for given in readings:
            if isinstance(given, FromLedger) and given.wrong:
                wrong = sum(event.id in given.wrong for event in given.reading.events)
                self.done.left_out["a reviewer found it wrong"] += wrong
                yield FromLedger(given.right, given.known)
            else:
                yield given

    def __call__(self, rows: Iterable[Facts]) -> Iterator[Facts]:
        for row in rows:
            reason = self._reason(row)
            if reason:
                self.done.left_out[reason] += 1
            else:
                self.done.written += 1
                yield row

    def _reason(self, row: Facts) -> str:
        reason = self.leaves_out(row)
        if not reason and self.one_per_event and row.known:
            reason = "another report of an event that is in" if row.known.cluster in self.seen else ""
            self.seen.add(row.known.cluster)
        return reason


def _reading(given: Reading | FromLedger) -> Reading:
    return given.reading if isinstance(given, FromLedger) else given


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
