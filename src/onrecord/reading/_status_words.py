"""How words change the reality of what stands below them: the part of status reading that clauses and nouns share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.reading._complements import complements
from onrecord.reading._marks import Mark
from onrecord.reading._tree import Tree
from onrecord.records import EventType, Status

if TYPE_CHECKING:
    from onrecord.reading._parties import Parties
    from onrecord.reading._statements import Statements


class Ruling(NamedTuple):
    """A status and the words or rule that decided it."""

    status: Status
    because: str


class Words:
    """One tree read for one act: what governing words say of what they govern. Holds nothing but what it was given."""

    def __init__(self, tree: Tree, statements: Statements, parties: Parties | None, type: EventType | None) -> None:
        self.tree, self.statements, self.parties, self.type = tree, statements, parties, type

    def act(self, i: int, depth: int = 0) -> Ruling:
        """The ruling on token ``i``, clause or noun phrase."""
        raise NotImplementedError

    def effect(self, governor: int, frame: str) -> tuple[str, str | None]:
        """The governing word as looked up, and what it says of a complement attached by ``frame``."""
        tree = self.tree
        lemma = tree.lemma[governor]
        pos = "noun" if tree.is_noun(governor) else "adj" if tree.pos[governor] in ("ADJ", "ADV") else "verb"
        table = complements()
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

    def compose(self, effect: str, mark: Mark, governor: int, why: str, depth: int) -> Ruling:
        """What is left of ``mark`` under a word with this effect, given how real that word itself is."""
        above = self.act(governor, depth + 1)
        if effect == "topic":
            effect = "hypothetical"
        if effect == "without":
            effect = "negated" if above.status.real else "hypothetical"
        if effect == "lets":
            open_rule = above.status is Status.happened and above.because.endswith("present")
            effect = "hypothetical" if open_rule else "same"
        if effect == "mandative":
            effect = "inner" if mark.status is not None and (mark.past or mark.would) else "called_for"
        if effect == "same":
            return self._same(mark, above, why)
        if effect == "fact":
            return Ruling(mark.status or Status.happened, why)
        if effect == "inner":
            return self._inner(mark, above, why)
        if effect == "not":
            flipped = {Status.happened: Status.negated, Status.ongoing: Status.negated, Status.negated: Status.happened}
            return Ruling(flipped.get(above.status, Status.hypothetical), why)
        status = Status[effect]
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
        return Ruling(_under(status, above.status), f"{why}" if above.status.real else f"{why}/{above.because}")

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
        asked = (start, start + 1, *tree.kids[i], *(item for kid in tree.kids[i] for item in tree.kids[kid]))
        return not any(tree.tag[k] in ("WP", "WRB", "WDT", "WP$") and k <= i for k in asked if k < end)


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
