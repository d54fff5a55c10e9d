"""The counting itself, on inputs small enough to do by hand."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals._metrics import (
    CorefCounts,
    Counts,
    balanced_accuracy,
    cheapest_assignment,
    largest_pairing,
    pair_up,
    percent,
)


def test_f1_is_twice_the_right_over_all_that_was_annotated_and_said() -> None:
    counts = Counts()
    counts.add_sets({"a", "b", "c"}, {"b", "c", "d", "e"})
    assert (counts.right, counts.gold, counts.said) == (2, 3, 4)
    assert counts.precision == 50.0
    assert counts.recall == pytest.approx(66.667, abs=0.001)
    assert counts.f1 == pytest.approx(100 * 4 / 7)


def test_sets_are_compared_unit_by_unit_and_not_pooled() -> None:
    counts = Counts()
    counts.add_sets({"ASSAULT"}, {"CONSULT"})
    counts.add_sets({"CONSULT"}, {"ASSAULT"})
    assert counts.f1 == 0.0


def test_silence_scores_nothing() -> None:
    assert Counts().f1 == 0.0
    assert percent(0, 0) == 0.0


def test_balanced_accuracy_gives_both_classes_the_same_weight() -> None:
    gold = [True] * 8 + [False] * 2
    assert balanced_accuracy(gold, [True] * 10) == 50.0
    assert balanced_accuracy(gold, [True] * 8 + [False, True]) == 75.0


def test_the_best_ranked_pair_is_taken_first() -> None:
    ranks = {(0, 0): (1.0,), (0, 1): (2.0,), (1, 1): (1.0,)}
    assert pair_up([0, 1], [0, 1], lambda a, b: ranks.get((a, b))) == [(0, 1)]


def test_pairs_are_one_to_one() -> None:
    assert pair_up([0, 1, 2], [0, 1], lambda a, b: (0.0,)) == [(0, 0), (1, 1)]


def test_the_largest_pairing_moves_an_earlier_choice_out_of_the_way() -> None:
    fits = {(0, 0), (0, 1), (1, 0)}
    assert largest_pairing([0, 1], [0, 1], lambda a, b: (a, b) in fits) == [(0, 1), (1, 0)]


@given(st.lists(st.lists(st.integers(-9, 9), min_size=4, max_size=4), min_size=1, max_size=4))
def test_the_assignment_is_the_cheapest_of_all(cost: list[list[int]]) -> None:
    chosen = cheapest_assignment(cost)
    assert [row for row, _ in chosen] == list(range(len(cost)))
    assert len({column for _, column in chosen}) == len(cost)
    best = min(sum(cost[i][c] for i, c in enumerate(order)) for order in permutations(range(4), len(cost)))
    assert sum(cost[row][column] for row, column in chosen) == pytest.approx(best)


def test_perfect_coreference_is_a_hundred_in_every_metric() -> None:
    counts = CorefCounts()
    counts.add([{"a", "b"}, {"c", "d", "e"}], [{"c", "d", "e"}, {"a", "b"}])
    assert (counts.muc, counts.b_cubed, counts.ceaf_e, counts.conll) == (100.0, 100.0, 100.0, 100.0)


def test_coreference_metrics_agree_with_figures_worked_out_by_hand() -> None:
    # key {a b c} {d e f g}; response {a b} {c d} {f g h i}
    counts = CorefCounts()
    counts.add([set("abc"), set("defg")], [set("ab"), set("cd"), set("fghi")])
    # MUC: links kept of the key (3 - 2) + (4 - 3) = 2 of 5; of the response (2 - 1) + (2 - 2) + (4 - 3) = 2 of 5
    assert counts.muc == pytest.approx(40.0)
    # B3 recall: (4 + 1)/3 + (1 + 4)/4 over 7; precision: 4/2 + (1 + 1)/2 + 4/4 over 8
    recall, precision = (5 / 3 + 5 / 4) / 7, (2 + 1 + 1) / 8
    assert counts.b_cubed == pytest.approx(100 * 2 * recall * precision / (recall + precision))
    # CEAF: best alignment {a b c}-{a b} 4/5 and {d e f g}-{f g h i} 4/8; 2 key clusters, 3 of the response
    assert counts.ceaf_e == pytest.approx(100 * 2 * 1.3 / (2 + 3))


def test_clusters_of_one_mention_do_not_count() -> None:
    counts = CorefCounts()
    counts.add([{"a", "b"}, {"x"}], [{"a", "b"}, {"y"}])
    assert counts.conll == 100.0


def test_documents_are_summed_before_dividing() -> None:
    counts = CorefCounts()
    counts.add([{"a", "b"}], [{"a", "b"}])
    counts.add([{"a", "b"}, {"c", "d"}, {"e", "f"}], [])
    assert counts.muc == pytest.approx(100 * 2 * (1 * 0.25) / 1.25)
