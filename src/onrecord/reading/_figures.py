"""How many: counts of people with bounds, what befell them, and the word of the event they hang on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from spacy.tokens import Doc, Token

from onrecord.reading._counts import Count, find_counts, find_numerals, is_year, lemma_of, measures
from onrecord.reading._fates import Fate, fate_beside, fate_of, noun_kind, person_words, toll_kind, unreal
from onrecord.reading._figure_draft import FigureDraft
from onrecord.reading._figure_links import PART, is_part, link
from onrecord.reading._money import find_money
from onrecord.reading._syntax import governors, subject
from onrecord.reading._victims import find_none, find_singles
from onrecord.records import Bound, FigureKind, Scope

__all__ = ["FigureDraft", "find_figures"]


class _Party(Protocol):
    @property
    def kind(self) -> str: ...


class _Parties(Protocol):
    @property
    def all(self) -> Sequence[_Party]: ...

    def at(self, i: int, /) -> int | None: ...


_HARM = frozenset(
    {
        FigureKind.killed,
        FigureKind.injured,
        FigureKind.casualties,
        FigureKind.abducted,
        FigureKind.missing,
        FigureKind.detained,
    }
)


def find_figures(doc: Doc, parties: _Parties | None = None) -> tuple[FigureDraft, ...]:
    """Every count of people and amount of public money in ``doc``, in text order.

    Each number is its own figure: none are added, none compared. What the text says is part of another is linked to it.
    """
    found: list[FigureDraft] = []
    words = [token.lower_ for token in doc]
    numerals = find_numerals(doc, words)
    for count in find_counts(doc, words, numerals):
        draft = _figure(count, parties)
        if draft is not None:
            found.append(draft)
    counted = {token for draft in found for token in range(*draft.span)}
    found.extend(draft for draft in (*find_none(doc), *find_singles(doc)) if draft.head not in counted)
    found.extend(find_money(doc, words, numerals))
    return tuple(link(doc, sorted(found, key=lambda draft: draft.span)))


def _figure(count: Count, parties: _Parties | None) -> FigureDraft | None:
    noun = count.noun
    if noun is not None and not (_is_person(noun, parties) and _agrees(count, noun)):
        return None
    if noun is None and (
        count.number.tag_ not in ("CD", "NNS", "NN", "JJ")
        or (is_year(count.number.text) and count.bound == Bound.exact)
    ):
        return None
    fate = (fate_beside(count.number, count.end) if noun is None else None) or fate_of(count.node, noun)
    if fate is None:
        if is_part(count.number.doc, count.start, count.end):
            fate = Fate(FigureKind.other, None, PART)
        elif noun is None or not _worth_counting(count, noun):
            return None
        else:
            fate = Fate(FigureKind.other, None, f"count:{lemma_of(noun)}")
    elif fate.kind not in _HARM and count.bound == Bound.vague and (count.low or 0) < 10:
        return None  # "several protesters"
    elif fate.verb is not None and unreal(fate.verb, could=fate.kind not in _HARM):
        return None
    return FigureDraft(
        kind=fate.kind,
        low=count.low,
        high=count.high,
        bound=count.bound,
        scope=_scope(count, fate),
        whom=person_words(noun, after=count.end) if noun is not None else None,
        head=count.number.i,
        span=(count.start, count.end),
        verb=fate.verb.i if fate.verb is not None else None,
        because=f"figure/{fate.kind}/{fate.rule}",
    )


def _is_person(noun: Token, parties: _Parties | None) -> bool:
    lemma = lemma_of(noun)
    if (
        lemma in measures()["persons"]
        or lemma == "life"
        or noun_kind(noun) is not None
        or noun.lower_ in measures()["persons"]
    ):
        return True
    if noun.tag_ not in ("NNPS", "NNS"):
        return False
    party = parties.at(noun.i) if parties is not None else None
    return noun.ent_type_ == "NORP" or (parties is not None and party is not None and parties.all[party].kind in _MANY)


_MANY = frozenset({"population"})


def _agrees(count: Count, noun: Token) -> bool:
    """A number above one and a singular noun do not count people: "the 1991 assassination"."""
    return (
        noun.tag_ not in ("NN", "NNP")
        or count.low == count.high == 1
        or lemma_of(noun) in ("people", "personnel", "police", "staff", "dead", "crew")
    )


def _worth_counting(count: Count, noun: Token) -> bool:
    """A count of people nothing befell is on record when new and public: not "the two leaders", "her two sons"."""
    lemma = lemma_of(noun)
    if lemma == "life" or (lemma in measures()["private"] and max(count.low or 0, count.high or 0) < 100):
        return False
    if (count.low or 0) == (count.high or 0) == 1:
        return noun.doc[max(0, count.start - 1)].lower_ in ("only", "just") and lemma != "person"
    if count.bound == Bound.vague and (count.low or 0) < 10:
        return False
    if noun.tag_ not in ("NNS", "NNPS") and lemma not in ("people", "personnel", "police", "staff"):
        return False
    if any(above.dep_ == "nmod" and lemma_of(above.head) in measures()["populated"] for above in (noun, count.node)):
        return False  # "a nation of 22 million people"
    if count.node.dep_ in ("obj", "obl", "obl:agent") and lemma_of(count.node.head) in measures()["consist"]:
        return False  # "the committee has 12 members", "is made up of 16 ministers"
    words = {item.lower_ for item in noun.children if item.dep_ in ("det", "nmod:poss", "det:predet")}
    return not (words & _KNOWN and max(count.low or 0, count.high or 0) < 100)


# Before a count: it has been told, or is no news.
_KNOWN = frozenset({"the", "these", "those", "both", "his", "her", "their", "its", "all", "our", "my"})


def _scope(count: Count, fate: Fate) -> Scope:
    """One incident's count, a running total, or one since a stated time."""
    verb = fate.verb if fate.verb is not None else count.node
    clause = [verb, *(token for token in governors(verb) if token.pos_ == "VERB")][:2]
    if fate.running and lemma_of(verb) in measures()["changes"]:
        return Scope.total  # "has doubled to 60 since Friday"
    for token in clause:
        for item in token.children:
            marks = {below.lower_ for below in item.children if below.dep_ in ("case", "mark")}
            if "since" in marks or item.lower_ == "since":
                return Scope.since
    topics = (subject(token) for token in clause)
    if fate.running or any(topic is not None and toll_kind(topic) is not None for topic in topics):
        return Scope.total
    words = count.node.sent.text.lower()
    return Scope.total if any(cue in words for cue in _TOTALS) else Scope.incident


_TOTALS = (
    "so far",
    "to date",
    "in all,",
    "in total",
    "altogether",
    "overall",
    "cumulative",
    "a total of",
    "until now",
    "till now",
)
