"""A run over many inputs: resumable, nothing lost, nothing twice, on any executor."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from onrecord.ingest import Rejected, load_named
from onrecord.ledger import Ledger, Summary, ingest, open_ledger
from onrecord.records import Article, Reading
from tests.ledger.stories import read_many, text_of

ROOT = Path(__file__).resolve().parents[2]


def news(folder: Path, count: int, *, extra: Iterable[str] = ()) -> Path:
    """A file of JSON lines with so many articles, each tenth of them published a second time elsewhere."""
    lines = []
    for number in range(count):
        day = f"2024-{number % 12 + 1:02d}-01"
        lines.append({"text": text_of(number), "published": day, "publisher": "one"})
        if number % 10 == 0:
            lines.append({"text": text_of(number), "published": day, "publisher": "two"})
    path = folder / "news.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines) + "".join(f"{line}\n" for line in extra))
    return path


def put(ledger: Ledger, path: Path, **options: object) -> Summary:
    return ingest(ledger, load_named(path, any_language=True), read_many=read_many, **options)  # type: ignore[arg-type]


def test_a_run_says_what_became_of_each_input(ledger: Ledger, tmp_path: Path) -> None:
    path = news(tmp_path, 20, extra=["{broken", json.dumps({"text": "This one is unreadable."})])
    first = put(ledger, path)
    assert (first.read, first.again, first.set_aside, first.known) == (20, 2, 2, 0)
    assert first.words > 200
    second = put(ledger, path)
    assert (second.read, second.again, second.known) == (0, 0, 22)
    counts = ledger.counts()
    assert (counts.articles, counts.sightings, counts.events, counts.rejected) == (20, 22, 20, 2)


def test_what_is_set_aside_keeps_its_raw_bytes(ledger: Ledger, tmp_path: Path) -> None:
    put(ledger, news(tmp_path, 0, extra=["{broken", json.dumps({"text": "This one is unreadable."})]))
    assert {one.raw for one in ledger.rejected()} == {b"{broken\n", b"This one is unreadable."}


def test_articles_before_a_day_are_passed_over(ledger: Ledger, tmp_path: Path) -> None:
    summary = put(ledger, news(tmp_path, 12), since="2024-07-01")
    assert (summary.read, summary.older) == (6, 7)


def test_reading_again_is_only_done_on_request(ledger: Ledger, tmp_path: Path) -> None:
    path = news(tmp_path, 3)
    put(ledger, path)

    def better(items: Iterable[Article | Rejected]) -> Iterator[Reading | Rejected]:
        for reading in read_many(items):
            assert isinstance(reading, Reading)
            yield reading.model_copy(update={"figures": ()})

    again = ingest(ledger, load_named(path, any_language=True), read_many=better, read_again=True)
    assert (again.changed, again.read) == (3, 0)
    assert ledger.counts().figures == 0


def test_progress_is_told_of_every_input(ledger: Ledger, tmp_path: Path) -> None:
    told: list[tuple[int, bool]] = []

    class Bar:
        def step(self, *, words: int, set_aside: bool, read: bool) -> None:
            told.append((words, set_aside))

    put(ledger, news(tmp_path, 11, extra=["{broken"]), progress=Bar())
    assert len(told) == 14
    assert sum(aside for _, aside in told) == 1


def test_two_runs_at_once_lose_nothing_and_put_nothing_in_twice(where: str, tmp_path: Path) -> None:
    path = news(tmp_path, 30)

    def run(_: int) -> None:
        with open_ledger(where) as ledger:
            put(ledger, path)

    with open_ledger(where):
        pass
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, range(2)))
    with open_ledger(where) as ledger:
        counts = ledger.counts()
        assert (counts.articles, counts.sightings, counts.events, counts.figures) == (30, 33, 30, 30)


def test_a_ledger_is_made_once_when_two_programs_open_it_at_once(where: str) -> None:
    def run(_: int) -> int:
        with open_ledger(where) as ledger:
            return ledger.counts().articles

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(run, range(4))) == [0] * 4


def test_a_reader_never_waits_for_a_writer(where: str, tmp_path: Path) -> None:
    with open_ledger(where) as ledger:
        put(ledger, news(tmp_path, 3))
        with ledger._database.writing(), open_ledger(where, read_only=True) as other:
            start = time.monotonic()
            assert other.counts().articles == 3
            assert time.monotonic() - start < 5


def test_a_run_that_is_killed_goes_on_where_it_was(where: str, tmp_path: Path) -> None:
    """A few kills, so that the suite stays quick; ``python -m evals.crash`` kills fifty times."""
    from evals.crash import contents

    path = news(tmp_path, 60)
    script = (
        "import sys; from onrecord.ingest import load_named; from onrecord.ledger import ingest, open_ledger\n"
        "from tests.ledger.stories import read_many\n"
        "with open_ledger(sys.argv[1]) as ledger:\n"
        "    ingest(ledger, load_named(sys.argv[2], any_language=True), read_many=read_many)\n"
    )
    moments = random.Random(7)
    command = [sys.executable, "-c", script, where, str(path)]
    with open_ledger(where) as ledger:
        for _ in range(3):
            before = ledger.counts().articles
            process = subprocess.Popen(command, cwd=ROOT)
            while process.poll() is None and ledger.counts().articles < before + 3:
                time.sleep(0.02)
            time.sleep(moments.random() * 0.1)
            if process.poll() is None:
                os.kill(process.pid, signal.SIGKILL)
            process.wait()
        killed_at = ledger.counts().articles
        subprocess.run(command, cwd=ROOT, check=True)
        assert 9 <= killed_at <= 60
        with open_ledger(tmp_path / "undisturbed.db") as undisturbed:
            put(undisturbed, path)
            assert contents(ledger) == contents(undisturbed)


def test_the_real_reader_fills_a_ledger_through_the_real_command(where: str, tmp_path: Path) -> None:
    texts = [
        "Police in Nairobi arrested four protesters on Monday, a spokesman said. At least 12 people were injured.",
        "The foreign ministers of Kenya and Uganda will meet in Kampala next week to discuss the border.",
        "Rebels attacked a village near Goma on Sunday and killed nine civilians, the army said.",
    ]
    path = tmp_path / "three.jsonl"
    path.write_text("".join(json.dumps({"text": text, "published": "2024-03-14"}) + "\n" for text in texts))
    command = [
        sys.executable,
        "-c",
        "from onrecord.cli import main; main()",
        "ingest",
        str(path),
        "--ledger",
        where,
        "--any-language",
        "--jobs",
        "2",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "3 read" in done.stderr
    with open_ledger(where) as ledger:
        assert ledger.counts().articles == 3
        assert ledger.events(country="KEN")
        assert [figure.low for figure in ledger.figures(kind="injured")] == [12]
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "3 in already" in again.stderr


def test_reading_runs_on_a_dask_cluster(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="Dask is not installed (pip install 'onrecord[dask]')")
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps({"text": "Rebels attacked a village near Goma on Sunday, the army said."}) + "\n")
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
        client.get_executor() as executor,
        open_ledger(tmp_path / "l.db") as ledger,
    ):
        from onrecord import Reader

        reader = Reader()
        summary = ingest(
            ledger,
            load_named(path, any_language=True),
            read_many=lambda items: reader.read_many(items, executor=executor),
        )
        assert summary.read == 1
        assert ledger.events()
