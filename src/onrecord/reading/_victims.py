"""Counts without a numeral: "no casualties" is none, "a soldier was killed" is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.reading._counts import lemma_of, measures
from onrecord.reading._fates import fate_of, noun_kind, person_words, unreal
from onrecord.reading._figure_draft import FigureDraft
from onrecord.records import Bound, FigureKind, Scope

_NONE = frozenset(
    {FigureKind.killed, FigureKind.injured, FigureKind.casualties, FigureKind.detained, FigureKind.abducted}
)
_SINGLE = _NONE | {FigureKind.missing}
_HARMED = frozenset({FigureKind.killed, FigureKind.injured, FigureKind.abducted})
_PEOPLE = frozenset({FigureKind.troops, FigureKind.protesters})


def find_none(doc: Doc) -> Iterator[FigureDraft]:
    """ "no casualties", "nobody was hurt", "without casualties": a count of none."""
    for token in doc:
        word = token.lower_
        if word == "no" and token.dep_ in ("det", "advmod", "amod") and token.head.i > token.i:
            noun = token.head
            kind = noun_kind(noun)
            if kind in _NONE and kind is not None:
                if not unreal(noun) and not unreal(noun.head):
                    yield _none(token, noun, kind, f"zero/{lemma_of(noun)}")
            elif noun.lower_ == "one" or lemma_of(noun) in measures()["persons"] or kind in _PEOPLE:
                yield from _nobody(token, noun)
        elif word == "without" and token.dep_ == "case" and token.head.tag_ == "NNS":
            kind = noun_kind(token.head)
            if kind in _NONE and kind is not None:
                yield replace(_none(token, token.head, kind, f"zero/{lemma_of(token.head)}"), verb=None)
        elif word in ("nobody", "none") and token.dep_.startswith("nsubj"):
            yield from _nobody(token, token)


def _nobody(first: Token, noun: Token) -> Iterator[FigureDraft]:
    fate = fate_of(noun, None)
    if fate is not None and fate.kind in _NONE and not (fate.verb is not None and unreal(fate.verb, negated=False)):
        yield _none(first, noun, fate.kind, f"zero/{fate.rule}")


def _none(first: Token, last: Token, kind: FigureKind, rule: str) -> FigureDraft:
    verb = last.head.i if last.dep_ in ("nsubj", "nsubj:pass", "obj") else last.i
    whom = person_words(last) if last.lower_ not in ("nobody", "none", "one") else None
    return FigureDraft(
        kind, 0, 0, Bound.exact, Scope.incident, whom, last.i, (first.i, last.i + 1), verb, f"figure/{rule}"
    )


def find_singles(doc: Doc) -> Iterator[FigureDraft]:
    """ "A soldier was killed", "killed the mayor's driver": one victim, counted without a numeral."""
    persons = measures()["persons"]
    for token in doc:
        if token.lower_ == "another" and token.dep_.startswith(("nsubj", "obj")):
            yield from _single(token, token)
        elif (
            token.tag_ == "NN"
            and token.dep_ != "appos"  # "Choi, a defector, was arrested": a name, which is no count
            and (lemma_of(token) in persons or noun_kind(token) in _PEOPLE)
        ):
            first = next((item for item in token.children if _counts_one(item)), None)
            if first is not None and not any(item.dep_ == "nummod" for item in token.children):
                yield from _single(first, token)


def _counts_one(item: Token) -> bool:
    """The article or possessive that makes a noun one person: "a soldier", "his driver"."""
    if item.dep_ == "det":
        return item.lower_ in ("a", "an", "another")
    return item.tag_ == "PRP$" and item.lower_ in ("his", "her", "their")


def _single(first: Token, noun: Token) -> Iterator[FigureDraft]:
    fate = fate_of(noun, noun)
    if fate is None or fate.kind not in _SINGLE or fate.verb is None or unreal(fate.verb):
        return
    if first.tag_ == "PRP$" and (fate.kind not in _HARMED or fate.rule.startswith("of:")):
        return  # "his client was arrested", "her husband's body": told of before, more likely than not
    whom = None if first.i == noun.i else person_words(noun)
    yield FigureDraft(
        fate.kind,
        1,
        1,
        Bound.exact,
        Scope.incident,
        whom,
        noun.i,
        (first.i, noun.i + 1),
        fate.verb.i,
        f"figure/implicit/{fate.rule}",
    )
