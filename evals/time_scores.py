"""The time figures of `times.py` as scores of the table. n: annotated times; for values, those that were found."""

from __future__ import annotations

from pathlib import Path

from evals import times
from evals._docs import pipeline
from evals._score import Score, need


def score_wikiwars(data: Path) -> list[Score]:
    need(data / "wikiwars" / "keyinline")
    found = times.score_wikiwars(pipeline(), data)
    corpus, n = "wikiwars dev (17-22)", int(found["gold"])
    return [
        Score("wikiwars.relaxed", 100 * found["relaxed_f1"], corpus, n),
        Score("wikiwars.strict", 100 * found["strict_f1"], corpus, n),
        Score("wikiwars.value", 100 * found["value_accuracy"], corpus, round(found["relaxed_recall"] * n)),
    ]


def score_gum_dates(data: Path) -> list[Score]:
    need(data / "gum_dates" / "dev")
    found = times.score_gum_dates(pipeline(), data)
    n = int(found["gold"])
    return [
        Score("gum_dates.recall", 100 * found["recall"], "gum_dates dev", n),
        Score("gum_dates.value", 100 * found["value_accuracy"], "gum_dates dev", round(found["recall"] * n)),
    ]
