"""A ledger in the browser and for other programs: pages, review, JSON API. Needs the extra ``onrecord[serve]``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.ledger import Ledger
from onrecord.publish._extra import needs

if TYPE_CHECKING:
    from fastapi import FastAPI


def create_app(
    ledger: Ledger,
    *,
    accounts: bool = False,
    reviewer: str = "local",
    hosts: Sequence[str] = (),
    https: bool = False,
) -> FastAPI:
    """The web application of one ledger, for any ASGI server.

    Parameters
    ----------
    accounts: people sign in, and may do what their role allows. Without, whoever reaches it reviews as ``reviewer``.
    hosts: names by which it is reached, besides those of this computer.
    https: it is reached over https only, through a proxy: cookies are marked so.

    Raises
    ------
    BadOption: the extra is not installed.
    """
    for module in ("fastapi", "python_multipart", "argon2"):
        needs(module, "serve")
    from onrecord.publish.web._app import build

    return build(ledger, accounts=accounts, reviewer=reviewer, hosts=hosts, https=https)
