"""The event scorers on records made by hand."""

from __future__ import annotations

from typing import Any

from evals._plover import Triple, triple
from evals.events import comes_out_as_done, events_with_root, gsr_scores, lies_ahead, parties_overlap, unmarked
from tests.evals._records import entity, event, reading

TEXT = "Norland said it would withdraw its troops from Sudmark after talks with Westia."
PARTIES = [
    entity(TEXT, "n1", "Norland", "NOR"),
    entity(TEXT, "n2", "Sudmark", "DNK"),
    entity(TEXT, "n3", "Westia", "SWE"),
]


def gold(type_: str, words: str, source: list[str], target: list[str]) -> dict[str, Any]:
    sides = {"source": [{"code": c} for c in source], "target": [{"code": c} for c in target]}
    return {"id": "x", "event": type_, "eventText": words, "text": TEXT, **sides}


def values(records: list[dict[str, Any]], *events: Any) -> dict[str, float]:
    return {
        s.name.split(".")[1]: s.value for s in gsr_scores([records], [reading(TEXT, entities=PARTIES, events=events)])
    }


def test_old_type_names_are_mapped_before_comparing() -> None:
    found = values(
        [gold("DEMAND", "x", ["NOR"], ["DNK"])], event(TEXT, "withdraw", "REQUEST", actors=["n1"], recipients=["n2"])
    )
    assert found["type_f1"] == 100.0
    assert found["triple_f1"] == 100.0


def test_types_count_once_a_text_and_auxiliary_statuses_are_left_out() -> None:
    found = values(
        [gold("CONSULT", "talks", ["NOR"], ["SWE"])],
        event(TEXT, "talks", "CONSULT", actors=["n1"], recipients=["n3"]),
        event(TEXT, "said", "CONSULT", actors=["n1"], recipients=["n2"], number=2),
        event(TEXT, "withdraw", "RETREAT", actors=["n1"], status="called_for", number=3),
    )
    assert found["type_f1"] == 100.0
    assert round(found["type_f1_all"], 1) == 66.7
    assert round(found["triple_f1"], 1) == 66.7


def test_a_text_with_only_hypothetical_events_is_silent() -> None:
    assert (
        values([gold("RETREAT", "x", [], [])], event(TEXT, "withdraw", "RETREAT", status="hypothetical"))["silent"]
        == 100.0
    )


def test_a_mutual_act_may_be_written_with_roles_or_without() -> None:
    pooled = Triple("CONSULT", frozenset({"NOR", "SWE"}), frozenset())
    assert pooled.agrees(Triple("CONSULT", frozenset({"NOR"}), frozenset({"SWE"})))
    assert not Triple("CONSULT", frozenset({"SWE"}), frozenset({"NOR"})).agrees(
        Triple("CONSULT", frozenset({"NOR"}), frozenset({"SWE"}))
    )


def test_bodies_have_a_code_in_the_country_slot() -> None:
    text = "The League met."
    body = entity(text, "n1", "League", None, sectors=["IGO"])
    other = entity(text, "n2", "League", "UNO")
    said = triple(event(text, "met", "CONSULT", actors=["n1", "n2"]), reading(text, entities=[body, other]))
    assert said.actors == {"IGO"}


def test_the_act_and_not_its_announcement_decides_whether_it_came_out_as_done() -> None:
    record = gold("THREATEN", "said would withdraw troops", ["NOR"], ["DNK"])
    assert lies_ahead(record)
    done = reading(TEXT, entities=PARTIES, events=[event(TEXT, "withdraw", "RETREAT")])
    ahead = reading(TEXT, entities=PARTIES, events=[event(TEXT, "withdraw", "RETREAT", status="planned")])
    announced = reading(TEXT, entities=PARTIES, events=[event(TEXT, "said", "CONCEDE")])
    assert comes_out_as_done(record, done)
    assert not comes_out_as_done(record, ahead)
    assert not comes_out_as_done(record, announced)


def test_refusals_are_not_among_the_acts_that_lie_ahead() -> None:
    assert not lies_ahead(gold("REJECT", "says will not accept", [], []))
    assert lies_ahead(gold("SANCTION", "announced would prohibit", [], []))


def test_marks_are_taken_out_of_a_sentence_and_every_marked_span_is_kept() -> None:
    text, sources, targets = unmarked("<s>Norland</s> met <t>Westia</t> at the <s>Norland</s> fair.")
    assert text == "Norland met Westia at the Norland fair."
    assert [text[a:b] for a, b in sources] == ["Norland", "Norland"]
    assert [text[a:b] for a, b in targets] == ["Westia"]


def test_parties_must_lie_in_the_marked_spans_of_their_role() -> None:
    whole = reading(TEXT, entities=PARTIES)
    north, south = [(0, 7)], [(TEXT.index("Sudmark"), TEXT.index("Sudmark") + 7)]
    assault = event(TEXT, "withdraw", "ASSAULT", actors=["n1"], recipients=["n2"])
    talks = event(TEXT, "talks", "CONSULT", actors=["n2", "n1"])
    assert parties_overlap(assault, whole, north, south)
    assert not parties_overlap(assault, whole, south, north)
    assert parties_overlap(talks, whole, south, north)
    assert not parties_overlap(talks, whole, north, north)


def test_a_side_without_a_mark_asks_for_nothing() -> None:
    whole = reading(TEXT, entities=PARTIES)
    assert parties_overlap(event(TEXT, "withdraw", "ASSAULT", actors=["n1"]), whole, [(0, 7)], [])
    assert not parties_overlap(event(TEXT, "withdraw", "ASSAULT", actors=["n2"]), whole, [(0, 7)], [])


def test_yield_is_conceding_or_retreating() -> None:
    whole = reading(TEXT, entities=PARTIES, events=[event(TEXT, "withdraw", "RETREAT")])
    assert events_with_root("YIELD", whole)
    assert not events_with_root("ASSAULT", whole)
