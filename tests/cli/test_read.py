"""`onrecord read`: options, outputs and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

import onrecord
from onrecord.cli._exit import Exit
from onrecord.records import ModelError, Reading
from tests.cli.conftest import PlainReader, Run


@pytest.fixture
def two(tmp_path: Path) -> list[Path]:
    """Two articles in two files."""
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    paths[0].write_text("Two ministers met on Friday.")
    paths[1].write_text("Nobody spoke afterwards.")
    return paths


def test_one_input_gives_one_json_object_and_several_a_list(run: Run, two: list[Path]) -> None:
    one = json.loads(run("read", two[0], "--format", "json").out)
    assert one["format"] == "onrecord/1"
    assert one["article"]["text"] == "Two ministers met on Friday."
    many = json.loads(run("read", *two, "-f", "json").out)
    assert [reading["article"]["text"] for reading in many] == [path.read_text() for path in two]


def test_json_lines_give_one_line_an_input_in_order(run: Run, two: list[Path]) -> None:
    ran = run("read", two[0], "gone.txt", two[1], "--format", "jsonl")
    assert ran.code == Exit.SOME_SET_ASIDE
    first, second, third = map(json.loads, ran.out.splitlines())
    assert Reading.model_validate(first).article.text == "Two ministers met on Friday."
    assert second["rejected"] == {
        "name": "gone.txt",
        "error": "Unreadable",
        "seen": "no such file",
        "remedy": "Check the path.",
    }
    assert Reading.model_validate(third).article.text == "Nobody spoke afterwards."


def test_standard_input_is_read(run: Run) -> None:
    ran = run("read", "-", "--format", "json", "--published", "2023-10-14", stdin=b"Two ministers met on Friday.")
    assert ran.code == Exit.DONE
    assert json.loads(ran.out)["article"]["published"] == "2023-10-14"


def test_published_goes_before_what_the_input_says(run: Run) -> None:
    line = b'{"text": "They met.", "published": "2020-01-01"}'
    ran = run("read", "-", "--input-format", "jsonl", "-f", "json", "--published", "2023-10-14", stdin=line)
    assert json.loads(ran.out)["article"]["published"] == "2023-10-14"


def test_the_output_files_ending_chooses_the_format(run: Run, two: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    ran = run("read", tmp_path, "--output", out)
    assert (ran.code, ran.out, ran.err) == (Exit.DONE, "", "")
    assert len(out.read_text().splitlines()) == len(two), "the file being written is not read"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["read"], "Missing argument"),
        (["read", "x.txt", "--published", "14/10/2023"], "Write it as 2023-10-14"),
        (["read", "x.txt", "--published", "2023-10-14T10:00:00"], "Write it as 2023-10-14"),
        (["read", "x.txt", "--jobs", "0"], "--jobs"),
        (["read", "x.txt", "--format", "pdf"], "--format"),
        (["read", "x.txt", "--input-format", "pdf"], "--input-format"),
        (["read", "x.txt", "--colour"], "--colour"),
        (["read", "x.txt", "--output", "no/such/folder/out.json"], "cannot be written"),
        (["read", "x.txt", "--output", "x.txt"], "is also an input"),
        (["reed"], "reed"),
        (["explain", "no/such/rule"], "no/such/rule"),
    ],
)
def test_wrong_usage_is_explained_and_leaves_with_2(arguments: list[str], message: str, run: Run) -> None:
    ran = run(*arguments)
    assert ran.code == Exit.USAGE
    assert message in ran.err
    assert ran.out == ""


def test_a_missing_model_leaves_with_4(run: Run, two: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(PlainReader):
        def read_many(self, articles: object, *, jobs: int = 1) -> Iterator[Reading]:
            raise ModelError("model.onnx is missing. Install onrecord again.")
            yield

    monkeypatch.setattr(onrecord, "Reader", Broken)
    ran = run("read", two[0])
    assert ran.code == Exit.BROKEN
    assert ran.err == "onrecord: model.onnx is missing. Install onrecord again.\n"


def test_a_dead_worker_leaves_with_4(run: Run, two: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    class Dying(PlainReader):
        def read_many(self, articles: object, *, jobs: int = 1) -> Iterator[Reading]:
            raise BrokenProcessPool
            yield

    monkeypatch.setattr(onrecord, "Reader", Dying)
    ran = run("read", two[0], "--jobs", "2")
    assert ran.code == Exit.BROKEN
    assert "a worker process died" in ran.err


def test_ctrl_c_leaves_with_130(run: Run, two: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(PlainReader):
        def read_many(self, articles: object, *, jobs: int = 1) -> Iterator[Reading]:
            raise KeyboardInterrupt
            yield

    monkeypatch.setattr(onrecord, "Reader", Interrupted)
    ran = run("read", two[0])
    assert (ran.code, ran.err) == (Exit.INTERRUPTED, "onrecord: stopped\n")


def test_a_reader_that_stops_reading_is_no_error_to_talk_about(tmp_path: Path) -> None:
    """As in ``onrecord schema | head``: the pipe is closed before the first byte is written."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    command = [sys.executable, "-c", "from onrecord.cli import main; main()", "schema"]
    done = subprocess.run(command, stdout=write_end, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write_end)
    assert (done.returncode, done.stderr) == (Exit.OUTPUT_CLOSED, "")


def test_the_schema_is_the_records_schema(run: Run) -> None:
    from onrecord.records import schema

    ran = run("schema")
    assert ran.code == Exit.DONE
    assert json.loads(ran.out) == schema()


def test_the_version_is_shown(run: Run) -> None:
    assert run("--version").out == f"onrecord {onrecord.__version__}\n"


def test_a_sourcing_that_does_not_exist_is_refused_before_anything_is_read(run: Run, two: list[Path]) -> None:
    ran = run("read", two[0], "--sourcing", "hearsay")
    assert ran.code == Exit.USAGE
    assert "hearsay" in ran.err
    assert "other_side" in ran.err


def test_only_events_on_the_word_asked_for_are_written(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Chad shelled Niger on Monday. Niger said Chad bombed Niger on Tuesday.")
    for sourcing, words in (("own_voice", ["shelled"]), ("other_side", ["bombed"])):
        code = "from onrecord.cli import main; main()"
        command = [sys.executable, "-c", code, "read", str(article), "-f", "json", "--sourcing", sourcing]
        told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        assert [event["span"]["text"] for event in told["events"]] == words
