"""Counting: precision, recall and F1 over sets and alignments, balanced accuracy, coreference metrics.

All results are in per cent. An empty denominator counts as 0, so that a program that says nothing never scores
well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Left = TypeVar("Left")
Right = TypeVar("Right")


def percent(part: float, whole: float) -> float:
    """``part`` of ``whole`` in per cent; 0 when there is no whole."""
    return 100.0 * part / whole if whole else 0.0


@dataclass
class Counts:
    """Running counts of what was right, what was annotated and what the program said."""

    right: int = 0
    gold: int = 0
    said: int = 0

    def add(self, right: int, gold: int, said: int) -> None:
        self.right += right
        self.gold += gold
        self.said += said

    def add_sets(self, gold: Collection[Hashable], said: Collection[Hashable]) -> None:
        """Count two sets of the same unit (a sentence, an article)."""
        gold_set, said_set = set(gold), set(said)
        self.add(len(gold_set & said_set), len(gold_set), len(said_set))

    @property
    def precision(self) -> float:
        return percent(self.right, self.said)

    @property
    def recall(self) -> float:
        return percent(self.right, self.gold)

    @property
    def f1(self) -> float:
        return percent(2 * self.right, self.gold + self.said)


def balanced_accuracy(gold: Sequence[bool], said: Sequence[bool]) -> float:
    """Mean of the recall of the true cases and the recall of the false ones."""
    yes = [s for g, s in zip(gold, said, strict=True) if g]
    no = [not s for g, s in zip(gold, said, strict=True) if not g]
    return (percent(sum(yes), len(yes)) + percent(sum(no), len(no))) / 2


def pair_up(
    left: Sequence[Left], right: Sequence[Right], rank: Callable[[Left, Right], tuple[float, ...] | None]
) -> list[tuple[int, int]]:
    """One-to-one pairs of indices, best rank first; ``rank`` gives None where a pair is not allowed.

    Greedy in order of rank, ties by position, so that the pairing never depends on anything but the two sequences.
    """
    edges = []
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            value = rank(a, b)
            if value is not None:
                edges.append((tuple(-v for v in value), i, j))
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    pairs = []
    for _, i, j in sorted(edges):
        if i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def largest_pairing(
    left: Sequence[Left], right: Sequence[Right], fits: Callable[[Left, Right], bool]
) -> list[tuple[int, int]]:
    """A one-to-one pairing with as many pairs as possible (augmenting paths; the sequences are short)."""
    holder: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j, b in enumerate(right):
            if j not in tried and fits(left[i], b):
                tried.add(j)
                if j not in holder or place(holder[j], tried):
                    holder[j] = i
                    return True
        return False

    for i in range(len(left)):
        place(i, set())
    return sorted((i, j) for j, i in holder.items())


# ------------------------------------------------------------------------------------------------------ coreference
# A partition is a sequence of clusters; a cluster is a frozenset of mentions; a mention is any hashable (here a span).

Cluster = frozenset[Hashable]


@dataclass
class CorefCounts:
    """Numerators and denominators of MUC, B³ and CEAF-e, summed over documents as the CoNLL scorer does."""

    muc_r: float = 0.0
    muc_r_of: float = 0.0
    muc_p: float = 0.0
    muc_p_of: float = 0.0
    b3_r: float = 0.0
    b3_r_of: float = 0.0
    b3_p: float = 0.0
    b3_p_of: float = 0.0
    ceaf: float = 0.0
    ceaf_r_of: float = 0.0
    ceaf_p_of: float = 0.0

    def add(
        self, gold: Iterable[Collection[Hashable]], said: Iterable[Collection[Hashable]], *, singles: bool = False
    ) -> None:
        """Count one document. Clusters of a single mention are dropped on both sides (OntoNotes) unless `singles`."""
        least = 1 if singles else 2
        key = [frozenset(c) for c in gold if len(set(c)) >= least]
        response = [frozenset(c) for c in said if len(set(c)) >= least]
        right, of = _muc_links(key, response)
        self.muc_r, self.muc_r_of = self.muc_r + right, self.muc_r_of + of
        right, of = _muc_links(response, key)
        self.muc_p, self.muc_p_of = self.muc_p + right, self.muc_p_of + of
        part, of = _b_cubed(key, response)
        self.b3_r, self.b3_r_of = self.b3_r + part, self.b3_r_of + of
        part, of = _b_cubed(response, key)
        self.b3_p, self.b3_p_of = self.b3_p + part, self.b3_p_of + of
        self.ceaf += _ceaf_similarity(key, response)
        self.ceaf_r_of += len(key)
        self.ceaf_p_of += len(response)

    @property
    def muc(self) -> float:
        return _f1(percent(self.muc_p, self.muc_p_of), percent(self.muc_r, self.muc_r_of))

    @property
    def b_cubed(self) -> float:
        return _f1(percent(self.b3_p, self.b3_p_of), percent(self.b3_r, self.b3_r_of))

    @property
    def ceaf_e(self) -> float:
        return _f1(percent(self.ceaf, self.ceaf_p_of), percent(self.ceaf, self.ceaf_r_of))

    @property
    def conll(self) -> float:
        """The mean of the three F1 scores."""
        return (self.muc + self.b_cubed + self.ceaf_e) / 3


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _muc_links(key: Sequence[Cluster], response: Sequence[Cluster]) -> tuple[float, float]:
    """Links of ``key`` that ``response`` keeps, of how many (Vilain et al. 1995)."""
    cluster_of = {m: i for i, c in enumerate(response) for m in c}
    kept = total = 0
    for cluster in key:
        met = {cluster_of[m] for m in cluster if m in cluster_of}
        alone = sum(m not in cluster_of for m in cluster)
        kept += len(cluster) - (len(met) + alone)
        total += len(cluster) - 1
    return float(kept), float(total)


def _b_cubed(key: Sequence[Cluster], response: Sequence[Cluster]) -> tuple[float, float]:
    """Sum over ``key``'s mentions of the share of their cluster that ``response`` keeps with them."""
    cluster_of = {m: i for i, c in enumerate(response) for m in c}
    total = 0.0
    for cluster in key:
        shared = Counter(cluster_of[m] for m in cluster if m in cluster_of)
        total += sum(k * k for k in shared.values()) / len(cluster)
    return total, float(sum(len(c) for c in key))


