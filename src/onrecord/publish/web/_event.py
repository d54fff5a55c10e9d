"""One event with all its reports, and claims: figures by source over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from onrecord.ledger import (
    Found,
    FoundEvent,
    FoundFigure,
    Ledger,
    NoSuchRecord,
    ReportedEvent,
    SameEvent,
    Series,
    as_dict,
)
from onrecord.publish.charts import claim_rows, claims_chart
from onrecord.publish.web._asked import KIND, SINCE, TEXT, UNTIL, Asked, Field, tidy, type_field
from onrecord.publish.web._map import locator
from onrecord.publish.web._render import ledger_of, page
from onrecord.publish.web._tables import Form, table
from onrecord.publish.web._words import SOURCING, according
from onrecord.records import BadOption, Status

router = APIRouter()

_PAGE = 50
_COMPARED = 40
"""Charts are of the events reported last, at most so many."""
_CHARTS = 8
"""So many charts on one page: each is drawn by the browser."""


@dataclass(frozen=True, slots=True)
class Report:
    """An event as one article has it, with what the ledger knows of it beyond the comparison."""

    told: ReportedEvent
    event: FoundEvent


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says so: a source, or an article by itself. ``side``: on whose side the source is."""

    name: str
    side: str
    reports: tuple[Report, ...]


@router.get("/events/{event_id}")
def event_page(request: Request, event_id: str) -> Response:
    """One event: all that is said of it, side by side."""
    ledger = ledger_of(request)
    same = same_event(ledger, event_id)
    reports = _reports(ledger, same)
    shown = next((one for one in reports if one.event.id == event_id), reports[0])
    place = next((one for one in reports if one.event.latitude is not None), None)
    precision = ledger.summaries.precision(place.event.id) if place else None
    figures = ledger.figures(event=shown.event.id, limit=50) if not same.figures else ()
    return page(
        request,
        "event.html.j2",
        same=same,
        shown=shown.event,
        reports=reports,
        statuses=voices(reports),
        quoted=ledger.summaries.quoted([one.event.id for one in reports]),
        titles={one.event.article_id: one.event.title or one.event.url or one.event.article_id[:12] for one in reports},
        place=place.event if place else None,
        precision=precision,
        locator=locator(place.event.latitude, place.event.longitude, precision) if place else None,
        figures=figures,
    )


@router.get("/claims")
def claims(request: Request) -> Response:
    """Figures by source over time, as steps, and all figures in a table."""
    if shorter := tidy(request):
        return shorter
    ledger = ledger_of(request)
    asked = _asked(request, ledger)
    wrong: str | None = None
    series: Sequence[Series] = ()
    figures: Found[FoundFigure] | None = None
    try:
        series = _series(ledger, asked)
        figures = ledger.figures(**asked.only("kind", "since", "until", "source", "text", "after"), limit=_PAGE)
    except BadOption as error:
        wrong = str(error)
    enough = 1 if asked["event"] else 2
    shown = [one for one in series if len(claim_rows(one)) >= enough][:_CHARTS]
    quoted = ledger.summaries.quoted([one.id for one in figures or ()])
    context = {"asked": asked, "series": shown, "figures": figures, "wrong": wrong, "quoted": quoted}
    return page(request, "claims.html.j2", status_code=400 if wrong else 200, more=len(series) - len(shown), **context)


@router.get("/claims/chart.json")
def chart(request: Request, event: str, kind: str, whom: str = "") -> Response:
    """The Vega-Lite drawing of one event's figures of one kind."""
    for series in same_event(ledger_of(request), event).figures:
        if (series.kind, series.whom or "") == (kind, whom):
            return JSONResponse(claims_chart(series).to_dict(validate=False))
    raise NoSuchRecord(f"event {event}: it has no figures of kind {kind}.")


