"""Clauses that complete a word: "plans to attack", "denied that …", "a threat to …", "the men who …"."""

from __future__ import annotations

import re

from onrecord.reading._complements import modality
from onrecord.reading._marks import Mark, clause_mark, is_negated
from onrecord.reading._status_nouns import Nouns
from onrecord.reading._status_words import SPEECH, Ruling
from onrecord.reading._tree import Tree
from onrecord.records import Status

_PASSING = frozenset({"pass", "adopt", "approve", "sign", "issue", "endorse", "publish", "release"})
_ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth last latest only".split()
)
_NTH = re.compile(r"\d+(st|nd|rd|th)")
_WATCHING = frozenset({"see", "watch", "hear", "let", "make", "have", "feel"})  # with a bare verb: "saw them leave"


class Complements(Nouns):
    """Complement clauses of verbs and adjectives, complement and relative clauses of nouns."""

    def complement(self, i: int, governor: int, mark: Mark, depth: int) -> Ruling:
        tree = self.tree
        marker = tree.marker(i, "mark")
        if marker in ("whether", "if"):
            return Ruling(Status.hypothetical, marker)
        if tree.lemma[governor] in _WATCHING and not marker and tree.lower[i] == tree.lemma[i] and not mark.past:
            return self.compose("same", Mark(None, "bare"), governor, f"{tree.lemma[governor]}+bare", depth)
        frame = frame_of(tree, i, mark, marker)
        if tree.lemma[governor] in ("be", "have", "go", "use") and frame == "to":
            return self._periphrastic(i, governor, mark, depth)
        if tree.tag[governor] == "MD" and tree.lower[governor] in modality().modals:
            says = modality().modals[tree.lower[governor]]
            return Ruling(Status[says["not" if is_negated(tree, governor) else "plain"]], tree.lower[governor])
        if frame == "to" and tree.child(governor, "obj", "iobj") is not None and tree.pos[governor] == "VERB":
            frame = "to_obj"
        word, effect = self.effect(governor, frame)
        if effect is None and frame == "to_obj":
            word, effect = self.effect(governor, "to")
        if effect is None and frame in ("to", "to_obj") and (through := self.through_object(governor)) is not None:
            word, effect = through
        if effect is None and frame not in ("to", "to_obj", "that", "ing"):
            effect = modality().markers.get(frame)
            if effect in ("later", "before", "main", "own"):
                effect = "same"
        if effect == "mandative" and tree.tag[i] == "VBZ":
            effect = "inner"
        if effect is None:
            effect = {"to": "hypothetical", "to_obj": "hypothetical", "ing": "same"}.get(frame, "inner")
            if effect == "hypothetical" and tree.marker(i, "mark") == "" and tree.tag[i] != "VB":
                effect = "same"
        if tree.pos[governor] == "ADJ" and _too(tree, governor):
            effect = "not"
        return self.compose(effect, mark, governor, f"{word}+{frame}", depth)

    def _periphrastic(self, i: int, governor: int, mark: Mark, depth: int) -> Ruling:
        """ "is to meet", "has to pay", "is going to strike", "used to raid"."""
        tree = self.tree
        lemma, tag = tree.lemma[governor], tree.tag[governor]
        if "yet" in tree.lower[governor:i] and lemma in ("be", "have"):
            return Ruling(Status.negated, "yet-to")
        if lemma == "go" and tag == "VBG":
            return self.compose("planned", mark, governor, "going-to", depth)
        if lemma == "be":
            return self.compose("planned", mark, governor, "be-to", depth)
        if lemma == "have":
            above = self.act(governor, depth + 1)
            if not above.status.real and above.status is not Status.called_for:
                return Ruling(above.status, f"have-to/{above.because}")
            effect = "same" if tag in ("VBD", "VBN") else "called_for"
            return self.compose(effect, mark, governor, "have-to", depth)
        return self.compose("same", mark, governor, f"{lemma}-to", depth)

    def through_object(self, governor: int) -> tuple[str, str] | None:
        """ "issued an invitation to attend": the object noun's infinitive, hung on the verb by the parser."""
        target = self.tree.child(governor, "obj", "xcomp")
        if target is None or not self.tree.is_noun(target):
            return None
        if ordinal(self.tree, target):
            return "first-to", "same"
        word, effect = self.effect(target, "to")
        return None if effect in (None, "fact", "inner", "topic") else (word, str(effect))

    def noun_complement(self, i: int, noun: int, mark: Mark, depth: int) -> Ruling:
        tree = self.tree
        marker = tree.marker(i, "mark", "case")
        if modality().markers.get(marker.split(" ")[0]) == "hypothetical" and mark.status is not None:
            return Ruling(Status.hypothetical, marker)  # "a warning of war if they attack"
        frame = frame_of(tree, i, mark, marker)
        bare = tree.tag[i] == "VBD" and not marker and tree.child(i, "aux", "cop") is None
        if (tree.tag[i] == "VBN" or bare) and not mark.infinitive and tree.subject(i) is None:
            lexical = modality().adjectives.get(tree.lower[i])
            return Ruling(mark.status or Status.happened, f"participle{'/' + lexical if lexical else ''}")
        if frame == "ing" and not marker:
            return self._with_head_noun(noun, mark, depth)
        word, effect = self.effect(noun, frame)
        if effect is None and frame in ("to", "that") and (owned := self.possessed(noun)) != noun:
            word, effect = self.effect(owned, frame)
            noun = noun if effect is None else owned
        if effect is None and frame == "to":
            if ordinal(tree, noun):
                effect, word = "same", "first-to"
            elif tree.dep[noun] == "root" and not any(
                tree.base[kid] in ("cop", "aux", "acl", "nsubj") for kid in tree.kids[noun] if kid != i
            ):
                return Ruling(Status.planned, "headline-to")
            else:
                effect = "hypothetical"
        if effect is None and frame == "that":
            effect = "inner"
        if effect is None:
            effect = "same"
        return self.compose(effect, mark, noun, f"{word}+{frame}", depth)

    def _with_head_noun(self, noun: int, mark: Mark, depth: int) -> Ruling:
        """ "a letter calling for …": as real as the noun is, which mostly simply is."""
        tree = self.tree
        if generic(tree, noun):
            return Ruling(Status.hypothetical, "any-who")
        if self.parties is not None and self.parties.at(noun) is not None:  # "plans to meet states backing the rebels"
            return Ruling(mark.status or Status.happened, "participle")
        ruling = self.act(noun, depth + 1)
        drafted = self.effect(noun, "to")[1] in ("called_for", "planned")
        if self.type in SPEECH:
            verb = tree.head[noun]
            if tree.base[noun] == "obj" and tree.lemma[verb] in _PASSING and self.act(verb, depth + 1).status.real:
                return Ruling(mark.status or Status.happened, "participle")
        elif self._enacted(noun):
            return Ruling(mark.status or Status.happened, "participle")
        elif self.type is not None and ruling.status.real and (draft := self.draft(noun)) is not None:
            return Ruling(Status[draft], f"{tree.lemma[noun]}-holds")
        if ruling.status.real or (
            not drafted and ruling.status is Status.negated and not negative_phrase(self.tree, noun)
        ):
            return Ruling(mark.status or Status.happened, "participle")
        return ruling

    def _enacted(self, noun: int) -> bool:
        """True for "passed a bill …", "signed into law a bill …": not for one that is only tabled or approved of."""
        tree, verb = self.tree, self.tree.head[noun]
        law = any(tree.lemma[kid] == "law" and tree.marker(kid, "case") == "into" for kid in tree.kids[verb])
        return (
            tree.base[noun] == "obj" and (law or tree.lemma[verb] in ("pass", "enact")) and clause_mark(tree, verb).own
        )

    def relative(self, noun: int, mark: Mark, depth: int) -> Ruling:
        tree = self.tree
        free = tree.lower[noun] in ("anyone", "anybody", "whoever", "whatever")
        generic = any(tree.lower[kid] in ("any", "every", "whatever", "whichever") for kid in tree.kids[noun])
        if mark.infinitive and mark.status is None:
            return self.compose("hypothetical", mark, noun, "relative-to", depth)
        if mark.status is not None and mark.status.real and not mark.past and (generic or free):
            return Ruling(Status.hypothetical, "any-who")
        if generic and mark.status is not None and mark.status.real:
            return Ruling(Status.hypothetical, "any-who")
        if mark.because == "present" and self._open_class(noun):
            above = self.act(noun if tree.head[noun] == noun else tree.head[noun], depth + 1)
            if not above.status.real and above.status is not Status.negated:
                return Ruling(Status.hypothetical, f"relative/{above.because}")
        if negative_phrase(tree, noun) and mark.status is not None and mark.status.real:
            return Ruling(Status.negated, "no-who")
        return Ruling(mark.status or Status.happened, f"relative/{mark.because}")

    def _open_class(self, noun: int) -> bool:
        """True for "men who …", "those who …": not for a name, nor for a clause set off by a comma."""
        tree = self.tree
        after = tree.text[noun + 1] if noun + 1 < tree.size else ""
        return tree.pos[noun] != "PROPN" and after != "," and not _pointed(tree, noun)

    def participle(self, i: int, depth: int) -> Ruling:
        """A verb form in a nominal's place: "the captured soldiers", "after being shot"."""
        tree = self.tree
        if tree.base[i] in ("amod", "compound"):
            lexical = modality().adjectives.get(tree.lower[i])
            if lexical in ("hypothetical", "planned", "called_for", "negated", "threatened") and tree.tag[i] != "VBN":
                return Ruling(Status[lexical], tree.lower[i])
            return Ruling(Status.ongoing if tree.tag[i] == "VBG" else Status.happened, "participle")
        return self.nominal(i, depth)


