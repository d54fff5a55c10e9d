"""Numbers that may count people: the numeral, its bound ("at least 20", "between 20 and 30") and the noun it counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Doc, Token

from onrecord.reading._data import load_yaml
from onrecord.reading._numerals import Numeral, read_digits, read_numerals
from onrecord.reading._syntax import case_of, governors
from onrecord.records import Bound

_JOINED = re.compile(r"(\d[\d.,]*)[-–](\d[\d.,]*)")
_NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS"})
_BETWEEN = frozenset({"JJ", "JJR", "JJS", "NN", "NNP", "NNS", "NNPS", "VBN", "VBG", "HYPH", "RB"})


@dataclass(frozen=True, slots=True)
class Count:
    """A number of something. ``node`` carries it in the tree: the noun counted, or a number that stands alone."""

    start: int
    end: int
    low: int | None
    high: int | None
    bound: Bound
    node: Token
    noun: Token | None
    number: Token


@cache
def measures() -> Mapping[str, Any]:
    """The lexicon of counts, its word lists as sets."""
    data: dict[str, Any] = dict(load_yaml("lexicon/measures.yaml"))
    for name in (
        "persons",
        "private",
        "protest_nouns",
        "gather",
        "unreal",
        "conditional",
        "measures",
        "currency",
        "unrealised",
        "negations",
        "populated",
        "carriers",
        "changes",
        "denials",
        "asked",
        "consist",
        "tellers",
        "bring",
        "drive_out",
    ):
        data[name] = frozenset(data[name])
    data["counted"] = data["persons"].union(*(lists["nouns"] for lists in data["kinds"].values()))
    data["before"] = _phrases(data["bounds"])
    data["behind"] = _phrases(data["after"])
    return data


def _phrases(table: Mapping[str, Sequence[str]]) -> list[tuple[tuple[str, ...], Bound]]:
    rows = [(tuple(str(phrase).split()), Bound[bound]) for bound, phrases in table.items() for phrase in phrases]
    return sorted(rows, key=lambda row: -len(row[0]))


def find_numerals(doc: Doc, words: Sequence[str]) -> list[Numeral]:
    """Every number written in ``doc``, two that bound one count being one: "20 to 30". ``words`` are in lower case."""
    numerals = _joined_ranges(words) + read_numerals(words)
    numerals.sort(key=lambda numeral: numeral.start)
    found: list[Numeral] = []
    skip = -1
    for index, numeral in enumerate(numerals):
        if numeral.start >= skip:
            numeral, skip = _range(doc, words, numerals, index)
            found.append(numeral)
    return found


def find_counts(doc: Doc, words: Sequence[str], numerals: Sequence[Numeral]) -> list[Count]:
    """Every number of ``doc`` that is no price, percentage, date, age or measure, with its bound and noun."""
    counts = (_count(doc, words, numeral) for numeral in numerals)
    return [count for count in counts if count is not None]


def _joined_ranges(words: Sequence[str]) -> list[Numeral]:
    """ "20-30" where the tokenizer keeps it whole."""
    found = []
    for at, word in enumerate(words):
        if "-" in word or "–" in word:
            match = _JOINED.fullmatch(word)
            low, high = (read_digits(match.group(1)), read_digits(match.group(2))) if match else (None, None)
            if low is not None and high is not None and low < high:
                found.append(Numeral(at, at + 1, low, high, "range"))
    return found


def _range(doc: Doc, words: Sequence[str], numerals: Sequence[Numeral], index: int) -> tuple[Numeral, int]:
    """Two numbers that bound one count become one numeral: "20 to 30", "between 20 and 30"."""
    first = numerals[index]
    if index + 1 < len(numerals) and first.high is not None:
        second = numerals[index + 1]
        signs = measures()["currency"]
        gap = 1 if second.start > 1 and words[second.start - 1] in signs else 0  # "$5 million to $7 million"
        joint = words[first.end] if second.start == first.end + 1 + gap else ""
        before = first.start - 1 - (1 if first.start > 1 and words[first.start - 1] in signs else 0)
        opener = words[before] if before >= 0 else ""
        joined = joint in ("to", "-", "–", "or") or (joint == "and" and opener == "between")
        if (
            joined
            and second.high is not None
            and not (joint == "to" and opener == "from" and _changes(doc[first.start]))
        ):
            low = first.low
            for scale in (1000, 1_000_000):  # "20 to 30 thousand"
                if words[second.end - 1] in ("thousand", "million") and low < 1000 and second.low >= scale > low * 1:
                    scaled = low * (1000 if words[second.end - 1] == "thousand" else 1_000_000)
                    low = scaled if scaled < second.low else low
            if low < second.low and (joint != "or" or second.low == low + 1):
                start = before if opener in ("between", "from") else first.start
                return Numeral(start, second.end, low, second.low, "range"), second.end
    return first, first.end


def _changes(number: Token) -> bool:
    """ "rose from 18 to 23": two numbers, the old and the new."""
    return any(lemma_of(above) in measures()["changes"] for above in governors(number))


def _count(doc: Doc, words: Sequence[str], numeral: Numeral) -> Count | None:
    data = measures()
    before = words[numeral.start - 1] if numeral.start else ""
    after = words[numeral.end] if numeral.end < len(words) else ""
    if before in data["currency"] or before in ("#", "no.", "number") or after in data["measures"]:
        return None
    if before == "no":  # "no one"
        return None
    plus = words[numeral.end + 1 : numeral.end + 2] == ["plus"]
    if numeral.low != int(numeral.low) or (after in ("-", "–") and numeral.form != "vague" and not plus):
        return None
    if words[numeral.start - 1 : numeral.start] == ["of"] and numeral.start > 1 and _is_title(doc, numeral.start):
        return None  # "Group of Seven"
    start, end, bound = bound_of(words, numeral.start, numeral.end)
    if bound == Bound.at_most and _exactly(words, start, int(numeral.low)):
        bound = Bound.exact
    low, high, bound = limits(numeral, bound)
    number = _root(doc, numeral)
    named = number.dep_ in ("nummod", "nmod:unmarked", "flat", "compound", "nmod:desc")
    if named and number.head.i < numeral.start and number.head.pos_ != "VERB":
        return None  # "Class 12", "page 7"
    node, noun = _counted(doc, numeral, number)
    if noun is not None and lemma_of(noun) in data["measures"]:
        return None
    return Count(start, end, low, high, bound, node, noun, number)


def limits(numeral: Numeral, bound: Bound) -> tuple[int | None, int | None, Bound]:
    """The lowest and the highest number meant, and the bound that a range or a vague number has of itself."""
    low, high = round(numeral.low), None if numeral.high is None else round(numeral.high)
    if numeral.form in ("range", "vague"):
        return low, high, Bound[numeral.form]
    if bound in (Bound.at_least, Bound.more_than):
        return low, None, bound
    return (None if bound in (Bound.at_most, Bound.less_than) else low), high, bound


def _exactly(words: Sequence[str], start: int, low: int) -> bool:
    """ "as many as 19" stresses a known number; "as many as 100" is an upper estimate. Roundness tells."""
    precise = low % 10 != 0 or len(str(low).rstrip("0")) > 2
    return list(words[start : start + 3]) == ["as", "many", "as"] and precise


def _is_title(doc: Doc, at: int) -> bool:
    return doc[at].text[:1].isupper() and doc[at - 2].text[:1].isupper()


def bound_of(words: Sequence[str], start: int, end: int) -> tuple[int, int, Bound]:
    """The number at ``words[start:end]`` with the words around it that bound it."""
    data = measures()
    first, bound = start, Bound.exact
    for phrase, found in data["before"]:
        if tuple(words[max(0, start - len(phrase)) : start]) == phrase:
            start, bound = start - len(phrase), found
            break
    for phrase, found in data["behind"]:
        if tuple(words[end : end + len(phrase)]) == phrase:
            end, bound = end + len(phrase), found
            break
    if bound == Bound.exact:  # "a further five", "only 20": the number alone is the span
        start = first
    return start, end, bound


def _root(doc: Doc, numeral: Numeral) -> Token:
    """The token of the numeral that hangs on something outside it."""
    tokens = [doc[i] for i in range(numeral.start, numeral.end)]
    outside = [
        token
        for token in tokens
        if (not numeral.start <= token.head.i < numeral.end or token.head.i == token.i)
        and token.dep_ not in ("punct", "case", "cc", "advmod", "det")
    ]
    return outside[-1] if outside else tokens[-1]


def _counted(doc: Doc, numeral: Numeral, number: Token) -> tuple[Token, Token | None]:
    """What carries the number in the tree, and the noun it counts, if it says one."""
    if numeral.end < len(doc) and doc[numeral.end].lower_ == "of":
        inner = next(
            (
                item
                for item in number.children
                if item.dep_ == "nmod" and case_of(item) == "of" and item.i > numeral.end
            ),
            None,
        )
        if inner is not None and inner.tag_ in ("PRP", "WP", "WDT"):
            return number, _named_after(doc, inner.i + 1)
        inner = inner or _next_noun(doc, numeral.end + 1)
        return number, inner
    if (
        number.dep_ in ("nummod", "det", "amod", "compound", "nmod", "advmod")
        and number.head.i > number.i
        and number.head.tag_ in _NOMINAL
    ):
        noun = number.head
        ahead = _next_noun(doc, numeral.end)
        if (
            ahead is not None
            and lemma_of(noun) not in measures()["persons"]
            and lemma_of(ahead) in measures()["persons"]
        ):
            noun = ahead
        return noun, noun
    if (
        number.dep_ in ("nummod", "amod", "advmod")
        and number.head.i > number.i
        and number.head.tag_ not in ("VBP", "VBD")
    ):
        return number.head, None  # "14 dead", "20 wounded"
    ahead = _next_noun(doc, numeral.end)
    if ahead is None or lemma_of(ahead) not in measures()["counted"] or number.head.i == ahead.i:
        return number, None
    if ahead.head.i in (number.i, ahead.i):
        return number, ahead
    loose = number.dep_ in ("discourse", "obl", "nmod", "appos", "dep", "parataxis") and ahead.i == numeral.end
    return (ahead, ahead) if loose and not is_year(number.text) else (number, None)


def is_year(text: str) -> bool:
    """Could a number in these digits be a year?"""
    return len(text) == 4 and text.isdecimal() and 1900 <= int(text) <= 2050


def _named_after(doc: Doc, at: int) -> Token | None:
    """ "nine of them children", "15 of whom were minors": the people that a part is said to be."""
    if doc[at : at + 1].text.lower() in ("were", "are"):
        at += 1
    noun = _next_noun(doc, at)
    return noun if noun is not None and lemma_of(noun) in measures()["counted"] else None


def _next_noun(doc: Doc, at: int) -> Token | None:
    """The last noun of the row of modifiers and nouns that begins at ``at``."""
    last: Token | None = None
    while at < len(doc) and (doc[at].tag_ in _BETWEEN or (last is None and doc[at].tag_ in ("DT", "PRP$", "CD"))):
        if doc[at].tag_ in _NOMINAL:
            last = doc[at]
        elif last is not None:
            break
        at += 1
    return last


def lemma_of(token: Token) -> str:
    """The dictionary form, lower-cased, with a few irregular forms of this lexicon set right."""
    form = token.lower_
    known: str | None = measures()["forms"].get(form)
    if known is not None:
        return known
    if token.tag_ == "NNS" and form.endswith("men") and len(form) > 3:
        return form[:-2] + "an"
    return token.lemma_.lower()
