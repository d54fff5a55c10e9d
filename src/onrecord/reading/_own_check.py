"""The whole check of lexicons and frames: form, place among ours, and whether the examples read as they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files as package_files
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.reading._codebook import CONTEXTS, MODES
from onrecord.reading._frame_files import line_of
from onrecord.reading._frame_types import Example, Frame, Frames
from onrecord.reading._frames import load_frames
from onrecord.reading._lexicon import Lexicon, load_lexicon
from onrecord.reading._lexicon_check import Fault
from onrecord.reading._own import OwnFile, Problem, find_files, load_lexicons, out_of_reach, read_own
from onrecord.reading._own_frames import id_of, unreachable
from onrecord.reading._own_lexicon import known_otherwise
from onrecord.records import EventType, LexiconError

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from onrecord.reading._parties import Parties


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: problems as lines of text, remarks that are none, and how much was looked at."""

    problems: tuple[str, ...]
    remarks: tuple[str, ...]
    files: int
    sound: int
    entries: int
    sentences: int


def check_own(paths: Iterable[str | Path], *, examples: bool = True) -> Report:
    """Check files and folders of a user's own, each alone and beside ours and the others.

    Raises
    ------
    BadOption: when a path is missing or holds no such file.
    """
    found = read_own(find_files(paths))
    problems = [problem for file in found for problem in file.problems()]
    problems += out_of_reach(found)
    for file in found:
        problems += _wrong_codes(file)
    sound = [file for file in found if not file.faults]
    sentences = 0
    if examples and sound:
        known = load_lexicons(file.name for file in sound)
        tried = [trial for file in sound for trial in _trials(file, known.frames)]
        sentences = len(tried)
        problems += (trial.problem(failure) for trial, failure in _failures(tried, known.lexicon, known.frames))
    blamed = {problem.file for problem in problems}
    problems.sort(key=lambda problem: (problem.file, problem.line))
    return Report(
        problems=tuple(map(str, problems)),
        remarks=tuple(remark for file in sound for remark in _remarks(file)),
        files=len(found),
        sound=sum(file.name not in blamed for file in found),
        entries=sum(map(_size, found)),
        sentences=sentences,
    )


def check_packaged(*, examples: bool = True) -> Report:
    """Check the frames and lexicons of the package."""
    try:
        frames, lexicon = load_frames(), load_lexicon()
    except LexiconError as error:
        return Report((str(error),), (), 0, 0, 0, 0)
    hidden = unreachable(frames).items()
    problems = [
        f"reading/frames/{frames.all[id_].file}: {id_} can never be chosen: {other} takes its words first."
        for id_, other in hidden
    ]
    problems += [
        f"reading/frames/{frame.file}: {frame.id}: {wrong}"
        for frame in frames.all.values()
        for wrong in _codes_of(frame)
    ]
    tried = []
    if examples:
        tried = [Trial(frame.id, one, frame.file, 0) for frame in frames.all.values() for one in _examples(frame)]
        problems += [
            f"reading/frames/{trial.file}: {trial.id}: {text}" for trial, text in _failures(tried, lexicon, frames)
        ]
    count = sum(
        item.name.endswith(".yaml")
        for part in ("frames", "lexicon")
        for item in (package_files("onrecord.reading") / part).iterdir()
    )
    entries = len(frames.all) + len(lexicon.facts) + len(lexicon.roles)
    return Report(tuple(problems), (), count, 0 if problems else count, entries, len(tried))


@dataclass(frozen=True, slots=True)
class Trial:
    """One example of a frame: an ``Example`` must give the frame with its parties, a plain text must not give it."""

    id: str
    example: Example | str
    file: str
    line: int

    @property
    def text(self) -> str:
        """The sentence."""
        return self.example if isinstance(self.example, str) else self.example.text

    def problem(self, failure: str) -> Problem:
        """The failure as a problem of the file."""
        return Problem(self.file, self.line, Fault((), f"frame {self.id}", failure))


