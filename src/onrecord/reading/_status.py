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
from onrecord.reading._marks import Mark, clause_mark, has_condition, is_negated
from onrecord.reading._status_nouns import Nouns
from onrecord.reading._status_words import Ruling
from onrecord.reading._tree import Tree
from onrecord.records import EventType, Status

if TYPE_CHECKING:
    from onrecord.reading._parties import Parties
    from onrecord.reading._statements import Statements

HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST", "THREATEN"})
_DEPTH = 24


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
    type: the act's PLOVER type when known; decides between planned and threatened, and what "the release" presupposes.
    clause: the verb that carries a nominal trigger ("launched" for "launched an attack"), when it should decide.
    """
    reader = _Reader(statements.tree, statements, parties, EventType[type] if type else None)
    ruling = reader.act(i)
    if clause is not None and clause != i and ruling.status.real:
        ruling = reader.act(clause)
    if ruling.status is Status.happened and reader.goes_on(i):
        ruling = Ruling(Status.ongoing, ruling.because)
    return ruling.status, f"status/{ruling.because}"


class _Reader(Nouns):
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

    def act(self, i: int, depth: int = 0) -> Ruling:
        """The ruling on token ``i``, clause or noun phrase."""
        if depth > _DEPTH:
            return Ruling(Status.hypothetical, "too-deep")
        if self.tree.is_noun(i):
            if any(self.tree.lower[kid] == "due" and self.tree.dep[kid] == "mark" for kid in self.tree.kids[i]):
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
        base = i
        while tree.dep[base] == "conj" and tree.head[base] != base and base - tree.head[base] < 60:
            base = tree.head[base]
        if base != i and tree.tag[i] == "VB" and tree.tag[base] == "VBG" and not mark.own:
            above = next((k for k in (tree.head[base], tree.head[tree.head[base]]) if tree.tag[k] == "VB"), None)
            if above is not None:  # "to stop shooting and release": the second verb goes with "to stop"
                base, mark = above, clause_mark(tree, above)
        return self._attach(base, mark, depth)

    def _attach(self, base: int, mark: Mark, depth: int) -> Ruling:
        """The ruling on a clause that says ``mark`` of itself and hangs on the tree at ``base``."""
        tree = self.tree
        dep, kind = tree.dep[base], tree.base[base]
        head = tree.head[base]
        if kind in ("xcomp", "ccomp", "csubj") or (kind == "obj" and tree.pos[base] in ("VERB", "AUX")):
            return self._complement(base, head, mark, depth)
        if kind == "advcl" and dep != "advcl:relcl":
            return self._adverbial(base, head, mark, depth)
        if dep == "acl":
            return self._noun_complement(base, head, mark, depth)
        if dep == "acl:relcl":
            if tree.marker(base, "mark") == "that" and self.effect(head, "that")[1] is not None:
                return self._noun_complement(base, head, mark, depth)
            return self._relative(head, mark, depth)
        if kind in ("amod", "nmod", "obl", "nsubj", "compound"):
            return self._participle(base, depth)
        return self._top(base, mark)

    def _top(self, i: int, mark: Mark) -> Ruling:
        tree = self.tree
        status = mark.status
        if status is None:
            if mark.infinitive:
                return Ruling(Status.planned if tree.subject(i) is not None else Status.hypothetical, "headline-to")
            status = Status.ongoing if tree.tag[i] == "VBG" else Status.happened
        if status.real and self.questioned(i):
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

    def _complement(self, i: int, governor: int, mark: Mark, depth: int) -> Ruling:
        tree = self.tree
        marker = tree.marker(i, "mark")
        if marker in ("whether", "if"):
            return Ruling(Status.hypothetical, marker)
        frame = _frame(tree, i, mark, marker)
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
        if effect is None and frame in ("to", "to_obj") and (through := self._through_object(governor)) is not None:
            word, effect = through
        if effect is None and frame not in ("to", "to_obj", "that", "ing"):
            effect = modality().markers.get(frame)
            if effect in ("later", "before", "main", "own"):
                effect = "same"
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

    def _adverbial(self, i: int, governor: int, mark: Mark, depth: int) -> Ruling:
        tree, words = self.tree, modality()
        marker = tree.marker(i, "mark", "case") or _question_word(tree, i)
        if tree.lower[governor] in ("long", "soon") and tree.pos[governor] == "ADV" and marker == "as":
            marker, governor = f"as {tree.lower[governor]} as", tree.head[governor]
        if not marker and _inverted(tree, i):
            return Ruling(Status.hypothetical, "inverted-condition")
        frame = _frame(tree, i, mark, marker)
        if frame == "ing" and i != governor + 1:
            frame = "adjunct"
        if not (mark.status is not None and mark.own) or marker not in words.markers:
            word, effect = self.effect(governor, frame)
            if effect is None and frame == "to" and tree.child(governor, "obj") is not None:
                word, effect = self.effect(governor, "to_obj")
            through = self._through_object(governor) if frame == "to" and effect in (None, "same") else None
            if through is not None:
                return self.compose(through[1], mark, governor, f"{through[0]}+to", depth)
            if effect is not None and not (effect == "same" and frame in words.markers and " " not in word):
                return self.compose(effect, mark, governor, f"{word}+{frame}", depth)
        rule = words.markers.get(marker) if (marker, tree.tag[i]) != ("to", "VBG") else "main"
        if rule is None and marker:
            rule = words.markers.get(marker.split()[0]) or words.markers.get(marker.split()[-1])
        if rule is None:
            rule = "own" if mark.status is not None and mark.own else "main"
        return self._by_marker(i, governor, mark, rule, marker or "adjunct", depth)

    def _through_object(self, governor: int) -> tuple[str, str] | None:
        """ "issued an invitation to attend": the object noun's infinitive, hung on the verb by the parser."""
        target = self.tree.child(governor, "obj", "xcomp")
        if target is None or not self.tree.is_noun(target):
            return None
        if _ordinal(self.tree, target):
            return "first-to", "same"
        word, effect = self.effect(target, "to")
        return None if effect in (None, "fact", "inner", "topic") else (word, str(effect))

    def _by_marker(self, i: int, governor: int, mark: Mark, rule: str, marker: str, depth: int) -> Ruling:
        tree = self.tree
        if rule in ("hypothetical", "negated"):
            return Ruling(Status[rule], marker)
        if rule == "fact":
            return Ruling(mark.status or Status.happened, marker)
        main = self.act(self._main(i, governor, marker), depth + 1)
        if rule == "planned":
            if not main.status.real and main.status is not Status.planned:
                return Ruling(Status.hypothetical, f"purpose/{main.because}")
            if mark.status is Status.negated:
                return Ruling(Status.negated, "purpose")
            return Ruling(Status.planned, "purpose")
        if rule in ("later", "before"):
            if mark.past and mark.status is not None:
                return Ruling(mark.status, mark.because)
            if mark.status is not None and not mark.status.real:
                return Ruling(mark.status, mark.because)
            if main.status.real or (main.status is Status.negated and mark.status is None):
                return Ruling(mark.status or Status.happened, mark.because)
            return Ruling(Status.hypothetical, f"{marker}/{main.because}")
        if rule == "own" and mark.status is not None:
            if (
                mark.status.real
                and not mark.past
                and main.status in (Status.hypothetical, Status.planned)
                and marker == "as"
            ):
                return Ruling(mark.status, mark.because)
            return Ruling(mark.status, mark.because)
        if mark.status is not None and (mark.past or not mark.status.real):
            return Ruling(mark.status, mark.because)
        if main.status is Status.negated:
            return Ruling(Status.happened if tree.tag[i] != "VB" else Status.hypothetical, f"{marker}/outside-negation")
        return Ruling(main.status, f"{marker}/{main.because}")

    def _main(self, i: int, governor: int, marker: str) -> int:
        """The clause a participle behind a comma goes with: the finite one, not the infinitive it was hung on."""
        tree = self.tree
        if (
            marker != "adjunct"
            or tree.left[i] == 0
            or (tree.text[tree.left[i] - 1] != "," and tree.text[tree.left[i]] != ",")
        ):
            return governor
        while (
            tree.head[governor] != governor
            and tree.base[governor] in ("xcomp", "advcl", "acl")
            and not clause_mark(tree, governor).own
        ):
            governor = tree.head[governor]
        return governor

    def _noun_complement(self, i: int, noun: int, mark: Mark, depth: int) -> Ruling:
        tree = self.tree
        marker = tree.marker(i, "mark", "case")
        frame = _frame(tree, i, mark, marker)
        if tree.tag[i] == "VBN" and not mark.infinitive and tree.subject(i) is None:
            lexical = modality().adjectives.get(tree.lower[i])
            return Ruling(mark.status or Status.happened, f"participle{'/' + lexical if lexical else ''}")
        if frame == "ing" and not marker:
            return self._with_head_noun(noun, mark, depth)
        word, effect = self.effect(noun, frame)
        if effect is None and frame == "to":
            if _ordinal(tree, noun):
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
        ruling = self.act(noun, depth + 1)
        if ruling.status.real or (ruling.status is Status.negated and not _negative_phrase(self.tree, noun)):
            return Ruling(mark.status or Status.happened, "participle")
        return ruling

    def _relative(self, noun: int, mark: Mark, depth: int) -> Ruling:
        tree = self.tree
        free = tree.lower[noun] in ("anyone", "anybody", "whoever", "whatever")
        generic = any(tree.lower[kid] in ("any", "every", "whatever", "whichever") for kid in tree.kids[noun])
        if mark.infinitive and mark.status is None:
            return self.compose("hypothetical", mark, noun, "relative-to", depth)
        if mark.status is not None and mark.status.real and not mark.past and (generic or free):
            return Ruling(Status.hypothetical, "any-who")
        if generic and mark.status is not None and mark.status.real:
            return Ruling(Status.hypothetical, "any-who")
        if _negative_phrase(tree, noun) and mark.status is not None and mark.status.real:
            return Ruling(Status.negated, "no-who")
        return Ruling(mark.status or Status.happened, f"relative/{mark.because}")

    def _participle(self, i: int, depth: int) -> Ruling:
        """A verb form in a nominal's place: "the captured soldiers", "after being shot"."""
        tree = self.tree
        if tree.base[i] in ("amod", "compound"):
            lexical = modality().adjectives.get(tree.lower[i])
            if lexical in ("hypothetical", "planned", "called_for", "negated", "threatened") and tree.tag[i] != "VBN":
                return Ruling(Status[lexical], tree.lower[i])
            return Ruling(Status.ongoing if tree.tag[i] == "VBG" else Status.happened, "participle")
        return self.nominal(i, depth)

    def resolved(self, i: int, mark: Mark) -> Mark:
        """``mark`` with what needs the whole sentence settled: "would", conditional threats, promises of harm."""
        if mark.status not in (Status.planned, None) and not mark.would:
            return mark
        tree = self.tree
        condition = has_condition(tree, i)
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


