"""Lexicons and frames of one's own: found, checked, and laid over ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from onrecord.reading._frame_files import FrameFile, examined, line_of, parse
from onrecord.reading._frame_types import Frames
from onrecord.reading._frames import load_frames
from onrecord.reading._lexicon import Lexicon, load_lexicon
from onrecord.reading._lexicon_check import Fault, collected, own_faults
from onrecord.reading._own_frames import Beside, Own, unreachable, word_lists
from onrecord.reading._own_frames import extended as extended_frames
from onrecord.reading._own_lexicon import extended as extended_lexicon
from onrecord.records import BadOption, LexiconError

_ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Lexicons:
    """What a reader knows: actors and frames, ours and the user's."""

    lexicon: Lexicon
    frames: Frames


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a user's file."""

    file: str
    line: int
    fault: Fault

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.fault}"


@dataclass(slots=True)
class OwnFile:
    """One file: its text, its content as far as it has the right shape, and what is wrong with it."""

    name: str
    text: str = ""
    frames: FrameFile | None = None
    actors: Any = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def lists(self) -> dict[str, list[str]]:
        """The word lists that it brings."""
        if self.frames is not None:
            return self.frames.lists
        return dict(self.actors.get("lists") or {}) if self.actors is not None else {}

    def problems(self) -> Iterator[Problem]:
        """What is wrong, with the lines."""
        for fault in self.faults:
            yield Problem(self.name, line_of(self.text, fault.path), fault)


def load_lexicons(paths: Iterable[str | Path] = ()) -> Lexicons:
    """Ours alone, or with the files and folders of a user laid over it, in their order.

    Raises
    ------
    BadOption: when a path is missing or holds no such file.
    LexiconError: naming file, line and remedy of the first thing that is wrong in them.
    """
    files = find_files(paths)
    if not files:
        return Lexicons(load_lexicon(), load_frames())
    return _loaded(tuple((path, _stamp(path)) for path in files))


@lru_cache(maxsize=4)
def _loaded(stamped: tuple[tuple[Path, tuple[int, int]], ...]) -> Lexicons:
    """The lexicons with these files as they are now; ``stamped`` tells a file that was edited from what it was."""
    files = read_own(path for path, _ in stamped)
    for file in files:
        for problem in file.problems():
            raise LexiconError(str(problem))
    own = [Own(file.name, file.frames) for file in files if file.frames is not None]
    frames = extended_frames(load_frames(), own, _lists(files)) if own else load_frames()
    actors = [file.actors for file in files if file.actors is not None]
    return Lexicons(extended_lexicon(load_lexicon(), actors) if actors else load_lexicon(), frames)


def find_files(paths: Iterable[str | Path]) -> list[Path]:
    """The YAML files that paths name, those of folders in order of their names.

    Raises
    ------
    BadOption: when a path is missing or a folder holds none.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        inside = sorted(item for item in path.rglob("*") if item.suffix in _ENDINGS) if path.is_dir() else [path]
        if not path.exists():
            raise BadOption(f"the lexicon {path} does not exist. Give a YAML file or a folder of them.")
        if not inside:
            raise BadOption(f"the folder {path} holds no .yaml file. Give one that does, or a file.")
        found += [item for item in inside if item not in found]
    return found


def read_own(paths: Iterable[Path]) -> list[OwnFile]:
    """Files as they are, each with everything that is wrong with it, alone and beside ours and the others."""
    files = [_read(path) for path in paths]
    try:
        lists = _lists(files)
    except LexiconError as error:
        name, _, problem = str(error).partition(": ")
        blamed = next((file for file in files if file.name == name), files[0])
        blamed.faults.append(Fault(("lists",), "", problem))
        return files
    beside = Beside(load_frames(), lists)
    for file in files:
        if file.frames is not None and not file.faults:
            file.faults += beside.faults(Own(file.name, file.frames))
    return files


def out_of_reach(files: Iterable[OwnFile]) -> Iterator[Problem]:
    """Frames of sound files that can never be chosen, because others take all their words first."""
    sound = [file for file in files if file.frames is not None and not file.faults]
    if not sound:
        return
    own = [Own(file.name, file.frames) for file in sound if file.frames is not None]
    hidden = unreachable(extended_frames(load_frames(), own, _lists(sound)))
    for file in sound:
        assert file.frames is not None
        for number, spec in enumerate(file.frames.frames):
            other = hidden.get(f"{file.frames.type.lower()}/{spec.id}")
            if other is not None:
                problem = f"can never be chosen: {other} takes its words first. Ask for more words, or say first: true."
                fault = Fault(("frames", number), f"frame {spec.id}", problem)
                yield Problem(file.name, line_of(file.text, fault.path), fault)


def _read(path: Path) -> OwnFile:
    """One file, judged by itself."""
    file = OwnFile(str(path))
    try:
        file.text = path.read_text(encoding="utf-8-sig")
        data = parse(file.text, file.name)
    except OSError as error:
        file.faults.append(Fault((), "", f"cannot be read ({error.strerror})."))
        return file
    except UnicodeDecodeError:
        file.faults.append(Fault((), "", "is not UTF-8 text. Save it as UTF-8."))
        return file
    except LexiconError as error:
        file.faults.append(Fault((), "", str(error).removeprefix(f"{file.name}: ")))
        return file
    if isinstance(data, dict) and ("frames" in data or "type" in data):
        file.frames, file.faults = examined(data)
    else:
        file.faults = collected(own_faults(data, frozenset(load_lexicon().countries)))
        file.actors = None if file.faults else data
    return file


def _lists(files: Iterable[OwnFile]) -> dict[str, frozenset[str]]:
    return word_lists(load_frames(), [(file.name, file.lists) for file in files])


def _stamp(path: Path) -> tuple[int, int]:
    try:
        about = path.stat()
    except OSError:
        return (0, 0)
    return (about.st_mtime_ns, about.st_size)
