"""A full disk, a file that may not be written, two writers: a clear message and a sound ledger."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from onrecord.ledger import (
    LedgerBusy,
    LedgerDamaged,
    LedgerError,
    LedgerFull,
    LedgerReadOnly,
    LedgerUnavailable,
    open_ledger,
)
from tests.ledger.stories import story


def sound(file: Path) -> bool:
    with sqlite3.connect(file) as connection:
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
