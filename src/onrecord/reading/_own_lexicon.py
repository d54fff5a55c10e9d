"""An actor list of one's own, laid over ours: names are added, or take the place of ours where the file says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from onrecord.reading._lexicon import (
    Fact,
    Lexicon,
    body_facts,
    country_fact,
    people_facts,
    person_facts,
    pieces_of,
    role_table,
)

_FORMS_OF_COUNTRIES = ("country", "adjective", "people", "capital", "seat", "region")
_Index = dict[str, dict[tuple[str, ...], list[tuple[str, Fact]]]]
_FORMS = {"people": ("person", "short"), "bodies": ("body",), "peoples": ("body",)}
_WORDS_FOR_COUNTRIES = {
    "also": "country",
    "adjectives": "adjective",
    "people": "people",
    "capitals": "capital",
    "seats": "seat",
}


def extended(base: Lexicon, contents: Iterable[Any]) -> Lexicon:
    """``base`` with the checked contents of own files, in their order.

    A name that both have keeps our meaning as far as the two agree on who it is, and stays open between the two where
    they do not; ``replace: same`` in a file makes its own meaning the only one, ``replace: all`` sets ours of that
    sort aside.
    """
    index: _Index = {
        first: {spelling: list(known) for spelling, known in options} for first, options in base._index.items()
    }
    roles = dict(base.roles)
    for content in contents:
        policy = content.get("replace")
        if policy == "all":
            _set_aside(index, content)
            roles = {} if "roles" in content else roles
        for written, fact in _joined(_facts(content, base.countries), index):
            _enter(index, written, fact, alone=policy == "same")
        own_roles = role_table(content) if content.get("roles") else {}
        roles = {**roles, **own_roles} if policy == "same" else {**own_roles, **roles}
    return replace(
        base,
        facts=tuple(fact for options in index.values() for known in options.values() for _, fact in known),
        roles=roles,
        _index={
            first: tuple((spelling, tuple(known)) for spelling, known in sorted(options.items(), key=_longest) if known)
            for first, options in index.items()
        },
    )


def known_otherwise(base: Lexicon, content: Any) -> list[str]:
    """The names in an own file that mean another actor to ``base``."""
    found: dict[str, None] = {}
    for entry in _facts(content, base.countries):
        for written, fact in entry:
            ours = base.named(written)
            if ours and not any(one.country == fact.country and one.kind == fact.kind for one in ours):
                found[written] = None
    return list(found)


def _facts(content: Any, countries: Mapping[str, str]) -> Iterator[list[tuple[str, Fact]]]:
    """The names of each entry with what they stand for; the facts of one entry are of one actor."""
    for code, entry in (content.get("countries") or {}).items():
        for column, form in _WORDS_FOR_COUNTRIES.items():
            for written in entry.get(column, ()):
                yield [(written, country_fact(form, countries[code], f"country:{code}", code, loose=False))]
    for section, facts in (("people", person_facts), ("bodies", body_facts), ("peoples", people_facts)):
        for entry in content.get(section) or ():
            yield list(facts({section: [entry], "ordinary": content.get("ordinary", ())}))


def _joined(entries: Iterable[list[tuple[str, Fact]]], index: _Index) -> Iterator[tuple[str, Fact]]:
    """Facts under the key that we know the actor by, if one of its names is known to us as the same sort of actor."""
    taken = {fact.key for options in index.values() for facts in options.values() for _, fact in facts}
    for entry in entries:
        known = next(
            (ours for written, fact in entry for ours in _known(index, written) if _same_actor(ours, fact)), None
        )
        for written, fact in entry:
            if known is not None:
                fact = replace(fact, key=known.key, name=known.name, sort=fact.sort or known.sort, own=True)
            elif fact.key in taken and fact.form not in _FORMS_OF_COUNTRIES:
                # Somebody else of the same name: two keys, so that the name stays open between the two.
                fact = replace(fact, key=f"{fact.key}-{(fact.country or 'own').lower()}", own=True)
            else:
                fact = replace(fact, own=True)
            yield written, fact
        taken.update(fact.key for _, fact in entry)


def _same_actor(ours: Fact, theirs: Fact) -> bool:
    return ours.kind == theirs.kind and ours.country == theirs.country and "short" not in (ours.form, theirs.form)


def _known(index: _Index, written: str) -> list[Fact]:
    spelling = pieces_of(written)
    return [fact for _, fact in index.get(spelling[0], {}).get(spelling, ())] if spelling else []


def _enter(index: _Index, written: str, fact: Fact, *, alone: bool) -> None:
    spelling = pieces_of(written)
    if not spelling:
        return
    known = index.setdefault(spelling[0], {}).setdefault(spelling, [])
    if alone:
        # What the same entry said before stays: a person has several offices.
        known[:] = [(name, other) for name, other in known if other.key == fact.key and other.own]
    elif fact.kind != "person" and any(other.key == fact.key and not other.own for _, other in known):
        return
    if not any(other == fact for _, other in known):
        known.append((written, fact))


def _set_aside(index: _Index, content: Any) -> None:
    """Remove what we know of the sorts of actors that the file has sections for."""
    for section, forms in _FORMS.items():
        if section not in content:
            continue
        for options in index.values():
            for known in options.values():
                known[:] = [
                    (written, fact) for written, fact in known if fact.own or not _of_section(fact, section, forms)
                ]


def _of_section(fact: Fact, section: str, forms: tuple[str, ...]) -> bool:
    return fact.form in forms and (fact.kind == "population") == (section == "peoples")


def _longest(item: tuple[tuple[str, ...], Any]) -> int:
    return -len(item[0])
