"""The country a story plays in, for what it calls "the president" or "the army" without naming whose."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

from spacy.tokens import Doc

from onrecord.ingest import Furniture
from onrecord.reading._data import load_yaml
from onrecord.reading._lexicon import Lexicon
from onrecord.reading._places import Places
from onrecord.records import Article, Precision

# How many mentions of a country the dateline and the publisher weigh against.
_DATELINE = 2
_PUBLISHER = 2


def hints(article: Article, doc: Doc, places: Places, lexicon: Lexicon, *, dateline: Furniture | None) -> Counter[str]:
    """Weights of countries (ISO 3166-1 alpha-3): of the dateline, the publisher, the towns and regions named.

    Mentions of countries by name are not among them: the parties count those themselves.
    """
    weights: Counter[str] = Counter()
    if dateline is not None and dateline.place is not None:
        for token in doc:
            if dateline.start <= token.idx < dateline.end and (there := places.at(token.i)) is not None:
                weights[places.all[there].country or ""] += _DATELINE
                break
    weights[_of_publisher(article, lexicon) or ""] += _PUBLISHER
    for place in places.all:
        if place.precision is not Precision.country:
            weights[place.country or ""] += len(place.mentions)
    del weights[""]
    return weights


def _of_publisher(article: Article, lexicon: Lexicon) -> str | None:
    """The country of an outlet: as the lexicon knows it, as its own name says ("kuwaittimes"), or by its domain."""
    address = urlsplit(article.url or "")
    host = (address.hostname or "").removeprefix("www.")
    labels = {_squashed(part) for part in (article.publisher or "", *host.split(".")) if part}
    outlets = {
        fact.country
        for fact in lexicon.facts
        if "JRN" in fact.sectors and fact.country and {_squashed(fact.name), "the" + _squashed(fact.name)} & labels
    }
    names = {_squashed(name): code for code, name in lexicon.countries.items() if len(name) >= 4}
    in_path = {names[part] for part in map(_squashed, address.path.split("/")) if part in names}
    if outlets:
        return outlets.pop() if len(outlets) == 1 else next(iter(outlets & in_path), None)
    for name, code in names.items():
        if any(label != name and (label.startswith(name) or label.endswith(name)) for label in labels):
            return code
    domains: dict[str, str] = load_yaml("lexicon/domains.yaml")["domains"]
    return domains.get(host.rpartition(".")[2]) or (in_path.pop() if len(in_path) == 1 else None)


def _squashed(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())
