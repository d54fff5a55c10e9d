"""The words that introduce statements: lexicon/speech.yaml, loaded for lookup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from onrecord.reading._complements import complements
from onrecord.reading._data import load_yaml
from onrecord.records import LexiconError, Stance

SPEECH = "lexicon/speech.yaml"
_KINDS = {"nouns": "noun", "adjectives": "adjective"}
KINDS = frozenset({"speech", "mind", "wish", "show", "passive"})


class Cue(NamedTuple):
    """What one word does with one kind of complement."""

    stance: str
    kind: str


@dataclass(frozen=True, slots=True)
class CueEntry:
    """One entry of the speech lexicon as written."""

    words: tuple[str, ...]
    stance: str
    kind: str
    takes: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cues:
    """The speech lexicon, ready for lookup: lemma -> complement -> cue."""

    verbs: Mapping[str, Mapping[str, Cue]]
    passives: Mapping[str, Mapping[str, Cue]]
    nouns: Mapping[str, Mapping[str, Cue]]
    adjectives: Mapping[str, Mapping[str, Cue]]
    carriers: frozenset[str]
    views: frozenset[str]
    documents: frozenset[str]
    nobody: frozenset[str]
    carried: frozenset[str]


@cache
def cue_entries() -> tuple[CueEntry, ...]:
    """Entries as written; nouns have the kind "noun", adjectives the kind "adjective"."""
    raw = load_yaml(SPEECH)
    return tuple(
        _entry(f"{SPEECH}, {part} {number}", item, kind=_KINDS.get(part))
        for part in ("verbs", "nouns", "adjectives")
        for number, item in enumerate(raw[part], start=1)
    )


@cache
def cues() -> Cues:
    """The speech lexicon."""
    raw = load_yaml(SPEECH)
    verbs: dict[str, dict[str, Cue]] = {}
    passives: dict[str, dict[str, Cue]] = {}
    nouns: dict[str, dict[str, Cue]] = {}
    adjectives: dict[str, dict[str, Cue]] = {}
    tables = {"noun": nouns, "adjective": adjectives, "passive": passives}
    for entry in cue_entries():
        table = tables.get(entry.kind, verbs)
        for word in entry.words:
            table.setdefault(word, {}).update({frame: Cue(entry.stance, entry.kind) for frame in entry.takes})
    return Cues(
        verbs=verbs,
        passives=passives,
        nouns=nouns,
        adjectives=adjectives,
        carriers=frozenset(raw["carriers"]),
        views=frozenset(raw["views"]),
        documents=frozenset(raw["documents"]),
        nobody=frozenset(raw["nobody"]),
        carried=frozenset(raw["carried"]),
    )


@cache
def known_verbs() -> frozenset[str]:
    """Every verb that the speech and complement lexicons know by lemma."""
    verbs = {word for word, pos in complements() if pos == "verb"}
    return frozenset(verbs | set(cues().verbs) | set(cues().passives))


def _entry(where: str, raw: Mapping[str, Any], *, kind: str | None) -> CueEntry:
    for field in ("words", "stance", "takes", "examples"):
        if not raw.get(field):
            raise LexiconError(f"{where}: {field} is missing or empty")
    if kind is None and (kind := raw.get("kind")) not in KINDS:
        raise LexiconError(f"{where}: kind is {kind!r}; use one of {', '.join(sorted(KINDS))}")
    if raw["stance"] not in {item.value for item in Stance}:
        raise LexiconError(f"{where}: stance {raw['stance']!r} is unknown")
    if not all(isinstance(word, str) for word in (*raw["words"], *raw["takes"])):
        raise LexiconError(f"{where}: every word must be text; put quotes round on, off, yes and no")
    return CueEntry(tuple(raw["words"]), raw["stance"], str(kind), tuple(raw["takes"]), tuple(raw["examples"]))
