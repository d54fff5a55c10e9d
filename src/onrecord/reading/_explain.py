"""What the words in a record's ``because`` mean: the rule, the sentences it is tried on, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.ingest import rules as layout_rules
from onrecord.reading._data import load_yaml
from onrecord.reading._frame_types import Frame, Frames
from onrecord.reading._frames import load_frames
from onrecord.reading._own import load_lexicons
from onrecord.records import EventType, Status

_MOST_EXAMPLES = 12


@dataclass(frozen=True, slots=True)
class Explanation:
    """One rule, for people.

    Parameters
    ----------
    rule: its name, as it stands in ``because``.
    wording: how it is written down, line by line.
    matches, leaves: sentences it must and must not fit.
    source: the file, and where the rule comes from.
    """

    rule: str
    says: str
    wording: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    source: str = ""


def explain(because: str, *, lexicon: Iterable[str | Path] = ()) -> tuple[Explanation, ...]:
    """The rules that a ``because`` names, in its order; empty when it names none that is known.

    ``consult/meet + status/plan+to`` is explained part by part: the frame, then what decides how real the act is. An
    event type is explained too: what it means.

    lexicon: files or folders whose frames and types are explained beside ours.
    """
    frames = load_lexicons(lexicon).frames
    found: list[Explanation] = []
    for part in because.split(" + "):
        found.extend(one for one in _explain_part(part.strip(), frames) if one not in found)
    return tuple(found)


def rule_names(*, lexicon: Iterable[str | Path] = ()) -> tuple[str, ...]:
    """The names of all rules, sorted."""
    frames = load_lexicons(lexicon).frames
    glossary = (entry["rule"] for entry in load_yaml("lexicon/because.yaml"))
    times = (entry["id"] for entry in load_yaml("lexicon/times.yaml")["rules"])
    return tuple(sorted({*(rule.id for rule in layout_rules()), *frames.all, *glossary, *times}))


def _explain_part(part: str, frames: Frames) -> Iterator[Explanation]:
    exact = _layout().get(part) or _frame(part, frames) or _times().get(part) or _type(part, frames)
    if exact:
        yield exact
    elif part.startswith("status/"):
        for step in part.removeprefix("status/").split("/"):
            yield from _status_step(step)
    elif described := _described(part):
        yield described


def _status_step(step: str) -> Iterator[Explanation]:
    """One word of the way from the act up the sentence: ``plan+to``, ``past``, ``without``."""
    word, plus, frame = step.partition("+")
    if plus:
        yield _complement(step, word, frame)
        return
    rule = f"status/{step}"
    kind = _modality().get(step)
    if rule in _glossary() or not kind:
        described = _described(rule)
        if described and (rule in _glossary() or step):
            yield described
        return
    yield Explanation(rule, f"What “{step}” governs is {_meaning(kind)}.", source="reading/lexicon/modality.yaml")


def _complement(step: str, word: str, frame: str) -> Explanation:
    """What a word says about the reality of its complement."""
    rule = f"status/{step}"
    for entry in load_yaml("lexicon/complements.yaml"):
        if word in entry["words"] and frame in entry["frames"]:
            effect = entry["frames"][frame]
            examples = tuple(f"{sentence} ({status})" for status, sentence in entry["examples"])
            says = f"What follows “{word}” ({frame}) is {_meaning(effect)}."
            return Explanation(rule, says, matches=examples, source="reading/lexicon/complements.yaml")
    says = f"What hangs on “{word}” ({frame}) is judged by how real “{word}” itself is."
    return Explanation(rule, says, source="reading/lexicon/complements.yaml")


_EFFECTS = {
    "mandative": "called for, unless the clause tells of the past",
    "same": "as real as the word itself",
    "fact": "real even when the word is denied or supposed",
    "inner": "as real as its own verb says",
    "not": "something that did not happen",
    "topic": "taken as known",
}


def _meaning(effect: str) -> str:
    """What a lexicon's effect does, in words: a status with its meaning, or one of the lexicon's own terms."""
    status = next((status for status in Status if status == effect), None)
    return f"{effect}: it {status.meaning}" if status else _EFFECTS.get(effect, effect)


def _described(part: str) -> Explanation | None:
    """The longest entry of the glossary that ``part`` begins with."""
    fitting = [rule for rule in _glossary() if _begins(part, rule)]
    if not fitting:
        return None
    entry = _glossary()[max(fitting, key=len)]
    file = entry["file"]
    return Explanation(part, entry["says"], source=f"reading/{file}" if file.endswith((".yaml", ".py", "/")) else file)


def _begins(part: str, rule: str) -> bool:
    if "*" in rule:
        return fnmatchcase(part, rule) or fnmatchcase(part, f"{rule}[:/]*")
    return part == rule or (part.startswith(rule) and (rule[-1] in ":-" or part[len(rule)] in ":/"))


def _type(name: str, frames: Frames) -> Explanation | None:
    """An event type, PLOVER's or the user's own."""
    own = frames.types.get(name)
    ours = EventType.__members__.get(name)
    if own is None and ours is None:
        return None
    rules = tuple(sorted(frame.id for frame in frames.all.values() if frame.type == name))
    files = sorted({_file(frame) for frame in frames.all.values() if frame.type == name})
    meaning = own.meaning if own is not None else f"PLOVER: {ours.meaning}." if ours is not None else ""
    return Explanation(name, meaning, wording=(f"rules: {', '.join(rules)}",), source=", ".join(files))


def _frame(name: str, frames: Frames) -> Explanation | None:
    frame = frames.all.get(name)
    if frame is None:
        return None
    coded = f"coded {frame.type}" + (f", mode {frame.mode}" if frame.mode else "")
    return Explanation(
        rule=frame.id,
        says=frame.says,
        wording=(coded, *frame.wording, f"actor: {', '.join(frame.actor)}", f"recipient: {', '.join(frame.recipient)}"),
        matches=tuple(example.text for example in frame.match)[:_MOST_EXAMPLES],
        leaves=tuple(frame.avoid)[:_MOST_EXAMPLES],
        source=f"{_file(frame)}; {frame.source}",
    )


def _file(frame: Frame) -> str:
    """Where a frame is written down: ours are named without a folder."""
    ours = load_frames().all.get(frame.id)
    return f"reading/frames/{frame.file}" if ours is not None and ours.file == frame.file else frame.file


@cache
def _layout() -> dict[str, Explanation]:
    return {
        rule.id: Explanation(
            rule.id,
            rule.says,
            matches=tuple(example["line"] for example in rule.matches),
            leaves=rule.leaves,
            source="ingest/data/layout.yaml",
        )
        for rule in layout_rules()
    }


@cache
def _times() -> dict[str, Explanation]:
    return {
        entry["id"]: Explanation(
            entry["id"],
            "A pattern of a time expression.",
            wording=tuple(entry.get("match", ())),
            matches=tuple(entry.get("finds", ())),
            leaves=tuple(entry.get("leaves", ())),
            source="reading/lexicon/times.yaml",
        )
        for entry in load_yaml("lexicon/times.yaml")["rules"]
    }


@cache
def _glossary() -> dict[str, dict[str, Any]]:
    return {entry["rule"]: entry for entry in load_yaml("lexicon/because.yaml")}


@cache
def _modality() -> dict[str, str]:
    """Single words and what they make of what they govern, as far as the lexicon lists them that way."""
    content = load_yaml("lexicon/modality.yaml")
    found: dict[str, str] = {}
    for name in ("markers", "prepositions"):
        found.update({str(word): str(status) for word, status in content.get(name, {}).items()})
    for name in ("adjectives", "adverbs"):
        found.update({str(word): str(status) for status, words in content.get(name, {}).items() for word in words})
    return found
