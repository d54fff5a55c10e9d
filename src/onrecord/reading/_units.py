"""Every phrase of an article that may stand for a party: names, nationalities, role nouns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from onrecord.language._grid import Grid
from onrecord.reading._lexicon import Fact, Lexicon, Match, Role

COUNTRY_FORMS = frozenset(("country", "adjective", "people", "capital", "seat", "region"))
_COMMON = frozenset(("GOV", "COP", "MIL", "JUD", "MED", "EDU"))
_NOMINAL = frozenset(("NOUN", "PROPN"))


@dataclass(frozen=True, slots=True)
class Unit:
    """One phrase that may stand for a party. ``word`` is its head noun; ``form`` name or description."""

    start: int
    end: int
    head: int
    form: str
    kind: str
    name: str
    because: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    key: str | None = None
    word: str = ""
    definite: bool = False
    bare: bool = True
    plural: bool = False
    cast: Role | None = None
    foreign: bool = False
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """The named units of an article and, token by token, which match or unit covers it."""

    units: tuple[Unit, ...]
    match_at: dict[int, Match]
    unit_at: dict[int, int]


def name_units(g: Grid, lexicon: Lexicon, *, date: str | None) -> Names:
    """Names of persons, bodies, countries and peoples, each token in at most one of them."""
    matches = _settled(lexicon.matches(g.text))
    match_at = {i: match for match in matches for i in range(match.start, match.end)}
    units: list[Unit] = []
    taken: dict[int, int] = {}

    def add(unit: Unit) -> None:
        if any(i in taken for i in range(unit.start, unit.end)):
            return
        for i in range(unit.start, unit.end):
            taken[i] = len(units)
        units.append(unit)

    for match in matches:
        if (
            match.facts[0].form in ("body", "person")
            and match.end - match.start > 1
            and _stands_alone(g, lexicon, match)
        ):
            add(_from_match(g, match, date))
    surnames = {g.text[end - 1] for start, end, label in g.entities if label == "PER" and end - start > 1}
    for start, end, label in g.entities:
        while label == "ORG" and end - start > 1 and g.text[end - 1][0].islower():
            end -= 1  # "U.N. war" crimes court
        label = _settled_label(g, lexicon, start, end, label)
        if _only_roles(g, lexicon, start, end):
            continue
        known = match_at.get(start)
        covers = known is not None and known.start <= start and known.end >= end
        place = covers and known is not None and known.facts[0].form in COUNTRY_FORMS | {"body"}
        if label == "PER" and (not place or g.text[end - 1] in surnames):
            unit = _person(g, lexicon, start, end, match_at, date)
            if unit is not None:
                add(unit)
        elif label in ("ORG", "MISC") and not covers:
            unit = _body(g, start, end, label, match_at, lexicon)
            if unit is not None:
                add(unit)
    for match in matches:
        if _stands_alone(g, lexicon, match):
            add(_from_match(g, match, date))
    for start, end, label in g.entities:
        if label == "NORP" and not any(i in taken for i in range(start, end)) and g.pos[start] in _NOMINAL:
            head = head_of(g, start, end)
            text = g.words(start, end)
            add(
                Unit(
                    start,
                    end,
                    head,
                    "name",
                    "population",
                    text,
                    "name:people",
                    word=g.lemma[head].lower(),
                    plural=g.tag[head].endswith("S"),
                )
            )
    return Names(tuple(units), match_at, taken)


def _settled_label(g: Grid, lexicon: Lexicon, start: int, end: int, label: str) -> str:
    """The tagger's label, corrected where the words around it say otherwise."""
    if label == "PER" and end - start == 1:
        if len(g.text[start]) > 2 and g.text[start].isupper():
            return "ORG"
        before = lexicon.role(g.lower[max(0, start - 3) : start]) if g.head[start] == start - 1 else None
        if before is not None and before.shape == "body":
            return "ORG"
    plain = g.pos[start] not in ("PROPN", "NOUN") and not g.text[start].isupper()
    return "" if label in ("ORG", "MISC") and end - start == 1 and plain else label


