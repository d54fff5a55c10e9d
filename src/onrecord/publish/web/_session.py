"""Who is asking, and what the application keeps while it runs."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from onrecord.ledger import ROLES, Accounts, Ledger


@dataclass(frozen=True, slots=True)
class User:
    """Who is asking."""

    name: str
    role: str

    def may(self, role: str) -> bool:
        """Whether this role or a higher one was given."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(slots=True)
class State:
    """What one application knows."""

    ledger: Ledger
    accounts: Accounts | None
    reviewer: str
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    @property
    def title(self) -> str:
        """The ledger's name without the folder it lies in."""
        return self.ledger.name.rpartition("/")[2]

    def csrf(self, cookie: str) -> str:
        """The token that a form must carry when it comes with this cookie."""
        return hmac.new(self.secret, cookie.encode(), sha256).hexdigest()


def state_of(request: Request) -> State:
    """What the application knows."""
    state: State = request.app.state.onrecord
    return state


def ledger_of(request: Request) -> Ledger:
    """The ledger that is shown."""
    return state_of(request).ledger


def user_of(request: Request) -> User:
    """Who is asking; the guard of the application has seen to it that somebody is."""
    user: User = request.state.user
    return user


def reader(request: Request) -> User:
    """Dependency: whoever may read."""
    return user_of(request)


def reviewer(request: Request) -> User:
    """Dependency: whoever may review; others are refused."""
    return _at_least("reviewer", request)


def admin(request: Request) -> User:
    """Dependency: whoever looks after accounts; others are refused."""
    return _at_least("admin", request)


Reader = Annotated[User, Depends(reader)]
Reviewer = Annotated[User, Depends(reviewer)]
Admin = Annotated[User, Depends(admin)]


def _at_least(role: str, request: Request) -> User:
    user = user_of(request)
    if ledger_of(request).read_only:
        raise HTTPException(403, "This ledger is open to be read only; nothing in it can be changed.")
    if not user.may(role):
        raise HTTPException(403, f"{user.name} is a {user.role} here. This is for {role}s.")
    return user
