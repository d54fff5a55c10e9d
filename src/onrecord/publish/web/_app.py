"""The application: what it is made of, and what it answers when something is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from fastapi import Depends, FastAPI

from onrecord.ledger import Accounts, Ledger
from onrecord.publish.web import _accounts, _api, _api_docs, _feed, _pages, _review, _review_api
from onrecord.publish.web._problems import add_handlers
from onrecord.publish.web._render import STATIC, CachedFiles
from onrecord.publish.web._safety import Safety, csrf_checked, signed_in
from onrecord.publish.web._session import State

_ABOUT = """What a ledger holds, as JSON. Answers come in pages: `next` is what to give as `after`. Each has an `ETag`;
sent back as `If-None-Match` it is answered with 304 while the ledger has not changed. What changes something carries
the `csrf` of `/api/v1/session` in the header `X-CSRF-Token`, or a token made with `onrecord user token` in the header
`Authorization` after the word `Bearer`."""
_LARGEST = 2_000_000
"""So many bytes may be sent at once: a correction is small."""
_API = (_api, _review_api)
_PAGES = (_accounts, _api_docs, _feed, _pages, _review)


def build(ledger: Ledger, *, accounts: bool, reviewer: str, hosts: Sequence[str], https: bool) -> FastAPI:
    """The application of one ledger; see ``onrecord.publish.web.create_app``."""
    app = FastAPI(
        title="onrecord",
        version=version("onrecord"),
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        max_body_size=_LARGEST,
        dependencies=[Depends(csrf_checked), Depends(signed_in)],
    )
    app.state.onrecord = State(ledger, accounts=Accounts(ledger) if accounts else None, reviewer=reviewer)
    add_handlers(app)
    for part in (*_API, *_PAGES):
        app.include_router(part.router, include_in_schema=part in _API)
    app.mount("/static", CachedFiles(directory=STATIC), name="static")
    app.add_middleware(Safety, hosts=tuple(hosts), https=https)
    return app