def generic(tree: Tree, noun: int) -> bool:
    """True for "anyone", "any person", "every member": a rule, not somebody."""
    return tree.lower[noun] in ("anyone", "anybody", "whoever", "everyone") or any(
        tree.lower[kid] in ("any", "every", "whatever", "whichever") for kid in tree.kids[noun]
    )


def frame_of(tree: Tree, i: int, mark: Mark, marker: str) -> str:
    """How a clause is attached: to, that, ing, or the preposition before a gerund."""
    first = marker.split()[0] if marker else ""
    if mark.infinitive:
        return "to"
    if tree.tag[i] == "VBG" and (mark.status is None or not mark.own):
        return marker if (marker and first != "to") or marker == "to" else "ing"
    if tree.tag[i] == "VB" and not mark.own:
        return "to" if tree.subject(i) is None and tree.base[i] == "xcomp" else "that"
    if tree.base[i] == "xcomp":
        return "as" if marker == "as" else "to" if mark.status is None else "that"
    if marker and marker not in ("that", "to"):
        return marker
    return "that"


def negative_phrase(tree: Tree, i: int) -> bool:
    words = modality()
    return tree.lower[i] in words.negative_pronouns or any(
        tree.lower[kid] in words.negative_determiners for kid in tree.kids[i] if tree.base[kid] == "det"
    )


def ordinal(tree: Tree, noun: int) -> bool:
    return any(tree.lower[k] in _ORDINALS or _NTH.fullmatch(tree.lower[k]) for k in (noun, *tree.kids[noun]))


def _too(tree: Tree, adjective: int) -> bool:
    return any(tree.lower[kid] == "too" for kid in tree.kids[adjective])


def whole(tree: Tree, i: int) -> bool:
    """True for a clause that lacks nothing, so that it is no relative clause: "rumours [a deal had been signed]"."""
    subject = tree.subject(i)
    if subject is None or any(tree.tag[kid] in ("WDT", "WP", "WRB") for kid in tree.kids[i]):
        return False
    return tree.child(i, "nsubj:pass") == subject or tree.child(i, "obj", "ccomp", "xcomp") is not None


def _pointed(tree: Tree, noun: int) -> bool:
    """True for a noun that means something already there: "the two men", "his army"."""
    return any(
        (tree.base[kid] == "det" and tree.lower[kid] in ("the", "this", "these", "both"))
        or tree.dep[kid] == "nmod:poss"
        for kid in tree.kids[noun]
    )