def _ceaf_similarity(key: Sequence[Cluster], response: Sequence[Cluster]) -> float:
    """Similarity of the best one-to-one alignment of clusters (phi 4 of Luo 2005)."""
    if not key or not response:
        return 0.0
    cost = [[-2.0 * len(k & r) / (len(k) + len(r)) for r in response] for k in key]
    if len(cost) > len(cost[0]):
        cost = [list(column) for column in zip(*cost, strict=True)]
    return -sum(cost[row][column] for row, column in cheapest_assignment(cost))


def cheapest_assignment(cost: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """(row, column) for every row at least total cost; needs at least as many columns as rows.

    The Hungarian method with potentials, O(rows² · columns), with a dummy row and column 0.
    """
    rows, columns = len(cost), len(cost[0])
    u = [0.0] * (rows + 1)
    v = [0.0] * (columns + 1)
    row_of = [0] * (columns + 1)
    for row in range(1, rows + 1):
        row_of[0] = row
        column = 0
        least = [float("inf")] * (columns + 1)
        came_from = [0] * (columns + 1)
        used = [False] * (columns + 1)
        while row_of[column]:
            used[column] = True
            here, step, nearest = row_of[column], float("inf"), 0
            for j in range(1, columns + 1):
                if used[j]:
                    continue
                reduced = cost[here - 1][j - 1] - u[here] - v[j]
                if reduced < least[j]:
                    least[j], came_from[j] = reduced, column
                if least[j] < step:
                    step, nearest = least[j], j
            for j in range(columns + 1):
                if used[j]:
                    u[row_of[j]] += step
                    v[j] -= step
                else:
                    least[j] -= step
            column = nearest
        while column:
            row_of[column] = row_of[came_from[column]]
            column = came_from[column]
    return sorted((row_of[j] - 1, j - 1) for j in range(1, columns + 1) if row_of[j])
