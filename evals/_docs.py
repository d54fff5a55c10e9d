"""Pre-tokenised spaCy documents from corpora, run through the language layer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any


@cache
def pipeline() -> Any:
    """The shipped language layer, loaded once a process."""
    from onrecord import language

    return language.load()


def make_doc(sentences: Sequence[Sequence[str]], spaces: Sequence[Sequence[bool]] | None = None) -> Any:
    """A `Doc` over given words with given sentence starts; without ``spaces`` words are parted by one space."""
    from spacy.tokens import Doc

    words = [w for sentence in sentences for w in sentence]
    starts: list[bool | int | None] = [i == 0 for sentence in sentences for i in range(len(sentence))]
    flat = [s for sentence in spaces for s in sentence] if spaces is not None else [True] * len(words)
    return Doc(pipeline().vocab, words=words, spaces=flat, sent_starts=starts)


def parse(docs: Iterable[Any]) -> Iterator[Any]:
    """The documents analysed, in order."""
    return iter(pipeline().pipe(docs))


def predicted_spans(doc: Any) -> list[tuple[int, int, str]]:
    """(start, end, label) of the entities the language layer found, in tokens."""
    return [(e.start, e.end, e.label_) for e in doc.ents]
