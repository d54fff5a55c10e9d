"""Counts of people: numbers, bounds, kinds, and what is no count at all."""

from __future__ import annotations

import re

import pytest
from spacy.language import Language

from onrecord.reading._data import load_yaml
from onrecord.reading._figures import FigureDraft, find_figures
from onrecord.records import Bound, FigureKind, Scope

_MARKED = re.compile(r"\[([^\]=]+) = ([^\]]+)\]")
EXAMPLES = load_yaml("lexicon/measures.yaml")["examples"]


def expected(marked: str) -> tuple[str, list[tuple[str, str, str, str]]]:
    """The plain sentence, and (first word, kind, number, bound and scope) of each figure marked in it."""
    rows = []
    for words, answer in _MARKED.findall(marked):
        kind, number, *rest = answer.split()
        rows.append((words, kind, number, " ".join(rest)))
    return _MARKED.sub(r"\1", marked), rows


def shown(figure: FigureDraft, answer: str) -> tuple[str, str, str]:
    """A figure in the notation of the examples, as far as ``answer`` spells it out."""
    low, high = figure.low, figure.high
    number = str(low) if low == high else f"{'' if low is None else low}..{'' if high is None else high}"
    rest = [figure.bound.value] if answer and answer.split()[0] in list(Bound) else []
    rest += [figure.scope.value] if answer and answer.split()[-1] in list(Scope) else []
    return figure.kind.value, number, " ".join(rest)


@pytest.mark.parametrize("marked", EXAMPLES)
def test_every_example_in_the_lexicon_is_read_as_marked(nlp: Language, marked: str) -> None:
    sentence, rows = expected(marked)
    doc = nlp(sentence)
    figures = find_figures(doc)
    assert [shown(figure, row[3]) for figure, row in zip(figures, rows, strict=False)] == [row[1:] for row in rows]
    assert len(figures) == len(rows)


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


def test_a_text_without_numbers_has_no_figures(nlp: Language) -> None:
    assert find_figures(nlp("The ministers met and shook hands.")) == ()
