"""The closed vocabularies of the record format, each value with a one-line meaning that docs and JSON Schema show."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Self

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema


class Vocabulary(StrEnum):
    """A string enumeration whose every member carries its meaning."""

    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        shown = handler.resolve_ref_schema(handler(schema))
        shown["description"] = "; ".join(f"{member.value}: {member.meaning}" for member in cls)
        return shown


class EntityKind(Vocabulary):
    """What sort of party an entity is."""

    person = "person", "one human being"
    organisation = "organisation", "a body with members or staff: ministry, party, company, agency, court"
    country = "country", "a state or territory acting through its government"
    population = "population", "a people, nationality, ethnic or religious group at large"
    group = "group", "several people named only by a description: protesters, gunmen, officials"


class MentionForm(Vocabulary):
    """How the words refer."""

    name = "name", "a proper name, whole or short, or its adjective (Israeli)"  # type: ignore[assignment]
    description = "description", "a common-noun phrase (the militant group)"
    pronoun = "pronoun", "he, she, they, its, who …"


class Precision(Vocabulary):
    """How exactly a place is known."""

    country = "country", "a whole country; the coordinates are its centre and say nothing about where"
    admin1 = "admin1", "a first-order division: state, province, governorate"
    region = "region", "an area that is no administrative unit, or a smaller division"
    city = "city", "a city, town or village"
    site = "site", "a camp, crossing, base, building or street"


class Granularity(Vocabulary):
    """The unit a time is known to."""

    minute = "minute", "a clock time"
    hour = "hour", "an hour"
    part_of_day = "part_of_day", "morning, afternoon, evening, night"
    day = "day", "a calendar day"
    week = "week", "a week or week-end"
    month = "month", "a calendar month or a part of one"
    quarter = "quarter", "three months"
    season = "season", "spring, summer, autumn, winter"
    year = "year", "a calendar year or a part of one"
    decade = "decade", "ten years"
    century = "century", "a hundred years"
    duration = "duration", "a length of time without known ends"
    unknown = "unknown", "recently, soon, now: no unit given"


class Quad(Vocabulary):
    """The four classes every event type belongs to."""

    verbal_cooperation = "1", "verbal cooperation"
    material_cooperation = "2", "material cooperation"
    verbal_conflict = "3", "verbal conflict"
    material_conflict = "4", "material conflict"


class EventType(Vocabulary):
    """PLOVER event types: what the act is, whether or not it was done."""

    AGREE = "AGREE", "says it will, offers or promises to cooperate"
    CONSULT = "CONSULT", "talks, meetings, visits, calls, mediation"
    SUPPORT = "SUPPORT", "non-material backing: endorses, recognises, praises, signs, ratifies"
    CONCEDE = "CONCEDE", "gives way in words: pardons, lifts rules, apologises, announces a ceasefire or withdrawal"
    COOPERATE = "COOPERATE", "mutual material exchange: trade, joint exercises, intelligence sharing, extradition"
    AID = "AID", "one-way material help: money, arms, relief, asylum, rescue"
    RETREAT = "RETREAT", "gives way in deed: withdraws, releases, disarms, ceases fire, allows access, resigns"
    REQUEST = "REQUEST", "asks, calls for, proposes, demands, orders in words"
    ACCUSE = "ACCUSE", "criticises, condemns, alleges, charges, sues, investigates"
    REJECT = "REJECT", "refuses, vetoes, cancels a meeting, bars entry, denies a request or an accusation"
    THREATEN = "THREATEN", "warns of force or other serious harm"
    PROTEST = "PROTEST", "civilians act together, physically, against something"
    SANCTION = "SANCTION", "cuts existing relations: sanctions, expels, stops aid, convicts, dismisses"
    MOBILIZE = "MOBILIZE", "armed or police posture short of force"
    COERCE = "COERCE", "repression short of violence: seizes, restricts, censors, arrests, deports"
    ASSAULT = "ASSAULT", "deliberate physical harm or destruction"

    @property
    def quad(self) -> Quad:
        """The quad class of this type."""
        return _QUADS[self]


_QUADS = {
    kind: quad
    for quad, kinds in (
        (Quad.verbal_cooperation, (EventType.AGREE, EventType.CONSULT, EventType.SUPPORT, EventType.CONCEDE)),
        (Quad.material_cooperation, (EventType.COOPERATE, EventType.AID, EventType.RETREAT)),
        (Quad.verbal_conflict, (EventType.REQUEST, EventType.ACCUSE, EventType.REJECT, EventType.THREATEN)),
        (
            Quad.material_conflict,
            (EventType.PROTEST, EventType.SANCTION, EventType.MOBILIZE, EventType.COERCE, EventType.ASSAULT),
        ),
    )
    for kind in kinds
}


class Status(Vocabulary):
    """How real the text says an act is."""

    happened = "happened", "took place"
    ongoing = "ongoing", "is taking place or continues"
    planned = "planned", "is intended, scheduled, agreed or promised"
    called_for = "called_for", "is asked, demanded, proposed, drafted for"
    threatened = "threatened", "is announced as a hostile consequence"
    hypothetical = "hypothetical", "is supposed, feared, possible, conditional"
    negated = "negated", "did not happen, or a source denies that it did"

    @property
    def real(self) -> bool:
        """True for acts said to have taken place or to be taking place."""
        return self in (Status.happened, Status.ongoing)


class Style(Vocabulary):
    """Whether a statement gives the speaker's own words."""

    direct = "direct", "the speaker's own words, in quotation marks"
    indirect = "indirect", "the reporter's words for what was said"
    mixed = "mixed", "the reporter's words with quoted pieces inside"


