"""``onrecord user``: accounts of a ledger that is served to a team."""

from __future__ import annotations

import getpass
import sys

import typer

from onrecord.cli._review import opened, write_lines
from onrecord.cli._serve import existing
from onrecord.ledger import Accounts
from onrecord.records import BadOption

_LOG = 100_000


def add(ledger: str, name: str, role: str) -> None:
    """Make an account."""
    with existing(ledger) as book:
        made = Accounts(book).add(name, _asked_for(), role=role, by=_me())
    typer.echo(f"{made.name}: {made.role}")


def show(ledger: str) -> None:
    """Print all accounts."""
    with opened(ledger, read_only=True) as book:
        for one in Accounts(book).list():
            typer.echo(f"{one.name}  {one.role}  since {one.created_at[:10]}" + ("  disabled" if one.disabled else ""))


def set_password(ledger: str, name: str) -> None:
    """Give a new password."""
    with existing(ledger) as book:
        Accounts(book).set_password(name, _asked_for(), by=_me())


def set_role(ledger: str, name: str, role: str) -> None:
    """Give another role."""
    with existing(ledger) as book:
        Accounts(book).set_role(name, role, by=_me())


def disable(ledger: str, name: str, *, undo: bool) -> None:
    """Let nobody in under this name, or again."""
    with existing(ledger) as book:
        Accounts(book).disable(name, by=_me(), undo=undo)


def token(ledger: str, name: str, days: int) -> None:
    """Print a new token."""
    with existing(ledger) as book:
        typer.echo(Accounts(book).token(name, days=days, by=_me()))


def log(ledger: str) -> None:
    """Print the trail."""
    with opened(ledger, read_only=True) as book:
        write_lines(Accounts(book).trail(limit=_LOG))


def _asked_for() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != first:
        raise BadOption("the two passwords are not the same. Run the command again.")
    return first


def _me() -> str:
    """Who sits at the command line, for the trail."""
    try:
        return f"{getpass.getuser()} at the command line"
    except (OSError, KeyError):
        return "the command line"
