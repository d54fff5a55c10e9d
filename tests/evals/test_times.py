"""The scorer of times: inline annotation and equality of values."""

from __future__ import annotations

import pytest

from evals.times import _inline, same_value


def test_inline_annotation_gives_text_and_outermost_spans() -> None:
    marked = 'It fell <TIMEX2 val="1941">in <TIMEX2 val="1941-05">May</TIMEX2> 1941</TIMEX2> &amp; rose <TIMEX2>now</TIMEX2>.'
    text, gold = _inline(marked)
    assert text == "It fell in May 1941 & rose now."
    assert [(text[g.start : g.end], g.value) for g in gold] == [("in May 1941", "1941"), ("now", "")]


@pytest.mark.parametrize(
    ("gold", "ours", "same"),
    [
        ("1941-05", "1941-05", True),
        ("199", "199X", True),
        ("18", "18XX", True),
        ("1941-05", "1941", False),
        ("1941-05-02T10:30", "1941-05-02T10:30+02:00", True),
    ],
)
def test_values_are_the_same_across_the_two_spellings(gold: str, ours: str, same: bool) -> None:
    assert same_value(gold, ours) is same
