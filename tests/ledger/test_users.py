"""Accounts are kept in the ledger, on either database, and their trail cannot be rewritten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from onrecord.ledger import Accounts, Ledger
from onrecord.ledger._engine import moment
from onrecord.ledger._user_tables import audit, sessions
from tests.ledger.stories import story

PASSWORD = "correct horse battery"


def test_the_trail_is_only_ever_added_to(ledger: Ledger) -> None:
    accounts = Accounts(ledger)
    accounts.add("Ada", PASSWORD, role="admin", by="the test")
    for change in (update(audit).values(who="nobody"), delete(audit)):
        with pytest.raises(DBAPIError, match="only ever added to"), ledger._database.turn() as connection:
            connection.execute(change)
    assert [one.did for one in accounts.trail()] == ["added as admin"]


def test_an_account_is_made_used_and_closed(ledger: Ledger) -> None:
    accounts, before = Accounts(ledger), ledger.moment
    accounts.add("Ada  Löw", PASSWORD, role="reviewer", by="the test")
    secret = accounts.sign_in("ADA LOW", PASSWORD, address="127.0.0.1")
    assert secret and accounts.who(secret, kind="browser") == accounts.list()[0]
    assert (accounts.list()[0].name, accounts.list()[0].disabled) == ("Ada Löw", False)
    assert accounts.sign_in("\x00", PASSWORD, address=None) is None
    token = accounts.token("ada löw", days=3, by="the test")
    accounts.disable("ada löw", by="the test")
    assert accounts.who(secret, kind="browser") is accounts.who(token, kind="token") is None
    assert accounts.list()[0].disabled
    assert ledger.moment == before  # no mirror has to follow


def test_sessions_that_ended_are_cleared_away(ledger: Ledger) -> None:
    accounts = Accounts(ledger)
    accounts.add("Ada", PASSWORD, by="the test")
    old = accounts.sign_in("Ada", PASSWORD, address=None)
    with ledger._database.turn() as connection:
        connection.execute(update(sessions).values(expires_at=moment(datetime.now(UTC) - timedelta(seconds=1))))
    new = accounts.sign_in("Ada", PASSWORD, address=None)
    assert old and new and accounts.who(old, kind="browser") is None and accounts.who(new, kind="browser")
    with ledger._database.reading() as connection:
        assert len(connection.execute(sessions.select()).all()) == 1


def test_what_reviewers_did_is_in_the_trail(ledger: Ledger) -> None:
    for number in (0, 4):
        ledger.add(story(number))
    one, other = ledger.events()
    ledger.edit(one.id, "status", "planned", reviewer="Ada")
    ledger.undo(1, reviewer="Bob")
    ledger.merge(one.id, other.id, reviewer="Ada")
    ledger.undo_decision(ledger.decisions()[0].id, reviewer="Bob")
    assert [(deed.who, deed.did) for deed in Accounts(ledger).trail()] == [
        ("Bob", "took back decision 1"),
        ("Ada", "merge event"),
        ("Bob", "took back correction 1"),
        ("Ada", "edit event, status"),
    ]
    assert len(list(Accounts(ledger).trail(limit=2))) == 2


def test_a_secret_that_was_never_given_lets_nobody_in(ledger: Ledger) -> None:
    accounts = Accounts(ledger)
    for secret in ("", "x" * 10_000, "\udcff", "é"):
        assert accounts.who(secret, kind="browser") is accounts.who(secret, kind="token") is None
