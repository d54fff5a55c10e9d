"""Who is "he", "the ministry", "Bogdanov": mentions of one thing gathered into clusters.

An article is read once from left to right. Names are settled beforehand (`_names`); a definite noun phrase takes up the
last thing of its noun that it does not contradict; a pronoun goes to the likeliest of the things mentioned of late
(`_antecedents`), or to none. "I" in a quotation is whoever speaks it (`_voices`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from spacy.tokens import Doc

from onrecord.language._antecedents import Choice, Ranker, Weights, fitted
from onrecord.language._grid import Grid, grid
from onrecord.language._names import NameBook, Naming
from onrecord.language._phrases import Phrase, Words, edges, phrase
from onrecord.language._things import Cluster, Mention, Thing
from onrecord.language._voices import voices

__all__ = ["Cluster", "Mention", "Resolver", "resolve"]

REACH = 4
"""Sentences back that a pronoun or a description of another word may look."""

FAR = {"the": 30, "this": 6, "own": 30}
"""Sentences back that a phrase may look for its own noun, by its article; phrases with others take up nothing."""

_PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves", "themself"), "they"),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), "i"),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves", "'s"), "we"),
    **dict.fromkeys(("you", "your", "yours", "yourself", "yourselves"), "you"),
}
_SPOKEN = frozenset(("i", "we", "you"))
_MODIFIER = frozenset(("compound", "nmod:desc", "flat"))
_ACTING = frozenset(("person", "body", "place", "people"))
_NUMBERS = {"two": 2, "three": 3, "four": 4}


def resolve(doc: Doc) -> tuple[Cluster, ...]:
    """The clusters of ``doc``; a pronoun that may mean two things alike is left out."""
    return Resolver(grid(doc)).clusters()


@cache
def _lists() -> tuple[Words, Mapping[str, str]]:
    """The lists of words in ``coref.yaml``, and what its short names stand for."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load((files("onrecord.language") / "coref.yaml").read_text(encoding="utf-8"), Loader=loader)
    aliases = content.pop("aliases")
    return {key: frozenset(value) for key, value in content.items()}, aliases


def word_lists() -> Words:
    """The lists of nouns in ``coref.yaml`` that tell persons, bodies and groups apart."""
    return _lists()[0]


