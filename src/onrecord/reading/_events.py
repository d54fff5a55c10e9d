"""Events: every mention of an act the frames know, with its parties, whether or not the act is real (status says that).

Each word is looked up by lemma; the most demanding trigger that fits decides. Mentions of one act that hang on each
other ("a bombing killed ten", "was shot and killed") are joined here; mentions apart are joined later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from onrecord.reading._aims import acts_below, scene, theme
from onrecord.reading._clauses import SUBJECTS, Clauses, is_time
from onrecord.reading._frame_types import PREPOSITIONS, Frame, Frames, Trigger
from onrecord.reading._frames import load_frames
from onrecord.reading._sites import PartiesLike, Setting, Site
from onrecord.records import EventType, Status

# Last halves of nouns that the tokenizer cuts: sit-in, walk-out.
_SPLIT_NOUNS = frozenset({"in", "out", "off", "down", "up"})


@dataclass(frozen=True, slots=True)
class EventDraft:
    """One mention of an act.

    trigger: token indices, the word that decides first; actors, recipients: party indices; because: the frame's id;
    status: set only where the frame itself says how real the act is ("was not invited" is a refusal that happened).
    """

    type: EventType | str
    mode: str | None
    contexts: tuple[str, ...]
    trigger: tuple[int, ...]
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    because: str
    status: Status | None = None


def find_events(doc: Doc, parties: PartiesLike, frames: Frames | None = None) -> tuple[EventDraft, ...]:
    """All mentions of acts in a document, in text order."""
    frames = load_frames() if frames is None else frames
    setting = Setting(Clauses(doc, frames.forms), parties, frames)
    consumed: set[int] = set()
    drafts: dict[int, list[EventDraft]] = {}
    sites: dict[int, tuple[Site, Frame]] = {}
    # Verbs first: "held talks" takes the noun "talks" with it.
    for kind in ("verb", "adjective", "noun"):
        for token, triggers in _candidates(setting, kind):
            if token in consumed or token in drafts:
                continue
            found = _read(setting, kind, token, triggers, drafts)
            if found is not None:
                site, frame, drafts[token] = found
                sites[token] = (site, frame)
                consumed.update(index for draft in drafts[token] for index in draft.trigger if index != token)
    kept = {token: found for token, found in drafts.items() if token not in consumed}
    _complete(_joined(setting, kept), sites)
    return tuple(_of_known_lands(draft, parties) for token in sorted(kept) for draft in kept[token])


def _of_known_lands(draft: EventDraft, parties: PartiesLike) -> EventDraft:
    """Without "the crisis-hit country" that nothing tells which: it keeps its place from others, and is nobody."""

    def known(side: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(i for i in side if parties.all[i].kind != "country" or parties.all[i].country is not None)

    return replace(draft, actors=known(draft.actors), recipients=known(draft.recipients))


def _candidates(setting: Setting, kind: str) -> Iterator[tuple[int, tuple[Trigger, ...]]]:
    tree, frames = setting.tree, setting.frames
    for token in range(tree.size):
        pos = tree.pos[token]
        if kind == "verb":
            if pos == "VERB" and tree.dep[token] != "amod" and not _gerund_noun(tree, token):
                found = frames.verbs.get(tree.lemma[token])
                if found:
                    yield token, found
        elif kind == "adjective":
            if pos == "ADJ" or (pos == "VERB" and (tree.dep[token] == "amod" or tree.tag[token] in ("VBN", "VBG"))):
                found = frames.adjectives.get(tree.lower[token])
                if found:
                    yield token, found
        elif pos in ("NOUN", "PROPN") or tree.lower[token] in _SPLIT_NOUNS or _gerund_noun(tree, token):
            found = _by_form_or_lemma(frames, tree, token)
            if found and setting.known[token] is None and not _attribute(setting, token):
                yield token, found


def _by_form_or_lemma(frames: Frames, tree: Clauses, token: int) -> tuple[Trigger, ...]:
    lower, lemma = tree.lower[token], tree.lemma[token]
    found = frames.nouns.get(lower, ())
    return found if lower == lemma else tuple(sorted(found + frames.nouns.get(lemma, ()), key=lambda item: -item.rank))


def _attribute(setting: Setting, noun: int) -> bool:
    """True where a noun only colours another ("protest song", not "ceasefire plan"), for "in protest" and for March."""
    tree = setting.tree
    if tree.lower[noun] == "protest" and noun and tree.lower[noun - 1] == "in":
        return True
    if tree.pos[noun] == "PROPN" and is_time(tree, noun):
        return True
    return tree.dep[noun] == "compound" and tree.lemma[tree.head[noun]] not in setting.frames.words["schemes"]


def _gerund_noun(tree: Clauses, token: int) -> bool:
    """True for "the killing of ten people", when the tagger calls the gerund a verb."""
    if tree.tag[token] != "VBG" or any(tree.dep[kid] in ("aux", "nsubj", "obj") for kid in tree.kids[token]):
        return False
    if any(tree.dep[kid] in ("det", "nmod:poss", "nmod") for kid in tree.kids[token]):
        return True
    return bool(tree.oblique(token, "between")) or (tree.dep[token] == "csubj" and bool(tree.oblique(token, "of")))


def _read(
    setting: Setting, kind: str, token: int, triggers: Iterable[Trigger], drafts: dict[int, list[EventDraft]]
) -> tuple[Site, Frame, list[EventDraft]] | None:
    supporter = _supporter(setting, token) if kind == "noun" else None
    if supporter in drafts and setting.tree.lemma[supporter] not in setting.frames.words["phase"]:
        # The verb is an act of its own: who "attended an inauguration" did not inaugurate.
        supporter = None
    plain = Site(setting, kind, token, supporter=supporter)
    for trigger in triggers:
        site = plain
        words = _worded(setting, trigger, token)
        if words is None or (kind == "verb" and not trigger.precise and _other_verb(setting, trigger, token)):
            continue
        if trigger.nouns:
            noun = _object_in(setting, trigger, token)
            if noun is None:
                continue
            site = Site(setting, kind, token, noun=noun)
            words = (*words, noun)
        if any(not site.holds(need) for need in trigger.needs if need.place != "parties"):
            continue
        if any(site.holds(veto) for veto in trigger.vetoes):
            continue
        actors, recipients = site.roles(trigger.frame)
        if not _enough(trigger, actors, recipients):
            continue
        # "joining forces", "house arrest": a word of the trigger is nobody.
        spoken = {setting.known[index] for index in words if index != token}
        recipients = tuple(party for party in recipients if party not in spoken)
        if kind == "noun":
            actors = tuple(party for party in actors if party not in spoken)
        words += tuple(_matched(site, trigger))
        return site, trigger.frame, list(_drafts(setting, trigger.frame, site, words, actors, recipients))
    return None


def _other_verb(setting: Setting, trigger: Trigger, token: int) -> bool:
    """True when a particle makes it another verb: "kick off" kicks nobody, "call off" calls nobody."""
    tree = setting.tree
    return any(tree.dep[kid] == "compound:prt" and tree.lower[kid] not in trigger.words for kid in tree.kids[token])


def _matched(site: Site, trigger: Trigger) -> Iterator[int]:
    """Words of prepositional phrases that belong to the trigger ("took to the streets"), unless acts themselves."""
    for need in trigger.needs:
        if need.place in PREPOSITIONS:
            index = site.matched(need)
            if index is not None and site.tree.lemma[index] not in site.setting.frames.nouns:
                yield index


def _drafts(
    setting: Setting,
    frame: Frame,
    site: Site,
    words: tuple[int, ...],
    actors: tuple[int, ...],
    recipients: tuple[int, ...],
) -> Iterator[EventDraft]:
    if site.supporter is not None and _is_light(setting, site.supporter):
        # "launched airstrikes": the verb carries tense, negation and time.
        words = (*words, site.supporter)
    for part in (frame, *(setting.frames.all[name] for name in frame.also)):
        yield EventDraft(part.type, part.mode, part.contexts, words, actors, recipients, part.id, part.status)


def _worded(setting: Setting, trigger: Trigger, token: int) -> tuple[int, ...] | None:
    """The tokens of the trigger's words, or None when one is missing."""
    if len(trigger.words) == 1:
        return (token,)
    tree = setting.tree
    found = [token]
    if trigger.kind != "noun":
        for word in trigger.words[1:]:
            part = _particle(tree, token, word)
            if part is None:
                return None
            found.append(part)
        return tuple(found)
    before = token - 1
    for word in reversed(trigger.words[:-1]):
        while before >= 0 and tree.lower[before] in ("-", "–", "‑"):
            before -= 1
        if before < 0 or word not in (tree.lower[before], tree.lemma[before]):
            return None
        found.append(before)
        before -= 1
    return tuple(found)


