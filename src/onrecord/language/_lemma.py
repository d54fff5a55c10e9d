"""Lemmas, in five steps: treebanks, irregular forms, marks and figures, regular endings, the encoder's own choice.

The encoder chooses an edit of the end of the word ("cut 3, add y" turns "countries" into "country"). For the regular
endings of nouns and verbs, spelling rules propose base forms, and one that is a known word is surer than any choice.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files


class Lemmatiser:
    """`settled`: "form tag" -> lemma; `known`: base forms and other words that exist."""

    def __init__(self, tags: Sequence[str], edits: Sequence[str], settled: Mapping[str, str], known: Collection[str]):
        self._tags = tags
        self._edits = edits
        self._settled = settled
        self._known = known

    def lemma(self, form: str, tag: int, edit: int) -> str:
        """The lemma of a word, by the numbers of its tag and of the edit that the encoder chose."""
        name = self._tags[tag]
        settled = self._settled.get(f"{form.lower()} {name}")
        if settled is not None:
            return settled
        base = irregular(form.lower(), name)
        if base is not None:
            return base
        if not any(map(str.isalnum, form)):
            return _MARKS.get(form, form)
        if name == "CD" and _FIGURE.fullmatch(form):
            return form.replace(",", "")
        chosen = apply(self._edits[edit], form)
        bases = regular(form.lower(), name)
        for base in bases:
            if len(base) > 2 and base in self._known:
                return base
        return bases[0] if bases and chosen not in self._known else chosen


_MARKS = {"“": '"', "”": '"', "``": '"', "‘": "'", "’": "'", "–": "-"}

_FIGURE = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


def irregular(form: str, tag: str) -> str | None:
    """The base form of an irregular verb or plural ("withdrew", "policewomen"), None if it is none of the list."""
    if tag in ("VBD", "VBN"):
        return _irregular()[0].get(form)
    if tag == "NNS":
        nouns = _irregular()[1]
        for ending in ("women", "men"):
            if form.endswith(ending):
                return form[: -len(ending)] + nouns[ending]
        return nouns.get(form)
    return None


@cache
def _irregular() -> tuple[dict[str, str], dict[str, str]]:
    """Irregular forms to base forms: of verbs, of nouns."""
    found: tuple[dict[str, str], dict[str, str]] = ({}, {})
    kind = 0
    for line in (files("onrecord.language") / "irregular.txt").read_text(encoding="utf-8").splitlines():
        words = line.split()
        if words in (["verbs"], ["nouns"]):
            kind = words == ["nouns"]
        elif words and not line.startswith("#"):
            found[kind].update(dict.fromkeys(words[1:], words[0]))
    return found


def regular(form: str, tag: str) -> tuple[str, ...]:
    """Base forms that a lower-case regular form may have, likeliest first; nothing if its ending is not regular."""
    if tag in ("NNS", "VBZ"):
        return _without_s(form, tag)
    if tag in ("VBD", "VBN") and form.endswith("ed") and len(form) > 3:
        return (form[:-3] + "y", form[:-1]) if form.endswith("ied") else _verbs(form[:-2])
    if tag == "VBG" and form.endswith("ing") and len(form) > 4:
        base = form[:-3]
        return (base[:-1] + "ie",) if base.endswith("y") and len(base) < 3 else _verbs(base)
    return ()


def _without_s(form: str, tag: str) -> tuple[str, ...]:
    if len(form) < 4 or not form.endswith("s") or form.endswith(("ss", "us")):
        return ()
    if form.endswith("ies") and len(form) > 4:
        return (form[:-3] + "y", form[:-1])
    if form.endswith("ves") and tag == "NNS":
        return (form[:-1], form[:-3] + "f", form[:-3] + "fe")
    if form.endswith(("shes", "ches", "sses", "xes", "zes")):
        return (form[:-2], form[:-1])
    if form.endswith("oes"):
        return (form[:-1], form[:-2])
    return (form[:-1],)


_WANTS_E = re.compile(r"(^|[^aeiou])[aeiouy][^aeiouwxy]$|([^aeiou]|^)u[bcdgklmrstz]$|[aeiou][cuvz]$|[cgsv]$")
_DOUBLED = re.compile(r"([bdgklmnprt])\1$")


def _verbs(base: str) -> tuple[str, ...]:
    """What "-ed" or "-ing" was added to: as it stands, with a doubled letter made single, or with its e back."""
    if _DOUBLED.search(base):
        return (base[:-1], base) if len(base) > 3 else (base, base[:-1])
    return (base + "e", base) if _WANTS_E.search(base) else (base, base + "e")


def edit(form: str, lemma: str) -> str:
    """The edit that turns a form into its lemma, as `CASE|CUT|ADD`; CASE is `l` (lower first) or `k` (keep)."""
    keep = _ending(form, lemma)
    low = _ending(form.lower(), lemma)
    # Lower first unless keeping the capitals is what makes the shorter edit ("Baghdad" stays "Baghdad").
    return f"l|{low[0]}|{low[1]}" if low[0] + len(low[1]) <= keep[0] + len(keep[1]) else f"k|{keep[0]}|{keep[1]}"


def apply(script: str, form: str) -> str:
    """Apply an edit to a form; an edit that would leave nothing leaves the form instead."""
    case, cut, add = script.split("|", 2)
    base = form.lower() if case == "l" else form
    count = int(cut)
    if count > len(base):
        return base
    return (base[: len(base) - count] + add) or base


def _ending(form: str, lemma: str) -> tuple[int, str]:
    same = 0
    for a, b in zip(form, lemma, strict=False):
        if a != b:
            break
        same += 1
    return len(form) - same, lemma[same:]
