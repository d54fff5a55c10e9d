"""Common nouns that stand for a party, and what the words around them say of country, sectors and office."""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.language._grid import Grid
from onrecord.reading._lexicon import Lexicon, Role
from onrecord.reading._units import COUNTRY_FORMS, Names, Unit

_FRONT = frozenset(
    (
        "compound",
        "amod",
        "nmod",
        "nmod:desc",
        "nmod:poss",
        "nummod",
        "flat",
        "punct",
        "case",
        "advmod",
        "goeswith",
        "dep",
        "acl",
        "nmod:unmarked",
    )
)
_OF = frozenset(("of", "for", "from", "in", "with", "at", "to"))
_EDGES = frozenset(("PRP$", "IN", "CC", "DT", "WDT", "WP$", "WRB", "WP", "TO"))


@dataclass(frozen=True, slots=True)
class Composed:
    """What a noun phrase says about whoever it describes."""

    role: Role
    start: int
    title: str
    country: str | None
    sectors: tuple[str, ...]
    key: str | None
    because: str
    former: bool = False
    foreign: bool = False


def role_at(g: Grid, lexicon: Lexicon, i: int) -> Role | None:
    """The role that the noun at ``i`` and the words before it name, if any."""
    aged = g.lower[i] == "old" and g.dep[i] != "amod" and g.lower[i - 2 : i] == ["year", "-"]
    if g.lower[i] in lexicon.words["not_in_capitals"] and g.text[i].isupper():
        return None  # COP 30 is a conference
    if (
        not aged
        and g.pos[i] not in ("NOUN", "PROPN")
        and not (g.pos[i] == "ADJ" and g.tag[i] in ("NN", "NNS", "NNP", "NNPS"))
    ):
        return None
    last, singular, first = g.lower[i], g.lemma[i].lower(), i
    if i >= 2 and g.text[i - 1] == "-" and g.sentence[i - 2] == g.sentence[i]:
        joined = f"{g.lower[i - 2]}-"
        if (joined + last,) in lexicon.roles or (joined + singular,) in lexicon.roles:
            last, singular, first = joined + last, joined + singular, i - 2
    before: list[str] = []
    j = first - 1
    while j >= 0 and len(before) < 3 and g.sentence[j] == g.sentence[i] and g.text[j][0].isalnum():
        before.insert(0, g.lower[j])
        j -= 1
    for ending in (last, singular) if last != singular else (last,):
        found = lexicon.role([*before, ending])
        if found is not None:
            return found
    return None


def compose(g: Grid, lexicon: Lexicon, names: Names, i: int, role: Role, *, depth: int = 0) -> Composed:
    """Country, sectors and title of the noun phrase headed at ``i``."""
    start = front(g, i - role.words.count(" ") if " of " in role.words else i)
    country, key, reasons = None, None, [f"role:{role.words}"]
    sectors: tuple[str, ...] = ()
    own: list[int] = []
    former = backed = False
    j = start
    while j <= i:
        number = names.unit_at.get(j)
        unit = names.units[number] if number is not None and names.units[number].end <= i else None
        match = names.match_at.get(j)
        if unit is not None and unit.kind != "person":
            backed = backed or _partial(g, lexicon, unit.start, unit.end)
            if country is None and not _partial(g, lexicon, unit.start, unit.end) and not ethnic(g, unit.start):
                country = unit.country
                if unit.kind == "organisation":
                    sectors, key = unit.sectors or sectors, _armed(unit)
                    reasons.append(f"of:{unit.name.lower()}")
                else:
                    reasons.append(unit.because)
            j = unit.end
            continue
        if match is not None and match.end <= i and match.facts[0].form in COUNTRY_FORMS:
            backed = backed or _partial(g, lexicon, match.start, match.end)
            if country is None and not _partial(g, lexicon, match.start, match.end) and not ethnic(g, match.start):
                country = match.facts[0].country
                reasons.append(f"{match.facts[0].form}:{g.words(match.start, match.end).lower()}")
            j = match.end
            continue
        if unit is not None and unit.kind == "person":
            own.clear()
            if country is None and role.weak:
                country = unit.country
                reasons.append(f"of:{unit.name.lower()}")
            j = unit.end
            continue
        if g.lower[j] in lexicon.words["former"]:
            former = True
        if g.text[j][0].isalnum() and g.tag[j] != "POS":
            own.append(j)
        j += 1
    if role.weak or role.words in lexicon.words["generic"]:
        given = _modifier(lexicon, [g.lower[item] for item in own[:-1]])
        if given and not sectors:
            sectors = given
            reasons.append("modifier")
    if depth < 2 and (country is None or not sectors):
        country, sectors, key, more = _served(g, lexicon, names, i, role, country, sectors, key, depth)
        reasons.extend(more)
    if not sectors or not (role.weak or role.words in lexicon.words["generic"]):
        sectors = role.sectors or sectors
    if not sectors and role.weak and country is not None and role.shape != "people":
        sectors = ("GOV",)
    if former and sectors == ("GOV",):
        sectors = ("ELI",)
    foreign = any(g.lower[item] in lexicon.words["foreign"] for item in own[:-1])
    foreign = foreign or backed or role.words.split()[-1] in lexicon.words["abroad"]
    return Composed(
        role, start, _title(g, lexicon, own, role), country, sectors, key, " + ".join(reasons), former, foreign
    )


