"""A PostgreSQL server of one's own, for tests and measurements: started for the moment, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4


class NoServer(Exception):
    """There is none to start; the message says what is missing."""


@contextmanager
def private_server(*, durable: bool = False) -> Iterator[str]:
    """The address of a server, with ``{name}`` where a database's name goes.

    ``durable`` waits for the disk as a real one does; without it a power cut could lose data, and tests are quicker.

    Raises
    ------
    NoServer: PostgreSQL is not installed, or cannot run as this user.
    """
    bin_folder, user = _binaries(), _user()
    home = Path(tempfile.mkdtemp(prefix="onrecord-postgresql-"))
    if user:
        shutil.chown(home, user)

    def run(*command: str) -> None:
        subprocess.run(
            [str(bin_folder / command[0]), *command[1:]], check=True, capture_output=True, user=user, cwd=home
        )

    run("initdb", "-D", str(home / "data"), "-U", "onrecord", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    options = f"-k {home} -c listen_addresses=''"
    if not durable:
        options += " -c fsync=off -c full_page_writes=off"
    run("pg_ctl", "-D", str(home / "data"), "-l", str(home / "log"), "-w", "-o", options, "start")
    try:
        yield f"postgresql+psycopg://onrecord@/{{name}}?host={home}"
    finally:
        run("pg_ctl", "-D", str(home / "data"), "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


def new_database(server: str) -> str:
    """The address of a fresh database on the server."""
    import psycopg

    name = f"t{uuid4().hex[:12]}"
    host = server.partition("host=")[2]
    with psycopg.connect(f"host={host} user=onrecord dbname=postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.format(name=name)


def _binaries() -> Path:
    found = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None)
    initdb = found or (Path(on_path) if (on_path := shutil.which("initdb")) else None)
    if initdb is None:
        raise NoServer("PostgreSQL is not installed (apt-get install postgresql)")
    return initdb.resolve().parent


def _user() -> str | None:
    """Who runs the server: it refuses to run as root; Debian's package makes a user for it."""
    if os.getuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        raise NoServer("PostgreSQL does not run as root, and there is no user postgres") from None
