"""Which words of a document may be the name of a place, and what the words around them say about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from onrecord.reading._data import load_yaml
from onrecord.reading._gazetteer import Entry, Gazetteer, fold

ORG_PART = "part of a name"

_LOCATIVE = frozenset(
    {
        "in",
        "at",
        "near",
        "from",
        "to",
        "outside",
        "inside",
        "across",
        "around",
        "into",
        "throughout",
        "toward",
        "towards",
    }
)
_SITE = frozenset({"site"})
_WELL_KNOWN = 100_000
_LARGE = 1_000_000
_HUGE = 500_000
_NAMED_FOR = 10_000  # a town this large may be the one an organisation is named for
_STRIPPED_AT_START = frozenset(
    {"the", "a", "an", "in", "of", "near", "from", "at", "to", "'", '"', "“", "‘", "(", "former", "old"}
)
_STRIPPED_AT_END = frozenset({"of", "'s", "’s", "'", "’", '"', "”", ",", ".", ")", "-", "area", "areas", "border"})


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name that may be a place: tokens ``start`` to ``end``, what it may mean, and what its neighbourhood demands."""

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]
    container: int | None = None  # start token of the toponym it is said to lie in ("Paris, Texas")
    because: str = "name"


@dataclass(frozen=True, slots=True)
class Locatives:
    """The packaged lists of words that place acts and name kinds of places."""

    inside: frozenset[str]
    on: frozenset[str]
    of: frozenset[str]
    to: frozenset[str]
    from_: frozenset[str]
    object: frozenset[str]
    hosts: frozenset[str]  # verbs that share their place with the act their subject or object names
    units: dict[str, frozenset[str]]
    offices: frozenset[str]
    bodies: frozenset[str]
    travel: frozenset[str]  # verbs whose object is a place, whatever the tagger thinks
    personal: frozenset[str]  # names of places that people bear too
    directions: frozenset[str]
    calendar: frozenset[str]
    pointers: dict[str, frozenset[str]]  # "the region" -> precisions of the places it can stand for


@cache
def load_locatives() -> Locatives:
    """The lists of ``lexicon/locatives.yaml``."""
    data = load_yaml("lexicon/locatives.yaml")
    return Locatives(
        inside=frozenset(data["in"]),
        on=frozenset(data["on"]),
        of=frozenset(data["of"]),
        to=frozenset(data["to"]),
        from_=frozenset(data["from"]),
        object=frozenset(data["object"]),
        hosts=frozenset(data["hosts"]),
        units={word: frozenset(group["kinds"]) for group in data["units"].values() for word in group["words"]},
        offices=frozenset(data["offices"]),
        bodies=frozenset(data["bodies"]),
        travel=frozenset(data["travel"]),
        personal=frozenset(data["personal"]),
        directions=frozenset(data["directions"]),
        calendar=frozenset(data["calendar"]),
        pointers={word: frozenset(group["precisions"]) for group in data["pointers"] for word in group["words"]},
    )


@dataclass(frozen=True, slots=True)
class _Setting:
    """What is known while one document is looked through."""

    gazetteer: Gazetteer
    words: Locatives
    persons: frozenset[str]  # first and last words of persons' names
    nations: frozenset[str]  # countries whose people the document names


def find_toponyms(doc: Doc, gazetteer: Gazetteer, adjectives: Counter[str]) -> list[Toponym]:
    """All toponyms in text order, each with the gazetteer entries its own words allow (none: an unknown place).

    ``adjectives`` counts the document's nationality words by country: where there are Jordanians, Jordan is no person.
    """
    people = [ent for ent in doc.ents if ent.label_ == "PER" and len(ent) > 1]
    persons = frozenset(part.lower_ for ent in people for part in (ent[0], ent[-1]))
    setting = _Setting(gazetteer, load_locatives(), persons, frozenset(adjectives))
    found: dict[int, Toponym] = {}
    reached = 0
    for ent in doc.ents:
        for span in _parts(ent, gazetteer):
            toponym = _toponym(span, ent.label_, setting) if span.start >= reached else None
            if toponym is not None:
                found.setdefault(toponym.start, toponym)
                reached = max(reached, toponym.end)
    for span in _untagged(doc, found):
        toponym = _toponym(span, "", setting)
        if toponym is not None:
            found.setdefault(toponym.start, toponym)
    _find_again(doc, found)
    return _with_containers(doc, [found[start] for start in sorted(found)])


