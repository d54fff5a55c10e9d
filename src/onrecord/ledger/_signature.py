"""What is kept of an article's text to recognise copies of it: small sets of hashes, never the words.

    sign(article) -> Signature          Signature.to_bytes() / .from_bytes()

Only prose is signed (headline, byline, dateline and credits go: they are what a copy changes first), folded, without
marks. `keys` are MinHash values: two articles with none in common are no copies, so they are what to look up.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Self

from onrecord.ingest import layout
from onrecord.ledger._words import STOP, stem, words
from onrecord.records import Article

SHINGLE = 5  # words that follow one another
SAMPLED = 3  # one shingle of so many is kept
KEYS = 48  # MinHash values of the shingles, and as many of what sentences name
SEED = 1

_FORMAT = 1
_SENTENCE = re.compile(r"[.!?…][\"”’')]*\s+|\n+|; ")
_NAME = re.compile(r"(?<![.!?…\"“] )(?<!^)\b[^\W\d_a-z][\w’'-]+|\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Signature:
    """Hashes of one article's prose.

    ``exact``: of all words; ``length``: in words; ``keys``: MinHash values; ``shingles``: a sample of its sequences of
    five words; ``stems``: its words that carry meaning; ``facts``: its names and numbers.
    """

    exact: int
    length: int
    keys: frozenset[int]
    shingles: frozenset[int]
    stems: frozenset[int]
    facts: frozenset[int]

    def to_bytes(self) -> bytes:
        """Numbers of 32 bits after a head with their counts."""
        sets = [sorted(kept) for kept in (self.keys, self.shingles, self.stems, self.facts)]
        head = struct.pack("<BQ5I", _FORMAT, self.exact, self.length, *map(len, sets))
        return head + b"".join(struct.pack(f"<{len(kept)}I", *kept) for kept in sets)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Back from bytes.

        Raises
        ------
        ValueError: made by another version; sign the article again.
        """
        made, exact, length, *counts = struct.unpack_from("<BQ5I", data)
        if made != _FORMAT:
            raise ValueError(f"signature format {made}, this version reads {_FORMAT}; sign the article again")
        at, sets = struct.calcsize("<BQ5I"), []
        for count in counts:
            sets.append(frozenset(struct.unpack_from(f"<{count}I", data, at)))
            at += 4 * count
        return cls(exact, length, *sets)


def sign(article: Article) -> Signature:
    """The signature of an article; a pure function of its text and title."""
    prose = _prose(article)
    plain = words(prose)
    runs = [" ".join(plain[i : i + SHINGLE]) for i in range(max(1, len(plain) - SHINGLE + 1))] if plain else []
    hashed = {_number(run) for run in runs}
    named = [_named(sentence) for sentence in _SENTENCE.split(prose)]
    telling = {stem(word) for word in plain if word not in STOP and len(word) > 2}
    return Signature(
        exact=int.from_bytes(blake2b(" ".join(plain).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"),
        length=len(plain),
        keys=frozenset((*minhash(runs), *minhash(_pairs(named), seed=SEED + 1))),
        shingles=frozenset(run for run in hashed if run % SAMPLED == 0),
        stems=frozenset(map(_number, telling)),
        facts=frozenset(_number(fact) for facts in named for fact in facts),
    )


def minhash(features: Iterable[str], *, seed: int = SEED) -> tuple[int, ...]:
    """`KEYS` MinHash values of a set: two sets share each of them with the chance of their Jaccard likeness."""
    from rensa import RMinHash

    kept = sorted(set(features))
    if not kept:
        return ()
    maker = RMinHash(num_perm=KEYS, seed=seed)
    maker.update(kept)
    return tuple((int(value) * 2_654_435_761 + i) % (1 << 32) for i, value in enumerate(maker.digest()))


def _prose(article: Article) -> str:
    """The text without its furniture."""
    text, at, kept = article.text, 0, []
    for part in layout(article).furniture:
        if part.start >= at:
            kept.append(text[at : part.start])
            at = part.end
    return "\n".join((*kept, text[at:]))


def _named(sentence: str) -> list[str]:
    """The names and numbers inside a sentence, folded; its first word, capital or not, is left out."""
    found = (words(match) for match in _NAME.findall(sentence))
    return [stem(inner[0]) for inner in found if inner and inner[0] not in STOP]


def _pairs(named: Iterable[list[str]]) -> Iterable[str]:
    """Names and numbers that stand together in a sentence, in threes and, where a sentence has but two, in twos."""
    for facts in named:
        kept = sorted(set(facts))
        if len(kept) == 2:
            yield " ".join(kept)
        for i in range(len(facts) - 2):
            trio = sorted(set(facts[i : i + 3]))
            if len(trio) == 3:
                yield " ".join(trio)


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "big")
