"""Frames of one's own, tried beside ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.reading._frame_files import FrameFile, FrameSpec, expanded
from onrecord.reading._frame_types import Frames, Trigger
from onrecord.reading._frames import forms_of, frame_of, indexed, plain_types, triggers_of
from onrecord.reading._lexicon_check import Fault
from onrecord.records import EventType, LexiconError, OwnType


@dataclass(frozen=True, slots=True)
class Own:
    """A frame file as it was read, by the name that messages use."""

    name: str
    content: FrameFile


def extended(base: Frames, files: Sequence[Own], lists: Mapping[str, frozenset[str]]) -> Frames:
    """``base`` with checked files. Of triggers that ask for as much, own ones come before ours, imported ones after."""
    removed = {id_ for own in files for id_ in _replaced(base, own.content)}
    frames = {id_: frame for id_, frame in base.all.items() if id_ not in removed}
    before: list[Trigger] = []
    after: list[Trigger] = []
    for own in files:
        for spec in own.content.frames:
            frame = frame_of(spec, own.content, own.name)
            frames[frame.id] = frame
            (after if own.content.imported else before).extend(triggers_of(spec, frame, lists))
    plain = plain_types(before)
    return Frames(
        all=frames,
        verbs=_laid_over(base.verbs, before, after, "verb", 0, removed),
        nouns=_laid_over(base.nouns, before, after, "noun", -1, removed),
        adjectives=_laid_over(base.adjectives, before, after, "adjective", 0, removed),
        words=lists,
        verb_types={
            **base.verb_types,
            **{verb: base.verb_types.get(verb, frozenset()) | plain[verb] for verb in plain},
        },
        forms={**forms_of([*before, *after], {}, {}), **base.forms},
        types={**base.types, **dict(_declared(files))},
    )


def word_lists(base: Frames, named: Iterable[tuple[str, Mapping[str, list[str]]]]) -> dict[str, frozenset[str]]:
    """Our word lists and those of own files, which may use ours and those above them.

    Raises
    ------
    LexiconError: naming the file and list that is empty, or means something else elsewhere.
    """
    lists = dict(base.words)
    for name, content in named:
        for key, words in content.items():
            where = f"{name}: list {key}"
            if not words:
                raise LexiconError(f"{where}: is empty. Give it words or remove it.")
            found = expanded(words, lists, where)
            if lists.setdefault(key, found) != found:
                raise LexiconError(
                    f"{where}: another file has a list of this name with other words. Rename one of them."
                )
    return lists


@dataclass(slots=True)
class Beside:
    """What a well-formed file must get along with: our frames and those of the files before it."""

    base: Frames
    lists: Mapping[str, frozenset[str]]
    _taken: dict[str, str] = field(default_factory=dict)  # ids of own frames, with their file
    _means: dict[str, tuple[str | None, str]] = field(default_factory=dict)  # meanings of own types, with their file

    def faults(self, own: Own) -> Iterator[Fault]:
        """What is wrong with a file in this company: its ids, its type, the words it asks for. It joins the others."""
        content = own.content
        ids = {id_of(spec, content) for spec in content.frames}
        means, other = self._means.setdefault(content.type, (content.means, own.name))
        if means != content.means:
            yield Fault(
                ("means",), "", f"{other} declares {content.type} with another meaning. Make them say the same."
            )
        ours = self.base.all.keys() - _replaced(self.base, content)
        for number, spec in enumerate(content.frames):
            id_, path, where = id_of(spec, content), ("frames", number), f"frame {spec.id}"
            if id_ in ours:
                remedy = "Give it another id, or say replace: same at the top."
                yield Fault((*path, "id"), where, f"{self.base.all[id_].file} has a frame {id_!r} too. {remedy}")
            elif id_ in self._taken:
                yield Fault((*path, "id"), where, f"{self._taken[id_]} has a frame {id_!r} too. Give it another id.")
            try:
                for _ in triggers_of(spec, frame_of(spec, content, own.name), self.lists):
                    pass
            except LexiconError as error:
                yield Fault(path, "", str(error).removeprefix(f"{own.name}: "))
            for name in spec.also:
                if name not in ours and name not in ids and name not in self._taken:
                    yield Fault((*path, "also"), where, f"also names {name!r}, which is no frame. Write type/id.")
        self._taken.update(dict.fromkeys(ids, own.name))


def unreachable(frames: Frames) -> dict[str, str]:
    """Frames that can never be chosen, each with one that always is before it: the same words, and it asks for less."""
    before: dict[str, set[str]] = {}
    free: set[str] = set()
    for index in (frames.verbs, frames.nouns, frames.adjectives):
        for triggers in index.values():
            greedy: dict[tuple[str, ...], str] = {}
            for trigger in triggers:
                other = greedy.get(trigger.words)
                if other is None or other == trigger.frame.id:
                    free.add(trigger.frame.id)
                else:
                    before.setdefault(trigger.frame.id, set()).add(other)
                if not (trigger.needs or trigger.vetoes or trigger.nouns):
                    greedy.setdefault(trigger.words, trigger.frame.id)
    return {id_: sorted(others)[0] for id_, others in before.items() if id_ not in free}


def id_of(spec: FrameSpec, content: FrameFile) -> str:
    """The name of the rule: "consult/meet"."""
    return f"{content.type.lower()}/{spec.id}"


def _replaced(base: Frames, content: FrameFile) -> set[str]:
    """The ids of our frames that a file puts its own in the place of."""
    if content.replace == "all":
        return {frame.id for frame in base.all.values() if frame.type == content.type}
    if content.replace == "same":
        return base.all.keys() & {id_of(spec, content) for spec in content.frames}
    return set()


def _declared(files: Iterable[Own]) -> Iterator[tuple[str, OwnType]]:
    for own in files:
        content = own.content
        if not isinstance(content.type, EventType) and content.means:
            yield content.type, OwnType(name=content.type, meaning=content.means, quad=content.quad)


def _laid_over(
    base: Mapping[str, tuple[Trigger, ...]],
    before: Iterable[Trigger],
    after: Iterable[Trigger],
    kind: str,
    position: int,
    removed: set[str],
) -> dict[str, tuple[Trigger, ...]]:
    """The index of one kind of trigger with own ones among ours."""
    index = dict(base)
    if removed:
        index = {word: tuple(one for one in known if one.frame.id not in removed) for word, known in base.items()}
    first, last = indexed(before, kind, position), indexed(after, kind, position)
    for word in first.keys() | last.keys():
        among = (*first.get(word, ()), *index.get(word, ()), *last.get(word, ()))
        index[word] = tuple(sorted(among, key=lambda item: -item.rank))
    return {word: known for word, known in index.items() if known}
