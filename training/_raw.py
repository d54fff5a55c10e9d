"""Raw text from a treebank, with where its words and sentences lie: to measure what happens before the tree."""

from __future__ import annotations

from dataclasses import dataclass

from training._corpora import Document


@dataclass(frozen=True)
class Raw:
    """A document as a publisher would print it: one line a paragraph."""

    text: str
    words: frozenset[tuple[int, int]]
    sentences: frozenset[tuple[int, int]]


def raw(document: Document, *, lines: bool = True) -> Raw:
    """Text of a document; without `lines`, paragraphs are joined by spaces."""
    text = ""
    words, sentences = set(), set()
    for number, sentence in enumerate(document):
        if number:
            text = text.rstrip() + ("\n" if lines and sentence.new_paragraph else " ")
        start = len(text)
        spaces = sentence.spaces or [True] * len(sentence.forms)
        for form, space in zip(sentence.forms, spaces, strict=True):
            words.add((len(text), len(text) + len(form)))
            text += form + (" " if space else "")
        sentences.add((start, len(text.rstrip())))
    return Raw(text.rstrip(), frozenset(words), frozenset(sentences))
