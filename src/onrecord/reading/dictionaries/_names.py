"""Names and words of the dictionaries, which are written IN_CAPITALS_ with underlines, as people write them."""

from __future__ import annotations

import re

from onrecord.language._lemma import irregular, regular

_SMALL = frozenset(
    "of the and for in on de la le les du des del der den van von al el bin bint ibn y e da do dos und et".split()
)
_INITIALS = frozenset("un us uk eu au usa uae nato dprk drc osce opec asean".split())
_PIECE = re.compile(r"[^\s-]+")


def name_of(written: str, *, capitals: bool = False) -> str:
    """``MOHAMMAD_ZAHIR_SHAH_`` as "Mohammad Zahir Shah".

    capitals: keep a short single word as it is: among bodies "WHO" is an abbreviation, not a word.
    """
    words = re.sub(r"[_\s]+", " ", re.sub(r"\([^)]*\)", " ", written)).strip(" +")
    if " " not in words and len(words) <= (5 if capitals else 3) and words.isupper():
        return words
    return _PIECE.sub(lambda found: _capitalised(found[0], first=found.start() == 0), words)


def acronym(name: str) -> bool:
    """True for "UNHCR" and "U.N."."""
    return len(name) < 7 and name.isupper()


def words_of(written: str) -> str:
    """``CHAMBER_OF_COMMERCE`` as "chamber of commerce"."""
    return re.sub(r"[_\s]+", " ", written).strip().lower()


def base_noun(word: str) -> str:
    """The singular of a lower-case noun, as the language layer would give it."""
    found = irregular(word, "NNS")
    if found is not None:
        return found
    options = regular(word, "NNS")
    return options[0] if options else word


def _capitalised(word: str, *, first: bool) -> str:
    if not first and word.lower() in _SMALL:
        return word.lower()
    if word.lower() in _INITIALS:
        return word.upper()
    if "." in word:
        return word.upper() if len(word) < 8 else word.title()
    return word[:1].upper() + word[1:].lower()