def _frame(tree: Tree, i: int, mark: Mark, marker: str) -> str:
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


def _negative_phrase(tree: Tree, i: int) -> bool:
    words = modality()
    return tree.lower[i] in words.negative_pronouns or any(
        tree.lower[kid] in words.negative_determiners for kid in tree.kids[i] if tree.base[kid] == "det"
    )


def _ordinal(tree: Tree, noun: int) -> bool:
    return tree.lower[noun] in ("first", "last", "second", "latest", "third") or any(
        tree.lower[kid] in ("first", "last", "second", "third", "latest", "only") for kid in tree.kids[noun]
    )


def _too(tree: Tree, adjective: int) -> bool:
    return any(tree.lower[kid] == "too" for kid in tree.kids[adjective])


def _inverted(tree: Tree, i: int) -> bool:
    """ "Should they attack, …", "Had he come, …": an auxiliary before the subject and no conjunction."""
    subject = tree.subject(i)
    return subject is not None and any(
        tree.base[kid] == "aux" and kid < subject and tree.lower[kid] in ("should", "had", "were")
        for kid in tree.kids[i]
    )


def _question_word(tree: Tree, i: int) -> str:
    """The "when" or "where" that opens a clause, in trees that make it an adverb."""
    for kid in tree.kids[i]:
        if tree.tag[kid] == "WRB" and kid < i:
            return tree.lower[kid]
    return ""
