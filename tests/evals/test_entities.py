"""Entity counts and their label maps."""

from __future__ import annotations

import json
from pathlib import Path

from evals.entities import (
    NAMED,
    OURS,
    UNER_SAID,
    WORLDWIDE,
    is_name,
    longest,
    mapped,
    read_re3d,
    title_case,
    typed,
    untyped,
)


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


def test_of_re3d_only_sure_names_count_without_their_article(tmp_path: Path) -> None:
    text = "The Lima Fund told the miners in Peru it had closed."
    marked = [("The Lima Fund", "Organisation", 1), ("the miners", "Person", 1), ("Lima", "Location", 1)]
    marked += [("Peru", "Location", 0.2), ("it", "Organisation", 1)]
    rows = [
        {
            "documentId": "d",
            "begin": text.index(v),
            "end": text.index(v) + len(v),
            "type": t,
            "value": v,
            "confidence": c,
        }
        for v, t, c in marked
    ]
    (tmp_path / "documents.json").write_text(json.dumps({"_id": "d", "text": text}) + "\n", encoding="utf-8")
    (tmp_path / "entities.json").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert read_re3d(tmp_path) == [(text, [(4, 13, "ORG")])]


def test_a_name_has_capitals_and_is_no_pronoun() -> None:
    assert is_name("Bank of Lima")
    assert not any(map(is_name, ("Lima officials", "I", "We", "the", "", "12")))


def test_the_longest_of_nested_spans_is_kept() -> None:
    assert longest([(0, 4, "LOC"), (0, 9, "ORG"), (12, 15, "PER")]) == [(0, 9, "ORG"), (12, 15, "PER")]
