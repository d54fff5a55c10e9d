"""The JSON API, reading: every question that ``Ledger`` answers, over HTTP."""

from __future__ import annotations

from contextlib import closing
from hashlib import sha256
from importlib.metadata import version
from itertools import islice
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from starlette.responses import JSONResponse, Response

from onrecord.ledger import (
    Account,
    Accounts,
    Act,
    Change,
    Counts,
    Decision,
    Deed,
    Disagreement,
    Found,
    FoundArticle,
    FoundEvent,
    FoundFigure,
    NoSuchRecord,
    Series,
)
from onrecord.publish.web import _api_models as m
from onrecord.publish.web._problems import NotModified, Problem
from onrecord.publish.web._session import User, admin, ledger_of, state_of
from onrecord.records import Reading, schema

Row = TypeVar("Row")
PREFIX = "/api/v1"
PROBLEMS: dict[int | str, dict[str, Any]] = {
    "4XX": {"description": "It cannot be done; says why.", "model": Problem},
    503: {"description": "The ledger cannot be used just now.", "model": Problem},
}


def unchanged(request: Request) -> None:
    """Dependency of every answer out of the ledger: one that the asker has already is not worked out again.

    Raises
    ------
    NotModified: the ledger is as it was when the asker was given this tag.
    """
    user: User = request.state.user
    of = (ledger_of(request).moment, version("onrecord"), str(request.url.path), request.url.query, user.name)
    tag = f'W/"{sha256(chr(0).join(of).encode()).hexdigest()[:24]}"'
    request.state.etag = tag
    known = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    if tag in known or "*" in known:
        raise NotModified


router = APIRouter(prefix=PREFIX, responses=PROBLEMS)
ledger = APIRouter(dependencies=[Depends(unchanged)])


@router.get("/session", tags=["server"])
def session(request: Request) -> m.Session:
    """Who is asking, and the token for what changes something."""
    state, user = state_of(request), request.state.user
    return m.Session(
        ledger=state.title,
        version=version("onrecord"),
        user=user.name,
        role=user.role,
        accounts=state.accounts is not None,
        read_only=state.ledger.read_only,
        csrf=state.csrf(request.state.cookie),
    )


@ledger.get("/counts", tags=["ledger"])
def counts(request: Request) -> Counts:
    """How much the ledger holds."""
    return ledger_of(request).counts()


@ledger.get("/events", tags=["events"])
def events(request: Request, asked: Annotated[m.EventQuestions, Query()]) -> m.Page[FoundEvent]:
    """Events, newest first."""
    return _page(ledger_of(request).events(**dict(asked)))


@ledger.get("/events/{event_id}", tags=["events"])
def event(request: Request, event_id: str) -> m.EventDetail:
    """One event, with all reports of the same event side by side."""
    found = ledger_of(request).event(event_id)
    return m.EventDetail(event=found, same=_same_or_none(request, event_id))


@ledger.get("/same-events", tags=["events"])
def same_events(request: Request, asked: Annotated[m.SameQuestions, Query()]) -> m.Page[m.SameEvent]:
    """Events that several articles tell of, reported last first."""
    found = ledger_of(request).same_events(**dict(asked))
    return m.Page(data=[m.SameEvent.model_validate(one) for one in found], next=found.next)


@ledger.get("/same-events/{event_id}", tags=["events"])
def same_event(request: Request, event_id: str) -> m.SameEvent:
    """One event with all its reports, by its own id or that of one report."""
    return m.SameEvent.model_validate(ledger_of(request).same_event(event_id))


@ledger.get("/claims", tags=["figures"])
def claims(request: Request, asked: Annotated[m.ClaimQuestions, Query()]) -> m.Page[Series]:
    """Figures by source over time, event by event."""
    return _page(ledger_of(request).claims(**dict(asked)))


@ledger.get("/figures", tags=["figures"])
def figures(request: Request, asked: Annotated[m.FigureQuestions, Query()]) -> m.Page[FoundFigure]:
    """Figures, newest first, each as its source gives it."""
    return _page(ledger_of(request).figures(**dict(asked)))


