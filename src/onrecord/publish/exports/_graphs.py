"""GeoJSON for maps, GraphML for networks, FollowTheMoney for investigations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from hashlib import sha1
from typing import Any, TextIO
from xml.etree import ElementTree

from onrecord.publish.exports._facts import Facts, codes
from onrecord.records import Entity


def geojson(rows: Iterable[Facts], stream: TextIO, *, country_centroids: bool = False) -> None:
    """A FeatureCollection, one feature an event; without a located place the geometry is null.

    An event known only to a country has no point of its own: one is given only with `country_centroids`.
    """
    stream.write('{"type": "FeatureCollection", "features": [')
    for number, facts in enumerate(rows):
        stream.write((",\n" if number else "\n") + json.dumps(_feature(facts, country_centroids), ensure_ascii=False))
    stream.write("\n]}\n")


def _feature(facts: Facts, country_centroids: bool) -> dict[str, Any]:
    place, event = facts.place, facts.event
    located = place is not None and place.latitude is not None and place.longitude is not None
    known = located and place is not None and (place.precision != "country" or country_centroids)
    return {
        "type": "Feature",
        "id": facts.id,
        "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]} if known and place else None,
        "properties": {
            "type": event.type,
            "mode": event.mode,
            "status": event.status,
            "actors": [party.name for party in facts.actors],
            "recipients": [party.name for party in facts.recipients],
            "date": facts.date or None,
            "place": place.name if place else None,
            "country": place.country if place else None,
            "precision": place.precision if place else None,
            "according_to": facts.source or None,
            "figures": facts.claims() or None,
            "sentence": facts.sentence,
            "url": facts.reading.article.url,
            **({name: getattr(facts.known, name) for name in _KNOWN} if facts.known else {}),
        },
    }


_KNOWN = ("cluster", "articles", "independent_sources", "review")


_KEYS = {
    "node": {"name": "string", "kind": "string", "country": "string", "sectors": "string"},
    "edge": {"type": "string", "status": "string", "count": "int", "first": "string", "last": "string"},
}


def graphml(rows: Iterable[Facts], stream: TextIO) -> None:
    """Parties as nodes; one edge a pair, type and status, with its count and its first and last date.

    Parties without an identity across articles (`key`) are told apart by name, country and sectors.
    """
    parties: dict[str, Entity] = {}
    edges: dict[tuple[str, str, str, str], list[str]] = {}
    for facts in rows:
        ends = facts.recipients or facts.actors[1:]
        for actor in facts.actors if facts.recipients else facts.actors[:1]:
            for other in ends:
                for party in (actor, other):
                    parties.setdefault(party_key(party), party)
                edge = (party_key(actor), party_key(other), str(facts.event.type), str(facts.event.status))
                edges.setdefault(edge, []).append(facts.date)
    root = ElementTree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for owner, attributes in _KEYS.items():
        for name, kind in attributes.items():
            about = {"id": f"{owner}_{name}", "for": owner, "attr.name": name, "attr.type": kind}
            ElementTree.SubElement(root, "key", about)
    graph = ElementTree.SubElement(root, "graph", edgedefault="directed")
    for key, party in parties.items():
        node = ElementTree.SubElement(graph, "node", id=key)
        values = (party.name, party.kind, party.country or "", " ".join(party.sectors))
        _data(node, "node", dict(zip(("name", "kind", "country", "sectors"), values, strict=True)))
    for number, ((source, target, kind, status), dates) in enumerate(edges.items()):
        edge_node = ElementTree.SubElement(graph, "edge", id=f"e{number}", source=source, target=target)
        told = sorted(filter(None, dates))
        span = {"first": told[0], "last": told[-1]} if told else {}
        _data(edge_node, "edge", {"type": kind, "status": status, "count": str(len(dates)), **span})
    ElementTree.indent(root)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n")


def _data(element: ElementTree.Element, owner: str, values: dict[str, str]) -> None:
    for name, value in values.items():
        ElementTree.SubElement(element, "data", key=f"{owner}_{name}").text = printable(value)


_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """Without the characters that XML 1.0 forbids."""
    return _FORBIDDEN.sub("", text)


def party_key(party: Entity) -> str:
    """The identity across articles when the lexicon knows one, else one made of name, country and sectors."""
    return party.key or "name:" + "|".join((party.name, party.country or "", " ".join(party.sectors)))


_SCHEMATA = {
    "person": "Person",
    "organisation": "Organization",
    "country": "PublicBody",
    "group": "LegalEntity",
    "population": "LegalEntity",
}


def follow_the_money(rows: Iterable[Facts], stream: TextIO) -> None:
    """FollowTheMoney entities, one a line: the articles, the parties, the events, and the mentions that join them."""
    seen: set[str] = set()
    for facts in rows:
        article = facts.reading.article
        country = codes(facts.place.country).alpha2.lower() if facts.place else ""
        document = _entity(
            "Article",
            article.id,
            title=article.title or facts.sentence[:120],
            sourceUrl=article.url,
            publisher=article.publisher,
            publishedAt=facts.published,
            bodyText=article.text,
            language="eng",
        )
        involved = []
        lines = [document]
        for party in (*facts.actors, *facts.recipients):
            home = codes(party.country).alpha2.lower()
            resolved = _entity(_SCHEMATA[party.kind], party_key(party), name=party.name, country=home)
            mention = _entity(
                "Mention",
                article.id + party_key(party),
                document=document["id"],
                name=party.name,
                resolved=resolved["id"],
                detectedSchema=_SCHEMATA[party.kind],
                contextCountry=country,
            )
            involved.append(resolved["id"])
            lines += [resolved, mention]
        event = _entity(
            "Event",
            facts.id,
            name=" ".join(filter(None, (str(facts.event.type), facts.event.mode, f"({facts.event.status})"))),
            summary=facts.sentence,
            startDate=facts.time.start[:10] if facts.time and facts.time.start else "",
            endDate=facts.time.end[:10] if facts.time and facts.time.end else "",
            location=facts.place.name if facts.place else "",
            country=country,
            involved=involved,
            proof=document["id"],
        )
        for entity in [*lines, event]:
            if entity["id"] not in seen:
                seen.add(entity["id"])
                stream.write(json.dumps(entity, ensure_ascii=False) + "\n")


def _entity(schema: str, key: str, **properties: Any) -> dict[str, Any]:
    told = {name: value if isinstance(value, list) else [value] for name, value in properties.items() if value}
    return {"id": sha1(f"{schema}:{key}".encode()).hexdigest(), "schema": schema, "properties": told}