def _find_again(doc: Doc, found: dict[int, Toponym]) -> None:
    """Entities of another label whose whole name is a place elsewhere in the document: "Sake" once taken for a body."""
    known = {toponym.text: toponym for toponym in found.values() if toponym.entries and toponym.because != ORG_PART}
    for ent in doc.ents:
        if ent.label_ in ("ORG", "MISC", "PRODUCT") and ent.start not in found and ent.text in known:
            found[ent.start] = Toponym(ent.start, ent.end, ent.text, known[ent.text].entries, because="named before")


def _parts(ent: Span, gazetteer: Gazetteer) -> Iterator[Span]:
    """The pieces of an entity between commas: taggers join "City, State". "Bosnia and Herzegovina" stays whole."""
    start = ent.start
    if ent.label_ in ("LOC", "FAC") and len(ent) > 2 and not gazetteer.find(ent.text):
        for token in ent:
            if token.text in (",", "/", ";") or (token.lower_ == "and" and token.dep_ == "cc"):
                yield ent.doc[start : token.i]
                start = token.i + 1
    yield ent.doc[start : ent.end]


def _toponym(span: Span, label: str, setting: _Setting) -> Toponym | None:
    span = _trim(span)
    gazetteer, words = setting.gazetteer, setting.words
    if not len(span) or gazetteer.country_of(span.text) or all(_says_no_place(token, words) for token in span):
        return None
    if _is_generic(span, words):
        return None
    if label in ("LOC", "FAC"):
        if len(span) == 1 and span[0].lower_ in setting.persons and not _is_locative(span, words):
            return None
        return _place_name(_whole(span, gazetteer, words), gazetteer, words)
    if label in ("NORP", "EVENT") or span.text.islower():
        return None
    entries = _known(span, gazetteer)
    if label == "PER":
        return _place_name(span, gazetteer, words) if _no_person(span, entries, setting) else None
    if entries and (_is_locative(span, words) or _famous(entries)):
        return _place_name(span, gazetteer, words)
    return _place_in_name(span, gazetteer, words) if label == "ORG" else None


def _no_person(span: Span, entries: tuple[Entry, ...], setting: _Setting) -> bool:
    """True for what the tagger took for a person but the gazetteer and the grammar say is a place."""
    if len(span) > 2 or not _famous(entries):
        return False
    first_names = [entry for entry in entries if not entry.alias]
    if any(entry.kind == "country" and entry.country in setting.nations for entry in first_names):
        return True
    if span[-1].lower_ in setting.persons:
        return False
    if _is_locative(span, setting.words):
        return True
    unmistakable = any(entry.kind in ("country", "admin1") or entry.population >= _HUGE for entry in first_names)
    return unmistakable and span.text.casefold() not in setting.words.personal


def _says_no_place(token: Token, words: Locatives) -> bool:
    return token.lower_ in words.directions or token.lower_ in words.calendar


def _whole(span: Span, gazetteer: Gazetteer, words: Locatives) -> Span:
    """The span with what belongs to the name around it: "East" Azerbaijan, Bosnia "and Herzegovina", Jenin "camp"."""
    doc = span.doc
    before = doc[span.start - 1] if span.start else None
    if before is not None and before.is_title and before.lower_ in words.directions:
        longer = doc[span.start - 1 : span.end]
        if gazetteer.find(longer.text):
            return longer
    if span.end < len(doc) and doc[span.end].lower_ == "and":
        for end in range(min(span.end + 4, len(doc)), span.end + 1, -1):
            if any(entry.kind in ("country", "admin1") for entry in gazetteer.find(doc[span.start : end].text)):
                return doc[span.start : end]
    for end in range(min(span.end + 3, len(doc)), span.end, -1):
        if words.units.get(doc[end - 1].lower_) == _SITE and gazetteer.find(doc[span.start : end].text):
            return doc[span.start : end]
    return span


def _trim(span: Span) -> Span:
    """The span without articles, possessives, quotation marks and punctuation at its edges."""
    start, end, doc = span.start, span.end, span.doc
    while start < end and (doc[start].lower_ in _STRIPPED_AT_START or doc[start].is_space):
        start += 1
    while end > start and not _abbreviated(doc, start, end):
        if doc[end - 1].lower_ not in _STRIPPED_AT_END and not doc[end - 1].is_space:
            break
        end -= 1
    return doc[start:end]


