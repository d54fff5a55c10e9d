"""Actor files of TABARI and the PETRARCHs: names, other names, codes, and the dates between which a code holds.

HAMID_KARZAI_  # a comment
+KARZAI_
    [AFGELI 750101-011222]
    [AFGGOV >011222]
    [AFGELI]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onrecord.reading._lexicon import Lexicon, load_lexicon
from onrecord.reading.dictionaries import _codes
from onrecord.reading.dictionaries._names import acronym, name_of
from onrecord.reading.dictionaries._source import Notes, Source

_BRACKETS = re.compile(r"\[([^\]]*)\]?")
_DATES = re.compile(
    r"(?P<code>[^\s<>]+?)\s*(?:(?P<edge>[<>])\s*(?P<day>\d+)>?|(?P<from>\d{4,})\s*-\s*(?P<until>\d{4,}))?\s*"
)
_TITLES = frozenset(
    "president king queen prince princess sheikh sheik sultan emir general colonel minister chancellor premier "
    "senator mullah ayatollah pope dr mr mrs sir lord ambassador secretary governor mayor".split()
)


@dataclass(frozen=True, slots=True)
class Term:
    """One code of an actor and the days it holds between, ISO dates, either may be None."""

    actor: _codes.Actor
    start: str | None
    end: str | None


@dataclass(slots=True)
class Entry:
    """One actor as the file has it."""

    line: int
    names: list[str]
    terms: list[Term] = field(default_factory=list)
    coded: bool = False  # it has a code, understood or not


def read_actors(source: Source, notes: Notes) -> dict[str, Any]:
    """The sections of a lexicon file with everybody an actor file names."""
    groups = _group_sector(source)
    lexicon = load_lexicon()
    content: dict[str, Any] = {"countries": {}, "people": {}, "bodies": {}, "peoples": {}}
    taken: dict[tuple[str, str], tuple[str, ...]] = {}
    for entry in _entries(source, notes, groups=groups is not None):
        if not entry.terms:
            if not entry.coded:
                notes.lost(entry.line, "a name without a code", entry.names[0])
            continue
        names = _fresh_names(entry, notes, taken)
        if names:
            _place(entry, names, content, lexicon, notes, groups)
    _told_apart(content["people"], notes)
    found: dict[str, Any] = {
        "countries": {code: {"also": names} for code, names in sorted(content["countries"].items())},
        **{section: list(content[section].values()) for section in ("people", "bodies", "peoples")},
    }
    ordinary = [name for body in found["bodies"] for name in (body["name"], *body["also"]) if _ordinary(name, body)]
    if ordinary:
        found["ordinary"] = sorted(set(ordinary))
    return {section: value for section, value in found.items() if value}


def _group_sector(source: Source) -> str | None:
    """The sector of the groups in a file of religions or ethnic groups, whose codes are no countries."""
    about = f"{source.name} {source.head}".lower()
    if "ethnic groups" in about or "ethnicgroups" in about:
        return "SOC"
    return "REL" if "religion" in about or "religiousgroups" in about else None


# -- reading ----------------------------------------------------------------------------------------------------------


def _entries(source: Source, notes: Notes, *, groups: bool) -> Iterator[Entry]:
    current: Entry | None = None
    for number, line in source.lines():
        name, _, rest = line.partition("[")
        codes = _BRACKETS.findall("[" + rest) if rest else []
        written = name.strip()
        if line[0].isspace() and not written and codes:
            if current is None:
                notes.lost(number, "a code that belongs to no name", line)
                continue
        elif written.startswith("+"):
            if current is None:
                notes.lost(number, "another name of nobody", line)
                continue
            current.names.append(written[1:].strip())
        elif written:
            if current is not None:
                yield current
            current = Entry(number, [written])
        else:
            notes.lost(number, "a code that belongs to no name", line)
            continue
        for code in codes:
            assert current is not None
            current.coded = True
            term = _term(code, number, line, notes, groups=groups)
            if term is not None and term not in current.terms:
                current.terms.append(term)
    if current is not None:
        yield current


def _term(written: str, number: int, line: str, notes: Notes, *, groups: bool) -> Term | None:
    text = written.strip().upper()
    if text.split()[:1] in (["---"], ["+++"], ["###"]):
        notes.lost(number, "a name that is to be left uncoded", line)
        return None
    found = _DATES.fullmatch(text)
    if found is None:
        notes.lost(number, "a code or dates that cannot be read", line)
        return None
    actor = _codes.Actor(None, ()) if groups else _codes.actor(found["code"])
    if actor is None or (not groups and actor.country is None and not actor.sectors):
        notes.lost(number, f"an actor code that stands for no country or sector: {found['code'][:3]}", line)
        return None
    for part in actor.dropped:
        notes.changed(number, f"a part of an actor code with no counterpart: {part}", line)
    try:
        start = _day(found["from"] or (found["day"] if found["edge"] == ">" else None))
        end = _day(found["until"] or (found["day"] if found["edge"] == "<" else None))
    except ValueError:
        notes.lost(number, "a date that is no day", line)
        return None
    if start and end and start > end:
        notes.lost(number, "dates the wrong way round", line)
        return None
    return Term(actor, start, end)


def _day(written: str | None) -> str | None:
    """``011222`` and ``20011222`` as ISO dates; two-figure years above 30 are of the last century."""
    if written is None:
        return None
    if len(written) == 6:
        written = ("19" if int(written[:2]) > 30 else "20") + written
    if len(written) != 8:
        raise ValueError(written)
    return date(int(written[:4]), int(written[4:6]), int(written[6:])).isoformat()


# -- placing ----------------------------------------------------------------------------------------------------------


def _fresh_names(entry: Entry, notes: Notes, taken: dict[tuple[str, str], tuple[str, ...]]) -> list[str]:
    """The entry's names, each once in a file with one meaning."""
    bodily = entry.terms[0].actor.country in ("IGO", "NGO", "MNC", "IMG", "UNO", "EUR")
    names: list[str] = []
    for written in entry.names:
        name = name_of(written, capitals=bodily)
        if not any(letter.isalnum() for letter in name):
            notes.lost(entry.line, "a name without letters", written)
            continue
        meaning = str(entry.terms)
        key = (name.casefold(), entry.terms[0].actor.country or "")
        if name in names or taken.get(key) == (meaning,):
            notes.changed(entry.line, "a name that the file has already", written)
            continue
        if key in taken:
            notes.changed(entry.line, "a name that the file gives another code above", written)
            continue
        taken[key] = (meaning,)
        names.append(name)
    return names


