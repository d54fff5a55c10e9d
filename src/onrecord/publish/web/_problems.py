"""What is answered when something is wrong: a page for people, a problem (RFC 9457) for programs."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from onrecord.ledger import (
    BadCorrection,
    ChangedMeanwhile,
    LedgerBusy,
    LedgerError,
    LedgerReadOnly,
    NoSuchRecord,
    TooManyTries,
)
from onrecord.publish.web._render import page
from onrecord.records import OnrecordError

_STATUS: tuple[tuple[type[OnrecordError], int], ...] = (
    (NoSuchRecord, 404),
    (BadCorrection, 422),
    (ChangedMeanwhile, 409),
    (ChangedMeanwhile, 409),
    (LedgerReadOnly, 403),
    (LedgerBusy, 503),
    (TooManyTries, 429),
    (LedgerError, 503),
    (OnrecordError, 400),
)


class Wrong(BaseModel):
    """One part of what was sent that cannot be used."""

    where: str
    what: str


class Problem(BaseModel):
    """What is wrong, as RFC 9457 has it."""

    type: str = Field("about:blank", description="`urn:onrecord:` and the name of the error, as in Python.")
    title: str
    status: int
    detail: str
    errors: list[Wrong] = []


class NotModified(Exception):
    """What was asked for is as the asker has it."""


def add_handlers(app: FastAPI) -> None:
    """Let the application answer so."""
    app.add_exception_handler(NotModified, lambda _request, _error: Response(status_code=304))
    app.add_exception_handler(OnrecordError, _ours)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)


def answer(
    request: Request, status: int, detail: str, *, kind: str = "about:blank", errors: Sequence[Wrong] = ()
) -> Response:
    """A page or a problem, as the asker wants it."""
    title = HTTPStatus(status).phrase
    if wants_json(request):
        problem = Problem(type=kind, title=title, status=status, detail=detail, errors=list(errors))
        return JSONResponse(problem.model_dump(), status, media_type="application/problem+json")
    details = [detail, *(f"{one.where}: {one.what}" for one in errors)]
    return page(request, "error.html.j2", status_code=status, title=title, details=details)


def wants_json(request: Request) -> bool:
    """Whether a program asks."""
    path, accept = request.url.path, request.headers.get("accept", "")
    if path.startswith("/api/") and path != "/api/docs":
        return True
    return path.endswith(".json") or ("json" in accept and "text/html" not in accept)


def _ours(request: Request, error: Any) -> Response:
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    made = answer(request, status, str(error), kind=f"urn:onrecord:{type(error).__name__}")
    if status in (429, 503):
        made.headers["Retry-After"] = "900" if status == 429 else "5"
    return made


def _http(request: Request, error: Any) -> Response:
    if error.status_code == 401 and not wants_json(request):
        return _to_sign_in(request)
    made = answer(request, error.status_code, str(error.detail))
    made.headers.update(error.headers or {})
    if error.status_code == 401:
        made.headers["WWW-Authenticate"] = "Bearer"
    return made


def _to_sign_in(request: Request) -> Response:
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    where = f"/sign-in?{urlencode({'next': back if request.method == 'GET' else '/'})}"
    if "hx-request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": where})
    return RedirectResponse(where, status_code=303)


def _invalid(request: Request, error: Any) -> Response:
    wrong = [Wrong(where=".".join(map(str, one["loc"])), what=one["msg"]) for one in error.errors()]
    return answer(request, 422, "Parts of what was sent cannot be used.", errors=wrong)
