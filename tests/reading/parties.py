"""Parties of a test sentence, found as the program finds them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from spacy.tokens import Doc

from onrecord.language import coref
from onrecord.reading._lexicon import Lexicon, load_lexicon
from onrecord.reading._parties import Parties, find_parties


@cache
def _lexicon() -> Lexicon:
    return load_lexicon()


def known_parties(doc: Doc) -> Parties:
    """The parties of a document."""
    return find_parties(doc, coref.resolve(doc), _lexicon(), published=None)


def says(doc: Doc, parties: Parties, indices: Iterable[int], words: str) -> bool:
    """True when one of these parties is named or mentioned with these words."""
    return any(
        words.lower() in text.lower()
        for index in indices
        for text in (
            parties.all[index].name,
            *(doc[mention.start : mention.end].text for mention in parties.all[index].mentions),
        )
    )
