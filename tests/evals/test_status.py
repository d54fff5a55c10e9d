"""Which predicates the status scorer asks about."""

from __future__ import annotations

from evals._corpora import Sentence, Word
from evals.status import predicates


def sentence(name: str, *tagged: tuple[str, str]) -> Sentence:
    words = [Word(form, form, upos, "", "_", 0, "dep", True) for form, upos in tagged]
    return Sentence(name, "d", True, words)


def test_only_clear_verbs_are_asked_about_and_counted_through_the_document() -> None:
    first = sentence("s1", ("Rebels", "NOUN"), ("fled", "VERB"))
    second = sentence("s2", ("Talks", "NOUN"), ("may", "AUX"), ("fail", "VERB"), ("soon", "ADV"), ("resume", "VERB"))
    gold = {"s1": {1: 2.0, 2: 1.2}, "s2": {3: -1.0, 5: 0.2, 9: 3.0}}
    assert list(predicates([first, second], gold)) == [(1, True), (4, False)]
