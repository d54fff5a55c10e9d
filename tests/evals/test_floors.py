"""Floors hold, rise by themselves, and fall only for a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals import floors
from evals._score import Score
from evals.floors import Floor, broken, load, lowered, raised, save


def score(name: str, value: float, *, lower_is_better: bool = False, pinned: bool = True) -> Score:
    return Score(name, value, "corpus", 1000, lower_is_better=lower_is_better, pinned=pinned)


def test_a_score_below_its_floor_is_named() -> None:
    pinned = {"x.f1": Floor(80.0, "2026-01-01")}
    assert broken([score("x.f1", 80.0), score("other", 1.0)], pinned) == []
    assert broken([score("x.f1", 79.9)], pinned) == ["x.f1 is 79.90, its floor is 80.00"]


def test_a_ceiling_works_the_other_way_round() -> None:
    pinned = {"x.bad": Floor(10.0, "2026-01-01", lower_is_better=True)}
    assert broken([score("x.bad", 9.0, lower_is_better=True)], pinned) == []
    assert len(broken([score("x.bad", 10.5, lower_is_better=True)], pinned)) == 1


def test_raising_leaves_a_margin_and_never_lowers() -> None:
    old = {"a": Floor(80.0, "2026-01-01"), "c": Floor(5.0, "2026-01-01", lower_is_better=True)}
    measured = [score("a", 70.0), score("b", 60.0), score("c", 2.0, lower_is_better=True)]
    new = raised(measured, old, today="2026-02-02")
    assert new["a"] == old["a"]
    assert new["b"] == Floor(60.0 - floors.MARGIN, "2026-02-02")
    assert new["c"] == Floor(2.0 + floors.MARGIN, "2026-02-02", lower_is_better=True)


def test_the_margin_is_at_least_one_item() -> None:
    assert raised([Score("a", 70.0, "corpus", 20)], {}, today="2026-02-02")["a"].value == 65.0


def test_what_is_shown_for_information_gets_no_floor() -> None:
    assert raised([score("a", 70.0, pinned=False)], {}, today="2026-02-02") == {}


def test_lowering_needs_a_reason_and_keeps_it() -> None:
    old = {"a": Floor(80.0, "2026-01-01")}
    with pytest.raises(ValueError, match="reason"):
        lowered("a", 70.0, "  ", old, today="2026-02-02")
    with pytest.raises(KeyError, match="no floor named"):
        lowered("b", 70.0, "because", old, today="2026-02-02")
    new = lowered("a", 70.0, "the corpus was mended", old, today="2026-02-02")["a"]
    assert new.value == 70.0
    assert new.lowered == [{"from": 80.0, "date": "2026-02-02", "because": "the corpus was mended"}]


def test_floors_survive_being_written_and_read(tmp_path: Path) -> None:
    kept = {"b": Floor(5.0, "2026-01-01", lower_is_better=True), "a": Floor(80.0, "2026-01-01", lowered=[{"from": 81}])}
    save(kept, tmp_path / "floors.json")
    assert load(tmp_path / "floors.json") == kept


def test_the_command_that_lowers_without_a_reason_fails(capsys: pytest.CaptureFixture[str]) -> None:
    name = next(iter(load()), "none")
    assert floors.main(["--lower", name, "0"]) == 2
    assert capsys.readouterr().err
