"""A full disk, a file that may not be written, two writers, inputs made to do harm: a clear message and a sound ledger."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli
import pytest
from sqlalchemy import text

from onrecord.ingest import Fetcher, Limits, Rejected, load_named
from onrecord.ledger import (
    LedgerBusy,
    LedgerDamaged,
    LedgerError,
    LedgerFull,
    LedgerReadOnly,
    LedgerUnavailable,
    NewerLedger,
    NotALedger,
    ingest,
    open_ledger,
)
from onrecord.records import Article, Reading
from tests.ingest.test_warc import page, record
from tests.ledger.stories import story


def sound(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as connection:
        return (
            connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            and not connection.execute("PRAGMA foreign_key_check").fetchall()
        )


def test_a_full_disk_keeps_whole_articles_and_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "l.db"
    done = 0
    with open_ledger(file) as ledger:
        with ledger._database.engine.connect() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
            connection.execute(text(f"PRAGMA max_page_count = {pages + 20}"))
        with pytest.raises(LedgerFull, match="make room and run the same command again"):  # noqa: PT012
            for number in range(500):
                ledger.add(story(number))
                done += 1
        assert ledger.counts().articles == done > 0
    assert sound(file)
    with open_ledger(file) as ledger:
        ledger.add(story(done))
        assert ledger.counts().articles == done + 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes; skips where none can be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_is_really_full_does_the_same(small_disk: Path) -> None:
    file = small_disk / "l.db"
    done = 0
    with open_ledger(file) as ledger:
        with pytest.raises(LedgerFull, match="make room and run the same command again"):  # noqa: PT012
            for number in range(500):
                ledger.add(story(number))
                done += 1
        assert ledger.counts().articles == done > 0
    subprocess.run(["mount", "-o", "remount,size=9m", str(small_disk)], check=True)
    with open_ledger(file) as ledger:
        ledger.add(story(done))
        assert ledger.counts().articles == done + 1
    assert sound(file)


def test_a_ledger_of_a_later_version_is_left_alone(where: str) -> None:
    with open_ledger(where) as ledger:
        ledger.add(story(0))
        with ledger._database.turn() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for read_only in (False, True):
        with pytest.raises(NewerLedger, match=r"its schema is 9999.*upgrade onrecord"):
            open_ledger(where, read_only=read_only)


def test_a_database_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER)")
    words = tmp_path / "words.db"
    words.write_text("This is no database at all, but a text. " * 99)
    before = other.read_bytes(), words.read_bytes()
    for file in (other, words):
        with pytest.raises(NotALedger, match="another file"):
            open_ledger(file)
    assert (other.read_bytes(), words.read_bytes()) == before


def test_a_ledger_opened_to_be_read_refuses_to_be_written(where: str) -> None:
    with open_ledger(where) as ledger:
        ledger.add(story(0))
    with open_ledger(where, read_only=True) as ledger:
        assert ledger.reading(story(0).article.id) == story(0)
        with pytest.raises(LedgerReadOnly, match="may only be read"):
            ledger.add(story(1))


def test_a_file_without_permission_says_so() -> None:
    folder = Path(tempfile.mkdtemp(prefix="onrecord-"))  # pytest's own folders let nobody else in
    file = folder / "l.db"
    try:
        with open_ledger(file) as ledger:
            ledger.add(story(0))
        file.chmod(0o444)
        folder.chmod(0o555)
        with (
            ordinary_user(),
            pytest.raises((LedgerReadOnly, LedgerUnavailable), match=r"[Cc]heck"),
            open_ledger(file) as ledger,
        ):
            ledger.add(story(1))
        folder.chmod(0o755)
        assert sound(file)
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


@contextmanager
def ordinary_user() -> Iterator[None]:
    """The superuser may write anything; for a moment this is somebody else."""
    mine = os.geteuid()
    if mine == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(mine)


def test_a_second_writer_waits_its_turn(where: str) -> None:
    with open_ledger(where) as one, open_ledger(where) as two:
        thread = threading.Thread(target=lambda: two.add(story(1)))
        with one._database.writing() as writing:
            thread.start()
            time.sleep(0.3)
            assert thread.is_alive()
            assert writing.connection.execute(text("SELECT count(*) FROM articles")).scalar_one() == 0
        thread.join(30)
        assert one.counts().articles == 1


def test_a_writer_that_waits_too_long_says_so(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.ledger import _engine

    monkeypatch.setattr(_engine, "_WAIT_SECONDS", 1)
    busy = pytest.raises(LedgerBusy, match="Try again")
    with open_ledger(where) as one, open_ledger(where) as two, one._database.writing(), busy:
        two.add(story(1))


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    file = tmp_path / "l.db"
    with open_ledger(file) as ledger:
        for number in range(30):
            ledger.add(story(number))
    data = bytearray(file.read_bytes())
    data[8192:200_000] = b"\xaa" * (200_000 - 8192)
    file.write_bytes(data)
    with pytest.raises((LedgerDamaged, LedgerError)), open_ledger(file) as ledger:  # noqa: PT012
        list(ledger.changes())
        ledger.add(story(99))


def test_a_server_that_goes_away_says_so() -> None:
    from sqlalchemy.exc import OperationalError

    from onrecord.ledger._errors import LedgerUnavailable, explained

    with pytest.raises(LedgerUnavailable, match="server cannot be used"), explained("x"):
        raise OperationalError("SELECT 1", {}, Exception("server closed the connection unexpectedly"))


# Inputs made to do harm


class Hostile(BaseHTTPRequestHandler):
    """A feed that never ends, one that comes a byte at a time, and a page that leads elsewhere."""

    def do_GET(self) -> None:
        with suppress(OSError):  # whoever asked hung up: that is what is tested
            {"/endless": self.endless, "/slow": self.slow, "/inside": self.inside}[self.path]()

    def endless(self) -> None:
        self.begin()
        self.wfile.write(b"<rss><channel>")
        while True:
            self.wfile.write(b"<item><title>More</title><description>More words.</description></item>" * 100)

    def slow(self) -> None:
        self.begin()
        while True:
            self.wfile.write(b"<")
            time.sleep(0.1)

    def inside(self) -> None:
        self.send_response(302)
        self.send_header("Location", "http://127.0.0.1:9/")
        self.end_headers()

    def begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def hostile() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def torn_archive(folder: Path) -> Path:
    whole = record("https://a.example/1", page()) + record("https://a.example/2", page("Rain fell. " * 400))
    return written(folder / "torn.warc.gz", whole[:-60])


def bomb(folder: Path, pack: Callable[[bytes], bytes], encoding: str) -> Path:
    body = pack(b"<p>" + b"\0" * 100_000_000)
    return written(
        folder / "bomb.warc.gz",
        record("https://a.example/b", body, headers=f"Content-Encoding: {encoding}\r\n")
        + record("https://a.example/1", page()),
    )


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def plainly(items: Iterable[Article | Rejected]) -> Iterator[Reading | Rejected]:
    for item in items:
        yield item if isinstance(item, Rejected) else Reading(article=item)


# What it is, what is said of it, how many articles are read in spite of it.
HARM: dict[str, tuple[Callable[[Path, str], object], str, int]] = {
    "a web archive that breaks off": (lambda folder, _: torn_archive(folder), "a web archive that breaks off", 1),
    "a gzip bomb": (lambda folder, _: bomb(folder, lambda b: gzip.compress(b, 1), "gzip"), "more than 1,000,000 bytes", 1),
    "a brotli bomb": (lambda folder, _: bomb(folder, lambda b: brotli.compress(b, quality=1), "br"), "more than 1,000,000 bytes", 1),
    "a feed that never ends": (lambda _, site: f"{site}/endless", "more than 1,000,000 bytes", 0),
    "a feed that comes a byte at a time": (lambda _, site: f"{site}/slow", "longer than 2 seconds", 0),
    "a paragraph of five megabytes": (lambda folder, _: written(folder / "long.txt", b"word " * 1_000_000), "5,000,000 bytes, all in one line", 0),
    "lines that never end": (lambda folder, _: written(folder / "long.jsonl", b'{"text": "' + b"word " * 1_000_000), "a line of more than 1,000,000 bytes", 0),
    "JSON that is nested without end": (lambda folder, _: written(folder / "deep.jsonl", b"[" * 500_000), "nested too deeply", 0),
}  # fmt: skip


@pytest.mark.parametrize("harm", HARM)
def test_an_input_made_to_do_harm_is_set_aside_and_the_next_is_read(harm: str, tmp_path: Path, hostile: str) -> None:
    make, said, read = HARM[harm]
    source = str(make(tmp_path, hostile))
    good = written(tmp_path / "good.jsonl", (json.dumps({"text": "Rain fell on Monday."}) + "\n").encode())
    fetch = Fetcher(allow_private=True, seconds=2, max_bytes=1_000_000)
    limits = Limits(bytes=1_000_000)
    with open_ledger(tmp_path / "l.db") as ledger:
        inputs = load_named([source, good], any_language=True, limits=limits, fetch=fetch)
        summary = ingest(ledger, inputs, read_many=plainly)
        assert summary.read == read + 1
        aside = list(ledger.rejected())
        assert 1 <= summary.set_aside == len(aside) <= 2  # an archive that breaks off, and the page it breaks off in
        assert said in aside[-1].seen and all(one.remedy for one in aside)
    assert sound(tmp_path / "l.db")


def test_a_page_that_leads_inside_is_set_aside(tmp_path: Path, hostile: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.ingest import _fetch

    judged: list[str] = []

    def first_is_public(address: str) -> bool:
        judged.append(address)
        return len(judged) == 1

    monkeypatch.setattr(_fetch, "_is_public", first_is_public)
    with open_ledger(tmp_path / "l.db") as ledger:
        summary = ingest(ledger, load_named(f"{hostile}/inside", fetch=Fetcher(seconds=2)), read_many=plainly)
        assert summary.set_aside == 1
        (aside,) = ledger.rejected()
        assert "127.0.0.1, an address of this computer" in aside.seen and "--allow-private" in aside.remedy


def test_a_text_above_the_limit_of_an_article_is_set_aside_whatever_the_file_may_have(tmp_path: Path) -> None:
    file = written(tmp_path / "long.txt", b"word " * 1_000_000)
    with open_ledger(tmp_path / "l.db") as ledger:
        ingest(ledger, load_named(file), read_many=plainly)
        (aside,) = ledger.rejected()
    assert "5,000,000 characters; the limit is 1,000,000" in aside.seen
    assert (len(aside.raw or b""), aside.whole) == (1_000_000, False)
