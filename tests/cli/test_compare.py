"""``onrecord compare``: events of several articles on the screen and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.ledger import open_ledger
from tests.cli.conftest import Run
from tests.ledger.test_compare import COPY, OWN, WIRE, told


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A ledger with a wire story, its copy, and a paper's own report."""
    where = tmp_path / "news.db"
    with open_ledger(where) as ledger:
        ledger.add(told(WIRE, published="2024-03-12", publisher="Lake Daily"))
        ledger.add(told(COPY, published="2024-03-12", publisher="Coast Herald"))
        ledger.add(told(OWN, published="2024-03-13", publisher="Garissa Courier", status="negated"))
    return where


def test_the_screen_has_sources_conflicts_and_figures(run: Run, book: Path) -> None:
    ran = run("compare", "--ledger", book)
    assert ran.code == 0
    assert ran.out.startswith("3 articles, 2 independent sources: Garissa Courier, Reuters  [c:")
    assert "(copy)" in ran.out
    assert "they differ on status: Reuters: happened; Garissa Courier: negated" in ran.out
    assert "killed: Garissa Courier: at least 21 (2024-03-13)" in ran.out
    assert "killed: Reuters: at least 14 (2024-03-12)" in ran.out
    assert ran.err == ""


def test_figures_that_cannot_both_be_so_are_said(run: Run, book: Path) -> None:
    with open_ledger(book) as ledger:
        for figure in ledger.figures():
            ledger.edit(figure.id, "bound", "exact", reviewer="Ada")
    out = run("compare", "--ledger", book).out
    assert "they differ on killed: Garissa Courier says 21, Reuters says 14" in out


def test_json_is_one_list_with_everything(run: Run, book: Path) -> None:
    (event,) = json.loads(run("compare", "--ledger", book, "--format", "json").out)
    assert (event["articles"], event["independent_sources"], len(event["reports"])) == (3, 2, 3)
    assert event["conflicts"][0]["field"] == "status"
    assert {step["source"] for step in event["figures"][0]["steps"]} == {"Reuters", "Garissa Courier"}


def test_a_kind_of_figure_leaves_out_events_without_one(run: Run, book: Path) -> None:
    assert run("compare", "--ledger", book, "--kind", "killed").out.startswith("3 articles")
    ran = run("compare", "--ledger", book, "--kind", "injured")
    assert (ran.code, ran.out, ran.err) == (0, "", "nothing found\n")


def test_a_kind_that_does_not_exist_is_a_wrong_option(run: Run, book: Path) -> None:
    ran = run("compare", "--ledger", book, "--kind", "dead")
    assert ran.code == 2 and "killed" in ran.err


def test_questions_narrow_it(run: Run, book: Path) -> None:
    assert run("compare", "--ledger", book, "--since", "2024-03-14", "--format", "json").out == "[]\n"


def test_a_ledger_that_is_not_there_is_said_and_not_made(run: Run, tmp_path: Path) -> None:
    ran = run("compare", "--ledger", tmp_path / "none.db")
    assert ran.code == 4 and not (tmp_path / "none.db").exists()


def test_a_split_is_kept_and_undone(run: Run, book: Path) -> None:
    with open_ledger(book, read_only=True) as ledger:
        own = next(one.id for one in ledger.events() if one.publisher == "Garissa Courier")
        wire = next(one.id for one in ledger.events() if one.publisher == "Lake Daily")
    ran = run("split", own, "--ledger", book, "--reviewer", "Ada", "--note", "another raid")
    assert (ran.code, ran.out) == (0, f"decision 1: split 1 event; cluster c:{own}\n")
    assert run("compare", "--ledger", book).out.startswith("2 articles, 1 independent source: Reuters")
    assert run("decisions", "undo", 1, "--ledger", book, "--reviewer", "Ada").code == 0
    assert run("compare", "--ledger", book).out.startswith("3 articles")
    assert run("merge", own, wire, "--ledger", book, "--reviewer", "Ada").code != 0
    first, undoing = map(json.loads, run("decisions", "list", "--ledger", book).out.splitlines())
    assert (first["note"], first["by"], undoing["undoes"]) == ("another raid", "Ada", 1)


def test_found_events_say_who_tells_of_them(run: Run, book: Path) -> None:
    out = run("find", "--ledger", book, "--sources-at-least", "2").out
    assert out.count("3 articles, 2 independent") == 3
    assert run("find", "--ledger", book, "--sources-at-least", "3").err == "nothing found\n"
