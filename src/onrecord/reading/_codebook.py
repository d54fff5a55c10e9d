"""The modes and contexts of PLOVER 2.0: what a frame may say of an act besides its type."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.records import EventType

MODES: Mapping[EventType, frozenset[str]] = {
    EventType.AGREE: frozenset(),
    EventType.CONSULT: frozenset(["visit", "third-party", "multilateral", "phone"]),
    EventType.SUPPORT: frozenset(),
    EventType.CONCEDE: frozenset(),
    EventType.COOPERATE: frozenset(),
    EventType.AID: frozenset(),
    EventType.RETREAT: frozenset(["withdraw", "release", "disarm", "ceasefire", "access", "resign"]),
    EventType.REQUEST: frozenset(["assist", "change", "yield", "meet"]),
    EventType.ACCUSE: frozenset(["disapprove", "investigate", "allege"]),
    EventType.REJECT: frozenset(["assist", "change", "yield", "meet"]),
    EventType.THREATEN: frozenset(["restrict", "arrest", "relations", "expel", "territory", "violence"]),
    EventType.PROTEST: frozenset(["demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"]),
    EventType.SANCTION: frozenset(["convict", "expel", "withdraw", "discontinue"]),
    EventType.MOBILIZE: frozenset(["troops", "weapons", "police", "militia"]),
    EventType.COERCE: frozenset(
        "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber".split()
    ),
    EventType.ASSAULT: frozenset(
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
        "heavy-weapons crowd-control unconventional".split()
    ),
}
CONTEXTS = frozenset(
    "military intelligence executive legislative election political_institutions pro_democracy pro_autocracy "
    "economic legal reparations human_rights rights_freedoms repression human_security gender lgbt "
    "religion_ethnicity inequality diplomatic territory peacekeeping health asylum migration disasters "
    "natural_resource environment technology terrorism cbrn cyber misinformation crime corruption illegal_drugs "
    "trafficking".split()
)
