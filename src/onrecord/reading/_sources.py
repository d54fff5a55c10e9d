"""Who a cue's words name: the noun phrase that speaks, the party it means, and the channel it was said through."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from spacy.tokens import Doc

from onrecord.reading._cues import cues
from onrecord.reading._tree import Tree

if TYPE_CHECKING:
    from onrecord.reading._parties import Parties

_RELATIVES = frozenset({"who", "which", "that", "whom"})
_CHANNELS = frozenset(
    {"twitter", "facebook", "telegram", "instagram", "x", "youtube", "tiktok", "weibo", "whatsapp", "truth social"}
)
_LINKS = ("nmod:poss", "nmod", "obl:agent", "obl")


class Source(NamedTuple):
    """A speaker as the text gives it: head token, token range, party (None when no party fits)."""

    head: int
    span: tuple[int, int]
    party: int | None


class Sources:
    """Finds sources in one document."""

    def __init__(self, doc: Doc, tree: Tree, parties: Parties | None) -> None:
        self.tree = tree
        self.parties = parties
        self.named = {i: entity.label_ for entity in doc.ents for i in range(entity.start, entity.end)}

    def of(self, head: int) -> Source:
        """The source whose noun phrase has its head at ``head``."""
        return Source(head, self._span(head), self.party(head))

    def party(self, head: int) -> int | None:
        """The party a noun phrase means; a document speaks for those who made it."""
        if self.parties is None:
            return None
        found = self.parties.at(head)
        if found is None and self.tree.child(head, "cop") is not None:  # "she is the only judge who has said"
            subject = self.tree.subject(head)
            found = None if subject is None else self.parties.at(subject)
        if found is None:
            found = self._inside(head)
        return found if found is None or self._is_named(found) else self._apposed(head, found)

    def _is_named(self, party: int) -> bool:
        assert self.parties is not None
        return any(mention.form == "name" for mention in self.parties.all[party].mentions)

    def _apposed(self, head: int, found: int) -> int:
        """The named person beside a description: "the spokesperson, Miriam Okafor", "one of them, Miriam Okafor"."""
        tree, parties = self.tree, self.parties
        assert parties is not None
        beneath = [kid for kid in tree.kids[head] if tree.lower[head] == "one" and tree.base[kid] == "nmod"]
        for kid in (*tree.kids[head], *(item for noun in beneath for item in tree.kids[noun])):
            beside = tree.base[kid] in ("appos", "flat", "nmod", "compound") and not tree.marker(kid, "case")
            named = (
                parties.at(kid) if beside and self.named.get(kid) == "PER" and tree.dep[kid] != "nmod:poss" else None
            )
            if named is not None and self._is_named(named):
                return named
        return found

    def _inside(self, head: int) -> int | None:
        tree, parties = self.tree, self.parties
        assert parties is not None
        for kid in tree.kids[head]:
            if tree.base[kid] in ("appos", "flat", "compound"):
                found = parties.at(kid)
                if found is not None and (tree.base[kid] != "compound" or tree.lemma[head] not in cues().documents):
                    return found
        if tree.lemma[head] in cues().documents or tree.lemma[head] in cues().nouns:
            for kid in tree.kids[head]:
                if tree.dep[kid] in ("nmod:poss", "compound", "nmod", "amod") and (
                    tree.dep[kid] != "nmod" or tree.marker(kid, "case") in ("by", "from", "of", "in", "on", "at")
                ):
                    found = parties.at(kid)
                    if found is not None:
                        return found
                if tree.dep[kid] == "acl" and tree.lemma[kid] in cues().carried:
                    agent = tree.child(kid, "obl:agent", "obl")
                    found = None if agent is None else parties.at(agent)
                    if found is not None:
                        return found
            return None
        return parties.covering(head)

    def _span(self, head: int) -> tuple[int, int]:
        """The noun phrase without relative clauses, appositions after it kept, and without what it says."""
        tree = self.tree
        start, end = tree.left[head], tree.right[head] + 1
        for kid in tree.kids[head]:
            if (
                kid > head
                and tree.base[kid] in ("acl", "parataxis", "advcl", "ccomp", "cc", "punct")
                and tree.base[kid] != "cc"
            ):
                if tree.base[kid] == "punct" and not any(
                    tree.base[k] in ("appos", "conj") and k > kid for k in tree.kids[head]
                ):
                    end = min(end, kid)
                elif tree.base[kid] in ("parataxis", "ccomp", "advcl"):
                    end = min(end, tree.left[kid])
        while start < head and tree.base[start] in ("punct", "case", "mark", "cc") and start in tree.kids[head]:
            start += 1
        while end > head + 1 and (tree.pos[end - 1] in ("PUNCT", "SPACE") or tree.tag[end - 1] == "POS"):
            end -= 1
        return start, max(end, head + 1)

    def is_country(self, head: int) -> bool:
        """True when a noun phrase means a country."""
        found = None if self.parties is None else self.parties.at(head)
        return found is not None and self.parties is not None and self.parties.all[found].kind == "country"

    def is_person(self, head: int) -> bool:
        """True when a noun phrase means one human being."""
        found = None if self.parties is None else self.parties.at(head)
        if found is not None and self.parties is not None:
            return self.parties.all[found].kind == "person"
        return self.named.get(head) == "PER"

    def neighbour(self, verb: int) -> Source | None:
        """The noun phrase right before a finite cue that has no subject in the tree: "…, the Nile Post reports"."""
        tree = self.tree
        if tree.tag[verb] not in ("VBD", "VBZ", "VBP"):
            return None
        i = verb - 1
        while i >= 0 and tree.tag[i] in ("RB", "MD"):
            i -= 1
        if i < 0 or not (tree.is_noun(i) or tree.tag[i] == "PRP"):
            return None
        while tree.base[i] in ("flat", "compound") and i < tree.head[i] < verb:
            i = tree.head[i]
        low = i
        while (
            low > 0
            and verb - low < 8
            and (tree.is_noun(low - 1) or tree.pos[low - 1] in ("DET", "ADJ", "PROPN", "NUM"))
        ):
            low -= 1
        return Source(i, (low, i + 1), self.party(i))

    # --- verbs -------------------------------------------------------------------------------------------------------

    def speaker(self, verb: int) -> Source | None:
        """Who utters what the verb reports; None when the text names nobody ("it was reported")."""
        head = self.subject(verb)
        return None if head is None else self.of(head)

    def subject(self, verb: int, depth: int = 0) -> int | None:
        """The token of the speaking noun phrase: subject, agent, antecedent or controller."""
        tree = self.tree
        if depth > 8:
            return None
        if self.is_passive(verb):
            agent = tree.child(verb, "obl:agent")
            if agent is None:
                agent = next(
                    (kid for kid in tree.kids[verb] if tree.base[kid] == "obl" and tree.marker(kid, "case") == "by"),
                    None,
                )
            return agent
        subjects = [kid for kid in tree.kids[verb] if tree.dep[kid] in ("nsubj", "nsubj:outer")]
        own = max((kid for kid in subjects if kid < verb), default=subjects[0] if subjects else None)
        if own is not None:
            if tree.lower[own] in _RELATIVES and tree.dep[verb] == "acl:relcl":
                return tree.head[verb]
            return None if tree.base[own] == "expl" or (tree.lower[own] == "it" and self._dummy(verb)) else own
        head, base, dep = tree.head[verb], tree.base[verb], tree.dep[verb]
        if head == verb:
            return self._neighbour(verb)
        if dep == "acl:relcl":
            return head
        if base == "acl":
            return head if tree.is_noun(head) or tree.pos[head] == "PRON" else None
        if base in ("conj", "advcl", "xcomp", "ccomp", "parataxis", "obl", "nmod") and (
            base != "ccomp" or tree.tag[verb] == "VBG"
        ):
            return self._controller(verb, head, depth)
        return None

    def _controller(self, verb: int, head: int, depth: int) -> int | None:
        """The subject a verb without one shares: of the clause above, or of "quoted X as saying"."""
        tree = self.tree
        if tree.base[verb] in ("advcl", "xcomp") and tree.lemma[head] in (
            "quote",
            "cite",
            "describe",
            "report",
            "hear",
        ):
            promoted = tree.child(head, "nsubj:pass") if self.is_passive(head) else tree.child(head, "obj")
            if promoted is not None:
                return promoted
        if self.is_passive(head):
            passive = tree.child(head, "nsubj:pass")
            if passive is not None:
                return passive
        if tree.pos[head] in ("VERB", "AUX", "ADJ") or tree.child(head, "cop", "nsubj") is not None:
            return self.subject(head, depth + 1)
        return head if tree.is_noun(head) else None

    def _neighbour(self, verb: int) -> int | None:
        """A cue without subject in the tree ("said Miriam Okafor" misread): the name or noun right behind it."""
        tree = self.tree
        end = tree.bounds[tree.sent[verb]][1]
        for i in range(verb + 1, min(verb + 5, end)):
            if tree.is_noun(i) or tree.tag[i] == "PRP":
                while tree.base[i] in ("flat", "compound") and verb < tree.head[i] < end:
                    i = tree.head[i]
                return i
            if tree.pos[i] in ("VERB", "PUNCT", "ADP"):
                return None
        return None

    def is_passive(self, verb: int) -> bool:
        """True for a passive verb, or a participle used as one."""
        tree = self.tree
        if tree.tag[verb] not in ("VBN", "VBD"):
            return False
        for kid in tree.kids[verb]:
            if tree.dep[kid] in ("aux:pass", "nsubj:pass", "obl:agent"):
                return True
            if tree.dep[kid] == "nsubj":
                return False
        return tree.tag[verb] == "VBN" and tree.dep[verb] in ("acl", "amod")

    def _dummy(self, verb: int) -> bool:
        return self.is_passive(verb)

    # --- channels ----------------------------------------------------------------------------------------------------

    def medium(self, verb: int) -> int | None:
        """The party that carried the words: "told Rudaw", "on Twitter", "in a statement carried by IRNA"."""
        tree, parties = self.tree, self.parties
        if parties is None:
            return None
        for kid in tree.kids[verb]:
            if tree.base[kid] in ("obj", "iobj", "obl"):
                found = self._channel(kid)
                if found is not None:
                    return found
        return None

    def _channel(self, head: int) -> int | None:
        tree, parties = self.tree, self.parties
        assert parties is not None
        for i in (head, *(kid for kid in tree.kids[head] if tree.base[kid] in ("nmod", "compound", "appos", "flat"))):
            found = parties.at(i)
            if found is not None and ("JRN" in parties.all[found].sectors or tree.lower[i] in _CHANNELS):
                return found
        for kid in tree.kids[head]:
            if tree.base[kid] == "acl" and tree.lemma[kid] in cues().carried:
                agent = tree.child(kid, "obl:agent", "obl")
                if agent is not None and parties.at(agent) is not None:
                    return parties.at(agent)
        return None
