"""Acts: events with their status, sources, place and time, and the merging of several mentions of the same act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from onrecord.reading._parties import Parties
from onrecord.reading._syntax import case_of, clause_head, subject
from onrecord.records import EventType, Status


@dataclass(frozen=True, slots=True)
class Act:
    """One mention of an act, or several merged. Token and party indices, as in the drafts it was made from."""

    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    trigger: tuple[int, ...]
    status: Status
    attribution: tuple[int, ...]
    speakers: tuple[int | None, ...]
    place: int | None
    time: int | None
    because: str
    mentions: tuple[int, ...]


# Subjects that take up an act told before: "the incident left 12 dead" is about that act.
_TAKING_UP = frozenset(
    "incident attack assault raid operation violence strike bombing shooting massacre ambush clash it this that".split()
)

# Words that set one act inside another: what was done "during" or "in" an attack was done by and to the same parties.
_DURING = frozenset({"during", "in", "amid", "in the course of", "throughout", "after", "following", "as part of"})
_AFTERMATH = frozenset({"aftermath", "course", "wake", "midst"})


def share_circumstances(doc: Doc, acts: Sequence[Act], parties: Parties) -> list[Act]:
    """Fill what an act leaves unsaid (who, to whom, where, when) from the act it is said to be part of.

    "Hostages were taken during the group's attack on Israel": the takers and the day are those of the attack, and
    Israel is struck by both.
    """
    by_trigger = {act.trigger[0]: act for act in acts}
    return [_completed(doc, act, by_trigger, parties) for act in acts]


def _completed(doc: Doc, act: Act, by_trigger: dict[int, Act], parties: Parties) -> Act:
    if act.type not in (EventType.ASSAULT, EventType.COERCE):
        return act
    for child in doc[act.trigger[0]].children:
        frame = _circumstance(child, by_trigger)
        if frame is None or frame.type is not EventType.ASSAULT:
            continue
        actors = act.actors or tuple(party for party in frame.actors if party not in act.recipients)
        unnamed = all(parties.all[party].kind == "group" for party in act.recipients)
        struck = tuple(party for party in frame.recipients if party not in act.recipients and party not in actors)
        return replace(
            act,
            actors=actors,
            recipients=act.recipients + struck if unnamed else act.recipients,
            place=frame.place if act.place is None else act.place,
            time=frame.time if act.time is None else act.time,
        )
    return act


def _circumstance(child: Token, by_trigger: dict[int, Act]) -> Act | None:
    if child.dep_ not in ("obl", "nmod") or case_of(child) not in _DURING:
        return None
    if child.lower_ in _AFTERMATH:
        child = next((item for item in child.children if item.dep_ == "nmod"), child)
    return by_trigger.get(child.i)


def taken_up(doc: Doc, i: int, acts: Sequence[Act]) -> int | None:
    """The act that the clause of token ``i`` goes on about: the last assault told before, when its subject says so."""
    verb = clause_head(doc[i])
    topic = subject(verb)
    if topic is None or (topic.lower_ not in _TAKING_UP and topic.lemma_ not in _TAKING_UP):
        return None
    earlier = [
        (mention, number)
        for number, act in enumerate(acts)
        if act.type is EventType.ASSAULT and act.status.real
        for mention in act.mentions
        if mention < i
    ]
    return max(earlier)[1] if earlier else None


def merge(doc: Doc, acts: Sequence[Act]) -> list[Act]:
    """Join mentions of the same act; keep apart what differs in status or in who says so.

    The fullest mention stands for all; what it leaves unsaid is filled from the others.
    """
    merged: list[Act] = []
    for act in acts:
        for index, known in enumerate(merged):
            if _same(doc, known, act):
                merged[index] = _joined(known, act)
                break
        else:
            merged.append(act)
    return merged


def _same(doc: Doc, one: Act, other: Act) -> bool:
    if one.type != other.type or one.status != other.status or not _same_voice(one, other):
        return False
    if one.mode and other.mode and one.mode != other.mode:
        return False
    if one.place is not None and other.place is not None and one.place != other.place:
        return False
    if one.time is not None and other.time is not None and one.time != other.time:
        return False
    if not (_fits(one.actors, other.actors) and _fits(one.recipients, other.recipients)):
        return False
    first, second = doc[one.trigger[0]], doc[other.trigger[0]]
    if first.lemma_ == second.lemma_:
        return bool(set(one.actors + one.recipients) & set(other.actors + other.recipients)) or _refers_back(second)
    same_parties = (
        one.actors == other.actors and one.recipients == other.recipients and bool(one.actors and one.recipients)
    )
    return (
        same_parties
        and "NOUN" in (first.pos_, second.pos_)
        and one.because.split(" ")[0] == other.because.split(" ")[0]
    )


def _same_voice(one: Act, other: Act) -> bool:
    """Own voice takes in what a source repeats only when the act really happened; otherwise the speakers must agree."""
    return one.speakers == other.speakers or (set(one.speakers) <= {None} and set(other.speakers) <= {None})


def _fits(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return not one or not other or bool(set(one) & set(other))


def _refers_back(noun: Token) -> bool:
    """True for "the attack", "this visit": a noun that takes up what was told before."""
    return noun.pos_ == "NOUN" and any(
        item.dep_ == "det" and item.lower_ in ("the", "this", "that", "these", "those") for item in noun.children
    )


def _joined(known: Act, act: Act) -> Act:
    full, other = (known, act) if _weight(known) >= _weight(act) else (act, known)
    return replace(
        full,
        mode=full.mode or other.mode,
        contexts=full.contexts + tuple(item for item in other.contexts if item not in full.contexts),
        actors=full.actors or other.actors,
        recipients=full.recipients or other.recipients,
        place=full.place if full.place is not None else other.place,
        time=full.time if full.time is not None else other.time,
        mentions=known.mentions + act.mentions,
    )


def _weight(act: Act) -> int:
    return 2 * len(act.actors) + 2 * len(act.recipients) + (act.time is not None) + (act.place is not None)
