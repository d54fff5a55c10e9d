"""How figures of a sentence hang together: part and whole ("including 12 children"), old and new ("to 54 from 51")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span

from onrecord.reading._counts import lemma_of, measures
from onrecord.reading._figure_draft import FigureDraft
from onrecord.records import FigureKind

PART = "part"
"""What ``because`` of a draft ends in that is only a figure as part of another."""

_INCLUDING = (("including",), ("among", "them"), ("among", "whom"), ("among", "which"), ("of", "whom"), ("of", "them"))
_OF_THEM = frozenset({"them", "whom", "which", "those", "these"})
_FATELESS = frozenset({FigureKind.other, FigureKind.troops, FigureKind.protesters})
_BETWEEN = frozenset({"the", "those", "these", "a", "an", "at", "least", "some", "about", "all", "its", "their"})


def is_part(doc: Doc, start: int, end: int) -> bool:
    """Does the text say that the number at tokens ``start`` to ``end`` is part of one told before?"""
    opening = doc[start].sent
    if opening[0].lower_ == "of" and start > opening.start + 3 and _opens_with_number(opening):
        return True  # "Of the 200 injured, 50 were rescuers"
    before = tuple(token.lower_ for token in doc[max(0, start - 2) : start])
    if any(before[-len(cue) :] == cue for cue in _INCLUDING):
        return True
    return doc[end : end + 1].text.lower() == "of" and doc[end + 1 : end + 2].text.lower() in _OF_THEM


def link(doc: Doc, drafts: Sequence[FigureDraft]) -> list[FigureDraft]:
    """``drafts``, in text order, with ``part_of`` and ``revises``. A part without a fate of its own has the whole's."""
    linked: list[FigureDraft] = []
    for index, draft in enumerate(drafts):
        whole = _whole(doc, draft, linked, drafts[index + 1 :])
        if whole is not None:
            inherits = draft.kind in _FATELESS
            kind = whole.kind if inherits else draft.kind
            rule = f"figure/{kind}/{PART}" if inherits else draft.because
            verb = whole.verb if inherits else draft.verb
            draft = replace(draft, kind=kind, part_of=whole.head, verb=verb, because=rule)
        if whole is not None or not draft.because.endswith(f"/{PART}"):
            linked.append(draft)
    return [_revising(doc, draft, linked) for draft in linked]


def _whole(
    doc: Doc, draft: FigureDraft, before: Sequence[FigureDraft], after: Sequence[FigureDraft]
) -> FigureDraft | None:
    start, end = draft.span
    sentence = doc[draft.head].sent.start
    if draft.currency is None and is_part(doc, start, end):
        theirs = doc[end : end + 1].text.lower() == "of"
        fitting = (
            other
            for other in reversed(before)
            if doc[other.head].sent.start == sentence
            and other.part_of is None
            and other.currency is None
            and (draft.kind == other.kind or draft.kind in _FATELESS)
            and not (other.high is not None and draft.low is not None and draft.low > other.high)
            and not (theirs and _others_between(doc, other, start))
        )
        return next(fitting, None)
    if doc[end : end + 1].text.lower() == "of":  # "two of the 12 hostages"
        return next(
            (
                other
                for other in after
                if 0 <= other.span[0] - end - 1 <= 2
                and all(token.lower_ in _BETWEEN for token in doc[end + 1 : other.span[0]])
            ),
            None,
        )
    return None


def _opens_with_number(sentence: Span) -> bool:
    return any(token.tag_ == "CD" for token in sentence[1:4])


def _others_between(doc: Doc, whole: FigureDraft, start: int) -> bool:
    """Are other people named between a whole and "five of them"? Then it is they who are meant."""
    people = [
        token
        for token in doc[whole.span[1] : start]
        if token.tag_ == "NNS" and lemma_of(token) in measures()["counted"]
    ]
    return len(people) > 1


def _revising(doc: Doc, draft: FigureDraft, drafts: Sequence[FigureDraft]) -> FigureDraft:
    """The new number of "rose to 54 from 51" with the old one it takes the place of."""
    if draft.verb is None or draft.span[0] == 0 or lemma_of(doc[draft.verb]) not in measures()["changes"]:
        return draft
    if doc[draft.span[0] - 1].lower_ == "from":
        return draft
    old = next(
        (
            other
            for other in drafts
            if other.verb == draft.verb
            and other.kind == draft.kind
            and other.head != draft.head
            and doc[other.span[0] - 1].lower_ == "from"
        ),
        None,
    )
    return draft if old is None else replace(draft, revises=old.head)
