"""The time of an event: the one in its own clause, else one that the sentence extends to it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

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


def time_of(doc: Doc, i: int, times: Sequence[TimeDraft], *, status: Status | str | None) -> int | None:
    """The index in ``times`` of the time of the event with trigger token ``i``; None when its sentence gives it none.

    Nearest in the tree first: a time that modifies the trigger, then its clause, then a relative clause that says when
    it occurred, then the clause that an infinitive, participle or second verb continues. A time of speaking ("said on
    Monday that …") is not the time of what was said.
    """
    trigger = doc[i]
    best: tuple[int, int, int] | None = None
    for index, time in enumerate(times):
        if time.type not in _TYPES or time.value.endswith("_REF") or time.head < 0:
            continue
        head = doc[time.head]
        if head.sent.start != trigger.sent.start:
            continue
        rank = _rank(trigger, head)
        if rank is None:
            continue
        rank += 3 * _contradicts(time, times, status)
        key = (rank, abs(time.head - i), index)
        if best is None or key < best:
            best = key
    return best[2] if best is not None else None


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
            rank += 2
        token = token.head


def _clause(token: Token) -> bool:
    return is_predicate(token)


def _finite(verb: Token) -> bool:
    words = [verb, *(child for child in verb.children if child.dep_ in ("aux", "cop", "aux:pass"))]
    return any(word.tag_ in ("VBD", "VBZ", "VBP", "MD") for word in words)
