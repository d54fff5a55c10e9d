"""Words, sentences, trees, entities, and who is meant by "he": an article as a spaCy `Doc`. Linguistics, no politics.

`load()` gives the pipeline, `analyse()` puts an article through it, `coref.resolve()` gathers mentions of one thing.
Nothing heavy is imported until one of them is used.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from onrecord.language import _coref as coref
    from onrecord.records import Article

__all__ = ["analyse", "coref", "load"]


def load(*, encoder: str | Path | None = None) -> Language:
    """The spaCy pipeline, with the shipped model or with a model folder made by `training/`.

    It takes raw text or a pre-tokenised `Doc`; sentence starts that are set on the `Doc` are kept.
    """
    from onrecord.language import _pipeline

    return _pipeline.load(encoder=encoder)


def analyse(nlp: Language, article: Article) -> Doc:
    """The `Doc` of an article; token offsets are those of `article.text`."""
    from onrecord.language import _pipeline

    return _pipeline.analyse(nlp, article)


def __getattr__(name: str) -> object:
    if name == "coref":
        from onrecord.language import _coref

        return _coref
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
