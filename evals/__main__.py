"""`python -m evals`: measure everything that can be measured here and print one table."""

from __future__ import annotations

import argparse
import datetime
import importlib
import json
import os
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from evals import floors as floors_file
from evals._score import Missing, Score

MARKS = ("<!-- table -->", "<!-- /table -->")
# name of the group -> module and function; the function takes the data folder and gives back scores
SCORERS = {
    "suites": "evals.suites:score",
    "parsing": "evals.parsing:score",
    "entities": "evals.entities:score",
    "coreference": "evals.coreference:score",
    "plover_gsr": "evals.events:score_gsr",
    "plv": "evals.events:score_plv",
    "attribution": "evals.attribution:score",
    "status": "evals.status:score",
    "wikiwars": "evals.time_scores:score_wikiwars",
    "gum_dates": "evals.time_scores:score_gum_dates",
    "geo": "evals.places:score_geo",
    "current_events": "evals.current_events:score",
    "gold_articles": "evals.gold_articles:score",
    "worked": "evals.worked:score",
    "copies": "evals.copies:score",
    "ecbplus": "evals.clusters:score",
}


def default_data() -> Path:
    """The folder of corpora: `ONRECORD_DATA`, else `../shared/data` beside the repository."""
    named = os.environ.get("ONRECORD_DATA")
    return Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "data"


@dataclass
class Measured:
    """The scores, and for each group without any the reason: skipped on purpose, or broken."""

    scores: list[Score] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def measure(names: Sequence[str], data: Path) -> Measured:
    """Run the named groups; one that breaks does not take the others with it."""
    result = Measured()
    for name in names:
        module, function = SCORERS[name].split(":")
        started, before = time.perf_counter(), len(result.scores)
        try:
            result.scores += getattr(importlib.import_module(module), function)(data)
        except Missing as reason:
            result.skipped[name] = str(reason)
        except Exception as error:
            traceback.print_exc()
            result.failed[name] = f"{type(error).__name__}: {error}"
        seconds = time.perf_counter() - started
        values = ", ".join(f"{s.name} {s.value:.2f}" for s in result.scores[before:])
        print(f"{name} ({seconds:.0f} s): {values}", file=sys.stderr, flush=True)
    return result


def table(measured: Measured, floors: dict[str, floors_file.Floor], today: str) -> str:
    """The table as text, one score a line, what was skipped or broke below it."""
    rows = [("score", "value", "floor", "corpus", "n", "date")]
    for s in measured.scores:
        floor = floors.get(s.name)
        limit = f"{'≤' if s.lower_is_better else '≥'} {floor.value:.2f}" if floor else ""
        mark = " !" if floor and not floor.holds(s.value) else ""
        value = f"{s.value:.2f}{mark}" if s.unit == "%" else f"{s.value:.2f} {s.unit}{mark}"
        rows.append((s.name, value, limit, s.corpus, str(s.n), today))
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    lines = ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * w for w in widths))
    lines += [f"skipped  {name}: {reason}" for name, reason in measured.skipped.items()]
    lines += [f"failed   {name}: {reason}" for name, reason in measured.failed.items()]
    return "\n".join(lines)


def page(measured: Measured, text: str, today: str) -> str:
    """The text of a page with the table between its two marks written anew."""
    before, rest = text.split(MARKS[0], 1)
    after = rest.split(MARKS[1], 1)[1]
    rows = ["| score | value | corpus | n | date |", "|---|---|---|---|---|"]
    for s in measured.scores:
        unit = "" if s.unit == "%" else f" {s.unit}"
        rows.append(f"| {s.name} | {s.value:.1f}{unit} | {s.corpus} | {s.n} | {today} |")
    return "\n".join([before + MARKS[0], *rows, MARKS[1] + after])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals", description="Measure onrecord and hold it to its floors.")
    parser.add_argument("--data", type=Path, default=default_data(), help="folder of corpora (default: %(default)s)")
    parser.add_argument("--only", nargs="+", choices=sorted(SCORERS), metavar="NAME", help=", ".join(SCORERS))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the table here too")
    parser.add_argument("--page", type=Path, metavar="FILE", help="write the table into this Markdown page")
    options = parser.parse_args(arguments)
    today = datetime.date.today().isoformat()
    measured = measure(options.only or list(SCORERS), options.data)
    floors = floors_file.load()
    print(table(measured, floors, today))
    if options.json:
        written = {"scores": [{**asdict(s), "date": today} for s in measured.scores], "skipped": measured.skipped}
        options.json.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    if options.page:
        text = page(measured, options.page.read_text(encoding="utf-8"), today)
        options.page.write_text(text, encoding="utf-8")
    failures = floors_file.broken(measured.scores, floors)
    for failure in failures:
        print(f"below its floor: {failure}", file=sys.stderr)
    return 1 if failures or measured.failed else 0


if __name__ == "__main__":
    sys.exit(main())