def _abbreviated(doc: Doc, start: int, end: int) -> bool:
    """True where the full stop at the end belongs to the name: "D.C."."""
    return doc[end - 1].text == "." and end - 2 >= start and "." in doc[end - 2].text


def _place_name(span: Span, gazetteer: Gazetteer, words: Locatives) -> Toponym | None:
    """The toponym over ``span``: the whole if known, else without directions and units; units remain as demands."""
    doc = span.doc
    start, end = span.start, span.end
    kinds = _unit_around(span, words)
    entries = _known(span, gazetteer)
    while not entries and start < end - 1 and doc[start].lower_ in words.directions:
        start += 2 if start + 2 < end and doc[start + 1].text == "-" else 1
        entries = () if _is_generic(doc[start:end], words) else _known(doc[start:end], gazetteer)
    if not entries and end - start > 1:
        return _place_with_unit(doc[start:end], gazetteer, words) or _unknown(span)
    if not entries:
        return _unknown(span)
    if kinds:
        return _narrowed(doc[start:end], entries, kinds, "unit")
    if end < len(doc) and doc[end].lower_ in words.offices:
        return _narrowed(doc[start:end], entries, frozenset({"admin1"}), "office")
    return Toponym(start, end, doc[start:end].text, entries)


def _narrowed(span: Span, entries: tuple[Entry, ...], kinds: frozenset[str], because: str) -> Toponym:
    """The toponym with only the entries of these kinds, if there are any."""
    fitting = tuple(entry for entry in entries if entry.kind in kinds)
    return Toponym(span.start, span.end, span.text, fitting or entries, because=because if fitting else "name")


def _place_with_unit(span: Span, gazetteer: Gazetteer, words: Locatives) -> Toponym | None:
    """The place a longer name holds: of "Homs province", "Province of Homs", "Nazi Germany", "Norfolk High School"."""
    doc, start, end = span.doc, span.start, span.end
    last, first = doc[end - 1].lower_, doc[start].lower_
    if words.units.get(last, _SITE) != _SITE and (entries := _known(doc[start : end - 1], gazetteer)):
        return _narrowed(doc[start : end - 1], entries, words.units[last], "unit")
    if first in words.units and doc[start + 1].lower_ == "of" and (entries := _known(doc[start + 2 : end], gazetteer)):
        return _narrowed(doc[start + 2 : end], entries, words.units[first], "unit")
    common = all(token.lower_ in words.units for token in doc[start + 1 : end])
    if not common and (entries := _known(doc[start + 1 : end], gazetteer)) and _famous(entries):
        return Toponym(start + 1, end, doc[start + 1 : end].text, entries)
    return _place_in_name(span, gazetteer, words)


def _is_generic(span: Span, words: Locatives) -> bool:
    """True for common nouns in capitals: "Police", "the Republic", "Fire Station". Most are also towns."""
    return all(
        token.lower_ in words.units or token.lower_ in words.bodies or token.lower_ in words.pointers for token in span
    )


def _unknown(span: Span) -> Toponym | None:
    """A place the gazetteer does not know; no initials."""
    initials = len(span) == 1 and span.text.isupper() and len(span.text) < 5
    if initials or span.text.islower() or not any(letter.isalpha() for letter in span.text):
        return None
    return Toponym(span.start, span.end, span.text, ())


def _unit_around(span: Span, words: Locatives) -> frozenset[str] | None:
    """The kinds demanded by a unit noun after the name ("Idlib province") or before it ("the province of Idlib")."""
    doc = span.doc
    if span.end < len(doc) and doc[span.end].lower_ in words.units:
        after = words.units[doc[span.end].lower_]
        return None if after == _SITE else after
    if span.start >= 2 and doc[span.start - 1].lower_ == "of":
        before = doc[span.start - 2]
        if before.lower_ in words.units:
            return words.units[before.lower_]
    return None


