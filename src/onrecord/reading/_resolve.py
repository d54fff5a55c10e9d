"""Which phrases mean the same party: by key, by coreference, by the noun they share, by what they are."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.language._coref import Cluster
from onrecord.language._grid import Grid
from onrecord.reading._lexicon import Lexicon
from onrecord.reading._units import Unit

REACH = 6  # sentences a definite description looks back
FAR = 40  # sentences it looks back for the very same noun
KINDS = frozenset(("REB", "PRM", "PTY", "BUS", "JRN", "LAB", "CRM", "JUD"))


def link(g: Grid, lexicon: Lexicon, units: Sequence[Unit], clusters: Sequence[Cluster]) -> list[int]:
    """For each unit the number of the first unit of its party."""
    roots = _Roots(units)
    first: dict[str, int] = {}
    for number, unit in enumerate(units):
        key = unit.key or (f"name:{unit.kind}:{unit.name.lower()}" if unit.form == "name" else None)
        if key is not None:
            roots.join(first.setdefault(key, number), number)
    at = {i: number for number, unit in enumerate(units) if unit.form == "name" for i in range(unit.start, unit.end)}
    at |= {unit.head: number for number, unit in enumerate(units)}
    for cluster in clusters:
        numbers = [at[mention.head] for mention in cluster.mentions if mention.form != "pronoun" and mention.head in at]
        for number in numbers[1:]:
            roots.join(numbers[0], number)
    beside = _beside(g, units, roots, at)
    _descriptions(g, lexicon, units, roots, beside)
    return [roots.find(number) for number in range(len(units))]


class _Roots:
    """Union-find that refuses to join two different names."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._parent = list(range(len(units)))
        self._units = units
        self._keys = [{unit.key} if unit.key else set() for unit in units]

    def find(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def join(self, one: int, other: int) -> bool:
        one, other = sorted((self.find(one), self.find(other)))
        if one == other:
            return True
        if self._keys[one] and self._keys[other] and self._keys[one] != self._keys[other]:
            return False
        kinds = {self._units[one].kind, self._units[other].kind}
        if len(kinds) > 1 and kinds & {"person", "country", "population"}:
            return False
        self._parent[other] = one
        self._keys[one] |= self._keys[other]
        return True


def _beside(g: Grid, units: Sequence[Unit], roots: _Roots, at: dict[int, int]) -> set[int]:
    """Join "the state news agency RIA" and "Hamas, an armed group": a description and a name in apposition."""
    joined: set[int] = set()
    for number, unit in enumerate(units):
        if unit.form != "description" or unit.cast is None or unit.cast.shape not in ("body", "land") or unit.plural:
            continue
        head = g.head[unit.head]
        other = at.get(head) if g.dep[unit.head] in ("appos", "nmod:desc", "flat", "compound") else None
        if other is None or (g.dep[unit.head] == "compound" and units[other].start != unit.end):
            other = next(
                (
                    at[child]
                    for child in g.children[unit.head]
                    if g.dep[child] in ("appos", "flat", "nmod:desc") and child in at
                ),
                None,
            )
        if other is None or units[other].form != "name" or other == number:
            continue
        fitting = units[other].kind == ("organisation" if unit.cast.shape == "body" else "country")
        if fitting and roots.join(other, number):
            joined.add(number)
    return joined


def _descriptions(g: Grid, lexicon: Lexicon, units: Sequence[Unit], roots: _Roots, settled: set[int]) -> None:
    """Join each definite or repeated description with the phrase it takes up."""
    order = sorted(range(len(units)), key=lambda number: units[number].start)
    for place, number in enumerate(order):
        unit = units[number]
        if unit.form != "description" or unit.cast is None or number in settled or roots.find(number) != number:
            continue
        if unit.cast.shape == "land":
            found = _land(g, units, order[:place], unit) if unit.definite and not unit.plural else None
        else:
            found = _earlier(g, lexicon, units, order[:place], unit)
        if found is not None:
            roots.join(found, number)


def _land(g: Grid, units: Sequence[Unit], before: Sequence[int], unit: Unit) -> int | None:
    """The country that "the kingdom" takes up: the last one that was a subject, else the only one near."""
    sentence = g.sentence[unit.head]
    near = [
        number
        for number in before
        if units[number].kind == "country"
        and units[number].form == "name"
        and sentence - g.sentence[units[number].head] <= 2
        and unit.country in (None, units[number].country)
    ]
    subjects = [number for number in near if g.dep[units[number].head].startswith("nsubj")]
    if subjects:
        return subjects[-1]
    return near[-1] if len({units[number].country for number in near}) == 1 else None


def _earlier(g: Grid, lexicon: Lexicon, units: Sequence[Unit], before: Sequence[int], unit: Unit) -> int | None:
    """The phrase that ``unit`` takes up; None when there is none or two stand equally near."""
    sentence = g.sentence[unit.head]
    tied: list[int] = []
    nearest = None
    for number in reversed(before):
        other = units[number]
        distance = sentence - g.sentence[other.head]
        if distance > REACH and (unit.word != other.word or distance > FAR):
            if distance > FAR:
                break
            continue
        if other.end <= unit.start and _takes_up(lexicon, unit, other):
            if nearest is None:
                nearest = g.sentence[other.head]
            elif g.sentence[other.head] != nearest:
                break
            tied.append(number)
    if not tied:
        return None
    return tied[0] if len({units[number].key or units[number].name.lower() for number in tied}) == 1 else None


def _takes_up(lexicon: Lexicon, unit: Unit, other: Unit) -> bool:
    """Whether ``unit`` may be another mention of ``other``."""
    if unit.country and other.country and unit.country != other.country:
        return False
    if other.form == "description":
        if unit.plural != other.plural or unit.word != other.word or other.cast is None or unit.cast is None:
            return False
        if unit.name.lower() == other.name.lower():
            return unit.definite or unit.plural or unit.kind != "person"
        return unit.definite and unit.bare
    if not unit.definite or unit.cast is None or unit.plural:
        return False
    if other.kind == "person":
        return unit.cast.shape == "person" and other.cast is not None and _same_office(lexicon, unit, other)
    if other.kind != "organisation" or unit.cast.shape != "body":
        return False
    if unit.word == other.word:
        return unit.bare or set(unit.name.lower().split()) <= set(other.name.lower().split())
    return bool(unit.cast.sectors) and bool(set(unit.cast.sectors) & KINDS & set(other.sectors))


def _same_office(lexicon: Lexicon, unit: Unit, other: Unit) -> bool:
    """ "The minister" for Foreign Minister X, "the Kenyan leader" for the president of Kenya."""
    assert unit.cast is not None
    title = (other.role or "").lower().split()
    said = unit.name.lower().split()
    words = {word for word in said if word in lexicon.words["title_prefixes"] or word in unit.cast.words.split()}
    if unit.word == other.word:
        return (unit.bare and len(said) == 1) or words - {"former"} <= set(title)
    return (
        unit.word in ("leader", "ruler", "strongman")
        and bool(unit.country)
        and bool(set(title) & lexicon.words["rulers"])
    )
