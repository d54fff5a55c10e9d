"""Who is who: countries, leaders, bodies, armed groups, outlets and role nouns, from ``lexicon/*.yaml``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

from onrecord.reading._data import built, load_yaml
from onrecord.reading._lexicon_check import OFFICE, check_bodies, check_countries, check_people, check_roles

BODY_FILES = ("international", "movements", "agencies", "outlets")
_PIECE = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Fact:
    """One name and what it stands for.

    ``form`` says which sort of name it is: country, adjective, people, capital, seat, region, person, short (a
    surname) or body.
    ``start`` and ``end`` bound an office in time, ISO dates or years, either may be None. ``ordinary`` names are also
    ordinary words ("Apple") and count only where the tagger sees a body.
    """

    form: str
    name: str
    kind: str
    key: str
    country: str | None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    start: str | None = None
    end: str | None = None
    sort: str | None = None
    any_case: bool = False
    ordinary: bool = False
    own: bool = False

    def holds(self, date: str | None) -> bool:
        """True when the fact is in force on ``date`` (ISO); an unknown date rules nothing out."""
        if date is None:
            return True
        return (self.start or "") <= date and (self.end is None or date[: len(self.end)] <= self.end)


@dataclass(frozen=True, slots=True)
class Role:
    """What a common noun says about whoever it describes.

    ``shape``: person (a minister), people (protesters, already plural), body (a ministry, police).
    ``weak`` roles (leader, spokesman) take sectors from whom they serve; ``office`` ones may stand before a name.
    """

    words: str
    sectors: tuple[str, ...]
    shape: str
    office: bool = False
    weak: bool = False
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens ``start:end`` spell the name of one of ``facts``."""

    start: int
    end: int
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Lexicon:
    """All facts and roles, indexed for lookup by words."""

    facts: tuple[Fact, ...]
    countries: Mapping[str, str]
    roles: Mapping[tuple[str, ...], Role]
    modifiers: Mapping[str, tuple[str, ...]]
    heads: Mapping[str, tuple[str, tuple[str, ...]]]
    words: Mapping[str, frozenset[str]]
    _index: Mapping[str, tuple[tuple[tuple[str, ...], tuple[tuple[str, Fact], ...]], ...]] = field(repr=False)

    def matches(self, words: Sequence[str]) -> list[Match]:
        """Names in a row of tokens, longest first from the left, never overlapping."""
        pieces, owners = _split(words)
        found: list[Match] = []
        position, size = 0, len(pieces)
        while position < size:
            options = self._index.get(pieces[position])
            hit = self._longest(options, pieces, owners, words, position) if options else None
            if hit is None:
                position += 1
                continue
            found.append(hit[0])
            position = hit[1]
        return found

    def _longest(
        self,
        options: tuple[tuple[tuple[str, ...], tuple[tuple[str, Fact], ...]], ...],
        pieces: list[str],
        owners: list[int],
        words: Sequence[str],
        position: int,
    ) -> tuple[Match, int] | None:
        start = owners[position]
        if position and owners[position - 1] == start:
            return None
        for spelling, entries in options:
            stop = position + len(spelling)
            if stop > len(pieces) or tuple(pieces[position:stop]) != spelling:
                continue
            if stop < len(pieces) and owners[stop] == owners[stop - 1]:
                continue
            end = owners[stop - 1] + 1
            facts = tuple(
                dict.fromkeys(
                    fact for written, fact in entries if _case_fits(written, words, start, end, fact.any_case)
                )
            )
            if facts:
                return Match(start, end, facts), stop
        return None

    def named(self, name: str) -> tuple[Fact, ...]:
        """Facts whose full or other name is ``name``, whatever its case and accents."""
        spelling = pieces_of(name)
        for option, entries in self._index.get(spelling[0], ()) if spelling else ():
            if option == spelling:
                return tuple(fact for _, fact in entries)
        return ()

    @cached_property
    def surnames(self) -> Mapping[str, frozenset[str]]:
        """For a last name, the countries that its bearers in the lexicon act for."""
        found: dict[str, set[str]] = {}
        for fact in self.facts:
            if fact.kind == "person" and fact.country is not None:
                found.setdefault(fact.name.split()[-1].lower(), set()).add(fact.country)
        return {name: frozenset(countries) for name, countries in found.items()}

    def role(self, words: Sequence[str]) -> Role | None:
        """The role named by the longest tail of ``words`` (lower case, singular head), if any."""
        for first in range(max(0, len(words) - 4), len(words)):
            found = self.roles.get(tuple(words[first:]))
            if found is not None:
                return found
        return None