def _only_roles(g: Grid, lexicon: Lexicon, start: int, end: int) -> bool:
    """True for "Amir" or "MPs" tagged as a name: an office or a sort of people, which is a description."""
    role = lexicon.role([*g.lower[start : end - 1], g.lemma[end - 1].lower()])
    if role is None:
        role = lexicon.role(g.lower[start:end])
    if role is None:
        first = lexicon.role(g.lower[start : start + 1])
        return first is not None and first.shape == "person" and g.lower[start + 1 : start + 2] in (["of"], ["for"])
    if role.shape == "body":
        return end - start == 1 and (role.weak or bool(set(role.sectors) & _COMMON))
    return len(role.words.split()) >= end - start


def _settled(matches: list[Match]) -> list[Match]:
    """Matches with shared names ("PDP", "AFP") given to the body of the country the article speaks of most."""
    counts = Counter(match.facts[0].country for match in matches if len({fact.key for fact in match.facts}) == 1)
    settled = []
    for match in matches:
        if len({fact.key for fact in match.facts}) > 1:
            best = max(match.facts, key=lambda fact: counts[fact.country])
            if best.ordinary and 2 * counts[best.country] <= max(counts.values(), default=0):
                continue
            match = replace(match, facts=tuple(fact for fact in match.facts if fact.key == best.key))
        settled.append(match)
    return settled


def _stands_alone(g: Grid, lexicon: Lexicon, match: Match) -> bool:
    """False for names that are part of a longer name, or a capital that is only where something is."""
    form = match.facts[0].form
    number = g.entity[match.start]
    if number >= 0:
        start, end, label = g.entities[number]
        if end - start > match.end - match.start and form in COUNTRY_FORMS and (label != "LOC" or start < match.start):
            return False
        if (
            label == "PER"
            and form in COUNTRY_FORMS
            and form != "country"
            and end - start == 1
            and g.dep[match.start] == "flat"
        ):
            return False
    label = g.entities[number][2] if number >= 0 else ""
    if form == "short" and label not in ("PER", "MISC", "ORG"):
        return False
    if form == "body":
        if match.facts[0].ordinary and label not in ("ORG", "MISC", "NORP"):
            return False
        if (
            number >= 0
            and g.entities[number][1] - g.entities[number][0] > match.end - match.start
            and label in ("PER", "LOC")
        ):
            return False
        if g.text[match.start] == "The" and match.end < len(g) and g.head[match.end - 1] >= match.end:
            return False
    if form in ("capital", "region", "seat"):
        head = head_of(g, match.start, match.end)
        if form != "seat" and match.start and g.text[match.start - 1] == "," and g.entity[match.start - 1] >= 0:
            return False
        return not any(
            g.dep[child] == "case" and g.lower[child] in lexicon.words["locative"] for child in g.children[head]
        )
    return True


def _from_match(g: Grid, match: Match, date: str | None) -> Unit:
    head = head_of(g, match.start, match.end)
    fact = best_fact(match.facts, date)
    text = g.words(match.start, match.end)
    if fact.form in COUNTRY_FORMS:
        people = fact.form == "people" or (fact.form == "adjective" and g.tag[head] in ("NNS", "NNPS"))
        kind = "population" if people else "country"
        key = f"people:{fact.country}" if people else f"country:{fact.country}"
        if fact.form == "region":
            key = fact.key
        name = text if people else fact.name
        sectors = ("CVL",) if people else fact.sectors
        return Unit(
            match.start,
            match.end,
            head,
            "name",
            kind,
            name,
            f"{fact.form}:{text.lower()}",
            fact.country,
            sectors,
            None,
            key,
            word=name.lower(),
            plural=people,
            facts=match.facts,
        )
    unit = Unit(
        match.start, match.end, head, "name", fact.kind, text, f"lexicon:{fact.key}", fact.country, fact.sectors,
        key=fact.key, word=headword(g, match.start, match.end), facts=match.facts,
    )  # fmt: skip
    if fact.form == "short" or (fact.form == "body" and " " not in text and text.isupper()):
        unit = replace(unit, name=fact.name)
    if fact.kind != "person":
        return unit
    held = fact.holds(date)
    return replace(
        unit,
        word="",
        sectors=fact.sectors if held else ("ELI",),
        role=fact.role if held and date is not None else None,
    )


