"""Numbers in digits and words."""

from __future__ import annotations

import pytest

from onrecord.reading._data import load_yaml
from onrecord.reading._numerals import read_digits, read_numerals, read_ordinal


@pytest.mark.parametrize(("words", "wanted"), load_yaml("lexicon/numerals.yaml")["examples"].items())
def test_every_example_in_the_lexicon_is_read_whole(words: str, wanted: str) -> None:
    row = words.split()
    (numeral,) = read_numerals(row)
    assert (numeral.start, numeral.end) == (0, len(row))
    low, _, open_end = wanted.partition("..")
    assert str(numeral.low) == low
    assert (numeral.high is None) == (".." in wanted)
    assert open_end == ""


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("two soldiers and three nurses", [2, 3]),
        ("nine or ten", [9, 10]),
        ("between five and seven", [5, 7]),
        ("five , six", [5, 6]),
        ("from 51 to 54", [51, 54]),
        ("20 - 30", [20, 30]),
        ("twenty - three - seven", [23, 7]),
        ("one thousand and one nights", [1001]),
        ("a man and a woman", []),
        ("few people came", []),
        ("a score to settle", []),
        ("the score was even", []),
        ("a hundred men and two dozen boys", [100, 24]),
        ("a couple married", []),
    ],
)
def test_neighbouring_numbers_stay_apart(sentence: str, values: list[int]) -> None:
    assert [numeral.low for numeral in read_numerals(sentence.split())] == values


@pytest.mark.parametrize(
    ("word", "value"),
    [("7", 7), ("0.5", 0.5), ("0.500", 0.5), ("1.000", 1000), ("12,5", None), ("7th", None), ("x", None)],
)
def test_digits_are_read_or_refused(word: str, value: float | None) -> None:
    assert read_digits(word) == value


@pytest.mark.parametrize(("word", "value"), [("third", 3), ("21st", 21), ("second", 2), ("22", None), ("last", None)])
def test_ordinals_are_read(word: str, value: int | None) -> None:
    assert read_ordinal(word) == value


def test_nothing_is_found_in_nothing() -> None:
    assert read_numerals([]) == []
