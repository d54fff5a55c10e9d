"""What befell the people counted: killed, arrested, protesting … as the tree around the number says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Span, Token

from onrecord.reading._counts import lemma_of, measures
from onrecord.reading._syntax import SUBJECTS, case_of, child, children, is_passive, subject
from onrecord.records import FigureKind

_PATIENT = frozenset({"obj", "nsubj:pass", "iobj"})
_CROWDS = frozenset({FigureKind.troops, FigureKind.protesters})
_WEAK = frozenset(
    {FigureKind.troops, FigureKind.protesters, FigureKind.detained, FigureKind.displaced, FigureKind.abducted}
)


@dataclass(frozen=True, slots=True)
class Fate:
    """A kind of figure, the token of the event it hangs on, and the rule that says so."""

    kind: FigureKind
    verb: Token | None
    rule: str
    running: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    undergo: dict[str, FigureKind]
    do: dict[str, FigureKind]
    nouns: dict[str, FigureKind]
    adjectives: dict[str, FigureKind]
    states: dict[str, FigureKind]


@cache
def _words() -> _Words:
    table: dict[str, dict[str, FigureKind]] = {"undergo": {}, "do": {}, "nouns": {}, "adjectives": {}, "states": {}}
    for kind, lists in measures()["kinds"].items():
        for name, found in table.items():
            found.update((word, FigureKind[kind]) for word in lists.get(name, ()))
    return _Words(**table)


def noun_kind(noun: Token) -> FigureKind | None:
    """The kind a noun names by itself: casualties, hostages, protesters."""
    return _words().nouns.get(lemma_of(noun)) or _words().nouns.get(noun.lower_)


def fate_beside(number: Token, end: int) -> Fate | None:
    """ "30 dead, 70 injured": the word right after a bare number, whatever the tree makes of a headline."""
    after = number.doc[end] if end < len(number.doc) else None
    if after is None or after.lower_ not in _words().adjectives:
        return None
    following = number.doc[end + 1] if end + 1 < len(number.doc) else None
    if following is not None and following.tag_ in ("NN", "NNS", "NNP", "NNPS"):
        return None
    return Fate(_words().adjectives[after.lower_], after, f"beside:{after.lower_}")


def fate_of(node: Token, noun: Token | None) -> Fate | None:
    """What befell the people that ``node`` counts; None when the tree does not say."""
    own = noun_kind(noun) if noun is not None else None
    found = _modified(node) or (_modified(noun) if noun is not None and noun.i != node.i else None)
    if own is not None and own not in _WEAK:
        verb = node.head if node.dep_ in ("nsubj", "obj", "nsubj:pass") else None
        return Fate(own, found.verb if found else verb or noun, f"noun:{lemma_of(noun) if noun is not None else ''}")
    found = found or _governed(node, noun)
    if found is not None:
        return found
    if own is not None and noun is not None:
        return Fate(
            own,
            node.head if node.dep_ in ("nsubj", "obj", "nsubj:pass", "obl") else None,
            f"noun:{lemma_of(noun)}",
        )
    return None


def _modified(node: Token) -> Fate | None:
    """By its own modifiers: "20 wounded civilians", "20 people killed in", "three who died"."""
    words = _words()
    kind = words.adjectives.get(node.lower_)
    if kind is not None:
        return Fate(kind, node, f"adjective:{node.lower_}")
    for item in node.children:
        if item.dep_ in ("amod", "acl", "acl:relcl", "xcomp"):
            kind = words.adjectives.get(item.lower_) if item.dep_ != "acl:relcl" or item.tag_ == "JJ" else None
            wounding = item.tag_ == "VBG" and item.dep_ == "amod" and node.lower_ in _MANY  # "…, wounding scores"
            verb_kind = (
                _verb(item, words.undergo)
                if wounding or (item.tag_ in ("VBN", "VBD") and (is_passive(item) or item.dep_ == "acl"))
                else None
            )
            relative = item.dep_ == "acl:relcl" or (item.dep_ == "acl" and item.tag_ == "VBG")
            if relative and verb_kind is None and not is_passive(item):
                verb_kind = _done(item)
            if (found := verb_kind or kind) is not None:
                return Fate(found, item, f"modifier:{lemma_of(item)}")
    return None


def _governed(node: Token, noun: Token | None) -> Fate | None:
    """By what it depends on, looking through coordination and nouns that only carry the count."""
    for token in _carriers(node):
        noun = token if lemma_of(token) == "life" else noun
        fate = _by_governor(token, noun)
        if fate is not None:
            return fate
        modified = _modified(token) if token.i != node.i and token.dep_ != "conj" else None
        if modified is not None and token.i > node.i - 12:
            return modified
    return None


_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_MANY = frozenset({"tens", "dozens", "scores", "hundreds", "thousands", "lakhs", "millions"})


def _carriers(node: Token) -> Iterator[Token]:
    """``node``, then the nouns it is coordinated with, part of or included in, upwards."""
    yield node
    for _ in range(6):
        head = node.head
        if head.i == node.i:
            return
        lemma = lemma_of(head)
        through = (
            node.dep_ in ("conj", "appos", "flat", "nmod:desc")
            or (
                node.dep_ in ("nmod", "nummod", "obl")
                and case_of(node) in ("including", "among", "of", "with")
                and (
                    case_of(node) == "including"
                    or lemma in measures()["carriers"]
                    or head.lower_ in _MANY
                    or (noun_kind(head) is not None and head.tag_ in _NOUNS)
                )
            )
            or (node.dep_ in ("nummod", "compound") and head.tag_ in ("NN", "NNS"))
            or (node.dep_ == "nmod" and case_of(node) == "to" and head.tag_ == "CD")  # "from 18 to 23"
        )
        if node.dep_ == "obl" and case_of(node) == "including" and head.pos_ == "VERB":
            counted = child(head, "obj") or child(head, "nsubj:pass", "nsubj")
            if counted is not None:
                yield counted
            return
        if head.tag_ == "PRP" and case_of(head) in (
            "among",
            "including",
        ):  # "killed 14 people, among them six children"
            counted = child(head.head, "obj") or child(head.head, "nsubj:pass", "nsubj")
            if counted is not None and counted.i < head.i:
                yield counted
            return
        if not through:
            return
        node = head
        yield node


def _by_governor(token: Token, noun: Token | None) -> Fate | None:
    head, dep = token.head, token.dep_
    if head.i == token.i:
        return None
    if dep in _PATIENT or (dep == "nsubj" and _bare_participle(head)):
        return _undergone(head, token, noun)
    if dep == "nsubj":
        return _acting(head)
    if dep in ("nmod", "nmod:poss", "compound", "appos", "dep", "parataxis"):
        return _of_noun(token, head)
    if dep == "xcomp" and token.tag_ == "CD":
        return _subject_toll(head, token)
    if dep == "obl" or (dep == "nummod" and head.pos_ == "VERB"):
        return _of_toll(token, head, noun)
    return None


def _bare_participle(verb: Token) -> bool:
    """ "20 killed, 30 wounded": a participle without auxiliary whose subject is what it befell."""
    return verb.tag_ == "VBN" and not children(verb, "aux")


def _undergone(verb: Token, token: Token, noun: Token | None) -> Fate | None:
    words, lemma = _words(), lemma_of(verb)
    kind = _verb(verb, words.undergo)
    if kind is None and token.dep_ != "obj":  # "are missing" may be tagged as a passive
        kind = words.adjectives.get(verb.lower_)
    if kind is FigureKind.casualties:  # "shot and killed", "was shot and later died"
        for other in _continued(verb):
            kind = _verb(other, words.undergo) or _verb(other, words.do) or kind
    if kind is not None:
        return Fate(kind, verb, f"undergo:{lemma}")
    if noun is not None and lemma_of(noun) == "life" and lemma in measures()["kinds"]["killed"]["lives"]:
        return Fate(FigureKind.killed, verb, f"lives:{lemma}")
    for item in verb.children:  # "left 20 dead", "forced 400 to flee", "took 20 hostage"
        if item.dep_ in ("xcomp", "obj", "advmod", "acl", "amod") and item.i != token.i:
            if (
                lemma in ("leave", "find", "report", "declare", "confirm", "feel", "render", "make", "pronounce")
                and item.lower_ in words.adjectives
            ):
                return Fate(words.adjectives[item.lower_], verb, f"result:{item.lower_}")
            if lemma in measures()["drive_out"] and lemma_of(item) in (
                "flee",
                "leave",
                "evacuate",
                "abandon",
            ):
                return Fate(FigureKind.displaced, verb, f"forced:{lemma_of(item)}")
            if lemma in ("take", "hold", "keep") and item.lower_ in ("hostage", "captive", "hostages"):
                return Fate(FigureKind.abducted, verb, "hostage")
    if lemma in ("force", "drive") and any(
        lemma_of(item) in ("home", "house", "village") for item in verb.children if item.dep_ == "obl"
    ):
        return Fate(FigureKind.displaced, verb, "forced:home")
    state = _state(verb)
    if state is not None:
        return Fate(state, verb, f"state:{lemma}")
    for other in _continued(verb):  # "were charged and jailed", "shot and killed five"
        if token.dep_ != "obj" and (kind := _verb(other, words.undergo)) is not None:
            return Fate(kind, other, f"undergo:{lemma_of(other)}")
    if lemma in ("hold", "take", "keep") and any(item.lower_ == "hostage" for item in verb.children):
        return Fate(FigureKind.abducted, verb, "hostage")
    return _subject_toll(verb, token)


def _verb(verb: Token, table: dict[str, FigureKind]) -> FigureKind | None:
    """The kind of a verb, alone or with its particle or result ("gun down", "shoot dead")."""
    lemma = lemma_of(verb)
    for item in verb.children:
        if item.dep_ in ("compound:prt", "xcomp", "advmod", "obj") and f"{lemma} {item.lower_}" in table:
            return table[f"{lemma} {item.lower_}"]
    return table.get(lemma)


def _acting(verb: Token) -> Fate | None:
    for each in (verb, *_continued(verb)):
        own = child(each, "obj")  # "a judge sentenced him to prison" says nothing of the judge
        kind = _done(each) or (_state(each) if own is None or _phrase(own) is not None else None)
        if kind is not None:
            return Fate(kind, each, f"do:{lemma_of(each)}")
    return None


def _continued(verb: Token) -> Iterator[Token]:
    """Verbs coordinated with ``verb`` that have the same subject."""
    yield from (item for item in children(verb, "conj") if item.pos_ in ("VERB", "AUX") and not child(item, *SUBJECTS))


def _state(verb: Token) -> FigureKind | None:
    """ "are in custody", "remain behind bars", "went on strike": the phrase says what became of the subject."""
    if child(verb, "cop") is not None:
        return _phrase(verb)
    if lemma_of(verb) not in measures()["bring"]:
        return None
    return next((kind for item in children(verb, "obl", "obj", "xcomp", "advmod") if (kind := _phrase(item))), None)


def _phrase(noun: Token) -> FigureKind | None:
    """The kind of a phrase such as "in custody", at ``noun`` or one noun deeper ("to ten years in prison")."""
    table = _words().states
    case = case_of(noun)
    forms = (lemma_of(noun), *(f"{item.lower_} {lemma_of(noun)}" for item in children(noun, "amod")))
    found = next((table[key] for form in forms if (key := f"{case} {form}".strip()) in table), None)
    if found is None:
        below = (table.get(f"{case_of(item)} {lemma_of(item)}") for item in children(noun, "nmod"))
        found = next((kind for kind in below if kind is not None), None)
    return found


def _done(verb: Token) -> FigureKind | None:
    """What the subject of a verb or adjective does or is: "died", "were missing", "took to the streets"."""
    words, lemma = _words(), lemma_of(verb)
    if lemma in words.adjectives or verb.lower_ in words.adjectives:
        return words.adjectives.get(verb.lower_) if verb.tag_ in ("JJ", "NN", "VBN") else _verb(verb, words.do)
    kind = _verb(verb, words.do)
    if kind is not None:
        return kind
    below = {lemma_of(item): item for item in verb.children if item.dep_ in ("obj", "obl", "xcomp", "advmod", "conj")}
    for item in children(verb, "xcomp", "advmod", "obj"):
        if lemma in ("go", "be", "remain", "become", "stay") and item.lower_ in words.adjectives:
            return words.adjectives[item.lower_]
    if lemma == "lose" and "life" in below:
        return FigureKind.killed
    if lemma in ("suffer", "sustain", "receive") and ("injury" in below or "wound" in below or "burn" in below):
        return FigureKind.injured
    if (
        lemma == "take"
        and "part" in below
        and any(_protest(item) for item in (*verb.children, *below["part"].children))
    ):
        return FigureKind.protesters
    if lemma in measures()["gather"] and any(_protest(item) for item in verb.children):
        return FigureKind.protesters
    for item in verb.children:  # "gathered to protest", "decided to stage a sit-in"
        if item.dep_ in ("xcomp", "advcl") and item.i > verb.i:
            if lemma_of(item) in ("protest", "demonstrate"):
                return FigureKind.protesters
            if item.dep_ == "xcomp" and _done(item) == FigureKind.protesters:
                return FigureKind.protesters
    if lemma in ("leave", "abandon", "lose") and ("home" in below or "house" in below):
        return FigureKind.displaced
    return None


def _protest(item: Token) -> bool:
    """A protest as what people hold, join or gather for."""
    if item.dep_ not in ("obj", "obl", "nmod", "xcomp"):
        return False
    if lemma_of(item) in measures()["protest_nouns"]:
        return True
    after = item.doc[item.i + 1 : item.i + 3].text.lower()
    return (item.lower_ == "sit" and after == "-in") or (
        item.lower_ == "in" and item.doc[max(0, item.i - 2) : item.i].text.lower() == "sit-"
    )


def _of_noun(token: Token, head: Token) -> Fate | None:
    """ "the death of 20 people", "the loss of 1,300 lives", "a toll of 54"."""
    lemma = lemma_of(head)
    toll = toll_kind(head)
    if toll is not None:
        return Fate(toll, head, f"toll:{lemma}", running=True)
    if case_of(token) not in ("of", "in", "for", "") or head.i > token.i + 6:
        return None
    kind = noun_kind(head)
    if kind is not None:
        return Fate(kind, head, f"of:{lemma}")
    if lemma == "loss" and lemma_of(token) == "life":
        return Fate(FigureKind.killed, head, "of:loss")
    if lemma in measures()["tolls"]:
        if head.dep_ in ("obj", "obl", "nsubj", "nmod", "root"):
            governor = head.head
            return _subject_toll(governor, head)
        return None
    return None


def toll_kind(noun: Token) -> FigureKind | None:
    """What a toll counts: "death toll", "casualty count", "number of injured"; None for other nouns."""
    tolls: dict[str, Any] = measures()["tolls"]
    lemma = lemma_of(noun)
    if lemma not in tolls:
        return None
    for item in noun.children:
        if item.dep_ in ("compound", "nmod", "amod", "nmod:poss") and child(item, "nummod") is None:
            kind = noun_kind(item) or _words().adjectives.get(item.lower_) or _described(item)
            if kind is not None and (kind not in _CROWDS or not child(item, "acl", "acl:relcl", "amod")):
                return kind
    return FigureKind[tolls[lemma]] if tolls[lemma] else None


def _described(noun: Token) -> FigureKind | None:
    """ "the number of missing people": the adjective of what a toll is of."""
    if noun.dep_ != "nmod":
        return None
    words = (_words().adjectives.get(item.lower_) for item in noun.children if item.dep_ in ("amod", "acl"))
    return next((kind for kind in words if kind is not None), None)


def _subject_toll(verb: Token, token: Token) -> Fate | None:
    """ "casualties reached 1,900", "the toll rose to 54 from 51": the subject says what is counted."""
    source = subject(verb)
    if source is None or source.i == token.i:
        return None
    kind = toll_kind(source) or noun_kind(source)
    if kind in _WEAK and toll_kind(source) is None:
        return None  # "troops shot five": the subject is who did it, not what is counted
    return Fate(kind, verb, f"toll:{lemma_of(source)}", running=True) if kind is not None else None


def _of_toll(token: Token, verb: Token, noun: Token | None) -> Fate | None:
    if case_of(token) not in ("to", "at", "from", "above", "past", "beyond", "as", "of", "over", "around"):
        return None
    if noun is not None and noun_kind(noun) is None and lemma_of(noun) not in ("person", "people", "life"):
        return None
    found = _subject_toll(verb, token)
    if found is not None:
        return found
    toll = child(verb, "obj")  # "bringing the toll to 54"
    kind = toll_kind(toll) if toll is not None else None
    return Fate(kind, verb, f"toll:{lemma_of(toll)}", running=True) if kind is not None and toll is not None else None


_COULD = frozenset({"can", "could", "may", "might"})


def unreal(verb: Token, *, negated: bool = True, could: bool = False) -> bool:
    """True when what befell the people is said not to have happened, or only that it may.

    ``negated`` False leaves negations out ("no one was killed"); with ``could`` only what can or may be is unreal, not
    what is planned ("will send 4,000 troops").
    """
    data = measures()
    modal = _COULD if could else data["unreal"]
    token = verb
    for _ in range(4):
        for item in token.children:
            if item.dep_ in ("aux", "aux:pass", "advmod", "det") and (
                (negated and item.lower_ in data["negations"]) or (item.dep_ == "aux" and item.lower_ in modal)
            ):
                return True
            if item.dep_ == "mark" and item.lower_ in data["conditional"]:
                return True
        if token.dep_ == "xcomp" and lemma_of(token.head) in data["unrealised"] and not could:
            return True
        if token.dep_ == "ccomp" and lemma_of(token.head) in data["denials"]:
            return True
        if token.dep_ == "ccomp" and token.tag_ in ("VB", "VBN") and lemma_of(token.head) in data["asked"]:
            return not any(
                item.tag_ in ("VBD", "VBZ", "VBP") for item in token.children
            )  # "asked that five be deployed"
        if (
            token.dep_ not in ("conj", "advcl", "xcomp")
            or token.head.i == token.i
            or (token.dep_ == "advcl" and token.tag_ not in ("VBG", "VBN", "VB"))
        ):
            return False
        token = token.head
    return False


def person_words(noun: Token, *, after: int = 0) -> str:
    """The noun with the adjectives and nouns before it: "Congress MPs"."""
    first = noun.i
    for item in noun.lefts:
        if item.dep_ in ("amod", "compound", "nmod:desc") and item.tag_ != "CD":
            first = min(first, item.left_edge.i)
    if noun.i >= after:
        first = max(first, after)
    while (
        first < noun.i
        and not _is_age(noun.doc[first : noun.i])
        and noun.doc[first].tag_ in ("CD", "HYPH", "DT", "IN", "JJR", "RB", "PRP$")
    ):
        first += 1
    return noun.doc[first : noun.i + 1].text


def _is_age(words: Span) -> bool:
    """ "three-year-old", "16 year-old"."""
    return [token.lower_ for token in words[1:5] if not token.is_punct][:2] == ["year", "old"]