def _modifier(lexicon: Lexicon, words: list[str]) -> tuple[str, ...]:
    """The sectors that the words before a noun give it, the nearest first ("law enforcement unit" is police)."""
    for last in range(len(words), 0, -1):
        for first in (last - 2, last - 1):
            found = lexicon.modifiers.get(" ".join(words[first:last])) if first >= 0 else None
            if found is not None:
                return found
    return ()


def _title(g: Grid, lexicon: Lexicon, own: list[int], role: Role) -> str:
    """The office without what merely describes: "recently elected President" is President."""
    first = max(0, len(own) - len(role.words.replace("-", " ").split()))
    while first > 0 and (
        g.text[own[first - 1]][0].isupper() or g.lower[own[first - 1]] in lexicon.words["title_prefixes"]
    ):
        first -= 1
    while first < len(own) - 1 and g.lower[own[first]] in lexicon.words["incidental"] - {"first"}:
        first += 1
    if own[-1] - own[first] < 2 * (len(own) - first):
        return g.words(own[first], own[-1] + 1)
    return " ".join(g.text[i] for i in own[first:])


def _armed(unit: Unit) -> str | None:
    """The key of an armed group: its officials, fighters and forces are the group itself."""
    return unit.key if unit.facts and unit.facts[0].sort == "armed group" else None


def front(g: Grid, i: int) -> int:
    """First token of the modifiers before the noun at ``i``, without articles and possessive pronouns."""
    start = i
    while start > 0 and g.sentence[start - 1] == g.sentence[i]:
        j = start - 1
        if g.text[j] in ("-", "–") and j > 0 and g.text[j - 1][0].isalnum():
            start = j - 1
            continue
        if g.dep[j] in ("det", "cc", "mark", "aux", "cop", "root") or g.tag[j] in _EDGES or g.lower[j] == "including":
            break
        if g.dep[j] not in _FRONT or not _leads_to(g, j, i):
            break
        if g.dep[j] == "punct" and g.text[j] not in ("-", "–", "'", "’"):
            break
        start = j
    while start < i and (not g.text[start][0].isalnum() or g.tag[start] == "POS"):
        start += 1
    return start


def _leads_to(g: Grid, j: int, i: int) -> bool:
    for _ in range(6):
        j = g.head[j]
        if j == i:
            return True
        if j > i:
            return False
    return False


def _partial(g: Grid, lexicon: Lexicon, start: int, end: int) -> bool:
    """True in "US-backed", "pro-Russian", "anti-American": the country is not the nationality."""
    after = end
    if after + 1 < len(g) and g.text[after] in "-–" and g.lower[after + 1] in lexicon.words["partial"]:
        return True
    if end < len(g) and g.lower[end] in lexicon.words["partial"]:
        return True
    return start >= 2 and g.text[start - 1] in "-–" and g.lower[start - 2] in lexicon.words["prefixes"]


def ethnic(g: Grid, start: int) -> bool:
    """True in "ethnic Albanian rebels": a people, wherever it lives, and no nationality."""
    return start > 0 and g.lower[start - 1] == "ethnic"


