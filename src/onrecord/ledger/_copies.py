"""Which articles are copies of which: the same text, nearly the same, or one wire story in other words.

    copies = Copies(index)                          # MemoryCopies(), or anything with the methods of `CopyIndex`
    found = copies.add(article.id, sign(article))   # -> CopyOf | None; incremental, in any order of arrival
    compare(a, b) -> Likeness | None                # of two signatures, without an index

A signature (`sign`) is kept as bytes; an index looks up the articles that have one of its ``keys``. The first of a
group to arrive is its original; `CopyOf.original` always names that one, `CopyOf.like` the one it was recognised by.

The limits are chosen on one half of an evaluation set made by script (`evals/copies.py`) and reported on the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from onrecord.ledger._signature import Signature

VERBATIM = 0.3
"""Share of the shorter article's runs of five words that the longer has: at least this is a copy."""
WORDS, FACTS = 0.7, 0.7
"""A story in other words has at least these shares of its telling words, and of its names and numbers, in common."""
TRACE = 0.04
"""… and so many runs of five words, since quotations mostly survive; or else what follows."""
PLAIN, LEAST_FACTS = 0.75, 10
"""… these shares of words and of facts, and not a few facts: then no run of words need be left."""
RATIO = 4
"""A story in other words is not recognised in one so many times as long, which shares many words with anything."""
LEAST_RUNS, LEAST_WORDS = 8, 25
"""Too short to tell: fewer sampled runs, fewer telling words."""

NEAREST = 20
"""An article is compared with so many others: those that share most of its keys, of these the first to arrive."""

Kind = Literal["exact", "near", "reworded"]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two articles are alike; shares are of the shorter one, 0 to 1."""

    kind: Kind
    verbatim: float
    words: float
    facts: float

    @property
    def score(self) -> float:
        """For choosing among several: exact first, then by what is shared."""
        return 3.0 if self.kind == "exact" else self.verbatim + (self.words + self.facts) / 2

    def __str__(self) -> str:
        if self.kind == "exact":
            return "the same words"
        parts = (self.verbatim, "runs of five words"), (self.words, "telling words"), (self.facts, "names and numbers")
        return "shares " + ", ".join(f"{share:.0%} of the {what}" for share, what in parts)


@dataclass(frozen=True, slots=True)
class CopyOf:
    """What an article is a copy of: the ``original`` of its group, recognised by ``like``, for the reason given."""

    article: str
    original: str
    like: str
    kind: Kind
    score: float
    because: str


class CopyIndex(Protocol):
    """Where signatures are kept."""

    def sharing(self, keys: frozenset[int]) -> Iterable[tuple[str, str, Signature]]:
        """The `NEAREST` articles that have most of ``keys``, of these the first to arrive: id, id of the original of
        their group (their own if none), signature."""

    def put(self, article: str, signature: Signature, copy: CopyOf | None = None) -> None:
        """Keep an article, with what it is a copy of."""


class Copies:
    """Recognises copies as articles arrive. Holds nothing itself; the index does."""

    def __init__(self, index: CopyIndex) -> None:
        self._index = index

    def find(self, article: str, signature: Signature) -> CopyOf | None:
        """What the article is a copy of, among those kept; the most alike, then the one with the smallest id."""
        best: tuple[float, str, str, Likeness] | None = None
        for other, original, kept in self._index.sharing(signature.keys):
            alike = compare(signature, kept) if other != article else None
            if alike and (best is None or (-alike.score, other) < (-best[0], best[1])):
                best = (alike.score, other, original, alike)
        if best is None:
            return None
        score, other, original, alike = best
        return CopyOf(article, original, other, alike.kind, round(score, 3), str(alike))

    def add(self, article: str, signature: Signature) -> CopyOf | None:
        """`find`, and keep the article."""
        found = self.find(article, signature)
        self._index.put(article, signature, found)
        return found


def compare(a: Signature, b: Signature) -> Likeness | None:
    """How one article is a copy of another, whichever came first; None when it is not."""
    if a.exact == b.exact and a.length:
        return Likeness("exact", 1.0, 1.0, 1.0)
    shares = Likeness("near", _share(a.shingles, b.shingles), _share(a.stems, b.stems), _share(a.facts, b.facts))
    if min(len(a.shingles), len(b.shingles)) < LEAST_RUNS or min(len(a.stems), len(b.stems)) < LEAST_WORDS:
        return None
    if shares.verbatim >= VERBATIM:
        return shares
    long, short = max(a.length, b.length), min(a.length, b.length)
    if long <= RATIO * short and _told_again(shares, min(len(a.facts), len(b.facts))):
        return Likeness("reworded", shares.verbatim, shares.words, shares.facts)
    return None


def _told_again(shares: Likeness, facts: int) -> bool:
    """Whether one article is the other in other words; ``facts``: how many the poorer of the two has."""
    if min(shares.words, shares.facts) >= PLAIN and facts >= LEAST_FACTS:
        return True
    return shares.words >= WORDS and shares.facts >= FACTS and shares.verbatim >= TRACE


def _share(a: frozenset[int], b: frozenset[int]) -> float:
    """What the smaller set has in common with the other, of its size."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


@dataclass(slots=True)
class MemoryCopies:
    """A `CopyIndex` in memory, for one run, for tests and for measuring."""

    _kept: dict[str, tuple[str, Signature]] = field(default_factory=dict)
    _by_key: dict[int, list[str]] = field(default_factory=dict)

    def sharing(self, keys: frozenset[int]) -> Iterable[tuple[str, str, Signature]]:
        shared = Counter(name for key in keys for name in self._by_key.get(key, ()))
        arrived = {name: number for number, name in enumerate(self._kept)} if len(shared) > NEAREST else {}
        nearest = sorted(shared, key=lambda name: (-shared[name], arrived.get(name, 0)))[:NEAREST]
        return [(name, *self._kept[name]) for name in nearest]

    def put(self, article: str, signature: Signature, copy: CopyOf | None = None) -> None:
        if article not in self._kept:
            for key in signature.keys:
                self._by_key.setdefault(key, []).append(article)
        self._kept[article] = (copy.original if copy else article, signature)
