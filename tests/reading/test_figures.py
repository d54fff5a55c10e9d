"""Counts of people and of money: numbers, bounds, kinds, what is part of what, and what is no count at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.reading._data import load_yaml
from onrecord.reading._figures import FigureDraft, find_figures
from onrecord.records import Bound, FigureKind, Scope

_MARKED = re.compile(r"\[([^\]=]+) = ([^\]]+)\]")
SUITE = yaml.safe_load((Path(__file__).parent / "figure_sentences.yaml").read_text(encoding="utf-8"))
EXAMPLES = [
    *load_yaml("lexicon/measures.yaml")["examples"],
    *load_yaml("lexicon/currencies.yaml")["examples"],
    *(sentence for group, sentences in SUITE.items() if group != "known failures" for sentence in sentences),
    *(pytest.param(sentence, marks=pytest.mark.xfail(strict=True)) for sentence in SUITE["known failures"]),
]


@pytest.mark.parametrize("marked", EXAMPLES)
def test_every_figure_of_a_sentence_is_read_as_marked_and_no_other(nlp: Language, marked: str) -> None:
    plain, wanted = unmarked(marked)
    doc = nlp(plain)
    figures = find_figures(doc)
    shown = [show(doc, figure, figures, answer) for figure, (_, answer) in zip(figures, wanted, strict=False)]
    assert shown == [answer for _, answer in wanted]
    assert len(figures) == len(wanted)
    for figure, (start, _) in zip(figures, wanted, strict=True):
        first, last = doc[figure.span[0]], doc[figure.span[1] - 1]
        assert first.idx < start[1]
        assert start[0] < last.idx + len(last)


def unmarked(marked: str) -> tuple[str, list[tuple[tuple[int, int], str]]]:
    """The plain sentence, and for each bracket where its words stand in it and what is expected."""
    plain, wanted, position = "", [], 0
    for match in _MARKED.finditer(marked):
        plain += marked[position : match.start()]
        wanted.append(((len(plain), len(plain) + len(match[1])), match[2]))
        plain += match[1]
        position = match.end()
    return plain + marked[position:], wanted


def show(doc: Doc, figure: FigureDraft, figures: tuple[FigureDraft, ...], answer: str) -> str:
    """A figure in the notation of the examples, as far as ``answer`` spells it out."""
    kind, number, *rest = answer.split()
    del kind, number
    return " ".join([figure.kind, _number(figure), *(_field(doc, figure, figures, item) for item in rest)])


def _number(figure: FigureDraft) -> str:
    low, high = figure.low, figure.high
    return str(low) if low == high else f"{'' if low is None else low}..{'' if high is None else high}"


def _field(doc: Doc, figure: FigureDraft, figures: tuple[FigureDraft, ...], item: str) -> str:
    name, _, _ = item.partition(":")
    if name == "whom":
        return f"whom:{(figure.whom or 'nobody').split()[-1]}"
    if name in ("of", "revises"):
        link = figure.part_of if name == "of" else figure.revises
        other = next((each for each in figures if each.head == link), None)
        return f"{name}:{other.low if other else None}"
    if item == "implicit":
        return "implicit" if figure.because.startswith("figure/implicit") else doc[figure.head].text
    if item in list(Scope):
        return str(figure.scope)
    if item in list(Bound):
        return str(figure.bound)
    assert item.isupper(), f"{item}: no such mark"
    return str(figure.currency)


def test_a_figure_points_to_its_words_and_to_the_verb_it_hangs_on(nlp: Language) -> None:
    doc = nlp("The blast killed at least 20 people in the market.")
    (figure,) = find_figures(doc)
    assert doc[figure.span[0] : figure.span[1]].text == "at least 20"
    assert figure.verb is not None
    assert doc[figure.verb].text == "killed"
    assert figure.whom == "people"
    assert (figure.kind, figure.bound, figure.scope) == (FigureKind.killed, Bound.at_least, Scope.incident)


def test_two_numbers_in_one_clause_are_two_figures_and_never_a_sum(nlp: Language) -> None:
    figures = find_figures(nlp("Three soldiers and two civilians were killed."))
    assert [(figure.low, figure.whom) for figure in figures] == [(3, "soldiers"), (2, "civilians")]


def test_a_figure_of_people_has_no_currency_and_links_to_nothing_unless_the_text_does(nlp: Language) -> None:
    for figure in find_figures(nlp("Three soldiers and two civilians were killed.")):
        assert (figure.currency, figure.part_of, figure.revises) == (None, None, None)


def test_a_text_without_numbers_has_no_figures(nlp: Language) -> None:
    assert find_figures(nlp("The ministers met and shook hands.")) == ()
