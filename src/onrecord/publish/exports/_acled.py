"""ACLED's 31 columns. Only what happened belongs there; which acts it knows, and as what, is `data/acled.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from onrecord.publish.exports._facts import Facts, codes
from onrecord.publish.exports._table import Column, Table, not_real
from onrecord.records import Entity, FigureKind

_CIVILIANS = frozenset("CVL JRN MED REF LAB EDU AGR BUS REL SOC ELI OPP PTY NGO".split())
_ARMED = frozenset("MIL COP SPY REB PRM UAF CRM PRE GOV".split())
_PRECISION = {"week": 2, "month": 3, "quarter": 3, "season": 3, "year": 3}
_PLACE = {"city": 1, "site": 1, "region": 2, "admin1": 3, "country": 3}


@cache
def _kinds() -> dict[str, Any]:
    text = (files("onrecord.publish.exports") / "data" / "acled.yaml").read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=yaml.BaseLoader))


def _kind(facts: Facts) -> tuple[str, str, str]:
    """Disorder type, event type, sub-event type; empty when ACLED does not know such an act."""
    act = (facts.event.type, facts.event.mode or "")
    found = _kinds()["acts"].get(f"{act[0]}/{act[1]}") or _kinds()["acts"].get(act[0])
    if found == "force":
        found = "attack" if any(_civilian(party) for party in facts.recipients) else "clash"
    if found is None:
        return "", "", ""
    disorder, event, sub = _kinds()["kinds"][found]
    return disorder, event, sub


def _civilian(party: Entity) -> bool:
    return bool(_CIVILIANS & set(party.sectors)) and not _ARMED & set(party.sectors)


def _inter(parties: tuple[Entity, ...], facts: Facts) -> str:
    """ACLED's word for the sort of actor."""
    if not parties:
        return ""
    party = parties[0]
    if facts.event.type == "PROTEST" and parties is facts.actors:
        return "Rioters" if _kind(facts)[1] == "Riots" else "Protesters"
    for word, sectors in _kinds()["inter"].items():
        if set(sectors.split()) & set(party.sectors):
            return str(word)
    return "State Forces" if party.kind == "country" else ""


def _interaction(facts: Facts) -> str:
    first, second = _inter(facts.actors, facts), _inter(facts.recipients, facts)
    return f"{first}-{second}" if first and second else f"{first} only" if first else ""


def _notes(facts: Facts) -> str:
    parts = [facts.sentence]
    if facts.source:
        parts.append(f"Source: {facts.source}.")
    if facts.figures:
        parts.append(f"Figures: {facts.claims()}.")
    if not facts.day:
        parts.append("The text gives no day" + ("; the date is that of publication." if not facts.time else "."))
    return " ".join(parts)


def leaves_out(facts: Facts) -> str:
    """Why ACLED has no row for an event."""
    act = f"{facts.event.type}/{facts.event.mode}" if facts.event.mode else str(facts.event.type)
    return not_real(facts) or ("" if _kind(facts)[1] else f"{act}: ACLED does not record such acts")


def _name(parties: tuple[Entity, ...]) -> str:
    return parties[0].name if parties else ""


def _others(parties: tuple[Entity, ...]) -> str:
    return "; ".join(party.name for party in parties[1:])


ACLED = Table(
    (
        Column(
            "event_id_cnty",
            "alpha-3 country of the place, then the article's hash and the event's number in it",
            lambda f: (f.place.country or "" if f.place else "") + f.id,
        ),
        Column("event_date", "first day of the time the text gives, else the day of publication", lambda f: f.date),
        Column("year", "its year", lambda f: f.date[:4]),
        Column(
            "time_precision",
            "1 the day is given, 2 the week, 3 a month or longer, or nothing but the day of publication",
            lambda f: 1 if f.day else _PRECISION.get(f.time.granularity, 3) if f.time else 3,
        ),
        Column("disorder_type", "ACLED's word, by type and mode", lambda f: _kind(f)[0]),
        Column("event_type", "ACLED's word, by type, mode and sort of recipient", lambda f: _kind(f)[1]),
        Column("sub_event_type", "ACLED's word, by type and mode", lambda f: _kind(f)[2]),
        Column("actor1", "first actor; the order implies no direction in ACLED", lambda f: _name(f.actors)),
        Column("assoc_actor_1", "further actors", lambda f: _others(f.actors)),
        Column("inter1", "sort of actor1, by sector", lambda f: _inter(f.actors, f)),
        Column("actor2", "first recipient", lambda f: _name(f.recipients)),
        Column("assoc_actor_2", "further recipients", lambda f: _others(f.recipients)),
        Column("inter2", "sort of actor2, by sector", lambda f: _inter(f.recipients, f)),
        Column("interaction", "both sorts", _interaction),
        Column(
            "civilian_targeting",
            "says so when the first recipient is civilian and the act violent",
            lambda f: (
                "Civilian targeting"
                if f.event.type == "ASSAULT" and f.recipients and _civilian(f.recipients[0])
                else None
            ),
        ),
        Column("iso", "numeric country of the place", lambda f: codes(f.place.country).numeric if f.place else None),
        Column("region", "empty: ACLED's own regions; join them on iso"),
        Column("country", "country of the place", lambda f: codes(f.place.country).name if f.place else None),
        Column("admin1", "first-order division of the place", lambda f: f.place.admin1 if f.place else None),
        Column("admin2", "empty: second-order divisions are not kept"),
        Column("admin3", "empty: third-order divisions are not kept"),
        Column("location", "the event's place", lambda f: f.place.name if f.place else None),
        Column("latitude", "latitude", lambda f: f.place.latitude if f.place else None),
        Column("longitude", "longitude", lambda f: f.place.longitude if f.place else None),
        Column(
            "geo_precision",
            "1 city or site, 2 region, 3 division or country",
            lambda f: _PLACE.get(f.place.precision or "") if f.place else None,
        ),
        Column("source", "publisher", lambda f: f.reading.article.publisher),
        Column("source_scale", "empty: outlets are not ranked by reach"),
        Column("notes", "the sentence, according to whom, every figure by its source", _notes),
        Column(
            "fatalities",
            "the number of dead if all claims agree on one exact number; else empty, the claims are in notes",
            lambda f: f.number_of(FigureKind.killed),
        ),
        Column("tags", "PLOVER type, mode and contexts", lambda f: _tags(f)),
        Column("timestamp", "empty: exports bear no time of their own, so that the same data give the same file"),
    ),
    leaves_out=leaves_out,
)


def _tags(facts: Facts) -> str:
    return "; ".join(filter(None, (str(facts.event.type), facts.event.mode, *facts.event.contexts)))
