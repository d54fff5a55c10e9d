"""Verb files become frames: a frame for each block, code and placing of the parties, in a file for each type."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from onrecord.reading.dictionaries import _codes
from onrecord.reading.dictionaries._patterns import Asked, Unfit, understood
from onrecord.reading.dictionaries._source import Notes, Source
from onrecord.reading.dictionaries._verb_files import NO_CODE, Block, Pattern, Verb, VerbFile, parse_verbs

_ACTOR = ("subject", "possessive", "by", "modifier")
_RECIPIENT = ("object", "owner", "against", "on", "with", "to")


@dataclass(slots=True)
class _Frame:
    """One frame in the making."""

    id: str
    act: _codes.Act
    code: str
    block: Block
    alone: bool
    actor: str | None
    recipient: str | None
    reciprocal: bool
    triggers: list[Any] = field(default_factory=list)


def read_verbs(source: Source, notes: Notes) -> dict[str, dict[str, Any]]:
    """For each type, the content of a frame file."""
    parsed = parse_verbs(source, notes)
    verbs = frozenset(verb.words for block in parsed.blocks for verb in block.verbs)
    files: dict[str, dict[str, Any]] = {}
    used: set[str] = set()
    for block in parsed.blocks:
        if not block.verbs:
            if block.patterns:
                notes.lost(block.line, "a block without verbs", block.name)
            continue
        for frame, vetoes in _frames(block, parsed, verbs, notes):
            # The file's name keeps the frames of several dictionaries apart.
            frame.id = _free(f"{slug(source.name.removesuffix('.txt'))}-{frame.id}", used)
            file = files.setdefault(frame.act.type, {"lists": {}, "frames": []})
            file["lists"][_list_name(block)] = sorted({verb.words for verb in block.verbs})
            file["frames"].append(_written(frame, vetoes, source))
    return files


def _frames(
    block: Block, parsed: VerbFile, verbs: frozenset[str], notes: Notes
) -> list[tuple[_Frame, dict[str, list[str]]]]:
    """The frames of one block, the ones for its verbs alone with what must not stand beside them."""
    found: dict[tuple[Any, ...], _Frame] = {}
    vetoes: dict[str, list[str]] = {}
    for verb in block.verbs:
        act = _act(verb, notes)
        if act is not None:
            frame = _frame_in(found, block, verb.code, act, Asked(), alone=True)
            if verb.words not in frame.triggers:
                frame.triggers.append(verb.words)
    for pattern in block.patterns:
        try:
            asked = understood(pattern, parsed, verbs)
        except Unfit as reason:
            notes.lost(pattern.line, str(reason), pattern.text)
            continue
        if pattern.code == NO_CODE:
            _veto(pattern, asked, vetoes, notes)
            continue
        act = _act(pattern, notes)
        if act is not None:
            if pattern.code.strip().startswith(":"):
                # A code after the colon only is an act of the other party.
                asked.actor, asked.recipient = asked.recipient or "object", asked.actor or "subject"
            frame = _frame_in(found, block, pattern.code, act, asked, alone=False)
            frame.triggers.extend(trigger for trigger in _triggers(asked, block) if trigger not in frame.triggers)
    return [(frame, vetoes if frame.alone else {}) for frame in found.values() if frame.triggers]


def _act(coded: Verb | Pattern, notes: Notes) -> _codes.Act | None:
    """What a code means; noted when it means nothing here. A verb without a code only lends itself to patterns."""
    text = coded.words if isinstance(coded, Verb) else coded.text
    if coded.code == NO_CODE:
        return None
    first, second = _parts(coded.code)
    act = _codes.act(first)
    if act is None:
        stated = first[:2] in ("01", "02") and re.fullmatch(r"\d{2,4}", first)
        kind = f"a CAMEO {first[:2]} act, which has no counterpart" if stated else "a code that is not CAMEO's"
        notes.lost(coded.line, kind, text)
        return None
    if second and second != first and {first, second} != {"042", "043"}:
        notes.changed(coded.line, "the second of two codes, for the act seen from the other side", text)
    return act


def _frame_in(
    found: dict[tuple[Any, ...], _Frame], block: Block, code: str, act: _codes.Act, asked: Asked, *, alone: bool
) -> _Frame:
    """The frame of this block with this code and placing, made when it is the first."""
    first, second = _parts(code)
    reciprocal = asked.reciprocal or bool(second and second == first)
    key = (first, alone, asked.actor, asked.recipient, reciprocal)
    if key not in found:
        name = slug(f"{block.name} {first}{' alone' if alone else ''}")
        found[key] = _Frame(name, act, first, block, alone, asked.actor, asked.recipient, reciprocal)
    return found[key]


def _parts(code: str) -> tuple[str, str]:
    """``042:043`` as its two codes; of ``:173`` the only one."""
    first, _, second = code.strip(" !").partition(":")
    return (first.strip(), second.strip()) if first.strip() else (second.strip(), "")


def _triggers(asked: Asked, block: Block) -> list[Any]:
    """The trigger of a pattern: all verbs of its block, and what it asks for."""
    verbs: Any = f"@{_list_name(block)}"
    if asked.particle:
        verbs = sorted({f"{verb.words} {asked.particle}" for verb in block.verbs if " " not in verb.words})
        if not verbs:
            return []
    if not asked.places and not asked.particle:
        return [verbs]
    return [{"verb": verbs, **asked.places}]


def _veto(pattern: Pattern, asked: Asked, vetoes: dict[str, list[str]], notes: Notes) -> None:
    """A pattern that is to stay uncoded keeps the verb alone from being coded beside its word."""
    if len(asked.places) != 1 or asked.particle or asked.places.get("clause"):
        notes.lost(
            pattern.line, "a pattern that leaves something uncoded and asks for more than one word", pattern.text
        )
        return
    ((place, words),) = asked.places.items()
    vetoes.setdefault(place, []).extend(word for word in words if word not in vetoes.get(place, []))


def _written(frame: _Frame, vetoes: dict[str, list[str]], source: Source) -> dict[str, Any]:
    """The frame as its file has it."""
    block = frame.block
    content: dict[str, Any] = {
        "id": frame.id,
        "says": f"CAMEO {frame.code}, from the block {block.name.upper()} of {source.name}, line {block.line}.",
        "mode": frame.act.mode,
        "contexts": list(frame.act.contexts),
        "verbs": frame.triggers,
        "actor": list(_first(frame.actor, _ACTOR, other=frame.recipient)),
        "recipient": list(_first(frame.recipient, _RECIPIENT, other=frame.actor)),
        "reciprocal": frame.reciprocal or None,
        "not": vetoes,
    }
    return {key: value for key, value in content.items() if value}


def _first(place: str | None, usual: tuple[str, ...], *, other: str | None) -> tuple[str, ...]:
    """The marked place before the usual ones, without the place that the other party is marked in."""
    places = dict.fromkeys(((place,) if place else ()) + usual)
    return tuple(one for one in places if one != other or one == place)


def _list_name(block: Block) -> str:
    return "verbs_" + re.sub(r"[^a-z0-9]+", "_", block.name.lower()).strip("_") + f"_{block.line}"


def slug(text: str) -> str:
    """``CAMEO.2.0`` as "cameo-2-0"."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _free(name: str, used: set[str]) -> str:
    number, found = 1, name
    while found in used:
        number += 1
        found = f"{name}-{number}"
    used.add(found)
    return found