@cache
def load_lexicon() -> Lexicon:
    """The packaged lexicon, loaded once.

    Raises
    ------
    LexiconError: when a file breaks its schema; the message names file, entry and remedy.
    """
    names = ("countries", "leaders", "roles", *BODY_FILES)
    return built("lexicon", [*(f"lexicon/{name}.yaml" for name in names), "_lexicon*.py"], _read_packaged)


def _read_packaged() -> Lexicon:
    countries = load_yaml("lexicon/countries.yaml")
    people = load_yaml("lexicon/leaders.yaml")
    bodies = {name: load_yaml(f"lexicon/{name}.yaml") for name in BODY_FILES}
    roles = load_yaml("lexicon/roles.yaml")
    check_countries(countries, "lexicon/countries.yaml")
    codes = frozenset(countries["countries"])
    check_people(people, "lexicon/leaders.yaml", codes)
    for name, content in bodies.items():
        check_bodies(content, f"lexicon/{name}.yaml", codes)
    check_roles(roles, "lexicon/roles.yaml")
    return build(countries, people, bodies.values(), roles)


def build(countries: Any, people: Any, bodies: Iterable[Any], roles: Any) -> Lexicon:
    """A lexicon from the parsed content of its files."""
    named: list[tuple[str, Fact]] = list(country_facts(countries))
    for content in bodies:
        named.extend(body_facts(content))
    named.extend(person_facts(people))
    index: dict[str, dict[tuple[str, ...], list[tuple[str, Fact]]]] = {}
    for written, fact in named:
        spelling = pieces_of(written)
        index.setdefault(spelling[0], {}).setdefault(spelling, []).append((written, fact))
    ordered = {
        first: tuple(
            (spelling, tuple(entries)) for spelling, entries in sorted(options.items(), key=lambda item: -len(item[0]))
        )
        for first, options in index.items()
    }
    return Lexicon(
        facts=tuple(fact for _, fact in named),
        countries={code: entry["name"] for code, entry in countries["countries"].items()},
        roles=role_table(roles),
        modifiers={word: tuple(group["sectors"]) for group in roles["modifiers"] for word in group["words"]},
        heads={
            word: (group["kind"], tuple(group["sectors"]))
            for group in roles["organisation_words"]
            for word in group["words"]
        },
        words={name: frozenset(words) for name, words in roles["words"].items()},
        _index=ordered,
    )


def country_facts(content: Any) -> Iterator[tuple[str, Fact]]:
    common = frozenset(content["common_words"])
    forms = (
        ("also", "country"),
        ("adjectives", "adjective"),
        ("people", "people"),
        ("capitals", "capital"),
        ("seats", "seat"),
    )
    for code, entry in content["countries"].items():
        name, key = entry["name"], f"country:{code}"
        yield name, country_fact("country", name, key, code, name.lower() not in common)
        for column, form in forms:
            for written in entry.get(column, ()):
                loose = (
                    form in ("country", "adjective", "people")
                    and written.lower() not in common
                    and not written.isupper()
                )
                yield written, country_fact(form, name, key, code, loose)
    for code, names in content["regions"].items():
        for written in names:
            yield written, country_fact("region", written, f"region:{_slug(written)}", code, False)


def country_fact(form: str, name: str, key: str, code: str, loose: bool) -> Fact:
    kind = "population" if form == "people" else "country"
    return Fact(form=form, name=name, kind=kind, key=key, country=code, sectors=("GOV",), any_case=loose)


