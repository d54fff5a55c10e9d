"""The parties of an article: every person, body, country and unnamed group, each once, with all its mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from onrecord.language._coref import Cluster, Mention
from onrecord.language._grid import Grid, grid
from onrecord.reading._descriptions import (
    apposed,
    compose,
    country_beside,
    describe,
    front,
    role_at,
    title_before,
    with_composed,
)
from onrecord.reading._lexicon import Lexicon
from onrecord.reading._places import Places
from onrecord.reading._resolve import link
from onrecord.reading._units import Names, Unit, name_units

_LOCATIVE = frozenset(("in", "at", "near", "outside", "across", "around", "inside", "throughout"))
_NAME = frozenset(("flat", "compound"))
# Sectors whose bodies and people are a country's own unless something else is said.
DOMESTIC = frozenset("GOV COP MIL JUD LEG OPP SPY CVL LAB EDU MED PTY AGR BUS SOC JRN CRM ELI REF".split())

ARMED = frozenset("REB PRM UAF REL".split())


@dataclass(frozen=True, slots=True)
class Party:
    """Someone who can act: kind is person, organisation, country, population or group."""

    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    role: str | None
    key: str | None
    mentions: tuple[Mention, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Parties:
    """All parties in order of first mention, and which of them a token refers to."""

    all: tuple[Party, ...]
    heads: dict[int, int]
    inside: dict[int, int]
    grounds: dict[int, int] = field(default_factory=dict)

    def at(self, i: int) -> int | None:
        """The party whose mention is headed at token ``i`` (or whose name or title ``i`` is part of)."""
        return self.heads.get(i)

    def covering(self, i: int) -> int | None:
        """The party that has token ``i`` anywhere inside one of its mentions."""
        return self.inside.get(i, self.heads.get(i))

    def ground(self, i: int) -> int | None:
        """The country that the town or region named at token ``i`` lies in, where only the place is meant."""
        return self.grounds.get(i)


def find_parties(
    doc: Doc,
    clusters: Sequence[Cluster],
    lexicon: Lexicon,
    *,
    published: object = None,
    hints: Counter[str] | None = None,
    places: Places | None = None,
) -> Parties:
    """Every party of ``doc``.

    Parameters
    ----------
    clusters: coreference, from ``onrecord.language``.
    published: publication date, by which offices are dated.
    hints: countries the article may be about, with weights, besides those its parties name; the one clearly ahead is
        taken for "the army" or "the president" named without one.
    places: the places named, by which "protesters in Baghdad" are Iraq's and a curfew in Algiers is put on Algeria.
    """
    g = grid(doc)
    names = name_units(g, lexicon, date=str(published)[:10] if published else None)
    units, aliases = _all_units(g, lexicon, names)
    country, alone = _home(units, hints or Counter())
    roots = link(g, lexicon, units, clusters)
    lands = {} if places is None else {i: land for i, n in places.tokens.items() if (land := places.all[n].country)}
    found = _collect(g, lexicon, units, aliases, roots, clusters, country, lands, alone=alone)
    return found if places is None else _with_grounds(found, lexicon, places)


def _all_units(g: Grid, lexicon: Lexicon, names: Names) -> tuple[list[Unit], dict[int, int]]:
    """Named units with their titles, then descriptions; and tokens (titles) that stand for a unit without being one."""
    units: list[Unit] = []
    spoken: dict[int, int] = {}
    for number, unit in enumerate(names.units):
        if unit.kind == "person":
            for found in (title_before(g, lexicon, names, unit), apposed(g, lexicon, names, unit)):
                if found is not None:
                    if unit.role is None or unit.cast is None:
                        unit = with_composed(unit, found[1])
                    for first, last in ((found[1].start, found[0]), *_other_offices(g, lexicon, found[0])):
                        for i in range(first, last + 1):
                            if names.unit_at.get(i) is None:
                                spoken.setdefault(i, number)
        if unit.country is None and (unit.kind == "organisation" or unit.role):
            unit = replace(unit, country=country_beside(g, names, unit))
        if unit.country is None and unit.kind == "person" and unit.cast is not None and "GOV" in unit.cast.sectors:
            bearers = lexicon.surnames.get(g.lower[unit.end - 1], frozenset())
            if len(bearers) == 1 and unit.end - unit.start == 1:
                # "President Bush": whichever of them it was
                because = f"{unit.because} + surname:{unit.name.lower()}"
                unit = replace(unit, country=next(iter(bearers)), because=because)
        units.append(unit)
    for i in range(len(g)):
        if (
            i in spoken
            or i in names.unit_at
            or (i in names.match_at and names.match_at[i].end - names.match_at[i].start > 1)
        ):
            continue
        role = role_at(g, lexicon, i)
        if role is None or _inner(g, lexicon, i):
            continue
        composed = compose(g, lexicon, names, i, role)
        if (
            role.weak
            and not composed.sectors
            and composed.country is None
            and g.lemma[i].lower() in lexicon.words["counting"]
        ):
            continue
        units.append(describe(g, lexicon, composed, i))
    return units, spoken


def _other_offices(g: Grid, lexicon: Lexicon, title: int) -> Iterator[tuple[int, int]]:
    """Offices coordinated with a title that stands before a name: "Deputy Premier and Foreign Minister X"."""
    others = [child for child in g.children[title] if g.dep[child] == "conj"]
    if g.dep[title] == "conj":
        others.append(g.head[title])
    for i in others:
        role = role_at(g, lexicon, i)
        office = role is not None and role.shape == "person" and role.office and g.text[i][0].isupper()
        if office and not any(g.dep[child] == "flat" for child in g.children[i]):
            yield front(g, i), i


def _inner(g: Grid, lexicon: Lexicon, i: int) -> bool:
    """True for a role noun that only modifies another role noun ("police" in "police officer"), or is a predicate."""
    head = g.head[i]
    if g.dep[i] in ("compound", "amod", "nmod:desc") and head > i and role_at(g, lexicon, head) is not None:
        return True
    return any(g.dep[child] == "cop" for child in g.children[i])


def _home(units: Iterable[Unit], hints: Counter[str]) -> tuple[str | None, bool]:
    """The country most named units and hints point to, when it is clearly ahead, and whether it is the only one."""
    counts = hints + Counter(
        unit.country for unit in units if unit.country is not None and len(unit.country) == 3 and unit.form == "name"
    )
    for code in ("UNO", "EUR", "IGO", "NGO", "IMG", "MNC", "ISM"):
        counts.pop(code, None)
    ranked = counts.most_common(2)
    if len(ranked) < 2:
        return (ranked[0][0], True) if ranked else (None, False)
    return ranked[0][0] if ranked[0][1] >= 1.5 * ranked[1][1] else None, False


def _collect(
    g: Grid,
    lexicon: Lexicon,
    units: list[Unit],
    spoken: dict[int, int],
    roots: list[int],
    clusters: Sequence[Cluster],
    home: str | None,
    lands: Mapping[int, str],
    *,
    alone: bool,
) -> Parties:
    members: dict[int, list[int]] = {}
    for number, root in enumerate(roots):
        members.setdefault(root, []).append(number)
    pronouns = _pronouns(units, roots, clusters)
    order = sorted(members.values(), key=lambda group: min(units[number].start for number in group))
    place = {number: position for position, group in enumerate(order) for number in group}
    heads = {units[number].head: place[number] for number in place}
    heads |= {mention.head: place[root] for root, mentions in pronouns.items() for mention in mentions}
    inside: dict[int, int] = {}
    for number, unit in enumerate(units):
        for i in range(unit.start, unit.end):
            inside.setdefault(i, place[number])
            if unit.form == "name":
                heads.setdefault(i, place[number])
    for i, number in spoken.items():
        heads.setdefault(i, place[number])
        inside.setdefault(i, place[number])
    _point_light_and_relative(g, lexicon, heads)
    drafts = [_party([units[number] for number in group], pronouns.get(roots[group[0]], [])) for group in order]
    owned = {
        position: owner for position, group in enumerate(order) if drafts[position].country is None
        for owner in [_owner(g, [units[number] for number in group], heads)] if owner is not None
    }  # fmt: skip
    parties = []
    for position, (party, group) in enumerate(zip(drafts, order, strict=True)):
        owner = owned.get(position)
        if owner is not None and drafts[owner].country is not None:
            party = replace(
                party, country=drafts[owner].country, because=f"{party.because} + of:{drafts[owner].name.lower()}"
            )
        elif party.country is None:
            party = _settled(g, party, [units[number] for number in group], home, lands, alone=alone)
        parties.append(party)
    return Parties(tuple(parties), heads, inside)


def _settled(
    g: Grid, party: Party, units: list[Unit], home: str | None, lands: Mapping[int, str], *, alone: bool
) -> Party:
    """A party named without a country, with that of the place it is in or of the article."""
    # Rebels and priests may come from abroad, but not where no other country is named.
    if not _local(units, party, DOMESTIC | ARMED if alone else DOMESTIC):
        return party
    where = next(
        (lands[i] for unit in units for i in (*_seat(g, unit), *_whereabouts(g, unit.head)) if i in lands), None
    )
    if where is not None:
        return replace(party, country=where, because=f"{party.because} + in:{where}")
    if home is None:
        where = next((lands[i] for unit in units for i in _whereabouts(g, g.head[unit.head]) if i in lands), None)
        return party if where is None else replace(party, country=where, because=f"{party.because} + where:{where}")
    return replace(party, country=home, because=f"{party.because} + the article's country:{home}")


def _seat(g: Grid, unit: Unit) -> list[int]:
    """The place whose office or body a description names: "Kaduna State government", "governor of Borno"."""
    if unit.form != "description":
        return []
    after = [child for child in g.children[unit.head] if g.dep[child] == "nmod" and child > unit.head]
    of = [child for child in after if any(g.lower[item] in ("of", "for") for item in g.children[child])]
    parts = [item for child in of for item in (child, *(kid for kid in g.children[child] if g.dep[kid] in _NAME))]
    return [*range(unit.start, unit.end), *parts]


def _whereabouts(g: Grid, head: int) -> list[int]:
    """The places said to hold what ``head`` names or does: "demonstrators in Baghdad"."""
    return [
        child
        for child in g.children[head]
        if g.dep[child] in ("nmod", "obl") and any(g.lower[item] in _LOCATIVE for item in g.children[child])
    ]


def _with_grounds(parties: Parties, lexicon: Lexicon, places: Places) -> Parties:
    """With the countries that towns and regions lie in, as parties of their own where they are named nowhere."""
    everyone = list(parties.all)
    countries = {party.key: number for number, party in enumerate(everyone) if party.kind == "country" and party.key}
    grounds: dict[int, int] = {}
    for place in places.all:
        name = lexicon.countries.get(place.country or "")
        if place.country is None or name is None:
            continue
        free = [span for span in place.mentions if not any(i in parties.heads for i in range(*span))]
        if not free:
            continue
        key = f"country:{place.country}"
        mentions = tuple(Mention(start, end, end - 1, "description") for start, end in free)
        if key not in countries:
            countries[key] = len(everyone)
            because = f"place:{place.name.lower()}"
            everyone.append(Party(name, "country", place.country, ("GOV",), None, key, (), because))
        number = countries[key]
        if number >= len(parties.all):
            everyone[number] = replace(everyone[number], mentions=everyone[number].mentions + mentions)
        grounds |= {i: number for span in free for i in range(*span)}
    return replace(parties, all=tuple(everyone), grounds=grounds)


def _owner(g: Grid, units: list[Unit], heads: dict[int, int]) -> int | None:
    """The party that a possessive makes the owner of a description ("its army", "the country's parliament")."""
    for unit in units:
        if unit.form == "description":
            for child in g.children[unit.head]:
                if g.dep[child] == "nmod:poss" and child in heads:
                    return heads[child]
            if unit.plural and g.dep[unit.head] == "conj" and _shares_adjective(g, unit.head, heads):
                return heads[g.head[unit.head]]
    return None


def _shares_adjective(g: Grid, head: int, heads: dict[int, int]) -> bool:
    """True for the tanks of "Kenyan helicopters and tanks"."""
    front = ("amod", "compound")
    other = g.head[head]
    if other not in heads or any(g.dep[child] in (*front, "det") for child in g.children[head]):
        return False
    return any(g.dep[child] in front and child in heads for child in g.children[other])


def _pronouns(units: list[Unit], roots: list[int], clusters: Sequence[Cluster]) -> dict[int, list[Mention]]:
    owner = {unit.head: roots[number] for number, unit in enumerate(units)}
    owner |= {
        i: roots[number]
        for number, unit in enumerate(units)
        for i in range(unit.start, unit.end)
        if unit.form == "name" and i not in owner
    }
    found: dict[int, list[Mention]] = {}
    for cluster in clusters:
        votes = Counter(
            owner[mention.head] for mention in cluster.mentions if mention.form != "pronoun" and mention.head in owner
        )
        if votes:
            root = votes.most_common(1)[0][0]
            found.setdefault(root, []).extend(mention for mention in cluster.mentions if mention.form == "pronoun")
    return found


def _party(units: list[Unit], pronouns: list[Mention]) -> Party:
    named = [unit for unit in units if unit.form == "name"]
    best = max(named or units, key=_standing)
    titled = next((unit for unit in named if unit.role), best)
    # An acronym that the article spells out itself is not the better known body of the same letters.
    spelt = best.key is None and best.form == "name" and best.end - best.start > 1 and best.kind == "organisation"
    ranked = [unit for unit in [best, *named, *units] if not (spelt and unit.key and unit.end - unit.start == 1)]
    country = next((unit.country for unit in ranked if unit.country), None)
    reasons = [
        titled.because,
        *(
            unit.because
            for unit in ranked
            if titled.country is None and country is not None and unit.country == country
        ),
    ]
    mentions = {Mention(unit.start, unit.end, unit.head, unit.form) for unit in units}.union(pronouns)
    return Party(
        name=best.name,
        kind=best.kind,
        country=country,
        sectors=next((unit.sectors for unit in [titled, *ranked] if unit.sectors), ()),
        role=titled.role,
        key=next((unit.key for unit in ranked if unit.key and unit.form == "name"), None),
        mentions=tuple(sorted(mentions, key=lambda item: (item.start, item.end, item.head, item.form))),
        because=" + ".join(dict.fromkeys(reasons[:2])),
    )


def _standing(unit: Unit) -> tuple[int, int]:
    if unit.kind == "country":
        return (1, 0)
    return (unit.form == "name", len(unit.name.split()) * 100 + len(unit.name) if unit.form == "name" else -unit.start)


def _local(units: list[Unit], party: Party, sectors: frozenset[str]) -> bool:
    """Whether a party named without a country belongs to the one its article is about."""
    if any(unit.foreign for unit in units) or party.key is not None:
        return False
    if any(unit.cast is not None and unit.cast.shape == "land" and unit.plural for unit in units):
        return False
    if party.kind == "organisation" and "international" in party.name.lower():
        return False
    if party.kind == "country":
        return any(unit.definite for unit in units)
    if party.kind == "person" and party.role is None and any(unit.form == "name" for unit in units):
        return False
    if party.kind == "person" and party.role is not None and not party.sectors:
        return True  # an office is held at home, whatever it is
    return bool(set(party.sectors) & sectors)


def _point_light_and_relative(g: Grid, lexicon: Lexicon, heads: dict[int, int]) -> None:
    """ "dozens of activists", "members of Hamas", and "who": tokens that stand for the party beside them."""
    for i in range(len(g)):
        if i in heads:
            continue
        if g.tag[i] in ("WP", "WDT", "WP$"):
            clause = g.head[i]
            while g.dep[clause] not in ("acl:relcl", "root") and g.head[clause] != clause:
                clause = g.head[clause]
            if g.dep[clause] == "acl:relcl" and g.head[clause] in heads:
                heads[i] = heads[g.head[clause]]
        elif g.lemma[i].lower() in lexicon.words["counting"] or g.pos[i] == "NUM":
            for child in g.children[i]:
                if (
                    g.dep[child] == "nmod"
                    and child in heads
                    and any(g.lower[c] == "of" for c in g.children[child] if g.dep[c] == "case")
                ):
                    heads[i] = heads[child]
                    break
