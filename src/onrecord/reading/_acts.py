"""Acts: events with their status, sources, place and time, and the merging of several mentions of the same act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from onrecord.reading._parties import Parties, Party
from onrecord.reading._places import PlaceDraft
from onrecord.reading._syntax import case_of, clause_head, subject
from onrecord.reading._times import TimeDraft
from onrecord.records import EventType, Precision, Status


@dataclass(frozen=True, slots=True)
class Act:
    """One mention of an act, or several merged. Token and party indices, as in the drafts it was made from."""

    type: EventType | str
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
    told: tuple[tuple[int, ...], ...]  # the trigger of every mention
    headline: bool = False  # told in the headline, not in the article's prose

    @property
    def mentions(self) -> tuple[int, ...]:
        """The words that decided, mention by mention."""
        return tuple(trigger[0] for trigger in self.told)


# Subjects that take up an act told before: "the incident left 12 dead" is about that act.
_TAKING_UP = frozenset(
    "incident attack assault raid operation violence strike bombing shooting massacre ambush clash it this that".split()
)

# Acts that parties do together: who is named first makes no other act of it.
_MUTUAL = frozenset({EventType.CONSULT, EventType.COOPERATE})
# Acts of the body, told in several words within a few lines: "beat her … assaulted her".
_BODILY = frozenset({EventType.ASSAULT, EventType.CONSULT, EventType.PROTEST, EventType.COERCE, EventType.MOBILIZE})
_NEAR = 80  # tokens
_IN_WORDS = frozenset(
    {EventType.ACCUSE, EventType.AGREE, EventType.CONCEDE, EventType.REJECT, EventType.REQUEST, EventType.SUPPORT}
)
# What is done besides or after an attack, never another word for it.
_OWN_ACTS = frozenset({"abduct", "torture", "sexual", "deport", "seize", "censor", "curfew", "cyber", "visit"})

# Frames that tell what became of people, and not who did it.
_HARM = frozenset({"assault/kill", "assault/wound", "assault/die"})
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
            because=_dated(act, frame, "circumstance"),
        )
    return act


def _dated(act: Act, other: Act, step: str) -> str:
    """``because`` of ``act``, with the step that gave it the time of ``other`` when it had none of its own."""
    return f"{act.because} + time/{step}" if act.time is None and other.time is not None else act.because


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


def merge(
    doc: Doc, acts: Sequence[Act], parties: Parties, *, places: Sequence[PlaceDraft], times: Sequence[TimeDraft]
) -> list[Act]:
    """Join mentions of the same act; keep apart what differs in status or in who says so.

    The fullest mention stands for all; what it leaves unsaid is filled from the others.
    """
    known = _Known(doc, parties.all, places, times)
    merged: list[Act] = []
    by_type: dict[str, list[int]] = {}
    for act in acts:
        act = _by_the_prose(act, parties.all) if act.headline else act
        for index in by_type.get(act.type, ()):
            if _same(known, merged[index], act):
                merged[index] = _joined(merged[index], act, parties.all)
                break
        else:
            by_type.setdefault(act.type, []).append(len(merged))
            merged.append(act)
    return merged


def _by_the_prose(act: Act, parties: Sequence[Party]) -> Act:
    """A headline's "Rebels" are those the article goes on to call so."""

    def below(index: int) -> int:
        one = parties[index]
        for later in range(index + 1, len(parties)):
            other = parties[later]
            if one.name.lower() == other.name.lower() and None in (one.country, other.country):
                return later
        return index

    return replace(act, actors=tuple(map(below, act.actors)), recipients=tuple(map(below, act.recipients)))


@dataclass(frozen=True, slots=True)
class _Known:
    """What the indices of acts point to."""

    doc: Doc
    parties: Sequence[Party]
    places: Sequence[PlaceDraft]
    times: Sequence[TimeDraft]


def _same(known: _Known, one: Act, other: Act) -> bool:
    doc, parties = known.doc, known.parties
    if not _same_status(one, other) or not _same_voice(one, other) or _contrary(known, one, other):
        return False
    if _is_its_harm(known, one, other) or _is_its_harm(known, other, one):
        return True
    mutual = one.type in _MUTUAL
    first, second = _sides(one, mutual), _sides(other, mutual)
    if not all(_fits(a, b, parties) for a, b in zip(first, second, strict=True)):
        return False
    shared = [_shared(a, b, parties, mutual=mutual) for a, b in zip(first, second, strict=True)]
    heads = doc[one.trigger[0]], doc[other.trigger[0]]
    if heads[0].lemma_ == heads[1].lemma_:
        if one.type in _IN_WORDS and "NOUN" not in (heads[0].pos_, heads[1].pos_):
            return all(shared)  # people accuse, ask and promise more than once
        return any(shared) or _refers_back(heads[1]) or (one.place is not None and one.place == other.place)
    if not all(shared):
        return False
    apart = one.mode != other.mode and not _OWN_ACTS.isdisjoint((one.mode, other.mode))
    if one.type in _BODILY and not apart and abs(heads[0].i - heads[1].i) < _NEAR:
        return True
    return any(_refers_back(head) for head in heads) and _rule(one) == _rule(other)