def _known(span: Span, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """What the gazetteer knows by the name; abbreviated divisions ("La.", "Ill.") only after a comma."""
    key = fold(span.text)
    if len(key) < 2:
        return ()
    entries = gazetteer.find(span.text)
    if len(key) > 4 or (span.start and span.doc[span.start - 1].text == ","):
        return entries
    spelled_out = len(key) > 2 and span.text.isupper()
    return tuple(
        entry
        for entry in entries
        if (entry.kind == "country" or len(key) > 2 or entry.population > _LARGE)
        and (spelled_out or not (entry.kind == "admin1" and entry.alias))
    )


def _famous(entries: tuple[Entry, ...]) -> bool:
    return any(
        entry.kind == "country"
        or (entry.population >= _WELL_KNOWN and entry.kind != "site" and not (entry.alias and entry.kind == "city"))
        for entry in entries
    )


def _is_locative(span: Span, words: Locatives) -> bool:
    """True where only a place can stand: "in Jordan", "the town of Jordan", "visited Jordan"."""
    doc, at = span.doc, span.start - 1
    while at > 0 and (doc[at].lower_ == "the" or doc[at].lower_ in words.directions):
        at -= 1
    if at >= 0 and doc[at].lower_ in _LOCATIVE and doc[at].tag_ in ("IN", "TO"):
        return True
    if at >= 1 and doc[at].lower_ == "of" and doc[at - 1].lower_ in words.units:
        return True
    return span.root.dep_ == "obj" and span.root.head.lemma_ in words.travel


def _place_in_name(span: Span, gazetteer: Gazetteer, words: Locatives) -> Toponym | None:
    """The place in the name of one of its bodies: "Aleppo University", "University of Aleppo"."""
    doc = span.doc
    for end in range(min(span.end - 1, span.start + 3), span.start, -1):
        if doc[end].lower_ in words.bodies and (found := _named_for(doc[span.start : end], gazetteer, words)):
            return found
    for i in range(span.start + 1, span.end - 1):
        if doc[i].lower_ == "of" and doc[i - 1].lower_ in words.bodies:
            return _named_for(doc[i + 1 : span.end], gazetteer, words)
    return None


def _named_for(span: Span, gazetteer: Gazetteer, words: Locatives) -> Toponym | None:
    if gazetteer.country_of(span.text) or _is_generic(span, words) or all(_says_no_place(each, words) for each in span):
        return None
    entries = _known(span, gazetteer)
    if any(entry.population >= _NAMED_FOR for entry in entries):
        return Toponym(span.start, span.end, span.text, entries, because=ORG_PART)
    return None


def _untagged(doc: Doc, found: dict[int, Toponym]) -> Iterator[Span]:
    """Runs of proper nouns that no entity covers, right after a preposition of place."""
    proper = {doc.vocab.strings["NNP"], doc.vocab.strings["NNPS"]}
    loose = [tag in proper and inside == 2 for tag, inside in doc.to_array(["TAG", "ENT_IOB"]).tolist()]
    end = 0
    for i, is_loose in enumerate(loose):
        if is_loose and i >= end and _follows_place_word(doc, i):
            end = i + 1
            while end < len(loose) and loose[end]:
                end += 1
            if i not in found:
                yield doc[i:end]


def _follows_place_word(doc: Doc, i: int) -> bool:
    before: Token | None = doc[i - 1] if i else None
    return before is not None and before.lower_ in ("in", "near", "at") and before.tag_ == "IN"


def _with_containers(doc: Doc, toponyms: list[Toponym]) -> list[Toponym]:
    """Each toponym with its container, if it comes next: "Paris, Texas", "Hebron in the West Bank", "Lod (Israel)"."""
    linked = list(toponyms)
    for position in range(len(toponyms) - 1):
        here, after = toponyms[position], toponyms[position + 1]
        between = doc[here.end : after.start]
        if len(between) <= 4 and _links(between):
            linked[position] = Toponym(here.start, here.end, here.text, here.entries, after.start, here.because)
    return [topo for topo in linked if topo.entries or not _is_abbreviation(topo)]


def _links(between: Span) -> bool:
    words = [
        token.lower_
        for token in between
        if token.lower_ not in ("the", "occupied", "northern", "southern", "eastern", "western", "central")
    ]
    return words in (
        [","],
        ["("],
        ["in"],
        [",", "in"],
        [",", "'s"],
        ["province", ","],
        ["city", ","],
        ["county", ","],
        ["county", "in"],
        [",", "southern"],
    )


def _is_abbreviation(toponym: Toponym) -> bool:
    return len(fold(toponym.text)) < 3
