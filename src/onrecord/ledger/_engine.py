"""Opening a database: SQLite beside the user's files, or a PostgreSQL server, behind the same few functions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from onrecord.ledger._errors import LedgerUnavailable, explained
from onrecord.ledger._tables import clock

_WAIT_SECONDS = 60
_CACHE_KIB = 64 * 1024


@dataclass(frozen=True, slots=True)
class Writing:
    """An open write transaction and the moment that everything in it is marked with."""

    connection: Connection
    now: str


class Database:
    """One ledger's database. Readers never wait; writers take turns.

    Parameters
    ----------
    where: a file, or an address such as ``postgresql+psycopg://user@host/database``.
    read_only: never write, not even to create or upgrade.
    """

    def __init__(self, where: str | Path, *, read_only: bool = False) -> None:
        self.url = _url(where)
        self.name = self.url.render_as_string(hide_password=True) if self.url.host else str(where)
        self.read_only = read_only
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        with explained(self.name):
            self.engine = self._sqlite() if self.is_sqlite else _server(self.url, read_only=read_only)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the ledger throughout."""
        with explained(self.name), self.engine.connect() as connection:
            yield connection if self.is_sqlite else connection.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """A transaction: all of it is kept or none. Its moment is later than every earlier transaction's."""
        with self.turn() as connection:
            # One row that every writer must hold: this is the turn-taking, on PostgreSQL too.
            last = connection.execute(select(clock.c.changed_at).with_for_update()).scalar_one()
            now = later_than(last)
            connection.execute(clock.update().values(changed_at=now))
            yield Writing(connection, now)

    @contextmanager
    def turn(self) -> Iterator[Connection]:
        """A bare write transaction."""
        writer = self.engine.connect().execution_options(writes=True)
        with explained(self.name), writer as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()

    def _sqlite(self) -> Engine:
        file = self.url.database or ":memory:"
        if self.read_only and not Path(file).exists():
            raise LedgerUnavailable(f"ledger {file}: there is no such file. Check the path.")
        mode = "ro" if self.read_only else "rwc"

        def connect() -> sqlite3.Connection:
            return sqlite3.connect(
                f"{Path(file).absolute().as_uri()}?mode={mode}",
                uri=True,
                timeout=_WAIT_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )

        engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
        event.listen(engine, "connect", _prepare_sqlite(read_only=self.read_only))
        event.listen(engine, "begin", _begin_sqlite)
        return engine


def moment(value: datetime) -> str:
    """A moment as the ledger writes it: UTC, to the microsecond, so that text order is time order."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def later_than(last: str) -> str:
    """Now, or just after ``last`` when the computer's clock has gone back."""
    now = moment(datetime.now(UTC))
    if now > last:
        return now
    return moment(datetime.fromisoformat(last) + timedelta(microseconds=1))


def _url(where: str | Path) -> URL:
    text = str(where)
    if "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except ArgumentError:
        url = URL.create("unknown")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise LedgerUnavailable(
            f"ledger {text.partition('://')[0]}://…: not a file and not an address of a kind that is known. "
            "Name a file, or write postgresql+psycopg://user@host/database."
        )
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def _prepare_sqlite(*, read_only: bool) -> Any:
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        if not read_only and _is_ours_or_empty(connection):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")

    return prepare


def _is_ours_or_empty(connection: sqlite3.Connection) -> bool:
    """Whether this may become a ledger or is one: another program's file is not to be changed by a look."""
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return not names or {"alembic_version", "articles"} <= names


def _begin_sqlite(connection: Connection) -> None:
    # A writer asks for its turn at once: one that began as a reader could not be made to wait.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _server(url: URL, *, read_only: bool) -> Engine:
    options = f"-c lock_timeout={_WAIT_SECONDS}s"
    if read_only:
        options += " -c default_transaction_read_only=on"
    return create_engine(url, connect_args={"options": options}, pool_pre_ping=True)
