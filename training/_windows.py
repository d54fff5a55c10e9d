"""From documents to training windows, drawn anew for every epoch.

A window is up to six consecutive sentences read in one encoding, as the program reads a paragraph; about a third of the
words are given as single sentences, so that both kinds of input parse well. Noise imitates what news files do to text:
capitals, lost full stops, lost or restyled quotation marks.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from training._corpora import Document, Sentence

T = TypeVar("T")

LONGEST = 110
"""Words of a window, unless one sentence alone is longer."""

TOO_LONG = 230
"""A sentence above this is left out of training."""


@dataclass(frozen=True)
class Noise:
    """How often each disturbance is applied."""

    upper: float = 0.04
    title: float = 0.04
    lower: float = 0.025
    lose_stop: float = 0.06
    lose_quotes: float = 0.05
    restyle_quotes: float = 0.3


@dataclass(frozen=True)
class Window:
    """Consecutive sentences; `breaks[i]` says that the break before sentence i is told to the encoder."""

    sentences: tuple[Sentence, ...]
    breaks: tuple[bool, ...]
    recased: bool = False


def windows(documents: list[Document], rng: random.Random, noise: Noise, *, single: float = 0.65) -> Iterator[Window]:
    """All sentences of the documents once; `single` is the share of windows that hold one sentence."""
    for document in documents:
        sentences = [s for s in document if len(s.forms) <= TOO_LONG]
        start = 0
        while start < len(sentences):
            count = 1 if rng.random() < single else rng.randint(2, 6)
            end, words = start + 1, len(sentences[start].forms)
            while end < min(start + count, len(sentences)) and words + len(sentences[end].forms) <= LONGEST:
                words += len(sentences[end].forms)
                end += 1
            yield _disturb(sentences[start:end], rng, noise)
            start = end


def _disturb(sentences: list[Sentence], rng: random.Random, noise: Noise) -> Window:
    style = rng.choice(_STYLES) if rng.random() < noise.restyle_quotes else None
    out = []
    for sentence in sentences:
        if rng.random() < noise.lose_stop and len(sentence.forms) > 3 and sentence.forms[-1] == ".":
            sentence = without(sentence, {len(sentence.forms) - 1})
        if rng.random() < noise.lose_quotes:
            sentence = without(sentence, {i for i, form in enumerate(sentence.forms) if form in _QUOTES})
        out.append(restyled(sentence, style) if style else sentence)
    recase = _draw_case(rng, noise)
    if recase:
        # Often only the first sentence: a headline above its text.
        only_first = rng.random() < 0.4
        out = [recased(s, recase) if i == 0 or not only_first else s for i, s in enumerate(out)]
    told = rng.random()
    breaks = tuple(told < 0.25 or (told < 0.6 and s.new_paragraph) for s in out)
    return Window(tuple(out), breaks, recased=bool(recase))


def without(sentence: Sentence, gone: set[int]) -> Sentence:
    """The sentence without some words, if nothing hangs on them and something is left."""
    heads = sentence.heads
    if heads:
        gone = {i for i in gone if heads[i] and i + 1 not in heads}
    kept = [i for i in range(len(sentence.forms)) if i not in gone]
    if not kept or len(kept) == len(sentence.forms):
        return sentence
    place = {old + 1: new + 1 for new, old in enumerate(kept)} | {0: 0}

    def pick(values: list[T] | None) -> list[T] | None:
        return None if values is None else [values[i] for i in kept]

    return replace(
        sentence,
        forms=[sentence.forms[i] for i in kept],
        upos=pick(sentence.upos),
        xpos=pick(sentence.xpos),
        feats=pick(sentence.feats),
        lemmas=pick(sentence.lemmas),
        rels=pick(sentence.rels),
        heads=None if heads is None else [place[heads[i]] for i in kept],
        spaces=None,
        allowed=pick(sentence.allowed),
        raw_tags=[],
    )


_STYLES = (('"', '"', "'"), ("“", "”", "’"), ("``", "''", "'"), ("‘", "’", "’"))
_QUOTES = frozenset(('"', "“", "”", "``", "''", "‘‘", "’’"))


def restyled(sentence: Sentence, style: tuple[str, str, str]) -> Sentence:
    """The sentence with its quotation marks and apostrophes in another style."""
    opening, closing, apostrophe = style
    inside = False
    forms = []
    for form in sentence.forms:
        if form in _QUOTES:
            forms.append(closing if inside or form in ("”", "''", "’’") else opening)
            inside = not inside
        else:
            forms.append(form.replace("’", apostrophe).replace("'", apostrophe))
    return replace(sentence, forms=forms)


def recased(sentence: Sentence, case: str) -> Sentence:
    """The sentence in `upper`, `lower` or `title` case."""
    turn = {"upper": str.upper, "lower": str.lower, "title": _titled}[case]
    return replace(sentence, forms=[turn(form) for form in sentence.forms])


_SMALL = frozenset("a an and as at by for from in of on or the to with n't 's 'll 're 've 'm 'd".split())


def _titled(form: str) -> str:
    return form if form.lower() in _SMALL else form[:1].upper() + form[1:]


def _draw_case(rng: random.Random, noise: Noise) -> str:
    drawn = rng.random()
    for case in ("upper", "title", "lower"):
        drawn -= getattr(noise, case)
        if drawn < 0:
            return case
    return ""
