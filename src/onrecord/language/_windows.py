"""Cutting an article's words into the windows that are read in one encoding.

A window ends where a line ends, if it can; a longer paragraph is read up to the last sentence that is surely whole, and
the next window begins with the first that is not. Windows depend on the article's own words alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

WORDS = 120
"""Words of a window at most, unless they are all one sentence."""

PIECES = 200
"""Word pieces of a window at most, likewise."""


class Stretch(NamedTuple):
    """Words `start:end` are a window; `whole`: a sentence surely ends with it."""

    start: int
    end: int
    whole: bool


def stretch(start: int, lengths: NDArray[np.int64], known: NDArray[np.bool_], words: int, pieces: int) -> Stretch:
    """The window that begins at word `start`, by its limits and the known sentence breaks."""
    total = len(lengths)
    end = min(start + words, total)
    room = np.searchsorted(np.cumsum(lengths[start:end]), pieces, side="right")
    end = start + max(1, min(end - start, int(room)))
    if end == total or known[end]:
        return Stretch(start, end, True)
    breaks = np.flatnonzero(known[start + 1 : end])
    # Stop at the last line end, unless that would leave a window too short to be worth its run.
    if len(breaks) and breaks[-1] + 1 >= (end - start) // 3:
        return Stretch(start, start + 1 + int(breaks[-1]), True)
    return Stretch(start, end, False)


def read_in_windows(
    lengths: NDArray[np.int64],
    known: NDArray[np.bool_],
    most_pieces: int,
    read: Callable[[int, int], Sequence[int]],
) -> Iterator[tuple[int, int]]:
    """Read all words, window after window; yields the words `start:end` to keep of each reading.

    `read(start, end)` reads a window and gives the places, relative to `start`, where it saw sentences begin.
    """
    start, total = 0, len(lengths)
    while start < total:
        window = stretch(start, lengths, known, WORDS, PIECES)
        begins = read(window.start, window.end)
        if not window.whole and max(begins, default=0) == 0:
            # One sentence fills it all: give it what room the encoder has.
            longer = stretch(start, lengths, known, 4 * WORDS, most_pieces)
            if longer.end > window.end:
                window = longer
                begins = read(window.start, window.end)
        last = max(begins, default=0)
        keep = window.end if window.whole or last == 0 else window.start + last
        yield window.start, keep
        start = keep
