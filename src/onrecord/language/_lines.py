"""Which line ends of a text end a sentence too, and which words look like a sentence's first.

In most files every line is a paragraph or a heading. In a file wrapped at a fixed width a line end means no more than a
space, and only an empty line ends a paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_WIDEST = 100
"""No wrapped file has longer lines."""

_STOPS = frozenset((".", "!", "?", "…", "...", "....", "!!", "!!!", "??", "???", "?!", "!?"))
_CLOSING = frozenset(('"', "”", "’", "'", "''", ")", "]"))
_OPENING = frozenset("“‘")

_FEWEST = 3
"""Line ends it takes to call a file wrapped."""


def line_breaks(texts: Sequence[str], where: NDArray[np.int64]) -> NDArray[np.bool_]:
    """For every word (token `where[k]`): does the white space before it begin a new sentence?"""
    out = np.zeros(len(where), bool)
    gaps = [i for i, text in enumerate(texts) if text.isspace() and _ends_line(text)]
    if not gaps:
        return out
    only_blank = _wrapped(texts, gaps)
    for i in gaps:
        if only_blank and not _ends_paragraph(texts[i]):
            continue
        after = np.searchsorted(where, i)
        if after < len(where):
            out[after] = True
    return out


def after_stops(words: Sequence[str]) -> NDArray[np.bool_]:
    """For every word: does it begin with a capital or a quotation mark behind a full stop, closing marks between?

    A stop that belongs to an abbreviation is part of its word and none here.
    """
    out = np.zeros(len(words), bool)
    for i in range(1, len(words)):
        word = words[i - 1]
        if word in _STOPS or word in _CLOSING:
            k = i - 1
            while k > 0 and words[k] in _CLOSING:
                k -= 1
            out[i] = words[k] in _STOPS and (words[i][0].isupper() or words[i][0] in _OPENING)
    return out


def _ends_line(text: str) -> bool:
    return any(mark in text for mark in "\n\r\x0b\x0c\x85\u2028\u2029")


def _ends_paragraph(text: str) -> bool:
    return text.replace("\r\n", "\n").replace("\r", "\n").count("\n") > 1 or "\u2029" in text or "\x0c" in text


def _wrapped(texts: Sequence[str], gaps: list[int]) -> bool:
    """Are the lines within paragraphs all of about one width, and sentences run across their ends?"""
    widths, across = [], 0
    start = 0
    for i in gaps:
        if not _ends_paragraph(texts[i]):
            # Tokens and the spaces between them; exact enough to tell lines of one width.
            widths.append(sum(len(text) + 1 for text in texts[start:i]))
            across += i + 1 < len(texts) and texts[i + 1][:1].islower() and texts[i - 1][-1:] not in ".!?"
        start = i + 1
    if len(widths) < _FEWEST:
        return False
    most = max(widths)
    even = sum(width > most - 22 for width in widths)
    return 40 <= most <= _WIDEST + 15 and even >= 0.8 * len(widths) and across >= 0.2 * len(widths)
