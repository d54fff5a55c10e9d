"""Frame files as people write them: read, checked, and refused with the name of the file and the frame and a remedy."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from onrecord.reading._frame_types import CLASSES, PLACES, QUESTIONS, Condition
from onrecord.reading._lexicon_check import Fault
from onrecord.records import OWN_TYPE, EventType, LexiconError, Quad, Status


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
    match: list[str] = []
    avoid: list[str] = []


class FrameFile(BaseModel):
    """One file as written.

    ``means`` and ``quad`` declare a type of one's own. ``replace`` is for files of one's own: "same" puts their frames
    in the place of ours with the same id, "all" in the place of all of ours of the type. ``imported`` frames come from
    another program's dictionary, have no examples, and are tried after all others.
    """

    model_config = ConfigDict(extra="forbid")

    source: str
    type: EventType | str = Field(union_mode="left_to_right")
    means: str | None = None
    quad: Quad | None = None
    imported: bool = False
    replace: Literal["same", "all"] | None = None
    lists: dict[str, list[str]] = {}
    frames: list[FrameSpec]


def checked(text: str, name: str) -> FrameFile:
    """One frame file of the package, proved against the schema.

    Raises
    ------
    LexiconError: naming file, line, frame and remedy.
    """
    content, faults = examined(parse(text, name))
    if faults or content is None:
        raise LexiconError(f"{name}:{line_of(text, faults[0].path)}: {faults[0]}")
    return content


def examined(data: Any) -> tuple[FrameFile | None, list[Fault]]:
    """A frame file's content, None when it has not the right shape, and all that is wrong with it."""
    if not isinstance(data, dict):
        return None, [Fault((), "", "a frame file is a mapping with source, type and frames.")]
    for frame in data.get("frames") or ():
        if isinstance(frame, dict) and "not" in frame:
            frame["vetoes"] = frame.pop("not")
    try:
        content = FrameFile.model_validate(data)
    except ValidationError as error:
        return None, [_fault(data, item) for item in error.errors()]
    faults = list(_type_faults(content))
    seen: set[str] = set()
    for number, spec in enumerate(content.frames):
        where, path = f"frame {spec.id}", ("frames", number)
        if spec.id in seen:
            faults.append(Fault((*path, "id"), where, "is defined twice. Give one of them another id."))
        seen.add(spec.id)
        faults += [Fault((*path, key), where, problem) for key, problem in _spec_problems(spec)]
        if not content.imported and (len(spec.match) < 2 or not spec.avoid):
            faults.append(Fault(path, where, "give at least two sentences under match and one under avoid."))
    return content, faults


def _fault(data: Any, item: Any) -> Fault:
    """One complaint of the schema, in our words."""
    path = tuple("not" if part == "vetoes" else part for part in item["loc"])
    found = data.get("frames")
    where, keys = "", ".".join(str(part) for part in path)
    if len(path) > 1 and path[0] == "frames" and isinstance(path[1], int) and isinstance(found, list):
        frame = found[path[1]]
        label = frame.get("id") if isinstance(frame, dict) else None
        where, keys = f"frame {label or f'number {path[1] + 1}'}", ".".join(str(part) for part in path[2:])
    if item["type"] == "extra_forbidden":
        fields = (FrameSpec if where else FrameFile).model_fields
        known = ", ".join(sorted("not" if key == "vetoes" else key for key in fields))
        return Fault(path, where, f"{keys!r} is no key of a {'frame' if where else 'frame file'}. Known: {known}.")
    if item["type"] == "missing":
        return Fault(path[:-1], where, f"{keys} is missing. Add it.")
    said = str(item["msg"]).removeprefix("Input should be ")
    return Fault(path, where, f"{keys}: should be {said}. Compare it with another frame in the same folder.")


def _type_faults(content: FrameFile) -> Iterator[Fault]:
    if isinstance(content.type, EventType):
        if content.means or content.quad:
            key = "means" if content.means else "quad"
            yield Fault(
                (key,), "", f"{content.type} is a type of PLOVER's, which has its meaning and class. Remove {key}."
            )
        return
    if not re.fullmatch(OWN_TYPE, content.type):
        yield Fault(
            ("type",), "", f"type {content.type!r}: write a type in upper case, words joined by hyphens: ARMS-TRANSFER."
        )
    elif not content.means:
        near = difflib.get_close_matches(content.type, list(EventType), n=1)
        meant = f"Did you mean {near[0]}? " if near else ""
        remedy = "A type of your own needs a line that says what it is: means: Weapons are delivered to another party."
        yield Fault(("type",), "", f"{content.type} is no type of PLOVER's. {meant}{remedy}")


def _spec_problems(spec: FrameSpec) -> Iterator[tuple[str, str]]:
    """What is wrong with one frame, each with the key it is found under."""
    if not (spec.verbs or spec.nouns or spec.adjectives):
        yield "id", "nothing triggers it. Give it verbs, nouns or adjectives."
    for key, places in (("actor", spec.actor), ("recipient", spec.recipient)):
        for place in places or []:
            for part in place.split("+"):
                if part not in PLACES:
                    yield key, f"{part!r} is no place for a party. Known: {', '.join(sorted(PLACES))}."
    for key, asked in (("needs", spec.needs), ("not", spec.vetoes)):
        for place in asked:
            if place not in PLACES and place not in QUESTIONS:
                yield key, _unasked(place)
    for text in spec.match:
        if " => " not in text:
            yield "match", f'write "sentence => actor > recipient": {text!r}'


def _unasked(place: str) -> str:
    return f"{place!r} cannot be asked about. Known: {', '.join(sorted(PLACES | QUESTIONS))}."


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
        if place not in PLACES and place not in QUESTIONS:
            raise LexiconError(f"{where}: {_unasked(place)}")
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


def line_of(text: str, path: tuple[str | int, ...]) -> int:
    """The line, from 1, of what the keys of ``path`` lead to in a YAML text, or of the last of them that is there."""
    try:
        node = _Loader(text).get_single_node()
    except yaml.YAMLError:
        return 1
    line = 1 if node is None else node.start_mark.line + 1
    for key in path:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == key), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            break
    return int(line)
