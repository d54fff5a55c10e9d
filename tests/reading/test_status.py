"""Done or not done: the same act across constructions, and the lexicons that decide."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from spacy.language import Language

from onrecord.reading import _complements
from onrecord.reading._complements import complements, entries, modality
from onrecord.reading._statements import find_statements
from onrecord.reading._status import status_of
from onrecord.records import LexiconError, Status

SUITES: list[dict[str, Any]] = [
    yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
    for name in ("status_pairs.yaml", "status_pairs_scope.yaml")
]
ROWS = [row for suite in SUITES for row in suite["pairs"]]
KNOWN = frozenset(item for suite in SUITES for item in suite.get("known_failures") or ())
PAIRS = [
    pytest.param(*row, *[None] * (3 - len(row)), marks=[pytest.mark.xfail(strict=True)] if row[1] in KNOWN else [])
    for row in ROWS
]
EXAMPLES = [
    pytest.param(status, sentence, marks=[pytest.mark.xfail(strict=True)] if sentence in KNOWN else [])
    for entry in entries()
    for status, sentence in entry.examples
]


def status(nlp: Language, starred: str, kind: str | None = None) -> Status:
    """The status of the *starred* word of a sentence."""
    before, word, after = starred.split("*")
    doc = nlp(before + word + after)
    token = next(token for token in doc if token.idx == len(before))
    return status_of(doc, token.i, find_statements(doc), None, type=kind)[0]


@pytest.mark.parametrize(("expected", "sentence", "kind"), PAIRS)
def test_a_sentence_of_the_suite_has_its_status(nlp: Language, expected: str, sentence: str, kind: str | None) -> None:
    assert status(nlp, sentence, kind).value == expected


@pytest.mark.parametrize(("expected", "sentence"), EXAMPLES)
def test_an_example_of_the_complement_lexicon_has_its_status(nlp: Language, expected: str, sentence: str) -> None:
    assert status(nlp, sentence).value == expected


def test_at_most_one_sentence_in_twenty_is_a_known_failure() -> None:
    assert {row[1] for row in ROWS} | {text for entry in entries() for _, text in entry.examples} >= KNOWN
    assert len(KNOWN) * 20 <= len(PAIRS) + len(EXAMPLES)


def test_every_status_occurs_in_the_suite() -> None:
    assert {row[0] for row in ROWS} == {item.value for item in Status}


def test_no_sentence_stands_twice_in_the_suite() -> None:
    sentences = [row[1] for row in ROWS]
    assert len(sentences) == len(set(sentences))


def test_the_reason_names_the_word_that_decided(nlp: Language) -> None:
    doc = nlp("The army refused to withdraw.")
    withdraw = next(token.i for token in doc if token.text == "withdraw")
    assert status_of(doc, withdraw, find_statements(doc), None) == (Status.negated, "status/refuse+to")


def test_harm_on_a_condition_is_a_threat_and_help_on_a_condition_is_not(nlp: Language) -> None:
    sentence = "The alliance will *act* unless the siege ends."
    assert status(nlp, sentence, "ASSAULT") is Status.threatened
    assert status(nlp, sentence, "AID") is Status.hypothetical


def test_the_clause_that_carries_a_noun_can_be_named(nlp: Language) -> None:
    doc = nlp("An attack by the navy is what the generals will launch.")
    attack, launch = (next(token.i for token in doc if token.text == word) for word in ("attack", "launch"))
    found = find_statements(doc)
    assert status_of(doc, attack, found, None, type="ASSAULT", clause=launch)[0] is not Status.happened


def test_every_modal_says_something_with_and_without_negation() -> None:
    statuses = {item.value for item in Status}
    for says in modality().modals.values():
        assert set(says) == {"plain", "not", "have"}
        assert set(says.values()) <= statuses | {"would"}


def test_every_word_says_something_in_every_frame_it_has() -> None:
    assert all(effect in _complements.EFFECTS for frames in complements().values() for effect in frames.values())


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        ({"words": ["plan"], "pos": "verb", "frames": {"to": "perhaps"}, "examples": [["planned", "*x*"]]}, "unknown"),
        ({"words": ["plan"], "pos": "thing", "frames": {"to": "planned"}, "examples": [["planned", "*x*"]]}, "pos is"),
        ({"words": ["plan"], "pos": "verb", "frames": {"to": "planned"}, "examples": []}, "not empty"),
        ({"words": ["plan"], "pos": "verb", "frames": {"to": "planned"}, "examples": [["planned", "x"]]}, "starred"),
        ({"words": ["a", "a"], "pos": "verb", "frames": {"to": "same"}, "examples": [["planned", "*x*"]]}, "twice"),
        ({"words": ["plan"], "pos": "verb", "frames": {True: "same"}, "examples": [["planned", "*x*"]]}, "quotes"),
    ],
)
def test_a_broken_entry_is_refused_with_its_place(
    monkeypatch: pytest.MonkeyPatch, raw: dict[str, Any], complaint: str
) -> None:
    monkeypatch.setattr(_complements, "load_yaml", lambda name: [raw])
    with pytest.raises(LexiconError, match=complaint) as caught:
        _complements.entries.__wrapped__()
    assert "complements.yaml, entry 1" in str(caught.value)
