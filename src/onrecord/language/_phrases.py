"""The noun phrases of an article: their edges, what kind of thing they mean, and what tells one from another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.language._grid import Grid

Words = Mapping[str, frozenset[str]]

_OUTSIDE = frozenset(
    (
        "acl:cleft", "advcl", "advmod", "aux", "aux:pass", "cc", "cc:preconj", "ccomp", "conj", "cop", "csubj",
        "csubj:pass", "discourse", "dislocated", "expl", "mark", "nsubj", "nsubj:outer", "nsubj:pass", "obl",
        "obl:unmarked", "orphan", "parataxis", "punct", "reparandum", "vocative",
    )
)  # fmt: skip
"""Children of a noun that are no part of its phrase, but of the clause it heads or of what it is joined with."""

_TELLING = frozenset(("amod", "compound", "nummod", "nmod:desc", "flat", "acl", "acl:relcl"))
"""Relations whose words tell one thing of a kind from another: "the foreign minister", "the two sides"."""

_CONTENT = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "VERB"))
_CLOSING = frozenset((")", '"', "”"))
_ARTICLES = {
    "the": "the",
    **dict.fromkeys(("this", "that", "these", "those", "both"), "this"),
    **dict.fromkeys(("a", "an", "another", "some"), "a"),
    **dict.fromkeys(("any", "each", "every", "no", "what", "which", "either", "neither"), "any"),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One noun phrase, half-open.

    ``article``: the, this, a, any, own (a possessor stands before it) or none. ``telling``: the lemmas that narrow the
    noun down. ``owner``: the token of the possessor, -1 without.
    """

    start: int
    end: int
    head: int
    kind: str
    gender: str | None
    plural: bool
    article: str
    noun: str
    telling: frozenset[str]
    owner: int


def edges(g: Grid, head: int) -> tuple[int, int]:
    """The words of the noun phrase headed by ``head``: articles, possessive mark and relative clauses included."""
    low, high = head, head + 1
    stack = [
        child
        for child in g.children[head]
        if g.dep[child] not in _OUTSIDE and not (g.dep[child] == "case" and child < head)
    ]
    while stack:
        i = stack.pop()
        low, high = min(low, i), max(high, i + 1)
        stack.extend(g.children[i])
    while low < head and g.pos[low] in ("PUNCT", "SPACE"):
        low += 1
    while high - 1 > head and g.pos[high - 1] in ("PUNCT", "SPACE") and g.text[high - 1] not in _CLOSING:
        high -= 1
    return low, high


def phrase(g: Grid, head: int, words: Words) -> Phrase:
    """The phrase headed by the common noun ``head``."""
    start, end = edges(g, head)
    noun = g.lemma[head].lower()
    plural = g.tag[head] in ("NNS", "NNPS")
    telling: set[str] = set()
    article, owner = "none", -1
    for child in g.children[head]:
        dep = g.dep[child]
        if dep in ("det", "det:predet"):
            article = _ARTICLES.get(g.lower[child], article)
        elif dep == "nmod:poss":
            article, owner = "own", child
        elif dep in _TELLING or (dep == "nmod" and child > head):
            telling.update(_content(g, child))
    kind = _kind(noun, g.lower[head], plural, words)
    gender = "f" if noun in words["female_nouns"] else "m" if noun in words["male_nouns"] else None
    return Phrase(start, end, head, kind, gender, plural, article, noun, frozenset(telling), owner)


def _kind(noun: str, form: str, plural: bool, words: Words) -> str:
    if noun in words["people_nouns"] or form in words["people_nouns"]:
        return "people"
    if noun in words["person_nouns"] or noun in words["female_nouns"] or noun in words["male_nouns"]:
        return "people" if plural else "person"
    if noun in words["group_nouns"]:
        return "people" if plural else "body"
    return "things" if plural else "thing"


def _content(g: Grid, top: int) -> list[str]:
    """The lemmas of the content words at and below ``top``."""
    found, stack = [], [top]
    while stack:
        i = stack.pop()
        if g.pos[i] in _CONTENT:
            found.append(g.lemma[i].lower())
        stack.extend(g.children[i])
    return found
