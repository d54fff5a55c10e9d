"""The parts of an event frame: what it can ask for, how it is worded, what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.records import EventType, OwnType, Status

PREPOSITIONS = frozenset(
    "with against on to from of for over in into at by between among toward towards upon across near inside "
    "outside after before during following amid under as through about within despite without off onto behind "
    "along around alongside via throughout".split()
)
# Where a party or a word can stand, seen from the trigger.
PLACES = PREPOSITIONS | {
    "subject",  # who does it, passive or active
    "object",  # what or whom it is done to
    "indirect",  # to whom something is given
    "owner",  # whose the object is: "seized an Iranian tanker", "condemned the attack by rebels"
    "possessive",  # of a noun: "Israel's raid"
    "modifier",  # of a noun: "police raid", "Israeli airstrikes"
    "head",  # the noun an adjective stands before: "slain journalist"
    "complement",  # "left three dead"
    "noun",  # under "not": the noun that is part of a verb trigger, and the words before it
    "clause_subject",  # who acts in the clause below: "demanded that Russia withdraw"
    "theme",  # of a recipient: the nearest party anywhere in what the act is about
    "purpose",  # of a recipient: whom the act it is done for is about: "rallied to demand that the mayor resign"
    "clause_owner",  # whose the subject of the clause below is, or its object
}
# What can be asked about besides places.
QUESTIONS = {
    "clause",  # how the clause below begins: to, that, if, of, from …
    "clause_verb",  # its verb
    "clause_type",  # the PLOVER type that its verb has for certain
    "clause_mood",  # "subjunctive" in "insists that he go"
    "clause_modal",  # its modal: must, should, will …
    "clause_will",  # SELF when the clause below is about the actor, OTHER when about somebody else
    "circumstance",  # any noun or verb of the surrounding clauses
    "sentence",  # any word of the sentence
    "parties",  # ACTOR, RECIPIENT, EITHER, BOTH must be a known party; AIMED: so must whom it is about, at last
    "negated",  # YES or NO
    "modal",  # the trigger's own auxiliary
    "article",  # the determiner of a noun trigger: the, a, no …
    "number",  # PLURAL or SINGULAR noun trigger
    "purpose",  # YES when the trigger says what something is for: "measures to help", "easing of rules to allow"
    "tense",  # PAST, PRESENT, PARTICIPLE, INFINITIVE of a verb trigger
}
CLASSES = frozenset(
    "ANY NONE PARTY PLACE PERSON ORGANISATION COUNTRY POPULATION GROUP SELF OTHER ACTOR RECIPIENT EITHER BOTH AIMED "
    "YES NO PLURAL SINGULAR PAST PRESENT PARTICIPLE INFINITIVE COP GOV JUD LEG MIL PRM PTY REB SPY UAF AGR BUS CRM "
    "CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC UNK IGO NGO".split()
)


@dataclass(frozen=True, slots=True)
class Condition:
    """One place and the words or classes of party that stand there."""

    place: str
    words: frozenset[str]
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One way a frame is worded."""

    kind: str  # verb | noun | adjective
    words: tuple[str, ...]  # the trigger's lemmas: ("call", "off"), ("hunger", "strike")
    nouns: frozenset[str]  # verb triggers only: objects that belong to the trigger
    needs: tuple[Condition, ...]
    vetoes: tuple[Condition, ...]
    frame: Frame
    rank: int  # how much the trigger asks for; the most demanding one that fits wins
    plain: bool  # the word alone triggers, whatever stands around it
    precise: bool  # it names other words, so that a stray particle does no harm


@dataclass(frozen=True, slots=True)
class Frame:
    """One kind of act."""

    id: str
    type: EventType | str  # a name in upper case when it is a type of the user's own
    mode: str | None
    contexts: tuple[str, ...]
    says: str
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    reciprocal: bool
    aimed: bool  # counts only where it is known whom it is about
    status: Status | None
    also: tuple[str, ...]
    match: tuple[Example, ...]
    avoid: tuple[str, ...]
    file: str
    source: str
    wording: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and words of the parties it must give."""

    text: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frames:
    """All frames, with triggers indexed by the lemma that starts the look-up."""

    all: Mapping[str, Frame]
    verbs: Mapping[str, tuple[Trigger, ...]]
    nouns: Mapping[str, tuple[Trigger, ...]]
    adjectives: Mapping[str, tuple[Trigger, ...]]
    words: Mapping[str, frozenset[str]]
    verb_types: Mapping[str, frozenset[str]]
    forms: Mapping[str, str]  # inflected verb to lemma; lemmas stand for themselves
    types: Mapping[str, OwnType] = field(default_factory=dict)  # the user's own
