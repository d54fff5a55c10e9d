"""Frame files as people write them: read, checked, and refused with the name of the file and the frame and a remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from onrecord.reading._frame_types import CLASSES, PLACES, QUESTIONS, Condition
from onrecord.records import EventType, LexiconError, Status


def as_list(value: Any) -> Any:
    """A list as it is, anything else as a list of one."""
    return value if isinstance(value, list) else [value]


_Texts = Annotated[list[str], BeforeValidator(as_list)]
_Asked = dict[str, _Texts]


class FrameSpec(BaseModel):
    """One frame as written."""

    model_config = ConfigDict(extra="forbid")

    id: str
    says: str
    mode: str | None = None
    contexts: list[str] = []
    verbs: list[str | dict[str, Any]] = []
    nouns: list[str | dict[str, Any]] = []
    adjectives: list[str | dict[str, Any]] = []
    actor: _Texts | None = None
    recipient: _Texts | None = None
    reciprocal: bool = False
    status: Status | None = None
    first: bool = False
    also: list[str] = []
    needs: _Asked = {}
    vetoes: _Asked = {}
    match: list[str]
    avoid: list[str]


class FrameFile(BaseModel):
    """One file as written."""

    model_config = ConfigDict(extra="forbid")

    source: str
    type: EventType
    frames: list[FrameSpec]


def checked(text: str, name: str) -> FrameFile:
    """One frame file, proved against the schema.

    Raises
    ------
    LexiconError: naming file, frame and remedy.
    """
    data = parse(text, name)
    if not isinstance(data, dict):
        raise LexiconError(f"{name}: a frame file is a mapping with source, type and frames.")
    for frame in data.get("frames") or ():
        if isinstance(frame, dict) and "not" in frame:
            frame["vetoes"] = frame.pop("not")
    try:
        content = FrameFile.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = _where(data, first["loc"])
        raise LexiconError(
            f"{name}: {where}: {first['msg']}. Compare it with another frame in the same folder."
        ) from error
    for spec in content.frames:
        _check_spec(spec, name)
    return content


def _where(data: Any, location: tuple[int | str, ...]) -> str:
    if len(location) > 1 and location[0] == "frames" and isinstance(location[1], int):
        frame = data["frames"][location[1]]
        label = frame.get("id", f"number {location[1] + 1}") if isinstance(frame, dict) else f"number {location[1] + 1}"
        return f"frame {label}, " + ".".join(str(part) for part in location[2:])
    return ".".join(str(part) for part in location)


def _check_spec(spec: FrameSpec, name: str) -> None:
    where = f"{name}: frame {spec.id}"
    if not (spec.verbs or spec.nouns or spec.adjectives):
        raise LexiconError(f"{where}: nothing triggers it. Give it verbs, nouns or adjectives.")
    if len(spec.match) < 2 or not spec.avoid:
        raise LexiconError(f"{where}: give at least two sentences under match and one under avoid.")
    for place in (spec.actor or []) + (spec.recipient or []):
        for part in place.split("+"):
            if part not in PLACES:
                raise LexiconError(f"{where}: {part!r} is no place for a party. Known: {', '.join(sorted(PLACES))}.")
    for place in (*spec.needs, *spec.vetoes):
        _check_place(place, where)


def _check_place(place: str, where: str) -> None:
    if place not in PLACES and place not in QUESTIONS:
        known = ", ".join(sorted(PLACES | QUESTIONS))
        raise LexiconError(f"{where}: {place!r} cannot be asked about. Known: {known}.")


def word_lists(data: Any, name: str) -> dict[str, frozenset[str]]:
    """The named lists of ``words.yaml``; a list may use those above it."""
    lists: dict[str, frozenset[str]] = {}
    for key, value in data.items():
        if key == "source":
            continue
        if not isinstance(value, list) or not value:
            raise LexiconError(f"{name}: the word list {key!r} is empty. Write it as [word, word].")
        lists[key] = expanded(value, lists, name)
    return lists


def expanded(values: Iterable[str], lists: Mapping[str, frozenset[str]], where: str) -> frozenset[str]:
    """The words of a list as written: "@talks" replaced by its list, hyphens by spaces, -ise joined by -ize."""
    found: set[str] = set()
    for value in values:
        if value[:1] == "@":
            if value[1:] not in lists:
                raise LexiconError(f"{where}: there is no word list {value!r} in words.yaml (above this use).")
            found |= lists[value[1:]]
            continue
        # The tokenizer cuts at hyphens, so "cease-fire" is two words here.
        word = " ".join(value.replace("-", " ").split()) if "-" in value else value
        found.add(word)
        if word.endswith(("ise", "yse")):
            found.add(word[:-2] + "ze")
    return frozenset(found)


def conditions(asked: Mapping[str, Any], lists: Mapping[str, frozenset[str]], where: str) -> tuple[Condition, ...]:
    """What ``needs``, ``not`` or a trigger asks for, the cheap questions first."""
    found = []
    for place, values in asked.items():
        _check_place(place, where)
        words = expanded(as_list(values), lists, where)
        classes = frozenset() if place == "clause_type" else frozenset(word for word in words if word.isupper())
        if odd := sorted(word for word in words - classes if word != word.lower() and place != "clause_type"):
            raise LexiconError(f"{where}: {odd[0]!r} is neither a word (lower case) nor a class (upper case).")
        if unknown := classes - CLASSES:
            raise LexiconError(
                f"{where}: {', '.join(unknown)} is no class of party. Known: {', '.join(sorted(CLASSES))}."
            )
        found.append(Condition(place, words - classes, classes))
    return tuple(sorted(found, key=lambda item: item.place in ("circumstance", "sentence", "parties")))


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Every scalar stays the text it is: "on", "no" and "off" are words here, not truth values."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:  # noqa: ARG002
        return "tag:yaml.org,2002:str"

    def descend_resolver(self, current_node: Any, current_index: Any) -> None: ...

    def ascend_resolver(self) -> None: ...


def parse(text: str, name: str) -> Any:
    """A YAML text as lists, mappings and text."""
    try:
        loader = _Loader(text)
        return _plain(loader.get_single_node())
    except yaml.YAMLError as error:
        raise LexiconError(f"{name}: not valid YAML. {error}") from error


def _plain(node: Any) -> Any:
    """Lists, mappings and text; PyYAML's own constructor takes three times as long for the same."""
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    return None
