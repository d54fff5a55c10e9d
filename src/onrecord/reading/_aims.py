"""Whom an act is about that names nobody as its object: found in what it touches, where it goes, what it announces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.reading._clauses import SUBJECTS, is_time
from onrecord.reading._frame_types import PREPOSITIONS
from onrecord.reading._sites import CLAUSES, Setting, Site

# Where such an act goes, the likeliest place first; what else stands beside a verb is no aim.
_AIMS = ("to", "against", "on", "with", "from", "into", "for", "over", "about", "of", "at", "in", "near", "across")
_BENEATH = frozenset({"nmod", "nmod:poss", "nmod:desc", "amod", "compound", "appos", "obl", "acl", "acl:relcl", "obj"})
_ASIDE = frozenset("by as during after before since amid under without like including through via within".split())
_AHEAD = frozenset({"", "to", "of", "for", "from", "that", "into"})
_DEEP = 4  # steps down a noun phrase
_CLAUSES_DEEP = 2  # clauses down


def theme(site: Site, but: tuple[int, ...]) -> tuple[int, ...]:
    """The first party, ``but`` these, down the objects, aims and clauses of a trigger.

    "lifted a ban on imports of British beef", "agreed to open its borders to traders from Kenya".
    """
    own = site.noun if site.noun is not None else site.token
    return _about(site.setting, dict.fromkeys((own, site.token)), but, depth=_CLAUSES_DEEP)


def scene(site: Site, places: Iterable[str], but: tuple[int, ...]) -> tuple[int, ...]:
    """The country of a town or region that stands in the first of these places: "a curfew in Algiers"."""
    for place in places:
        if place in PREPOSITIONS or place == "object":
            for token in site.tokens(place):
                ground = site.setting.parties.ground(token)
                if ground is not None and ground not in but:
                    return (ground,)
    return ()


def acts_below(site: Site) -> Iterator[int]:
    """The words that may name the act this one announces, promises, refuses or is done for."""
    tree = site.tree
    nouns = [site.noun] if site.noun is not None else tree.objects(site.token) if site.kind == "verb" else []
    for spot in dict.fromkeys([*site.clauses(), *nouns]):
        for item in tree.coordinated(spot):
            yield item
            yield from (kid for kid in tree.kids[item] if tree.dep[kid] in ("xcomp", "obj") and kid > item)
    for case in ("to", "for", "in"):
        yield from tree.oblique(site.token, case)


def _about(setting: Setting, heads: Iterable[int], but: tuple[int, ...], *, depth: int) -> tuple[int, ...]:
    tree = setting.tree
    heads = list(heads)
    for item in (item for head in heads for item in tree.oblique(head, "to")):
        found = setting.parties_of([item], owners=False)
        if found and not set(found) & set(but):
            return found
    aims = [item for head in heads if tree.is_verb(head) for item in tree.objects(head)]
    for case in _AIMS:
        aims += [item for head in (*heads, *aims) for item in tree.oblique(head, case) if not is_time(tree, item)]
    for aim in dict.fromkeys(aims):
        found = _beneath(setting, aim, but)
        if found:
            return found
    for clause in _clauses(setting, (*heads, *aims)) if depth else ():
        doers = [item for kid in tree.kids[clause] if tree.dep[kid] in SUBJECTS for item in tree.antecedents(kid)]
        found = tuple(party for party in setting.parties_of(doers) if party not in but)
        found = found or _about(setting, [clause], but, depth=depth - 1)
        if found:
            return found
    return ()


def _clauses(setting: Setting, heads: Iterable[int]) -> Iterable[int]:
    """The clauses that say what is to be done or what something is."""
    tree = setting.tree
    below = [
        kid
        for head in heads
        for kid in tree.kids[head]
        if tree.dep[kid] in CLAUSES and tree.is_verb(kid) and tree.case(kid) in _AHEAD
    ]
    return dict.fromkeys(item for kid in below for item in tree.coordinated(kid))


def _beneath(setting: Setting, token: int, but: tuple[int, ...]) -> tuple[int, ...]:
    """The nearest parties at or below a noun phrase, leaving out ``but`` these and whatever is theirs."""
    tree = setting.tree
    level = [token]
    for _ in range(_DEEP):
        for item in level:
            found = tuple(party for party in setting.parties_of([item], owners=False) if party not in but)
            if found and not _theirs(setting, item, found, but):
                return found
            ground = setting.parties.ground(item)
            if ground is not None and ground not in but:
                return (ground,)
        level = [kid for item in level for kid in tree.kids[item] if tree.dep[kid] in _BENEATH]
        level = [item for item in level if tree.case(item) not in _ASIDE and not is_time(tree, item)]
    return ()


def _theirs(setting: Setting, token: int, found: tuple[int, ...], owners: tuple[int, ...]) -> bool:
    """Whether what was found belongs to one of these and is of no other country."""
    if not setting.owned(token, owners):
        return False
    countries = {setting.parties.all[item].country for item in (*found, *owners)} - {None}
    return len(countries) < 2
