"""What the ``onrecord lexicon`` commands do, and the check of every ``--lexicon``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from onrecord.cli._exit import Exit
from onrecord.records import BadOption, LexiconError

if TYPE_CHECKING:
    from onrecord.reading.dictionaries import Imported

_MOST_REASONS = 8


def usable(paths: Sequence[Path]) -> None:
    """Refuse lexicons that cannot be used before anything is read.

    Raises
    ------
    BadOption: naming file, line and remedy.
    """
    if not paths:
        return
    from onrecord.reading._own import load_lexicons

    try:
        load_lexicons(paths)
    except LexiconError as error:
        raise BadOption(f"{error} `onrecord lexicon check` lists all that is wrong.") from error


def import_all(paths: Sequence[Path], output: Path) -> Exit:
    """Import dictionaries and say what became of each file."""
    from onrecord.reading.dictionaries import REPORT, import_dictionaries

    results = import_dictionaries(paths, output)
    for result in results:
        _tell(result)
    set_aside = [result for result in results if result.problem is not None]
    lost = sum(not loss.partly for result in results for loss in result.losses)
    partly = sum(loss.partly for result in results for loss in result.losses)
    if len(set_aside) == len(results):
        return Exit.NOTHING_READ
    typer.echo(f"written to {output}; {lost} entries left out and {partly} changed: {output / REPORT}")
    typer.echo(f"use it: onrecord read ARTICLE --lexicon {output}")
    return Exit.SOME_SET_ASIDE if set_aside else Exit.DONE


def _tell(result: Imported) -> None:
    """One file: what was carried over, and why the rest was not, the commonest reasons first."""
    if result.problem is not None:
        typer.echo(f"onrecord: set aside {result.name}: {result.problem}", err=True)
        return
    carried = ", ".join(f"{count} {sort}" for sort, count in result.carried.items()) or "nothing carried over"
    typer.echo(f"{result.name} ({result.kind}): {carried}")
    for partly, label in ((False, "left out"), (True, "changed")):
        reasons = Counter(loss.reason for loss in result.losses if loss.partly == partly)
        for reason, count in reasons.most_common(_MOST_REASONS):
            typer.echo(f"  {label} {count}: {reason}")
        rest = sum(count for _, count in reasons.most_common()[_MOST_REASONS:])
        if rest:
            typer.echo(f"  {label} {rest}: for {len(reasons) - _MOST_REASONS} rarer reasons")


def check_all(paths: Sequence[Path], *, examples: bool) -> Exit:
    """Check files, or the packaged ones, and print every problem in them."""
    from onrecord.reading._own_check import Report, check_own, check_packaged

    report: Report = check_own(paths, examples=examples) if paths else check_packaged(examples=examples)
    for line in report.problems:
        typer.echo(line, err=True)
    for line in report.remarks:
        typer.echo(line)
    sentences = f", {report.sentences} example sentences read" if report.sentences else ""
    typer.echo(f"{report.files} files, {report.entries} entries{sentences}: {len(report.problems) or 'no'} problems")
    if not report.problems:
        return Exit.DONE
    return Exit.SOME_SET_ASIDE if report.sound else Exit.NOTHING_READ
