"""The schemas of the actor lexicons: what a file must hold, said with file, line, entry and remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.records import LexiconError

SECTORS = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC UNK "
    "IGO NGO".split()
)
BODIES = frozenset(["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"])
SHAPES = frozenset(("person", "people", "body", "land"))
# What a file of one's own may hold besides ``source`` and ``replace``.
SECTIONS = ("countries", "people", "bodies", "peoples", "roles")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
OFFICE = re.compile(r"(?P<title>.+?) (?:since (?P<since>[\d-]{4,10})|(?P<start>[\d-]{4,10}) to (?P<until>[\d-]{4,10}))")
_COLUMNS = ("also", "adjectives", "people", "capitals", "seats")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a file: the keys that lead to it, how people would call the place, and what to do."""

    path: tuple[str | int, ...]
    where: str
    problem: str

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}" if self.where else self.problem


Faults = Iterator[Fault]


def check_countries(content: Any, file: str) -> None:
    """Every country named, no name given to two countries."""
    _refuse(country_faults(content), file)


def check_people(content: Any, file: str, countries: frozenset[str]) -> None:
    """Every leader with a country and dated offices; none listed twice."""
    _refuse(people_faults(content, countries), file)


def check_bodies(content: Any, file: str, countries: frozenset[str]) -> None:
    """Every body with a known country or class and known sectors; no name twice within one country."""
    _refuse(body_faults(content, countries), file)


def check_roles(content: Any, file: str) -> None:
    """Every role noun once, with known sectors and shape."""
    _refuse(role_faults(content), file)
    for name, words in _mapping(content, "words", file).items():
        if faults := [*_text_faults(words, ("words", name), f"words: {name}")]:
            raise LexiconError(f"{file}: {faults[0]}")
        if len(words) != len(set(words)):
            raise LexiconError(f"{file}: words: {name}: a word is listed twice")


def own_faults(content: Any, countries: frozenset[str]) -> Faults:
    """What is wrong with an actor list of somebody's own, which may hold any of ``SECTIONS``."""
    if not isinstance(content, dict):
        yield Fault((), "", f"a lexicon file is a mapping with source and some of {', '.join(SECTIONS)}")
        return
    known = {"source", "replace", "ordinary", "lists", *SECTIONS}
    yield from _extra(content, known, (), "")
    if not str(content.get("source") or "").strip():
        yield Fault((), "", "say under source: where the facts come from")
    if content.get("replace", "same") not in ("same", "all"):
        yield Fault(("replace",), "replace", "write same (names that both have are yours) or all (ours are set aside)")
    for section in SECTIONS:
        if section in content and not content[section]:
            yield Fault((section,), section, "is empty; give it entries or remove it")
    if not any(content.get(section) for section in (*SECTIONS, "lists")):
        yield Fault((), "", f"holds nothing; give it entries under {', '.join(SECTIONS[:-1])} or {SECTIONS[-1]}")
    if content.get("countries"):
        yield from own_country_faults(content, countries)
    for section, faults in (("people", people_faults), ("bodies", body_faults), ("peoples", _peoples_faults)):
        if content.get(section):
            yield from faults(content, countries)
    if "ordinary" in content and not content.get("bodies"):
        yield Fault(("ordinary",), "ordinary", "names no body of this file; remove it")
    if content.get("roles"):
        yield from role_faults(content, sections=("roles",))


def own_country_faults(content: Any, countries: frozenset[str]) -> Faults:
    """More names for countries: known codes, lists of text."""
    section = content["countries"]
    if not isinstance(section, dict):
        yield Fault(("countries",), "countries", "write a code and its names: {FRA: {also: [Gaul]}}")
        return
    for code, entry in section.items():
        path = ("countries", code)
        if code not in countries:
            yield Fault(
                path, code, "is no known country code; see docs/records.md for the codes that stand for no country"
            )
        if not isinstance(entry, dict):
            yield Fault(path, code, "write its names as {also: [name, name]}")
            continue
        yield from _extra(entry, _COLUMNS, path, code)
        for column in _COLUMNS:
            yield from _text_faults(entry.get(column, []), (*path, column), code)


def country_faults(content: Any) -> Faults:
    """Every country named, no name given to two countries."""
    seen: dict[str, str] = {}
    for code, entry in _section(content, "countries").items():
        path: tuple[str | int, ...] = ("countries", code)
        if not re.fullmatch("[A-Z]{3}", code):
            yield Fault(path, code, "the key must be a three-letter country code")
        yield from _extra(entry, {"name", *_COLUMNS}, path, code)
        for column in _COLUMNS:
            yield from _text_faults(entry.get(column, []), (*path, column), code)
        for name in [entry["name"], *(name for column in _COLUMNS for name in entry.get(column, []))]:
            yield from _given_once(name, code, seen, path, code)
    for code, names in _section(content, "regions").items():
        path = ("regions", code)
        if code not in content["countries"]:
            yield Fault(path, "regions", f"{code} is not among the countries")
        yield from _text_faults(names, path, f"regions {code}")
        for name in names:
            yield from _given_once(name, code, seen, path, f"regions {code}")
    yield from _text_faults(content.get("common_words", []), ("common_words",), "common_words")


