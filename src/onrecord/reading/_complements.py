"""What words say about the reality of their complements: lexicon/complements.yaml and lexicon/modality.yaml, loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.reading._data import load_yaml
from onrecord.records import LexiconError, Status

EFFECTS = frozenset(
    {
        "same",
        "fact",
        "inner",
        "not",
        "topic",
        "mandative",
        "lets",
        "planned",
        "called_for",
        "threatened",
        "hypothetical",
        "negated",
        "ongoing",
    }
)
POSES = ("verb", "noun", "adj")
COMPLEMENTS = "lexicon/complements.yaml"
MODALITY = "lexicon/modality.yaml"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the complement lexicon: words that treat their complements alike."""

    words: tuple[str, ...]
    pos: str
    frames: Mapping[str, str]
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Modality:
    """The words of lexicon/modality.yaml, ready for lookup."""

    modals: Mapping[str, Mapping[str, str]]
    modal_forms: Mapping[str, str]
    negators: frozenset[str]
    negators_unless_before: frozenset[str]
    negative_determiners: frozenset[str]
    negative_pronouns: frozenset[str]
    negative_conjunctions: frozenset[str]
    adverbs: Mapping[str, str]
    hedges: frozenset[str]
    hedge_adjectives: frozenset[str]
    adjectives: Mapping[str, str]
    markers: Mapping[str, str]
    prepositions: Mapping[str, str]
    past_words: frozenset[str]
    future_words: frozenset[str]
    outcomes: frozenset[str]
    drafts: Mapping[str, str]
    courts: frozenset[str]
    utterances: frozenset[str]
    answers: frozenset[str]
    gatherings: frozenset[str]
    departures: frozenset[str]
    failures: frozenset[str]
    kin: Mapping[str, frozenset[str]]


@cache
def entries() -> tuple[Entry, ...]:
    """The complement lexicon as written, entry by entry."""
    return tuple(_entry(number, raw) for number, raw in enumerate(load_yaml(COMPLEMENTS), start=1))


@cache
def complements() -> dict[tuple[str, str], Mapping[str, str]]:
    """(lemma, part of speech) -> frame -> effect; entries further down override those above, frame by frame."""
    table: dict[tuple[str, str], dict[str, str]] = {}
    for entry in entries():
        for word in entry.words:
            table.setdefault((word, entry.pos), {}).update(entry.frames)
    return {**table}


@cache
def modality() -> Modality:
    """The modality lexicon."""
    raw: dict[str, Any] = load_yaml(MODALITY)
    return Modality(
        modals=raw["modals"],
        modal_forms=raw["modal_forms"],
        negators=frozenset(raw["negators"]),
        negators_unless_before=frozenset(raw["negators_unless_before"]),
        negative_determiners=frozenset(raw["negative_determiners"]),
        negative_pronouns=frozenset(raw["negative_pronouns"]),
        negative_conjunctions=frozenset(raw["negative_conjunctions"]),
        adverbs=_turned(raw["adverbs"]),
        hedges=frozenset(raw["hedges"]),
        hedge_adjectives=frozenset(raw["hedge_adjectives"]),
        adjectives=_turned(raw["adjectives"]),
        markers=raw["markers"],
        prepositions=raw["prepositions"],
        past_words=frozenset(raw["past_words"]),
        future_words=frozenset(raw["future_words"]),
        outcomes=frozenset(raw["outcomes"]),
        drafts=_turned(raw["drafts"]),
        courts=frozenset(raw["courts"]),
        utterances=frozenset(raw["utterances"]),
        answers=frozenset(raw["answers"]),
        gatherings=frozenset(raw["gatherings"]),
        departures=frozenset(raw["departures"]),
        failures=frozenset(raw["failures"]),
        kin=_kin(raw["kin"]),
    )


def _entry(number: int, raw: Mapping[str, Any]) -> Entry:
    where = f"{COMPLEMENTS}, entry {number}"
    if raw.get("pos") not in POSES:
        raise LexiconError(f"{where}: pos is {raw.get('pos')!r}; use one of {', '.join(POSES)}")
    if not raw.get("words") or not raw.get("frames") or not raw.get("examples"):
        raise LexiconError(f"{where}: words, frames and examples must all be there and not empty")
    for frame, effect in raw["frames"].items():
        if not isinstance(frame, str):
            raise LexiconError(f"{where}: frame {frame!r} is no text; put quotes round on, off, yes and no")
        if effect not in EFFECTS:
            raise LexiconError(
                f"{where}: effect {effect!r} of frame {frame!r} is unknown; use one of {', '.join(sorted(EFFECTS))}"
            )
    if len(set(raw["words"])) != len(raw["words"]):
        raise LexiconError(f"{where}: a word is listed twice")
    for status, sentence in raw["examples"]:
        if status not in {item.value for item in Status} or sentence.count("*") != 2:
            raise LexiconError(f"{where}: example {sentence!r} needs a status and one *starred* word")
    return Entry(
        words=tuple(raw["words"]),
        pos=raw["pos"],
        frames=dict(raw["frames"]),
        examples=tuple((status, sentence) for status, sentence in raw["examples"]),
    )


def _turned(groups: Mapping[str, list[str]]) -> dict[str, str]:
    """{status: words} as {word: status}; the status named first keeps a word listed twice."""
    found: dict[str, str] = {}
    for status, words in groups.items():
        for word in words:
            found.setdefault(word, status)
    return found


def _kin(families: Sequence[Sequence[str]]) -> dict[str, frozenset[str]]:
    """Each word with all the words that may stand for the same act."""
    found: dict[str, frozenset[str]] = {}
    for family in families:
        for word in family:
            found[word] = found.get(word, frozenset()) | frozenset(family)
    return found
