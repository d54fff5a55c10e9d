"""Trees and entity tags from scores."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from onrecord.language._decode import EntityTags, best_tree, trees

TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")


def is_tree(heads: list[int]) -> bool:
    """One root, and everything reaches it."""
    if heads.count(0) != 1:
        return False
    for start in range(1, len(heads) + 1):
        node, steps = start, 0
        while node and steps <= len(heads):
            node, steps = heads[node - 1], steps + 1
        if node:
            return False
    return True


@pytest.mark.parametrize("seed", range(40))
def test_the_best_tree_is_the_best_of_all_trees(seed: int) -> None:
    size = 2 + seed % 3
    arc = np.random.default_rng(seed).normal(size=(size, size + 1))
    arc[np.arange(size), np.arange(size) + 1] = -np.inf
    log = arc - np.log(np.exp(arc).sum(1, keepdims=True))

    def worth(heads: tuple[int, ...]) -> float:
        return float(sum(log[i, h] for i, h in enumerate(heads)))

    every = [h for h in product(range(size + 1), repeat=size) if is_tree(list(h))]
    found = tuple(best_tree(arc).tolist())
    assert is_tree(list(found))
    assert worth(found) == pytest.approx(max(map(worth, every)))


@pytest.mark.parametrize("seed", range(20))
def test_every_sentence_of_a_window_is_one_tree_of_its_own_words(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sentence = np.repeat([1, 2, 3], [1, int(rng.integers(2, 30)), int(rng.integers(2, 30))])
    arc = rng.normal(size=(len(sentence), len(sentence) + 1)).astype(np.float32) * 3
    heads = trees(arc, sentence)
    for number in (1, 2, 3):
        where = np.flatnonzero(sentence == number)
        local = [0 if heads[i] == 0 else int(heads[i]) - int(where[0]) for i in where]
        assert all(0 <= h <= len(where) for h in local)
        assert is_tree(local)


def test_scores_that_say_nothing_still_give_a_tree() -> None:
    heads = trees(np.zeros((60, 61), np.float32), np.ones(60, np.int64))
    assert is_tree(heads.tolist())


def test_a_name_begins_with_a_begin_tag_and_keeps_its_kind() -> None:
    scores = np.full((4, 5), -5.0, np.float32)
    for i, tag in enumerate(("I-PER", "I-PER", "I-ORG", "O")):
        scores[i, TAGS.index(tag)] = 5.0
    scores[0, TAGS.index("B-PER")] = 4.0
    scores[2, TAGS.index("I-PER")] = 4.0
    tags = [TAGS[t] for t in EntityTags(TAGS).best(scores, np.ones(4, np.int64))]
    assert tags == ["B-PER", "I-PER", "I-PER", "O"]


def test_a_name_does_not_run_across_the_end_of_a_sentence() -> None:
    scores = np.full((2, 5), -5.0, np.float32)
    scores[0, TAGS.index("B-PER")] = 5.0
    scores[1, TAGS.index("I-PER")] = 5.0
    decoder = EntityTags(TAGS)
    assert [TAGS[t] for t in decoder.best(scores, np.array([1, 1]))] == ["B-PER", "I-PER"]
    assert [TAGS[t][0] for t in decoder.best(scores, np.array([1, 2]))][1] != "I"