def people_faults(content: Any, countries: frozenset[str]) -> Faults:
    """Every person with a country and dated offices; none listed twice."""
    seen: set[str] = set()
    for path, entry in _entries(content, "people"):
        where = str(entry.get("name"))
        yield from _extra(entry, {"name", "also", "short", "country", "sectors", "offices", "terms"}, path, where)
        yield from _names_faults(entry, seen, path, where)
        if entry.get("country") is not None or "terms" not in entry:
            yield from _country_fault(entry, countries, path, where, needed=True)
        yield from _sector_faults(entry.get("sectors", []), (*path, "sectors"), where)
        if not entry.get("offices") and not entry.get("terms"):
            yield Fault(path, where, "give at least one office: [Title 2000 to 2008-05-07] or [Title since 2012]")
        yield from _text_faults(entry.get("offices", []), (*path, "offices"), where)
        for office in _listed(entry.get("offices")):
            yield from _office_faults(office, (*path, "offices"), where)
        for number, term in enumerate(_listed(entry.get("terms"))):
            if not isinstance(term, dict):
                yield Fault(
                    (*path, "terms", number), where, f"{term!r} is no mapping; write {{sectors: [GOV], from: 2012}}"
                )
                continue
            yield from _extra(term, {"country", "sectors", "from", "until"}, (*path, "terms", number), where)
            yield from _country_fault(term, countries, (*path, "terms", number), where)
            yield from _sector_faults(term.get("sectors"), (*path, "terms", number), where)
            yield from _date_faults(term, (*path, "terms", number), where)


def body_faults(content: Any, countries: frozenset[str]) -> Faults:
    """Every body with a known country or class and known sectors; no name twice within one country and time."""
    seen: set[tuple[str, Any, Any]] = set()
    for path, entry in _entries(content, "bodies"):
        where = str(entry.get("name"))
        yield from _extra(entry, {"name", "also", "country", "sectors", "sort", "from", "until"}, path, where)
        country = entry.get("country")
        yield from _text_faults([entry.get("name")], (*path, "name"), where)
        yield from _text_faults(entry.get("also", []), (*path, "also"), where)
        for name in [entry.get("name"), *_listed(entry.get("also"))]:
            key = (str(name), country, (entry.get("from"), entry.get("until")))
            if key in seen:
                yield Fault(path, where, f"{name!r} is listed twice for {country}; keep one")
            seen.add(key)
        yield from _country_fault(entry, countries, path, where)
        if not entry.get("sectors"):
            yield Fault(path, where, "give at least one sector")
        else:
            yield from _sector_faults(entry["sectors"], (*path, "sectors"), where)
        yield from _date_faults(entry, path, where)
    known = {name for name, *_ in seen}
    yield from _text_faults(content.get("ordinary", []), ("ordinary",), "ordinary")
    for name in _listed(content.get("ordinary")):
        if name not in known:
            yield Fault(("ordinary",), "ordinary", f"{name!r} names no body of this file; remove it")


def _peoples_faults(content: Any, countries: frozenset[str]) -> Faults:
    """Ethnic and religious groups: names, sectors, perhaps a country."""
    seen: set[str] = set()
    for path, entry in _entries(content, "peoples"):
        where = str(entry.get("name"))
        yield from _extra(entry, {"name", "also", "country", "sectors"}, path, where)
        yield from _names_faults(entry, seen, path, where)
        yield from _country_fault(entry, countries, path, where)
        yield from _sector_faults(entry.get("sectors"), (*path, "sectors"), where)


def role_faults(content: Any, *, sections: Iterable[str] = ("roles", "modifiers", "organisation_words")) -> Faults:
    """Every role noun once, with known sectors and shape."""
    for section in sections:
        seen: set[str] = set()
        for path, group in _entries(content, section):
            where = f"{section}: {_listed(group.get('words'))[:1] or '?'}"
            yield from _extra(group, {"words", "sectors", "shape", "office", "weak", "kind"}, path, where)
            yield from _sector_faults(group.get("sectors"), (*path, "sectors"), where)
            if section == "roles" and group.get("shape") not in SHAPES:
                yield Fault(path, where, f"shape must be one of {sorted(SHAPES)}")
            yield from _text_faults(group.get("words"), (*path, "words"), where)
            for number, word in enumerate(word for word in _listed(group.get("words")) if isinstance(word, str)):
                if word != word.lower():
                    yield Fault((*path, "words", number), where, f"{word!r} must be in lower case")
                if word in seen:
                    yield Fault((*path, "words", number), where, f"{word!r} is listed twice; keep one")
                seen.add(word)


