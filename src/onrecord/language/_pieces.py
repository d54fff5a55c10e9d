"""Words to what the encoder sees: word pieces, and the shape of each word.

The encoder's vocabulary is uncased, so what capitals tell travels beside it as a small class per word (`shape`),
together with whether a sentence is known to begin there (a new line, a heading, a break the caller set).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

SHAPES = 10
"""Classes of `shape`; a known break adds `SHAPES` to the class of its word."""

MOST_PIECES = 12
"""A longer word (an address, a hash) is cut here: its beginning tells enough."""


class Encoded(NamedTuple):
    """One window as the encoder takes it; `first` is the place of each word's first piece."""

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    first: NDArray[np.int64]


def shape(word: str) -> int:
    """The class of a word by its letters.

    1 lower, 2 Capital, 3 UPPER, 4 single capital, 5 mIxed, 6 digits, 7 letters and digits, 8 marks, 9 no case.
    """
    if word.isalpha():
        if word.islower():
            return 1
        if len(word) == 1:
            return 4 if word.isupper() else 9
        if word.isupper():
            return 3
        if word[0].isupper() and word[1:].islower():
            return 2
        return 5 if word.upper() != word.lower() else 9
    digits = any(c.isdigit() for c in word)
    if not any(c.isalpha() for c in word):
        return 6 if digits else 8
    if digits:
        return 7
    if word.islower():
        return 1
    if word.isupper():
        return 3
    return 2 if word[0].isupper() and word[1:].islower() else 5


class WordPieces:
    """The tokenizer, one word at a time, with every word it has met remembered."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.begin = self._id("[CLS]")
        self.end = self._id("[SEP]")
        self.unknown = self._id("[UNK]")
        self.mask = self._id("[MASK]")
        self._known: dict[str, tuple[tuple[int, ...], int]] = {}

    def word(self, word: str) -> tuple[tuple[int, ...], int]:
        """Piece ids and shape of one word."""
        found = self._known.get(word)
        if found is None:
            ids = self._tokenizer.encode(word, add_special_tokens=False).ids[:MOST_PIECES] or [self.unknown]
            found = (tuple(ids), shape(word))
            if len(self._known) > 200_000:  # a long run over many articles must not grow without end
                self._known.clear()
            self._known[word] = found
        return found

    def window(self, words: Sequence[str], breaks: Sequence[bool]) -> Encoded:
        """Encode the words of one window; `breaks[i]` says that a sentence is known to begin at word i."""
        ids = [self.begin]
        shapes = [0]
        first = []
        for word, known in zip(words, breaks, strict=True):
            pieces, form = self.word(word)
            first.append(len(ids))
            ids.extend(pieces)
            shapes.extend([form + SHAPES if known else form] * len(pieces))
        ids.append(self.end)
        shapes.append(0)
        return Encoded(np.array(ids, np.int64), np.array(shapes, np.int64), np.array(first, np.int64))

    def whole_words(self) -> list[str]:
        """The words of the vocabulary that are more than a piece."""
        return [piece for piece in self._tokenizer.get_vocab() if piece.isalpha()]

    def _id(self, token: str) -> int:
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise ValueError(f"the tokenizer has no {token}: is this a WordPiece tokenizer.json?")
        return int(found)