def body_facts(content: Any) -> Iterator[tuple[str, Fact]]:
    ordinary = frozenset(content.get("ordinary", ()))
    for entry in content["bodies"]:
        fact = Fact(
            form="body",
            name=entry["name"],
            kind="organisation",
            key=f"body:{_slug(entry['name'])}",
            country=entry.get("country"),
            sectors=tuple(entry["sectors"]),
            start=_date(entry.get("from")),
            end=_date(entry.get("until")),
            sort=entry.get("sort"),
        )
        common = replace(fact, ordinary=True)
        for written in (entry["name"], *entry.get("also", ())):
            yield written, common if written in ordinary else fact


def person_facts(content: Any) -> Iterator[tuple[str, Fact]]:
    for entry in content["people"]:
        for fact in _held(entry):
            for written in (entry["name"], *entry.get("also", ())):
                yield written, fact
            if "short" in entry:
                brief = replace(fact, form="short")
                for written in entry["short"]:
                    yield written, brief


def _held(entry: Any) -> Iterator[Fact]:
    """One fact for each office a person held, and for each term whose office nobody names."""
    person = Fact(
        form="person",
        name=entry["name"],
        kind="person",
        key=f"person:{_slug(entry['name'])}",
        country=entry.get("country"),
        sectors=tuple(entry.get("sectors", ("GOV",))),
    )
    for office in entry.get("offices", ()):
        found = OFFICE.fullmatch(office)
        assert found is not None, "checked on loading"
        yield replace(person, role=found["title"], start=found["since"] or found["start"], end=found["until"])
    for term in entry.get("terms", ()):
        yield replace(
            person,
            country=term.get("country", person.country),
            sectors=tuple(term["sectors"]),
            start=_date(term.get("from")),
            end=_date(term.get("until")),
        )


def people_facts(content: Any) -> Iterator[tuple[str, Fact]]:
    """Ethnic and religious groups that are no nation's."""
    for entry in content["peoples"]:
        fact = Fact(
            form="body",
            name=entry["name"],
            kind="population",
            key=f"people:{_slug(entry['name'])}",
            country=entry.get("country"),
            sectors=tuple(entry["sectors"]),
        )
        for written in (entry["name"], *entry.get("also", ())):
            yield written, fact


def role_table(content: Any) -> dict[tuple[str, ...], Role]:
    found: dict[tuple[str, ...], Role] = {}
    for group in content["roles"]:
        for words in group["words"]:
            found[tuple(words.split())] = Role(
                words=words,
                sectors=tuple(group["sectors"]),
                shape=group["shape"],
                office=group.get("office") in (True, "true"),
                weak=group.get("weak") in (True, "true"),
            )
    return found


def _case_fits(written: str, words: Sequence[str], start: int, end: int, loose: bool) -> bool:
    """Whether the article's spelling may stand for ``written``: capitals where the name has them, or all capitals."""
    if loose:
        return True
    if len(written) <= 6 and written.isalpha() and written.isupper():
        return words[start].isupper() and not _shouted(words, start)
    if written.startswith("The "):
        return words[start] == "The" and words[start + 1][:1].isupper()
    wanted = next((letter for letter in written if letter.isalpha()), "")
    return not wanted.isupper() or any(word[:1].isupper() for word in words[start:end])


def _shouted(words: Sequence[str], i: int) -> bool:
    """True inside a headline in capitals, where an abbreviation cannot be told from a word."""
    around = [word for word in words[max(0, i - 4) : i + 5] if len(word) > 1 and word.isalpha()]
    return len(around) > 3 and sum(word.isupper() for word in around) > 0.7 * len(around)


def _split(words: Sequence[str]) -> tuple[list[str], list[int]]:
    pieces: list[str] = []
    owners: list[int] = []
    for number, word in enumerate(words):
        if word.isascii() and word.isalpha():
            pieces.append(word.lower())
            owners.append(number)
            continue
        for piece in pieces_of(word):
            pieces.append(piece)
            owners.append(number)
    return pieces, owners


def pieces_of(name: str) -> tuple[str, ...]:
    """Lower-case words of a name without accents or punctuation."""
    if not name.isascii():
        name = "".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark))
    return tuple(_PIECE.findall(name.lower()))


def _slug(name: str) -> str:
    return "-".join(pieces_of(name))


def _date(value: Any) -> str | None:
    return None if value is None else str(value)
