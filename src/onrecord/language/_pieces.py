"""Words to what the encoder sees: word pieces, and the shape of each word.

The encoder's vocabulary is uncased, so what capitals tell travels beside it as a small class per word (`shape`),
together with whether a sentence is known to begin there (a new line, a heading, a break the caller set).
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

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
    """BERT's word pieces, one word at a time, with every word it has met remembered.

    `path` is a `tokenizer.json` as Hugging Face writes it for BERT-type encoders; another kind raises `ValueError`.
    """

    def __init__(self, path: Path) -> None:
        told = json.loads(path.read_text(encoding="utf-8"))
        model, normaliser = told.get("model", {}), told.get("normalizer") or {}
        kinds = model.get("type", "WordPiece"), normaliser.get("type", "BertNormalizer")
        if kinds != ("WordPiece", "BertNormalizer"):
            raise ValueError(f"WordPiece after BertNormalizer was expected, this is {' after '.join(kinds)}")
        self._vocabulary: dict[str, int] = model["vocab"]
        self._lower = bool(normaliser.get("lowercase", True))
        accents: Any = normaliser.get("strip_accents")
        self._bare = self._lower if accents is None else bool(accents)
        self.begin = self._id("[CLS]")
        self.end = self._id("[SEP]")
        self.unknown = self._id("[UNK]")
        self.mask = self._id("[MASK]")
        self._known: dict[str, tuple[tuple[int, ...], int]] = {}

    def word(self, word: str) -> tuple[tuple[int, ...], int]:
        """Piece ids and shape of one word."""
        found = self._known.get(word)
        if found is None:
            ids = [i for part in _parts(self._normal(word)) for i in self._pieces(part)]
            found = (tuple(ids[:MOST_PIECES]) or (self.unknown,), shape(word))
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
        return [piece for piece in self._vocabulary if piece.isalpha()]

    def _normal(self, word: str) -> str:
        """The word as the vocabulary writes it: no control characters, lower case, no accents."""
        if word.isascii() and word.isprintable():
            return word.lower() if self._lower else word
        kept = "".join(" " if c.isspace() else c for c in word if not _is_control(c))
        if self._bare:
            kept = "".join(c for c in unicodedata.normalize("NFD", kept) if unicodedata.category(c) != "Mn")
        return kept.lower() if self._lower else kept

    def _pieces(self, part: str) -> list[int]:
        """The longest pieces of the vocabulary from left to right; unknown as a whole if one is missing."""
        whole = self._vocabulary.get(part)
        if whole is not None:
            return [whole]
        if len(part) > _LONGEST:
            return [self.unknown]
        ids: list[int] = []
        start = 0
        while start < len(part):
            mark = "##" if start else ""
            for end in range(len(part), start, -1):
                found = self._vocabulary.get(mark + part[start:end])
                if found is not None:
                    break
            else:
                return [self.unknown]
            ids.append(found)
            start = end
        return ids

    def _id(self, token: str) -> int:
        found = self._vocabulary.get(token)
        if found is None:
            raise ValueError(f"the tokenizer has no {token}: is this a WordPiece tokenizer.json?")
        return found


_LONGEST = 100
"""Characters; BERT gives up on a longer part."""


def _parts(text: str) -> Iterator[str]:
    """The text cut at white space and around every mark and every Chinese character, as BERT does it."""
    if text.isalnum() and text.isascii():
        yield text
        return
    part = ""
    for c in text:
        if c.isspace() or _stands_alone(c):
            if part:
                yield part
            part = ""
            if not c.isspace():
                yield c
        else:
            part += c
    if part:
        yield part


_IDEOGRAPHS = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


def _stands_alone(c: str) -> bool:
    """Is it a mark or an ideograph? Every ASCII character that is no letter or digit counts as a mark."""
    if c.isascii():
        return not c.isalnum() and c.isprintable()
    return unicodedata.category(c)[0] == "P" or any(low <= ord(c) <= high for low, high in _IDEOGRAPHS)


def _is_control(c: str) -> bool:
    return c == "\ufffd" or (unicodedata.category(c) in ("Cc", "Cf", "Co") and c not in "\t\n\r")
