"""Who gives a toll: "the Red Cross put the death toll at 11" says it as much as "said that 11 had died"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.reading._counts import lemma_of, measures
from onrecord.reading._fates import noun_kind, toll_kind
from onrecord.reading._figure_draft import FigureDraft
from onrecord.reading._parties import Parties
from onrecord.reading._statements import StatementDraft, Statements
from onrecord.reading._syntax import child, is_passive


def add_tolls(doc: Doc, statements: Statements, figures: Sequence[FigureDraft], parties: Parties) -> Statements:
    """``statements`` with one more for each verb that puts a toll at a figure, after those there were."""
    told = list(statements.all)
    owner = dict(statements.owner)
    done: dict[int, int] = {}
    for figure in figures:
        verb = _teller(doc, figure)
        if verb is None:
            continue
        number = done.get(verb.i)
        if number is None:
            draft = _statement(verb, figure, statements, parties)
            if draft is None:
                continue
            number = done[verb.i] = len(told)
            told.append(draft)
        elif figure.span[1] > told[number].content[-1][1]:  # "put the toll at 31 dead and 140 injured"
            *first, last = told[number].content
            told[number] = replace(told[number], content=(*first, (last[0], figure.span[1])))
        owner.update((i, number) for start, end in told[number].content for i in range(start, end))
    return replace(statements, all=tuple(told), owner=owner) if done else statements


def _teller(doc: Doc, figure: FigureDraft) -> Token | None:
    """The verb that puts a toll at ``figure``; the number may hang on the toll itself."""
    if figure.verb is None:
        return None
    verb = doc[figure.verb]
    if verb.dep_ in ("obj", "nsubj:pass"):
        verb = verb.head
    return verb if lemma_of(verb) in measures()["tellers"] else None


def _statement(verb: Token, figure: FigureDraft, statements: Statements, parties: Parties) -> StatementDraft | None:
    passive = is_passive(verb)
    toll = child(verb, "nsubj:pass") if passive else child(verb, "obj")
    source = child(verb, "obl:agent") if passive else child(verb, "nsubj")
    if toll is None or source is None or (toll_kind(toll) or noun_kind(toll)) is None:
        return None
    speaker = parties.at(source.i)
    if speaker is None or any(statements.all[k].cue == (verb.i, verb.i + 1) for k in statements.around(figure.head)):
        return None
    first, end = toll.left_edge.i, figure.span[1]
    content = ((first, toll.right_edge.i + 1), (verb.i + 1, end)) if passive else ((first, end),)
    if any(start >= stop for start, stop in content):
        return None
    return StatementDraft(
        speaker=speaker,
        medium=None,
        cue=(verb.i, verb.i + 1),
        content=content,
        style="indirect",
        stance="asserts",
        parents=statements.around(verb.i),
        because="statement/toll",
        source=(source.left_edge.i, source.i + 1),
    )