def _is_its_harm(known: _Known, harm: Act, attack: Act) -> bool:
    """Whether one act is told as what the other did: "eight were killed when rebels shelled the market"."""
    if harm.actors or _rule(harm) not in _HARM or _rule(attack) in _HARM or attack.type is not EventType.ASSAULT:
        return False
    doc = known.doc
    return doc[harm.trigger[0]].sent.start == doc[attack.trigger[0]].sent.start and attack.mode not in _OWN_ACTS


def _shared(one: tuple[int, ...], other: tuple[int, ...], parties: Sequence[Party], *, mutual: bool) -> bool:
    """Whether two lists name the same parties; of parties who meet, one list must hold the other."""
    common = set(one) & set(other)
    if not common and not mutual and len(one) == len(other) == 1:
        # "four suspects", "the arrested suspects"
        people = parties[one[0]], parties[other[0]]
        words = {party.name.split()[-1].lower() for party in people}
        return len(words) == 1 and all(party.kind == "group" for party in people)
    return bool(common) and (not mutual or common in (set(one), set(other)))


def _contrary(known: _Known, one: Act, other: Act) -> bool:
    """Whether two acts differ in how, where or when they were done."""
    if one.mode and other.mode and one.mode != other.mode:
        return True
    if one.place is not None and other.place is not None and one.place != other.place:
        here, there = known.places[one.place], known.places[other.place]
        if here.country != there.country or Precision.country not in (here.precision, there.precision):
            return True
    if one.time is None or other.time is None or one.time == other.time:
        return False
    now, then = known.times[one.time], known.times[other.time]
    if now.begin is None or then.begin is None:
        return now.value != then.value
    return now.begin > (then.finish or then.begin) or then.begin > (now.finish or now.begin)


def _sides(act: Act, mutual: bool) -> tuple[tuple[int, ...], ...]:
    return (act.actors + act.recipients,) if mutual else (act.actors, act.recipients)


def _same_status(one: Act, other: Act) -> bool:
    """Headlines put in the present ("rebels seize town") what the article tells as past."""
    return one.status == other.status or (one.headline != other.headline and one.status.real and other.status.real)


def _rule(act: Act) -> str:
    return act.because.split(" ")[0]


def _same_voice(one: Act, other: Act) -> bool:
    """Whether the same people say so.

    What the article tells in its own voice takes in a source that says the same, not one that adds who did it.
    """
    if one.speakers == other.speakers:
        return True
    own = [act for act in (one, other) if set(act.speakers) <= {None}]
    if len(own) == 2:
        return True
    if not own or not one.status.real:
        return False
    told = other if own[0] is one else one
    return set(told.actors) <= set(own[0].actors)


def _fits(one: tuple[int, ...], other: tuple[int, ...], parties: Sequence[Party]) -> bool:
    """Whether two lists of parties may be one: a common member, one left out, or unnamed people of one country."""
    if not one or not other or set(one) & set(other):
        return True
    people = [parties[index] for index in one + other]
    countries = {party.country for party in people} - {None}
    return all(party.kind == "group" for party in people) and len(countries) < 2


def _refers_back(noun: Token) -> bool:
    """True for "the attack", "this visit": a noun that takes up what was told before."""
    return noun.pos_ == "NOUN" and any(
        item.dep_ == "det" and item.lower_ in ("the", "this", "that", "these", "those") for item in noun.children
    )


def _joined(known: Act, act: Act, parties: Sequence[Party]) -> Act:
    full, other = (known, act) if _weight(known) >= _weight(act) else (act, known)
    recipients = full.recipients or other.recipients
    if (_rule(full) in _HARM) != (_rule(other) in _HARM):
        # Who was hurt in an attack was hit by it, with whatever else it hit; a land only where nobody is named.
        hit = tuple(dict.fromkeys(full.recipients + other.recipients))
        named = tuple(party for party in hit if parties[party].kind != "country" and party not in full.actors)
        recipients = named or hit
    return replace(
        full,
        mode=full.mode or other.mode,
        contexts=full.contexts + tuple(item for item in other.contexts if item not in full.contexts),
        actors=full.actors or other.actors,
        recipients=recipients,
        place=full.place if full.place is not None else other.place,
        time=full.time if full.time is not None else other.time,
        because=_dated(full, other, "mention"),
        told=known.told + act.told,
        headline=known.headline and act.headline,
    )


def _weight(act: Act) -> tuple[bool, bool, int]:
    """What stands for all mentions: the prose, what it tells in its own voice, then what tells most of the parties."""
    return not act.headline, set(act.speakers) <= {None}, bool(act.actors) + bool(act.recipients)
