"""Where readings go: the screen, JSON, JSON lines, or one HTML page; standard output or a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TextIO

from onrecord.ingest import Rejected
from onrecord.records import FORMAT, BadOption, Reading


class Output(Protocol):
    """Takes results in order; ``close`` writes what can only be written at the end."""

    def reading(self, name: str, reading: Reading) -> None:
        """One article was read."""

    def rejected(self, name: str, rejected: Rejected) -> None:
        """One input was set aside."""

    def close(self) -> None:
        """All inputs are done."""


@contextmanager
def open_output(output_format: str, path: Path | None) -> Iterator[Output]:
    """The output of one run; closed only when the run came to its end.

    Raises
    ------
    BadOption: when the file cannot be written.
    """
    if path is None:
        if output_format != "screen":
            _speak_utf8(sys.stdout)
        output = _OUTPUTS[output_format](sys.stdout)
        yield output
        output.close()
        return
    try:
        stream = path.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise BadOption(f"--output {path} cannot be written ({error.strerror}). Choose another file.") from error
    with stream:
        output = _OUTPUTS[output_format](stream)
        yield output
        output.close()


def as_record(name: str, rejected: Rejected) -> dict[str, Any]:
    """What stands in JSON output in the place of an input that was set aside."""
    error = rejected.error
    said = {"name": name, "error": type(error).__name__, "seen": error.seen, "remedy": error.remedy}
    return {"format": FORMAT, "rejected": said}


class _Lines:
    """One JSON object a line, one line an input."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def reading(self, name: str, reading: Reading) -> None:  # noqa: ARG002
        self._write(reading.to_json())

    def rejected(self, name: str, rejected: Rejected) -> None:
        self._write(json.dumps(as_record(name, rejected), ensure_ascii=False))

    def close(self) -> None:
        self._stream.flush()

    def _write(self, line: str) -> None:
        self._stream.write(line + "\n")
        self._stream.flush()  # whoever reads on gets each reading as it is made


class _Json:
    """One indented object for one input, a list for several. Only the first is kept waiting."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._first: str | None = None
        self._listed = False

    def reading(self, name: str, reading: Reading) -> None:  # noqa: ARG002
        self._add(reading.to_json(indent=2))

    def rejected(self, name: str, rejected: Rejected) -> None:
        self._add(json.dumps(as_record(name, rejected), indent=2, ensure_ascii=False))

    def close(self) -> None:
        if self._listed:
            self._stream.write("\n]\n")
        elif self._first is not None:
            self._stream.write(self._first + "\n")
        self._stream.flush()

    def _add(self, text: str) -> None:
        if self._first is None:
            self._first = text
            return
        if not self._listed:
            self._stream.write("[\n" + self._first)
            self._listed = True
        self._stream.write(",\n" + text)


class _Page:
    """One self-contained HTML page with all articles."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._readings: list[Reading] = []

    def reading(self, name: str, reading: Reading) -> None:  # noqa: ARG002
        self._readings.append(reading)

    def rejected(self, name: str, rejected: Rejected) -> None:
        """A page shows readings only; what was set aside is on standard error."""

    def close(self) -> None:
        if self._readings:
            from onrecord.publish import html

            self._stream.write(html.page(self._readings))
            self._stream.flush()


class _Screen:
    """For a person: colours on a terminal only."""

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console

        self._console = Console(file=stream, highlight=False, soft_wrap=False)

    def reading(self, name: str, reading: Reading) -> None:  # noqa: ARG002
        from onrecord.publish import screen

        screen.render(reading, self._console)

    def rejected(self, name: str, rejected: Rejected) -> None:
        """What was set aside is on standard error."""

    def close(self) -> None:
        self._console.file.flush()


_OUTPUTS: dict[str, Callable[[TextIO], Output]] = {"screen": _Screen, "json": _Json, "jsonl": _Lines, "html": _Page}


def _speak_utf8(stream: TextIO) -> None:
    """JSON and HTML are UTF-8 whatever the terminal's language is."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", newline="\n")
