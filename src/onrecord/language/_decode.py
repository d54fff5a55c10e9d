"""From scores to structures: a true tree for every sentence, and entity tags that make whole spans.

Greedy choices are checked for all words at once and are nearly always right already; the exact algorithms
(Chu-Liu-Edmonds with one root, Viterbi) run only for the sentences where they are not.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

_NEVER = -1e9
_HARDLY = -1e6


def trees(arc: Floats, sentence: Ints) -> Ints:
    """Heads of all words of a window, as 1 + index of the head, 0 for roots: one tree with one root a sentence.

    `arc[i, j + 1]` scores word j as the head of word i and `arc[i, 0]` word i as a root; `sentence` numbers each word's
    sentence, in order.
    """
    size = len(sentence)
    scores = np.full((size, size + 1), _NEVER, np.float32)
    same = np.zeros((size, size + 1), bool)
    same[:, 0] = True
    same[:, 1:] = sentence[:, None] == sentence[None, :]
    np.copyto(scores, arc, where=same)
    every = np.arange(size)
    scores[every, every + 1] = _NEVER
    heads: Ints = scores.argmax(1)
    for start, end in _bad_sentences(heads, sentence):
        block = np.concatenate([scores[start:end, :1], scores[start:end, start + 1 : end + 1]], 1).astype(np.float64)
        local = best_tree(block)
        heads[start:end] = np.where(local > 0, local + start, 0)
    return heads


def _bad_sentences(heads: Ints, sentence: Ints) -> list[tuple[int, int]]:
    """Edges of the sentences whose heads form no tree with exactly one root."""
    if not len(heads):
        return []
    # Follow all heads at once, doubling the distance: whoever has not reached the root after that goes in a circle.
    reach = np.concatenate([[0], heads])
    for _ in range(max(1, len(heads).bit_length())):
        reach = reach[reach]
    starts = np.flatnonzero(np.diff(sentence, prepend=sentence[0] - 1))
    roots = np.add.reduceat(heads == 0, starts)
    circles = np.add.reduceat(reach[1:] != 0, starts)
    ends = np.append(starts[1:], len(heads))
    wrong = np.flatnonzero((roots != 1) | (circles > 0))
    return [(int(starts[k]), int(ends[k])) for k in wrong]


def best_tree(arc: NDArray[np.float64]) -> Ints:
    """Heads (0 the root) of the best tree of one sentence that has exactly one root."""
    size = len(arc)
    if size == 1:
        return np.zeros(1, np.int64)
    scores = np.full((size + 1, size + 1), _NEVER)
    # Normalised, so that trees with different roots compare by probability.
    top = arc.max(1, keepdims=True)
    scores[1:] = arc - top - np.log(np.exp(arc - top).sum(1, keepdims=True))
    np.fill_diagonal(scores, _NEVER)
    scores = np.maximum(scores, _NEVER)
    free: Ints = _arborescence(scores)
    roots = np.flatnonzero(free[1:] == 0) + 1
    if len(roots) == 1:
        return free[1:]
    likely = np.argsort(-scores[1:, 0], kind="stable")[: max(3, len(roots))] + 1
    best: Ints = free
    best_score = -np.inf
    for root in likely:
        forced = scores.copy()
        forced[1:, 0] = _HARDLY
        forced[root, 0] = -_HARDLY
        tree = _arborescence(forced)
        if np.count_nonzero(tree[1:] == 0) == 1:
            score = scores[np.arange(1, size + 1), tree[1:]].sum()
            if score > best_score:
                best, best_score = tree, score
    return best[1:]


def _arborescence(scores: NDArray[np.float64]) -> Ints:
    """Chu-Liu-Edmonds: heads of the best spanning tree from node 0, by `scores[d, h]`; entry 0 means nothing."""
    size = len(scores)
    scores = scores.copy()
    np.fill_diagonal(scores, _NEVER * 10)
    scores[0] = _NEVER * 10
    heads: Ints = scores.argmax(1)
    heads[0] = 0
    circle = _circle(heads.tolist())
    if circle is None:
        return heads
    inside = np.zeros(size, bool)
    inside[circle] = True
    outside = np.flatnonzero(~inside)
    members = np.array(circle)
    count = len(outside)
    # The circle becomes one node, the last; what entering it at each member would gain decides where to open it.
    smaller = np.full((count + 1, count + 1), _NEVER * 10)
    smaller[:count, :count] = scores[np.ix_(outside, outside)]
    leaving = scores[np.ix_(outside, members)]
    smaller[:count, count] = leaving.max(1)
    gain = scores[np.ix_(members, outside)] - scores[members, heads[members]][:, None]
    smaller[count, :count] = gain.max(0)
    solved = _arborescence(smaller)
    result: Ints = heads.copy()
    for k in range(1, count):
        result[outside[k]] = members[leaving[k].argmax()] if solved[k] == count else outside[solved[k]]
    source = solved[count]
    result[members[gain[:, source].argmax()]] = outside[source]
    return result


def _circle(heads: list[int]) -> list[int] | None:
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = heads[node]
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return None


class EntityTags:
    """Decodes BIO tags; `tags` in the order of the head's classes."""

    def __init__(self, tags: tuple[str, ...]) -> None:
        kinds = [tag[2:] for tag in tags]
        self._inside = np.array([tag[0] == "I" for tag in tags])
        self._kind = np.array([kinds.index(kind) if kind else -1 for kind in kinds])
        follows = self._kind[:, None] == self._kind[None, :]
        self._step = np.where(self._inside[None, :] & ~follows, _NEVER, 0.0)
        self._first = np.where(self._inside, _NEVER, 0.0)

    def best(self, scores: Floats, sentence: Ints) -> Ints:
        """The best tag of each word such that every inside tag continues a span of its kind in its sentence."""
        tags: Ints = scores.argmax(1)
        starts = np.diff(sentence, prepend=sentence[0] - 1) != 0
        before = np.concatenate([[-1], self._kind[tags[:-1]]])
        before[starts] = -1
        wrong = self._inside[tags] & (before != self._kind[tags])
        for number in np.unique(sentence[wrong]):
            where = np.flatnonzero(sentence == number)
            tags[where] = self._viterbi(scores[where].astype(np.float64))
        return tags

    def _viterbi(self, scores: NDArray[np.float64]) -> Ints:
        total = scores[0] + self._first
        back = []
        for row in scores[1:]:
            paths = total[:, None] + self._step
            back.append(paths.argmax(0))
            total = paths.max(0) + row
        tags = [int(total.argmax())]
        for choice in reversed(back):
            tags.append(int(choice[tags[-1]]))
        return np.array(tags[::-1], np.int64)
