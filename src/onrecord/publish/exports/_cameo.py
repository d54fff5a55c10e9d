"""CAMEO codes of acts, for the formats that have nothing else: the crosswalk turned round."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from onrecord.publish.exports._facts import Facts
from onrecord.publish.exports._table import not_real
from onrecord.records import Entity

# CAMEO roles of PLOVER's sectors; those CAMEO does not have are left out.
_ROLES = {
    "COP": "COP", "GOV": "GOV", "JUD": "JUD", "LEG": "LEG", "MIL": "MIL", "PTY": "PTY", "REB": "REB", "SPY": "SPY",
    "UAF": "UAF", "AGR": "AGR", "BUS": "BUS", "CRM": "CRM", "CVL": "CVL", "EDU": "EDU", "ELI": "ELI", "JRN": "MED",
    "LAB": "LAB", "MED": "HLH", "REF": "REF", "OPP": "OPP", "PRE": "SEP", "PRM": "UAF",
}  # fmt: skip

_BODIES = {"UNO": "IGOUNO", "EUR": "IGOEUREEC", "IGO": "IGO", "NGO": "NGO", "ISM": "", "IMG": "IMG", "MNC": "MNC"}


def code(facts: Facts) -> str:
    """The CAMEO code of an act, or nothing: AGREE is 030, ASSAULT/suicide-attack 183."""
    by_mode: dict[str, str] = _crosswalk().get(str(facts.event.type), {})
    return by_mode.get(facts.event.mode or "", by_mode.get("", ""))


def actor_code(party: Entity) -> str:
    """Country and roles run together, as CAMEO writes them: RUSGOV, PSEREB, IGOUNO."""
    return country_code(party) + "".join(roles(party))


def country_code(party: Entity) -> str:
    """The country, or CAMEO's word for a body that has none."""
    return _BODIES.get(party.country or "", party.country or "")


def roles(party: Entity) -> list[str]:
    """CAMEO roles of a party, nearest first."""
    return [_ROLES[sector] for sector in party.sectors if sector in _ROLES]


def leaves_out(facts: Facts) -> str:
    """Why an act cannot stand in a CAMEO file: not real, or of a type that CAMEO does not have."""
    return not_real(facts) or ("" if code(facts) else f"type {facts.event.type}: CAMEO has no code for it")


@cache
def _crosswalk() -> dict[str, Any]:
    text = (files("onrecord.publish.exports") / "data" / "cameo.yaml").read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=yaml.BaseLoader)["types"])
