"""Copies recognised among articles, on a set made by script: each article edited in the ways a paper edits wire copy.

Half of the articles (every second one) are there to choose the limits on: `python -m evals.copies` prints precision and
recall there for limits around the ones in use. The scores are of the other half.

* positives: every article in six edits (`evals/_rewrite.py`): cut off, another headline, other words, other words and
  cut off, a paragraph of another article, other words with headline and paragraph. Right: recognised as a copy of the
  very article it was made from, looked up among all the others by the keys of its signature.
* negatives: every pair of different articles; and the hard ones, pairs of articles on one event in ECB+ (train topics
  for choosing, dev topics for reporting). Of either, pairs that share a tenth of their runs of five words are left out:
  many are real copies of one wire story, which nobody has annotated. `copies.left_out` counts them.
* `copies.precision`: right ones among all that was said, of positives and negatives together. `copies.recall`: of
  positives. `copies.reworded`: recall of the three edits with other words. n: positives.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import TYPE_CHECKING

from evals import _rewrite as rewrite
from evals._ecb import DEV_TOPICS, read_ecb, train_topics
from evals._metrics import Counts, percent
from evals._score import Score, need

if TYPE_CHECKING:
    from onrecord.ledger._signature import Signature

CORPUS = "articles, edited by script"
REAL_COPY = 0.1
_EDITS = ("cut", "headline", "words", "words and cut", "paragraph", "words, headline, paragraph")


@dataclass(frozen=True)
class Half:
    """Signatures of one half: originals, (number of the original, edit, signature), pairs that are no copies."""

    originals: list[Signature]
    edited: list[tuple[int, str, Signature]]
    different: list[tuple[Signature, Signature]]
    left_out: int


def score(data: Path) -> list[Score]:
    half = make(data, choosing=False)
    counts, by_edit = judge(half)
    reworded = [right for edit in _EDITS if "words" in edit for right in by_edit[edit]]
    n = len(half.edited)
    return [
        Score("copies.precision", counts.precision, CORPUS, n),
        Score("copies.recall", counts.recall, CORPUS, n),
        Score("copies.reworded", percent(sum(reworded), len(reworded)), CORPUS, len(reworded)),
        Score("copies.left_out", half.left_out, CORPUS, len(half.different), unit="pairs", pinned=False),
    ]


def make(data: Path, *, choosing: bool) -> Half:
    """One half of the set; the same in every run."""
    folder, corpus = need(data / "articles"), need(data / "ecbplus_dev")
    texts = [_without_address(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))]
    texts = texts[0 if choosing else 1 :: 2]
    chance = random.Random(7)
    originals = [_sign(text) for text in texts]
    edited = [(i, edit, _sign(_edit(edit, i, texts, chance))) for i in range(len(texts)) for edit in _EDITS]
    topics: dict[str, list[Signature]] = {}
    for document in read_ecb(corpus, train_topics(corpus) if choosing else DEV_TOPICS):
        topics.setdefault(document.subtopic, []).append(_sign(document.text))
    pairs = [*combinations(originals, 2), *(pair for mates in topics.values() for pair in combinations(mates, 2))]
    different = [pair for pair in pairs if _verbatim(*pair) < REAL_COPY]
    return Half(originals, edited, different, len(pairs) - len(different))


def judge(half: Half) -> tuple[Counts, dict[str, list[bool]]]:
    """What was said of every edited article and every pair; and whether each edited article was recognised."""
    from onrecord.ledger._copies import Copies, MemoryCopies, compare

    index = MemoryCopies()
    copies = Copies(index)
    for i, signature in enumerate(half.originals):
        index.put(str(i), signature)
    by_edit: dict[str, list[bool]] = {edit: [] for edit in _EDITS}
    counts = Counts()
    for i, edit, signature in half.edited:
        found = copies.find("edited", signature)
        right = found is not None and found.like == str(i)
        by_edit[edit].append(right)
        counts.add(right, 1, found is not None)
    counts.add(0, 0, sum(bool(a.keys & b.keys) and compare(a, b) is not None for a, b in half.different))
    return counts, by_edit


def _edit(edit: str, i: int, texts: Sequence[str], chance: random.Random) -> str:
    text = texts[i]
    others = [line for line in texts[i - 1].split("\n") if len(line) > 80] or [texts[i - 1]]
    paragraph, headline = chance.choice(others), " ".join(texts[i - 2].split()[:8])
    if "words" in edit:
        text = rewrite.reworded(text, chance)
    if "cut" in edit:
        text = rewrite.truncated(text, chance)
    if "paragraph" in edit:
        text = rewrite.with_paragraph(text, paragraph, chance)
    return rewrite.retitled(text, headline) if "headline" in edit else text


def _without_address(text: str) -> str:
    """The article below its first line, which is the URL."""
    return text.split("\n", 1)[1].strip()


def _sign(text: str) -> Signature:
    from onrecord.ingest import from_text
    from onrecord.ledger._signature import sign

    return sign(from_text(text, name="article"))


def _verbatim(a: Signature, b: Signature) -> float:
    shared = len(a.shingles & b.shingles)
    return shared / max(1, min(len(a.shingles), len(b.shingles)))


def _limits() -> Iterable[tuple[float, float, float]]:
    """Shares of words and facts, with a trace of runs, and without; where the verbatim limit lies hardly matters."""
    return product((0.62, 0.66, 0.7), (0.01, 0.02, 0.04), (0.75, 0.8, 0.85))


def main() -> None:
    """Precision and recall on the half for choosing, for limits around those in use."""
    from evals.__main__ import default_data
    from onrecord.ledger import _copies

    half = make(default_data(), choosing=True)
    print(f"{len(half.edited)} edited, {len(half.different)} different, {half.left_out} left out")
    for share, trace, plain in _limits():
        _copies.WORDS, _copies.FACTS, _copies.TRACE, _copies.PLAIN = share, share, trace, plain
        counts, by_edit = judge(half)
        worst = min(by_edit, key=lambda edit: sum(by_edit[edit]))
        print(
            f"words and facts {share} trace {trace}, {plain} without: precision {counts.precision:.1f} "
            f"recall {counts.recall:.1f} ({worst}: {percent(sum(by_edit[worst]), len(by_edit[worst])):.1f})"
        )


if __name__ == "__main__":
    main()
