"""Dictionary files in, lexicon and frame files out, with a list of everything that did not fit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.reading.dictionaries._actors import read_actors
from onrecord.reading.dictionaries._agents import read_agents
from onrecord.reading.dictionaries._issues import read_discards, read_issues
from onrecord.reading.dictionaries._source import Loss, Notes, Source, open_source
from onrecord.reading.dictionaries._verbs import read_verbs
from onrecord.reading.dictionaries._write import dump
from onrecord.records import BadOption

REPORT = "not-carried-over.tsv"
_READERS: dict[str, Callable[[Source, Notes], dict[str, Any]]] = {
    "actors": read_actors,
    "agents": read_agents,
    "issues": read_issues,
    "discards": read_discards,
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file.

    kind: actors, agents, verbs, issues or discards; None for a file that is none of these.
    carried: how many entries of which sort were written; losses: what was not, or not whole; problem: why a file
    was set aside.
    """

    name: str
    kind: str | None
    carried: dict[str, int]
    written: tuple[Path, ...]
    losses: tuple[Loss, ...]
    problem: str | None = None


def import_dictionaries(paths: Iterable[Path], output: Path) -> tuple[Imported, ...]:
    """Read dictionary files, or all files of folders, and write our form of them into the folder ``output``.

    Raises
    ------
    BadOption: when a path is missing, or ``output`` has such files already or cannot be written.
    """
    contents: dict[Path, tuple[dict[str, Any], list[str]]] = {}
    results = [_read(path, output, contents) for path in _files(paths)]
    _write({path: dump(content, comments=comments) for path, (content, comments) in contents.items()}, results, output)
    return tuple(results)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(inner for inner in path.rglob("*") if inner.is_file() and not inner.name.startswith("."))
        elif path.exists():
            yield path
        else:
            raise BadOption(f"{path} does not exist. Give a dictionary file or a folder of them.")


def _read(path: Path, output: Path, contents: dict[Path, tuple[dict[str, Any], list[str]]]) -> Imported:
    """One file; its content is added to what is to be written."""
    try:
        source = open_source(path)
    except OSError as error:
        return Imported(path.name, None, {}, (), (), f"it cannot be read ({error.strerror})")
    if source.kind is None:
        return Imported(path.name, None, {}, (), (), "it is no actor, agent, verb or issue file of these programs")
    notes = Notes(source.name)
    stem = re.sub(r"[^a-z0-9]+", "_", path.stem.lower()).strip("_")
    about = [
        f"Source: imported by onrecord from {source.name}, whose licence goes with its content.",
        f"{REPORT} in this folder lists what of it could not be carried over.",
    ]
    files: dict[str, dict[str, Any]] = {}
    head = {"source": f"imported from {source.name}"}
    if source.kind == "verbs":
        for kind, content in read_verbs(source, notes).items():
            files[f"{stem}.{kind.lower()}.yaml"] = {**head, "type": kind, "imported": True, **content}
    elif content := _READERS[source.kind](source, notes):
        files[f"{stem}.yaml"] = {**head, **content}
    written = []
    for name, content in files.items():
        target = _free(output / name, contents)
        contents[target] = (content, about)
        written.append(target)
    return Imported(source.name, source.kind, _counted(files.values()), tuple(written), tuple(notes.losses))


def _counted(files: Iterable[dict[str, Any]]) -> dict[str, int]:
    """How many entries there are of each sort."""
    found: Counter[str] = Counter()
    for content in files:
        for section in ("people", "bodies", "peoples", "frames"):
            found[section] += len(content.get(section, ()))
        found["names of countries"] += sum(len(entry["also"]) for entry in content.get("countries", {}).values())
        found["role nouns"] += sum(len(group["words"]) for group in content.get("roles", ()))
        found["patterns"] += sum(len(frame["verbs"]) for frame in content.get("frames", ()))
        if "frames" not in content:
            found["word lists"] += len(content.get("lists", ()))
    return {sort: count for sort, count in found.items() if count}


def _free(path: Path, taken: Iterable[Path]) -> Path:
    """``path``, or with a number where two sources have one name."""
    number, found = 1, path
    while found in taken:
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found


def _write(texts: dict[Path, str], results: Iterable[Imported], output: Path) -> None:
    report = output / REPORT
    for path in (*texts, report):
        if path.exists():
            raise BadOption(f"{path} exists already. Choose another --output, or remove it first.")
    losses = [loss for result in results for loss in result.losses]
    rows = [(loss.file, str(loss.line), "part" if loss.partly else "whole", loss.reason, loss.text) for loss in losses]
    table = [("file", "line", "lost", "reason", "entry"), *rows]
    try:
        output.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8", newline="\n")
        report.write_text("".join("\t".join(row) + "\n" for row in table), encoding="utf-8", newline="\n")
    except OSError as error:
        raise BadOption(f"--output {output} cannot be written ({error.strerror}). Choose another folder.") from error
