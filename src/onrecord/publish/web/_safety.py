"""What keeps a reader's browser and the ledger safe: headers, host names, cross-site posts, who may do what."""

from __future__ import annotations

import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.publish.web._session import User, state_of

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Nothing is run, drawn or fetched but our own files; nothing inline. Pictures may be written out in a style sheet."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_COOKIE = "onrecord"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_OPEN = ("/sign-in",)
"""What may be asked for without having signed in, besides our own files."""
_EVERYBODY = ("/sign-in", "/sign-out")
"""What even a reader may post to."""


class Safety:
    """Around everything: refuses strange host names and posts from other sites, adds headers and the cookie.

    A web page elsewhere can make its own name lead to this computer (DNS rebinding); it cannot choose the host
    name that the browser then sends.
    """

    def __init__(self, app: ASGIApp, *, hosts: tuple[str, ...], https: bool) -> None:
        self._app = app
        self._hosts = {name.lower() for name in (*LOOPBACK, *hosts)}
        self._https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        known = _cookie(headers)
        state = scope.setdefault("state", {})
        state["secure"] = self._https or scope["scheme"] == "https"
        state["cookie"] = known or secrets.token_urlsafe(32)
        started = False

        async def dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                out = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    out[name] = value
                out.setdefault("Cache-Control", "private, no-cache")
                if "etag" in state and message["status"] in (200, 304):
                    out["ETag"] = state["etag"]
                if known is None:
                    out.append("Set-Cookie", cookie(state["cookie"], secure=state["secure"]))
            await send(message)

        refused = self._refused(scope, headers)
        answer = PlainTextResponse(refused[1], status_code=refused[0]) if refused else self._app
        try:
            await answer(scope, receive, dressed)
        except Exception:
            if not started:
                broken = PlainTextResponse("Something broke here; the server's log says what.", status_code=500)
                await broken(scope, receive, dressed)
            raise

    def _refused(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        host, method = headers.get("host", ""), scope["method"]
        if b"%00" in scope["query_string"] or "\x00" in scope["path"]:
            return 400, "An address with a zero character is not understood."
        if _name(host) not in self._hosts:
            return 421, "This server does not go by that name. Start it with --allowed-host NAME to let it."
        if method in _SAFE_METHODS:
            return None
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if site not in (None, "same-origin", "none") or (origin is not None and urlsplit(origin).netloc != host):
            return 403, "This came from another web site and was not done."
        return None


async def csrf_checked(request: Request) -> None:
    """Dependency of everything: what changes something carries the token that our own page was given."""
    # A browser sends its cookie with whatever a page makes it send; a token it does not.
    if request.method in _SAFE_METHODS or (state_of(request).accounts is not None and bearer(request) is not None):
        return
    token = request.headers.get("x-csrf-token")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if token is None and kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        given = (await request.form()).get("csrf")
        token = given if isinstance(given, str) else None
    right = state_of(request).csrf(request.state.cookie)
    if token is None or not hmac.compare_digest(token.encode(), right.encode()):
        raise HTTPException(403, "The page was opened too long ago, or by another server. Load it again and repeat.")


def signed_in(request: Request) -> None:
    """Dependency of everything: says who is asking; without a right to, nothing is shown or done."""
    state = state_of(request)
    path = request.url.path
    user: User | None
    if state.accounts is None:
        user = User(state.reviewer, "reader" if state.ledger.read_only else "reviewer")
    else:
        token = bearer(request)
        account = (
            state.accounts.who(request.state.cookie, kind="browser")
            if token is None
            else state.accounts.who(token, kind="token")
        )
        if account is None and path not in _OPEN:
            raise HTTPException(401, "Sign in first." if token is None else "This token is not known, or has ended.")
        user = User(account.name, account.role) if account else None
    if user and request.method not in _SAFE_METHODS and path not in _EVERYBODY and not user.may("reviewer"):
        raise HTTPException(403, f"{user.name} may read here and change nothing.")
    request.state.user = user


def bearer(request: Request) -> str | None:
    """The token of a program that acts in somebody's name."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


def cookie(secret: str, *, secure: bool) -> str:
    """What a browser is told to remember: the secret of its session, or of its forms before it has one."""
    return f"{_COOKIE}={secret}; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")


def _cookie(headers: Headers) -> str | None:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(headers.get("cookie", ""))
    except CookieError:
        return None
    return jar[_COOKIE].value or None if _COOKIE in jar else None


def _name(host: str) -> str:
    """A host header without the port."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()
