"""Adverbial clauses: what "if", "until", "without", "to" and the like say of the clause they open."""

from __future__ import annotations

from onrecord.reading._complements import modality
from onrecord.reading._marks import Mark, clause_mark
from onrecord.reading._status_complements import Complements, frame_of
from onrecord.reading._status_nouns import CROWDS
from onrecord.reading._status_words import Ruling
from onrecord.reading._tree import Tree
from onrecord.records import Status

_MEANS = frozenset(
    {"use", "employ", "fire", "lob"}
)  # "used tear gas to disperse the crowd": the means and its use are one


class Adverbials(Complements):
    """Clauses beside the clause they hang on."""

    def adverbial(self, i: int, governor: int, mark: Mark, depth: int) -> Ruling:
        tree, words = self.tree, modality()
        marker = tree.marker(i, "mark", "case") or _question_word(tree, i)
        if tree.lower[governor] in ("long", "soon") and tree.pos[governor] == "ADV" and marker == "as":
            marker, governor = f"as {tree.lower[governor]} as", tree.head[governor]
        if not marker and _inverted(tree, i):
            return Ruling(Status.hypothetical, "inverted-condition")
        if "whether" in marker.split():
            return Ruling(Status.hypothetical, "whether")
        if self._gathered(governor, mark) and (main := self.act(governor, depth + 1)).status.real:
            return Ruling(main.status, "gathered-to")
        if marker == "for" and tree.tag[i] == "VBG" and self._punished(i, governor):
            return Ruling(Status.happened, "punished-for")
        frame = frame_of(tree, i, mark, marker)
        if frame == "ing" and i != governor + 1 + bool(tree.particle(governor)):
            frame = "adjunct"
        if not (mark.status is not None and mark.own) or marker not in words.markers:
            word, effect = self.effect(governor, frame)
            if effect is None and frame == "to" and tree.child(governor, "obj") is not None:
                word, effect = self.effect(governor, "to_obj")
            if frame == "to" and effect == "same" and tree.lemma[governor] in _MEANS and tree.child(governor, "obj"):
                return self.compose("same", mark, governor, f"{word}+to", depth)
            through = self.through_object(governor) if frame == "to" and effect in (None, "same") else None
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
        if main.status is Status.negated and marker in ("over", "about", "on", "toward", "towards"):
            return Ruling(Status.hypothetical, f"{marker}/{main.because}")
        if main.status is Status.negated:
            return Ruling(Status.happened if tree.tag[i] != "VB" else Status.hypothetical, f"{marker}/outside-negation")
        return Ruling(main.status, f"{marker}/{main.because}")

    def _gathered(self, governor: int, mark: Mark) -> bool:
        """True for "marched to protest", "held a rally to demand": the crowd does it by being there."""
        tree, words = self.tree, modality()
        if self.type not in CROWDS or not mark.infinitive or mark.status is not None:
            return False
        with_objects = (governor, *(kid for kid in tree.kids[governor] if tree.base[kid] in ("obj", "obl")))
        return any(tree.lemma[k] in words.gatherings for k in with_objects)

    def _punished(self, i: int, governor: int) -> bool:
        """True for "ordered the dismissal of the captain for beating …", whichever word the parser hangs it on."""
        return any(
            kid < i and self.tree.is_noun(kid) and self.effect(kid, "for")[1] == "fact"
            for kid in self.tree.kids[governor]
        )

    def _main(self, i: int, governor: int, marker: str) -> int:
        """The clause a participle behind a comma goes with: the finite one, not the infinitive it was hung on."""
        tree = self.tree
        if (
            marker != "adjunct"
            or tree.left[i] == 0
            or (tree.text[tree.left[i] - 1] != "," and tree.text[tree.left[i]] != ",")
        ):
            return governor
        while tree.head[governor] != governor and (
            tree.is_noun(governor)
            or (tree.base[governor] in ("xcomp", "advcl", "acl") and not clause_mark(tree, governor).own)
        ):
            governor = tree.head[governor]
        return governor


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