class Stance(Vocabulary):
    """What the speaker does with the content."""

    asserts = "asserts", "says that it is so"
    denies = "denies", "says that it is not so"
    doubts = "doubts", "says that it may not be so"
    asks = "asks", "wants it to be done or answered"
    promises = "promises", "says the speaker will do it, to others' benefit or by plan"
    threatens = "threatens", "says it will come as a harm"
    expects = "expects", "believes, hopes or fears that it will come"


class Sourcing(Vocabulary):
    """On whose word an event stands."""

    own_voice = "own_voice", "the article says so itself and cites nobody"
    acting_side = "acting_side", "one who is said to have acted, or an official or body of that side"
    other_side = "other_side", "one it was done to, or an official or body of that side"
    third_party = "third_party", "somebody named who is on neither side"
    unnamed = "unnamed", "a source without a name: officials, local people, it is reported"
    other_medium = "other_medium", "another news outlet or agency"


class FigureKind(Vocabulary):
    """What was counted."""

    killed = "killed", "people said to be dead"
    injured = "injured", "people said to be wounded"
    casualties = "casualties", "dead and wounded together, or the text does not say which"
    abducted = "abducted", "people taken or held hostage"
    missing = "missing", "people unaccounted for"
    detained = "detained", "people arrested or held"
    displaced = "displaced", "people driven from or leaving their homes"
    protesters = "protesters", "people taking part in a protest"
    troops = "troops", "soldiers, police or fighters deployed or present"
    other = "other", "another count of people that matters to the story"


class Bound(Vocabulary):
    """What the number promises."""

    exact = "exact", "the number itself"
    at_least = "at_least", "the number or more"
    more_than = "more_than", "above the number"
    at_most = "at_most", "the number or fewer"
    less_than = "less_than", "below the number"
    about = "about", "near the number"
    range = "range", "between two numbers"
    vague = "vague", "a word such as dozens or hundreds"


class Scope(Vocabulary):
    """What the count covers."""

    incident = "incident", "one event"
    total = "total", "a running toll or a whole"
    since = "since", "a toll counted from a stated time"
