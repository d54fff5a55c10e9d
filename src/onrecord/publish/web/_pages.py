"""The pages of a ledger: overview, events, timeline, sources, search, set aside. The others have files of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from onrecord.ledger import Found, FoundEvent, Ledger, SameEvent, as_dict
from onrecord.publish.web import _article, _event, _map, _network
from onrecord.publish.web._asked import SINCE, TEXT, UNTIL, Asked, Field, event_fields, period, period_field, tidy
from onrecord.publish.web._charts import volume_drawing
from onrecord.publish.web._render import ledger_of, page
from onrecord.publish.web._search import excerpts
from onrecord.publish.web._tables import Form, table
from onrecord.records import BadOption

router = APIRouter()
for _part in (_article, _event, _map, _network):
    router.include_router(_part.router)

_PAGE = 50
_AFTER = Field("after", "Page")
_EVENT_COLUMNS = tuple(name for name in FoundEvent.__dataclass_fields__ if name != "because")


@router.get("/")
def overview(request: Request) -> Response:
    """What is in, and what is new."""
    ledger = ledger_of(request)
    newest = ledger.summaries.last_published()
    since = (date.fromisoformat(newest) - timedelta(days=90)).isoformat() if newest else None
    return page(
        request,
        "overview.html.j2",
        counts=ledger.counts(),
        newest=newest,
        chart=volume_drawing(ledger.summaries.volume(since=since)),
        since=since,
        latest=[(one, ledger.events(article=one.id, limit=3)) for one in ledger.summaries.latest(limit=6)],
        sourcing=ledger.summaries.sourcing(since=since),
        cited=ledger.summaries.cited(since=since, limit=8),
        told=_most_told(ledger),
        aside=_first(ledger.rejected(), 3),
    )


@router.get("/events")
def events(request: Request) -> Response:
    """Events by every question there is."""
    if shorter := tidy(request):
        return shorter
    asked = _events_asked(request)
    found, wrong = _asked_events(ledger_of(request), asked, limit=_PAGE)
    return page(request, "events.html.j2", status_code=400 if wrong else 200, asked=asked, events=found, wrong=wrong)


@router.get("/events.{form}")
def events_table(request: Request, form: Form) -> Response:
    """The same as a table: a page of it as JSON, all of it as CSV."""
    ledger, asked = ledger_of(request), _events_asked(request)
    return _events_as(form, ledger, asked)


@router.get("/timeline")
def timeline(request: Request) -> Response:
    """Events under their days, with the volume above."""
    if shorter := tidy(request):
        return shorter
    ledger, asked = ledger_of(request), _timeline_asked(request)
    since, until = period(ledger, asked, default="365")
    found, wrong = _asked_events(ledger, asked, limit=_PAGE, since=since, until=until)
    rows = ledger.summaries.volume(since=since, until=until)
    kind = asked["type"]
    return page(
        request,
        "timeline.html.j2",
        status_code=400 if wrong else 200,
        asked=asked,
        events=found,
        wrong=wrong,
        days=[(day, list(group)) for day, group in groupby(found, key=lambda event: event.first_day)],
        chart=volume_drawing((row for row in rows if kind in (None, row.type)), **asked.only("type", "party", "place")),
        since=since,
        until=until,
    )


@router.get("/timeline.{form}")
def timeline_table(request: Request, form: Form) -> Response:
    """The same events as a table."""
    ledger, asked = ledger_of(request), _timeline_asked(request)
    since, until = period(ledger, asked, default="365")
    return _events_as(form, ledger, asked, since=since, until=until)


@router.get("/sources")
def sources(request: Request) -> Response:
    """Who is cited, how often, on what side."""
    if shorter := tidy(request):
        return shorter
    ledger, asked = ledger_of(request), _sources_asked(request)
    since, until = period(ledger, asked, default="365")
    return page(
        request,
        "sources.html.j2",
        asked=asked,
        cited=ledger.summaries.cited(since=since, until=until, limit=100),
        sourcing=ledger.summaries.sourcing(since=since, until=until),
        since=since,
        until=until,
    )


@router.get("/sources.{form}")
def sources_table(request: Request, form: Form) -> Response:
    """The same as a table, a column for each side."""
    ledger, asked = ledger_of(request), _sources_asked(request)
    since, until = period(ledger, asked, default="365")
    sides = [name for name, _ in ledger.summaries.sourcing() if name != "own_voice"]
    rows = (
        {
            "name": one.name,
            "country": one.country,
            "kind": one.kind,
            "events": one.events,
            **{side: one.on(side) for side in sides},
            "last_day": one.last_day,
        }
        for one in ledger.summaries.cited(since=since, until=until, limit=1000)
    )
    return table(form, "sources", rows, columns=("name", "country", "kind", "events", *sides, "last_day"))


@router.get("/search")
def search(request: Request) -> Response:
    """Full text over articles, with the events that those tell of."""
    if shorter := tidy(request):
        return shorter
    ledger, asked = ledger_of(request), Asked.of(request, (TEXT, SINCE, UNTIL), "/search")
    wrong, articles, found = None, None, None
    if asked["text"]:
        try:
            filters = asked.only("text", "since", "until")
            articles, found = ledger.articles(**filters, limit=20), ledger.events(**filters, limit=20)
        except BadOption as error:
            wrong = str(error)
    shown = excerpts(ledger, [one.id for one in articles or ()], asked["text"] or "")
    context = {"asked": asked, "articles": articles, "events": found, "wrong": wrong, "excerpts": shown}
    return page(request, "search.html.j2", status_code=400 if wrong else 200, **context)


@router.get("/set-aside")
def set_aside(request: Request) -> Response:
    """Inputs that could not be read."""
    found = _first(ledger_of(request).rejected(), 500)
    return page(request, "set_aside.html.j2", aside=found, count=ledger_of(request).counts().rejected)


@router.get("/set-aside.{form}")
def set_aside_table(request: Request, form: Form) -> Response:
    """The same as a table, without the bytes."""
    rows = ({**as_dict(one), "raw": None} for one in ledger_of(request).rejected())
    return table(form, "set-aside", rows, columns=("id", "name", "error", "seen", "remedy", "whole", "changed_at"))


def _events_asked(request: Request) -> Asked:
    return Asked.of(request, (*event_fields(ledger_of(request)), _AFTER), "/events")


def _timeline_asked(request: Request) -> Asked:
    names = ("party", "type", "status", "place", "source", "text", "since", "until")
    fields = {field.name: field for field in event_fields(ledger_of(request))}
    return Asked.of(request, (period_field("365"), *(fields[name] for name in names), _AFTER), "/timeline")


def _sources_asked(request: Request) -> Asked:
    return Asked.of(request, (period_field("365"), SINCE, UNTIL), "/sources")


def _asked_events(
    ledger: Ledger, asked: Asked, *, limit: int, **changed: str | None
) -> tuple[Found[FoundEvent], str | None]:
    """The events asked for; nothing, with the reason, when the question cannot be understood."""
    questions: dict[str, Any] = {name: value for name, value in asked.values.items() if name not in ("period",)}
    questions.update(changed)
    questions["rejected"] = bool(questions.get("rejected"))
    if country := questions.get("country"):
        questions["country"] = country.upper()
    try:
        questions["sources"] = int(questions.get("sources") or 1)
        return ledger.events(**questions, limit=limit), None
    except ValueError:
        return Found((), kind=FoundEvent), "The number of sources is not a number."
    except BadOption as error:
        return Found((), kind=FoundEvent), str(error)


def _events_as(form: Form, ledger: Ledger, asked: Asked, **changed: str | None) -> Response:
    size = 500
    found, wrong = _asked_events(ledger, asked, limit=size, **changed)
    if wrong:
        raise BadOption(wrong)
    if form == "json":
        following = asked.url(".json", after=found.next) if found.next else None
        return table("json", "events", map(as_dict, found), columns=(), next=following)

    def rows() -> Iterator[dict[str, Any]]:
        here = found
        while True:
            yield from map(as_dict, here)
            if here.next is None:
                return
            here, _ = _asked_events(ledger, asked, limit=size, **{**changed, "after": here.next})

    return table("csv", "events", rows(), columns=_EVENT_COLUMNS)


def _most_told(ledger: Ledger) -> list[tuple[SameEvent, FoundEvent]]:
    """Of the events reported last, those that most sources tell of, each with the report that names most."""
    late = sorted(ledger.same_events(limit=8), key=lambda same: -same.independent_sources)[:5]
    found = []
    for same in late:
        reports = [ledger.event(report.id) for report in same.reports[:5]]
        found.append((same, max(reports, key=lambda event: (bool(event.actors), bool(event.recipients), event.id))))
    return found


def _first(found: Iterator[Any], number: int) -> list[Any]:
    return [one for one, _ in zip(found, range(number), strict=False)]
