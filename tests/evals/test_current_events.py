"""Joining annotations with their public text, and the scores, on entries written here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.current_events import Sentence, Tally, add_sentence, joined, scores_of
from onrecord.records import Bound, Figure, FigureKind, Reading, Scope, Span
from tests.evals._records import entity, event, reading, span
from training.annotations.draw import fingerprint

FIRST = "Gulland bombs a port in Tarsia, killing two sailors."
SECOND = "Tarsia will meet Gulland on Monday."
TEXT = f"{FIRST} {SECOND}"
ENTITIES = [entity(TEXT, "n1", "Gulland"), entity(TEXT, "n2", "Tarsia"), entity(TEXT, "n3", "sailors")]


def place(words: str, text: str = FIRST) -> list[int]:
    return [text.index(words), text.index(words) + len(words)]


def act(trigger: str, type_: str, status: str = "happened", *, text: str = FIRST, **more: Any) -> dict[str, Any]:
    base = {"trigger": place(trigger, text), "type": type_, "mode": None, "status": status}
    return {**base, "actors": [], "recipients": [], **more}


ATTACK = act("bombs", "ASSAULT", also=[place("killing")], actors=[place("Gulland")], recipients=[place("sailors")])
TWO = {"span": place("two"), "kind": "killed", "low": 2, "high": 2, "bound": "exact"}
READ_TWO = Figure(
    id="f1",
    kind=FigureKind.killed,
    low=2,
    high=2,
    bound=Bound.exact,
    scope=Scope.incident,
    span=span(TEXT, "two"),
    sentence=Span.of(TEXT, 0, len(FIRST)),
    because="by hand",
)


def sentence(*events: dict[str, Any], figures: Any = (), second: bool = False) -> Sentence:
    at = (len(FIRST) + 1, len(TEXT)) if second else (0, len(FIRST))
    return Sentence("2025-09-01-00001", TEXT, at, events, figures)


def values(said: Reading, *sentences: Sentence) -> dict[str, float]:
    tally = Tally()
    for item in sentences:
        add_sentence(tally, item, said, range(len(TEXT) + 1))
    return {score.name.removeprefix("current."): score.value for score in scores_of(tally)}


def test_a_reading_that_says_what_was_annotated_scores_full_marks() -> None:
    said = reading(
        TEXT,
        entities=ENTITIES,
        events=[event(TEXT, "killing", "ASSAULT", actors=["n1"], recipients=["n3"])],
        figures=[READ_TWO],
    )
    result = values(said, sentence(ATTACK, figures=[TWO]))
    right = ("events_f1", "type_f1", "status", "parties_f1", "whole", "figures_f1", "figure_kind")
    assert {name: result[name] for name in right} == dict.fromkeys(right, 100.0)
    assert result["silent"] == result["unreal_as_done"] == 0


def test_an_event_with_a_trigger_elsewhere_counts_for_its_type_only() -> None:
    said = reading(TEXT, entities=ENTITIES, events=[event(TEXT, "port", "ASSAULT", actors=["n1"])])
    result = values(said, sentence(ATTACK))
    assert (result["events_f1"], result["type_f1"], result["silent"]) == (0, 100, 0)


@pytest.mark.parametrize(("type_", "found"), [("COERCE", 100.0), ("AID", 0.0)])
def test_a_type_named_as_an_alternative_is_right(type_: str, found: float) -> None:
    said = reading(TEXT, entities=ENTITIES, events=[event(TEXT, "bombs", type_)])
    assert values(said, sentence({**ATTACK, "alt_types": ["COERCE"]}))["events_f1"] == found


def test_a_plan_read_as_done_is_counted() -> None:
    plan = act("meet", "CONSULT", "planned", text=SECOND)
    said = reading(TEXT, entities=ENTITIES, events=[event(TEXT, "meet", "CONSULT", status="happened")])
    result = values(said, sentence(plan, second=True))
    assert (result["status"], result["unreal_as_done"]) == (0, 100)


def test_a_meeting_pools_both_roles() -> None:
    parties = {"actors": [place("Tarsia", SECOND)], "recipients": [place("Gulland", SECOND)]}
    plan = act("meet", "CONSULT", "planned", text=SECOND, **parties)
    both = [entity(SECOND, "n1", "Gulland"), entity(SECOND, "n2", "Tarsia")]
    said = reading(
        SECOND, entities=both, events=[event(SECOND, "meet", "CONSULT", actors=["n1", "n2"], status="planned")]
    )
    alone = Sentence("2025-09-01-00001", SECOND, (0, len(SECOND)), [plan], [])
    assert values(said, alone)["whole"] == 100


def test_roles_the_wrong_way_round_are_wrong() -> None:
    swapped = event(TEXT, "bombs", "ASSAULT", actors=["n3"], recipients=["n1"])
    assert values(reading(TEXT, entities=ENTITIES, events=[swapped]), sentence(ATTACK))["parties_f1"] == 0


def test_events_outside_the_annotated_sentence_do_not_count() -> None:
    said = reading(TEXT, entities=ENTITIES, events=[event(TEXT, "meet", "CONSULT")])
    result = values(said, sentence(ATTACK))
    assert (result["events_precision"], result["silent"]) == (0, 100)
    tally = Tally()
    add_sentence(tally, sentence(ATTACK), said, range(len(TEXT) + 1))
    assert tally.events.said == 0


@pytest.fixture
def data(tmp_path: Path) -> Path:
    entry = {"id": "2025-09-01-00001", "date": "2025-09-01", "category": "", "text": TEXT}
    (tmp_path / "current_events").mkdir()
    (tmp_path / "current_events" / "2025.jsonl").write_text(json.dumps(entry) + "\n", encoding="utf-8")
    return tmp_path


def item(id_: str, words: str = SECOND) -> dict[str, Any]:
    at = [len(FIRST) + 1, len(TEXT)]
    return {"id": id_, "span": at, "hash": fingerprint(words), "events": [], "figures": []}


def test_a_sentence_is_found_by_its_hash_even_when_entries_were_renumbered(data: Path) -> None:
    found = joined(data, [item("2025-09-01-00001"), item("2025-09-01-00777")])
    assert [s.text for s in found.sentences] == [SECOND, SECOND]
    assert not found.missing


def test_a_sentence_whose_words_changed_is_reported_missing(data: Path) -> None:
    found = joined(data, [item("2025-09-01-00001", "Other words.")])
    assert (list(found.sentences), list(found.missing)) == ([], ["2025-09-01-00001"])


@pytest.mark.parametrize(("month", "part"), [("01", "train"), ("08", "train"), ("09", "dev"), ("12", "dev")])
def test_the_months_are_split_once_and_for_all(month: str, part: str) -> None:
    assert Sentence(f"2025-{month}-01-00001", TEXT, (0, 1), [], []).part == part
