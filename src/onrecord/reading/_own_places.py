"""A user's own places: a CSV file of names with coordinates, laid over the gazetteer.

The columns, in any order under a header line; ``name``, ``latitude`` and ``longitude`` are needed:

name        as newspapers print it
also        other spellings, separated by ``;``
kind        city (default), site, region or admin1: the precision that records state
country     ISO 3166-1 alpha-3, or KOS
latitude    decimal degrees, north positive
longitude   decimal degrees, east positive
weight      how likely the bare name means this place, as the population of a town as likely; 1,000,000 by default
key         identity across articles; ``own:`` and the name by default
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from math import isfinite
from pathlib import Path

from onrecord.reading._data import load_yaml
from onrecord.reading._gazetteer import Entry, Kind, fold
from onrecord.records import BadOption, LexiconError

COLUMNS = ("name", "also", "kind", "country", "latitude", "longitude", "weight", "key")
_NEEDED = ("name", "latitude", "longitude")
_KINDS: Mapping[str, Kind] = {"": "city", "city": "city", "site": "site", "region": "region", "admin1": "admin1"}
_WEIGHT = 1_000_000
_RANGES = {"latitude": 90.0, "longitude": 180.0}


def read_places(path: Path) -> dict[str, tuple[Entry, ...]]:
    """The places of a CSV file, by folded name.

    Raises
    ------
    BadOption: when the file cannot be read.
    LexiconError: naming the file, the line, what was seen there and what to do.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: byte {error.start} is not UTF-8. Save the file as UTF-8") from error
    except OSError as error:
        raise BadOption(f"{path}: {error.strerror or error}. Name a CSV file of places") from error
    rows = csv.reader(StringIO(text, newline=""), strict=True)
    found: dict[str, list[Entry]] = {}
    try:
        header = _header(next(rows, []), f"{path}, line 1")
        for cells in rows:
            if any(cell.strip() for cell in cells):
                for name, entry in _place(header, cells, f"{path}, line {rows.line_num}"):
                    found.setdefault(fold(name), []).append(entry)
    except csv.Error as error:
        raise LexiconError(f"{path}, line {rows.line_num}: {error}. Save it as CSV with commas and quotes") from error
    return {name: tuple(entries) for name, entries in found.items()}


def _header(cells: Sequence[str], where: str) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    wrong = [name for name in names if name not in COLUMNS] or [name for name in names if names.count(name) > 1]
    if wrong:
        raise LexiconError(f"{where}: column {wrong[0]!r} is unknown or there twice. Columns are {', '.join(COLUMNS)}")
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise LexiconError(
            f"{where}: no column {missing[0]!r}. Name the columns in the first line: {', '.join(COLUMNS)}"
        )
    return names


def _place(header: Sequence[str], cells: Sequence[str], where: str) -> Iterator[tuple[str, Entry]]:
    """The entry of one line under each of its names."""
    if len(cells) != len(header):
        raise LexiconError(f"{where}: {len(cells)} cells under {len(header)} columns. Put cells with commas in quotes")
    row = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    names = [row["name"], *(other.strip() for other in row.get("also", "").split(";"))]
    if not fold(names[0]):
        raise LexiconError(f"{where}: the name is empty. Give every place a name")
    kind, country = row.get("kind", "").lower(), row.get("country", "").upper()
    if kind not in _KINDS:
        raise LexiconError(f"{where}: kind {kind!r} is unknown. Write one of {', '.join(filter(None, _KINDS))}")
    if country and country not in load_yaml("lexicon/country_centres.yaml")["centres"]:
        raise LexiconError(
            f"{where}: country {country!r} is unknown. Write an ISO 3166-1 alpha-3 code, or leave it empty"
        )
    latitude, longitude = (_degrees(row, name, where) for name in _RANGES)
    for position, name in enumerate(names):
        if fold(name):
            yield (
                name,
                Entry(
                    key=row.get("key") or f"own:{fold(names[0]).replace(' ', '-')}",
                    name=names[0],
                    kind=_KINDS[kind],
                    country=country or None,
                    admin1=None,
                    latitude=latitude,
                    longitude=longitude,
                    population=_weight(row.get("weight", ""), where),
                    alias=position > 0,
                ),
            )


def _degrees(row: Mapping[str, str], name: str, where: str) -> float:
    limit = _RANGES[name]
    try:
        value = float(row[name])
    except ValueError:
        value = float("nan")
    if not isfinite(value) or abs(value) > limit:
        raise LexiconError(f"{where}: {name} is {row[name]!r}. Write decimal degrees from -{limit:g} to {limit:g}")
    return value


def _weight(cell: str, where: str) -> int:
    if not cell:
        return _WEIGHT
    if not cell.isdecimal() or int(cell) < 1:
        raise LexiconError(f"{where}: weight is {cell!r}. Write a whole number of people, or leave it empty")
    return int(cell)
