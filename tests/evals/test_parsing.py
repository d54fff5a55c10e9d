"""The parsing scorer on documents with tags and trees set by hand."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from evals._corpora import Sentence, Word
from evals.parsing import stripped, tree_scores

GOLD = Sentence(
    "s",
    "d",
    True,
    [
        Word("Ships", "ship", "NOUN", "NNS", "_", 2, "nsubj", True),
        Word("left", "leave", "VERB", "VBD", "_", 0, "root", True),
        Word("Oslo", "Oslo", "PROPN", "NNP", "_", 2, "obl:tmod", False),
        Word(".", ".", "PUNCT", ".", "_", 2, "punct", True),
    ],
)


def analysed(heads: list[int], deps: list[str], lemmas: list[str]) -> Doc:
    words = [w.form for w in GOLD.words]
    pos = ["NOUN", "VERB", "NOUN", "PUNCT"]
    return Doc(spacy.blank("en").vocab, words=words, heads=heads, deps=deps, pos=pos, lemmas=lemmas)


def test_heads_labels_tags_and_lemmas_are_counted_apart() -> None:
    doc = analysed([1, 1, 0, 1], ["nsubj", "ROOT", "obl", "obj"], ["ship", "left", "oslo", "."])
    found = {s.name.split(".")[1]: s.value for s in tree_scores("x", "x", [GOLD], [doc])}
    assert found == {"upos": 75.0, "uas": 75.0, "las": 50.0, "lemma": 75.0}


def test_subtypes_do_not_count() -> None:
    doc = analysed([1, 1, 1, 1], ["nsubj:outer", "root", "obl", "punct"], ["ship", "leave", "Oslo", "."])
    assert {s.name: s.value for s in tree_scores("x", "x", [GOLD], [doc])}["x.las"] == 100.0


def test_blanks_at_the_edge_of_a_sentence_are_not_part_of_it() -> None:
    assert stripped("ab  \n", 0, 5) == (0, 2)
    assert stripped("  ab", 0, 4) == (2, 4)
