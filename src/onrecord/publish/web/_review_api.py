"""The JSON API, reviewing: each act is one correction that can be taken back. Readers are refused."""

from __future__ import annotations

from fastapi import APIRouter, Request

from onrecord.ledger import Correction, Decision
from onrecord.publish.web import _api_models as m
from onrecord.publish.web._api import PREFIX, PROBLEMS
from onrecord.publish.web._session import Reviewer, ledger_of

router = APIRouter(prefix=PREFIX, tags=["review"], responses=PROBLEMS)


@router.post("/records/{record_id}/accept")
def accept(request: Request, user: Reviewer, record_id: str, said: m.Verdict) -> Correction:
    """Say that a record is right."""
    return ledger_of(request).accept(record_id, reviewer=user.name, **dict(said))


@router.post("/records/{record_id}/reject")
def reject(request: Request, user: Reviewer, record_id: str, said: m.Verdict) -> Correction:
    """Say that a record is wrong: it is left out of answers."""
    return ledger_of(request).reject(record_id, reviewer=user.name, **dict(said))


@router.post("/records/{record_id}/edit")
def edit(request: Request, user: Reviewer, record_id: str, said: m.Edit) -> Correction:
    """Change one field of a record; other records are named by their ids."""
    return ledger_of(request).edit(record_id, reviewer=user.name, **dict(said))


@router.post("/articles/{article_id}/records")
def add(request: Request, user: Reviewer, article_id: str, said: m.Addition) -> Correction:
    """Add a record that the machine missed."""
    return ledger_of(request).add_record(article_id, reviewer=user.name, **dict(said))


@router.post("/corrections/{number}/undo")
def undo(request: Request, user: Reviewer, number: m.Number, said: m.Undoing) -> Correction:
    """Take a correction back. Undoing an undoing brings it back."""
    return ledger_of(request).undo(number, reviewer=user.name, note=said.note)


@router.post("/decisions/split")
def split(request: Request, user: Reviewer, said: m.Split) -> Decision:
    """Say that some reports, taken for the same event as others, are of another."""
    return ledger_of(request).split(said.events, reviewer=user.name, note=said.note)


@router.post("/decisions/merge")
def merge(request: Request, user: Reviewer, said: m.Merge) -> Decision:
    """Say that two events are one."""
    return ledger_of(request).merge(said.id, said.other_id, reviewer=user.name, note=said.note)


@router.post("/decisions/{number}/undo")
def undo_decision(request: Request, user: Reviewer, number: m.Number, said: m.Undoing) -> Decision:
    """Take a split or merge back."""
    return ledger_of(request).undo_decision(number, reviewer=user.name, note=said.note)