def _particle(tree: Clauses, verb: int, word: str) -> int | None:
    """The particle or preposition that makes the verb's meaning: "call the strike off", "cracked down", "call for"."""
    if verb + 1 < tree.size and tree.lower[verb + 1] == word and not is_time(tree, tree.head[verb + 1]):
        return verb + 1
    for kid in tree.kids[verb]:
        if tree.lower[kid] == word and kid > verb:
            return kid
        if tree.dep[kid].startswith(("obl", "advcl", "xcomp", "ccomp")) and kid > verb and not is_time(tree, kid):
            for marker in tree.kids[kid]:
                if tree.lower[marker] == word and tree.dep[marker] in ("case", "mark"):
                    return marker
    return None


def _object_in(setting: Setting, trigger: Trigger, token: int) -> int | None:
    for item in setting.tree.objects(token):
        for noun in setting.tree.coordinated(item):
            for candidate in (noun, setting.tree.inner(noun)):
                if not trigger.nouns.isdisjoint(setting.names(candidate)):
                    return candidate
    return None


def _enough(trigger: Trigger, actors: tuple[int, ...], recipients: tuple[int, ...]) -> bool:
    """Whether the parties a trigger asks for are known; one of either role when it asks for nothing."""
    for need in trigger.needs:
        if need.place == "parties":
            if "ANY" in need.classes:
                return True
            if "BOTH" in need.classes:
                return bool(actors and recipients)
            if "ACTOR" in need.classes or "AIMED" in need.classes:
                return bool(actors)
            if "RECIPIENT" in need.classes:
                return bool(recipients)
    return bool(actors or recipients)


