"""Speakers that no lexicon knows: "the precinct said", "the filing says", "Petra reported".

A noun phrase that says something is somebody. It becomes a party named by its own words; "the precinct" further down is
the same one. Nothing is made of words that name nobody ("someone", "others", "many").
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from onrecord.language._coref import Mention, word_lists
from onrecord.reading._contents import Said
from onrecord.reading._cues import cues
from onrecord.reading._parties import Parties, Party
from onrecord.reading._sources import Sources
from onrecord.reading._tree import Tree

_TELLING = frozenset({"verb/that", "quotation/cue", "according-to", "headline", "verb/on", "verb/obj"})
_BEFORE = frozenset({"amod", "compound", "nummod", "flat", "nmod"})
_PARTS = frozenset({"part", "half", "page", "chapter", "passage", "version", "copy", "majority", "bulk"})
_BESIDE = 4  # tokens between a thing and its verb, beyond which the parser is not to be trusted
_LONG = 8  # tokens of a name


@dataclass
class Newcomers:
    """The parties made of speakers; their indices follow those of the parties there were."""

    tree: Tree
    sources: Sources
    parties: Parties
    made: list[Party] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)  # noun -> the party it last named

    def speaker(self, item: Said, head: int) -> int | None:
        """The party that the noun at ``head`` names by saying ``item``; None for words that name nobody."""
        tree = self.tree
        if tree.lemma[head] in _PARTS:
            whole = next((kid for kid in tree.kids[head] if kid > head and tree.marker(kid, "case") == "of"), None)
            return None if whole is None else self.sources.party(whole)
        if (
            not tree.is_noun(head)
            or tree.child(head, "cop") is not None
            or tree.lower[head] in cues().nobody
            or not self._says(item, head)
        ):
            return None
        proper = tree.tag[head] in ("NNP", "NNPS")
        if proper and (bearer := self._bearer(head)) is not None:
            return bearer
        noun = tree.lower[head] if proper else tree.lemma[head]
        start = self._start(head)
        mention = Mention(start, head + 1, head, "name" if proper else "description")
        if (proper or _definite(tree, head)) and noun in self.known:
            number = self.known[noun] - len(self.parties.all)
            self.made[number] = replace(self.made[number], mentions=(*self.made[number].mentions, mention))
            return self.known[noun]
        self.made.append(self._party(head, noun, mention))
        self.known[noun] = len(self.parties.all) + len(self.made) - 1
        return self.known[noun]

    def heads(self) -> dict[int, int]:
        """Head token of each mention -> the party made of it."""
        first = len(self.parties.all)
        return {mention.head: first + k for k, party in enumerate(self.made) for mention in party.mentions}

    def kind(self, number: int) -> str:
        """The kind of any party, made here or not."""
        old = len(self.parties.all)
        return self.parties.all[number].kind if number < old else self.made[number - old].kind

    def _says(self, item: Said, head: int) -> bool:
        """False for what the parser took for a speaker: "a civil war that claimed lives"."""
        tree, words = self.tree, word_lists()
        human = any(
            tree.lemma[head] in words[kind] or tree.lower[head] in words[kind]
            for kind in ("person_nouns", "people_nouns", "group_nouns", "male_nouns", "female_nouns")
        )
        if human or item.because not in _TELLING:
            return human
        if item.because == "according-to":
            return tree.lemma[head] in cues().documents or tree.tag[head] in ("NNP", "NNPS")
        verb = item.verb if item.verb is not None else tree.head[head]
        own = tree.base[head] == "nsubj" and tree.head[head] == verb and abs(verb - head) <= _BESIDE
        document = tree.lemma[head] in cues().documents
        shows = (
            "that" in cues().verbs.get(tree.lemma[verb], {}) and cues().verbs[tree.lemma[verb]]["that"].kind == "show"
        )
        return own and (document or not shows) and tree.tag[head] != "VBG"

    def _bearer(self, head: int) -> int | None:
        """The person named before whose name ends in this one: "Ricardo Lagos … Lagos wrote"."""
        text = self.tree.lower[head]
        fits = [
            (mention.head, number)
            for number, party in enumerate(self.parties.all)
            if party.kind == "person" and party.name.lower().split()[-1:] == [text]
            for mention in party.mentions
            if mention.head < head
        ]
        return max(fits)[1] if fits else None

    def _party(self, head: int, noun: str, mention: Mention) -> Party:
        tree, words = self.tree, word_lists()
        one = any(noun in words[kind] for kind in ("person_nouns", "male_nouns", "female_nouns"))
        kind = "group" if tree.tag[head] in ("NNS", "NNPS") else "organisation"
        if one or self.sources.named.get(head) == "PER":
            kind = "group" if kind == "group" else "person"
        start = mention.start + (tree.base[mention.start] == "det" and mention.start < head)
        name = " ".join("".join(tree.text[k] + " " * tree.spaced[k] for k in range(start, head + 1)).split())
        return Party(name, kind, None, (), None, None, (mention,), f"speaker:{noun}")

    def _start(self, head: int) -> int:
        """Where the noun phrase begins: determiner, owner and adjectives taken in."""
        tree, start = self.tree, head
        for kid in reversed(tree.kids[head]):
            if kid < head and tree.base[kid] in (*_BEFORE, "det") and head - tree.left[kid] < _LONG:
                start = min(start, tree.left[kid])
        return start


def _definite(tree: Tree, head: int) -> bool:
    return any(tree.lower[kid] in ("the", "this", "that", "these", "those") for kid in tree.kids[head])
