"""Repairs: what is mended, what it is called, and what is left as it was printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ingest import REPAIRS
from onrecord.ingest._repair import repair

MENDED = [
    ("It was over.\nÂ", "It was over.\n", "mojibake"),
    ("It was over,Â\nand more", "It was over,\nand more", "mojibake"),
    ("He said itâ€™s over", "He said it’s over", "mojibake"),
    ("TEHRANâ€” The talks", "TEHRAN— The talks", "mojibake"),
    ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour", "newlines"),
    ("10\u00a0people", "10 people", "spaces"),
    ("a\x1b[31mred\x1b[0m b\x07c", "ared bc", "control-characters"),
    ("co\u00adoperate\u200b now\u200f", "cooperate now", "invisible-characters"),
    ("Johnson &amp; Sons &#8217;s", "Johnson & Sons ’s", "html-entities"),
    ("the oﬃce", "the office", "ligatures"),
    ("a \ud83d\ude00 \ud800", "a 😀 \ufffd", "surrogates"),
    ("cafe\u0301", "café", "unicode-nfc"),
    ("\ufeffBegin", "Begin", "byte-order-mark"),
]


@pytest.mark.parametrize(("text", "mended", "name"), MENDED, ids=[name for _, _, name in MENDED])
def test_damage_is_mended_and_named(text: str, mended: str, name: str) -> None:
    assert repair(text) == (mended, (name,))


@pytest.mark.parametrize(
    "text",
    [
        "“Curly” ‘quotes’ – and — dashes…",
        "ÂNGSTRÖM AND PLANCK",
        "SALÂ and TÂ",
        "Orléans, São Tomé, Łódź, Đà Nẵng, 東京, Москва",
        "use &amp; in <b>HTML</b>",
        "a\tb  c\n\n\nd  ",
        "½ litre, 5′ 10″, № 7, ﷺ",
    ],
)
def test_what_is_printed_that_way_is_left_alone(text: str) -> None:
    assert repair(text) == (text, ())


def test_every_repair_is_a_documented_word() -> None:
    assert {name for _, _, name in MENDED} <= set(REPAIRS)


@given(st.text())
def test_repair_of_what_is_repaired_changes_nothing_more_than_once(text: str) -> None:
    once, names = repair(text)
    assert set(names) <= set(REPAIRS)
    once.encode("utf-8")
    assert "\r" not in once
    assert "\u00a0" not in once
    if not names:
        assert once == text
