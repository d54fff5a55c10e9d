"""Agent files: common nouns and what they say of whoever they describe.

!PERSON! = MAN, MEN, WOMAN, WOMEN, PERSON
CATTLE!PERSON! [~AGR]
CHAMBER_OF_COMMERCE {CHAMBERS_OF_COMMERCE} [~BUS]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from onrecord.reading._lexicon import Lexicon, load_lexicon
from onrecord.reading.dictionaries import _codes
from onrecord.reading.dictionaries._names import base_noun, words_of
from onrecord.reading.dictionaries._source import Notes, Source

_SET = re.compile(r"\s*!(\w+)!\s*=\s*(.+)")
_ENTRY = re.compile(r"(?P<noun>[^\[{]+)(?:\{(?P<plural>[^}]*)\}?)?\s*\[(?P<code>[^\]]*)\]?.*")
_SHAPES = ("person", "people", "body", "land")


def read_agents(source: Source, notes: Notes) -> dict[str, Any]:
    """The ``roles`` section of a lexicon file with the nouns of an agent file, grouped by what they say."""
    lexicon = load_lexicon()
    sets: dict[str, list[str]] = {}
    groups: dict[tuple[tuple[str, ...], str], list[str]] = {}
    taken: set[str] = set()
    for number, line in source.lines():
        if found := _SET.fullmatch(line):
            sets[found[1]] = [word.strip() for word in found[2].split(",") if word.strip()]
            continue
        entry = _ENTRY.fullmatch(line.strip())
        if entry is None:
            notes.lost(number, "a line that is no noun with a code", line)
            continue
        if entry["code"].strip() == "---":
            notes.lost(number, "a noun that is to be left uncoded", line)
            continue
        actor = _codes.actor(entry["code"].replace("~", "").strip().upper(), agent=True)
        if actor is None or not actor.sectors:
            notes.lost(number, f"an agent code that stands for no sector: {entry['code'].strip(' ~')[:3]}", line)
            continue
        for part in actor.dropped:
            notes.changed(number, f"a part of an agent code with no counterpart: {part}", line)
        for noun in _expanded(entry["noun"], sets, number, notes):
            words = _singular(words_of(noun))
            if words in taken:
                notes.changed(number, "a noun that the file has already", noun)
                continue
            if len(words.split()) > 4:
                notes.lost(number, "a noun of more than four words", noun)
                continue
            taken.add(words)
            shape = _shape(words, lexicon, plural=entry["plural"])
            groups.setdefault((actor.sectors, shape), []).append(words)
    roles = [{"sectors": list(sectors), "shape": shape, "words": words} for (sectors, shape), words in groups.items()]
    return {"roles": roles} if roles else {}


def _expanded(noun: str, sets: dict[str, list[str]], number: int, notes: Notes) -> Iterator[str]:
    """Every noun that a written one with ``!SET!`` stands for."""
    before, mark, rest = noun.partition("!")
    name, closing, after = rest.partition("!")
    if not mark:
        yield noun
    elif not closing or name not in sets:
        notes.lost(number, "a noun set that is not defined", noun)
    else:
        for word in sets[name]:
            yield from _expanded(before + word + after, sets, number, notes)


def _singular(words: str) -> str:
    """Role nouns are looked up with their head in the singular."""
    *rest, head = words.split() or [""]
    return " ".join([*rest, base_noun(head)])


def _shape(words: str, lexicon: Lexicon, *, plural: str | None) -> str:
    """Person, set of people or body, which the files do not say: as our own role nouns have it, else by the plural."""
    known = lexicon.role(words.split())
    if known is not None:
        return known.shape
    if words.split()[-1] in lexicon.heads:
        return "body"
    return "people" if plural is not None and not plural.strip() else "person"
