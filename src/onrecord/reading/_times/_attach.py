"""The time of an event: that of its own clause, else of its sentence, else the day the story has reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.reading._numerals import read_ordinal
from onrecord.reading._syntax import case_of, governors, is_predicate
from onrecord.reading._times._draft import TimeDraft
from onrecord.records import Status

_OPEN = frozenset(
    {"xcomp", "advcl", "conj", "acl", "csubj", "parataxis"}
)  # clauses that take place within the time of the one above
_HAPPEN = frozenset({"occur", "happen", "begin", "start", "end", "take", "date", "launch", "last", "come"})
_OWN_TIME = frozenset(
    {"according to", "after", "following", "before", "since", "ahead of", "during", "despite", "over", "about", "from"}
)
_TYPES = frozenset({"DATE", "TIME"})


@dataclass(frozen=True, slots=True)
class When:
    """The time of an event: its index, and the step that gave it, ``clause``, ``sentence`` or ``discourse``."""

    time: int
    step: str

    @property
    def because(self) -> str:
        """The rule, as records name it."""
        return f"time/{self.step}"


def time_of(
    doc: Doc, i: int, times: Sequence[TimeDraft], *, status: Status | str | None, discourse: bool = False
) -> When | None:
    """The time of the event with trigger token ``i``; None when the text gives it none.

    Nearest in the tree first: a time that modifies the trigger, then its clause, then a relative clause that says when
    it occurred, then the clause that an infinitive, participle or second verb continues. A time of speaking ("said on
    Monday that …") is not the time of what was said. With ``discourse`` an act told in the simple past, in a sentence
    without a time of its own, goes on at the day that the sentence before it was about.
    """
    trigger = doc[i]
    best: tuple[int, int, int] | None = None
    own = False
    for index, time in enumerate(times):
        if time.head < 0 or doc[time.head].sent.start != trigger.sent.start:
            continue
        own = True
        if time.type not in _TYPES or time.value.endswith("_REF"):
            continue
        head = doc[time.head]
        rank = _rank(trigger, head)
        if rank is None or (time.granularity in _LONG and (rank > 1 or _counts_within(trigger, head))):
            continue
        if _belongs_to_the_asking(trigger, head, rank, status):
            continue
        rank += 3 * _contradicts(time, times, status)
        key = (rank, abs(time.head - i), index)
        if best is None or key < best:
            best = key
    if best is not None:
        return When(best[2], "clause" if best[0] <= 2 else "sentence")
    if discourse and not own and status == Status.happened:
        told = _told_before(doc, trigger, times)
        return When(told, "discourse") if told is not None else None
    return None


_BACK = 3
# Years and longer are the time of an act only where its own clause says so: it happened on a day.
_LONG = frozenset({"season", "quarter", "year", "decade", "century"})
_DAY = frozenset({"day", "part_of_day"})
_UNREAL = frozenset({Status.planned, Status.called_for, Status.threatened, Status.hypothetical})


def _counts_within(trigger: Token, head: Token) -> bool:
    """ "the third attack this year", "the worst raid this year": the year is what is counted in, not when it was."""
    ranked = (item for noun in (trigger, head.head) for item in noun.children if item.i < noun.i)
    return any(item.tag_ == "JJS" or read_ordinal(item.lower_) is not None for item in ranked)


def _belongs_to_the_asking(trigger: Token, head: Token, rank: int, status: Status | str | None) -> bool:
    """ "stressed on Sunday the importance of talks": an act not yet done is not of the day it was spoken of."""
    if status not in _UNREAL or rank == 0 or case_of(head) == "for":
        return False
    owner = next((token for token in governors(head) if _clause(token)), None)
    return owner is not None and owner.i != trigger.i and _finite(owner) and not _ahead(owner)


def _ahead(verb: Token) -> bool:
    return any(item.tag_ == "MD" or item.lower_ == "to" for item in verb.children)


def _told_before(doc: Doc, trigger: Token, times: Sequence[TimeDraft]) -> int | None:
    """The day that the sentence before dates its main act to, if this one goes on telling; up to three back."""
    sentence = trigger.sent
    if not _goes_on(trigger):
        return None
    for _ in range(_BACK):
        if sentence.start == 0:
            return None
        sentence = doc[sentence.start - 1].sent
        main = sentence.root
        dated = [index for index, time in enumerate(times) if sentence.start <= time.head < sentence.end]
        if dated or not _goes_on(main):
            return next((index for index in dated if _dates_act(doc[times[index].head], main, times[index])), None)
    return None


def _dates_act(head: Token, main: Token, time: TimeDraft) -> bool:
    """Is ``time`` the day of the act that the main verb of its sentence tells of?"""
    owner = next((token for token in governors(head) if _clause(token)), None)
    fine = time.type in _TYPES and time.granularity in _DAY and time.anchored
    return fine and owner is not None and owner.i == main.i and _goes_on(main)


def _reports(verb: Token) -> bool:
    """A verb of saying: its day is that of the speech."""
    return any(item.dep_ in ("ccomp", "parataxis") for item in verb.children)


def _goes_on(trigger: Token) -> bool:
    """True for the main verb of a sentence in the simple past, and its coordinates: no background, no speech."""
    verb = trigger
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head
    if verb.head.i != verb.i or verb.pos_ != "VERB" or _reports(verb):
        return False
    helpers = [item for item in verb.children if item.dep_ in ("aux", "aux:pass")]
    past = verb.tag_ == "VBD" or any(item.lower_ in ("was", "were", "did") for item in helpers)
    return past and not any(item.lower_ in ("had", "has", "have") for item in helpers)


def _before_that(head: Token, clause: Token) -> bool:
    """ "said on Monday that …": the time belongs to the saying, whatever the parser made of it."""
    return clause.dep_ == "ccomp" and any(
        mark.dep_ == "mark" and head.i < mark.i < clause.i for mark in clause.children
    )


def _contradicts(time: TimeDraft, times: Sequence[TimeDraft], status: Status | str | None) -> bool:
    """A plan for a day before the others, a deed on a day after them: not this event's if there is another."""
    days = [
        other.begin
        for other in times
        if other.begin is not None and other.because.startswith(("deictic/today", "date/weekday"))
    ]
    if time.begin is None or not days:
        return False
    if status == Status.planned:
        return time.begin < min(days)
    return status == Status.happened and time.begin > max(days)


def _rank(trigger: Token, head: Token) -> int | None:
    """How close the time is: 0 a modifier, 1 in its clause, 2 a relative clause on it, 3 in a clause it continues."""
    path = [head, *governors(head)]
    if len(path) > 2 and _before_that(head, path[1]):
        path.pop(1)
    places = [token.i for token in path]
    if trigger.i in places:
        between = path[1 : places.index(trigger.i)]
        if any(_keeps(noun) for noun in between):
            return None
        if not any(_clause(token) for token in between):
            return 0
        return 2 if any(_dates(trigger, token) for token in between if _clause(token)) else None
    owner = next((token for token in path[1:] if _clause(token)), path[-1])
    if any(_keeps(noun) for noun in path[1 : places.index(owner.i)]):
        return None
    if _dates(trigger, owner):
        return 2
    return _above(trigger, owner)


def _dates(trigger: Token, owner: Token) -> bool:
    """ "the attack on Israel, which occurred a week ago": the clause may hang on a noun inside the phrase."""
    if owner.dep_ != "acl:relcl" or owner.lemma_ not in _HAPPEN:
        return False
    noun = owner.head
    while noun.i != trigger.i and noun.dep_ in ("nmod", "nmod:poss", "compound", "appos"):
        noun = noun.head
    return noun.i == trigger.i


def _keeps(noun: Token) -> bool:
    """True for a noun that keeps its time to itself: "according to a report on Monday", "after a raid on Monday"."""
    return noun.pos_ == "NOUN" and not noun.ent_type_ and (case_of(noun) in _OWN_TIME or noun.dep_ == "nmod:poss")


def _above(trigger: Token, owner: Token) -> int | None:
    """Climb from the trigger to the clause the time belongs to, through clauses that share its time."""
    rank, token = 1, trigger
    while True:
        if token.i == owner.i:
            return rank
        if token.head.i == token.i:
            return None
        if _clause(token) or (token.i == trigger.i and token.dep_ in ("ccomp", "acl:relcl", "advcl:relcl")):
            if token.dep_ not in _OPEN or (token.dep_ in ("advcl", "parataxis") and _finite(token)):
                return None
            if token.dep_ == "acl" and token.tag_ == "VBN":
                return None  # "the workers dismissed by the council": told as known
            rank += 2
        token = token.head


def _clause(token: Token) -> bool:
    return is_predicate(token)


def _finite(verb: Token) -> bool:
    words = [verb, *(child for child in verb.children if child.dep_ in ("aux", "cop", "aux:pass"))]
    return any(word.tag_ in ("VBD", "VBZ", "VBP", "MD") for word in words)