# -- verbs that only carry a noun -------------------------------------------------------------------------------------


def _supporter(setting: Setting, noun: int) -> int | None:
    """The verb through which somebody does what a noun names: "carried out an attack", "took part in the talks"."""
    tree, words = setting.tree, setting.frames.words
    spot = tree.outer(tree.first_conjunct(tree.outer(noun)))
    dep, head = tree.dep[spot], tree.head[spot]
    if head == spot:
        return None
    if dep in ("obj", "nsubj:pass") or (dep in SUBJECTS and tree.is_verb(head) and tree.passive(head)):
        if tree.lemma[head] == "deny" and tree.lemma[noun] in words["utterances"]:
            return None  # who denies an attack is said to have attacked; who denies an allegation did not allege
        carries = any(tree.lemma[head] in words[name] for name in ("light", "phase", "undergo", "engage"))
        return head if carries else None
    if dep in SUBJECTS:
        return head if tree.lemma[head] in words["happen"] else None
    if dep in ("advmod", "compound:prt") and tree.lower[noun] in _SPLIT_NOUNS:
        # "staged a sit-in": the parser sees an adverb or a particle.
        return head if tree.lemma[head] in words["light"] else None
    if dep == "obl" and tree.case(spot) in ("in", "into", "at", "to"):
        engaged = tree.lemma[head] in words["engage"]
        return head if engaged or any(tree.lemma[kid] in ("part", "role") for kid in tree.kids[head]) else None
    for kid in tree.kids[spot]:
        if (
            tree.dep[kid] in ("acl", "acl:relcl")
            and tree.is_verb(kid)
            and tree.lemma[kid] in words["light"]
            and spot in tree.objects(kid)
        ):
            return kid
    return None


def _is_light(setting: Setting, verb: int) -> bool:
    return setting.tree.lemma[verb] in setting.frames.words["light"]


# -- one act, several words --------------------------------------------------------------------------------------------

# Acts in words have other acts as content ("condemned the accusation"); bodily acts that hang together are one.
_BODILY = frozenset({"ASSAULT", "CONSULT", "PROTEST", "MOBILIZE", "COERCE", "AID", "RETREAT", "SANCTION", "COOPERATE"})


def _joined(setting: Setting, drafts: dict[int, list[EventDraft]]) -> dict[int, list[EventDraft]]:
    """Join drafts of one type of which one is part of the other's clause; the part's list is left empty."""
    order = sorted(drafts)
    # A verb may hang on the noun of a light verb: "carried out an airstrike that killed two".
    spoken = {index: token for token in order for draft in drafts[token] for index in draft.trigger}
    for token in order:
        target = _part_of(setting, token, drafts, spoken)
        if target is None or len(drafts[token]) > 1:
            continue
        drafts[target] = [_union(drafts[target][0], drafts[token][0]), *drafts[target][1:]]
        drafts[token] = []
        spoken.update({index: target for index, owner in spoken.items() if owner == token})
    return drafts


