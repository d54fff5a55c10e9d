"""What pages call things: statuses, sources, parties, days, counts."""

from __future__ import annotations

from datetime import date
from typing import Any

from onrecord.ledger import FoundEvent, FoundFigure, FoundParty, FoundSource
from onrecord.publish._view import OWN_VOICE, STATUS_WORDS, shortened
from onrecord.records import Bound, EventType, FigureKind, Sourcing, Status

SOURCING = {
    "own_voice": OWN_VOICE,
    "acting_side": "the side that acted",
    "other_side": "the side it was done to",
    "third_party": "a third party",
    "unnamed": "a source not named",
    "other_medium": "another medium",
}
QUADS = {
    "1": "cooperation in words",
    "2": "cooperation in deeds",
    "3": "conflict in words",
    "4": "conflict in deeds",
    "0": "types of one's own",
}


def quad(type_: str) -> str:
    """The class of an event type, ``1`` to ``4``; ``0`` for a type that is none of PLOVER's."""
    return EventType(type_).quad.value if type_ in list(EventType) else "0"


def meaning(value: str) -> str:
    """What a value of a fixed list means; nothing for any other."""
    for vocabulary in (EventType, Status, Sourcing, FigureKind):
        if value in list(vocabulary):
            return vocabulary(value).meaning
    return ""


def status_word(status: str) -> str:
    """The badge of a status."""
    return STATUS_WORDS[Status(status)]


def party(one: FoundParty) -> str:
    """A party's name with its country."""
    return one.name if one.country is None or one.kind == "country" else f"{one.name} ({one.country})"


def parties(several: tuple[FoundParty, ...]) -> str:
    """Names in a row; empty when the text names nobody."""
    return ", ".join(party(one) for one in several)


def according(sources: tuple[FoundSource, ...]) -> str:
    """The chain of sources, nearest first."""
    names = list(dict.fromkeys(one.name or "a source not named" for one in sources))
    return "according to " + ", as reported by ".join(names) if names else OWN_VOICE


def days(record: FoundEvent | FoundFigure) -> str:
    """The day or days; nothing where they are not known."""
    if record.first_day == record.last_day:
        return record.first_day
    return f"{record.first_day} to {record.last_day}"


def long_day(day: str) -> str:
    """``14 March 2024``."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day or "no day given"
    return f"{found.day} {found:%B %Y}"


def amount(figure: FoundFigure) -> str:
    """The number as the text bounds it."""
    low, high = (f"{value:,}" if value is not None else None for value in (figure.low, figure.high))
    number = low or high
    if figure.bound == Bound.vague or number is None:
        return figure.words
    if figure.bound == Bound.range and low and high:
        return f"{low} to {high}"
    before = {
        Bound.at_least: "at least",
        Bound.more_than: "more than",
        Bound.at_most: "at most",
        Bound.less_than: "fewer than",
        Bound.about: "about",
    }
    bound = Bound(figure.bound)
    if bound in (Bound.at_most, Bound.less_than):
        number = high or number
    return f"{before[bound]} {number}" if bound in before else number


def titled(record: Any) -> str:
    """An article's title, else where it was, else its id cut short."""
    return shortened(record.title or record.url or f"article {getattr(record, 'article_id', record.id)[:12]}", 120)


GLOBALS = {
    "SOURCING": SOURCING,
    "QUADS": QUADS,
    "quad": quad,
    "meaning": meaning,
    "status_word": status_word,
    "party": party,
    "parties": parties,
    "according": according,
    "days": days,
    "long_day": long_day,
    "amount": amount,
    "titled": titled,
    "shortened": shortened,
}
"""Names that templates may use."""
