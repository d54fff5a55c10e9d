"""Who is "he", "the ministry", "Bogdanov": mentions of one thing gathered into clusters.

Rules in the tradition of Lappin and Leass: everything mentioned has a salience that grows with each mention, more for
subjects than for objects, and is halved at every sentence; a pronoun goes to the most salient thing that fits it in
person, number and gender, unless another fits nearly as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from spacy.tokens import Doc

from onrecord.language._grid import Grid, grid
from onrecord.language._names import NameBook, Naming

REACH = 4  # sentences back a pronoun may look
LEAD = 1.15  # how far ahead of the second candidate the best must be

# What a mention adds to the salience of its thing, by grammatical relation.
WEIGHTS = {
    "nsubj": 1.8, "nsubj:pass": 1.6, "nsubj:outer": 1.6, "csubj": 0.5, "obj": 1.3, "iobj": 1.2, "obl:agent": 1.2,
    "obl": 0.9, "nmod": 0.5, "nmod:poss": 0.8, "compound": 0.2, "amod": 0.2, "appos": 0.4, "conj": 0.8, "root": 1.0,
    "parataxis": 0.6, "nmod:desc": 0.1, "obl:unmarked": 0.2, "nmod:unmarked": 0.1, "vocative": 0.2,
}  # fmt: skip
_PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
    "it": "n", "its": "n", "itself": "n", "they": "p", "them": "p", "their": "p", "theirs": "p", "themselves": "p",
}  # fmt: skip
_REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves"))
_QUOTES = frozenset(('"', "“", "”", "``", "''"))


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens ``start:end`` with syntactic head ``head``; ``form`` is name, description or pronoun."""

    start: int
    end: int
    head: int
    form: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """Mentions of one person or thing, in text order; at least two."""

    mentions: tuple[Mention, ...]


@dataclass(slots=True)
class _Thing:
    """Something mentioned so far. ``kind``: person, body, place, people (many), set (A and B), thing, things."""

    kind: str
    gender: str | None
    salience: float
    sentence: int
    mentions: list[Mention]
    quoted: bool
    nouns: set[str] = field(default_factory=set)
    spelled: int = 0


def resolve(doc: Doc) -> tuple[Cluster, ...]:
    """The clusters of ``doc``; a pronoun with two candidates of equal standing is left out."""
    words = _words()
    g = grid(doc)
    book = NameBook(g, words)
    quoted = _quoted(g)
    things: list[_Thing] = []
    owner: dict[int, _Thing] = {}
    by_name: dict[int, _Thing] = {}
    number = -1
    for i in range(len(g)):
        if g.sentence[i] != number:
            number = g.sentence[i]
            things = [thing for thing in things if _fade(thing, number)]
        gender = _PRONOUNS.get(g.lower[i]) if g.pos[i] == "PRON" else None
        if gender is not None:
            thing = _antecedent(g, things, i, gender, words, quoted)
            if thing is not None:
                owner[i] = thing
                _touch(g, thing, Mention(i, i + 1, i, "pronoun"), quoted)
                if thing.kind == "person" and gender in "mf":
                    thing.gender = gender
            continue
        name = book.at(i)
        if name is not None:
            _meet_name(g, name, things, by_name, quoted)
        elif g.pos[i] == "NOUN" and g.entity[i] < 0 and g.dep[i] in WEIGHTS:
            _meet_noun(g, i, things, words, quoted)
    found = {id(thing): thing for thing in [*by_name.values(), *things, *owner.values()]}
    clusters = [
        thing.mentions
        for thing in found.values()
        if len(thing.mentions) > 1 and thing.kind not in ("thing", "things", "set")
    ]
    return tuple(
        Cluster(tuple(sorted(mentions, key=lambda m: (m.start, m.end, m.head, m.form))))
        for mentions in sorted(clusters, key=lambda m: m[0].start)
    )


