"""The commands that serve a ledger and look after who may use it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from onrecord.cli._ledger_app import LedgerOption

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name to sign in with.", show_default=False)]
Ledger = Annotated[
    str, typer.Argument(metavar="LEDGER", help="The ledger: a file, or postgresql+psycopg://…", show_default=False)
]


def add_commands(app: typer.Typer) -> None:
    """Add the commands of the server to the others."""
    app.command()(serve)
    app.add_typer(user_app, name="user")


class Role(StrEnum):
    """What an account may do; each may do what those before it may."""

    reader = "reader"
    reviewer = "reviewer"
    admin = "admin"


user_app = typer.Typer(no_args_is_help=True, help="Say who may use a ledger that is served with --accounts.")


@user_app.command()
def add(
    name: Name,
    ledger: LedgerOption,
    role: Annotated[Role, typer.Option(help="What the account may do.")] = Role.reader,
) -> None:
    """Make an account. The password is asked for, or read from standard input when that is no terminal."""
    from onrecord.cli import _users

    _users.add(ledger, name, role.value)


@user_app.command("list")
def list_(ledger: LedgerOption) -> None:
    """Show all accounts."""
    from onrecord.cli import _users

    _users.show(ledger)


@user_app.command()
def password(name: Name, ledger: LedgerOption) -> None:
    """Give a new password, and sign the account out everywhere. It is taken as for add."""
    from onrecord.cli import _users

    _users.set_password(ledger, name)


@user_app.command()
def role(
    name: Name, role: Annotated[Role, typer.Argument(help="What the account may do.")], ledger: LedgerOption
) -> None:
    """Let an account do more or less."""
    from onrecord.cli import _users

    _users.set_role(ledger, name, role.value)


@user_app.command()
def disable(
    name: Name,
    ledger: LedgerOption,
    undo: Annotated[bool, typer.Option("--undo", help="Let it in again.")] = False,
) -> None:
    """Let an account in no more, at once. What was done in its name stays."""
    from onrecord.cli import _users

    _users.disable(ledger, name, undo=undo)


@user_app.command()
def token(
    name: Name,
    ledger: LedgerOption,
    days: Annotated[int, typer.Option(min=1, max=3650, metavar="N", help="It ends after so many days.")] = 365,
) -> None:
    """Print a secret with which a program acts in somebody's name. It is shown this once."""
    from onrecord.cli import _users

    _users.token(ledger, name, days)


@user_app.command()
def log(ledger: LedgerOption) -> None:
    """Write who did what as JSON lines, newest first: sign-ins, accounts, corrections."""
    from onrecord.cli import _users

    _users.log(ledger)


def serve(
    ledger: Ledger,
    port: Annotated[int, typer.Option(min=1, max=65535, metavar="N", help="The port it listens on.")] = 8765,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where it listens; beyond this computer only with --accounts.")
    ] = "127.0.0.1",
    reviewer: Annotated[
        str, typer.Option(metavar="NAME", help="Without accounts: in whose name corrections are made.")
    ] = "local",
    accounts: Annotated[
        bool, typer.Option("--accounts", help="People sign in; `onrecord user add` gives them accounts.")
    ] = False,
    allowed_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A name it is reached by. May be given again.", show_default=False),
    ] = None,
    https: Annotated[
        bool, typer.Option("--https", help="It is reached over https, through a proxy: for safer cookies.")
    ] = False,
) -> None:
    """Show a ledger in the browser: pages, review, JSON API. Nothing is fetched from anywhere."""
    from onrecord.cli._serve import Job, serve_ledger

    job = Job(ledger, host, port, reviewer, accounts, tuple(allowed_host or ()), https)
    raise typer.Exit(serve_ledger(job))
