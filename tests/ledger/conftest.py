"""Ledgers to test on: a SQLite file, and where it is installed a PostgreSQL server of the tests' own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from onrecord.ledger import Ledger, open_ledger
from onrecord.records import Article, Reading


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the tests; skips where there is none to start."""
    found = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None)
    initdb = found or (Path(on_path) if (on_path := shutil.which("initdb")) else None)
    if initdb is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    pytest.importorskip("psycopg", reason="psycopg is not installed (pip install 'onrecord[postgresql]')")
    bin_folder = initdb.resolve().parent
    user = None
    if os.getuid() == 0:  # the server refuses to run as root; Debian's package makes a user for it
        try:
            user = pwd.getpwnam("postgres").pw_name
        except KeyError:
            pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
    home = Path(tempfile.mkdtemp(prefix="onrecord-postgresql-"))
    if user:
        shutil.chown(home, user)

    def run(*command: str) -> None:
        subprocess.run(
            [str(bin_folder / command[0]), *command[1:]], check=True, capture_output=True, user=user, cwd=home
        )

    run("initdb", "-D", str(home / "data"), "-U", "onrecord", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    options = f"-k {home} -c listen_addresses='' -c fsync=off -c full_page_writes=off"
    run("pg_ctl", "-D", str(home / "data"), "-l", str(home / "log"), "-w", "-o", options, "start")
    try:
        yield f"postgresql+psycopg://onrecord@/{{name}}?host={home}"
    finally:
        run("pg_ctl", "-D", str(home / "data"), "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty ledger, on either database."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    return new_database(request.getfixturevalue("server"))


def new_database(server: str) -> str:
    """A fresh database on the server."""
    import psycopg

    name = f"t{uuid4().hex[:12]}"
    host = server.partition("host=")[2]
    with psycopg.connect(f"host={host} user=onrecord dbname=postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.format(name=name)


@pytest.fixture
def ledger(where: str) -> Iterator[Ledger]:
    """An empty ledger, on either database."""
    with open_ledger(where) as opened:
        yield opened


Tell = Callable[..., Reading]


@pytest.fixture
def story() -> Tell:
    """Makes the reading of a small invented article; see ``tests.ledger.stories``."""
    from tests.ledger.stories import story as make

    return make


def article(text: str, **fields: object) -> Article:
    """An article of this text."""
    return Article.of(text, **fields)
