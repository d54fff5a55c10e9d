"""What can go wrong with a ledger, and the database's own words turned into it.

LedgerError                 (an OnrecordError)
├── LedgerUnavailable       missing, no permission, no server, no such driver
├── NotALedger              the file or database holds something else
├── NewerLedger             written by a later version of the program
├── LedgerReadOnly          it may be read but not written
├── LedgerFull              no room left on the disk
├── LedgerBusy              another program has been writing for too long
├── LedgerDamaged           the file does not hold together
├── NoSuchRecord            an id that the ledger does not know
├── BadCorrection           a correction that cannot be made
└── ChangedMeanwhile        the record is not what the reviewer saw
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from onrecord.records import OnrecordError


class LedgerError(OnrecordError):
    """A ledger that cannot be used as asked. The message says which, what was seen and what to do."""


class LedgerUnavailable(LedgerError):
    """Missing, no permission, no server, or no driver for it."""


class NotALedger(LedgerError):
    """The file or database holds something else."""


class NewerLedger(LedgerError):
    """Written by a later version of the program."""


class LedgerReadOnly(LedgerError):
    """It may be read but not written."""


class LedgerFull(LedgerError):
    """No room left on the disk."""


class LedgerBusy(LedgerError):
    """Another program has been writing for too long."""


class LedgerDamaged(LedgerError):
    """The file does not hold together."""


class NoSuchRecord(LedgerError):
    """An id that the ledger does not know."""


class BadCorrection(LedgerError):
    """A correction that cannot be made."""


class ChangedMeanwhile(LedgerError):
    """The record is not what the reviewer saw."""


_SIGNS: tuple[tuple[type[LedgerError], tuple[str, ...], str], ...] = (
    (
        LedgerFull,
        ("database or disk is full", "no space left on device", "could not extend file", "disk i/o error"),
        "there is no room left to write. What was written so far is sound; make room and run the same command again.",
    ),
    (
        LedgerReadOnly,
        ("readonly database", "read-only transaction", "permission denied for"),
        "it may only be read. Check the permissions of the file and its folder, or copy the ledger elsewhere.",
    ),
    (
        LedgerBusy,
        ("database is locked", "lock timeout", "deadlock detected", "database table is locked"),
        "another program has been writing to it for too long. Try again when that is done.",
    ),
    (NotALedger, ("file is not a database",), "this file is no SQLite database. Name another file."),
    (
        LedgerDamaged,
        ("disk image is malformed", "invalid page", "could not read block"),
        "it is damaged. Restore a copy, or save what can be read with `sqlite3 FILE .recover`.",
    ),
    (
        LedgerUnavailable,
        ("unable to open database file",),
        "the file cannot be opened. Check that its folder exists and may be written.",
    ),
    (
        LedgerUnavailable,
        ("connection failed", "connection refused", "could not translate host", "password authentication failed",
         "does not exist", "server closed the connection", "connection is lost", "the database system is"),
        "the database server cannot be used. Check the address, the name and password, and that it runs.",
    ),
)  # fmt: skip


@contextmanager
def explained(name: str) -> Iterator[None]:
    """What the database refuses comes out as a ``LedgerError`` that says which ledger, what happened, what to do."""
    try:
        yield
    except DBAPIError as error:
        said = " ".join(str(error.orig).split())
        for kind, signs, remedy in _SIGNS:
            if any(sign in said.lower() for sign in signs):
                raise kind(f"ledger {name}: {remedy} (The database says: {said})") from error
        raise
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        if isinstance(error, ModuleNotFoundError) and error.name not in ("psycopg", "psycopg2"):
            raise
        seen = "the driver for PostgreSQL is not installed, or the address names another"
        raise LedgerUnavailable(
            f"ledger {name}: {seen}. Install it with `pip install 'onrecord[postgresql]'` and write the address as "
            "postgresql+psycopg://user@host/database."
        ) from error
