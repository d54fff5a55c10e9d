"""Places named in an article, and the place of an act: that of its own clause, never just any place in the story.

The dateline tells where the reporter was. It helps to decide which Alexandria is meant, and its place is listed with
the others, but no act is put there because of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Token

from onrecord.reading._gazetteer import Entry, Gazetteer, fold
from onrecord.reading._geolocate import locate
from onrecord.reading._syntax import case_of
from onrecord.reading._toponyms import Toponym, find_toponyms, load_locatives
from onrecord.records import Precision

_FINENESS = {
    Precision.site: 0,
    Precision.city: 1,
    Precision.region: 2,
    Precision.admin1: 3,
    Precision.country: 4,
    None: 1,
}
_NOMINAL = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "appos"})
_SCENE = frozenset({"in", "during", "of", "at", "by", "amid", "amidst", ""})
_INNER = frozenset({"of", "in", "near", "at", "inside", "outside", ""})
_INNER_PLACE = frozenset({"in", "at", "near", "inside", "outside", "across", "around"})
_WAYS = frozenset(
    {"road", "highway", "route", "outskirts", "border", "coast", "frontier", "edge", "shore", "banks", "front"}
)
_THE = frozenset({"the", "this", "that", "its", "their"})


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """One place with all its mentions (token ranges); without coordinates when the gazetteer does not know the name."""

    name: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    precision: Precision | None
    key: str | None
    mentions: tuple[tuple[int, int], ...]
    because: str


@dataclass(frozen=True, slots=True)
class Places:
    """All places of a document, in order of first mention."""

    all: tuple[PlaceDraft, ...]
    tokens: dict[int, int]

    def at(self, i: int) -> int | None:
        """The index of the place whose mention covers token ``i``."""
        return self.tokens.get(i)


def find_places(doc: Doc, gazetteer: Gazetteer, *, dateline: Any = None) -> Places:
    """Every place the document names. ``dateline``: its place's name, or the layout's furniture that holds it."""
    adjectives = _adjectives(doc, gazetteer)
    toponyms, line = _with_dateline(doc, find_toponyms(doc, gazetteer, adjectives), dateline, gazetteer)
    located = locate(toponyms, adjectives=adjectives, dateline=line)
    return _gather(toponyms, located, gazetteer)


def _adjectives(doc: Doc, gazetteer: Gazetteer) -> Counter[str]:
    """How often the document has a nationality word of each country."""
    votes: Counter[str] = Counter()
    for orth, times in Counter(doc.to_array("ORTH").tolist()).items():
        word = str(doc.vocab.strings[orth])
        country = gazetteer.country_of(word) if word[:1].isupper() else None
        if country:
            votes[country] += times
    return votes


def _with_dateline(
    doc: Doc, toponyms: list[Toponym], dateline: Any, gazetteer: Gazetteer
) -> tuple[list[Toponym], int | None]:
    """The toponyms with the dateline's own among them, and its index."""
    name = dateline if isinstance(dateline, str) else getattr(dateline, "place", None)
    if not name:
        return toponyms, None
    wanted = fold(name.split(",")[0])
    for index, toponym in enumerate(toponyms):
        if fold(toponym.text) == wanted:
            return toponyms, index
    start, stop = getattr(dateline, "start", 0), getattr(dateline, "end", 0)
    tokens = [token for token in doc if start <= token.idx < stop]
    words = wanted.split()
    for at in range(len(tokens)):
        run = tokens[at : at + len(words)]
        if run and fold(doc[run[0].i : run[-1].i + 1].text) == wanted:
            taken = {i for toponym in toponyms for i in range(toponym.start, toponym.end)}
            if any(token.i in taken for token in run):
                break
            added = Toponym(run[0].i, run[-1].i + 1, name, gazetteer.find(wanted), because="dateline")
            merged = sorted([*toponyms, added], key=lambda toponym: toponym.start)
            return merged, merged.index(added)
    return toponyms, None


