"""Claims over time: spans, wording, steps by source, and who contradicts whom."""

from __future__ import annotations

import pytest

from onrecord.ledger._series import Claim, overlap, series
from onrecord.records import Bound, FigureKind, Scope


def claim(low, high=None, bound="exact", *, source="ministry", day="2024-03-12", article="a1", **fields) -> Claim:
    known = {
        "kind": FigureKind.killed, "scope": Scope.incident, "whom": "people", "told_by": "AFP", "event": "e",
        "text": f"{low} people", "as_of": day, "figure": f"{article}-{low}-{source}",
    }  # fmt: skip
    return Claim(
        low=low, high=high, bound=Bound(bound), source=source, article=article, published=day, **{**known, **fields}
    )


@pytest.mark.parametrize(
    ("one", "span", "says"),
    [
        (claim(54), (54, 54), "54"),
        (claim(12, None, "at_least"), (12, float("inf")), "at least 12"),
        (claim(1300, None, "more_than"), (1301, float("inf")), "more than 1,300"),
        (claim(None, 40, "at_most"), (0, 40), "at most 40"),
        (claim(None, 40, "less_than"), (0, 39), "fewer than 40"),
        (claim(5, 8, "range"), (5, 8), "5 to 8"),
        (claim(100, None, "about"), (90, 110), "about 100"),
        (claim(24, None, "vague", text="dozens"), (24, float("inf")), "dozens"),
    ],
)
def test_a_claim_knows_what_it_leaves_possible_and_how_to_say_it(one, span, says):
    assert one.span == pytest.approx(span)
    assert one.says == says


@pytest.mark.parametrize(
    ("a", "b", "meet"),
    [
        (claim(54), claim(12, None, "at_least"), True),
        (claim(54), claim(60, None, "at_least"), False),
        (claim(54), claim(54, None, "more_than"), False),
        (claim(54), claim(50, None, "about"), True),
        (claim(5, 8, "range"), claim(8, 10, "range"), True),
        (claim(5, 8, "range"), claim(9), False),
    ],
)
def test_ranges_overlap_when_some_number_fits_both(a, b, meet):
    assert overlap(a, b) is overlap(b, a) is meet


def test_a_source_s_revisions_are_steps_in_the_order_of_what_they_are_of():
    claims = [claim(9, day="2024-03-14", article="a3"), claim(12, day="2024-03-13", article="a2"), claim(7)]
    (found,) = series(claims)
    (ministry,) = found.sources
    assert [(step.claim.low, step.change) for step in ministry.steps] == [(7, "first"), (12, "raised"), (9, "lowered")]
    assert ministry.latest.low == 9


def test_a_late_report_of_an_old_count_comes_where_the_count_belongs():
    late = claim(5, day="2024-03-20", as_of="2024-03-11", article="a9")
    (found,) = series([claim(7), late])
    assert [step.claim.low for step in found.sources[0].steps] == [5, 7]


def test_the_same_claim_in_several_articles_is_one_step():
    (found,) = series([claim(7, article="a1"), claim(7, article="a2")])
    assert [step.articles for step in found.sources[0].steps] == [("a1", "a2")]


def test_the_same_number_on_a_later_day_is_repeated():
    (found,) = series([claim(7), claim(7, day="2024-03-14", article="a2")])
    assert [step.change for step in found.sources[0].steps] == ["first", "repeated"]


def test_who_says_how_many_and_who_contradicts_whom():
    says = [
        claim(54, source="ministry"),
        claim(12, None, "at_least", source="police"),
        claim(60, None, "at_least", source="union"),
        claim(54, source="hospital"),
    ]
    (found,) = series(says)
    assert found.who_says == (
        ("at least 60", ("union",)),
        ("54", ("hospital", "ministry")),
        ("at least 12", ("police",)),
    )
    assert [str(one) for one in found.disagreements] == [
        "hospital says 54, union says at least 60",
        "ministry says 54, union says at least 60",
    ]


def test_a_running_total_does_not_contradict_one_incident():
    (found,) = series([claim(54), claim(9000, source="agency", scope=Scope.total)])
    assert found.disagreements == ()


def test_soldiers_are_counted_apart_from_people_at_large():
    found = series([claim(54), claim(3, whom="soldiers"), claim(5, whom=None, source="police")])
    assert [(one.whom, len(one.sources)) for one in found] == [(None, 2), ("soldier", 1)]


def test_rows_hold_one_step_each():
    (found,) = series([claim(7), claim(12, day="2024-03-13", article="a2")])
    rows = found.rows()
    assert [(row["source"], row["as_of"], row["says"], row["change"]) for row in rows] == [
        ("ministry", "2024-03-12", "7", "first"),
        ("ministry", "2024-03-13", "12", "raised"),
    ]
