"""One trigger word in its sentence: who and what stands in each place around it, and whether conditions hold there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from onrecord.reading._clauses import SUBJECTS, Clauses, is_time
from onrecord.reading._frame_types import PREPOSITIONS, Condition, Frame, Frames
from onrecord.reading._questions import ASKED

CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl"})
_OWNERS = ("possessive", "by", "modifier", "of", "from")
_FINITE = frozenset({"VB", "VBD", "VBG"})
_COMPLEMENTS = frozenset({"xcomp", "acl", "amod", "advmod", "advcl", "ccomp"})
_HYPHENS = frozenset({"-", "–", "‑"})
_STATES = frozenset({"COUNTRY", "MIL", "COP", "REB", "GOV"})
_AFTER_OTHERS = frozenset({"by", "to", "against", "from", "on"})
_CARRIERS = ("for", "from", "on", "of", "to")
_KINDS = {
    "PERSON": "person",
    "ORGANISATION": "organisation",
    "COUNTRY": "country",
    "POPULATION": "population",
    "GROUP": "group",
}


class PartyLike(Protocol):
    """What a party must tell about itself here."""

    @property
    def kind(self) -> str: ...
    @property
    def sectors(self) -> tuple[str, ...]: ...
    @property
    def country(self) -> str | None: ...


class PartiesLike(Protocol):
    """All parties of a document, found by token."""

    @property
    def all(self) -> tuple[PartyLike, ...]: ...
    def at(self, i: int, /) -> int | None: ...
    def ground(self, i: int, /) -> int | None: ...


class Setting:
    """What all triggers of one document share."""

    __slots__ = ("_sentences", "frames", "known", "parties", "tree")

    def __init__(self, tree: Clauses, parties: PartiesLike, frames: Frames) -> None:
        self.tree, self.parties, self.frames = tree, parties, frames
        # "US$20 billion" is money, not a country.
        self.known = [
            None if index + 1 < tree.size and tree.lower[index + 1] == "$" else parties.at(index)
            for index in range(tree.size)
        ]
        self._sentences: dict[int, frozenset[str]] = {}

    def sentence_words(self, index: int) -> frozenset[str]:
        """The lemmas of the sentence a token is in."""
        start = self.tree.sentence[index]
        found = self._sentences.get(start)
        if found is None:
            end = index
            while end < self.tree.size and self.tree.sentence[end] == start:
                end += 1
            found = self._sentences[start] = frozenset(self.tree.lemma[start:end])
        return found

    def names(self, index: int) -> tuple[str, ...]:
        """What a word may be called in a list: its lemma, its form, and both with the word before it."""
        tree = self.tree
        lemma, before = tree.lemma[index], index - 1
        if before >= 0 and tree.lower[before] in _HYPHENS:
            before -= 1
        pair = f"{tree.lower[before]} {lemma}" if before >= 0 else lemma
        if index + 2 < tree.size and tree.lower[index + 1] == "of":
            # "state of emergency"
            return (lemma, tree.lower[index], pair, f"{lemma} of {tree.lemma[index + 2]}")
        return (lemma, tree.lower[index], pair)

    def parties_of(self, tokens: Iterable[int], *, owners: bool = True) -> tuple[int, ...]:
        """The parties that noun phrases stand for, coordination unfolded; else those whose noun it is."""
        found: list[int] = []
        for token in tokens:
            for item in self.tree.coordinated(token):
                for party in (*self._one(item, owners=owners), *self._members(item)):
                    if party not in found:
                        found.append(party)
        return tuple(found)

    def _members(self, token: int) -> Iterable[int]:
        """ "its rivals, such as Kenya and Chad", "ten lawmakers, including the speaker": who is named among them."""
        for kid in self.tree.kids[token]:
            if self.tree.dep[kid] in ("nmod", "obl") and self.tree.case(kid) in ("including", "such as"):
                found = (party for item in self.tree.coordinated(kid) for party in self._one(item, owners=False))
                yield from (party for party in found if self.parties.all[party].kind != "group")

    def _one(self, token: int, *, owners: bool) -> tuple[int, ...]:
        shared = self._of_several_countries(token)
        if shared:
            return shared
        party, inner = self.known[token], self.tree.inner(token)
        if party is not None and (inner == token or self.known[inner] is None or self.tree.lemma[token] == "member"):
            return (party,)
        if self.tree.tag[token] == "PRP" and self.tree.dep[token] in SUBJECTS:
            return self._speaker_meant(token)
        if self.tree.is_relative(token):
            return self.parties_of(item for item in self.tree.antecedents(token) if item != token)
        if inner != token:
            return self.parties_of([inner], owners=owners)
        for kid in self.tree.kids[token]:
            if self.tree.dep[kid] == "appos" and self.known[kid] is not None:
                return self.parties_of([kid])
        return self.owners(token) if owners else ()

    def _of_several_countries(self, token: int) -> tuple[int, ...]:
        """ "French and Egyptian warships": the two countries, since one party has but one."""
        tree = self.tree
        if tree.tag[token] != "NNS":
            return ()
        for kid in tree.kids[token]:
            if tree.dep[kid] in ("amod", "compound") and any(tree.dep[item] == "conj" for item in tree.kids[kid]):
                found = [self.known[item] for item in tree.coordinated(kid)]
                countries = tuple(
                    item for item in found if item is not None and self.parties.all[item].kind == "country"
                )
                if len(set(countries)) == len(found) > 1:
                    return countries
        return ()

    def _speaker_meant(self, pronoun: int) -> tuple[int, ...]:
        """ "Jordan says it will not": an unresolved subject pronoun in what somebody says is the speaker."""
        tree, verb = self.tree, self.tree.head[pronoun]
        if tree.dep[verb] != "ccomp" or tree.lower[pronoun] not in ("it", "they", "he", "she"):
            return ()
        found = self.parties_of(item for item in tree.subjects(tree.head[verb]) if item != pronoun)
        thing = tree.lower[pronoun] == "it"
        return tuple(party for party in found if not (thing and self.parties.all[party].kind == "person"))

    def owners(self, token: int, places: tuple[str, ...] = _OWNERS) -> tuple[int, ...]:
        """Whose a noun is: "Israeli bulldozers", "the army's base", "an attack by rebels", "goods from Kenya"."""
        for place in places:
            found = self.parties_of(self.beside(token, place), owners=place == "possessive")
            if found:
                return found
        for kid in self.tree.kids[token]:
            # "a resolution drafted by Albania"
            if self.tree.dep[kid] == "acl" and self.tree.passive(kid):
                return self.parties_of(self.tree.agents(kid))
        return ()

    def owned(self, token: int, owners: tuple[int, ...]) -> bool:
        """ "its troops", "two of its nationals": what belongs to one of these."""
        spots = (token, self.tree.inner(token))
        return any(
            self.tree.dep[kid] == "nmod:poss" and self.known[kid] in owners
            for spot in spots
            for kid in self.tree.kids[spot]
        )

    def beside(self, noun: int, place: str) -> list[int]:
        """The words in one place around a noun."""
        tree = self.tree
        if place == "possessive":
            return [kid for kid in tree.kids[noun] if tree.dep[kid] == "nmod:poss"]
        if place == "modifier":
            return list(tree.modifiers(noun))
        found = tree.oblique(noun, place)
        outer = tree.outer(noun)
        if outer == noun:
            return found
        return found + [item for item in tree.oblique(outer, place) if tree.inner(outer) != item]


class Site:
    """One trigger in its sentence."""

    __slots__ = ("_places", "hosts", "kind", "noun", "setting", "supporter", "token", "tree")

    def __init__(
        self, setting: Setting, kind: str, token: int, *, noun: int | None = None, supporter: int | None = None
    ) -> None:
        self.setting, self.tree, self.kind, self.token = setting, setting.tree, kind, token
        self.noun, self.supporter = noun, supporter
        self.hosts = self._hosts()
        self._places: dict[str, list[int]] = {}

    def _hosts(self) -> list[int]:
        """The words on which prepositional phrases of this trigger may hang, whatever the parser chose."""
        if self.kind == "verb":
            if self.noun is not None:
                return [self.noun, self.tree.outer(self.noun), self.token]
            # "called for talks with India": what is called for carries the rest.
            nouns = self.tree.objects(self.token)
            nouns += [item for case in _CARRIERS for item in self.tree.oblique(self.token, case)]
            nouns = [item for item in nouns if self.setting.known[item] is None]
            return [self.token, *nouns, *(self.tree.inner(item) for item in nouns)]
        if self.kind == "noun":
            # "a suspension of air links with Serbia": the links carry the rest.
            about = [item for item in self.tree.oblique(self.token, "of") if self.setting.known[item] is None]
            supporters = [] if self.supporter is None else [self.supporter]
            return [self.token, self.tree.outer(self.token), *about, *supporters]
        return [self.token]

    # -- places -----------------------------------------------------------------------------------------------------

    def tokens(self, place: str) -> list[int]:
        """The heads of what stands in a place, coordination not unfolded."""
        found = self._places.get(place)
        if found is None:
            found = self._places[place] = list(dict.fromkeys(self._look(place)))
        return found

    def _look(self, place: str) -> Iterable[int]:
        tree, token = self.tree, self.token
        if place in PREPOSITIONS:
            hosts = dict.fromkeys(self.hosts)
            named = token if self.kind == "noun" else self.noun
            if named is not None and place in ("from", "to"):
                # "the withdrawal of forces from Panama"
                hosts.update(dict.fromkeys(tree.oblique(named, "of")))
            if self.kind == "noun" and place in _AFTER_OTHERS:
                # "the arrest of the editor by soldiers": the parser may hang the soldiers on the editor.
                hosts.update(dict.fromkeys(tree.obliques(token)))
            return [
                item
                for host in hosts
                for item in tree.oblique(host, place)
                if item != token and not is_time(tree, item)
            ]
        if place == "subject":
            return self._subject()
        if place == "object":
            return tree.objects(token) if self.kind == "verb" and self.noun is None else ()
        if place == "indirect":
            verb = token if self.kind == "verb" else self.supporter
            return () if verb is None else tree.indirect(verb)
        if place in ("possessive", "modifier"):
            noun = self.noun if self.kind == "verb" else token
            return () if noun is None else self.setting.beside(noun, place) + self._outer(noun, place)
        if place == "head":
            return [tree.head[token]] if tree.dep[token] in ("amod", "acl") else ()
        if place == "complement":
            below = [kid for item in (token, *tree.objects(token)) for kid in tree.kids[item]]
            return [kid for kid in below if tree.dep[kid] in _COMPLEMENTS and tree.tag[kid] not in _FINITE]
        if place == "clause_subject":
            return self.clause_subject()
        if place == "noun" and self.noun is not None:
            return [self.noun, *tree.modifiers(self.noun)]
        return ()

    def _outer(self, noun: int, place: str) -> list[int]:
        outer = self.tree.outer(noun)
        return [] if outer == noun else self.setting.beside(outer, place)

    def _subject(self) -> list[int]:
        tree = self.tree
        if self.kind == "verb":
            return tree.subjects(self.token)
        if self.kind == "noun":
            return self._doer_of_noun()
        own = [item for kid in tree.kids[self.token] if tree.dep[kid] in SUBJECTS for item in tree.antecedents(kid)]
        if own or tree.dep[self.token] == "amod":
            return own
        return tree.surface(self.token)

    def _doer_of_noun(self) -> list[int]:
        """Who does what a noun names: who "launched an attack", who is "accused of the attack", who "claimed" it."""
        tree = self.tree
        if self.supporter is not None:
            own = (self.token, tree.outer(self.token))
            return [] if self._undergone() else [item for item in tree.subjects(self.supporter) if item not in own]
        place = tree.outer(tree.first_conjunct(self.token))
        head, case = tree.head[place], tree.case(place)
        if case in ("of", "for", "over", "in") and tree.dep[place] in ("obl", "nmod", "advcl", "xcomp"):
            if tree.is_verb(head) and tree.lemma[head] in self.setting.frames.words.get("blame", ()):
                return tree.objects(head)
            if tree.dep[head] == "obj" and tree.lemma[tree.head[head]] in self.setting.frames.words.get("blame", ()):
                return [head]
            if tree.lemma[head] == "responsibility" and tree.is_verb(tree.head[head]):
                return tree.subjects(tree.head[head])
        if any(tree.dep[kid] == "cop" for kid in tree.kids[self.token]):
            # "is the largest donor"
            return tree.children(self.token, SUBJECTS)
        return tree.subjects(head) if tree.dep[self.token] == "xcomp" else []

    def _undergone(self) -> bool:
        """ "suffered an attack", "faces criticism": the subject is the one it is done to."""
        return self.supporter is not None and self.tree.lemma[self.supporter] in self.setting.frames.words["undergo"]

    def clauses(self) -> list[int]:
        """The clauses below the trigger: its complements, purposes and what its noun says."""
        tree = self.tree
        below = [kid for kid in tree.kids[self.token] if tree.dep[kid] in CLAUSES]
        nouns = [self.noun] if self.noun is not None else tree.objects(self.token) if self.kind == "verb" else []
        below += [kid for noun in nouns for kid in tree.kids[noun] if tree.dep[kid] in ("acl", "ccomp")]
        return below

    def clause_subject(self) -> list[int]:
        """Who acts in the clause below, where it is said there."""
        for clause in self.clauses():
            if self.tree.dep[clause] == "advcl" and self.tree.case(clause) not in ("to", "of", "for", "from", "that"):
                continue
            found = [
                item
                for kid in self.tree.kids[clause]
                if self.tree.dep[kid] in SUBJECTS
                for item in self.tree.antecedents(kid)
            ]
            if found:
                return found
        return []

    # -- parties ----------------------------------------------------------------------------------------------------

    def parties(self, places: Iterable[str], *, but: tuple[int, ...] = ()) -> tuple[int, ...]:
        """The parties of the first place that holds any ``but`` these; "a+b" pools two places."""
        for place in places:
            found: list[int] = []
            for part in place.split("+"):
                found += [party for party in self._party(part) if party not in found and party not in but]
            if found:
                return tuple(found)
        return ()

    def _party(self, place: str) -> tuple[int, ...]:
        if place == "owner":
            places = (*_OWNERS, "in", "near", "at")
            return tuple(
                dict.fromkeys(party for item in self.tokens("object") for party in self.setting.owners(item, places))
            )
        if place == "clause_owner":
            objects = [
                item for clause in self.clauses() if self.tree.is_verb(clause) for item in self.tree.objects(clause)
            ]
            own = self.setting.parties_of(self.tokens("subject"))
            return self.setting.parties_of(item for item in objects if not self.setting.owned(item, own))
        found = self.setting.parties_of(self.tokens(place), owners=place not in ("modifier", "head"))
        return found or (self._author() if place == "subject" else ())

    def _author(self) -> tuple[int, ...]:
        """ "passed a resolution criticising the president": who passed it criticises."""
        tree = self.tree
        for token in self.tokens("subject"):
            if tree.dep[token] == "obj" and tree.lemma[token] in self.setting.frames.words["documents"]:
                return self.setting.parties_of(tree.subjects(tree.head[token]))
        return ()

    def roles(self, frame: Frame) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Actors and recipients."""
        doers, done_to = frame.actor, frame.recipient
        if self.kind == "noun" and "possessive" in doers and "possessive" in done_to:
            # "Israel's killing of a medic" has a killer, "the medic's killing" a victim.
            done_to = tuple(place for place in done_to if place != "possessive")
            if not self.parties(done_to) and not self._class_holds(_STATES, "possessive"):
                doers, done_to = tuple(place for place in doers if place != "possessive"), frame.recipient
        actors = self.parties(doers)
        recipients = self.parties(done_to, but=actors)
        if not recipients and self._undergone() and self.supporter is not None:
            recipients = self.setting.parties_of(self.tree.subjects(self.supporter))
        if frame.reciprocal and not recipients and not actors:
            actors = self.parties(("between+among",))
        return actors, recipients

    # -- conditions -------------------------------------------------------------------------------------------------

    def holds(self, condition: Condition) -> bool:
        """True when one of the words or classes stands in the place."""
        place, words, classes = condition.place, condition.words, condition.classes
        if place in ASKED:
            return bool(ASKED[place](self) & (words | classes))
        tokens = self.tokens(place)
        if "NONE" in classes:
            return not tokens
        if "ANY" in classes and tokens:
            return True
        for token in tokens:
            for item in self.tree.coordinated(token):
                inner = self.tree.inner(item)
                if words and (
                    not words.isdisjoint(self.setting.names(inner)) or not words.isdisjoint(self.setting.names(item))
                ):
                    return True
        return bool(classes) and self._class_holds(classes, place)

    def _class_holds(self, classes: frozenset[str], place: str) -> bool:
        # "called off his trial" does not call him: an owner is not what the verb acts on.
        owned = place != "object"
        found = self._party(place) if owned else self.setting.parties_of(self.tokens(place), owners=False)
        if "PLACE" in classes and any(self.tree.entity[item] in ("LOC", "FAC") for item in self.tokens(place)):
            return True
        for index in found:
            party = self.setting.parties.all[index]
            if "PARTY" in classes or not classes.isdisjoint(party.sectors):
                return True
            if any(_KINDS.get(item) == party.kind for item in classes):
                return True
        return False

    def matched(self, condition: Condition) -> int | None:
        """The word that met a condition on a prepositional phrase: it belongs to the trigger ("go on strike")."""
        for token in self.tokens(condition.place):
            inner = self.tree.inner(token)
            if not condition.words.isdisjoint(self.setting.names(inner)):
                return inner
        return None
