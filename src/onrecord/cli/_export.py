"""``onrecord export``: readings made before, in a format of the field."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from onrecord.cli._exit import Exit
from onrecord.publish import exports
from onrecord.records import BadOption, Reading


def export_readings(paths: tuple[str, ...], *, ledger: str | None, name: str, output: Path | None) -> Exit:
    """Write the readings of JSON-lines files, or of a ledger, and say on standard error what was left out."""
    if bool(paths) == (ledger is not None):
        raise BadOption(
            "give either files of readings (made with onrecord read --format jsonl) or --ledger, one of both"
        )
    readings = _of_ledger(ledger) if ledger is not None else _of_files(paths)
    with ExitStack() as stack:
        stream = sys.stdout
        if output is not None:
            if any(path != "-" and Path(path).absolute() == output.absolute() for path in paths):
                raise BadOption(f"--output {output} is also an input and would be overwritten. Choose another file.")
            try:
                stream = stack.enter_context(output.open("w", encoding="utf-8", newline="\n"))
            except OSError as error:
                raise BadOption(
                    f"--output {output} cannot be written ({error.strerror}). Choose another file."
                ) from error
        done = exports.export(readings, name, stream)
    _say(f"{done.written:,} events written")
    for reason, count in done.left_out.most_common():
        _say(f"{count:,} left out: {reason}")
    return Exit.DONE


def _of_files(paths: tuple[str, ...]) -> Iterator[Reading]:
    for path in paths:
        if path == "-":
            yield from exports.read_back(sys.stdin, name="standard input")
            continue
        try:
            with Path(path).open(encoding="utf-8") as lines:
                yield from exports.read_back(lines, name=path)
        except OSError as error:
            raise BadOption(f"{path}: cannot be read ({error.strerror}).") from error


def _of_ledger(where: str) -> Iterator[Reading]:
    from onrecord.ledger import open_ledger

    with open_ledger(where, read_only=True) as ledger:
        for article_id in ledger.article_ids():
            yield ledger.reviewed(article_id).reading


def _say(message: str) -> None:
    print(f"onrecord: {message}", file=sys.stderr)  # noqa: T201
