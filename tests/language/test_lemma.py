"""Lemma edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.language._lemma import Lemmatiser, apply, edit, irregular, regular


@pytest.mark.parametrize(
    ("form", "lemma", "script"),
    [
        ("countries", "country", "l|3|y"),
        ("Troops", "troop", "l|1|"),
        ("Baghdad", "Baghdad", "k|0|"),
        ("was", "be", "l|3|be"),
        ("the", "the", "l|0|"),
        ("Qataris", "Qatari", "k|1|"),
    ],
)
def test_an_edit_says_what_to_cut_and_add(form: str, lemma: str, script: str) -> None:
    assert edit(form, lemma) == script
    assert apply(script, form) == lemma


@given(st.text(min_size=1), st.text(min_size=1))
def test_an_edit_applied_to_its_own_form_gives_its_lemma(form: str, lemma: str) -> None:
    assert apply(edit(form, lemma), form) == lemma


KNOWN = "hope hop visit plan call agree study die reach box life live factory push add fear solve shoe hero use".split()


@pytest.mark.parametrize(
    ("form", "tag", "base"),
    [
        ("hoped", "VBD", "hope"), ("visited", "VBN", "visit"), ("planning", "VBG", "plan"), ("called", "VBD", "call"),
        ("agreed", "VBD", "agree"), ("studied", "VBD", "study"), ("reaches", "VBZ", "reach"), ("boxes", "NNS", "box"),
        ("factories", "NNS", "factory"), ("pushing", "VBG", "push"), ("added", "VBD", "add"), ("feared", "VBN", "fear"),
        ("solved", "VBN", "solve"), ("shoes", "NNS", "shoe"), ("heroes", "NNS", "hero"), ("used", "VBN", "use"),
    ],
)  # fmt: skip
def test_regular_endings_lead_to_known_words(form: str, tag: str, base: str) -> None:
    assert next(b for b in regular(form, tag) if b in KNOWN) == base


def test_what_the_treebanks_settled_comes_first_and_the_encoder_last() -> None:
    lemmatiser = Lemmatiser(("VBD", "NNP", "CD", ":"), ("l|0|", "k|0|", "l|1|"), {"left VBD": "leave"}, {"fear"})
    assert lemmatiser.lemma("Left", 0, 0) == "leave"
    assert lemmatiser.lemma("Feared", 0, 2) == "fear"
    assert lemmatiser.lemma("Goma", 1, 1) == "Goma"
    assert lemmatiser.lemma("Zorbed", 0, 2) == "zorb"
    assert lemmatiser.lemma("Went", 0, 2) == "go"
    assert lemmatiser.lemma("1,300", 2, 0) == "1300"
    assert lemmatiser.lemma("“", 3, 0) == '"'


def test_an_edit_learned_on_longer_words_leaves_short_ones_alone() -> None:
    assert apply("l|3|y", "is") == "is"
    assert apply("l|2|", "Is") == "is"


@pytest.mark.parametrize(
    ("form", "tag", "base"),
    [
        ("fled", "VBD", "flee"),
        ("withdrawn", "VBN", "withdraw"),
        ("shot", "VBN", "shoot"),
        ("policewomen", "NNS", "policewoman"),
        ("gunmen", "NNS", "gunman"),
        ("crises", "NNS", "crisis"),
        ("found", "VB", None),
        ("regimen", "NN", None),
    ],
)
def test_irregular_forms_have_their_base_for_the_tag_they_stand_under(form: str, tag: str, base: str | None) -> None:
    assert irregular(form, tag) == base
