"""How many: counts of people with bounds, what befell them, and the word of the event they hang on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from spacy.tokens import Doc, Token

from onrecord.reading._counts import Count, find_counts, lemma_of, measures
from onrecord.reading._fates import Fate, fate_beside, fate_of, noun_kind
from onrecord.reading._syntax import governors
from onrecord.records import Bound, FigureKind, Scope


class _Party(Protocol):
    @property
    def kind(self) -> str: ...


class _Parties(Protocol):
    @property
    def all(self) -> Sequence[_Party]: ...

    def at(self, i: int, /) -> int | None: ...


@dataclass(frozen=True, slots=True)
class FigureDraft:
    """A count of people as the text gives it. ``span`` is in tokens, bound included; ``verb`` is the event word."""

    kind: FigureKind
    low: int | None
    high: int | None
    bound: Bound
    scope: Scope
    whom: str | None
    head: int
    span: tuple[int, int]
    verb: int | None
    because: str


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
_NONE = frozenset({FigureKind.killed, FigureKind.injured, FigureKind.casualties})
_SINGLE = frozenset({FigureKind.killed, FigureKind.injured, FigureKind.abducted})


def find_figures(doc: Doc, parties: _Parties | None = None) -> tuple[FigureDraft, ...]:
    """Every count of people in ``doc``, in text order. Each number is its own figure: none are added, none compared."""
    found: list[FigureDraft] = []
    for count in find_counts(doc):
        draft = _figure(count, parties)
        if draft is not None:
            found.append(draft)
    counted = {token for draft in found for token in range(*draft.span)}
    found.extend(draft for draft in (*_zeros(doc), *_singles(doc)) if draft.head not in counted)
    return tuple(sorted(found, key=lambda draft: draft.span))


def _figure(count: Count, parties: _Parties | None) -> FigureDraft | None:
    noun = count.noun
    if noun is not None and not (_is_person(noun, parties) and _agrees(count, noun)):
        return None
    if noun is None and (count.number.tag_ not in ("CD", "NNS", "NN", "JJ") or _looks_like_year(count)):
        return None
    fate = (fate_beside(count.number, count.end) if noun is None else None) or fate_of(count.node, noun)
    if fate is None:
        if noun is None or not _worth_counting(count, noun):
            return None
        fate = Fate(FigureKind.other, None, f"count:{lemma_of(noun)}")
    elif fate.kind not in _HARM and count.bound == Bound.vague and (count.low or 0) < 10:
        return None  # "several protesters"
    elif fate.kind in _HARM and fate.verb is not None and _unreal(fate.verb):
        return None
    return FigureDraft(
        kind=fate.kind,
        low=count.low,
        high=count.high,
        bound=count.bound,
        scope=_scope(count, fate),
        whom=_whom(noun, after=count.end) if noun is not None else None,
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


_MANY = frozenset({"group", "population"})


def _agrees(count: Count, noun: Token) -> bool:
    """A number above one and a singular noun do not count people: "the 1991 assassination"."""
    return (
        noun.tag_ not in ("NN", "NNP")
        or count.low == count.high == 1
        or lemma_of(noun) in ("people", "personnel", "police", "staff", "dead", "crew")
    )


def _looks_like_year(count: Count) -> bool:
    text = count.number.text
    return len(text) == 4 and text.isdecimal() and 1900 <= int(text) <= 2050 and count.bound == Bound.exact


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
    if count.node.dep_ == "obj" and lemma_of(count.node.head) in ("have", "comprise", "number", "contain"):
        return False  # "the committee has 12 members"
    words = {item.lower_ for item in noun.children if item.dep_ in ("det", "nmod:poss", "det:predet")}
    return not (
        words & {"the", "these", "those", "both", "his", "her", "their", "its", "all", "our", "my"}
        and (count.low or 0) < 10
    )


def _unreal(verb: Token) -> bool:
    """True when the harm is said not to have happened, or only that it may."""
    data = measures()
    token = verb
    for _ in range(4):
        for item in token.children:
            if item.dep_ in ("aux", "aux:pass", "advmod", "det") and (
                item.lower_ in data["negations"] or (item.dep_ == "aux" and item.lower_ in data["unreal"])
            ):
                return True
            if item.dep_ == "mark" and item.lower_ in data["conditional"]:
                return True
        if token.dep_ == "xcomp" and lemma_of(token.head) in data["unrealised"]:
            return True
        if (
            token.dep_ not in ("conj", "advcl", "xcomp")
            or token.head.i == token.i
            or (token.dep_ == "advcl" and token.tag_ not in ("VBG", "VBN", "VB"))
        ):
            return False
        token = token.head
    return False


def _whom(noun: Token, *, after: int = 0) -> str:
    """The noun with the adjectives and nouns before it: "Congress MPs"."""
    first = noun.i
    for item in noun.lefts:
        if item.dep_ in ("amod", "compound", "nmod:desc") and item.tag_ != "CD":
            first = min(first, item.left_edge.i)
    if noun.i >= after:
        first = max(first, after)
    while first < noun.i and noun.doc[first].tag_ in ("CD", "HYPH", "DT", "IN", "JJR", "RB", "PRP$"):
        first += 1
    return noun.doc[first : noun.i + 1].text


def _scope(count: Count, fate: Fate) -> Scope:
    """One incident's count, a running total, or one since a stated time."""
    verb = fate.verb if fate.verb is not None else count.node
    clause = [verb, *(token for token in governors(verb) if token.pos_ == "VERB")][:2]
    for token in clause:
        for item in token.children:
            marks = {below.lower_ for below in item.children if below.dep_ in ("case", "mark")}
            if "since" in marks or item.lower_ == "since":
                return Scope.since
    if fate.running:
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


