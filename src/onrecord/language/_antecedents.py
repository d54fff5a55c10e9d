"""Which of the things mentioned before a pronoun it means: a log-linear choice over what speaks for each.

Every candidate gets the sum of the weights of what is true of it ("subject of the sentence before", "named", "mentioned
five times", …), "none of them" likewise, and the best is taken if its share of the probability is large enough. The
weights in ``antecedents.yaml`` were fitted on the training part of GUM's coreference.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from onrecord.language._grid import Grid
from onrecord.language._phrases import Words
from onrecord.language._things import Thing
from onrecord.language._voices import Voices

Features = list[str]

FITS = {
    "he": frozenset(("person",)),
    "she": frozenset(("person",)),
    "it": frozenset(("body", "place", "thing", "people")),
    "they": frozenset(("people", "set", "things", "body", "place", "person", "thing")),
}
"""The kinds of thing that each pronoun can mean."""

_MODELS = {"he": "he", "she": "he", "it": "it", "they": "they"}
_GENDERS = {"he": "m", "she": "f"}
_REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves"))
_ARGUMENTS = frozenset(("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent"))
_CLAUSES = frozenset(("acl", "acl:relcl", "advcl", "ccomp"))
_ROLES = {
    "nsubj": "subject", "nsubj:pass": "subject", "nsubj:outer": "subject", "obj": "object", "iobj": "object",
    "obl": "oblique", "obl:agent": "oblique", "nmod": "noun", "compound": "noun", "appos": "noun", "nmod:desc": "noun",
    "nmod:poss": "owner", "conj": "joined", "root": "root",
}  # fmt: skip
_ASIDE = frozenset(("obl:unmarked", "nmod:unmarked", "dislocated"))
_TOLD = frozenset(("ccomp", "parataxis"))
_CLEFT = frozenset(("acl:cleft", "advcl:relcl", "acl:relcl", "xcomp", "advcl"))


class Choice(NamedTuple):
    """One pronoun to resolve: the candidates, nearest first, what is true of each, and of there being none."""

    model: str
    candidates: list[Thing]
    features: list[Features]
    none: Features


class Weights(NamedTuple):
    """For each of he, it and they: the weight of each feature, and the least probability that is taken."""

    least: Mapping[str, float]
    of: Mapping[str, Mapping[str, float]]


@cache
def fitted() -> Weights:
    """The weights in ``antecedents.yaml``."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (files("onrecord.language") / "antecedents.yaml").read_text(encoding="utf-8")
    found = yaml.load(text, Loader=loader)
    return Weights(found["least"], found["weights"])


