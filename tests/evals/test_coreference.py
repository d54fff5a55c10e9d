"""The judgement of pronouns."""

from __future__ import annotations

from evals.coreference import Said, innermost, judge_pronouns


def name(start: int, end: int) -> Said:
    return Said(start, end, end - 1, "name")


def pronoun(at: int) -> Said:
    return Said(at, at + 1, at, "pronoun")


# Ada(0) met(1) Bo(2) Berg(3) .(4) She(5) thanked(6) him(7)
GOLD = [[(0, 1), (5, 6)], [(2, 4), (7, 8)]]


def test_a_pronoun_is_right_when_its_antecedent_is_in_its_gold_cluster() -> None:
    assert judge_pronouns(GOLD, [[name(0, 1), pronoun(5)], [name(2, 4), pronoun(7)]]) == [True, True]


def test_a_pronoun_with_the_wrong_antecedent_is_wrong() -> None:
    assert judge_pronouns(GOLD, [[name(2, 4), pronoun(5)]]) == [False]


def test_a_pronoun_that_stands_for_nobody_is_wrong() -> None:
    assert judge_pronouns(GOLD, [[name(2, 4), pronoun(6)]]) == [False]


def test_a_pronoun_left_alone_is_not_judged() -> None:
    assert judge_pronouns(GOLD, [[pronoun(5), pronoun(7)]]) == []


def test_the_nearest_earlier_mention_counts() -> None:
    assert judge_pronouns(GOLD, [[name(2, 4), name(0, 1), pronoun(5)]]) == [False]


def test_part_of_a_name_is_enough() -> None:
    assert judge_pronouns(GOLD, [[name(3, 4), pronoun(7)]]) == [True]


def test_a_name_inside_a_larger_mention_is_its_own() -> None:
    cluster_of = {(0, 5): 1, (3, 5): 2}
    assert innermost(4, cluster_of) == 2
    assert innermost(1, cluster_of) == 1
    assert innermost(9, cluster_of) is None
