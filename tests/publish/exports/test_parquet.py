"""The Parquet folder in the tools people open it with."""

from __future__ import annotations

import datetime
from pathlib import Path

import duckdb
import polars
import pytest

from onrecord.publish.exports import FromLedger, Known, export
from onrecord.publish.exports import _parquet as parquet
from onrecord.records import BadOption, Reading


@pytest.fixture
def folder(story: Reading, tmp_path: Path) -> Path:
    known = {"e1": Known("c1", 3, 2, "accepted")}
    assert export([FromLedger(story, known)], "parquet", tmp_path / "out").written == 5
    return tmp_path / "out"


def test_polars_reads_days_numbers_and_nested_parties(folder: Path) -> None:
    events = polars.read_parquet(folder / "events.parquet")
    shelling = events.row(0, named=True)
    assert [party["name"] for party in shelling["actors"]] == ["Rebels"]
    assert shelling["recipients"][0]["sectors"] == ["CVL"]
    assert shelling["first_day"] == datetime.date(2024, 3, 3)
    assert [(s["speaker"], s["stance"]) for s in shelling["sources"]] == [("governor (SDN)", "asserts")]
    assert (shelling["cluster"], shelling["articles"], shelling["independent_sources"]) == ("c1", 3, 2)
    assert events["cluster"].null_count() == 4
    assert events["status"].to_list() == ["happened", "happened", "planned", "threatened", "happened"]


def test_duckdb_joins_figures_to_their_events(folder: Path) -> None:
    found = duckdb.sql(
        f"""select e.type, e.actors[1].name, f.low, f.bound, f.sources[1].speaker
        from '{folder}/figures.parquet' f join '{folder}/events.parquet' e on f.event = e.id order by f.id"""
    ).fetchall()
    assert found == [
        ("ASSAULT", "Rebels", 12, "exact", "governor (SDN)"),
        ("ASSAULT", "army", 2, "exact", None),
        ("ASSAULT", "army", 5, "at_least", None),
    ]


def test_what_is_said_and_where_stand_with_their_article(folder: Path) -> None:
    (said,) = polars.read_parquet(folder / "statements.parquet").rows(named=True)
    assert (said["speaker"], said["content"], said["stance"]) == ("governor", ["Rebels shelled the market"], "asserts")
    (article,) = polars.read_parquet(folder / "articles.parquet").rows(named=True)
    events = polars.read_parquet(folder / "events.parquet")
    assert set(events["article"]) == {article["id"]}
    assert all(article["text"][row["start"] : row["end"]] == row["words"] for row in events.rows(named=True))


def test_many_rows_are_written_in_groups_and_none_is_lost(
    story: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "_ROWS", 3)
    export([story, story], "parquet", tmp_path)
    assert polars.read_parquet(tmp_path / "events.parquet").height == 10
    assert duckdb.sql(f"select count(*) from '{tmp_path}/figures.parquet'").fetchall() == [(6,)]


def test_a_number_or_year_that_the_file_cannot_hold_is_left_to_the_words(story: Reading, tmp_path: Path) -> None:
    huge = story.figures[0].model_copy(update={"low": 10**30})
    early = story.times[0].model_copy(update={"start": "-0044-03-15"})
    odd = story.model_copy(update={"figures": (huge,), "times": (early,)})
    export([odd], "parquet", tmp_path)
    (figure,) = polars.read_parquet(tmp_path / "figures.parquet").rows(named=True)
    assert (figure["low"], figure["high"], figure["words"]) == (None, 12, "12 villagers")
    shelling = polars.read_parquet(tmp_path / "events.parquet").row(0, named=True)
    assert (shelling["first_day"], shelling["time"]) == (None, "on Sunday")


def test_without_its_library_the_extra_is_named(
    story: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(BadOption, match=r"pip install 'onrecord\[tables\]'"):
        export([story], "parquet", tmp_path)
