"""Entity counts and their label maps."""

from __future__ import annotations

from evals.entities import NAMED, OURS, UNER_SAID, WORLDWIDE, mapped, title_case, typed, untyped


def test_labels_without_a_counterpart_are_left_out() -> None:
    assert mapped([(0, 1, "Person"), (1, 2, "Money")], WORLDWIDE) == [(0, 1, "PER")]


def test_a_facility_is_a_place_only_where_the_corpus_has_it_so() -> None:
    assert mapped([(0, 1, "FAC")], UNER_SAID) == [(0, 1, "LOC")]
    assert mapped([(0, 1, "FAC")], OURS) == [(0, 1, "FAC")]


def test_span_and_type_must_both_be_right() -> None:
    gold = [[(0, 2, "PER"), (3, 4, "LOC"), (5, 6, "NORP")]]
    said = [[(0, 2, "PER"), (3, 4, "ORG"), (0, 1, "PER"), (5, 6, "NORP")]]
    counts = typed(gold, said, NAMED)
    assert (counts.right, counts.gold, counts.said) == (1, 2, 3)


def test_untyped_spans_disregard_the_type_but_not_nationalities() -> None:
    counts = untyped([[(0, 2, "PER"), (3, 4, "FAC"), (5, 6, "NORP")]], [[(0, 2, "ORG"), (3, 4, "LOC")]])
    assert (counts.right, counts.gold, counts.said) == (2, 2, 2)


def test_title_case_keeps_capitals_inside() -> None:
    assert [title_case(w) for w in ("says", "U.N.", "McKee", "")] == ["Says", "U.N.", "McKee", ""]