class Resolver:
    """Goes through one article once; `clusters` gives what was found."""

    def __init__(self, g: Grid, weights: Weights | None = None) -> None:
        self._g = g
        self._words, aliases = _lists()
        self._book = NameBook(g, self._words, aliases)
        self._voices = voices(g)
        self._ranker = Ranker(g, self._words, self._voices, self._speaker, weights or fitted())
        self._all: list[Thing] = []
        self._recent: list[Thing] = []  # latest mentioned last
        self._at: dict[int, Thing] = {}  # by the head of the mention
        self._by_name: dict[int, Thing] = {}
        self._by_noun: dict[str, list[Thing]] = {}
        self._spoken: dict[tuple[int, str], Thing] = {}
        self._sets: dict[tuple[int, ...], Thing] = {}
        self._joined = _joined(g)
        self._appositions: set[int] = set()

    def clusters(self) -> tuple[Cluster, ...]:
        """Everything mentioned at least twice."""
        g = self._g
        sentence = -1
        for i in range(len(g)):
            if g.sentence[i] != sentence:
                sentence = g.sentence[i]
                self._recent = [thing for thing in self._recent if sentence - thing.sentence <= REACH]
            name = self._book.at(i)
            if g.pos[i] == "PRON":
                self._pronoun(i)
            elif name is not None:
                self._name(name)
            elif g.entity[i] < 0 and (g.pos[i] == "NOUN" or (g.pos[i] == "PROPN" and self._book.titles(i))):
                self._noun(i)
            if i in self._joined:
                self._set(*self._joined[i])
        self._first_persons()
        found = [
            Cluster(
                tuple(sorted(thing.mentions, key=lambda m: (m.start, m.end, m.head, m.form))),
                tuple(member.mentions[0].head for member in thing.members if member.mentions),
            )
            for thing in self._all
            if len(thing.mentions) > 1
        ]
        return tuple(sorted(found, key=lambda cluster: (cluster.mentions[0].start, cluster.mentions[0].end)))

    def _name(self, name: Naming) -> None:
        if name.adjective:
            return
        g = self._g
        thing = self._by_name.get(name.identity)
        if thing is None:
            thing = Thing(name.kind, name.gender, plural=name.kind == "people", named=True)
            self._by_name[name.identity] = thing
            self._all.append(thing)
        thing.gender = thing.gender or name.gender or self._by_nouns(name)
        self._learn(thing, name.nouns)
        start, end, head = name.start, name.end, name.head
        outer = g.head[head]
        if g.dep[head] == "appos" and self._absorbs(thing, outer):
            # "The singer, Ama Boateng": the whole phrase is one mention of her.
            start, end = edges(g, outer)
        elif g.dep[head] not in _MODIFIER:
            low, high = edges(g, head)
            start, end = min(low, start), max(high, end)
        elif end < len(g) and g.tag[end] == "POS":
            end += 1
        self._mention(thing, Mention(start, end, head, "name"), "name")

    def _by_nouns(self, name: Naming) -> str | None:
        """ "His wife, Ama Boateng" is a woman."""
        female, male = name.nouns & self._words["female_nouns"], name.nouns & self._words["male_nouns"]
        return None if name.kind != "person" or bool(female) == bool(male) else "f" if female else "m"

    def _absorbs(self, thing: Thing, outer: int) -> bool:
        """Take over the noun at ``outer`` that ``thing`` is the name of, unless that was a thing known before."""
        if self._g.pos[outer] != "NOUN" or outer in self._book.heads:
            return False
        self._appositions.add(outer)
        old = self._at.get(outer)
        if old is not None and old is not thing:
            if len(old.mentions) > 1:
                return False
            old.mentions.clear()
            self._recent.remove(old)
            for noun in old.nouns:
                self._by_noun[noun].remove(old)
            self._learn(thing, old.nouns)
        self._at[outer] = thing
        return True

    def _noun(self, i: int) -> None:
        g = self._g
        # Neither a predicate nor the title of the name behind it is a mention of its own.
        if any(g.dep[child] == "cop" or (g.dep[child] == "flat" and child > i) for child in g.children[i]):
            return
        if g.dep[i] in _MODIFIER or i in self._appositions:
            return
        found = phrase(g, i, self._words)
        beside = self._at.get(g.head[i]) if g.dep[i] == "appos" else None
        if beside is not None:
            self._learn(beside, (found.noun,))
            beside.telling |= found.telling
            return
        thing = self._same(found) or self._described(found)
        if thing is None:
            thing = Thing(found.kind, found.gender, plural=found.plural, owner=self._at.get(found.owner))
            self._all.append(thing)
            self._learn(thing, (found.noun,))
        thing.telling |= found.telling
        self._mention(thing, Mention(found.start, found.end, i, "description"), found.article)

    def _same(self, found: Phrase) -> Thing | None:
        """The last thing of the same noun that the phrase does not contradict: "the talks", "her brother"."""
        far = FAR.get(found.article, -1)
        here = self._g.sentence[found.head]
        owner = self._at.get(found.owner)
        fitting = [
            thing
            for thing in self._by_noun.get(found.noun, ())
            if here - thing.sentence <= far
            and (thing.named or thing.plural == found.plural)
            and (found.telling <= thing.telling)
            and (found.article != "own" or (owner is not None and owner is thing.owner))
            and not thing.around(found.head)
        ]
        near = [thing for thing in fitting if thing.named and here - thing.sentence <= REACH]
        if len(near) > 1:
            return None  # two presidents, and "the president"
        return max(fitting, key=lambda thing: thing.mentions[-1].head, default=None)

    def _described(self, found: Phrase) -> Thing | None:
        """The only thing near that "the two sides", "the group" or "the man" can mean."""
        if found.article not in ("the", "this"):
            return None
        counted = found.telling & _NUMBERS.keys()
        if found.plural and not (counted or any(self._g.lower[c] == "both" for c in self._g.children[found.head])):
            return None
        if found.telling - counted:
            return None
        here = self._g.sentence[found.head]
        size = _NUMBERS[min(counted)] if counted else 2
        near = [
            thing
            for thing in self._recent
            if here - thing.sentence <= 2 and self._may_describe(found, thing, size) and not thing.around(found.head)
        ]
        return near[0] if len(near) == 1 else None

    def _may_describe(self, found: Phrase, thing: Thing, size: int) -> bool:
        if found.plural:
            persons = any(member.kind == "person" for member in thing.members)
            alike = not persons if found.noun in self._words["group_nouns"] else persons and found.kind == "people"
            return len(thing.members) == size and (alike or found.noun in self._words["side_nouns"])
        if found.noun in self._words["body_nouns"]:
            return thing.named and thing.kind == "body"
        if found.noun in self._words["human_nouns"]:
            return thing.kind == "person" and (found.gender is None or thing.gender in (None, found.gender))
        return False

    def _set(self, conjunction: int, heads: list[int]) -> None:
        """ "Mali and Niger" is a thing of its own, besides each of them."""
        members = [self._at[head] for head in heads if head in self._at and self._at[head].kind in _ACTING]
        key = tuple(sorted({id(member) for member in members}))
        if len(members) < len(heads) or len(key) < len(members):
            return
        thing = self._sets.get(key)
        if thing is None:
            thing = self._sets[key] = Thing("set", plural=True, members=tuple(members))
            self._all.append(thing)
        phrases = [edges(self._g, head) for head in heads]
        start, end = min(low for low, _ in phrases), max(high for _, high in phrases)
        self._mention(thing, Mention(start, end, conjunction, "description"), "set")

    def _pronoun(self, i: int) -> None:
        g = self._g
        pronoun = _PRONOUNS.get(g.lower[i])
        if pronoun is None or g.dep[i] == "expl":
            return
        mention = Mention(i, i + 1, i, "pronoun")
        if pronoun in _SPOKEN:
            key = (self._voices.voice[i], pronoun)
            if key not in self._spoken:
                self._spoken[key] = Thing("speaker")
                self._all.append(self._spoken[key])
            self._spoken[key].mentions.append(mention)
            return
        thing = self._decide(i, self._ranker.choice(i, pronoun, self._recent))
        if thing is not None:
            self._mention(thing, mention, "pronoun")
            if thing.kind == "person" and pronoun in ("he", "she"):
                thing.gender = "m" if pronoun == "he" else "f"

    def _decide(self, i: int, choice: Choice) -> Thing | None:  # noqa: ARG002 (fitting the weights needs the token)
        return self._ranker.best(choice)

    def _first_persons(self) -> None:
        """Give the "I" of every voice to its speaker, if that is a person."""
        for (voice, pronoun), thing in self._spoken.items():
            speaker = self._speaker(voice) if pronoun == "i" else None
            if speaker is not None and speaker.kind == "person":
                speaker.mentions += thing.mentions
                thing.mentions = []

    def _speaker(self, voice: int) -> Thing | None:
        """Whose voice it is; the name may stand behind the quotation, where reading has not come yet."""
        who = self._voices.speaker[voice]
        name = self._book.holding(who) if who >= 0 and who not in self._at else None
        return self._at.get(who) if name is None else self._by_name.get(name.identity)

    def _learn(self, thing: Thing, nouns: frozenset[str] | set[str] | tuple[str, ...]) -> None:
        for noun in sorted(nouns):
            if noun not in thing.nouns:
                thing.nouns.add(noun)
                self._by_noun.setdefault(noun, []).append(thing)

    def _mention(self, thing: Thing, mention: Mention, article: str) -> None:
        thing.mentions.append(mention)
        thing.article = article
        thing.sentence = self._g.sentence[mention.head]
        if mention.form != "pronoun":
            thing.spelled = thing.sentence
        self._at[mention.head] = thing
        for place in range(len(self._recent) - 1, -1, -1):
            if self._recent[place] is thing:
                del self._recent[place]
                break
        self._recent.append(thing)


def _joined(g: Grid) -> dict[int, tuple[int, list[int]]]:
    """Coordinations of nouns by the token at which the last member is known: the conjunction, the members' heads."""
    found = {}
    for i in range(len(g)):
        last = g.head[i]
        first = g.head[last]
        if g.lower[i] not in ("and", "&") or g.dep[i] != "cc" or g.dep[last] != "conj" or g.dep[first] in _MODIFIER:
            continue
        if g.pos[last] in ("NOUN", "PROPN", "PRON") and g.pos[first] in ("NOUN", "PROPN", "PRON"):
            end = g.entities[g.entity[last]][1] - 1 if g.entity[last] >= 0 else last
            found[max(last, end)] = (i, [first, *(k for k in g.children[first] if g.dep[k] == "conj")])
    return found
