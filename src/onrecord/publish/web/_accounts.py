"""Signing in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from onrecord.ledger import Accounts, TooManyTries
from onrecord.publish.web._render import page
from onrecord.publish.web._safety import cookie
from onrecord.publish.web._session import state_of

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
def ask(request: Request, next: str = "/") -> Response:
    """The page that asks for name and password."""
    _accounts(request)
    return page(request, "sign-in.html.j2", next=_local(next), wrong=None)


@router.post("/sign-in")
def sign_in(
    request: Request,
    name: Annotated[str, Form(max_length=200)],
    password: Annotated[str, Form(max_length=2000)],
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Start a session, under a new secret, when name and password fit."""
    accounts = _accounts(request)
    try:
        secret = accounts.sign_in(name, password, address=_address(request))
    except TooManyTries as error:
        return page(request, "sign-in.html.j2", status_code=429, next=_local(next), wrong=str(error))
    if secret is None:
        wrong = "Name and password do not fit."
        return page(request, "sign-in.html.j2", status_code=401, next=_local(next), wrong=wrong)
    return _remember(request, RedirectResponse(_local(next), status_code=303), secret)


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """End the session here and in the ledger."""
    _accounts(request).sign_out(request.state.cookie, address=_address(request))
    return _remember(request, RedirectResponse("/sign-in", status_code=303), "")


def _accounts(request: Request) -> Accounts:
    accounts = state_of(request).accounts
    if accounts is None:
        raise HTTPException(404, "Nobody has to sign in here: the server was started without --accounts.")
    return accounts


def _remember(request: Request, response: Response, secret: str) -> Response:
    response.headers.append("Set-Cookie", cookie(secret, secure=request.state.secure))
    return response


def _address(request: Request) -> str | None:
    return request.client.host if request.client else None


def _local(path: str) -> str:
    """Where to go afterwards: a page of ours, whatever was asked for."""
    inside = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if inside else "/"
