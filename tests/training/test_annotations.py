"""The annotation files: well formed, free of text, and drawn as the script says."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from evals.__main__ import default_data
from evals.current_events import FOLDER, Sentence, annotated, joined, own
from onrecord.reading._codebook import MODES
from onrecord.records import Bound, EventType, FigureKind, Status
from training.annotations.agreement import agreement
from training.annotations.draw import draw, fingerprint, sentences

ENTRY = re.compile(r"2025-\d\d-\d\d-\d{5}")
FILES = ["current_events.jsonl", "agreement/first.jsonl", "agreement/second.jsonl"]
CORPUS = default_data() / "current_events" / "2025.jsonl"
needs_corpus = pytest.mark.skipif(not CORPUS.exists(), reason=f"{CORPUS} is not there")


@pytest.mark.parametrize("name", FILES)
def test_the_files_hold_offsets_and_labels_but_no_words_of_the_text(name: str) -> None:
    labels = {*EventType, *Status, *FigureKind, *Bound, *(mode for modes in MODES.values() for mode in modes)}
    for item in annotated(FOLDER / name):
        assert set(item) == {"id", "span", "hash", "events", "figures"}
        assert ENTRY.fullmatch(item["id"])
        assert {s for part in (item["events"], item["figures"]) for s in strings(part)} <= labels


@pytest.mark.parametrize("name", [*FILES, "own.jsonl"])
def test_every_span_lies_in_its_sentence(name: str) -> None:
    for item in annotated(FOLDER / name):
        length = len(item["text"]) if "text" in item else item["span"][1] - item["span"][0]
        for event in item["events"]:
            spans = [event["trigger"], *event.get("also", []), *event["actors"], *event["recipients"]]
            assert all(0 <= start < end <= length for start, end in spans), (item["id"], event)
        assert all(0 <= f["span"][0] < f["span"][1] <= length for f in item["figures"]), item["id"]


@pytest.mark.parametrize("name", [*FILES, "own.jsonl"])
def test_types_modes_and_bounds_are_those_of_the_codebook(name: str) -> None:
    for item in annotated(FOLDER / name):
        for event in item["events"]:
            assert event["status"] in list(Status)
            assert event["mode"] is None or event["mode"] in MODES[EventType(event["type"])], (item["id"], event)
            assert event["type"] not in event.get("alt_types", [])
        for figure in item["figures"]:
            low, high = figure["low"], figure["high"]
            assert (low is None or high is None or low <= high) and (low, high) != (None, None), (item["id"], figure)


def test_no_sentence_is_annotated_twice() -> None:
    keys = [(item["id"], item["span"][0]) for item in annotated()]
    assert len(keys) == len(set(keys)) >= 1200


def test_the_second_pass_covers_the_sentences_of_the_first() -> None:
    first, second = (annotated(FOLDER / name) for name in FILES[1:])
    assert [i["hash"] for i in first] == [i["hash"] for i in second]
    assert len(first) >= 150


def test_a_file_agrees_with_itself() -> None:
    items = annotated(FOLDER / FILES[1])
    result = agreement(items, items)
    assert {value for value in result.values() if isinstance(value, float)} == {100.0}


def test_an_event_of_another_type_is_a_disagreement() -> None:
    event: dict[str, Any] = {"trigger": [0, 3], "type": "AID", "mode": None, "status": "happened"}
    event |= {"actors": [], "recipients": []}
    item = {"id": "a", "span": [0, 9], "events": [event], "figures": []}
    other = {**item, "events": [{**event, "type": "AGREE"}]}
    assert agreement([item], [other])["events F1"] == 0


@needs_corpus
def test_the_draw_is_the_one_that_was_annotated() -> None:
    entries = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    drawn = [
        (entry["id"], [start, end], fingerprint(entry["text"][start:end]))
        for entry in draw(entries)
        for start, end in sentences(entry["text"])
    ]
    assert drawn == [(i["id"], i["span"], i["hash"]) for i in annotated()]


@needs_corpus
def test_the_public_text_is_found_for_every_annotation() -> None:
    found = joined(default_data())
    assert not found.missing
    triggers = [words(s, e["trigger"]) for s in found.sentences for e in s.events]
    assert all(t == t.strip() for t in triggers)


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    text = "The U.S. Senate meets Gov. Hale. He speaks."
    assert [text[a:b] for a, b in sentences(text)] == ["The U.S. Senate meets Gov. Hale.", "He speaks."]


def test_own_sentences_hold_what_the_portal_lacks() -> None:
    status = [event["status"] for sentence in own() for event in sentence.events]
    assert status.count("negated") >= 15
    assert status.count("planned") >= 10
    assert sum('"' in sentence.text for sentence in own()) >= 5
    assert any(not sentence.events for sentence in own())


def words(sentence: Sentence, span: list[int]) -> str:
    return sentence.text[span[0] : span[1]]


def strings(value: Any) -> list[str]:
    """All strings among the values of nested lists and dictionaries."""
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [s for v in inside for s in strings(v)]