def _gather(toponyms: list[Toponym], located: list[tuple[Entry | None, str]], gazetteer: Gazetteer) -> Places:
    """One draft for each place meant, with all its mentions."""
    groups: dict[object, list[int]] = {}
    for index, (toponym, (entry, _)) in enumerate(zip(toponyms, located, strict=True)):
        identity: object = (
            fold(toponym.text) if entry is None else (entry.key or (entry.name, entry.latitude, entry.longitude))
        )
        groups.setdefault(identity, []).append(index)
    drafts = []
    tokens: dict[int, int] = {}
    for number, members in enumerate(groups.values()):
        first = toponyms[members[0]]
        entry, because = located[members[0]]
        mentions = tuple((toponyms[index].start, toponyms[index].end) for index in members)
        drafts.append(_draft(first, entry, because, mentions, gazetteer))
        for start, end in mentions:
            tokens.update(dict.fromkeys(range(start, end), number))
    return Places(tuple(drafts), tokens)


def _draft(
    first: Toponym, entry: Entry | None, because: str, mentions: tuple[tuple[int, int], ...], gazetteer: Gazetteer
) -> PlaceDraft:
    if entry is None:
        return PlaceDraft(
            first.text, None, None, None, None, None, None, mentions, f"{first.because} + not in the gazetteer"
        )
    own_words = entry.alias and entry.kind not in ("country", "admin1")
    return PlaceDraft(
        name=_as_written(first.text) if own_words else entry.name,
        country=entry.country,
        admin1=gazetteer.division(entry.country, entry.admin1),
        latitude=entry.latitude,
        longitude=entry.longitude,
        precision=entry.precision,
        key=entry.key,
        mentions=mentions,
        because=f"{first.because} + {because}",
    )


def _as_written(text: str) -> str:
    """The article's own spelling, without the capitals of a dateline."""
    return text.title() if text.isupper() and len(text) > 4 else " ".join(text.split())


def place_of(doc: Doc, i: int, places: Places) -> int | None:
    """The place of the act whose trigger is token ``i``: from its own dependents, else from the clause it belongs to.

    Looked at in this order, the most exact place of the first step that has one being taken: phrases of place that hang
    on the trigger and objects that are entered, bombed or visited; phrases of place inside its dependents ("killed
    five people in Jabalia"); the same for the word it depends on, as long as both are parts of one clause or of a chain
    of clauses with one scene (participles, infinitives, coordination, relative clauses). Reported speech is never left
    for what lies around it.
    """
    if not places.all:
        return None
    token = doc[i]
    lower: Token | None = None
    for _ in range(6):
        found = _best(_own(token, places, lower), places)
        if found is None or places.all[found].precision == "country":
            # "killed four men in Kharkiv in Ukraine": on whichever word Kharkiv hangs, it is the exacter place.
            inside = _best(_inside(token, places, lower), places)
            if found is None or (inside is not None and places.all[inside].country == places.all[found].country):
                found = inside
        if found is not None:
            return found
        if token.head.i == token.i or not _same_scene(token):
            return None
        token, lower = token.head, token
    return None


def _best(found: Iterator[int], places: Places) -> int | None:
    """The most exact of the places found, the first of equals."""
    return min(found, key=lambda place: _FINENESS[places.all[place].precision], default=None)


def _own(token: Token, places: Places, lower: Token | None) -> Iterator[int]:
    """Places that hang on the word itself, or on a light verb with the noun ``lower`` ("launched strikes on Gaza")."""
    words = load_locatives()
    lemma = token.lemma_.lower()
    lemmas = (
        {lemma} if lower is None or lower.dep_ not in ("obj", "nsubj:pass", "obl") else {lemma, lower.lemma_.lower()}
    )
    for dependent in _phrases(token):
        relation = dependent.dep_.partition(":")[0]
        if dependent.lower_ in ("where", "there", "here") and relation in ("advmod", "obl"):
            yield from _pointed_at(dependent, places)
        elif relation in ("obl", "nmod", "advcl", "advmod") and any(
            _says_where(dependent, each, places) for each in lemmas
        ):
            yield from _named(dependent, places)
        elif (relation == "obj" or dependent.dep_ == "nsubj:pass") and lemma in words.object:
            yield from _named(dependent, places, deep=False)
        elif relation == "compound":
            place = places.at(dependent.i)
            if place is not None and places.all[place].precision not in (Precision.country, None):
                yield place


def _phrases(token: Token) -> Iterator[Token]:
    """Its dependents, and those parsers hang on the doer instead: "the attack by the group on Israel"."""
    for dependent in token.children:
        yield dependent
        if dependent.dep_ in ("nmod", "obl:agent") and case_of(dependent) == "by":
            yield from (below for below in dependent.children if below.dep_ == "nmod" and case_of(below) == "on")


