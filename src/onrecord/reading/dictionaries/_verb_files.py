"""Verb files of TABARI and the PETRARCHs as they are written: word sets, and blocks of verbs with their patterns.

&CEASEFIRE                      a set of words; trailing underlines say that a word has no plural
+TRUCE
---  ALLOW   [080]  ---         a block and its code; TABARI has no such line: its verbs bring their own patterns
+GO_BY {+WENT_BY +GOES_BY }     the plus marks the verb of several words; forms in braces
PASS [081]                      a verb with a code of its own
- * {PEACE PLAN} (FOR +) [037]  a pattern: what stands around the verb, and its code
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.reading.dictionaries._names import words_of
from onrecord.reading.dictionaries._source import Notes, Source

NO_CODE = "---"
_HEADER = re.compile(r"-{2,}\s*(?P<name>[^\[]*?)\s*(?:\[(?P<code>[^\]]*)\])?\s*-*")
_VERB = re.compile(r"(?P<words>[^\[{]+)(?P<forms>\{[^}]*\}?)?\s*(?:\[(?P<code>[^\]]*)\]?)?.*")
_PATTERN = re.compile(r"(?P<text>[^\[]*)(?:\[(?P<code>[^\]]*)\]?)?.*")
_TOKEN = re.compile(r"\{[^}]*\}?|\([^)]*\)?|[^\s{}()]+")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb, its words lower case ("go by"), and its code."""

    line: int
    words: str
    code: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """What must stand around a verb, as tokens; groups in braces and brackets are one token."""

    line: int
    text: str
    tokens: tuple[str, ...]
    code: str


@dataclass(slots=True)
class Block:
    """Verbs that share a meaning and patterns."""

    name: str
    line: int
    verbs: list[Verb] = field(default_factory=list)
    patterns: list[Pattern] = field(default_factory=list)


@dataclass(slots=True)
class VerbFile:
    """All of one file."""

    sets: dict[str, list[str]] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)


def parse_verbs(source: Source, notes: Notes) -> VerbFile:
    """Read a verb file; what is no part of one is noted."""
    parsed = VerbFile()
    members: list[str] | None = None
    block: Block | None = None
    default = NO_CODE
    for number, line in source.lines():
        text = line.strip()
        if text.startswith("&"):
            members = parsed.sets.setdefault(_set_name(text), [])
        elif text.startswith("---") and (found := _HEADER.fullmatch(text)):
            members, default = None, found["code"] or NO_CODE
            block = Block(words_of(found["name"]) or f"line {number}", number)
            parsed.blocks.append(block)
        elif text.startswith("+") and members is not None:
            members.append(text[1:].strip())
        elif text.startswith("~"):
            notes.lost(number, "a transformation of one event into another", text)
        elif text.startswith("-") or (text.startswith("*") and block is not None):
            members = None
            _add_pattern(block, number, text, notes)
        elif found := _VERB.fullmatch(text):
            members = None
            if block is None or block.patterns:
                # TABARI: a verb, its patterns, the next verb.
                default = NO_CODE
                block = Block(words_of(found["words"]), number)
                parsed.blocks.append(block)
            verb = _verb(found["words"], number, notes)
            if verb is not None:
                block.verbs.append(Verb(number, verb, (found["code"] or default).strip() or NO_CODE))
        else:
            notes.lost(number, "a line that is no verb, pattern or word set", text)
    return parsed


def set_members(parsed: VerbFile, name: str, *, within: frozenset[str] = frozenset()) -> Iterator[str]:
    """The words of a set, sets inside it unfolded, as written; nothing when there is no such set."""
    for member in parsed.sets.get(name, ()):
        if member.startswith("&"):
            inner = _set_name(member)
            if inner not in within:  # a set that holds itself would never end
                yield from set_members(parsed, inner, within=within | {name})
        else:
            yield member


def set_named(parsed: VerbFile, token: str) -> str | None:
    """The name of the set that ``&TOKEN`` in a pattern means, plural or not; None when it is not defined."""
    name = _set_name(token)
    return next((option for option in (name, name.removesuffix("s")) if option in parsed.sets), None)


def _set_name(text: str) -> str:
    return re.sub(r"\W+", "_", text.split()[0].lower()).strip("_")


def _verb(written: str, number: int, notes: Notes) -> str | None:
    """``+GO_BY`` and ``GO_BY`` as "go by"; None where the verb is not the first of the words."""
    text = written.strip()
    if "+" in text[1:]:
        notes.lost(number, "a verb of several words that does not begin with the verb", text)
        return None
    words = words_of(text.removeprefix("+"))
    if not re.fullmatch(r"[a-z][a-z' -]*", words):
        notes.lost(number, "a verb that is no word", text)
        return None
    return words.replace("re ", "re", 1) if words.startswith("re ") else words


def _add_pattern(block: Block | None, number: int, text: str, notes: Notes) -> None:
    found = _PATTERN.fullmatch(text.lstrip("-").strip())
    if block is None or found is None:
        notes.lost(number, "a pattern that belongs to no verb", text)
    elif found["code"] is None:
        notes.lost(number, "a pattern without a code", text)
    elif found["text"].count("*") != 1:
        notes.lost(number, "a pattern that does not say where its verb stands", text)
    else:
        spaced = found["text"].replace("*", " * ").replace("_ * ", " * ").replace(" * _", " * ")
        code = found["code"].strip() or NO_CODE
        block.patterns.append(Pattern(number, text, tuple(_TOKEN.findall(spaced)), code))