def _zeros(doc: Doc) -> list[FigureDraft]:
    """ "no casualties", "nobody was hurt": a count of none."""
    found = []
    for token in doc:
        if token.lower_ == "no" and token.dep_ == "det" and token.head.i > token.i:
            noun = token.head
            kind = noun_kind(noun)
            if kind in _NONE and kind is not None and not _unreal(noun):
                found.append(_zero(token, noun, kind, f"zero/{lemma_of(noun)}", _whom(noun)))
            elif noun.lower_ == "one" or lemma_of(noun) in measures()["persons"]:
                fate = fate_of(noun, None)
                if fate is not None and fate.kind in _NONE:
                    found.append(_zero(token, noun, fate.kind, f"zero/{fate.rule}", None))
        elif token.lower_ in ("nobody", "none") and token.dep_.startswith("nsubj"):
            fate = fate_of(token, None)
            if fate is not None and fate.kind in _NONE:
                found.append(_zero(token, token, fate.kind, f"zero/{fate.rule}", None))
    return found


def _zero(first: Token, last: Token, kind: FigureKind, rule: str, whom: str | None) -> FigureDraft:
    verb = last.head.i if last.dep_ in ("nsubj", "nsubj:pass", "obj") else last.i
    return FigureDraft(
        kind, 0, 0, Bound.exact, Scope.incident, whom, last.i, (first.i, last.i + 1), verb, f"figure/{rule}"
    )


def _singles(doc: Doc) -> list[FigureDraft]:
    """ "A soldier was killed": one victim, counted without a numeral."""
    found = []
    persons = measures()["persons"]
    for token in doc:
        if token.tag_ != "NN" or not (
            lemma_of(token) in persons or noun_kind(token) in (FigureKind.troops, FigureKind.protesters)
        ):
            continue
        article = next((item for item in token.children if item.dep_ == "det" and item.lower_ in ("a", "an")), None)
        if article is None or any(item.dep_ == "nummod" for item in token.children):
            continue
        fate = fate_of(token, token)
        if fate is not None and fate.kind in _SINGLE and fate.verb is not None and not _unreal(fate.verb):
            found.append(
                FigureDraft(
                    fate.kind,
                    1,
                    1,
                    Bound.exact,
                    Scope.incident,
                    _whom(token),
                    token.i,
                    (article.i, token.i + 1),
                    fate.verb.i,
                    f"figure/implicit/{fate.rule}",
                )
            )
    return found
