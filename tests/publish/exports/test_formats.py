"""Choosing a format, and reading our own back."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from onrecord.publish.exports import FORMATS, FromLedger, Known, export, read_back
from onrecord.records import BadOption, BadRecord, Reading


def test_our_own_format_comes_back_unchanged(story: Reading) -> None:
    stream = io.StringIO()
    done = export([story, story], "jsonl", stream)
    assert done.written == 10
    assert list(read_back(stream.getvalue().splitlines())) == [story, story]


def test_inputs_set_aside_are_passed_over_and_other_lines_are_named() -> None:
    assert list(read_back(['{"format": "onrecord/1", "rejected": {"name": "x"}}', ""])) == []
    with pytest.raises(BadRecord, match="line 2"):
        list(read_back(["", '{"events": 3}']))


def test_an_unknown_format_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(BadOption, match="geojson"):
        export([], "shapefile", io.StringIO())


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_to_write_makes_an_empty_file_of_the_format(name: str, tmp_path: Path) -> None:
    assert export([], name, tmp_path if FORMATS[name].folder else io.StringIO()).written == 0


def test_a_format_of_several_files_wants_a_folder_and_one_of_one_file_a_stream(tmp_path: Path) -> None:
    with pytest.raises(BadOption, match="--output FOLDER"):
        export([], "parquet", io.StringIO())
    with pytest.raises(BadOption, match="one file"):
        export([], "csv", tmp_path)


def test_of_the_reports_of_one_event_the_first_that_fits_stands_for_all(story: Reading) -> None:
    known = {id_: Known("one", 2, 2, "unreviewed") for id_ in ("e1", "e2", "e3")}
    stream = io.StringIO()
    done = export([FromLedger(story, known)], "csv", stream, one_per_event=True)
    assert done.written == 3
    assert done.left_out == {"another report of an event that is in": 2}
    planned_first = {"e3": known["e3"], "e5": known["e1"]}
    assert export([FromLedger(story, planned_first)], "gdelt", io.StringIO(), one_per_event=True).written == 3


def test_what_a_reviewer_found_wrong_is_left_out_and_nothing_refers_to_it(story: Reading) -> None:
    stream = io.StringIO()
    done = export([FromLedger(story, wrong={"e1", "s1", "f2"})], "jsonl", stream)
    (back,) = read_back(stream.getvalue().splitlines())
    assert [event.id for event in back.events] == ["e2", "e3", "e4", "e5"]
    assert [(figure.id, figure.event, figure.attribution) for figure in back.figures] == [
        ("f1", None, ()), ("f3", "e2", ()),
    ]  # fmt: skip
    assert back.statements == ()
    assert (done.written, done.left_out["a reviewer found it wrong"]) == (4, 1)


@pytest.mark.parametrize(("name", "option"), [("jsonl", {"one_per_event": True}), ("csv", {"country_centroids": True})])
def test_an_option_that_a_format_does_not_have_is_refused(name: str, option: dict[str, bool]) -> None:
    with pytest.raises(BadOption):
        export([], name, io.StringIO(), **option)
