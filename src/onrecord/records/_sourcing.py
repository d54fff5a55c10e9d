"""How an event is sourced, at a glance: on whose word it stands.

A value is derived from the records alone, so it is computed, not stored: the same reading always gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.records._enums import EntityKind, MentionForm, Sourcing
from onrecord.records._models import Entity, Event, Reading

# Sectors whose members speak for their side; a resident or an analyst of the same country is a third party.
_STATE = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
_AGAINST = frozenset({"REB", "PRM", "UAF", "PRE", "OPP", "CRM"})
_OFFICIAL = _STATE | {"PTY", "OPP", "REB", "PRM", "UAF", "PRE"}


def sourcing(reading: Reading, event: Event) -> Sourcing:
    """On whose word ``event`` stands in ``reading``: the nearest speaker who is told decides."""
    if not event.attribution:
        return Sourcing.own_voice
    entities = {entity.id: entity for entity in reading.entities}
    speakers = {statement.id: statement.speaker for statement in reading.statements}
    told = [speakers[id_] for id_ in event.attribution]
    nearest = next((entities[id_] for id_ in told if id_ is not None), None)
    if nearest is None:
        return Sourcing.unnamed
    actors = [entities[id_] for id_ in event.actors]
    recipients = [entities[id_] for id_ in event.recipients]
    side = _side(nearest, actors, recipients)
    if side is not None:
        return side
    if "JRN" in nearest.sectors and nearest.kind is not EntityKind.person and _is_named(nearest):
        return Sourcing.other_medium
    return Sourcing.third_party if _is_named(nearest) or nearest.role else Sourcing.unnamed


def attested(reading: Reading, event: Event) -> frozenset[Sourcing]:
    """On whose words the act of ``event`` stands anywhere in ``reading``.

    Besides the event's own sourcing, that of every other event of the same type between the same sides that is held to
    be as real or as unreal and has no other mode or day: `acting_side` and `other_side` together mean that both sides
    say so.
    """
    entities = {entity.id: entity for entity in reading.entities}

    days = {time.id: time.value for time in reading.times}

    def agree(one: str | None, other: str | None) -> bool:
        return one is None or other is None or one == other

    def meet(some: Iterable[str], others: Iterable[str]) -> bool:
        pairs = ((entities[a], entities[b]) for a in some for b in others)
        return any(_closeness(a, b) or _closeness(b, a) for a, b in pairs)

    same = (
        one
        for one in reading.events
        if one.type == event.type
        and one.status.real == event.status.real
        and agree(one.mode, event.mode)
        and agree(days.get(one.time or ""), days.get(event.time or ""))
        and meet(one.actors, event.actors)
        and meet(one.recipients, event.recipients)
    )
    return frozenset((sourcing(reading, event), *(sourcing(reading, one) for one in same)))


def attested_by(reading: Reading, wanted: Iterable[Sourcing]) -> Reading:
    """``reading`` with only those events that each of ``wanted`` attests; figures stay, without an event left out."""
    asked = frozenset(wanted)
    events = tuple(event for event in reading.events if asked <= attested(reading, event))
    kept = {event.id for event in events}
    figures = tuple(
        one if one.event is None or one.event in kept else one.model_copy(update={"event": None})
        for one in reading.figures
    )
    return reading.model_copy(update={"events": events, "figures": figures})


def _side(speaker: Entity, actors: Iterable[Entity], recipients: Iterable[Entity]) -> Sourcing | None:
    """The side a speaker is on: the entity itself, else a body or official of one side and not of the other."""
    acting = max((_closeness(speaker, party) for party in actors), default=0)
    other = max((_closeness(speaker, party) for party in recipients), default=0)
    if acting == other:
        return Sourcing.acting_side if acting == _SELF else None
    return Sourcing.acting_side if acting > other else Sourcing.other_side


_SELF = 3


def _closeness(speaker: Entity, party: Entity) -> int:
    """3 the same entity, 2 of the same country and both or neither of the state, 1 an official of the same country."""
    if speaker.id == party.id or (speaker.key is not None and speaker.key == party.key):
        return _SELF
    if speaker.country is None or speaker.country != party.country or not _speaks_for_others(speaker):
        return 0
    if party.kind in (EntityKind.country, EntityKind.population):
        return 1
    if bool(_STATE & {*speaker.sectors}) == bool(_STATE & {*party.sectors}):
        return 2
    # A government does not speak for the rebels of its country, nor they for it.
    return 0 if _AGAINST & {*speaker.sectors, *party.sectors} else 1


def _speaks_for_others(entity: Entity) -> bool:
    return entity.kind is EntityKind.country or bool(_OFFICIAL & {*entity.sectors})


def _is_named(entity: Entity) -> bool:
    return any(mention.form is MentionForm.name for mention in entity.mentions)
