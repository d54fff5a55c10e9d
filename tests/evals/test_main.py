"""The one table and its exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals import __main__ as main_module
from evals.__main__ import Measured
from evals._score import Score
from evals.floors import Floor


def test_a_corpus_that_is_not_there_is_skipped_with_the_reason(tmp_path: Path) -> None:
    measured = main_module.measure(["parsing"], tmp_path)
    assert measured.scores == []
    assert str(tmp_path / "ud_ewt" / "dev.conllu") in measured.skipped["parsing"]


def test_a_scorer_that_breaks_leaves_the_others_standing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(main_module.SCORERS, "broken", "json:nothing")
    measured = main_module.measure(["broken", "parsing"], tmp_path)
    assert "AttributeError" in measured.failed["broken"]
    assert "parsing" in measured.skipped


def test_the_table_shows_value_floor_corpus_and_date() -> None:
    rows = [Score("x.f1", 81.234, "corpus dev", 12), Score("x.bad", 3.0, "corpus dev", 12, lower_is_better=True)]
    floors = {"x.f1": Floor(85.0, "2026-01-01"), "x.bad": Floor(5.0, "2026-01-01", lower_is_better=True)}
    text = main_module.table(Measured(rows, {"other": "not there"}), floors, "2026-02-02")
    lines = text.split("\n")
    assert lines[2].split() == ["x.f1", "81.23", "!", "≥", "85.00", "corpus", "dev", "12", "2026-02-02"]
    assert lines[3].split()[:4] == ["x.bad", "3.00", "≤", "5.00"]
    assert lines[-1] == "skipped  other: not there"


@pytest.mark.parametrize(("value", "code"), [(90.0, 0), (80.0, 1)])
def test_the_exit_code_says_whether_every_floor_holds(
    value: float, code: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    measured = Measured([Score("x.f1", value, "corpus", 1)])
    monkeypatch.setattr(main_module, "measure", lambda names, data: measured)
    monkeypatch.setattr(main_module.floors_file, "load", lambda: {"x.f1": Floor(85.0, "2026-01-01")})
    out = tmp_path / "scores.json"
    assert main_module.main(["--json", str(out)]) == code
    assert json.loads(out.read_text(encoding="utf-8"))["scores"][0]["value"] == value


def test_the_data_folder_can_be_named_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_DATA", "/somewhere/else")
    assert main_module.default_data() == Path("/somewhere/else")


def test_the_table_of_a_page_is_written_anew_and_nothing_else() -> None:
    text = "before\n<!-- table -->\nold\n<!-- /table -->\nafter\n"
    measured = Measured([Score("x.f1", 81.26, "corpus", 12)])
    lines = main_module.page(measured, text, "2026-02-02").split("\n")
    assert lines[:2] == ["before", "<!-- table -->"]
    assert lines[4] == "| x.f1 | 81.3 | corpus | 12 | 2026-02-02 |"
    assert lines[5:] == ["<!-- /table -->", "after", ""]
    assert "old" not in lines
