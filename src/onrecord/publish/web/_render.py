"""Pages from templates. Every value is escaped, and characters that reorder or hide text are shown as signs."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from onrecord.publish.web._session import admin, ledger_of, reader, reviewer, state_of
from onrecord.publish.web._words import GLOBALS

__all__ = ["admin", "ledger_of", "outward", "page", "reader", "reviewer", "visible"]

STATIC = Path(__file__).with_name("static")
_TEMPLATES = Path(__file__).with_name("templates")
_SUBSTITUTE = "\N{SYMBOL FOR SUBSTITUTE}"
# One sign for one character: offsets into a text stay right.
_SIGNS = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"},
    0x7F: "\N{SYMBOL FOR DELETE}",
    **dict.fromkeys(range(0x80, 0xA0), _SUBSTITUTE),
    **dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), _SUBSTITUTE),
    **dict.fromkeys((0x200B, 0x2060, 0xFEFF), _SUBSTITUTE),
}


def page(request: Request, template: str, *, status_code: int = 200, **context: Any) -> HTMLResponse:
    """A page from a template in ``templates``. Besides ``context`` it has ``user``, ``csrf``, ``accounts``, ``ledger``.

    ``user`` is None for somebody who has not signed in, ``may_review`` says whether to offer it, ``ledger`` is a name.
    """
    state = state_of(request)
    user = getattr(request.state, "user", None)
    found = (
        _environment()
        .get_template(template)
        .render(
            request=request,
            user=user,
            may_review=user is not None and user.may("reviewer"),
            csrf=state.csrf(request.state.cookie),
            accounts=state.accounts is not None,
            ledger=state.title,
            **context,
        )
    )
    return HTMLResponse(found, status_code=status_code)


def visible(text: str) -> str:
    """Text whose control characters (bidirectional, invisible, of old terminals) are signs; as long as before."""
    return text.translate(_SIGNS)


def outward(url: str | None, words: str | None = None) -> Markup:
    """A link out of the ledger; plain text unless it leads to the web."""
    shown = escape(visible(words or url or ""))
    try:
        safe = url is not None and urlsplit(url).scheme in ("http", "https") and bool(urlsplit(url).hostname)
    except ValueError:
        safe = False
    if not safe:
        return shown
    return Markup('<a class="outward" href="{}" rel="noopener noreferrer" target="_blank">{}</a>').format(url, shown)


class CachedFiles(StaticFiles):
    """Our own scripts, styles and fonts. Addresses made by ``static`` change with the content, so they are kept."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, to be kept for good when it was asked for by its content."""
        response = await super().get_response(path, scope)
        asked = b"v=" in scope.get("query_string", b"")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if asked else "no-cache"
        return response


def _static(name: str) -> str:
    """The address of a file in ``static``; another one as soon as the content is."""
    return f"/static/{name}?v={_fingerprint(name)}"


@cache
def _fingerprint(name: str) -> str:
    return sha256((STATIC / name).read_bytes()).hexdigest()[:12]


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: value.translate(_SIGNS) if isinstance(value, str) else value,
    )
    made.globals.update(GLOBALS, static=_static, outward=outward)
    return made
