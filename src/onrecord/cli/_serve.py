"""``onrecord serve``: a ledger's pages and API, on this computer or for a team."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from ipaddress import ip_address

from onrecord.cli._exit import Exit
from onrecord.ledger import Ledger, LedgerReadOnly, LedgerUnavailable, open_ledger
from onrecord.publish._extra import needs
from onrecord.records import BadOption


@dataclass(frozen=True, slots=True)
class Job:
    """What to serve, where and to whom."""

    ledger: str
    host: str
    port: int
    reviewer: str
    accounts: bool
    allowed_hosts: tuple[str, ...]
    https: bool


def serve_ledger(job: Job) -> Exit:
    """Serve until stopped.

    Raises
    ------
    BadOption: others could reach it and nobody has to sign in, the extra is missing, or the port is taken.
    """
    check_reach(job.host, accounts=job.accounts)
    uvicorn = needs("uvicorn", "serve")
    from onrecord.publish.web import create_app

    with existing(job.ledger) as ledger:
        hosts = (job.host, *job.allowed_hosts)
        app = create_app(ledger, accounts=job.accounts, reviewer=job.reviewer, hosts=hosts, https=job.https)
        _say(f"{ledger.name} at http://{_written(job.host)}:{job.port} (Ctrl-C stops)")
        uvicorn.run(app, host=job.host, port=job.port, log_level="warning", server_header=False)
    return Exit.DONE


def check_reach(host: str, *, accounts: bool) -> None:
    """Refuse to be reached from elsewhere by people who do not sign in.

    Raises
    ------
    BadOption: the host is not this computer alone, and there are no accounts.
    """
    if not accounts and not is_loopback(host):
        raise BadOption(
            f"--host {host} can be reached from other computers, and anybody there could read and review. "
            "Add --accounts (and make some with `onrecord user add`), or leave --host out."
        )


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach an address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def existing(where: str) -> Ledger:
    """The ledger, to be written where it can be, else to be read."""
    if "://" not in where:
        # A server never makes a ledger: a mistyped name would show an empty one.
        open_ledger(where, read_only=True).close()
    try:
        return open_ledger(where)
    except (LedgerReadOnly, LedgerUnavailable):
        return open_ledger(where, read_only=True)


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _say(message: str) -> None:
    print(f"onrecord: {message}", file=sys.stderr)  # noqa: T201
