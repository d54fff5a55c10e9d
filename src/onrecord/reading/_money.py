"""Money given, pledged, asked for or imposed, with its currency. Prices and business figures are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Doc, Token

from onrecord.reading._counts import bound_of, lemma_of, limits
from onrecord.reading._data import load_yaml
from onrecord.reading._figure_draft import FigureDraft
from onrecord.reading._numerals import Numeral, read_numerals
from onrecord.reading._syntax import case_of, governors
from onrecord.records import FigureKind, Scope

_FAR = 4
_GLUED = re.compile(r"([^\W\d]{1,5}\$?|[^\w\s]{1,2})(\d[\d.,]*)")
_OBJECTS = frozenset({"obj", "iobj", "nsubj:pass", "xcomp", "obl:unmarked"})
_UNSURE = frozenset({"could", "might", "may", "not", "n't", "n’t", "never"})


@dataclass(frozen=True, slots=True)
class _Words:
    signs: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    nouns: frozenset[str]
    verbs: frozenset[str]
    business: frozenset[str]


@cache
def _lexicon() -> _Words:
    data: Mapping[str, Any] = load_yaml("lexicon/currencies.yaml")
    sets = {name: frozenset(data[name]) for name in ("nouns", "verbs", "business")}
    return _Words(signs=data["signs"], words=data["words"], **sets)


def find_money(doc: Doc, words: Sequence[str], numerals: Sequence[Numeral]) -> Iterator[FigureDraft]:
    """Every amount of public money among ``numerals``; ``words`` are those of ``doc`` in lower case."""
    glued = [_GLUED.fullmatch(word) for word in words] if any(word[-1:].isdecimal() for word in words) else []
    signs = {at: match[1] for at, match in enumerate(glued) if match and match[1] in _lexicon().signs}
    if signs:  # "N200 billion", "Rs1 million": the sign is no word of its own
        plain = [words[at].removeprefix(signs.get(at, "")) for at in range(len(words))]
        numerals = [*numerals, *(numeral for numeral in read_numerals(plain) if numeral.start in signs)]
    for numeral in sorted(numerals, key=lambda numeral: numeral.start):
        money = _currency(doc, words, numeral, signs.get(numeral.start))
        if money is None:
            continue
        currency, first, last = money
        start, _, bound = bound_of(words, first, last)
        low, high, bound = limits(numeral, bound)
        head = _head(doc, first, last)
        reason, verb = _public(head)
        if reason is not None:
            yield FigureDraft(
                kind=FigureKind.other,
                low=low,
                high=high,
                bound=bound,
                scope=Scope.incident,
                whom=None,
                head=doc[numeral.end - 1].i,
                span=(start, last),
                verb=verb,
                because=f"figure/other/money:{reason}",
                currency=currency,
            )


def _currency(doc: Doc, words: Sequence[str], numeral: Numeral, glued: str | None) -> tuple[str, int, int] | None:
    """The currency of a number with the tokens of the amount, sign or word included; None when it is no money."""
    lexicon = _lexicon()
    if glued is not None:
        return lexicon.signs[glued], numeral.start, numeral.end
    for at in (numeral.start - 1, numeral.start + 1 if numeral.form == "range" else -1):  # "between $5 and $7 million"
        if at >= 0 and words[at] in lexicon.signs:
            return lexicon.signs[words[at]], min(at, numeral.start), numeral.end
    for skip in (0, 1, 2):  # "3 million euros", "2 million Swiss francs", "5 million Sri Lankan rupees"
        at = numeral.end + skip
        senses = lexicon.words.get(lemma_of(doc[at])) if at < len(doc) else None
        if senses is not None:
            country = " ".join(words[numeral.end : at])
            if skip == 0 or country in senses:
                return senses.get(country, senses["own"]), numeral.start, at + 1
    return None


def _head(doc: Doc, first: int, last: int) -> Token:
    """The token of the amount that hangs on something outside it."""
    inside = range(first, last)
    return next((doc[i] for i in inside if doc[i].head.i not in inside or doc[i].head.i == i), doc[last - 1])


def _public(head: Token) -> tuple[str | None, int | None]:
    """The word that makes the amount one to put on record, and the verb it hangs on."""
    lexicon = _lexicon()
    reason: str | None = None
    below = head
    for item in head.children:
        if item.dep_ in ("nmod", "obl", "acl") and item.i > head.i and lemma_of(item) in lexicon.nouns:
            reason = lemma_of(item)
    for above in list(governors(head))[:_FAR]:
        lemma = lemma_of(above)
        if lemma in lexicon.business and above.pos_ == "NOUN":
            return None, None
        if above.pos_ in ("NOUN", "ADJ", "PROPN") and lemma != "worth":
            if lemma in lexicon.nouns:
                reason = reason or lemma
            elif reason is None:
                return None, None
        elif above.pos_ == "VERB" and lemma != "worth":
            if any(item.lower_ in _UNSURE for item in above.children) or any(
                item.dep_ == "mark" and item.lower_ == "if" for item in above.children
            ):
                return None, None
            if reason is None:
                reason = _beside(above, below)
            return reason, above.i if reason is not None else None
        below = above
    return reason, None


def _beside(verb: Token, amount: Token) -> str | None:
    """The verb's own lemma when it takes money as its object, else a noun of aid beside it: "paid $2,000 in fines"."""
    lexicon, lemma = _lexicon(), lemma_of(verb)
    asked = amount.dep_ == "obl" and case_of(amount) == "for" and lemma in ("appeal", "ask", "call")
    if lemma in lexicon.verbs and (amount.dep_ in _OBJECTS or asked):
        return lemma
    return next(
        (lemma_of(item) for item in verb.children if item.dep_ == "obl" and lemma_of(item) in lexicon.nouns), None
    )
