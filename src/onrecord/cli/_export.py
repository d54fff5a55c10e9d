"""``onrecord export``: readings made before, in a format of the field."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from onrecord.cli._exit import Exit
from onrecord.publish import exports
from onrecord.records import BadOption, Reading

_ALL = 1_000_000


def export_readings(
    paths: tuple[str, ...],
    *,
    ledger: str | None,
    name: str,
    output: Path | None,
    one_per_event: bool = False,
    country_centroids: bool = False,
) -> Exit:
    """Write the readings of JSON-lines files, data packages or a ledger; standard error says what was left out."""
    if bool(paths) == (ledger is not None):
        raise BadOption(
            "give either files of readings (made with onrecord read --format jsonl) or --ledger, one of both"
        )
    if one_per_event and ledger is None:
        raise BadOption("--one-per-event needs --ledger: which reports tell of one event is known there only.")
    folder = (chosen := exports.FORMATS.get(name)) is not None and chosen.folder
    readings = _of_ledger(ledger) if ledger is not None else _of_files(paths)
    with ExitStack() as stack:
        to: TextIO | Path = sys.stdout
        if output is not None:
            if any(path != "-" and Path(path).absolute() == output.absolute() for path in paths):
                raise BadOption(f"--output {output} is also an input and would be overwritten. Choose another file.")
            try:
                to = _made(output) if folder else stack.enter_context(output.open("w", encoding="utf-8", newline="\n"))
            except OSError as error:
                raise BadOption(
                    f"--output {output} cannot be written ({error.strerror}). Choose another file."
                ) from error
        done = exports.export(readings, name, to, one_per_event=one_per_event, country_centroids=country_centroids)
    _say(f"{done.written:,} events written")
    for reason, count in done.left_out.most_common():
        _say(f"{count:,} left out: {reason}")
    return Exit.DONE


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _of_files(paths: tuple[str, ...]) -> Iterator[Reading]:
    for path in paths:
        if path == "-":
            yield from exports.read_back(sys.stdin, name="standard input")
            continue
        try:
            if Path(path, "datapackage.json").is_file():
                yield from exports.read_package(Path(path))
                continue
            with Path(path).open(encoding="utf-8") as lines:
                yield from exports.read_back(lines, name=path)
        except OSError as error:
            raise BadOption(f"{path}: cannot be read ({error.strerror}).") from error


def _of_ledger(where: str) -> Iterator[exports.FromLedger]:
    from onrecord.ledger import open_ledger

    with open_ledger(where, read_only=True) as ledger:
        for article_id in ledger.article_ids():
            reviewed = ledger.reviewed(article_id)
            found = {event.id: event for event in ledger.events(article=article_id, limit=_ALL)}
            known = {
                id_: exports.Known(event.cluster, event.articles, event.independent_sources, event.review)
                for id_, lasting in reviewed.ids.items()
                if (event := found.get(lasting)) is not None
            }
            wrong = {id_ for id_, verdict in reviewed.reviews.items() if verdict == "rejected"}
            yield exports.FromLedger(reviewed.reading, known, wrong)


def _say(message: str) -> None:
    print(f"onrecord: {message}", file=sys.stderr)  # noqa: T201
