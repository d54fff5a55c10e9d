"""Words as the ledger compares them: folded, brought to a stem, weighed by how rare they are.

A reading keeps words as printed, without lemmas, and two articles tell one act with a verb here and a noun there. So
stems drop endings of inflection and of derivation alike: "announced" and "announcement" are one, "resigned" and
"resignation" too. Pairs that no ending explains ("died", "death") are in ``data/families.yaml``.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache

from onrecord.language._lemma import irregular
from onrecord.ledger._ids import fold

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:['’][^\W\d_]+)?")
_POSSESSIVE = re.compile(r"['’]s$")

# What nouns are made from verbs with, the final e gone; the number is how many letters must be left.
_DERIVED = (("ment", 4), ("anc", 5), ("enc", 5), ("ur", 4), ("ag", 4), ("al", 4))
_VOICED = re.compile(r"([aeioun])sion$")  # explode: explosion, expand: expansion
_DOUBLED = re.compile(r"([bdfgklmnprtvz])\1$")
_VOWEL = re.compile(r"[aeiouy]")

STOP = frozenset(
    """
    a about above after again against all also although always am among an and another any are around as at away
    back be became because become been before being below between both but by came can cannot could did do does
    doing done down during each either else even ever every few first for from further gave get gets getting give
    given go goes going gone got had has have having he her here hers herself him himself his how however i if in
    including indeed instead into is it its itself just know last later least less let like made make makes making
    many may me might more most much must my near never new next no nor not now of off often on once one only or
    other others our out over own per perhaps put rather really said same saw say saying says see seen several
    shall she should since so some still such take taken takes than that the their theirs them themselves then
    there these they thing this those though through thus to told too took toward towards two under until up upon
    us use used very via was way we well went were what when where whether which while who whom whose why will
    with within without would yes yet you your according added adding monday tuesday wednesday thursday friday
    saturday sunday january february march april june july august september october november december today
    yesterday tomorrow year month week day hour time people
    """.split()
)


def words(text: str) -> list[str]:
    """The folded words and numbers of a text, possessive endings dropped."""
    return [_POSSESSIVE.sub("", match).replace(",", "") for match in _WORD.findall(fold(text).replace("’", "'"))]


def content(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    return [stem(word) for word in words(text) if word not in STOP and (len(word) > 2 or word.isdigit())]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """What is left of a folded word without its endings; the same for a verb and the nouns made from it."""
    if not word.isalpha() or len(word) < 3:
        return word
    base = irregular(word, "VBD") or irregular(word, "NNS") or _inflected(word)
    return _bare(_derived(_bare(base)))


def _inflected(word: str) -> str:
    """The word without -s, -ed, -ing, -ings."""
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("eed"):  # agreed, but need
        return word[:-1] if len(word) > 5 else word
    for ending in ("ed", "ing"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= 2 and _VOWEL.search(rest):
            return rest
    return word


def _derived(base: str) -> str:
    """The stem of the verb that a noun was made from."""
    base = _VOICED.sub(r"\1d", base)
    if base.endswith("ion") and len(base) > 5:
        base = base[:-3]
    for ending, left in (("at", 4), *_DERIVED):
        if base.endswith(ending) and len(base) - len(ending) >= left:
            return base[: -len(ending)]
    return base


def _bare(base: str) -> str:
    """Without the final e, one letter for two, y for i: so that "bury", "buried" and "burial" meet."""
    base = base.removesuffix("e")
    if len(base) > 3:
        base = base.removesuffix("e")
    base = _DOUBLED.sub(r"\1", base)
    return base[:-1] + "y" if base.endswith("i") else base


@lru_cache(maxsize=100_000)
def weight(word: str) -> float:
    """How much a folded word tells, 0 to 1, by its rank in the encoder's vocabulary, which is sorted by frequency."""
    rank = _ranks().get(word)
    if rank is None:
        return 1.0
    return max(0.0, min(1.0, math.log(rank / 2_000) / math.log(10)))


@cache
def _ranks() -> dict[str, int]:
    """Whole words of the encoder's vocabulary and their numbers, the most frequent about 2,000."""
    import json

    from onrecord.language._encoder import SHIPPED

    found = json.loads((SHIPPED / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    return {piece: int(rank) for piece, rank in found.items() if piece.isalnum()}
