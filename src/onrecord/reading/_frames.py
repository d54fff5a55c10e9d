"""Event frames: what kinds of acts there are, and the words and sentence patterns that report them.

Frames are data, one YAML file a PLOVER type in ``frames/``; ``frames/words.yaml`` holds word lists that several frames
share. ``docs/how-to/add-an-event-frame.md`` explains the format to people who do not program. In short:

    id           unique within its type; the rule's name is then "consult/meet"
    says         what the frame means, one line
    mode, contexts   PLOVER's, optional
    verbs        "meet", "call off", or a mapping {verb: sign, noun: [deal]}: a verb and its object read as one trigger
    nouns        "meeting", "hunger strike", or a mapping {noun: strike, of: [worker]}
    adjectives   "slain", or a mapping {adjective: ready, clause: [to]}
    actor, recipient   where each party stands, best place first (see ``PLACES``)
    first        when true, the frame is tried before all others of its words
    needs, not   what must and must not be there: {place: [words, @lists, CLASSES]}
    match        sentences that must match, "sentence => actor words > recipient words" ("+" between several parties)
    avoid        sentences in which this frame must not fire
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from onrecord.reading._data import built
from onrecord.reading._frame_files import (
    FrameFile,
    FrameSpec,
    as_list,
    checked,
    conditions,
    expanded,
    parse,
    word_lists,
)
from onrecord.reading._frame_types import Condition, Example, Frame, Frames, Trigger
from onrecord.records import LexiconError


@cache
def load_frames() -> Frames:
    """The packaged frames, read and checked once a process.

    Raises
    ------
    LexiconError: naming file, frame and remedy when the data break the schema.
    """
    return built("frames", ("frames/*.yaml", "_frame*.py"), _read_packaged)


def _read_packaged() -> Frames:
    folder = files("onrecord.reading") / "frames"
    return read_frames(sorted(folder.iterdir(), key=lambda item: item.name))


def read_frames(paths: Iterable[Traversable]) -> Frames:
    """Read frame files (and ``words.yaml`` among them) into one index."""
    words: dict[str, frozenset[str]] = {}
    irregular: Mapping[str, list[str]] = {}
    contents: list[tuple[str, FrameFile]] = []
    for path in paths:
        if not path.name.endswith(".yaml"):
            continue
        text = path.read_text(encoding="utf-8")
        if path.name == "words.yaml":
            data = parse(text, path.name)
            irregular = data.pop("irregular", {})
            words = word_lists(data, path.name)
        else:
            contents.append((path.name, checked(text, path.name)))
    frames: dict[str, Frame] = {}
    triggers: list[Trigger] = []
    for name, content in contents:
        for spec in content.frames:
            frame = frame_of(spec, content, name)
            if frame.id in frames:
                raise LexiconError(f"{name}: frame {frame.id!r} is defined twice. Give one of them another id.")
            frames[frame.id] = frame
            triggers.extend(triggers_of(spec, frame, words))
    _check_references(frames)
    return Frames(
        all=frames,
        verbs=indexed(triggers, "verb", 0),
        nouns=indexed(triggers, "noun", -1),
        adjectives=indexed(triggers, "adjective", 0),
        words=words,
        verb_types=plain_types(triggers),
        forms=forms_of(triggers, words, irregular),
    )


def describe(rule_id: str) -> str:
    """What a frame says, how it is worded, its examples and its source, as text for people.

    Raises
    ------
    LexiconError: when there is no such frame.
    """
    frames = load_frames()
    frame = frames.all.get(rule_id)
    if frame is None:
        near = [name for name in frames.all if rule_id.split("/")[-1] in name][:5]
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        raise LexiconError(f"no event frame is called {rule_id!r}.{hint}")
    kind = f"{frame.type}" + (f", mode {frame.mode}" if frame.mode else "")
    lines = [
        f"{frame.id}: {frame.says}",
        f"codes {kind}" + (f" [{', '.join(frame.contexts)}]" if frame.contexts else ""),
    ]
    lines += [f"  {line}" for line in frame.wording]
    lines += [f"actor: {', '.join(frame.actor)}", f"recipient: {', '.join(frame.recipient)}", "examples:"]
    lines += [f"  yes: {example.text}" for example in frame.match]
    lines += [f"  no:  {text}" for text in frame.avoid]
    lines += [f"source: {frame.source}", f"file: reading/frames/{frame.file}"]
    return "\n".join(lines)


def _check_references(frames: Mapping[str, Frame]) -> None:
    for frame in frames.values():
        for other in frame.also:
            if other not in frames:
                raise LexiconError(f"{frame.file}: frame {frame.id}: also names {other!r}, which is no frame.")


# -- building ---------------------------------------------------------------------------------------------------------

_ACTOR = ("subject", "possessive", "by", "modifier")
_RECIPIENT = ("object", "owner", "against", "on", "theme")
_PAIR = " => "


def frame_of(spec: FrameSpec, content: FrameFile, name: str) -> Frame:
    return Frame(
        id=f"{content.type.lower()}/{spec.id}",
        type=content.type,
        mode=spec.mode,
        contexts=tuple(spec.contexts),
        says=spec.says,
        actor=_ACTOR if spec.actor is None else tuple(spec.actor),
        recipient=_RECIPIENT if spec.recipient is None else tuple(spec.recipient),
        reciprocal=spec.reciprocal,
        aimed="AIMED" in as_list(spec.needs.get("parties", [])),
        status=spec.status,
        also=tuple(spec.also),
        match=tuple(_example(text, f"{name}: frame {spec.id}") for text in spec.match),
        avoid=tuple(spec.avoid),
        file=name,
        source=content.source,
        wording=tuple(_wording(spec)),
    )


def _wording(spec: FrameSpec) -> Iterator[str]:
    for label, triggers in (("verbs", spec.verbs), ("nouns", spec.nouns), ("adjectives", spec.adjectives)):
        if triggers:
            yield f"{label}: " + "; ".join(item if isinstance(item, str) else _written(item) for item in triggers)
    for label, asked in (("needs", spec.needs), ("not", spec.vetoes)):
        if asked:
            yield f"{label}: " + _written(asked)


def _written(mapping: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{key} {_written(value) if isinstance(value, dict) else '/'.join(as_list(value))}"
        for key, value in mapping.items()
    )


def _example(text: str, where: str) -> Example:
    sentence, found, parties = text.partition(_PAIR)
    if not found:
        raise LexiconError(f'{where}: write "sentence => actor > recipient": {text!r}')
    actors, _, recipients = parties.partition(">")
    return Example(sentence.strip(), _parts(actors), _parts(recipients))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("+") if part.strip())


def triggers_of(spec: FrameSpec, frame: Frame, lists: Mapping[str, frozenset[str]]) -> Iterator[Trigger]:
    where = f"{frame.file}: frame {spec.id}"
    needs = conditions(spec.needs, lists, where)
    vetoes = conditions(spec.vetoes, lists, where)
    for kind, items in (("verb", spec.verbs), ("noun", spec.nouns), ("adjective", spec.adjectives)):
        for item in items:
            asked: dict[str, Any] = dict(item) if isinstance(item, dict) else {kind: item}
            if kind not in asked:
                raise LexiconError(f"{where}: a trigger under {kind}s must name its {kind}: {item!r}")
            forms = expanded(as_list(asked.pop(kind)), lists, where)
            nouns = expanded(as_list(asked.pop("noun", [])), lists, where) if kind == "verb" else frozenset()
            own_vetoes = conditions(asked.pop("not", {}), lists, where)
            own = conditions(asked, lists, where)
            for form in forms:
                words = tuple(form.split())
                rank = 10 * len(words) + sum(_weight(condition) for condition in own)
                rank += 12 * bool(nouns) + 3 * bool(nouns and all(" " in noun for noun in nouns))
                rank += 100 * spec.first
                precise = bool(nouns) or any(condition.words for condition in own)
                plain = not own and not nouns
                yield Trigger(kind, words, nouns, own + needs, own_vetoes + vetoes, frame, rank, plain, precise)


def _weight(condition: Condition) -> int:
    """How much a condition narrows: a word much, any party or any clause little."""
    if condition.place == "clause_type":
        return 6
    return 12 if condition.words and condition.place != "clause" else 2


def indexed(triggers: Iterable[Trigger], kind: str, position: int) -> dict[str, tuple[Trigger, ...]]:
    index: dict[str, list[Trigger]] = {}
    for trigger in triggers:
        if trigger.kind == kind:
            index.setdefault(trigger.words[position], []).append(trigger)
    # A stable sort: among equals the order of the files decides.
    return {word: tuple(sorted(found, key=lambda item: -item.rank)) for word, found in index.items()}


def plain_types(triggers: Iterable[Trigger]) -> dict[str, frozenset[str]]:
    """For a verb, the types it has whatever stands around it: what "threatened to X" and "agreed to X" are about."""
    types: dict[str, set[str]] = {}
    for trigger in triggers:
        if trigger.kind == "verb" and len(trigger.words) == 1 and trigger.plain:
            types.setdefault(trigger.words[0], set()).add(str(trigger.frame.type))
    return {verb: frozenset(found) for verb, found in types.items()}


def forms_of(
    triggers: Iterable[Trigger], words: Mapping[str, frozenset[str]], irregular: Mapping[str, list[str]]
) -> dict[str, str]:
    """Inflected forms of every verb that frames name."""
    verbs = {trigger.words[0] for trigger in triggers if trigger.kind == "verb"}
    verbs.update(
        word
        for name in ("light", "phase", "happen", "engage", "undergo", "blame", "mishap")
        for word in words.get(name, ())
    )
    forms: dict[str, str] = {}
    for verb in verbs:
        for form in irregular.get(verb) or _regular(verb):
            forms.setdefault(form, verb)
    forms.update({verb: verb for verb in verbs})
    return forms


def _regular(verb: str) -> Iterator[str]:
    """ "stage": staged, stages, staging; "plan": planned, planning; "deny": denied, denies."""
    if verb.endswith("e"):
        yield from (verb + "d", verb + "s", verb[:-1] + "ing")
    elif verb.endswith("y") and verb[-2:-1] not in "aeiou":
        yield from (verb[:-1] + "ied", verb[:-1] + "ies", verb + "ing")
    elif len(verb) > 2 and verb[-1] not in "aeiouwxy" and verb[-2] in "aeiou" and verb[-3] not in "aeiou":
        doubled = (verb + verb[-1] + "ed", verb + verb[-1] + "ing", verb + "s")
        yield from doubled if len(verb) < 5 else (*doubled, verb + "ed", verb + "ing")
    else:
        yield from (verb + "ed", verb + ("es" if verb.endswith(("s", "x", "ch", "sh", "z")) else "s"), verb + "ing")
