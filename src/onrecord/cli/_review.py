"""``onrecord corrections``: what a reviewer says goes into the ledger, and comes out again."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

import typer

from onrecord.ledger import Agreement, Correction, Ledger, open_ledger
from onrecord.records import BadOption


def opened(where: str, *, read_only: bool = False) -> closing[Ledger]:
    """The ledger, closed again after use."""
    return closing(open_ledger(where, read_only=read_only))


def done(correction: Correction) -> None:
    """Say under which number a correction is kept."""
    typer.echo(f"correction {correction.id}: {correction.action} {correction.kind} {correction.record_id}")


def parsed(value: str) -> Any:
    """A value from the command line: JSON when it is JSON, else the text itself."""
    try:
        return json.loads(value)
    except ValueError:
        return value


def parsed_record(value: str) -> dict[str, Any]:
    """A record from the command line.

    Raises
    ------
    BadOption: it is no JSON object.
    """
    record = parsed(value)
    if not isinstance(record, dict):
        raise BadOption("RECORD is not a JSON object. Write it as in the record format, without id and because.")
    return record


def show_agreement(found: Agreement) -> None:
    """The agreement in a few lines, with how many records it rests on."""
    if found.percent is None:
        typer.echo("No record was judged by two or more reviewers yet.")
        return
    alpha = "cannot be told, every verdict is the same" if found.alpha is None else f"{found.alpha:.2f}"
    typer.echo(f"records judged by two or more: {found.records}")
    typer.echo(f"agreement on right or wrong:    {found.percent:.0f} %")
    typer.echo(f"Krippendorff's alpha:           {alpha}")
    for pair in found.pairs:
        kappa = "–" if pair.kappa is None else f"{pair.kappa:.2f}"
        records = "1 record" if pair.records == 1 else f"{pair.records} records"
        typer.echo(f"{' and '.join(pair.reviewers)}: {records}, {pair.percent:.0f} %, Cohen's kappa {kappa}")


def write_lines(rows: Iterable[Any], output: Path | None = None) -> None:
    """One JSON object a line, to a file or standard output.

    Raises
    ------
    BadOption: the file cannot be written.
    """
    try:
        stream = output.open("w", encoding="utf-8", newline="\n") if output else sys.stdout
    except OSError as error:
        raise BadOption(f"--output {output} cannot be written ({error.strerror}). Choose another file.") from error
    try:
        for row in rows:
            plain = asdict(row) if is_dataclass(row) and not isinstance(row, type) else row
            stream.write(json.dumps(plain, ensure_ascii=False) + "\n")
    finally:
        if output:
            stream.close()
