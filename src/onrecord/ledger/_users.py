"""Accounts of people who use a ledger over the network, their sessions, and the trail of what was done.

A password is kept as its argon2id hash, a session or token as its SHA-256: nobody can sign in with what is stored.
Nothing here is part of the record, so it moves no mirror: the ledger's clock stands still.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, func, insert, select, update

from onrecord.ledger import _tables as t
from onrecord.ledger._cluster_tables import decisions
from onrecord.ledger._engine import moment
from onrecord.ledger._errors import NoSuchRecord
from onrecord.ledger._ids import fold
from onrecord.ledger._user_tables import audit, sessions, users
from onrecord.records import BadOption

if TYPE_CHECKING:
    from onrecord.ledger._ledger import Ledger

ROLES = ("reader", "reviewer", "admin")
"""Each may do what those before it may."""
BROWSER_HOURS = 12
SHORTEST, LONGEST = 10, 1000
TRIES_BY_NAME, TRIES_BY_ADDRESS, WINDOW_MINUTES = 10, 50, 15
"""So many wrong passwords for one name, or from one address, within so many minutes; then no more are looked at."""
# A hash takes 64 MB while it is made: many at once must not exhaust the computer.
_AT_ONCE = BoundedSemaphore(2)


class TooManyTries(BadOption):
    """Too many wrong passwords; later ones are not even looked at until some time has passed."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in."""

    name: str
    role: str
    disabled: bool
    created_at: str


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did what and when. ``to_whom``: an account, a record or a correction; ``address``: where they came from."""

    at: str
    who: str
    did: str
    to_whom: str | None
    address: str | None


class Accounts:
    """The accounts of one ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._database = ledger._database

    def add(self, name: str, password: str, *, role: str = "reader", by: str) -> Account:
        """Make an account.

        Parameters
        ----------
        by: who makes it.

        Raises
        ------
        BadOption: the name is taken or cannot be one, the role does not exist, the password is too short.
        """
        name = _checked_name(name)
        _check_role(role)
        hashed = _hash(password)
        now = _now()
        with self._database.turn() as connection:
            if _row(connection, name) is not None:
                raise BadOption(f"user {name!r} is there already. Choose another name, or give a new password to it.")
            row = {"name": name, "name_folded": fold(name), "role": role, "password": hashed}
            connection.execute(insert(users), {**row, "disabled": False, "created_at": now})
            _note(connection, by, f"added as {role}", to=name)
        return Account(name, role, disabled=False, created_at=now)

    def list(self) -> list[Account]:
        """All accounts, by name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(users).order_by(users.c.name_folded)).all()
        return [Account(row.name, row.role, bool(row.disabled), row.created_at) for row in rows]

    def set_password(self, name: str, password: str, *, by: str) -> None:
        """Give a new password; whoever is signed in with the old one is signed out."""
        self._change(name, {"password": _hash(password)}, by=by, did="gave a new password")

    def set_role(self, name: str, role: str, *, by: str) -> None:
        """Let an account do more or less, at once."""
        _check_role(role)
        self._change(name, {"role": role}, by=by, did=f"made {role}", sign_out=False)

    def disable(self, name: str, *, by: str, undo: bool = False) -> None:
        """Let nobody in under this name, at once; what was done in it stays. ``undo`` lets them in again."""
        self._change(name, {"disabled": not undo}, by=by, did="enabled" if undo else "disabled")

    def sign_in(self, name: str, password: str, *, address: str | None) -> str | None:
        """The secret of a new browser session; None when name and password do not fit.

        Raises
        ------
        TooManyTries: too many did not fit within the last minutes.
        """
        name = _shown(name)
        # What did not fit is noted before it is looked at, so that tries made at the same moment count too.
        with self._database.turn() as connection:
            _check_tries(connection, fold(name), address)
            _note(connection, name, "tried to sign in", to=fold(name), address=address)
        with self._database.reading() as connection:
            row = _row(connection, name)
        # An unknown name takes as long as a known one.
        fits = _fits(row.password if row else _nobody(), password)
        if row is None or row.disabled or not fits:
            return None
        with self._database.turn() as connection:
            connection.execute(delete(sessions).where(sessions.c.expires_at < _now()))
            secret = _open(connection, row.name, "browser", timedelta(hours=BROWSER_HOURS))
            _note(connection, row.name, "signed in", to=fold(name), address=address)
        return secret

    def sign_out(self, secret: str, *, address: str | None = None) -> None:
        """End a session."""
        with self._database.turn() as connection:
            of = connection.scalar(select(sessions.c.user_name).where(sessions.c.id == _digest(secret)))
            if of is not None:
                connection.execute(delete(sessions).where(sessions.c.id == _digest(secret)))
                _note(connection, of, "signed out", address=address)

    def token(self, name: str, *, days: int = 365, by: str) -> str:
        """A secret with which a program acts in somebody's name. It is shown this once.

        Raises
        ------
        NoSuchRecord: there is no such user.
        """
        with self._database.turn() as connection:
            row = _known(connection, name)
            secret = _open(connection, row.name, "token", timedelta(days=days))
            _note(connection, by, f"made a token for {days} days", to=row.name)
        return secret

    def who(self, secret: str, *, kind: str) -> Account | None:
        """Whose session (``browser``) or ``token`` this is; None when it has ended or never was."""
        query = select(users).join_from(sessions, users, users.c.name == sessions.c.user_name)
        query = query.where(sessions.c.id == _digest(secret), sessions.c.kind == kind, sessions.c.expires_at > _now())
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        if row is None or row.disabled:
            return None
        return Account(row.name, row.role, disabled=False, created_at=row.created_at)

    def trail(self, *, limit: int = 1000) -> Iterator[Deed]:
        """Who did what, newest first: sign-ins and accounts, every correction ever made, every split and merge."""
        with self._database.reading() as connection:
            found = [
                connection.execute(select(table).order_by(table.c.id.desc()).limit(limit)).all()
                for table in (audit, t.corrections, decisions)
            ]
        deeds = [Deed(one.at, one.who, one.did, one.to_whom, one.address) for one in found[0]]
        deeds += [Deed(one.changed_at, one.reviewer, _reviewed(one), one.record_id, None) for one in found[1]]
        deeds += [Deed(one.changed_at, one.reviewer, _decided(one), one.cluster, None) for one in found[2]]
        yield from sorted(deeds, key=lambda one: one.at, reverse=True)[:limit]

    def _change(self, name: str, values: dict[str, Any], *, by: str, did: str, sign_out: bool = True) -> None:
        with self._database.turn() as connection:
            row = _known(connection, name)
            connection.execute(update(users).where(users.c.name == row.name), values)
            if sign_out:
                connection.execute(delete(sessions).where(sessions.c.user_name == row.name))
            _note(connection, by, did, to=row.name)


def _row(connection: Connection, name: str) -> Any:
    return connection.execute(select(users).where(users.c.name_folded == fold(name))).first()


def _known(connection: Connection, name: str) -> Any:
    row = _row(connection, name)
    if row is None:
        raise NoSuchRecord(f"user {name!r}: the ledger has none of this name. `onrecord user list` shows all.")
    return row


def _checked_name(name: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not 1 <= len(name) <= 64 or not name.isprintable() or not fold(name):
        raise BadOption(f"user name {_shown(name)!r} cannot be used. Give 1 to 64 characters that can be seen.")
    return name


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise BadOption(f"role {role!r} is not known. Use one of {', '.join(ROLES)}.")


def _check_tries(connection: Connection, folded: str, address: str | None) -> None:
    """Wrong passwords are the tries that no sign-in followed."""
    since = moment(datetime.now(UTC) - timedelta(minutes=WINDOW_MINUTES))
    for column, value, most in (
        (audit.c.to_whom, folded, TRIES_BY_NAME),
        (audit.c.address, address, TRIES_BY_ADDRESS),
    ):
        asked = select(audit.c.did, func.count()).where(audit.c.at > since, column == value).group_by(audit.c.did)
        counts: dict[str, int] = {row[0]: row[1] for row in connection.execute(asked)}
        if value is not None and counts.get("tried to sign in", 0) - counts.get("signed in", 0) >= most:
            raise TooManyTries(f"too many wrong passwords. Try again in {WINDOW_MINUTES} minutes.")


def _note(connection: Connection, who: str, did: str, *, to: str | None = None, address: str | None = None) -> None:
    row = {"at": _now(), "who": who, "did": did, "to_whom": to, "address": address}
    connection.execute(insert(audit), row)


def _open(connection: Connection, name: str, kind: str, long: timedelta) -> str:
    secret = secrets.token_urlsafe(32)
    now = datetime.now(UTC)
    row = {"id": _digest(secret), "user_name": name, "kind": kind, "created_at": moment(now)}
    connection.execute(insert(sessions), {**row, "expires_at": moment(now + long)})
    return secret


def _reviewed(row: Any) -> str:
    if row.action == "undo":
        return f"took back correction {row.undoes}"
    return f"{row.action} {row.kind}" + (f", {row.field}" if row.field else "")


def _decided(row: Any) -> str:
    return f"took back decision {row.undoes}" if row.action == "undo" else f"{row.action} event"


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _shown(name: str) -> str:
    return "".join(one if one.isprintable() else "�" for one in name[:64])


def _now() -> str:
    return moment(datetime.now(UTC))


def _hasher() -> Any:
    try:
        from argon2 import PasswordHasher
    except ModuleNotFoundError:
        raise BadOption(
            "argon2-cffi is not installed; passwords are kept with it. Install it: pip install 'onrecord[serve]'."
        ) from None
    return PasswordHasher()


def _hash(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadOption(f"this password has {len(password)} characters. Give {SHORTEST} to {LONGEST}.")
    with _AT_ONCE:
        hashed: str = _hasher().hash(unicodedata.normalize("NFC", password))
    return hashed


@cache
def _nobody() -> str:
    """A hash that no password fits."""
    return _hash(secrets.token_urlsafe(32))


def _fits(hashed: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(password) > LONGEST:
        return False
    try:
        with _AT_ONCE:
            return bool(_hasher().verify(hashed, unicodedata.normalize("NFC", password)))
    except (VerificationError, InvalidHashError):
        return False
