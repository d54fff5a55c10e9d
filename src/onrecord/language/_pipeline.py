"""The spaCy pipeline: tokenizer, encoder, coreference; and how an article goes through it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

from onrecord.language import _component
from onrecord.language._tokenizer import TOKENIZER

if TYPE_CHECKING:
    from onrecord.records import Article


def load(*, encoder: str | Path | None = None) -> Language:
    """The pipeline with the shipped model, or with a model folder made by `training/`; loaded once a process."""
    return _load(None if encoder is None else str(encoder))


@cache
def _load(encoder: str | None) -> Language:
    import spacy

    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    nlp.max_length = 1_000_000_000  # memory goes by the window, not by the text
    nlp.add_pipe(_component.NAME, config={"model": encoder})
    return nlp


def analyse(nlp: Language, article: Article) -> Doc:
    """The `Doc` of an article, furniture set off as sentences of its own; offsets are those of `article.text`."""
    from onrecord import ingest

    doc = nlp.make_doc(article.text)
    edges = sorted({edge for piece in ingest.layout(article).furniture for edge in (piece.start, piece.end)})
    break_at(doc, edges)
    return nlp(doc)


def break_at(doc: Doc, edges: list[int]) -> None:
    """Begin a sentence with the first word at or after each of these character offsets (in ascending order)."""
    if not edges:
        return
    remaining = iter(edges)
    edge = next(remaining)
    for token in doc:
        if token.idx >= edge and not token.is_space:
            token.is_sent_start = True
            while token.idx >= edge:
                following = next(remaining, None)
                if following is None:
                    return
                edge = following
