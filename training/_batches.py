"""Windows as padded tensors with their targets; -100 marks what a corpus does not say."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.language._lemma import edit
from onrecord.language._pieces import Encoded, WordPieces
from training._corpora import Document, Sentence
from training._entities import TAGS
from training._windows import Window

UPOS = tuple("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())


@dataclass(frozen=True)
class Labels:
    """What each class of each head stands for, in order."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    lemma: tuple[str, ...]
    rels: tuple[str, ...]
    entity: tuple[str, ...] = TAGS

    @staticmethod
    def found_in(documents: list[Document]) -> Labels:
        """Classes seen in the treebanks: morphology at least twice, lemma edits at least three times."""
        xpos, feats, edits, rels = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
        for s in (s for document in documents for s in document if s.heads):
            xpos.update(s.xpos or ())
            feats.update(s.feats or ())
            rels.update(s.rels or ())
            edits.update(map(edit, s.forms, s.lemmas or ()))

        def often(counts: Counter[str], least: int) -> tuple[str, ...]:
            return tuple(sorted(k for k, n in counts.items() if n >= least))

        return Labels(UPOS, often(xpos, 1), often(feats, 2), often(edits, 3), often(rels, 1))

    def counts(self) -> dict[str, int]:
        """Number of classes by head."""
        return {name: len(getattr(self, name)) for name in ("upos", "xpos", "feats", "lemma", "rels", "entity")}


@dataclass(frozen=True)
class Item:
    """One window, encoded, with targets of its words (heads count words of the window from 1)."""

    encoded: Encoded
    upos: NDArray[np.int64]
    xpos: NDArray[np.int64]
    feats: NDArray[np.int64]
    lemma: NDArray[np.int64]
    rels: NDArray[np.int64]
    heads: NDArray[np.int64]
    sentence: NDArray[np.int64]
    starts: NDArray[np.int64]
    allowed: NDArray[np.int64]

    @property
    def words(self) -> int:
        return len(self.upos)


class Encoding:
    """Turns windows into items and items into batches."""

    def __init__(self, pieces: WordPieces, labels: Labels, *, masked: float = 0.025) -> None:
        self._pieces = pieces
        self._masked = masked
        self._index = {
            name: {label: i for i, label in enumerate(getattr(labels, name))}
            for name in ("upos", "xpos", "feats", "lemma", "rels")
        }

    def item(self, window: Window, rng: random.Random) -> Item:
        """One window with targets."""
        forms: list[str] = []
        told: list[bool] = []
        columns: dict[str, list[int]] = {
            n: [] for n in ("upos", "xpos", "feats", "lemma", "rels", "heads", "sentence", "starts", "allowed")
        }
        for number, (s, known) in enumerate(zip(window.sentences, window.breaks, strict=True)):
            size, before = len(s.forms), len(forms)
            forms += s.forms
            told += [known] + [False] * (size - 1)
            columns["sentence"] += [number] * size
            columns["starts"] += [1, *_later_starts(s)]
            columns["allowed"] += s.allowed or [-1] * size
            if s.heads is None or s.lemmas is None:
                for name in ("upos", "xpos", "feats", "lemma", "rels", "heads"):
                    columns[name] += [-100] * size
                continue
            columns["heads"] += [head + before if head else 0 for head in s.heads]
            for name in ("upos", "xpos", "feats", "rels"):
                index = self._index[name]
                columns[name] += [index.get(value, -100) for value in getattr(s, name)]
            if window.recased:
                columns["lemma"] += [-100] * size
            else:
                index = self._index["lemma"]
                columns["lemma"] += [index.get(edit(f, m), -100) for f, m in zip(s.forms, s.lemmas, strict=True)]
        encoded = self._pieces.window(forms, told)
        if self._masked:
            for i, place in enumerate(encoded.first):
                if rng.random() < self._masked:
                    end = encoded.first[i + 1] if i + 1 < len(forms) else len(encoded.ids) - 1
                    encoded.ids[place:end] = self._pieces.mask
        return Item(encoded, **{name: np.array(values, np.int64) for name, values in columns.items()})


_MAY_END = frozenset(". ! ? ... … \" ” '' ' ’ ) ] : ;".split())


def _later_starts(s: Sentence) -> list[int]:
    """Of each word but the first: 0, no sentence begins here; -100, the corpus does not tell."""
    if s.whole:
        return [0] * (len(s.forms) - 1)
    return [-100 if form in _MAY_END else 0 for form in s.forms[:-1]]


def grouped(items: list[Item], slots: int, rng: random.Random) -> list[list[Item]]:
    """Batches of windows of like length, at most `slots` padded pieces each, in random order."""
    order = sorted(items, key=lambda item: len(item.encoded.ids) + rng.random() * 6)
    batches: list[list[Item]] = [[]]
    longest = 0
    for item in order:
        longest = max(longest, len(item.encoded.ids))
        if batches[-1] and longest * (len(batches[-1]) + 1) > slots:
            batches.append([])
            longest = len(item.encoded.ids)
        batches[-1].append(item)
    rng.shuffle(batches)
    return batches


def padded(batch: list[Item]) -> dict[str, NDArray[np.int64]]:
    """Inputs and targets of a batch as arrays; `mask` marks the real words."""
    length = max(len(item.encoded.ids) for item in batch)
    words = max(item.words for item in batch)

    def stack(rows: list[NDArray[np.int64]], width: int, fill: int) -> NDArray[np.int64]:
        out = np.full((len(rows), width), fill, np.int64)
        for i, row in enumerate(rows):
            out[i, : len(row)] = row
        return out

    arrays = {
        "ids": stack([i.encoded.ids for i in batch], length, 0),
        "shapes": stack([i.encoded.shapes for i in batch], length, 0),
        "attend": stack([np.ones_like(i.encoded.ids) for i in batch], length, 0),
        "first": stack([i.encoded.first for i in batch], words, 0),
        "mask": stack([np.ones_like(i.upos) for i in batch], words, 0),
        "sentence": stack([i.sentence for i in batch], words, -1),
    }
    for name in ("upos", "xpos", "feats", "lemma", "rels", "heads", "starts", "allowed"):
        fill = -1 if name == "allowed" else -100
        arrays[name] = stack([getattr(i, name) for i in batch], words, fill)
    return arrays
