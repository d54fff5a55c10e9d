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