@ledger.get("/articles", tags=["articles"])
def articles(request: Request, asked: Annotated[m.ArticleQuestions, Query()]) -> m.Page[FoundArticle]:
    """Articles, newest first."""
    return _page(ledger_of(request).articles(**dict(asked)))


@ledger.get("/articles/{article_id}", tags=["articles"])
def article(request: Request, article_id: str) -> m.ArticleDetail:
    """An article with its records as corrected: entities, places, times, statements, events, figures."""
    reviewed = ledger_of(request).reviewed(article_id)
    return m.ArticleDetail(reading=reviewed.reading, ids=reviewed.ids, reviews=reviewed.reviews)


@ledger.get("/articles/{article_id}/reading", tags=["articles"], response_model=Reading)
def reading(request: Request, article_id: str) -> Response:
    """The machine's reading, exactly as it was put in."""
    return Response(ledger_of(request).reading(article_id).to_json(), media_type="application/json")


@ledger.get("/changes", tags=["ledger"])
def changes(request: Request, asked: Annotated[m.ChangeQuestions, Query()]) -> m.Page[Change]:
    """What changed, oldest first, deletions too. `next` is what to give as `since`; null when nothing else changed."""
    rows: list[Change] = []
    with closing(ledger_of(request).changes(asked.since)) as found:
        for one in found:
            if len(rows) >= asked.limit and one.changed_at != rows[-1].changed_at:
                return m.Page(data=rows, next=rows[-1].changed_at)
            rows.append(one)
    return m.Page(data=rows)


@ledger.get("/corrections", tags=["review"])
def corrections(request: Request, asked: Annotated[m.CorrectionQuestions, Query()]) -> m.Page[Act]:
    """What reviewers did, last first, and whether it is still in force."""
    return _page(ledger_of(request).history(**dict(asked)))


@ledger.get("/decisions", tags=["review"])
def decisions(request: Request) -> m.Page[Decision]:
    """Every split, merge and undoing of events that several articles tell of, oldest first."""
    return m.Page(data=ledger_of(request).decisions())


@ledger.get("/disagreements", tags=["review"])
def disagreements(request: Request) -> m.Page[Disagreement]:
    """Records of which reviewers do not say the same."""
    return m.Page(data=ledger_of(request).disagreements())


@ledger.get("/set-aside", tags=["ledger"])
def set_aside(
    request: Request, limit: Annotated[int, Query(ge=1, le=1000, description="So many at most.")] = 100
) -> m.Page[m.SetAside]:
    """Inputs that could not be read: what was seen, what to do."""
    with closing(ledger_of(request).rejected()) as found:
        return m.Page(data=[m.SetAside.model_validate(one) for one in islice(found, limit)])


@router.get("/schema", tags=["server"], response_model=dict[str, Any])
def schema_of_readings() -> Response:
    """The JSON Schema of a reading."""
    return JSONResponse(schema())


@router.get("/users", tags=["server"], dependencies=[Depends(admin)])
def users(request: Request) -> m.Page[Account]:
    """Everybody's account. For admins."""
    return m.Page(data=_accounts(request).list())


@router.get("/audit", tags=["server"], dependencies=[Depends(admin)])
def audit(
    request: Request, limit: Annotated[int, Query(ge=1, le=10_000, description="So many at most.")] = 1000
) -> m.Page[Deed]:
    """Who did what, newest first: sign-ins, accounts, corrections. For admins."""
    return m.Page(data=list(_accounts(request).trail(limit=limit)))


def _accounts(request: Request) -> Accounts:
    accounts = state_of(request).accounts
    if accounts is None:
        raise HTTPException(404, "There are no accounts: the server was started without --accounts.")
    return accounts


def _page(found: Found[Row]) -> m.Page[Row]:
    return m.Page(data=list(found), next=found.next)


def _same_or_none(request: Request, event_id: str) -> m.SameEvent | None:
    try:
        return m.SameEvent.model_validate(ledger_of(request).same_event(event_id))
    except NoSuchRecord:
        return None


router.include_router(ledger)