class Ranker:
    """Weighs the candidates of one article's pronouns; `speaker` says whose a voice is, where that is known."""

    def __init__(
        self, g: Grid, words: Words, voices: Voices, speaker: Callable[[int], Thing | None], weights: Weights
    ) -> None:
        self._g = g
        self._words = words
        self._voice = voices.voice
        self._speaker = speaker
        self._weights = weights
        self._leads = [-1] * len(g.starts)

    def choice(self, i: int, pronoun: str, recent: Sequence[Thing]) -> Choice:
        """The candidates for the pronoun at ``i`` among the things mentioned of late, latest last."""
        model = _MODELS[pronoun]
        candidates = [thing for thing in reversed(recent) if self._fits(thing, i, pronoun)]
        features = [self._features(thing, i, pronoun, rank) for rank, thing in enumerate(candidates)]
        return Choice(model, candidates, features, self._none(i, model))

    def best(self, choice: Choice) -> Thing | None:
        """The likeliest candidate; None when nothing is likely enough."""
        if not choice.candidates:
            return None
        weights = self._weights.of[choice.model]
        scores = [sum(weights.get(name, 0.0) for name in features) for features in choice.features]
        none = sum(weights.get(name, 0.0) for name in choice.none)
        best = max(range(len(scores)), key=scores.__getitem__)
        total = sum(math.exp(min(score - scores[best], 50.0)) for score in (*scores, none))
        return choice.candidates[best] if total * self._weights.least[choice.model] <= 1 else None

    def _fits(self, thing: Thing, i: int, pronoun: str) -> bool:
        """Kind, number and gender allow it, and the sentence does not forbid it."""
        if thing.kind not in FITS[pronoun]:
            return False
        if pronoun == "it" and thing.plural:
            return False
        if pronoun == "they" and not thing.plural and not _may_be_they(thing):
            return False
        if pronoun in _GENDERS and thing.gender not in (None, _GENDERS[pronoun]):
            return False
        if self._voice[i] and self._speaker(self._voice[i]) is thing:
            return False  # nobody is "he" in his own words
        return self._binds(thing, i)

    def _binds(self, thing: Thing, i: int) -> bool:
        """False where "he" and the thing are arguments of one verb, or the phrase itself holds the pronoun."""
        g = self._g
        last = thing.mentions[-1]
        if g.sentence[last.head] != g.sentence[i]:
            return True
        if last.start <= i < last.end:
            return self._in_a_clause_below(i, last.head)
        if g.lower[i] in _REFLEXIVE or g.dep[i] == "nmod:poss":
            return True
        verb = g.head[i]
        return not any(g.head[m.head] == verb and g.dep[m.head] in _ARGUMENTS for m in thing.mentions[-2:])

    def _in_a_clause_below(self, i: int, head: int) -> bool:
        g = self._g
        while i != head and g.head[i] != i:
            if g.dep[i] in _CLAUSES:
                return True
            i = g.head[i]
        return False

    def _features(self, thing: Thing, i: int, pronoun: str, rank: int) -> Features:
        g = self._g
        last = thing.mentions[-1]
        gap = g.sentence[i] - thing.sentence
        role = _ROLES.get(g.dep[last.head], "other")
        mine = _ROLES.get(g.dep[i], "other")
        found = [
            f"gap {gap}",
            f"role {role}",
            f"rank {min(rank, 4)}",
            f"mentions {_about(len(thing.mentions))}",
            f"form {self._form(thing, i)}",
            f"kind {thing.kind}{' named' if thing.named else ''}",
            f"gap {min(gap, 2)} role {role}",
            f"roles {mine} {role} {min(gap, 1)}",
            f"unspelled {min(g.sentence[i] - thing.spelled, 5)}",
            "same voice" if self._voice[i] == self._voice[last.head] else "other voice",
        ]
        if pronoun in _GENDERS:
            found.append("gender known" if thing.gender else "gender unknown")
        if pronoun == "they":
            found.append("plural" if thing.plural else "singular")
        if g.dep[last.head] in _ASIDE:
            found.append(f"aside {g.dep[last.head]}")
        if last.start <= i < last.end:
            found.append("inside")
        if gap == 0:
            found.append("clause above" if self._below(i, g.head[last.head]) else "clause beside")
            if g.head[last.head] == g.head[i]:
                found.append(f"sisters {mine} {role}")
        here = g.sentence[i]
        leads = [here - g.sentence[m.head] for m in thing.mentions[-4:] if m.head == self._lead(g.sentence[m.head])]
        if leads:
            found.append(f"lead {min([*leads, 3])}")
        if self._says(i):
            told = any(self._says(m.head) for m in thing.mentions[-4:] if here - g.sentence[m.head] <= 2)
            found.append("both say" if told else "only it says")
        return found

    def _none(self, i: int, model: str) -> Features:
        g = self._g
        mine = _ROLES.get(g.dep[i], "other")
        found = ["none", f"none {g.lower[i]}", f"none {mine}"]
        found.append("none quoted" if self._voice[i] else "none own")
        if model == "it":
            verb = g.head[i]
            below = {g.dep[child] for child in g.children[verb]}
            if g.lemma[verb] in self._words["impersonal_verbs"]:
                found.append("none impersonal")
            if mine == "subject":
                found.append("none clause" if below & {"csubj", "csubj:pass", "ccomp"} else "none no clause")
                if "cop" in below:
                    found.append(f"none cop {g.pos[verb]}")
                    if below & _CLEFT:
                        found.append("none cleft")
        return found

    def _form(self, thing: Thing, i: int) -> str:
        last = thing.mentions[-1]
        if last.form != "pronoun":
            return thing.article
        return "same pronoun" if self._g.lower[last.head] == self._g.lower[i] else "other pronoun"

    def _lead(self, sentence: int) -> int:
        """The subject of a sentence's main clause; -2 without."""
        if self._leads[sentence] == -1:
            g = self._g
            start = g.starts[sentence]
            end = g.starts[sentence + 1] if sentence + 1 < len(g.starts) else len(g)
            subjects = (i for i in range(start, end) if g.dep[i] in ("nsubj", "nsubj:pass"))
            self._leads[sentence] = next((i for i in subjects if g.dep[g.head[i]] == "root"), -2)
        return self._leads[sentence]

    def _says(self, i: int) -> bool:
        """The subject of a verb that has what was said or thought below or beside it."""
        g = self._g
        verb = g.head[i]
        if g.dep[i] != "nsubj":
            return False
        return g.dep[verb] == "parataxis" or any(g.dep[child] in _TOLD for child in g.children[verb])

    def _below(self, i: int, verb: int) -> bool:
        g = self._g
        for _ in range(8):
            if i == verb:
                return True
            if g.head[i] == i:
                return False
            i = g.head[i]
        return False


def _may_be_they(thing: Thing) -> bool:
    """A singular that "they" can take up: a body or country, or a person not told apart ("a reader … they")."""
    if thing.kind == "person":
        return not thing.named and thing.article in ("a", "any", "pronoun")
    return thing.named or thing.kind != "thing"


def _about(count: int) -> int:
    return count if count < 3 else 3 if count < 5 else 5 if count < 10 else 10