@router.get("/claims.{form}")
def claims_table(request: Request, form: Form) -> Response:
    """The figures as a table: with ``event``, by source in steps; without, as they stand in the articles."""
    ledger = ledger_of(request)
    asked = _asked(request, ledger)
    if asked["event"]:
        rows = [
            {**row, "articles": list(row["articles"])} for series in _series(ledger, asked) for row in series.rows()
        ]
        return table(form, "claims", rows, columns=list(rows[0]) if rows else ("source",))
    filters = asked.only("kind", "since", "until", "source", "text", "after")
    found = ledger.figures(**filters, limit=500)
    following = asked.url(".json", after=found.next) if found.next else None
    plain = [as_dict(one) for one in found]
    if form == "csv":
        while found.next is not None:
            found = ledger.figures(**{**filters, "after": found.next}, limit=500)
            plain += map(as_dict, found)
        columns = [name for name in type(found[0]).__dataclass_fields__ if name != "because"] if plain else ("id",)
        return table("csv", "claims", plain, columns=columns)
    return table("json", "claims", plain, columns=(), next=following)


def same_event(ledger: Ledger, id_: str) -> SameEvent:
    """All reports of an event, by its own id or its cluster's; one that a reviewer found wrong stands alone.

    Raises
    ------
    NoSuchRecord: an id that the ledger does not know.
    """
    try:
        return ledger.same_event(id_)
    except NoSuchRecord:
        return _alone(ledger.event(id_))


def _alone(event: FoundEvent) -> SameEvent:
    origin = event.publisher or event.url or event.title or event.article_id
    told = ReportedEvent(
        id=event.id,
        article_id=event.article_id,
        title=event.title,
        publisher=event.publisher,
        url=event.url,
        published=event.published,
        origin=origin,
        agency=None,
        copy_of=None,
        type=event.type,
        status=event.status,
        first_day=event.first_day or None,
        words=event.words,
        sentence=event.sentence,
        because="not compared: a reviewer found it wrong",
    )
    return SameEvent(event.id, (told,), (origin,), (), ())


def voices(reports: Iterable[Report]) -> list[tuple[str, list[Voice]]]:
    """Who gives each status, the statuses in their order; one voice for all reports of one source."""
    found: defaultdict[str, defaultdict[tuple[str, str], list[Report]]] = defaultdict(lambda: defaultdict(list))
    for report in reports:
        event = report.event
        if event.sources:
            name, side = according(event.sources).removeprefix("according to "), SOURCING[event.sourcing]
        else:
            name, side = report.told.origin, "in its own words"
        found[event.status][name, side].append(report)
    return [
        (status.value, [Voice(*voice, tuple(told)) for voice, told in found[status.value].items()])
        for status in Status
        if status.value in found
    ]


def _reports(ledger: Ledger, same: SameEvent) -> list[Report]:
    """The reports with their parties and sources, first published first."""
    told = sorted(same.reports, key=lambda one: (one.published or "", one.id))
    return [Report(one, ledger.event(one.id)) for one in told]


def _series(ledger: Ledger, asked: Asked) -> Sequence[Series]:
    """Figures by source of the event asked for, else of the events that answer; those with most steps first."""
    if asked["event"]:
        return ledger.claims(asked["kind"], event=asked["event"])
    filters: dict[str, Any] = asked.only("party", "country", "type", "place", "since", "until", "text")
    wanted = (asked["source"] or "").casefold()
    # By kind afterwards: to look for the events with such figures takes the database seconds where they are rare.
    found = [one for one in ledger.claims(**filters, limit=_COMPARED) if asked["kind"] in (None, one.kind)]
    named = [one for one in found if not wanted or any(wanted in source.source.casefold() for source in one.sources)]
    return sorted(named, key=lambda one: -sum(len(source.steps) for source in one.sources))


def _asked(request: Request, ledger: Ledger) -> Asked:
    fields = (
        KIND,
        Field("source", "According to"),
        Field("party", "Party to the event"),
        Field("place", "Place", hint="a name, or COD"),
        SINCE,
        UNTIL,
        TEXT,
        type_field(ledger),
        Field("event", "Event", hint="its id", more=True),
        Field("after", "Page", more=True),
    )
    return Asked.of(request, fields, "/claims")