def _says_where(dependent: Token, lemma: str, places: Places) -> bool:
    """Does the preposition of ``dependent``, under an act of this lemma, say where the act happens?"""
    words = load_locatives()
    case = case_of(dependent)
    if case in words.inside:
        return True
    if case in ("on", "upon", "against"):
        place = places.at(dependent.i)
        on_site = place is not None and places.all[place].precision in (Precision.site, None)
        return lemma in words.on or (case == "on" and (on_site or dependent.lower_ in _WAYS))
    return (
        (case == "of" and lemma in words.of)
        or (case in ("to", "for") and lemma in words.to)
        or (case in ("from", "out of") and (lemma in words.from_ or lemma in words.to))
    )


def _named(token: Token, places: Places, *, deep: bool = True) -> Iterator[int]:
    """Places a phrase names, at its head or inside ("the town of Jabalia", "a camp near Jenin", "the city, Doha")."""
    place = places.at(token.i)
    found = place is not None
    if place is not None:
        yield place
    for dependent in token.children:
        inner = deep and dependent.dep_ in ("nmod", "nmod:poss") and _lies_by(token, case_of(dependent))
        if dependent.dep_ in ("appos", "flat", "compound", "nmod:unmarked") or inner:
            for below in _named(dependent, places, deep=deep):
                found = True
                yield below
        elif dependent.dep_ == "conj" and place is not None and places.at(dependent.i) is not None:
            yield from _named(dependent, places, deep=False)
    if not found and deep:
        yield from _pointed_at(token, places)


def _lies_by(token: Token, case: str) -> bool:
    """Does a phrase with this preposition say where ``token`` is: "a camp near Jenin", "the road to Sake"?"""
    return case in _INNER or (token.lower_ in _WAYS and case in ("to", "between", "from", "with", "into"))


def _pointed_at(token: Token, places: Places) -> Iterator[int]:
    """The place that "there", "where" or "the region" stands for: named just before, and of a fitting kind."""
    if token.lower_ == "where":
        just_before = (places.at(i) for i in range(token.i - 1, max(token.i - 4, -1), -1))
        place = next((place for place in just_before if place is not None), None)
        if place is not None:
            yield place
        return
    words = load_locatives()
    fitting = words.pointers.get(token.lower_)
    if fitting is None or not (
        token.lower_ in ("there", "here") or any(item.lower_ in _THE for item in token.children)
    ):
        return
    sentence = token.sent
    earliest = token.doc[sentence.start - 1].sent.start if sentence.start else sentence.start
    for i in range(token.i - 1, earliest - 1, -1):
        place = places.at(i)
        if place is not None and (places.all[place].precision or "") in fitting:
            yield place
            return


def _inside(token: Token, places: Places, lower: Token | None) -> Iterator[int]:
    """Places inside the act's other dependents: "killed five people in Jabalia", "during the attack on Israel"."""
    for dependent in token.children:
        if dependent.dep_ not in _NOMINAL or (lower is not None and dependent.i == lower.i):
            continue
        lemma = dependent.lemma_.lower()
        for below in _phrases(dependent):
            if below.dep_ in ("nmod", "obl") and _inner_where(below, lemma, places):
                yield from _named(below, places)


def _inner_where(token: Token, lemma: str, places: Places) -> bool:
    case = case_of(token)
    return case in _INNER_PLACE or (case not in ("from", "to", "for") and _says_where(token, lemma, places))


def _same_scene(token: Token) -> bool:
    """May the head of ``token`` say where ``token`` happens?

    Participles, infinitives, coordinated and relative clauses share the scene of their head unless they have a finite
    subject of their own; nouns share it when they are what the verb carries out ("held talks in"), or its circumstance.
    """
    relation = token.dep_
    if relation in ("conj", "acl:relcl", "advcl:relcl"):
        subjects = (item for item in token.children if item.dep_ in ("nsubj", "nsubj:pass"))
        return all(item.tag_ in ("WP", "WDT", "WRB") for item in subjects)
    if relation == "advcl":
        return token.tag_ in ("VBG", "VBN", "VB")
    if relation in ("obj", "nsubj", "nsubj:pass"):
        return token.head.lemma_.lower() in load_locatives().hosts
    if relation in ("obl", "nmod"):
        return case_of(token) in _SCENE
    return relation in ("xcomp", "acl", "compound", "csubj")
