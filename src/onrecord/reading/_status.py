"""How real the text says an act is: read off the tree, from the trigger up to the root.

A clause or noun phrase first says something of itself (tense, aspect, modal, negation, adjectives). Every word above
it may then change that: "plans to", "refused to", "fears of", "if". The lexicons say how (complements.yaml and
modality.yaml); this module walks and composes. When scope leaves a choice between done and not done, the answer is
not done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Doc

from onrecord.reading._complements import complements, modality
from onrecord.reading._marks import Mark, clause_mark, has_condition, is_due
from onrecord.reading._status_adverbials import Adverbials
from onrecord.reading._status_complements import whole
from onrecord.reading._status_nouns import is_definite
from onrecord.reading._status_words import Ruling
from onrecord.records import EventType, Status

if TYPE_CHECKING:
    from onrecord.reading._parties import Parties
    from onrecord.reading._statements import Statements

HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST", "THREATEN"})
_DEEDS = frozenset({"PROTEST", "COOPERATE", "AID", "RETREAT", "SANCTION", "MOBILIZE", "COERCE", "CONSULT"})
_AIMS = frozenset({"planned", "hypothetical", "called_for", "threatened", "negated"})
_DEPTH = 24
_BACK = 3  # sentences within which "the visit" takes up what was announced


def status_of(
    doc: Doc,  # noqa: ARG001 (its analysis is ``statements.tree``)
    i: int,
    statements: Statements,
    parties: Parties | None,
    *,
    type: str | None = None,
    clause: int | None = None,
) -> tuple[Status, str]:
    """The status of the act whose trigger is token ``i``, and why.

    Parameters
    ----------
    type: the act's type when known; a PLOVER type decides between planned and threatened, and what "the release"
        presupposes.
    clause: the verb that carries a nominal trigger ("launched" for "launched an attack"), when it should decide.
    """
    reader = _Reader(statements.tree, statements, parties, EventType.__members__.get(type) if type else None)
    ruling = reader.act(i)
    if clause is not None and clause != i and ruling.status.real:
        ruling = reader.act(clause)
    if ruling.status.real and (ahead := reader.ahead(i)) is not None:
        ruling = ahead
    if ruling.status.real and reader.denied(i):
        ruling = Ruling(Status.negated, f"denied/{ruling.because}")
    if ruling.status is Status.happened and (earlier := reader.taken_up(i)) is not None:
        ruling = earlier
    if ruling.status is Status.happened and reader.goes_on(i):
        ruling = Ruling(Status.ongoing, ruling.because)
    return ruling.status, f"status/{ruling.because}"


class _Reader(Adverbials):
    """Clauses; noun phrases and single words come from the classes below."""

    def goes_on(self, i: int) -> bool:
        """True for what is done as a habit, or was being done when somebody spoke of it."""
        tree = self.tree
        if (
            tree.tag[i] == "VBG"
            and tree.base[i] == "ccomp"
            and any(tree.lower[kid] in ("was", "were") for kid in tree.kids[i])
        ):
            return True
        if tree.dep[i] == "acl:relcl" and tree.tag[i] in ("VBZ", "VBP") and clause_mark(tree, i).because == "present":
            return True
        if tree.tag[i] not in ("VBZ", "VBP", "VBN") or not clause_mark(tree, i).own or clause_mark(tree, i).past:
            return False
        return any(
            tree.lower[kid] in ("always", "often", "regularly", "routinely", "daily", "still", "constantly")
            for kid in tree.kids[i]
        )

    def ahead(self, i: int) -> Ruling | None:
        """For "planning a strike" found at its verb: what the verb says of its object, which is the act."""
        if self.type is None or self.type.value not in _DEEDS | {"AGREE", "ASSAULT"}:
            return None
        if self.tree.is_noun(i):  # a plot is the attack it is for, as yet only planned
            plotted = self.type is EventType.ASSAULT and self.tree.lemma[i] in ("plot", "conspiracy")
            return Ruling(Status.planned, f"{self.tree.lemma[i]}-for") if plotted else None
        aim = self.tree.child(i, "xcomp")
        if self.type is EventType.ASSAULT and aim is not None and self.effect(i, "to")[1] in _AIMS:
            return self.act(aim)  # found at "planned" of "planned to kill": the act is the killing
        if self.tree.child(i, "obj") is None:
            return None
        word, effect = self.effect(i, "obj")
        if self.type is EventType.AGREE:  # "is negotiating a trade deal"; to promise one is a deed
            effect = "hypothetical" if effect == "topic" and not clause_mark(self.tree, i).past else None
        return Ruling(Status[effect], f"{word}+obj") if effect in ("planned", "hypothetical") else None

    def taken_up(self, i: int) -> Ruling | None:
        """What was said before of the act that "the visit" takes up, when its own clause looks at no past.

        "The king will travel to Cairo. The visit comes after …" tells of a visit that is still planned.
        """
        tree, kin = self.tree, modality().kin.get(self.tree.lemma[i])
        if kin is None or not tree.is_noun(i) or not is_definite(tree, i) or self.phrase(i) is not None:
            return None
        if self._told_as_past(i):
            return None
        floor = tree.bounds[max(tree.sent[i] - _BACK, 0)][0]
        for k in range(i - 1, floor - 1, -1):
            if tree.lemma[k] in kin and (tree.pos[k] == "VERB" or tree.is_noun(k)):
                ruling = self.act(k)
                return None if ruling.status.real else Ruling(ruling.status, f"taken-up/{ruling.because}")
        return None

    def _told_as_past(self, i: int) -> bool:
        """True when the clause of ``i`` looks back."""
        tree = self.tree
        clause = i
        while tree.head[clause] != clause and not (
            tree.pos[clause] in ("VERB", "AUX") or tree.child(clause, "cop") is not None
        ):
            clause = tree.head[clause]
        return clause_mark(tree, clause).past or clause == i

    def denied(self, i: int) -> bool:
        """True for a clause that is itself what somebody is reported to deny, however the tree hangs it."""
        tree = self.tree
        if tree.is_noun(i) or tree.subject(i) is None:
            return False
        above = tree.head[i]
        if tree.dep[i] == "acl:relcl" and whole(
            tree, i
        ):  # hung on the last name of "dismissed claims the men had left"
            above = tree.head[above]
        elif tree.base[i] not in ("parataxis", "ccomp"):
            return False
        around = self.statements.around(i)
        if not around:
            return False
        said = self.statements.all[around[0]]
        return said.stance == "denies" and said.style != "direct" and said.cue is not None and said.cue[0] == above

    def act(self, i: int, depth: int = 0) -> Ruling:
        """The ruling on token ``i``, clause or noun phrase."""
        if depth > _DEPTH:
            return Ruling(Status.hypothetical, "too-deep")
        if self.tree.is_noun(i):
            if is_due(self.tree, i):
                return self._clause(i, depth)
            if self.tree.child(i, "cop") is None:
                return self.nominal(i, depth)
            own = self.phrase(i) or self._equated(i)
            if own is not None and not own.status.real:
                return own
        return self._clause(i, depth)

    def _equated(self, i: int) -> Ruling | None:
        """ "The agenda is the release …", "the goal is a truce": what the subject noun says of its complement."""
        subject = self.tree.subject(i)
        if subject is None or not self.tree.is_noun(subject) or self.tree.marker(i, "case"):
            return None
        word, effect = self.effect(subject, "to")
        if effect in ("planned", "called_for", "threatened", "hypothetical", "negated"):
            return Ruling(Status[effect], f"{word}-is")
        return None

    # --- clauses -----------------------------------------------------------------------------------------------------

    def _clause(self, i: int, depth: int) -> Ruling:
        tree = self.tree
        mark = self.resolved(i, clause_mark(tree, i))
        if depth == 0 and (held := self.held(i, mark)) is not None:
            return held
        base = i
        while tree.dep[base] == "conj" and tree.head[base] != base and base - tree.head[base] < 60:
            base = tree.head[base]
        if base != i and tree.tag[i] == "VB" and tree.tag[base] == "VBG" and not mark.own:
            above = next((k for k in (tree.head[base], tree.head[tree.head[base]]) if tree.tag[k] == "VB"), None)
            if above is not None:  # "to stop shooting and release": the second verb goes with "to stop"
                base, mark = above, clause_mark(tree, above)
        if base != i and mark.because == "gerund" and tree.tag[base] in ("VBD", "VBZ", "VBP"):
            word, effect = self.effect(base, "ing")  # "denied the theft and beating him": the gerund is what is denied
            if effect is not None:
                return self.compose(effect, mark, base, f"{word}+ing", depth)
        return self._attach(base, mark, depth)

    def _attach(self, base: int, mark: Mark, depth: int) -> Ruling:
        """The ruling on a clause that says ``mark`` of itself and hangs on the tree at ``base``."""
        tree = self.tree
        dep, kind = tree.dep[base], tree.base[base]
        head = tree.head[base]
        if kind in ("xcomp", "ccomp", "csubj") or (kind == "obj" and tree.pos[base] in ("VERB", "AUX")):
            return self.complement(base, head, mark, depth)
        if kind == "advcl" and dep != "advcl:relcl":
            return self.adverbial(base, head, mark, depth)
        if dep == "acl":
            return self.noun_complement(base, head, mark, depth)
        if dep == "acl:relcl":
            if (tree.marker(base, "mark") == "that" or whole(tree, base)) and self.effect(head, "that")[1] is not None:
                return self.noun_complement(base, head, mark, depth)
            return self.relative(head, mark, depth)
        if kind in ("amod", "nmod", "obl", "nsubj", "compound"):
            return self.participle(base, depth)
        return self._top(base, mark)

    def _top(self, i: int, mark: Mark) -> Ruling:
        tree = self.tree
        status = mark.status
        if status is None:
            if mark.infinitive:
                return Ruling(Status.planned if tree.subject(i) is not None else Status.hypothetical, "headline-to")
            if tree.tag[i] == "VB" and mark.because != "present":
                return Ruling(Status.called_for, "imperative")
            status = Status.ongoing if tree.tag[i] == "VBG" else Status.happened
        if mark.because == "present" and has_condition(tree, i) in ("if", "if-not"):
            return Ruling(Status.hypothetical, "present-if")
        if (status.real or status is Status.planned) and self.questioned(i):
            return Ruling(Status.hypothetical, "question")
        if status.real and (misread := self._headline_verb(i)) is not None:
            return misread
        return Ruling(status, mark.because)

    def _headline_verb(self, i: int) -> Ruling | None:
        """ "Chad plans talks": where the parser sees plural plans that talks, "plans" is the verb."""
        tree = self.tree
        subject = tree.subject(i)
        if (
            subject is None
            or tree.tag[i] != "VBZ"
            or tree.tag[subject] not in ("NNS", "VBZ")
            or tree.base[subject] != "nsubj"
        ):
            return None
        effect = complements().get((tree.lemma[subject], "verb"), {}).get("obj")
        if effect not in ("planned", "called_for", "threatened", "hypothetical", "negated"):
            return None
        return Ruling(Status[effect], f"{tree.lemma[subject]}+obj")

    def resolved(self, i: int, mark: Mark) -> Mark:
        """``mark`` with what needs the whole sentence settled: "would", conditional threats, promises of harm."""
        if mark.status not in (Status.planned, None) and not mark.would:
            return mark
        tree = self.tree
        condition = has_condition(tree, i)
        terms = self._terms(i) if mark.would else None
        if terms is not None:
            return Mark(terms, "under-terms", own=True)
        if mark.would:
            reported = (bool(self.statements.around(i)) or self._reported(i)) and not self._supposed(i)
            status = Status.planned if reported and condition is None else Status.hypothetical
            if reported and condition in ("unless", "if-not") and (self.type is None or self.type in HOSTILE):
                status = Status.threatened
            mark = Mark(status, "would", own=True)
        elif mark.status is Status.planned and condition is not None:
            hostile = self.type in HOSTILE if self.type is not None else condition in ("unless", "if-not")
            mark = Mark(Status.threatened if hostile else Status.hypothetical, f"will-{condition}", own=True)
        if mark.status is Status.planned and (self.type is None or self.type in HOSTILE) and self._warned(i):
            mark = Mark(Status.threatened, "warned-it-would", own=True)
        return mark

    def _terms(self, i: int) -> Status | None:
        """What "under the deal", "under the draft" make of a clause with "would"."""
        tree = self.tree
        for kid in tree.kids[i]:
            if tree.base[kid] == "obl" and tree.marker(kid, "case") in ("under", "as part of", "according to"):
                effect = self.effect(kid, "to")[1] if tree.is_noun(kid) else None
                if effect in ("planned", "called_for"):
                    return Status[effect]
        return None

    def _supposed(self, i: int) -> bool:
        """True when what acts is itself only supposed: "an assault would kill thousands"."""
        tree = self.tree
        subject = tree.subject(i)
        if subject is None or not tree.is_noun(subject):
            return False
        nobody = self.parties is None or self.parties.at(subject) is None
        return nobody and any(tree.lower[kid] in ("a", "an", "any") for kid in tree.kids[subject])

    def _reported(self, i: int) -> bool:
        tree = self.tree
        while tree.head[i] != i:
            if tree.base[i] == "ccomp" or tree.dep[i] == "acl":
                return True
            i = tree.head[i]
        return False

    def _warned(self, i: int) -> bool:
        """True when a speaker announces harm of his own doing: "warned it would strike"."""
        tree = self.tree
        subject = tree.subject(i)
        for number in self.statements.around(i)[:1]:
            draft = self.statements.all[number]
            if draft.stance != "threatens":
                return False
            if subject is None:
                return True
            party = self.parties.at(subject) if self.parties is not None else None
            if party is not None and draft.speaker is not None:
                return party == draft.speaker
            return tree.tag[subject] in ("PRP", "WP") or subject == self.statements.source_head(number)
        return False