def best_fact(facts: tuple[Fact, ...], date: str | None) -> Fact:
    """The fact in force on ``date``; failing that the first."""
    return next((fact for fact in facts if fact.holds(date)), facts[0])


def _person(
    g: Grid, lexicon: Lexicon, start: int, end: int, match_at: dict[int, Match], date: str | None
) -> Unit | None:
    head = head_of(g, start, end)
    match = match_at.get(start)
    if match is None or match.end < end or match.facts[0].kind != "person":
        start = _past_titles(g, lexicon, start, end)
        match = match_at.get(start)
    while end > start and (g.tag[end - 1] == "POS" or (not g.text[end - 1][-1:].isalnum() and g.text[end - 1] != ".")):
        end -= 1
    if end <= start or not any(word[:1].isupper() for word in g.text[start:end]):
        return None
    if start and g.lower[start - 1] in lexicon.words["name_titles"] and g.text[start - 1][0].isupper():
        longer = lexicon.role(g.lower[max(0, start - 3) : start])
        start -= longer is None or " " not in longer.words
    if end - start == 1 and g.lower[start] in lexicon.words["name_titles"] | lexicon.words["honorifics"]:
        return None
    name = g.words(start, end)
    if match is not None and match.facts[0].kind == "person" and match.start <= start and match.end >= end:
        known = _from_match(g, match, date)
        return replace(known, start=start, end=end, head=head, name=name if " " in name else known.name)
    return Unit(start, end, head, "name", "person", name, "name:person")


def _past_titles(g: Grid, lexicon: Lexicon, start: int, end: int) -> int:
    """First token of a person's name without the titles that the tagger took in ("Chargé d'Affaires X")."""
    while start < end - 1:
        size = next(
            (size for size in (3, 2, 1) if start + size < end and _is_office(g, lexicon, start, start + size)), 0
        )
        if not size and (g.lower[start] in lexicon.words["honorifics"] or not g.text[start][:1].isalnum()):
            size = 1
        if not size:
            break
        start += size
    return start


def _is_office(g: Grid, lexicon: Lexicon, start: int, end: int) -> bool:
    role = lexicon.roles.get(tuple(g.lower[start:end]))
    return role is not None and role.office and g.lower[start] not in lexicon.words["name_titles"]


def _body(g: Grid, start: int, end: int, label: str, match_at: dict[int, Match], lexicon: Lexicon) -> Unit | None:
    while start < end - 1 and g.lower[start] in ("the", "a", "an"):
        start += 1
    while end > start and (g.tag[end - 1] == "POS" or g.text[end - 1] in (",", ".", "-")):
        end -= 1
    if end <= start or not any(word[:1].isupper() for word in g.text[start:end]):
        return None
    if end - start > 1 and g.lower[end - 1] in lexicon.words["no_bodies"]:
        return None
    found = next((lexicon.heads[word] for word in reversed(g.lower[start:end]) if word in lexicon.heads), None)
    if (label == "MISC" and found is None) or all(word in lexicon.words["honorifics"] for word in g.lower[start:end]):
        return None
    country, how = None, "name:organisation"
    for i in range(start, end):
        match = match_at.get(i)
        if match is not None and match.facts[0].country is not None and match.facts[0].form in COUNTRY_FORMS:
            country, how = match.facts[0].country, f"name:organisation + {match.facts[0].form}:{g.lower[i]}"
            break
    sectors = found[1] if found is not None else ()
    head = head_of(g, start, end)
    return Unit(
        start,
        end,
        head,
        "name",
        "organisation",
        g.words(start, end),
        how,
        country,
        sectors,
        word=headword(g, start, end),
    )


def headword(g: Grid, start: int, end: int) -> str:
    """The word that says what a name names: the last one before any "of" or "for"."""
    for i in range(start + 1, end):
        if g.lower[i] in ("of", "for", "on", "(", "in", "and"):
            return g.lemma[i - 1].lower()
    return g.lemma[end - 1].lower()


def head_of(g: Grid, start: int, end: int) -> int:
    """The token of a span whose head lies outside it."""
    return next((i for i in range(start, end) if not start <= g.head[i] < end or g.head[i] == i), start)