def _place(
    entry: Entry, names: list[str], content: dict[str, Any], lexicon: Lexicon, notes: Notes, groups: str | None
) -> None:
    """Put one entry into the section it belongs in."""
    first = entry.terms[0].actor
    dated = any(term.start or term.end for term in entry.terms)
    if groups is not None:
        content["peoples"][names[0]] = {"name": names[0], "also": names[1:], "sectors": [groups]}
        return
    if not first.sectors and first.country and not dated:
        content["countries"].setdefault(first.country, []).extend(names)
        return
    if not any(term.actor.sectors for term in entry.terms):
        notes.changed(entry.line, "a country's name with dates, taken as its government's", entry.names[0])
    if _is_person(entry, names, lexicon, dated=dated):
        _add_person(entry, names, content["people"], notes)
        return
    for term in entry.terms:
        body = {"name": names[0], "also": names[1:], **_written(term)}
        known = content["bodies"].setdefault((names[0], term.actor.country, term.start, term.end), body)
        if known is not body:
            notes.changed(entry.line, "several codes for the same days, taken together", names[0])
            known["sectors"] = list(dict.fromkeys([*known["sectors"], *body["sectors"]]))


def _add_person(entry: Entry, names: list[str], people: dict[str, Any], notes: Notes) -> None:
    """One human being; whoever the file has twice is one, with all terms."""
    full = [name for name in names if " " in name or "-" in name] or names[:1]
    person = people.setdefault(full[0], {"name": full[0], "also": [], "short": [], "terms": []})
    for name in names:
        if name in full:
            if name != full[0] and name not in person["also"]:
                person["also"].append(name)
        elif name not in person["short"]:
            person["short"].append(name)
    person["terms"] += [_written(term) for term in entry.terms if _written(term) not in person["terms"]]
    if len(person["terms"]) > len(entry.terms):
        notes.changed(entry.line, "somebody whom the file has already, taken as the same person", full[0])


def _told_apart(people: dict[str, Any], notes: Notes) -> None:
    """Take away further names that are another person's: in our lists a full name is one person's."""
    seen = set(people)
    for person in people.values():
        kept = [name for name in person["also"] if name not in seen]
        for name in set(person["also"]) - set(kept):
            notes.changed(0, "another name that is somebody else's too", f"{name} ({person['name']})")
        seen.update(kept)
        person["also"] = kept


def _written(term: Term) -> dict[str, Any]:
    found: dict[str, Any] = {"country": term.actor.country, "sectors": list(term.actor.sectors) or ["GOV"]}
    found |= {"from": term.start, "until": term.end}
    return {key: value for key, value in found.items() if value}


def _is_person(entry: Entry, names: list[str], lexicon: Lexicon, *, dated: bool) -> bool:
    """Whether somebody is one human being: the files do not say. Offices with dates and titles give it away."""
    words = names[0].lower().split()
    if any(word in lexicon.heads or word in lexicon.words.get("bodies", ()) for word in words):
        return False
    if words[0] in _TITLES:
        return len(words) > 1 and "of" not in words
    return dated and bool(entry.terms[0].actor.sectors) and len(words) > 1


def _ordinary(name: str, body: dict[str, Any]) -> bool:
    """Companies and clubs named by one word ("Target") count only where the tagger sees a body."""
    return " " not in name and not acronym(name) and body.get("country") in ("MNC", "NGO", "IMG", "IGO")