def _served(
    g: Grid,
    lexicon: Lexicon,
    names: Names,
    i: int,
    role: Role,
    country: str | None,
    sectors: tuple[str, ...],
    key: str | None,
    depth: int,
) -> tuple[str | None, tuple[str, ...], str | None, list[str]]:
    """Look at what follows: "spokesman for the army", "president of Kenya", "troops loyal to Assad"."""
    reasons: list[str] = []
    targets = [child for child in g.children[i] if g.dep[child] == "nmod" and child > i and _case(g, child) in _OF]
    for child in g.children[i]:
        if g.dep[child] in ("amod", "acl") and g.lemma[child] in (
            "loyal",
            "affiliate",
            "affiliated",
            "allied",
            "aligned",
            "link",
            "linked",
        ):
            targets.extend(
                item
                for item in g.children[child]
                if g.dep[item] in ("obl", "nmod") and _case(g, item) in ("to", "with")
            )
    # "minister of foreign affairs of the Portuguese Republic"
    plain = [item for item in targets if names.unit_at.get(item) is None and role_at(g, lexicon, item) is None]
    targets += [kid for item in plain for kid in g.children[item] if g.dep[kid] == "nmod" and _case(g, kid) == "of"]
    for child in targets:
        number = names.unit_at.get(child)
        if number is not None:
            unit = names.units[number]
            if country is None and unit.country is not None:
                country = unit.country
                reasons.append(f"of:{unit.name.lower()}")
            if not sectors and unit.kind == "organisation":
                sectors, key = unit.sectors, _armed(unit)
            elif not sectors and unit.kind == "country" and role.weak and role.shape == "person":
                sectors = ("GOV",)
            continue
        if _case(g, child) not in ("of", "for", "from"):
            continue
        inner = role_at(g, lexicon, child)
        if inner is not None:
            found = compose(g, lexicon, names, child, inner, depth=depth + 1)
            if role.weak and not sectors:
                sectors, key = found.sectors, found.key
            if country is None and found.country is not None:
                country = found.country
            reasons.append(f"of:{inner.words}")
    return country, sectors, key, reasons


def country_beside(g: Grid, names: Names, unit: Unit) -> str | None:
    """The country that the words around a body's name give: "Kenya's Interior Ministry", "the army of Chad"."""
    for child in g.children[unit.head]:
        match = names.match_at.get(child)
        if match is None or match.facts[0].form not in COUNTRY_FORMS:
            continue
        if g.dep[child] in ("nmod:poss", "amod", "compound") or (
            g.dep[child] == "nmod" and _case(g, child) in ("of", "in")
        ):
            return match.facts[0].country
    match = names.match_at.get(unit.start - 1) or names.match_at.get(unit.start - 2)
    beside = match is not None and match.facts[0].form in COUNTRY_FORMS and g.head[match.end - 1] >= unit.start
    return match.facts[0].country if match is not None and beside else None


def _case(g: Grid, i: int) -> str:
    return next((g.lower[child] for child in g.children[i] if g.dep[child] == "case"), "")


def title_before(g: Grid, lexicon: Lexicon, names: Names, unit: Unit) -> tuple[int, Composed] | None:
    """The office that stands right before a person's name, and its head token."""
    own = lexicon.roles.get((g.lower[unit.start],)) if g.lower[unit.start] in lexicon.words["name_titles"] else None
    if own is not None and unit.end - unit.start > 1:
        return unit.start, compose(g, lexicon, names, unit.start, own)
    i = unit.start - 1
    while i >= 0 and g.lower[i] in lexicon.words["honorifics"] and (g.lower[i],) not in lexicon.roles:
        i -= 1
    if i < 0 or g.sentence[i] != g.sentence[unit.head] or names.unit_at.get(i) is not None:
        return None
    role = role_at(g, lexicon, i)
    if role is None or not (role.shape == "person" or g.tag[i] in ("NNP",)) or role.shape in ("body", "people", "land"):
        return None
    if g.tag[i] in ("NNS", "NNPS") or not _attached(g, i, role, unit):
        return None
    return i, compose(g, lexicon, names, i, role)


