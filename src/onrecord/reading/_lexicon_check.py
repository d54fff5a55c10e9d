"""The schemas of the actor lexicons: what a file must hold, said with file, entry and remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from onrecord.records import LexiconError

SECTORS = frozenset(
    [
        "COP",
        "GOV",
        "JUD",
        "LEG",
        "MIL",
        "PRM",
        "PTY",
        "REB",
        "SPY",
        "UAF",
        "AGR",
        "BUS",
        "CRM",
        "CVL",
        "EDU",
        "ELI",
        "JRN",
        "LAB",
        "MED",
        "REF",
        "OPP",
        "PRE",
        "REL",
        "SOC",
        "UNK",
        "IGO",
        "NGO",
    ]
)
BODIES = frozenset(["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"])
SHAPES = frozenset(("person", "people", "body", "land"))
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
OFFICE = re.compile(r"(?P<title>.+?) (?:since (?P<since>[\d-]{4,10})|(?P<start>[\d-]{4,10}) to (?P<until>[\d-]{4,10}))")


def check_countries(content: Any, file: str) -> None:
    """Every country named, no name given to two countries."""
    seen: dict[str, str] = {}
    columns = ("also", "adjectives", "people", "capitals", "seats")
    for code, entry in _mapping(content, "countries", file).items():
        where = f"{file}: {code}"
        _require(bool(re.fullmatch("[A-Z]{3}", code)), where, "the key must be a three-letter country code")
        _only(entry, {"name", *columns}, where)
        for name in [entry["name"], *(name for column in columns for name in _strings(entry.get(column, []), where))]:
            _require(name not in seen, where, f"{name!r} is already given to {seen.get(name)}; keep one")
            seen[name] = code
    for code, names in _mapping(content, "regions", file).items():
        _require(code in content["countries"], f"{file}: regions", f"{code} is not among the countries")
        for name in _strings(names, f"{file}: regions {code}"):
            _require(
                name not in seen, f"{file}: regions {code}", f"{name!r} is already given to {seen.get(name)}; keep one"
            )
            seen[name] = code
    _strings(content.get("common_words", []), f"{file}: common_words")


def check_people(content: Any, file: str, countries: frozenset[str]) -> None:
    """Every leader with a country and dated offices; none listed twice."""
    seen: set[str] = set()
    for entry in _entries(content, "people", file):
        where = f"{file}: {entry.get('name')}"
        _only(entry, {"name", "also", "short", "country", "sectors", "offices"}, where)
        _unique(entry, seen, where)
        _require(
            entry.get("country") in countries or entry.get("country") in BODIES, where, "country must be a known code"
        )
        _sectors(entry.get("sectors", []), where)
        _require(bool(entry.get("offices")), where, "give at least one office: [title, from, until]")
        for office in _strings(entry["offices"], where):
            found = OFFICE.fullmatch(office)
            _require(found is not None, where, f"{office!r} must read 'Title 2000 to 2008-05-07' or 'Title since 2012'")
            if found is not None and found["until"]:
                _require(found["start"] <= found["until"], where, f"{office!r} ends before it begins")


def check_bodies(content: Any, file: str, countries: frozenset[str]) -> None:
    """Every body with a known country or class and known sectors; no name twice within one country."""
    seen: set[tuple[str, str | None]] = set()
    for entry in _entries(content, "bodies", file):
        where = f"{file}: {entry.get('name')}"
        _only(entry, {"name", "also", "country", "sectors", "sort", "from", "until"}, where)
        country = entry.get("country")
        for name in _strings([entry.get("name"), *entry.get("also", [])], where):
            _require((name, country) not in seen, where, f"{name!r} is listed twice for {country}; keep one")
            seen.add((name, country))
        _require(
            country is None or country in countries or country in BODIES,
            where,
            f"country {country!r} is not a known code",
        )
        _require(bool(entry.get("sectors")), where, "give at least one sector")
        _sectors(entry["sectors"], where)
        for edge in ("from", "until"):
            _require(
                edge not in entry or bool(_DATE.fullmatch(str(entry[edge]))), where, f"{edge} is no year or ISO date"
            )
    known = {name for name, _ in seen}
    for name in _strings(content.get("ordinary", []), f"{file}: ordinary"):
        _require(name in known, f"{file}: ordinary", f"{name!r} names no body of this file; remove it")


def check_roles(content: Any, file: str) -> None:
    """Every role noun once, with known sectors and shape."""
    for section in ("roles", "modifiers", "organisation_words"):
        seen: set[str] = set()
        for group in _entries(content, section, file):
            where = f"{file}: {section}: {group.get('words', ['?'])[:1]}"
            _only(group, {"words", "sectors", "shape", "office", "weak", "kind"}, where)
            _sectors(group.get("sectors"), where)
            _require(
                section != "roles" or group.get("shape") in SHAPES, where, f"shape must be one of {sorted(SHAPES)}"
            )
            for word in _strings(group.get("words"), where):
                _require(word == word.lower(), where, f"{word!r} must be in lower case")
                _require(word not in seen, where, f"{word!r} is listed twice; keep one")
                seen.add(word)
    for name, words in _mapping(content, "words", file).items():
        _require(
            len(_strings(words, f"{file}: {name}")) == len(set(words)),
            f"{file}: words: {name}",
            "a word is listed twice",
        )


def _unique(entry: Any, seen: set[str], where: str) -> None:
    for name in [entry.get("name"), *_strings(entry.get("also", []), where), *_strings(entry.get("short", []), where)]:
        _require(isinstance(name, str) and bool(name.strip()), where, "a name must be text")
        _require(name not in seen or name in entry.get("short", []), where, f"{name!r} is listed twice; keep one")
        seen.add(name)


def _sectors(values: Any, where: str) -> None:
    _require(isinstance(values, list), where, "sectors must be a list")
    unknown = [value for value in values if value not in SECTORS]
    _require(not unknown, where, f"unknown sectors {unknown}; see the codebook")


def _entries(content: Any, section: str, file: str) -> list[Any]:
    value: Any = content.get(section) if isinstance(content, dict) else None
    _require(isinstance(value, list) and bool(value), file, f"needs a list called {section!r}")
    for entry in value:
        _require(isinstance(entry, dict), f"{file}: {section}", f"{entry!r} is no mapping")
    return list(value)


def _mapping(content: Any, section: str, file: str) -> dict[str, Any]:
    value: Any = content.get(section) if isinstance(content, dict) else None
    _require(isinstance(value, dict) and bool(value), file, f"needs a mapping called {section!r}")
    return dict(value)


def _strings(values: Any, where: str) -> list[str]:
    _require(isinstance(values, list), where, "must be a list of words")
    for value in values:
        _require(isinstance(value, str) and bool(value.strip()), where, f"{value!r} is empty or not text (quote it)")
    return list(values)


def _only(entry: Any, allowed: Iterable[str], where: str) -> None:
    extra = set(entry) - set(allowed)
    _require(not extra, where, f"unknown fields {sorted(extra)}")


def _require(condition: bool, where: str, problem: str) -> None:
    if not condition:
        raise LexiconError(f"{where}: {problem}")
