"""Small mends of the tree, where its own neighbours show that a link cannot be right. Few, sure, and of a kind.

1. "killing two and wounding 19": an object that stands right behind a later verb of a coordination, which has none, is
   that verb's and not the first one's.
2. "No fewer than nine rebels were killed": the noun bears the role that the tree gave to the word of comparison.
3. "abducted 11": a bare figure right behind its verb is the object.
4. "used to patrol", "went on to dismiss": the infinitive is the verb's own complement, not its purpose.
5. "A clerk who asked not to be named said soldiers looted shops": a subject that the tree hangs on the clause that is
   said, which has one of its own, is the subject of the verb between them, which has none.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from onrecord.language._decode import Ints

_OBJECTS = ("obj", "obl:unmarked")
_COMPARED = frozenset(("fewer", "more", "less"))


class Mender:
    """The rules over the class numbers of a model's relations."""

    def __init__(self, rels: Sequence[str]) -> None:
        number = {name: i for i, name in enumerate(rels)}
        self._obj = number.get("obj", -1)
        self._objects = {number[name] for name in _OBJECTS if name in number}
        self._unmarked = number.get("obl:unmarked", -1)
        self._conj, self._advcl, self._xcomp = (number.get(name, -1) for name in ("conj", "advcl", "xcomp"))
        self._advmod, self._nummod, self._mark = (number.get(name, -1) for name in ("advmod", "nummod", "mark"))
        self._nsubj, self._ccomp = number.get("nsubj", -1), number.get("ccomp", -1)
        self._subjects = {number[name] for name in ("nsubj", "nsubj:pass", "expl") if name in number}

    def __call__(self, words: Sequence[str], rels: Ints, heads: Ints) -> None:
        """Mend in place; `heads` are word indices, a root's its own."""
        if min(self._obj, self._conj, self._advcl, self._xcomp, self._advmod, self._nummod, self._mark) < 0:
            return
        self._objects_of_later_verbs(rels, heads)
        self._bare_figures(words, rels, heads)
        self._subjects_of_saying(rels, heads)
        for i in np.flatnonzero(rels == self._mark).tolist():
            if words[i] == "to":
                self._complement(words, i, rels, heads)
        for i, word in enumerate(words):
            if word in _COMPARED and i + 1 < len(words) and words[i + 1] == "than":
                self._comparison(i, rels, heads)

    def _objects_of_later_verbs(self, rels: Ints, heads: Ints) -> None:
        for later in np.flatnonzero(rels == self._conj).tolist():
            first = int(heads[later])
            below = np.flatnonzero(heads == first).tolist()
            behind = [i for i in below if i > later and rels[i] in self._objects]
            if len(behind) != 1 or (rels[heads == later] == self._obj).any():
                continue
            start = behind[0]
            while start - 1 > later and heads[start - 1] == behind[0]:
                start -= 1
            if start == later + 1 and any(first < i < later and rels[i] == self._obj for i in below):
                heads[behind[0]], rels[behind[0]] = later, self._obj

    def _bare_figures(self, words: Sequence[str], rels: Ints, heads: Ints) -> None:
        for i in np.flatnonzero(rels == self._unmarked).tolist():
            if words[i].isdigit() and heads[i] == i - 1 and not (rels[heads == i - 1] == self._obj).any():
                rels[i] = self._obj

    def _subjects_of_saying(self, rels: Ints, heads: Ints) -> None:
        for said in np.flatnonzero(rels == self._ccomp).tolist():
            verb = int(heads[said])
            subjects = [i for i in np.flatnonzero(heads == said).tolist() if rels[i] in self._subjects]
            first = [i for i in subjects if rels[i] == self._nsubj and i < verb]
            has_one = any(rels[i] in self._subjects for i in np.flatnonzero(heads == verb).tolist())
            if len(first) == 1 and verb < said and any(i > verb for i in subjects) and not has_one:
                heads[first[0]] = verb

    def _complement(self, words: Sequence[str], to: int, rels: Ints, heads: Ints) -> None:
        verb = int(heads[to])
        above = int(heads[verb])
        if rels[verb] != self._advcl or above >= to:
            return
        path = tuple(word.lower() for word in words[above:to])
        if path == ("used",) or (len(path) == 2 and path[0] in _GO and path[1] == "on"):
            rels[verb] = self._xcomp

    def _comparison(self, i: int, rels: Ints, heads: Ints) -> None:
        for noun in np.flatnonzero(heads == i).tolist():
            numbers = [k for k in np.flatnonzero(heads == noun).tolist() if rels[k] == self._nummod and i < k < noun]
            if noun > i + 2 and len(numbers) == 1 and heads[i] > noun:
                if rels[i] != self._advmod:
                    rels[noun] = rels[i]
                heads[noun] = heads[i]
                heads[i], rels[i] = numbers[0], self._advmod
                return


_GO = frozenset("go goes went gone going".split())
