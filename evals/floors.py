"""The pinned floors: scores that must not get worse.

``floors.json`` holds for every pinned score its floor (or ceiling, where lower is better), the day it was set and,
where one was ever lowered, why. Floors only go up by themselves:

    python -m evals.floors --raise scores.json            floors from a table written with `python -m evals --json`
    python -m evals.floors --lower NAME VALUE --because "…"   the only way down
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from evals._score import Score

PATH = Path(__file__).with_name("floors.json")
MARGIN = 0.3  # per cent points left between a measured value and its new floor, or one item's worth where that is more


@dataclass
class Floor:
    """One pinned limit; ``lowered`` keeps the reasons given whenever it was weakened."""

    value: float
    date: str
    lower_is_better: bool = False
    lowered: list[dict[str, Any]] = field(default_factory=list)

    def holds(self, value: float) -> bool:
        # Limits are kept to two decimals, so values are compared to as many.
        shown = round(value, 2)
        return shown <= self.value if self.lower_is_better else shown >= self.value


def load(path: Path = PATH) -> dict[str, Floor]:
    """Every floor by the name of its score."""
    if not path.exists():
        return {}
    return {name: Floor(**entry) for name, entry in json.loads(path.read_text(encoding="utf-8")).items()}


def save(floors: dict[str, Floor], path: Path = PATH) -> None:
    entries = {name: asdict(floors[name]) for name in sorted(floors)}
    for entry in entries.values():
        for key in [k for k, v in entry.items() if v in (False, [])]:
            del entry[key]
    path.write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def broken(scores: Sequence[Score], floors: dict[str, Floor]) -> list[str]:
    """One sentence for every score that fell below its floor."""
    return [
        f"{s.name} is {s.value:.2f}, its {'ceiling' if s.lower_is_better else 'floor'} is {floors[s.name].value:.2f}"
        for s in scores
        if s.name in floors and not floors[s.name].holds(s.value)
    ]


def raised(scores: Sequence[Score], floors: dict[str, Floor], *, today: str) -> dict[str, Floor]:
    """The floors moved up to what was measured less a margin; none moves the other way."""
    moved = dict(floors)
    for s in scores:
        if not s.pinned or s.unit != "%":
            continue
        margin = max(MARGIN, 100 / s.n if s.n else 0.0)
        limit = min(100.0, round(s.value + margin, 2)) if s.lower_is_better else max(0.0, round(s.value - margin, 2))
        old = moved.get(s.name)
        if old is None:
            moved[s.name] = Floor(limit, today, s.lower_is_better)
        elif (limit < old.value) if s.lower_is_better else (limit > old.value):
            moved[s.name] = Floor(limit, today, s.lower_is_better, old.lowered)
    return moved


def lowered(name: str, value: float, because: str, floors: dict[str, Floor], *, today: str) -> dict[str, Floor]:
    """The floors with one of them weakened, the reason kept beside it."""
    if name not in floors:
        raise KeyError(f"there is no floor named {name}; the names are in {PATH.name}")
    if not because.strip():
        raise ValueError("a floor is lowered only for a reason: --because")
    old = floors[name]
    note = {"from": old.value, "date": today, "because": because.strip()}
    return {**floors, name: Floor(value, today, old.lower_is_better, [*old.lowered, note])}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.floors", description="Move the pinned floors.")
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("--raise", dest="table", metavar="SCORES.json", type=Path, help="raise to what was measured")
    group.add_argument("--lower", nargs=2, metavar=("NAME", "VALUE"), help="weaken one floor")
    parser.add_argument("--because", default="", help="why the floor is lowered")
    options = parser.parse_args(arguments)
    today = datetime.date.today().isoformat()
    floors = load()
    if options.table:
        rows = json.loads(options.table.read_text(encoding="utf-8"))["scores"]
        scores = [Score(**{k: v for k, v in row.items() if k in Score.__dataclass_fields__}) for row in rows]
        new = raised(scores, floors, today=today)
    else:
        try:
            new = lowered(options.lower[0], float(options.lower[1]), options.because, floors, today=today)
        except (KeyError, ValueError) as error:
            print(error.args[0], file=sys.stderr)
            return 2
    for name in new:
        if name not in floors or new[name].value != floors[name].value:
            print(f"{name}: {floors[name].value if name in floors else 'none'} -> {new[name].value}")
    save(new)
    return 0


if __name__ == "__main__":
    sys.exit(main())
