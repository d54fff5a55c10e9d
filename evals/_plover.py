"""The record format seen through the PLOVER codebook: the fold of status into type, and country codes.

Statuses are folded into types by the PLOVER export. What is called for, hypothetical or negated carries an auxiliary
mark in PLOVER and is left out of the sets compared with gold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.publish.exports import AUXILIARY, folded_type
from onrecord.records import Entity, Event, Reading

BODIES = ("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC")
# Codes of the gold records that are no ISO code, and our finer codes for bodies that the gold has as one.
SAME_CODE = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM", "UNO": "IGO", "EUR": "IGO"}
OLD_TYPES = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}


@dataclass(frozen=True)
class Triple:
    """A folded type with the country codes of both sides; order within a side does not count."""

    type: str
    actors: frozenset[str]
    recipients: frozenset[str]

    @property
    def mutual(self) -> bool:
        """Several parties in one role and none in the other: they act together or on each other."""
        return not self.recipients and len(self.actors) > 1

    def agrees(self, other: Triple) -> bool:
        """The same type and the same countries; where one side writes a mutual act, the roles are pooled."""
        if self.type != other.type:
            return False
        if self.mutual or other.mutual:
            return self.actors | self.recipients == other.actors | other.recipients
        return (self.actors, self.recipients) == (other.actors, other.recipients)


def counted(reading: Reading) -> list[Event]:
    """The events that stand in a PLOVER export without an auxiliary mark."""
    return [e for e in reading.events if e.status not in AUXILIARY]


def triple(event: Event, reading: Reading) -> Triple:
    """Folded type and countries of an event."""
    entities = {n.id: n for n in reading.entities}
    return Triple(
        folded_type(event, reading),
        codes(country_code(entities[a]) for a in event.actors),
        codes(country_code(entities[r]) for r in event.recipients),
    )


def country_code(entity: Entity) -> str | None:
    """The country of an entity, or the code of the kind of body it is."""
    return entity.country or next((s for s in entity.sectors if s in BODIES), None)


def codes(given: Iterable[str | None]) -> frozenset[str]:
    """Codes in their one spelling; parties without a code are left out."""
    return frozenset(SAME_CODE.get(code, code) for code in given if code)
