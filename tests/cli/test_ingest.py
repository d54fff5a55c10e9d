"""``onrecord ingest`` and ``onrecord rejected``: what becomes of the inputs, told and kept; looking again; the bar."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor
from pathlib import Path

import pytest
from rich.console import Console

import onrecord
from onrecord.cli._bar import Bar
from onrecord.cli._exit import Exit
from onrecord.ingest import Rejected, Tally, load_named, size_of_files
from onrecord.ledger import open_ledger
from onrecord.reading._reader import read_on
from onrecord.reading._workers import Workers
from onrecord.records import Article, Reading
from tests.cli.conftest import Run


def read_one(item: Article | Rejected | str) -> Reading | Rejected:
    """Reads nothing into an article; one that says so ends its process, or the program."""
    if isinstance(item, Rejected):
        return item
    assert isinstance(item, Article)
    if "poison" in item.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return Reading(article=item)


class PlainReader:
    """A reader that needs no model, on real processes."""

    def workers(self, jobs: int = 1) -> Executor:
        return Workers(jobs)

    def read_many(
        self, articles: Iterable[Article | Rejected], *, jobs: int, executor: Executor
    ) -> Iterator[Reading | Rejected]:
        assert jobs in (1, 2)
        yield from read_on(executor, read_one, articles, ahead=4)


@pytest.fixture
def ingest(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """``onrecord ingest … --ledger l.db``, with a reader that needs no model."""
    monkeypatch.setattr(onrecord, "Reader", PlainReader)
    return lambda *arguments: run("ingest", *arguments, "--ledger", tmp_path / "l.db", "--any-language")


def news(path: Path, *texts: str, published: str = "2024-03-14") -> Path:
    path.write_text("".join(json.dumps({"text": text, "published": published}) + "\n" for text in texts))
    return path


def texts(folder: Path) -> list[str]:
    with open_ledger(folder / "l.db", read_only=True) as ledger:
        return sorted(ledger.reading(one).article.text for one in ledger.article_ids())


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_summary_says_what_became_of_the_inputs(ingest: Run, tmp_path: Path, jobs: int) -> None:
    file = news(tmp_path / "a.jsonl", "One.", "Two.")
    with file.open("a") as stream:
        stream.write("{broken\n")
    old = news(tmp_path / "b.jsonl", "Long ago.", published="2023-01-01")
    ran = ingest(file, old, "--jobs", jobs, "--since", "2024-01-01")
    assert ran.code == Exit.SOME_SET_ASIDE
    assert "2 read, 1 too old, 1 set aside (see `onrecord rejected`)" in ran.err
    assert "holds 2 articles, 0 events, 0 figures" in ran.err
    again = ingest(file)
    assert "2 in already, 1 set aside" in again.err


def test_an_article_that_kills_its_process_is_set_aside_and_the_batch_goes_on(ingest: Run, tmp_path: Path) -> None:
    ran = ingest(news(tmp_path / "a.jsonl", "One.", "This is poison.", "Two.", "Three."))
    assert ran.code == Exit.SOME_SET_ASIDE
    assert "3 read, 1 set aside" in ran.err
    assert texts(tmp_path) == ["One.", "Three.", "Two."]
    with open_ledger(tmp_path / "l.db") as ledger:
        (aside,) = ledger.rejected()
    assert (aside.error, aside.raw, aside.whole) == ("ReadingFailed", b"This is poison.", True)
    assert "the process that read it died" in aside.seen and "report it" in aside.remedy


def test_what_was_set_aside_is_listed_and_given_back_to_the_byte(ingest: Run, run: Run, tmp_path: Path) -> None:
    sent = b'{"text": 5, "na\xc3\xafve": "\xe2\x82\xac"}\n'
    (tmp_path / "a.jsonl").write_bytes(sent)
    ingest(tmp_path / "a.jsonl")
    ledger = tmp_path / "l.db"
    listed = run("rejected", "--ledger", ledger)
    name, _, rest = listed.out.partition("  ")
    assert "a.jsonl:1" in rest and '"text" is not a string' in rest
    (row,) = [json.loads(line) for line in run("rejected", "--ledger", ledger, "--format", "jsonl").out.splitlines()]
    assert (row["id"], row["error"], row["whole"]) == (name, "BadRecord", True)
    assert run("rejected", "--ledger", ledger, "--raw", name).out.encode() == sent
    assert run("rejected", "--ledger", ledger, "--raw", "none").code == Exit.USAGE


def test_watching_looks_again_and_reads_what_is_new_with_the_same_workers(
    ingest: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Executor] = []

    class Counted(PlainReader):
        def workers(self, jobs: int = 1) -> Executor:
            made.append(super().workers(jobs))
            return made[-1]

    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            raise KeyboardInterrupt
        news(folder / "b.jsonl", "Two.")

    monkeypatch.setattr(onrecord, "Reader", Counted)
    monkeypatch.setattr("onrecord.cli._ingest.time.sleep", sleep)
    folder = tmp_path / "news"
    folder.mkdir()
    news(folder / "a.jsonl", "One.")
    ran = ingest(folder, "--watch", "60")
    assert (ran.code, waited) == (Exit.INTERRUPTED, [60.0, 60.0])
    assert "1 read, 1 in already" in ran.err and "run the same command to go on" in ran.err
    assert texts(tmp_path) == ["One.", "Two."]
    assert len(made) == 1


def test_workers_that_cannot_start_leave_with_4_and_what_was_read_stays(
    ingest: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Dying(PlainReader):
        def read_many(self, articles: Iterable[Article | Rejected], **_: object) -> Iterator[Reading | Rejected]:
            for number, item in enumerate(articles):
                if number:
                    raise BrokenExecutor("a worker process died before it could read")
                yield read_one(item)

    monkeypatch.setattr(onrecord, "Reader", Dying)
    ran = ingest(news(tmp_path / "a.jsonl", "One.", "Two."))
    assert ran.code == Exit.BROKEN
    assert "died before it could read" in ran.err and "run the same command" in ran.err
    assert texts(tmp_path) == ["One."]


def test_columns_that_are_not_understood_leave_no_ledger_behind(ingest: Run, tmp_path: Path) -> None:
    ran = ingest(news(tmp_path / "a.jsonl", "One."), "--columns", "words=body")
    assert ran.code == Exit.USAGE
    assert not (tmp_path / "l.db").exists()


def test_the_bar_knows_how_far_it_is_by_the_bytes_of_the_files(tmp_path: Path) -> None:
    news(tmp_path / "a.jsonl", *(f"Report {number}. " * 50 for number in range(400)))
    news(tmp_path / "b.jsonl", "Last.")
    total = size_of_files([tmp_path])
    assert total == sum(file.stat().st_size for file in tmp_path.iterdir())
    assert size_of_files([tmp_path, "-"]) is None and size_of_files(["https://news.example/"]) is None
    tally = Tally()
    inputs = load_named(tmp_path, any_language=True, tally=tally)
    with Bar(total=total, after=10_000, position=lambda: tally.bytes) as bar:
        done = []
        for _ in range(200):
            next(inputs)
            bar.step(words=1, set_aside=False)
            done.append(bar._bar.tasks[0].completed)
        assert done == sorted(done) and 0.4 < done[-1] / total < 0.6
        for _ in inputs:
            bar.step(words=1, set_aside=True)
        assert bar._bar.tasks[0].completed == tally.bytes == total


def test_a_terminal_shows_how_many_how_fast_and_how_long(tmp_path: Path) -> None:
    screen = io.StringIO()
    with Bar(total=1000, after=0, position=lambda: 250) as bar:
        bar._bar.live.console = Console(file=screen, force_terminal=True, width=100)
        bar._done, bar._words = 1233, 40_000
        bar._bar.start_task(bar._task)
        bar._bar.tasks[0].start_time = bar._bar.get_time() - 100
        bar.step(words=0, set_aside=True)
        bar._bar.refresh()
        bar._bar.live.console.print(bar._bar.get_renderable())
    shown = screen.getvalue()
    assert "1,234" in shown and "400 words/s" in shown and "1 set aside" in shown and "25 %" in shown


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals to open here")
def test_on_a_terminal_a_bar_is_shown_and_goes_away(tmp_path: Path) -> None:
    file = news(tmp_path / "a.jsonl", *(f"Report {number}." for number in range(20)))
    code = (
        "import sys, onrecord, tests.cli.test_ingest as t; onrecord.Reader = t.PlainReader\n"
        f"sys.argv = ['onrecord', 'ingest', {str(file)!r}, '--ledger', {str(tmp_path / 'l.db')!r}, '--any-language']\n"
        "from onrecord.cli import main\n"
        "if __name__ == '__main__': main()\n"
    )
    script = tmp_path / "ingest.py"
    script.write_text(code)
    ours, theirs = os.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100", "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen([sys.executable, str(script)], stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 65_536):
            shown += chunk
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert process.wait(120) == 0
    assert "reading 20" in shown.decode() and "100 %" in shown.decode()
    assert "20 read" in shown.decode().splitlines()[-2]