# -- what entries have in common --------------------------------------------------------------------------------------


def _names_faults(entry: Any, seen: set[str], path: tuple[str | int, ...], where: str) -> Faults:
    for column in ("also", "short"):
        yield from _text_faults(entry.get(column, []), (*path, column), where)
    short = _listed(entry.get("short"))
    for name in [entry.get("name"), *_listed(entry.get("also")), *short]:
        if not isinstance(name, str) or not name.strip():
            yield Fault(path, where, "a name must be text")
            continue
        if name in seen and name not in short:
            yield Fault(path, where, f"{name!r} is listed twice; keep one")
        seen.add(name)


def _office_faults(office: Any, path: tuple[str | int, ...], where: str) -> Faults:
    found = OFFICE.fullmatch(str(office))
    if found is None:
        yield Fault(path, where, f"{office!r} must read 'Title 2000 to 2008-05-07' or 'Title since 2012'")
    elif found["until"] and found["start"] > found["until"]:
        yield Fault(path, where, f"{office!r} ends before it begins; turn the dates round")


def _date_faults(entry: Any, path: tuple[str | int, ...], where: str) -> Faults:
    edges = [str(entry[edge]) for edge in ("from", "until") if edge in entry]
    for edge in edges:
        if not _DATE.fullmatch(edge):
            yield Fault(path, where, f"{edge!r} is no year or ISO date; write 2012 or 2012-05-07")
    if len(edges) == 2 and edges[0] > edges[1]:
        yield Fault(path, where, "until lies before from; turn the dates round")


def _country_fault(
    entry: Any, countries: frozenset[str], path: tuple[str | int, ...], where: str, *, needed: bool = False
) -> Faults:
    country = entry.get("country")
    if (country is None and needed) or (country is not None and country not in countries and country not in BODIES):
        known = f"a three-letter code, or one of {', '.join(sorted(BODIES))}"
        yield Fault((*path, "country"), where, f"country {country!r} is not a known code: write {known}")


def _sector_faults(values: Any, path: tuple[str | int, ...], where: str) -> Faults:
    if not isinstance(values, list):
        yield Fault(path, where, "sectors must be a list")
    elif unknown := [value for value in values if value not in SECTORS]:
        yield Fault(path, where, f"unknown sectors {unknown}; known are {', '.join(sorted(SECTORS))}")


def _given_once(name: str, code: str, seen: dict[str, str], path: tuple[str | int, ...], where: str) -> Faults:
    if name in seen:
        yield Fault(path, where, f"{name!r} is already given to {seen[name]}; keep one")
    seen[name] = code


def _entries(content: Any, section: str) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    value: Any = content.get(section) if isinstance(content, dict) else None
    if not isinstance(value, list) or not value:
        raise _Unreadable(Fault((section,), "", f"needs a list called {section!r}"))
    for number, entry in enumerate(value):
        if not isinstance(entry, dict):
            raise _Unreadable(Fault((section, number), section, f"{entry!r} is no mapping; write {{name: …}}"))
        yield (section, number), entry


def _section(content: Any, section: str) -> dict[str, Any]:
    value: Any = content.get(section) if isinstance(content, dict) else None
    if not isinstance(value, dict) or not value:
        raise _Unreadable(Fault((section,), "", f"needs a mapping called {section!r}"))
    return dict(value)


def _listed(value: Any) -> list[Any]:
    """A list as it is; nothing for what should have been one and is not, which is a fault of its own."""
    return value if isinstance(value, list) else []


def _text_faults(values: Any, path: tuple[str | int, ...], where: str) -> Faults:
    if not isinstance(values, list):
        yield Fault(path, where, "must be a list of words")
        return
    for number, value in enumerate(values):
        if not isinstance(value, str) or not value.strip():
            yield Fault((*path, number), where, f"{value!r} is empty or not text (quote it)")


def _extra(entry: Any, allowed: Iterable[str], path: tuple[str | int, ...], where: str) -> Faults:
    if extra := sorted(set(entry) - set(allowed)):
        yield Fault((*path, extra[0]), where, f"unknown fields {extra}; known are {', '.join(sorted(allowed))}")


class _Unreadable(Exception):
    """A file so unlike what it should be that nothing further can be said of it."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def collected(faults: Callable[[], Faults] | Faults) -> list[Fault]:
    """All faults, up to the one that makes the rest unreadable."""
    found: list[Fault] = []
    try:
        found.extend(faults() if callable(faults) else faults)
    except _Unreadable as stop:
        found.append(stop.fault)
    return found


def _mapping(content: Any, section: str, file: str) -> dict[str, Any]:
    try:
        return _section(content, section)
    except _Unreadable as stop:
        raise LexiconError(f"{file}: {stop}") from None


def _refuse(faults: Faults, file: str) -> None:
    for fault in collected(faults):
        raise LexiconError(f"{file}: {fault}")
