"""Clusters: who meets whom and why, and what people decide."""

import pytest

from onrecord.ledger._clusters import Clusterer, MemoryIndex
from onrecord.ledger._errors import BadCorrection, NoSuchRecord
from onrecord.ledger._evidence import weigh
from onrecord.ledger._features import EventFeatures, Story

RAID = {"garissa": 2.0, "market": 0.8, "gunm": 1.0, "keny": 1.2, "trader": 0.9}
VOTE = {"lusaka": 2.0, "ballot": 1.1, "commission": 0.5, "lungu": 1.8}
BY = {"by": "ann", "at": "2024-03-14T09:00:00Z"}


def event(id_: str, *, terms=RAID, published="2024-03-12", **fields) -> EventFeatures:
    fields.setdefault("type", "ASSAULT")
    fields.setdefault("trigger", ("attack",))
    return EventFeatures(id=id_, story=Story(f"article-{id_}", published, terms), **fields)


@pytest.fixture
def clusterer() -> Clusterer:
    return Clusterer(MemoryIndex())


def place(clusterer: Clusterer, *events: EventFeatures) -> list[str]:
    return [clusterer.place(one).cluster for one in events]


def test_two_reports_of_one_act_meet_and_the_reason_says_why(clusterer):
    clusterer.place(event("a", place="garissa", exact=True, counts=(("killed", 14),)))
    placed = clusterer.place(event("b", place="garissa", exact=True, counts=(("killed", 14),), trigger=("raid",)))
    assert placed.cluster == "c:a"
    assert placed.reason.kind == "match" and placed.reason.event == "a"
    assert {name for name, _, _ in placed.reason.parts} == {"kin", "story", "place", "counts"}
    assert placed.reason.score == pytest.approx(sum(points for _, _, points in placed.reason.parts) - 4.9, abs=0.05)
    assert "garissa" in str(placed.reason)


def test_the_same_word_in_another_story_is_another_event(clusterer):
    assert len(set(place(clusterer, event("a"), event("b", terms=VOTE)))) == 2


def test_acts_of_different_meaning_in_one_story_stay_apart(clusterer):
    arrest = event("b", trigger=("arrest",), type="COERCE", mode="arrest")
    assert len(set(place(clusterer, event("a"), arrest))) == 2


def test_two_towns_are_two_events(clusterer):
    there = event("a", place="garissa", exact=True, country="KEN")
    elsewhere = event("b", place="mandera", exact=True, country="KEN")
    assert len(set(place(clusterer, there, elsewhere))) == 2


@pytest.mark.parametrize(("days", "clusters"), [(("2024-03-11", "2024-03-12"), 1), (("2024-03-01", "2024-03-11"), 2)])
def test_days_that_the_reports_give_decide_when_they_are_far_apart(clusterer, days, clusters):
    a, b = (event(id_, first=day, last=day) for id_, day in zip("ab", days, strict=True))
    assert len(set(place(clusterer, a, b))) == clusters


def test_without_days_articles_a_month_apart_tell_of_different_events(clusterer):
    assert len(set(place(clusterer, event("a"), event("b", published="2024-04-12")))) == 2


def test_status_and_perpetrator_do_not_part_reports_of_one_act(clusterer):
    a = event("a", actors=("al shabaab",), place="garissa", exact=True, status="happened")
    b = event("b", actors=("kenyan police",), place="garissa", exact=True, status="negated")
    assert len(set(place(clusterer, a, b))) == 1


def test_evidence_is_the_same_from_either_side():
    a, b = (
        event("a", actors=("x",), first="2024-03-11"),
        event("b", actors=("y",), first="2024-03-12", trigger=("raid",)),
    )
    one, other = weigh(a, b), weigh(b, a)
    assert one is not None and other is not None and one.score == other.score


def test_a_split_holds_when_the_articles_are_read_again(clusterer):
    a, b, c = (event(id_) for id_ in "abc")
    place(clusterer, a, b, c)
    decision = clusterer.split(["b", "c"], note="the second raid", **BY)
    for id_ in "abc":
        clusterer.remove(id_)
    assert place(clusterer, b, a, c) == ["c:b", "c:a", "c:b"]
    assert clusterer.place(c).reason.decision == decision.id


def test_a_merge_holds_when_the_articles_are_read_again(clusterer):
    a, b = event("a"), event("b", terms=VOTE)
    assert place(clusterer, a, b) == ["c:a", "c:b"]
    clusterer.merge("c:a", "c:b", **BY)
    clusterer.remove("b")
    placed = clusterer.place(b)
    assert placed.cluster == "c:a" and placed.reason.kind == "hand"


def test_a_later_article_joins_one_side_of_a_split_and_never_both(clusterer):
    place(clusterer, event("a"), event("b"))
    clusterer.split(["b"], **BY)
    index = clusterer._index
    placed = clusterer.place(event("c"))
    assert placed.cluster in ("c:a", "c:b")
    assert index.cluster_of("a") != index.cluster_of("b")


def test_undo_puts_back_what_was_moved_and_frees_it(clusterer):
    a, b = event("a"), event("b")
    place(clusterer, a, b)
    split = clusterer.split(["b"], **BY)
    clusterer.undo(split.id, **BY)
    assert clusterer._index.cluster_of("b") == "c:a"
    clusterer.remove("b")
    assert clusterer.place(b).reason.kind == "match"


def test_undo_leaves_alone_what_a_later_decision_moved(clusterer):
    place(clusterer, event("a"), event("b"), event("v", terms=VOTE))
    split = clusterer.split(["b"], **BY)
    clusterer.merge("c:v", "c:b", **BY)
    clusterer.undo(split.id, **BY)
    assert clusterer._index.cluster_of("b") == "c:v"


def test_the_newest_decision_wins(clusterer):
    a, b = event("a"), event("b")
    place(clusterer, a, b)
    clusterer.split(["b"], **BY)
    clusterer.merge("c:a", "c:b", **BY)
    clusterer.remove("b")
    assert clusterer.place(b).cluster == "c:a"


def test_what_cannot_be_decided_is_refused(clusterer):
    place(clusterer, event("a"), event("v", terms=VOTE))
    with pytest.raises(BadCorrection, match="leave out"):
        clusterer.split(["a"], **BY)
    with pytest.raises(BadCorrection, match="one cluster at a time"):
        clusterer.split(["a", "v"], **BY)
    with pytest.raises(NoSuchRecord, match="no such cluster"):
        clusterer.merge("c:a", "c:nobody", **BY)
    with pytest.raises(NoSuchRecord):
        clusterer.undo(7, **BY)
    merged = clusterer.merge("c:a", "c:v", **BY)
    clusterer.undo(merged.id, **BY)
    with pytest.raises(BadCorrection, match="already undone"):
        clusterer.undo(merged.id, **BY)


def test_features_come_back_from_json_as_they_were():
    one = event("a", actors=("x",), counts=(("killed", 14),), sentence=7, speakers=("Ann",))
    assert EventFeatures.from_json(one.to_json(), Story.from_json(one.story.to_json())) == one
