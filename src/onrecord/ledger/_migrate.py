"""The schema of a ledger is brought up to date when it is opened; one written by a later version is left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from onrecord.ledger._engine import Database
from onrecord.ledger._errors import LedgerReadOnly, NewerLedger, NotALedger

HEAD: Final = "0004"
MIGRATIONS: Final = Path(__file__).with_name("migrations")
_LOCK = 0x6F6E7265  # "onre": one program at a time creates or upgrades


def bring_up_to_date(database: Database) -> None:
    """Create the tables in an empty database, or upgrade an older ledger.

    Raises
    ------
    NotALedger: the database holds something else.
    NewerLedger: a later version of the program wrote it.
    LedgerReadOnly: it is not up to date and may not be written.
    """
    with database.reading() as connection:
        if _version(connection, database.name) == HEAD:
            return
    if database.read_only:
        raise LedgerReadOnly(f"ledger {database.name}: it is empty or of an older version and may only be read.")
    with database.turn() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        if _version(connection, database.name) != HEAD:
            _upgrade(connection)


def _version(connection: Connection, name: str) -> str | None:
    """The schema version, None when the database is empty."""
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" not in tables:
        if tables:
            some = ", ".join(sorted(tables)[:3])
            raise NotALedger(
                f"ledger {name}: this database holds other tables ({some}). Name another file or database."
            )
        return None
    version: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if version is not None and version not in known_versions():
        raise NewerLedger(
            f"ledger {name}: its schema is {version}, this program knows up to {HEAD}. "
            "A later version of onrecord wrote it: upgrade onrecord."
        )
    return version


def known_versions() -> set[str]:
    """The schema versions that this program can open, by the names of its migrations."""
    return {file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py")}


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
