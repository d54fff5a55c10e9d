"""Cutting words into windows, and which line ends end sentences."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from onrecord.language._lines import after_stops, line_breaks
from onrecord.language._windows import WORDS, read_in_windows, stretch


def cut(lengths: Sequence[int], breaks: Sequence[int], sentences: Sequence[int] = ()) -> list[tuple[int, int]]:
    """Windows over words of these lengths; `breaks` are known, `sentences` are what the encoder would see."""
    known = np.zeros(len(lengths), bool)
    known[list(breaks)] = True

    def read(start: int, end: int) -> list[int]:
        return [0, *(s - start for s in (*sentences, *breaks) if start < s < end)]

    return list(read_in_windows(np.array(lengths, np.int64), known, 482, read))


@pytest.mark.parametrize("seed", range(20))
def test_windows_cover_all_words_once_in_order(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = int(rng.integers(1, 900))
    marks = sorted(set(rng.integers(0, size, size // 25).tolist()))
    windows = cut(rng.integers(1, 13, size).tolist(), marks[::2], marks[1::2])
    assert windows[0][0] == 0
    assert windows[-1][1] == size
    assert all(a[1] == b[0] for a, b in pairwise(windows))
    assert all(start < end for start, end in windows)


def test_a_long_paragraph_is_cut_where_a_sentence_begins() -> None:
    windows = cut([1] * 300, [], sentences=range(0, 300, 25))
    assert all(start % 25 == 0 for start, _ in windows)


def test_short_paragraphs_share_a_window() -> None:
    assert cut([1] * 90, [30, 60]) == [(0, 90)]


def test_an_endless_sentence_gets_the_whole_encoder() -> None:
    assert cut([1] * 400, []) == [(0, 400)]
    assert len(cut([1] * 2000, [])) > 3


def test_a_window_never_exceeds_the_encoder() -> None:
    known = np.zeros(500, bool)
    window = stretch(0, np.full(500, 12, np.int64), known, 4 * WORDS, 482)
    assert window.end * 12 <= 482


def breaks_of(text: str) -> list[str]:
    """Words after a sentence-ending line end."""
    tokens = []
    for line in text.split("\n"):
        tokens += [*line.split(), "\n"]
    merged: list[str] = []
    for token in tokens[:-1]:
        if token == "\n" and merged and merged[-1].isspace():
            merged[-1] += "\n"
        else:
            merged.append(token)
    where = np.flatnonzero([not t.isspace() for t in merged])
    return [merged[where[k]] for k in np.flatnonzero(line_breaks(merged, where))]


def test_every_line_end_ends_a_sentence_in_most_files() -> None:
    assert breaks_of("Talks fail\nThe envoy left on Monday.\nNo date was set.") == ["The", "No"]


def test_in_a_wrapped_file_only_empty_lines_do() -> None:
    wrapped = (
        "The foreign minister of the island republic said on Monday that his\n"
        "government would not take part in the talks, which are to begin next\n"
        "week in the capital, unless prisoners held since the spring were let\n"
        "go before the delegation set out from the airport.\n"
        "\n"
        "No reply came from the other side, whose envoy had already left for\n"
        "home on the weekend after three days of meetings with the mediators\n"
        "and one with the press.\n"
    )
    assert breaks_of(wrapped) == ["No"]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Talks failed . The envoy left .", ["The"]),
        ('He spoke of " free trade . " Few agreed .', ["Few"]),
        ("( He had left . ) “ Why ? ” she asked .", ["“"]),
        ("Mr. Obi met John F. Kennedy in St. Louis .", []),
        ("It cost 3.5 dollars . . . or so .", []),
    ],
)
def test_a_capital_behind_a_full_stop_looks_like_a_beginning(words: str, first: list[str]) -> None:
    split = words.split()
    assert [word for word, found in zip(split, after_stops(split), strict=True) if found] == first
