"""How words change the reality of what stands below them: the part of status reading that clauses and nouns share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, NamedTuple

from onrecord.reading._complements import complements, modality
from onrecord.reading._cues import cues
from onrecord.reading._marks import Mark
from onrecord.reading._tree import Tree
from onrecord.records import EventType, Status

if TYPE_CHECKING:
    from onrecord.reading._parties import Parties
    from onrecord.reading._statements import Statements


SPEECH = frozenset({"ACCUSE", "REJECT", "REQUEST", "SUPPORT"})  # types of acts that are done by saying so


class Ruling(NamedTuple):
    """A status and the words or rule that decided it."""

    status: Status
    because: str


class Words(ABC):
    """One tree read for one act: what governing words say of what they govern. Holds nothing but what it was given."""

    def __init__(self, tree: Tree, statements: Statements, parties: Parties | None, type: EventType | None) -> None:
        self.tree, self.statements, self.parties, self.type = tree, statements, parties, type

    @abstractmethod
    def act(self, i: int, depth: int = 0) -> Ruling:
        """The ruling on token ``i``, clause or noun phrase."""

    def effect(self, governor: int, frame: str) -> tuple[str, str | None]:
        """The governing word as looked up, and what it says of a complement attached by ``frame``."""
        tree = self.tree
        lemma = tree.lemma[governor]
        pos = "noun" if tree.is_noun(governor) else "adj" if tree.pos[governor] in ("ADJ", "ADV") else "verb"
        table = complements()
        if idiom := _idiom(tree, governor):
            return idiom, table.get((idiom, "verb"), {}).get(frame)
        if lemma == "vote" and frame == "to" and self.type in SPEECH:
            return "vote to", "same"  # to vote to condemn is to condemn
        particle = tree.particle(governor)
        if particle and (lemma := f"{lemma} {particle}") and (lemma, pos) not in table:
            lemma = tree.lemma[governor]
        for word, kind in ((lemma, pos), (tree.lower[governor], "adj"), (tree.lemma[governor], "verb")):
            if kind == "verb" and pos == "noun":
                continue
            frames = table.get((word, kind))
            if frames is not None and frame in frames:
                return word, frames[frame]
        return lemma, None

    def possessed(self, noun: int) -> int:
        """For "an order by [the court] for …" the order: what hangs on the owner belongs to what is owned."""
        tree = self.tree
        head = tree.head[noun]
        if (
            tree.base[noun] == "nmod"
            and tree.is_noun(head)
            and tree.marker(noun, "case") in ("by", "of", "from", "among")
        ):
            return head
        return noun

    def denial(self, noun: int) -> int | None:
        """The verb that denies what a noun says: "rejected reports that …", "claims that … were dismissed"."""
        tree = self.tree
        head = tree.head[noun]
        if not tree.is_noun(noun) or tree.dep[noun] not in ("obj", "nsubj:pass"):
            return None
        entry = cues().verbs.get(tree.lemma[head], {}).get("thing")
        return head if entry is not None and entry.stance == "denies" else None

    def compose(self, effect: str, mark: Mark, governor: int, why: str, depth: int) -> Ruling:
        """What is left of ``mark`` under a word with this effect, given how real that word itself is."""
        if _idiom(self.tree, governor) and self.tree.lower[governor] == "guilty":
            governor = self.tree.head[governor]
        above = self.act(governor, depth + 1)
        if effect == "topic":
            effect = "hypothetical"
        rumoured = effect == "hypothetical" and self.tree.lemma[governor] in cues().nouns
        if (effect == "inner" or rumoured) and (denial := self.denial(governor)) is not None:
            denied = self.act(denial, depth + 1).status.real and (mark.status is None or mark.status.real)
            return Ruling(Status.negated if denied else Status.hypothetical, f"{why}/{self.tree.lemma[denial]}")
        if effect == "without":
            effect = "negated" if above.status.real else "hypothetical"
        if effect == "lets":
            open_rule = above.status is Status.happened and above.because.endswith("present")
            effect = "hypothetical" if open_rule else "same"
        if effect == "mandative":
            effect = "inner" if mark.status is not None and (mark.past or mark.would) else "called_for"
        if effect == "same" or (effect in ("inner", "fact") and mark.because == "bare"):  # "saw the army release them"
            return self._same(mark, above, why)
        if effect == "fact":
            return Ruling(mark.status or Status.happened, why)
        if effect == "inner":
            return self._inner(mark, above, why)
        if effect == "not":
            flipped = {Status.happened: Status.negated, Status.ongoing: Status.negated, Status.negated: Status.happened}
            return Ruling(flipped.get(above.status, Status.hypothetical), why)
        status = Status[effect]
        if status is Status.planned and above.status.real and self._came_to_nothing(governor):
            return Ruling(Status.negated, f"{why}/came-to-nothing")
        if mark.status is Status.negated:
            if status in (Status.planned, Status.ongoing):
                return Ruling(Status.negated, why)
            return Ruling(Status.hypothetical, why)
        if status is Status.planned and mark.perfect:
            return Ruling(Status.hypothetical, why)
        if (
            status is Status.negated
            and mark.status is not None
            and not mark.status.real
            and mark.status is not Status.planned
        ):
            return Ruling(Status.hypothetical, why)
        if status is Status.called_for and above.status is Status.negated and self._refused(governor):
            return Ruling(Status.negated, why)
        return Ruling(_under(status, above.status), f"{why}" if above.status.real else f"{why}/{above.because}")

    def _came_to_nothing(self, noun: int) -> bool:
        """True for "the deal to … collapsed": what it was to bring does not come."""
        tree = self.tree
        verb = tree.head[noun]
        if not tree.is_noun(noun) or tree.base[noun] != "nsubj" or tree.pos[verb] != "VERB":
            return False
        return f"{tree.lemma[verb]} {tree.particle(verb)}".strip() in modality().failures

    def _refused(self, noun: int) -> bool:
        """True for "refused an order to …": what is asked for is not done, unlike under "made no demand to …"."""
        tree = self.tree
        return tree.base[noun] == "obj" and self.effect(tree.head[noun], "obj")[1] == "negated"

    @staticmethod
    def _same(mark: Mark, above: Ruling, why: str) -> Ruling:
        if mark.status is Status.negated and above.status.real:
            return Ruling(Status.negated, why)
        if mark.status is not None and mark.own and not mark.status.real:
            return Ruling(mark.status, mark.because)
        return Ruling(above.status, f"{why}/{above.because}")

    @staticmethod
    def _inner(mark: Mark, above: Ruling, why: str) -> Ruling:
        status = mark.status or Status.happened
        if above.status in (Status.negated, Status.hypothetical) and status.real:
            return Ruling(Status.hypothetical, f"{why}/{above.because}")
        if above.status is Status.called_for and status.real and mark.status is None:
            return Ruling(Status.hypothetical, f"{why}/{above.because}")
        return Ruling(status, mark.because if mark.status is not None else why)

    def questioned(self, i: int) -> bool:
        tree = self.tree
        start, end = tree.bounds[tree.sent[i]]
        last = end - 1
        while last > i and (tree.pos[last] == "SPACE" or tree.lower[last] in ('"', "”", "’", "'", "''", ")")):
            last -= 1
        if tree.text[last] != "?" and "?" not in tree.text[i + 1 : min(end, i + 12)]:
            return False
        if not _asks(tree, i) and any(
            _asks(tree, k) for k in range(i + 1, last) if tree.pos[k] in ("VERB", "AUX", "NOUN")
        ):
            return False  # "They freed him, so why did they arrest his son?"
        asked = (start, start + 1, *tree.kids[i], *(item for kid in tree.kids[i] for item in tree.kids[kid]))
        return not any(tree.tag[k] in ("WP", "WRB", "WDT", "WP$") and k <= i for k in asked if k < end)


def _idiom(tree: Tree, i: int) -> str:
    """ "plead guilty", "plead not guilty" and "on suspicion", each as a word of its own; else nothing."""
    if tree.lemma[i] == "suspicion" and tree.marker(i, "case") in ("on", "under"):
        return "on suspicion"
    verb = tree.head[i] if tree.lower[i] == "guilty" else i
    guilty = next((kid for kid in tree.kids[verb] if tree.lower[kid] == "guilty"), None)
    if tree.lemma[verb] != "plead" or guilty is None:
        return ""
    return "plead not guilty" if tree.lower[guilty - 1] == "not" else "plead guilty"


def _asks(tree: Tree, i: int) -> bool:
    """True for a clause in the form of a question: a question word first, or an auxiliary before the subject."""
    if tree.dep[i] == "acl:relcl" or tree.base[i] in ("ccomp", "advcl", "csubj"):
        return False
    subject = tree.subject(i)
    return any(
        (tree.tag[kid] in ("WP", "WRB", "WDT", "WP$") and kid < i)
        or (subject is not None and kid < subject and tree.base[kid] in ("aux", "cop") and tree.tag[kid] != "VBG")
        for kid in tree.kids[i]
    )


def _under(status: Status, above: Status) -> Status:
    """An unreal complement below a word that is itself only so real."""
    if above.real:
        return status
    if above is Status.negated:
        if status in (Status.negated, Status.called_for, Status.hypothetical):
            return Status.hypothetical
        return Status.negated
    if status is Status.ongoing:
        return above
    if status is Status.negated:
        return Status.hypothetical if above is Status.hypothetical else Status.negated
    if status is Status.planned:
        return above if above in (Status.called_for, Status.threatened, Status.hypothetical) else Status.planned
    return status
