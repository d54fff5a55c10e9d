"""Choosing a format, and reading our own back."""

from __future__ import annotations

import io

import pytest

from onrecord.publish.exports import FORMATS, export, read_back
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
def test_nothing_to_write_makes_an_empty_file_of_the_format(name: str) -> None:
    stream = io.StringIO()
    assert export([], name, stream).written == 0
