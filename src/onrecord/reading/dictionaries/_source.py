"""Dictionary files as they lie on disk: lines without comments, the kind of file, what could not be carried over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

KINDS = ("actors", "agents", "verbs", "issues", "discards")
_LARGEST = 50_000_000
_XML_COMMENT = re.compile(r"<!\s?--.*?(-->|\Z)", re.DOTALL)
_CODED = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of a dictionary that our form does not hold, or not as it was meant.

    ``partly`` is true where the entry was carried over without it.
    """

    file: str
    line: int
    reason: str
    text: str
    partly: bool = False


@dataclass(slots=True)
class Notes:
    """What is noted down while one file is read."""

    file: str
    losses: list[Loss] = field(default_factory=list)

    def lost(self, line: int, reason: str, text: str) -> None:
        """An entry that is left out."""
        self.losses.append(Loss(self.file, line, reason, " ".join(text.split())))

    def changed(self, line: int, reason: str, text: str) -> None:
        """An entry that is carried over without a part of it."""
        self.losses.append(Loss(self.file, line, reason, " ".join(text.split()), partly=True))


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its name, its kind, its head (the comments it begins with) and its text."""

    name: str
    kind: str | None
    head: str
    text: str

    def lines(self, *, comments: str = "#;") -> Iterator[tuple[int, str]]:
        """Numbered lines that hold something, comments cut off."""
        marks = re.compile(f"[{re.escape(comments)}]") if comments else None
        for number, line in enumerate(self.text.split("\n"), start=1):
            content = marks.split(line, maxsplit=1)[0] if marks else line
            if content.strip():
                yield number, content.rstrip()


def open_source(path: Path) -> Source:
    """Read one file, in whatever encoding; characters that fit none are dropped.

    Raises
    ------
    OSError: when it cannot be read.
    """
    with path.open("rb") as stream:
        data = stream.read(_LARGEST)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    head = "\n".join(text.split("\n")[:60])
    # Blank lines in the place of comments keep the numbers of the lines below.
    text = _XML_COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    return Source(path.name, _kind(path.name.lower(), text), head, text)


def _kind(name: str, text: str) -> str | None:
    """What kind of dictionary it is, by its content; the name decides only where content does not."""
    lines = [line.split("#")[0].strip() for line in text.split("\n")]
    lines = [line for line in lines if line]
    seen: Counter[str] = Counter()
    for line in lines[:4000]:
        seen["issues"] += line.startswith("<ISSUE")
        seen["verbs"] += line.startswith(("---", "- "))
        found = _CODED.search(line)
        seen["agents"] += found is not None and "~" in found[0]
        seen["actors"] += found is not None and "~" not in found[0] and not line.startswith("-")
    if seen["issues"]:
        return "issues"
    if seen["verbs"] > 1:
        return "verbs"
    if seen["agents"] > seen["actors"]:
        return "agents"
    if seen["actors"]:
        return "actors"
    return next((kind for kind in KINDS if kind[:-1] in name), None)