def _complete(drafts: dict[int, list[EventDraft]], sites: dict[int, tuple[Site, Frame]]) -> None:
    """Give acts that name nobody as their object whom they are about."""
    # Last first: an act announced follows the word that announces it.
    for token in sorted(drafts, reverse=True):
        found = drafts[token]
        if not found or any(draft.recipients for draft in found):
            continue
        recipients = _aimed_at(*sites[token], found[0].actors, drafts)
        if recipients:
            drafts[token] = [replace(draft, recipients=recipients) for draft in found]
        elif sites[token][1].aimed and len(found[0].actors) < 2:
            drafts[token] = []  # ties to nobody
        elif not found[0].actors and found[0].type == "ASSAULT" and sites[token][0].kind == "noun":
            drafts[token] = []  # "murder" by nobody, of nobody


def _aimed_at(
    site: Site, frame: Frame, actors: tuple[int, ...], drafts: dict[int, list[EventDraft]]
) -> tuple[int, ...]:
    """Whom the act it announces is done to, else where it happens, else what it touches."""
    if "theme" in frame.recipient or "purpose" in frame.recipient:
        for draft in (draft for below in acts_below(site) for draft in drafts.get(below, ())):
            found = _others(draft, actors)
            if found:
                return found
    found = scene(site, frame.recipient, actors)
    return found or (theme(site, actors) if "theme" in frame.recipient else ())


def _others(draft: EventDraft, actors: tuple[int, ...]) -> tuple[int, ...]:
    """Whom an act announced or aimed at is done to; in what parties do together, all but the announcer."""
    sides = draft.recipients
    if draft.type in ("CONSULT", "COOPERATE", "AGREE"):
        sides = tuple(dict.fromkeys(draft.actors + draft.recipients))
    return tuple(party for party in sides if party not in actors)


def _part_of(setting: Setting, token: int, drafts: dict[int, list[EventDraft]], spoken: dict[int, int]) -> int | None:
    """The trigger whose act this one is a part, a result or another word of."""
    if not drafts[token] or drafts[token][0].type not in _BODILY:
        return None
    tree = setting.tree
    spot = token if tree.is_verb(token) else tree.outer(tree.first_conjunct(token))
    head = tree.head[spot]
    for _ in range(2):
        target = spoken.get(head, head)
        found = drafts.get(target)
        if found and target != token and found[0].type == drafts[token][0].type and _hangs(tree, spot, head):
            return target
        if head == tree.head[head] or not (
            tree.lemma[head] in setting.frames.words["light"] or tree.lemma[head] == "use"
        ):
            return None
        spot, head = head, tree.head[head]
    return None


def _hangs(tree: Clauses, spot: int, head: int) -> bool:
    dep = tree.dep[spot]
    if tree.is_verb(spot):
        if tree.lemma[spot] in _TALKING:
            return dep in ("advcl", "acl", "xcomp")
        result = tree.lemma[spot] in _RESULTS
        if dep == "conj":
            # "ten were killed and nine injured"
            return result and tree.lemma[head] in _HARM and tree.lemma[spot] in _HARM
        if dep == "advcl":
            return result and not tree.case(spot)
        return dep in ("acl:relcl", "acl", "xcomp", "advcl:relcl") and result
    if dep in SUBJECTS or dep in ("obj", "compound"):
        return True
    if dep not in ("obl", "nmod", "obl:agent"):
        return False
    case = tree.case(spot)
    # Who is killed during an attack is killed by it; what else happens during it is an act of its own.
    return case in _WITHIN or (case == "during" and tree.lemma[head] in _HARM)


_WITHIN = frozenset({"in", "for", "by", "through", "at", "with", "under", "on", "to", "into"})
_TALKING = frozenset({"discuss", "talk", "negotiate", "consult", "exchange", "review", "speak", "confer"})
_HARM = frozenset({"kill", "wound", "injure", "shoot", "maim", "die"})
_RESULTS = frozenset(
    {"target", "kill", "wound", "injure", "destroy", "damage", "maim", "die", "leave", "hit", "strike"}
)


def _union(main: EventDraft, part: EventDraft) -> EventDraft:
    actors = main.actors or tuple(party for party in part.actors if party not in main.recipients)
    recipients = main.recipients + tuple(
        party for party in part.recipients if party not in main.recipients and party not in actors
    )
    mode = main.mode or part.mode
    contexts = main.contexts + tuple(item for item in part.contexts if item not in main.contexts)
    because = part.because if part.mode and not main.mode else main.because
    return replace(
        main,
        mode=mode,
        contexts=contexts,
        actors=actors,
        recipients=recipients,
        because=because,
        trigger=main.trigger + tuple(index for index in part.trigger if index not in main.trigger),
    )
