"""How real an act named by a noun is: "the attack", "a possible attack", "talks on the release of hostages"."""

from __future__ import annotations

from abc import abstractmethod

from onrecord.reading._complements import modality
from onrecord.reading._marks import Mark, clause_mark, negator
from onrecord.reading._status_words import Ruling, Words
from onrecord.reading._tree import Tree
from onrecord.records import Status

_OUTCOME_TYPES = frozenset({"RETREAT", "AGREE", "CONSULT", "COOPERATE", "AID", "CONCEDE", "SUPPORT"})

CROWDS = frozenset({"PROTEST", "REQUEST", "ACCUSE", "REJECT"})
_DEALINGS = frozenset({"COERCE", "SANCTION", "RETREAT", "CONCEDE", "AID", "MOBILIZE", "COOPERATE", "CONSULT"})
_HARM = frozenset({"ASSAULT", "COERCE", "SANCTION"})
_HOLDING = frozenset(
    {
        "include",
        "involve",
        "entail",
        "contain",
        "envisage",
        "envision",
        "foresee",
        "cover",
        "comprise",
        "see",
        "place",
        "put",
    }
)


class Nouns(Words):
    """Noun phrases: their own modifiers first, then the word they hang on."""

    @abstractmethod
    def resolved(self, i: int, mark: Mark) -> Mark:
        """``mark`` with what needs the whole sentence settled."""

    def nominal(self, i: int, depth: int) -> Ruling:
        ruling = self._noun_phrase(i, depth)
        if ruling.status.real and any(self.tree.lower[kid] == "any" for kid in self.tree.kids[i]):
            return Ruling(Status.hypothetical, "any")
        return ruling

    def _noun_phrase(self, i: int, depth: int) -> Ruling:
        tree = self.tree
        own = self.phrase(i)
        if own is None and tree.lower[tree.left[i]] == "not" and tree.lower[tree.left[i] + 1] in ("a", "an", "one"):
            own = Ruling(Status.negated, "not")  # "not a single attack"
        if own is not None and own.status is not Status.happened:
            return self._overtaken(i, own, depth)
        anchored = own is not None
        base = i
        while tree.base[base] in ("conj", "appos", "flat") and tree.head[base] != base:
            base = tree.head[base]
            if tree.base[base] not in ("conj", "appos", "flat") and base != i and own is None:
                shared = self.phrase(base)
                if shared is not None and _shares(tree, i):
                    return shared
        if tree.pos[base] in ("VERB", "AUX", "ADJ") and not tree.is_noun(base):
            if tree.pos[base] == "VERB" and tree.pos[i] == "NOUN":
                return self._compose_noun(base, "obj", i, is_definite(tree, i), anchored, depth)
            return self.act(base, depth + 1)
        head, kind = tree.head[base], tree.base[base]
        definite = anchored or is_definite(tree, i) or is_definite(tree, base)
        if head == base or kind in ("root", "parataxis", "vocative", "dislocated", "discourse", "list", "dep"):
            if definite or not self.questioned(i):
                return Ruling(Status.happened, "noun")
            return Ruling(Status.hypothetical, "question")
        if kind in ("nsubj", "csubj") and tree.dep[base] != "nsubj:pass":
            return self._subject_noun(i, head, definite, anchored, depth)
        if kind in ("ccomp", "xcomp", "advcl", "acl"):
            return self._compose_noun(head, _bare_frame(tree, base), i, definite, anchored, depth)
        frame = "obj" if kind in ("obj", "iobj", "nsubj") else tree.marker(base, "case")
        if kind in ("compound", "amod") or tree.dep[base] == "nmod:poss":
            frame = "obj" if kind in ("compound", "amod") else "of"
        if kind in ("obl", "nmod") and not frame:
            frame = "bare"
        return self._compose_noun(head, frame, i, definite, anchored, depth)

    def _overtaken(self, i: int, own: Ruling, depth: int) -> Ruling:
        """``own`` unless the clause says what became of it: "the planned visit took place", "… was cancelled"."""
        tree = self.tree
        if own.status not in (Status.planned, Status.called_for, Status.hypothetical) or tree.head[i] == i:
            return own
        frame = {"nsubj": "subj", "nsubj:pass": "obj", "obj": "obj"}.get(tree.dep[i])
        effect = None if frame is None else self.effect(tree.head[i], frame)[1]
        if effect not in ("same", "negated", "ongoing"):
            return own
        main = self.act(tree.head[i], depth + 1)
        if effect == "negated" and main.status.real:
            return Ruling(Status.negated, f"{own.because}/{main.because}")
        if effect == "same" and main.status is Status.negated:
            return Ruling(Status.negated, f"{own.because}/{main.because}")
        past = clause_mark(tree, tree.head[i]).past
        if effect == "same" and main.status is Status.happened and past and own.status is not Status.hypothetical:
            return Ruling(Status.happened, f"{own.because}/{main.because}")
        return own

    def _subject_noun(self, i: int, head: int, definite: bool, anchored: bool, depth: int) -> Ruling:
        tree = self.tree
        if tree.pos[head] in ("ADJ", "NOUN", "PROPN", "ADV") or tree.child(head, "cop") is not None:
            lexical = modality().adjectives.get(tree.lower[head])
            word, effect = self.effect(head, "subj")
            if lexical in ("planned", "hypothetical", "called_for", "negated", "ongoing") or effect not in (
                None,
                "same",
                "fact",
            ):
                return self.compose(effect or str(lexical), Mark(None, "noun"), head, f"{word}+subj", depth)
        word, effect = self.effect(head, "subj")
        if effect in ("same", "ongoing") and not anchored:
            return self.compose(effect, Mark(None, "noun"), head, f"{word}+subj", depth)
        main = self.act(head, depth + 1)
        if main.status.real:
            return Ruling(Status.happened, "noun")
        if definite:
            if self._open(i, anchored) and main.status is Status.planned:
                return Ruling(Status.planned, f"subject/{main.because}")
            if self._open(i, anchored) and main.status is Status.hypothetical and main.because == "would":
                return Ruling(Status.hypothetical, f"subject/{main.because}")
            return Ruling(Status.happened, "the-noun")
        if main.status is Status.negated:
            return Ruling(Status.happened if _bare_plural(tree, i) else Status.hypothetical, f"subject/{main.because}")
        return Ruling(Status.hypothetical, f"subject/{main.because}")

    def _compose_noun(self, head: int, frame: str, i: int, definite: bool, anchored: bool, depth: int) -> Ruling:
        """A noun phrase below a verb or noun: what that word says of it, else what "the" presupposes."""
        tree = self.tree
        if frame in ("of", "bare") and tree.lower[head] in (
            "ahead",
            "instead",
            "because",
            "regardless",
            "short",
            "outside",
            "inside",
        ):
            frame, head = f"{tree.lower[head]} of", tree.head[head]
        before = (tree.lower[tree.left[i]], tree.lower[max(tree.left[i] - 1, 0)])
        if frame.endswith("from") and ("apart" in before or "aside" in before):
            return Ruling(Status.happened, "apart-from")
        word, effect = self.effect(head, frame)
        if effect is None and frame in ("for", "to", "on", "against") and (owned := self.possessed(head)) != head:
            word, effect = self.effect(owned, frame)
            head = head if effect is None else owned
        if frame == "of" and tree.lemma[head] in ("case", "event") and tree.marker(head, "case").startswith("in"):
            return Ruling(Status.hypothetical, f"in-{word}-of")
        if frame == "obj" and effect in (None, "same", "fact", "hypothetical"):
            word, effect = self._listed(head) or (word, effect)
        if (
            tree.lemma[i] in modality().utterances
            and f"{tree.lemma[head]} {tree.particle(head)}".strip() in modality().answers
        ):
            return Ruling(Status.happened, f"answered/{word}")
        if frame == "obj" and self._by_court(head) and effect in ("fact", "negated", "same"):
            effect = "negated"
        if effect == "planned" and definite and self.type in _HARM and tree.lemma[head] in ("announce", "declare"):
            effect = "same"  # "announced the arrest of": it is made known, not intended
        if tree.lower[i] == "fire" and tree.lemma[head] in ("cease", "hold"):
            return self.act(head, depth + 1)
        if effect is None and frame not in ("obj", "of", "bare"):
            effect = modality().prepositions.get(frame) or modality().prepositions.get(
                frame.split()[0] if frame else ""
            )
            if effect is not None and not tree.is_noun(head) and effect == "topic":
                effect = None
            word = word if effect is None else ""
        if effect == "topic":
            if (definite and not self._open(i, anchored)) or anchored:
                return Ruling(Status.happened, f"topic-of/{word}")
            if self._open(i, anchored) or (not definite and self.type is None):
                return self.compose("hypothetical", Mark(None, "noun"), head, f"{word}+{frame}", depth)
            return Ruling(Status.happened, f"topic-of/{word}")
        if effect in ("later", "before"):
            return self._temporal(i, head, effect, definite, anchored, depth)
        if effect in ("inner", "mandative"):
            effect = "same"
        if anchored and effect in ("hypothetical", "called_for", "planned") and definite:
            effect = "fact"
        if effect is not None and effect != "same":
            return self.compose(effect, Mark(None, "noun"), head, f"{word}+{frame}", depth)
        main = self.act(head, depth + 1)
        if main.status.real:
            return Ruling(main.status if effect == "same" else Status.happened, f"{frame}/{main.because}")
        if effect == "same" and not (anchored and definite and main.status is Status.negated):
            return Ruling(main.status, f"{frame}/{main.because}")
        if not definite and not anchored:
            if tree.is_noun(head) and main.status is Status.negated:
                return Ruling(Status.hypothetical, f"{frame}/{main.because}")
            return Ruling(main.status, f"{frame}/{main.because}")
        if self._open(i, anchored) and main.status is not Status.negated:
            return Ruling(main.status, f"{frame}/{main.because}")
        return Ruling(Status.happened, "the-noun")

    def _listed(self, verb: int) -> tuple[str, str] | None:
        """ "The plan includes the withdrawal …": what a plan or a draft holds is as real as what it is for."""
        tree = self.tree
        subject = tree.subject(verb)
        if subject is not None and tree.tag[subject] in ("WDT", "WP") and tree.dep[verb] == "acl:relcl":
            subject = tree.head[verb]
        if tree.lemma[verb] not in _HOLDING or subject is None or not tree.is_noun(subject):
            return None
        word, effect = self.effect(subject, "for")
        return (word, effect) if effect in ("planned", "called_for", "hypothetical", "threatened") else None

    def draft(self, noun: int) -> str | None:
        """The status of what a text holds that binds nobody yet ("bill", "draft law", "deal"); None for other nouns."""
        tree, drafts = self.tree, modality().drafts
        if any(tree.base[kid] == "compound" and tree.lower[kid] in ("draft", "peace") for kid in tree.kids[noun]):
            return drafts.get(tree.lemma[noun], "called_for")
        return drafts.get(tree.lemma[noun])

    def held(self, i: int, mark: Mark) -> Ruling | None:
        """ "The bill bans the party", "a deal that frees the pilots": what a draft does, it does not do yet."""
        tree, subject = self.tree, self.tree.subject(i)
        if subject is None or mark.because != "present" or self.type not in _DEALINGS:
            return None
        if tree.tag[subject] in ("WDT", "WP") and tree.dep[i] == "acl:relcl":
            subject = tree.head[i]
        held = self.draft(subject) if tree.is_noun(subject) else None
        return None if held is None else Ruling(Status[held], f"{tree.lemma[subject]}-holds")

    def _by_court(self, verb: int) -> bool:
        """True for "a judge halted …", "an injunction halting …", "… was halted by a judge"."""
        tree = self.tree
        if tree.lemma[verb] not in ("halt", "stop", "suspend", "freeze", "pause", "stay", "block", "dismiss", "quash"):
            return False
        agents = [kid for kid in tree.kids[verb] if tree.base[kid] in ("nsubj", "obl")]
        if tree.base[verb] == "acl":
            agents.append(tree.head[verb])
        named = [kid for k in agents for kid in tree.kids[k] if tree.base[kid] in ("compound", "appos", "flat")]
        return any(tree.lemma[k] in modality().courts for k in (*agents, *named))

    def _temporal(self, i: int, head: int, rule: str, definite: bool, anchored: bool, depth: int) -> Ruling:
        main = self.act(head, depth + 1)
        if anchored or (definite and not self._open(i, anchored)):
            return Ruling(Status.happened, "the-noun")
        if rule == "before":
            return Ruling(Status.planned, "before")
        return Ruling(Status.happened if main.status is Status.happened else Status.hypothetical, "until")

    def phrase(self, i: int) -> Ruling | None:
        """What a noun phrase says of itself; `happened` when it anchors the act in the past; None when silent."""
        tree, words = self.tree, modality()
        anchored: Ruling | None = None
        for kid in tree.kids[i]:
            kind, lower = tree.base[kid], tree.lower[kid]
            if kind == "det":
                if lower in words.negative_determiners:
                    return Ruling(Status.negated, lower)
                continue
            if kind in ("amod", "acl", "advmod", "compound", "nmod", "nummod"):
                found = self._modifier(kid, kind, i)
                if found is None:
                    continue
                if found.status is not Status.happened:
                    return found
                anchored = found
            elif kind == "cc" and lower in ("nor", "neither"):
                return Ruling(Status.negated, lower)
        return anchored

    def _modifier(self, kid: int, kind: str, noun: int) -> Ruling | None:
        tree, words = self.tree, modality()
        lower = tree.spelled(kid)
        if kind == "acl":
            return self._clausal_modifier(kid)
        if kind in ("amod", "advmod", "compound"):
            found = words.adjectives.get(lower)
            if found is None or (kind == "compound" and found != "called_for"):
                return None
            if lower == "next" and tree.pos[tree.head[noun]] == "VERB" and clause_mark(tree, tree.head[noun]).past:
                return None
            if found == "happened":
                return Ruling(Status[found], lower)
            negated = any(negator(tree, item) for item in tree.kids[kid])
            return Ruling(Status.hypothetical if negated else Status[found], lower)
        if kind == "nmod":
            lowers = {lower, *(tree.lower[item] for item in tree.kids[kid])}
            if lowers & words.past_words:
                return Ruling(Status.happened, lower)
            if lowers & words.future_words and (tree.dep[kid] in ("nmod:poss", "nmod:unmarked", "nmod:tmod")):
                return Ruling(Status.planned, lower)
        return None

    def _clausal_modifier(self, kid: int) -> Ruling | None:
        tree = self.tree
        if tree.dep[kid] == "acl:relcl":
            mark = clause_mark(tree, kid)
            if mark.status is None or mark.status is Status.negated:
                return None
            if mark.status.real:
                subject = tree.subject(kid)
                carries = (subject is not None and tree.tag[subject] in ("WDT", "WP")) or subject is None
                return Ruling(Status.happened, "relative") if mark.past and carries else None
            _, effect = self.effect(kid, "subj")
            _, passive = self.effect(kid, "obj")
            if effect == "same" or passive == "same":
                return Ruling(self.resolved(kid, mark).status or Status.hypothetical, "relative")
            return None
        found = modality().adjectives.get(tree.lower[kid])
        if tree.tag[kid] in ("VBN", "VBD", "JJ"):
            if found is not None:
                return Ruling(Status[found], tree.lower[kid])
            _, effect = self.effect(kid, "obj")
            if effect in ("planned", "called_for", "threatened", "hypothetical", "negated"):
                return Ruling(Status[effect], f"{tree.lemma[kid]}+obj")
            return Ruling(Status.happened, "participle") if effect in ("same", "fact") else None
        if tree.tag[kid] == "VB" and tree.marker(kid, "mark").startswith("to") and tree.child(kid, "aux:pass", "cop"):
            return Ruling(Status.planned, "to-be")
        return None

    def _open(self, i: int, anchored: bool) -> bool:
        """True when "the" before this noun does not yet mean that it exists: what talks are about and plans bring."""
        if anchored:
            return False
        if self.type is not None and self.type in _OUTCOME_TYPES:
            return True
        if self.type is not None and self.type in ("ASSAULT", "PROTEST", "COERCE") and is_definite(self.tree, i):
            return False
        return self.tree.lemma[i] in modality().outcomes


def _bare_frame(tree: Tree, i: int) -> str:
    marker = tree.marker(i, "case", "mark")
    return marker or ("obj" if tree.base[i] in ("xcomp", "ccomp") else "bare")


def is_definite(tree: Tree, i: int) -> bool:
    for kid in tree.kids[i]:
        if tree.base[kid] == "det" and tree.lower[kid] in ("the", "this", "that", "these", "those", "both", "all"):
            return True
        if tree.dep[kid] == "nmod:poss":
            return True
    return False


def _shares(tree: Tree, i: int) -> bool:
    """A later conjunct without a determiner of its own shares the first one's modifiers."""
    return not any(tree.base[kid] in ("det", "amod") or tree.dep[kid] == "nmod:poss" for kid in tree.kids[i])


def _bare_plural(tree: Tree, i: int) -> bool:
    return tree.tag[i] in ("NNS", "NNPS") and not any(tree.base[kid] == "det" for kid in tree.kids[i])
