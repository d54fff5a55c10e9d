"""The names of an article and which of them are one: short forms, acronyms, spelling with or without hyphens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.language._grid import Grid
from onrecord.language._phrases import Words

_KINDS = {
    "PER": "person",
    "ORG": "body",
    "MISC": "body",
    "LOC": "place",
    "FAC": "thing",
    "NORP": "people",
    "EVENT": "thing",
    "PRODUCT": "thing",
}
_SMALL = frozenset(("of", "the", "and", "for", "on", "in", "de", "des", "du", "la", "del", "to", "a", "et"))
_PARTS = re.compile(r"[^\W_]+")
_TITLES = ("titles", "male_titles", "female_titles", "person_nouns", "male_nouns", "female_nouns")
_LONGEST = 12  # tokens back to look for the beginning of a name


@dataclass(frozen=True, slots=True)
class Naming:
    """One use of a name. All uses of one share ``identity``; ``nouns`` are the titles and appositions beside it."""

    start: int
    end: int
    head: int
    kind: str
    gender: str | None
    identity: int
    adjective: bool
    nouns: frozenset[str]


@dataclass(slots=True)
class _Known:
    kind: str
    parts: tuple[str, ...]
    gender: str | None
    last: int
    initials: frozenset[str] = field(default_factory=frozenset)


class NameBook:
    """All names of an article, asked by their first token.

    ``words`` are the lists of ``coref.yaml``, ``aliases`` what its short names stand for.
    """

    def __init__(self, g: Grid, words: Words, aliases: Mapping[str, str]) -> None:
        self._g = g
        self._words = words
        self._aliases = aliases
        self._known: list[_Known] = []
        self._spelled: dict[tuple[str, tuple[str, ...]], int] = {}
        spans = [
            (start, end, label)
            for start, end, label in g.entities
            if any(word[:1].isalnum() for word in g.text[start:end])
        ]
        full = self._settle(sorted([*spans, *self._capitalised()]))
        self._namings = {naming.start: naming for naming in full}
        self.heads = frozenset(naming.head for naming in full)

    def at(self, i: int) -> Naming | None:
        """The name that begins at token ``i``."""
        return self._namings.get(i)

    def holding(self, i: int) -> Naming | None:
        """The name that token ``i`` is a part of."""
        for start in range(i, max(-1, i - _LONGEST), -1):
            found = self._namings.get(start)
            if found is not None:
                return found if i < found.end else None
        return None

    def _capitalised(self) -> list[tuple[int, int, str]]:
        """Runs of proper nouns, numbers behind them included, that the encoder took for no entity.

        Titles ("the King", "Minister Okoro") and a lone "Mr." are no names.
        """
        g = self._g
        runs, start = [], -1
        for i in range(len(g) + 1):
            inside = i < len(g) and g.entity[i] < 0 and (g.pos[i] == "PROPN" or (start >= 0 and g.pos[i] == "NUM"))
            if start >= 0 and not (inside and (start <= g.head[i] < i or any(start <= k < i for k in g.children[i]))):
                if g.text[start][:1].isupper() and not g.text[i - 1].endswith(".") and not self._of_a_title(i - 1):
                    runs.append((start, i, ""))
                start = -1
            if inside and start < 0 and g.pos[i] == "PROPN":
                start = i
        return runs

    def _of_a_title(self, i: int) -> bool:
        """Whether a word in capitals is a title or a part of one ("Minister of Health and Welfare")."""
        g = self._g
        for _ in range(3):
            if self.titles(i):
                return True
            if g.dep[i] not in ("nmod", "conj", "compound", "flat"):
                return False
            i = g.head[i]
        return self.titles(i)

    def titles(self, i: int) -> bool:
        """Whether a word in capitals is a person's office or rank."""
        words, lemma = self._words, self._g.lemma[i].lower()
        return any(lemma in words[key] for key in _TITLES)

    def _settle(self, spans: list[tuple[int, int, str]]) -> list[Naming]:
        """Full names decide what shorter ones stand for; an acronym in brackets belongs to the name before it."""
        g = self._g
        entries = []
        for start, end, label in spans:
            kind = _KINDS.get(label, "thing")
            if kind == "person" and end - start == 1 and len(g.text[start]) > 2 and g.text[start].isupper():
                kind = "body"
            head = next((i for i in range(start, end) if not start <= g.head[i] < end or g.head[i] == i), start)
            start, end = self._trim(start, end, kind)
            entries.append((start, end, head, kind, self._parts(start, end)))
        for start, _, _, kind, parts in entries:
            if len(parts) > 1 or kind != "person":
                self._learn(kind, parts, start)
        namings = []
        previous: tuple[int, int] | None = None
        for start, end, head, kind, parts in entries:
            identity = self._identify(kind, parts, start)
            bracketed = kind == "body" and start > 0 and g.text[start - 1] == "("
            if (
                bracketed
                and previous is not None
                and previous[1] == start - 1
                and self._abbreviates(parts, previous[0])
            ):
                identity = self._spelled[kind, parts] = previous[0]
            adjective = kind == "people" and g.pos[head] == "ADJ"
            gender = self._known[identity].gender
            namings.append(Naming(start, end, head, kind, gender, identity, adjective, self._nouns(start, end, head)))
            previous = (identity, end) if kind in ("body", "thing") else None
        return namings

    def _abbreviates(self, parts: tuple[str, ...], number: int) -> bool:
        """Whether an acronym may stand for the name before its bracket; one of no body must have its initials."""
        known = self._known[number]
        return known.kind == "body" or "".join(parts) in _initials(known.parts)

    def _parts(self, start: int, end: int) -> tuple[str, ...]:
        """The words of a name; those of the full one for "US" or "the UN"."""
        name = self._g.words(start, end)
        parts = tuple(_PARTS.findall(name.lower())) or (name.lower(),)
        full = self._aliases.get(" ".join(parts)) if name.isupper() or len(name) > 4 else None
        return tuple(full.split()) if full else parts

    def _trim(self, start: int, end: int, kind: str) -> tuple[int, int]:
        g = self._g
        while start < end - 1 and (
            g.lower[start] in ("the", "a", "an") or (kind == "person" and self._is_title(g.lower[start]))
        ):
            start += 1
        while end - 1 > start and (g.tag[end - 1] == "POS" or not g.text[end - 1][-1:].isalnum()):
            end -= 1
        return start, end

    def _is_title(self, word: str) -> bool:
        word = word.rstrip(".")
        return (
            word in self._words["male_titles"] or word in self._words["female_titles"] or word in self._words["titles"]
        )

    def _learn(self, kind: str, parts: tuple[str, ...], start: int) -> int:
        found = self._spelled.get((kind, parts))
        if found is None:
            found = self._spelled[kind, parts] = len(self._known)
            self._known.append(_Known(kind, parts, None, start, _initials(parts) if kind == "body" else frozenset()))
        known = self._known[found]
        if kind == "person" and known.gender is None:
            known.gender = self._gender(start, parts)
        return found

    def _identify(self, kind: str, parts: tuple[str, ...], start: int) -> int:
        """The identity of a name: the one longer name it shortens, else its own."""
        own = self._spelled.get((kind, parts))
        if kind == "person":
            longer = self._longer_persons(parts, start)
            if len(longer) == 1:
                return self._identify_full(longer[0])
        elif kind == "body":
            word = "".join(parts)
            for number, known in enumerate(self._known):
                if known.kind != "body" or number == own or len(known.parts) < 2:
                    continue
                if len(parts) == 1 and len(word) > 1 and word in known.initials and self._g.text[start].isupper():
                    return number
                if len(parts) == 1 and len(word) > 4 and parts[0] == known.parts[-1] and self._only_tail(parts[0]):
                    return number
                if (
                    len(parts) < len(known.parts)
                    and (known.parts[: len(parts)] == parts or known.parts[-len(parts) :] == parts)
                    and len(parts) > 1
                ):
                    return number
        if own is None:
            own = self._learn(kind, parts, start)
        return own

    def _only_tail(self, word: str) -> bool:
        """True when one longer body's name alone ends in ``word`` ("Assembly" after "National Assembly")."""
        return (
            sum(known.kind == "body" and len(known.parts) > 1 and known.parts[-1] == word for known in self._known) == 1
        )

    def _longer_persons(self, parts: tuple[str, ...], start: int) -> list[int]:
        gender = self._titled(start)
        found = []
        for number, known in enumerate(self._known):
            if known.kind != "person" or len(known.parts) <= len(parts) or not _shortens(parts, known.parts):
                continue
            if gender is not None and known.gender not in (None, gender):
                continue
            found.append(number)
        if len(found) > 1:
            # "Bashar Assad" and "President Bashar Assad al-Din": names within one another are one person.
            longest = max(found, key=lambda number: len(self._known[number].parts))
            if all(
                number == longest or _shortens(self._known[number].parts, self._known[longest].parts)
                for number in found
            ):
                return [longest]
        return found

    def _identify_full(self, number: int) -> int:
        parts = self._known[number].parts
        longer = [
            other for other, known in enumerate(self._known)
            if known.kind == "person" and len(known.parts) > len(parts) and _shortens(parts, known.parts)
        ]  # fmt: skip
        return longer[0] if len(longer) == 1 else number

    def _titled(self, start: int) -> str | None:
        g = self._g
        for i in range(start - 1, max(-1, start - 4), -1):
            word = g.lower[i].rstrip(".")
            if word in self._words["male_titles"]:
                return "m"
            if word in self._words["female_titles"]:
                return "f"
            if g.pos[i] not in ("NOUN", "PROPN", "PUNCT"):
                break
        return None

    def _gender(self, start: int, parts: tuple[str, ...]) -> str | None:
        titled = self._titled(start)
        if titled is not None:
            return titled
        if parts[0] in self._words["female_names"]:
            return "f"
        return "m" if parts[0] in self._words["male_names"] else None

    def _nouns(self, start: int, end: int, head: int) -> frozenset[str]:
        """Common nouns beside a name that describe it: "minister" in "Foreign Minister X" and "X, the minister"."""
        g = self._g
        found = {
            g.lemma[child].lower()
            for i in range(start, end)
            for child in g.children[i]
            if g.dep[child] in ("appos", "nmod:desc", "compound", "flat")
            and not start <= child < end
            and g.pos[child] in ("NOUN", "PROPN")
        }
        above = g.head[head]
        beside = g.dep[head] in ("appos", "nmod:desc", "flat", "compound") and above < head and g.entity[above] < 0
        if beside and g.pos[above] in ("NOUN", "PROPN"):
            found.add(g.lemma[above].lower())
        if end - start > 1 and head == end - 1:
            found.add(g.lemma[head].lower())
        return frozenset(found)


def _initials(parts: tuple[str, ...]) -> frozenset[str]:
    big = "".join(part[0] for part in parts if part not in _SMALL)
    every = "".join(part[0] for part in parts)
    return frozenset(item for item in (big, every) if len(item) > 1)


def _shortens(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether all words of ``short`` come in ``long`` in the same order; a lone first name of two must be the first."""
    if len(short) == 1:
        return short[0] == long[-1] or short[0] == long[0] or (len(long) > 2 and short[0] in long[1:])
    rest = iter(long)
    return all(any(word == part for part in rest) for word in short)