def _trials(file: OwnFile, frames: Frames) -> Iterator[Trial]:
    if file.frames is None:
        return
    for number, spec in enumerate(file.frames.frames):
        frame = frames.all[id_of(spec, file.frames)]
        examples: list[tuple[str, int, Example | str]] = [("match", i, one) for i, one in enumerate(frame.match)]
        examples += [("avoid", i, text) for i, text in enumerate(frame.avoid)]
        for key, place, example in examples:
            yield Trial(frame.id, example, file.name, line_of(file.text, ("frames", number, key, place)))


def _examples(frame: Frame) -> Iterator[Example | str]:
    yield from frame.match
    yield from frame.avoid


def _failures(trials: Sequence[Trial], lexicon: Lexicon, frames: Frames) -> Iterator[tuple[Trial, str]]:
    """The examples that do not read as they should, with what was read instead."""
    from onrecord import language
    from onrecord.reading._events import find_events
    from onrecord.reading._parties import find_parties

    nlp = language.load()
    for trial, doc in zip(trials, nlp.pipe(trial.text for trial in trials), strict=True):
        parties = find_parties(doc, language.coref.resolve(doc), lexicon, published=None)
        events = find_events(doc, parties, frames)
        same = [event for event in events if event.because == trial.id]
        if isinstance(trial.example, str):
            if same:
                yield trial, f"must not match, but does: {trial.text!r}"
            continue
        wanted = trial.example
        fits = any(
            all(_says(doc, parties, event.actors, words) for words in wanted.actors)
            and all(_says(doc, parties, event.recipients, words) for words in wanted.recipients)
            for event in same
        )
        if not fits:
            read = "; ".join(
                f"{event.because} ({_named(parties, event.actors)} > {_named(parties, event.recipients)})"
                for event in events
            )
            asked = f"{' + '.join(wanted.actors)} > {' + '.join(wanted.recipients)}"
            yield trial, f"must match with {asked}: {trial.text!r}. Read instead: {read or 'nothing'}"


def _says(doc: Doc, parties: Parties, indices: Iterable[int], words: str) -> bool:
    """Whether one of these parties is named or mentioned with these words."""
    return any(
        words.lower() in text.lower()
        for index in indices
        for text in (parties.all[index].name, *(doc[one.start : one.end].text for one in parties.all[index].mentions))
    )


def _named(parties: Parties, indices: Iterable[int]) -> str:
    return " + ".join(parties.all[index].name for index in indices)


def _wrong_codes(file: OwnFile) -> Iterator[Problem]:
    """Modes and contexts that PLOVER does not have."""
    if file.frames is None or file.faults:
        return
    for number, spec in enumerate(file.frames.frames):
        for key, wrong in _codes(file.frames.type, spec.mode, spec.contexts):
            fault = Fault(("frames", number, key), f"frame {spec.id}", wrong)
            yield Problem(file.name, line_of(file.text, fault.path), fault)


def _codes_of(frame: Frame) -> Iterator[str]:
    for _, wrong in _codes(frame.type, frame.mode, frame.contexts):
        yield wrong


def _codes(kind: EventType | str, mode: str | None, contexts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """A type of one's own has modes of one's own."""
    if isinstance(kind, EventType) and mode is not None and mode not in MODES[kind]:
        known = ", ".join(sorted(MODES[kind])) or "none"
        yield "mode", f"{mode!r} is no mode of {kind}. Known: {known}."
    for context in contexts:
        if context not in CONTEXTS:
            yield "contexts", f"{context!r} is no context. Known: {', '.join(sorted(CONTEXTS))}."


def _remarks(file: OwnFile) -> Iterator[str]:
    """What a user may want to know though it is not wrong."""
    if file.frames is not None and file.frames.imported:
        count = len(file.frames.frames)
        yield f"{file.name}: {count} imported frames, which have no examples and are tried after all others"
    if file.actors is not None and not file.actors.get("replace"):
        other = known_otherwise(load_lexicon(), file.actors)
        if other:
            yield (
                f"{file.name}: {len(other)} names mean somebody else to onrecord, and stay open between the two: "
                f"{', '.join(other[:5])}{' …' if len(other) > 5 else ''}. For yours alone, say replace: same at the top"
            )


def _size(file: OwnFile) -> int:
    if file.frames is not None:
        return len(file.frames.frames)
    return sum(len(value) for key, value in (file.actors or {}).items() if isinstance(value, list | dict))
