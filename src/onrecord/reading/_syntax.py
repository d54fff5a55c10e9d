"""Questions about a Universal Dependencies tree that every part of reading asks."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass")
CLAUSES = frozenset(
    {"root", "ccomp", "xcomp", "advcl", "advcl:relcl", "acl", "acl:relcl", "csubj", "csubj:pass", "parataxis"}
)


def children(token: Token, *deps: str) -> list[Token]:
    """Children of ``token`` with one of these relations, in text order."""
    return [child for child in token.children if child.dep_ in deps]


def child(token: Token, *deps: str) -> Token | None:
    """The first child of ``token`` with one of these relations."""
    return next((child for child in token.children if child.dep_ in deps), None)


def case_of(token: Token) -> str:
    """The preposition(s) marking a nominal, lower-cased and joined: "in", "according to"; "" when bare."""
    words: list[str] = []
    for marker in token.children:
        if marker.dep_ == "case" and marker.tag_ != "POS":
            words.append(marker.lower_)
            words.extend(part.lower_ for part in marker.children if part.dep_ == "fixed")
    return " ".join(words)


def conjuncts(token: Token) -> list[Token]:
    """``token`` and everything coordinated with it, below it in the tree."""
    found = [token]
    for item in found:
        found.extend(children(item, "conj"))
    return found


def first_conjunct(token: Token) -> Token:
    """The head of the coordination that ``token`` is part of."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def is_passive(verb: Token) -> bool:
    """True for a passive verb or a past participle used as a modifier."""
    for item in verb.children:
        if item.dep_ in ("aux:pass", "nsubj:pass", "obl:agent"):
            return True
        if item.dep_ == "nsubj":
            return False
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not children(verb, "aux", "nsubj"):
        return is_passive(verb.head)
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod")


def is_predicate(token: Token) -> bool:
    """True for the head of a clause: a finite or non-finite verb, or a nominal with a copula."""
    return token.pos_ == "VERB" or token.dep_ in CLAUSES or any(item.dep_ == "cop" for item in token.children)


def clause_head(token: Token) -> Token:
    """The nearest predicate at or above ``token`` in its sentence."""
    while token.head.i != token.i and not is_predicate(token):
        token = token.head
    return token


def governors(token: Token) -> Iterator[Token]:
    """The heads above ``token``, nearest first."""
    while token.head.i != token.i:
        token = token.head
        yield token


def subject(verb: Token) -> Token | None:
    """The grammatical subject of ``verb``, looked for through coordination, control and relative clauses.

    For a relative clause it is the noun the clause modifies when the relative pronoun is the subject.
    """
    own = child(verb, *SUBJECTS)
    if own is not None:
        return _antecedent(own, verb)
    if verb.dep_ == "conj":
        return subject(verb.head)
    if verb.dep_ == "xcomp":
        controller = child(verb.head, "obj", "iobj") if verb.head.pos_ == "VERB" else None
        return controller if controller is not None else subject(verb.head)
    if verb.dep_ == "advcl" and verb.tag_ in ("VBG", "VBN", "VB"):
        return subject(verb.head)
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return verb.head
    return None


def _antecedent(token: Token, verb: Token) -> Token:
    if token.tag_ in ("WP", "WDT") or (token.lower_ == "that" and token.pos_ == "PRON"):
        clause = first_conjunct(verb)
        if clause.dep_ == "acl:relcl":
            return clause.head
    return token