@cache
def _words() -> dict[str, frozenset[str]]:
    """Person nouns, group nouns, titles and first names, from ``coref.yaml``."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load((files("onrecord.language") / "coref.yaml").read_text(encoding="utf-8"), Loader=loader)
    return {key: frozenset(value) for key, value in content.items()}


def _fade(thing: _Thing, sentence: int) -> bool:
    """Halve the salience at a new sentence; False once it has passed out of reach."""
    thing.salience *= 0.5
    return sentence - thing.sentence <= REACH


def _touch(g: Grid, thing: _Thing, mention: Mention, quoted: list[bool]) -> None:
    dep = g.dep[mention.head]
    weight = WEIGHTS.get(dep, 0.3)
    if dep == "conj":
        first = mention.head
        while g.dep[first] == "conj" and g.head[first] != first:
            first = g.head[first]
        weight = 0.8 * WEIGHTS.get(g.dep[first], 0.5)
    if mention.form == "pronoun":
        weight *= 0.8 if thing.kind == "person" else 0.3
    else:
        thing.spelled = g.sentence[mention.head]
    thing.salience += weight + (0.4 if mention.form == "name" and dep.startswith("nsubj") else 0.0)
    thing.sentence = g.sentence[mention.head]
    thing.mentions.append(mention)
    thing.quoted = quoted[mention.head]


def _meet_name(g: Grid, name: Naming, things: list[_Thing], by_name: dict[int, _Thing], quoted: list[bool]) -> None:
    if name.adjective:
        return
    thing = by_name.get(name.identity)
    if thing is None:
        thing = by_name[name.identity] = _Thing(name.kind, name.gender, 0.0, g.sentence[name.head], [], False)
    if not any(other is thing for other in things):
        thing.salience = 0.0
        things.append(thing)
    thing.gender = thing.gender or name.gender
    thing.nouns |= name.nouns
    _touch(g, thing, Mention(name.start, name.end, name.head, "name"), quoted)


def _meet_noun(g: Grid, i: int, things: list[_Thing], words: dict[str, frozenset[str]], quoted: list[bool]) -> None:
    lemma, plural = g.lemma[i].lower(), g.tag[i] == "NNS"
    person = lemma in words["person_nouns"] or lemma in words["female_nouns"] or lemma in words["male_nouns"]
    if lemma in words["people_nouns"] or g.lower[i] in words["people_nouns"]:
        kind = "people"
    elif person:
        kind = "people" if plural else "person"
    elif lemma in words["group_nouns"]:
        kind = "people" if plural else "body"
    else:
        kind = "things" if plural else "thing"
    if g.dep[i] in ("compound", "nmod:desc", "appos") or (
        kind in ("thing", "things") and g.dep[i] in ("nmod", "obl:unmarked")
    ):
        return
    start = min(
        (child for child in g.children[i] if child < i and g.dep[child] in ("amod", "compound", "nummod", "nmod:poss")),
        default=i,
    )
    mention = Mention(start, i + 1, i, "description")
    determiner = next((g.lower[child] for child in g.children[i] if g.dep[child] == "det"), "")
    if determiner in ("the", "this", "that", "these", "those") and kind != "thing" and start == i:
        same = [thing for thing in things if lemma in thing.nouns and thing.kind == kind]
        if len(same) == 1:
            _touch(g, same[0], mention, quoted)
            return
    gender = "f" if lemma in words["female_nouns"] else "m" if lemma in words["male_nouns"] else None
    thing = _Thing(kind, gender, 0.0, g.sentence[i], [], False, {lemma})
    _touch(g, thing, mention, quoted)
    things.append(thing)


def _antecedent(
    g: Grid, things: list[_Thing], i: int, gender: str, words: dict[str, frozenset[str]], quoted: list[bool]
) -> _Thing | None:
    """The most salient thing before ``i`` that fits; None when there is none or the second is too near."""
    if g.dep[i] == "expl" or (gender == "n" and g.lemma[g.head[i]] in words["impersonal_verbs"]):
        return None
    best: tuple[float, _Thing] | None = None
    second = 0.0
    for thing in things:
        fit = _fits(thing, gender)
        if not fit or (g.lower[i] not in _REFLEXIVE and _clashes(g, thing, i)):
            continue
        if gender in "np" and g.sentence[i] - thing.spelled > 2:
            continue
        score = fit * thing.salience
        if quoted[i] != thing.quoted:
            score *= 0.7
        if g.dep[i].startswith("nsubj") and any(g.dep[m.head].startswith("nsubj") for m in thing.mentions[-2:]):
            score *= 1.25
        if best is None or score > best[0]:
            second = best[0] if best is not None else 0.0
            best = (score, thing)
        elif score > second:
            second = score
    if best is None or best[0] < LEAD * second:
        return None
    return best[1]


def _fits(thing: _Thing, gender: str) -> float:
    if gender in "mf":
        if thing.kind != "person" or thing.gender not in (None, gender):
            return 0.0
        return 1.0 if thing.gender == gender else 0.8
    if gender == "n":
        return {"body": 1.2, "place": 0.8, "thing": 1.1}.get(thing.kind, 0.0)
    return {"people": 1.2, "set": 1.1, "things": 0.9, "body": 0.5}.get(thing.kind, 0.0)


def _clashes(g: Grid, thing: _Thing, i: int) -> bool:
    """True when the pronoun cannot mean ``thing``: both are arguments of one verb, or one holds the other."""
    last = thing.mentions[-1]
    if g.sentence[last.head] != g.sentence[i]:
        return False
    parent = g.head[i]
    if g.dep[i] == "nmod:poss":
        up = parent
        for _ in range(3):
            if any(m.head == up for m in thing.mentions[-2:]):
                return True
            if g.dep[up] not in ("nmod", "nmod:poss", "conj"):
                return False
            up = g.head[up]
        return False
    return any(
        g.head[m.head] == parent and g.dep[m.head] in ("nsubj", "nsubj:pass", "obj", "iobj", "obl")
        for m in thing.mentions[-2:]
        if m.form
    )


def _quoted(g: Grid) -> list[bool]:
    """For each token whether it stands inside a quotation; a quotation ends at the latest with its paragraph."""
    inside, flags = False, []
    for word in g.text:
        if word in _QUOTES:
            flags.append(True)
            inside = word == "“" or (word not in ("”", "''") and not inside)
            continue
        if "\n" in word:
            inside = False
        flags.append(inside)
    return flags
