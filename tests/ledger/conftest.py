"""Ledgers to test on: a SQLite file, and where it is installed a PostgreSQL server of the tests' own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onrecord.ledger import Ledger, open_ledger
from onrecord.records import Article, Reading
from tests.ledger.postgresql import NoServer, new_database, private_server


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the tests; skips where there is none to start."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (pip install 'onrecord[postgresql]')")
    try:
        with private_server() as address:
            yield address
    except NoServer as missing:
        pytest.skip(str(missing))


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty ledger, on either database."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    return new_database(request.getfixturevalue("server"))


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