def _attached(g: Grid, i: int, role: Role, unit: Unit) -> bool:
    """True when the noun at ``i`` and the name are one phrase: hung together in the tree, or an office right before."""
    head, other = g.head[i], g.head[unit.head]
    if unit.start <= head < unit.end or unit.head in (head, i) or other == i:
        return True
    return i == unit.start - 1 and (role.office or head == other) and g.text[i][:1].isupper()


def apposed(g: Grid, lexicon: Lexicon, names: Names, unit: Unit) -> tuple[int, Composed] | None:
    """The description beside a person's name ("X, the prime minister of Y"; "the prime minister, X"; "X is the …")."""
    options: list[int] = []
    for i in {unit.head, *range(unit.start, unit.end)}:
        options.extend(
            child
            for child in g.children[i]
            if g.dep[child] in ("appos", "nmod:desc") and child not in range(unit.start, unit.end)
        )
    parent = g.head[unit.head]
    if g.dep[unit.head] in ("appos", "flat", "nmod:desc") and parent != unit.head:
        options.append(parent)
    if g.dep[unit.head] == "nsubj" and any(
        g.dep[child] == "cop" and g.lower[child] in ("is", "was", "are") for child in g.children[parent]
    ):
        options.append(parent)
    for i in options:
        if names.unit_at.get(i) is not None:
            continue
        role = role_at(g, lexicon, i)
        if role is not None and role.shape == "person" and g.tag[i] not in ("NNS", "NNPS"):
            return i, compose(g, lexicon, names, i, role)
    return None


def describe(g: Grid, lexicon: Lexicon, composed: Composed, i: int) -> Unit:
    """A description unit for the noun phrase headed at ``i``."""
    role = composed.role
    start = composed.start
    name_start = start
    while (
        name_start < i
        and g.text[name_start + 1] != "-"
        and (
            g.tag[name_start] in ("CD", "RB", "RBR")
            or g.lower[name_start] in lexicon.words["incidental"]
            or (name_start and g.lower[name_start - 1 : name_start + 1] == ["year", "old"])
        )
    ):
        name_start += 1
    name = g.words(name_start, i + 1)
    tail = _tail(g, i) if role.shape == "person" and g.tag[i] not in ("NNS", "NNPS") else i + 1
    if tail > i + 1:
        name = g.words(name_start, tail)
    plural = g.tag[i] in ("NNS", "NNPS")
    kind = "organisation" if role.shape == "body" and not plural else "group"
    if role.shape == "land" and not plural:
        kind = "country"
    if role.shape == "person" and not plural:
        kind = "person"
    determiner = next((g.lower[child] for child in g.children[i] if g.dep[child] == "det"), "")
    return Unit(
        start,
        i + 1,
        i,
        "description",
        kind,
        name,
        composed.because,
        composed.country,
        composed.sectors,
        None,
        composed.key if plural or role.shape == "people" else None,
        word=g.lemma[i].lower(),
        definite=determiner in ("the", "this", "that", "these", "those")
        or (g.tag[i] == "NNP" and g.text[i][0].isupper()),
        bare=name_start == i,
        plural=plural or role.shape == "people",
        cast=role,
        foreign=composed.foreign,
    )


def _tail(g: Grid, i: int) -> int:
    """One past the "of …" that completes a description, when it is short."""
    for child in g.children[i]:
        if g.dep[child] == "nmod" and child > i and _case(g, child) in ("of", "for"):
            end = g.subtree_edges(
                child, skip=frozenset(("acl:relcl", "appos", "acl", "conj", "cc", "punct", "parataxis"))
            )[1]
            if end - i <= 8:
                return end
    return i + 1


def with_composed(unit: Unit, composed: Composed) -> Unit:
    """A person's unit with what the title says added."""
    country = composed.country or unit.country
    sectors = unit.sectors if unit.facts and unit.sectors != ("ELI",) else composed.sectors or unit.sectors
    return replace(
        unit,
        country=country,
        sectors=sectors,
        role=composed.title or unit.role,
        word=composed.role.words.split()[-1],
        because=composed.because.replace(f"role:{composed.role.words}", f"title:{composed.title.lower()}"),
        cast=composed.role,
        foreign=composed.foreign,
    )
