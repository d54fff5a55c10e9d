"""A small ledger, served to a browser that runs in the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copy

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from onrecord.ledger import Accounts, Ledger, _users, open_ledger
from onrecord.publish.web import create_app
from tests.ledger.stories import story

HERE = "http://127.0.0.1"
PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of twelve invented articles, made once."""
    file = tmp_path_factory.mktemp("web") / "small.db"
    with open_ledger(file) as opened:
        for number in range(12):
            opened.add(story(number, title=f"Report {number}", publisher=f"Paper {number % 3}"))
    return file


@pytest.fixture
def ledger(small: Path, tmp_path: Path) -> Iterator[Ledger]:
    """That ledger, to do with as a test likes."""
    with open_ledger(copy(small, tmp_path)) as opened:
        yield opened


@pytest.fixture
def browser(ledger: Ledger) -> TestClient:
    """A browser at a server without accounts."""
    return TestClient(create_app(ledger), base_url=HERE)


@pytest.fixture
def event_id(ledger: Ledger) -> str:
    """The id of one event."""
    return ledger.events(limit=1)[0].id


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are kept so that they are slow to try; the tests have many to try."""
    monkeypatch.setattr(_users, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def team(ledger: Ledger) -> Callable[[], TestClient]:
    """Makes browsers at a server where people sign in: Rita is a reader, Victor a reviewer, Ada an admin."""
    accounts = Accounts(ledger)
    for name, role in (("Rita", "reader"), ("Victor", "reviewer"), ("Ada", "admin")):
        accounts.add(name, PASSWORD, role=role, by="the test")
    app = create_app(ledger, accounts=True)
    return lambda: TestClient(app, base_url=HERE, follow_redirects=False)


def csrf(browser: TestClient) -> str:
    """The token that this browser's next change must carry."""
    token: str = browser.get("/api/v1/session").json()["csrf"]
    return token


def sign_in(browser: TestClient, name: str, password: str = PASSWORD) -> int:
    """Sign in as a browser does; gives the status of the answer."""
    page = browser.get("/sign-in").text
    token = page.split('name="csrf" value="', 1)[1].split('"', 1)[0]
    return browser.post("/sign-in", data={"name": name, "password": password, "csrf": token}).status_code
