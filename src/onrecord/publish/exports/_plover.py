"""PLOVER JSON lines, where the status is folded into the type as the codebook wants it. The fold lives here only.

Planned CONSULT, SUPPORT, COOPERATE and AID are AGREE; planned RETREAT announced by its own actor is CONCEDE; threatened
anything is THREATEN with the content as its mode. What is called for, hypothetical or negated keeps its type and bears
an auxiliary mark among its contexts.
"""

from __future__ import annotations

from typing import Any

from onrecord.publish.exports._facts import Facts
from onrecord.records import Entity, Event, EventType, FigureKind, Reading, Status

PROMISED = (EventType.CONSULT, EventType.SUPPORT, EventType.COOPERATE, EventType.AID)
AUXILIARY = {Status.called_for: "future", Status.hypothetical: "hypothetical", Status.negated: "negation"}
"""Marks of the codebook for acts that keep their type; whoever wants none of them leaves these events out."""

_THREATENED = {"SANCTION": "relations", "COERCE": "restrict", "ASSAULT": "violence", "MOBILIZE": "violence"}
_EXACTLY = {("COERCE", "arrest"): "arrest", ("SANCTION", "expel"): "expel", ("COERCE", "deport"): "expel"}


def folded_type(event: Event, reading: Reading) -> str:
    """The PLOVER type of an event: its own, unless its status changes it."""
    if event.status == Status.threatened:
        return "THREATEN"
    if event.status == Status.planned and event.type in PROMISED:
        return "AGREE"
    if event.status == Status.planned and event.type == "RETREAT" and announced_by_actor(event, reading):
        return "CONCEDE"
    return str(event.type)


def folded_mode(event: Event, folded: str) -> str | None:
    """The mode that goes with the folded type: of a threat, what is threatened; AGREE and CONCEDE have none."""
    if folded == event.type:
        return event.mode
    if folded == "THREATEN":
        return _EXACTLY.get((str(event.type), event.mode or ""), _THREATENED.get(str(event.type)))
    return None


def announced_by_actor(event: Event, reading: Reading) -> bool:
    """True when a speaker of the event's chain is one of its actors, or speaks for an actor's country."""
    entities = {n.id: n for n in reading.entities}
    statements = {s.id: s for s in reading.statements}
    speakers = {statements[s].speaker for s in event.attribution} - {None}
    if speakers & set(event.actors):
        return True
    spoken_for = {entities[s].country for s in speakers if s} - {None}
    return bool(spoken_for & {entities[a].country for a in event.actors})


def plover(facts: Facts) -> dict[str, Any]:
    """One event as a PLOVER record; fields the project has nothing for are left out."""
    event, article = facts.event, facts.reading.article
    folded = folded_type(event, facts.reading)
    kind = EventType(folded) if folded in EventType.__members__ else None
    mark = AUXILIARY.get(event.status)
    record = {
        "id": facts.id,
        "date": facts.date,
        "enddate": facts.time.end[:10] if facts.time and facts.time.end else None,
        "actor": [_party(party) for party in facts.actors],
        "recipient": [_party(party) for party in facts.recipients],
        "event": folded,
        "mode": folded_mode(event, folded),
        "context": [*event.contexts, *([mark] if mark else [])],
        "quad_code": kind.quad.value if kind else None,
        "event_text": event.span.text,
        "event_loc": _location(facts),
        "size": _sizes(facts),
        "text": {"start": event.sentence.start, "end": event.sentence.end, "text_story": event.sentence.text},
        "text_info": {"status": event.status.value, "according_to": facts.source, "because": event.because},
        "cite_info": _filled(
            {
                "url": article.url,
                "title": article.title,
                "language": article.language,
                "publication": article.publisher,
                "coder": "onrecord",
                "codebook": "PLOVER 2.0",
                "version": facts.reading.format,
            }
        ),
    }
    required = ("id", "date", "actor", "event")
    return {key: value for key, value in record.items() if key in required or value not in (None, "", [], {})}


def _party(party: Entity) -> dict[str, Any]:
    found = {
        "code": party.country,
        "sector": list(party.sectors),
        "entity_text": party.name,
        "identifier_id": party.key,
    }
    return _filled(found)


def _location(facts: Facts) -> dict[str, Any]:
    place = facts.place
    if place is None:
        return {}
    geonames = place.key.removeprefix("geonames:") if place.key and place.key.startswith("geonames:") else None
    return _filled(
        {
            "extracted_place": place.mentions[0].text,
            "resolved_place": place.name,
            "geonameid": geonames,
            "lat": place.latitude,
            "lon": place.longitude,
            "province": place.admin1,
            "country_code": place.country,
            "resolution": place.precision,
        }
    )


def _sizes(facts: Facts) -> dict[str, int]:
    """Numbers that all sources agree on; single claims stand in the other formats."""
    kinds = {"dead": FigureKind.killed, "injured": FigureKind.injured, "arrested": FigureKind.detained}
    return _filled({name: facts.number_of(kind) for name, kind in kinds.items()})


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}
