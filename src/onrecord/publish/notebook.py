"""Readings, answers of a ledger and claims as notebook cells: plain tables, no scripts, no styles that could leak.

Claims have their chart above the table, drawn here and not in the browser, where `onrecord[notebook]` is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from onrecord.publish._view import STATUS_WORDS, View, shortened
from onrecord.records import BadOption, Reading, Status

if TYPE_CHECKING:
    from onrecord.ledger import Found, Series

_Cells = Mapping[str, Callable[[Any], str]]


def reading_html(reading: Reading) -> str:
    """HTML tables of the events, figures and statements of ``reading``."""
    view = View(reading)
    events = [
        (
            STATUS_WORDS[event.status],
            view.parties(event.actors),
            f"{view.act(event)}: “{event.span.text}”",
            view.parties(event.recipients),
            view.where(event),
            view.when(event),
            view.source(event.attribution, own=""),
        )
        for event in reading.events
    ]
    figures = [
        (
            figure.kind,
            view.amount(figure),
            figure.whom or "",
            view.where(figure),
            view.when(figure),
            view.source(figure.attribution),
        )
        for figure in reading.figures
    ]
    statements = [
        (view.speaker(statement), str(statement.stance), shortened(view.content(statement), 300))
        for statement in reading.statements
    ]
    return "".join(
        (
            f"<p><strong>{escape(view.heading)}</strong><br>{escape(view.particulars)}</p>",
            _table(("how real", "who", "did what", "to whom", "where", "when", "according to"), events),
            _table(("count of", "how many", "whom", "where", "when", "according to"), figures),
            _table(("who", "stance", "said"), statements),
        )
    )


def found_html(found: Found[Any]) -> str:
    """An HTML table of a ledger's answers: events, figures, articles as a person reads them; others field by field."""
    kind = found.kind
    cells = _ANSWERS.get(kind.__name__) or {name: _field(name) for name in kind.__dataclass_fields__}
    rows = [tuple(cell(row) for cell in cells.values()) for row in found]
    more = ", and more: give <code>next</code> as <code>after</code>" if found.next else ""
    return f"<p>{len(found):,} answers{more}</p>" + _table(tuple(cells), rows)


def series_html(series: Series) -> str:
    """The chart of one count by source, where its libraries are installed, and the table it is drawn from."""
    rows = [
        (step.claim.as_of or "", source.source, step.claim.says, step.change, str(len(step.articles)), step.claim.text)
        for source in series.sources
        for step in source.steps
    ]
    what = f"{series.kind}: {series.whom}" if series.whom else str(series.kind)
    head = f"<p><strong>{escape(what)}</strong></p>"
    return head + _picture(series) + _table(("day", "according to", "how many", "change", "articles", "words"), rows)


def _picture(series: Series) -> str:
    from onrecord.publish._extra import needs
    from onrecord.publish.charts import claims_chart

    try:
        chart = claims_chart(series, width=640)
        picture: str = needs("vl_convert", "notebook").vegalite_to_svg(chart.to_dict())
    except BadOption:
        return ""
    return picture


def _field(name: str) -> Callable[[Any], str]:
    return lambda row: _said(getattr(row, name))


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(getattr(one, "name", one) or "a source not named" for one in value)
    return "" if value is None else str(value)


def _number(row: Any) -> str:
    return row.words if row.low is None and row.high is None else f"{row.words} ({row.bound})"


_ANSWERS: Mapping[str, _Cells] = {
    "FoundEvent": {
        "day": _field("first_day"),
        "how real": lambda row: STATUS_WORDS[Status(row.status)],
        "who": _field("actors"),
        "did what": lambda row: f"{row.type} {row.mode or ''}".strip() + f": “{row.words}”",
        "to whom": _field("recipients"),
        "where": _field("place"),
        "according to": _field("sources"),
        "publisher": _field("publisher"),
        "id": _field("id"),
    },
    "FoundFigure": {
        "day": _field("first_day"),
        "count of": _field("kind"),
        "how many": _number,
        "whom": _field("whom"),
        "where": _field("place"),
        "according to": _field("sources"),
        "publisher": _field("publisher"),
        "event": _field("event_id"),
    },
    "FoundArticle": {
        "published": _field("published"),
        "publisher": _field("publisher"),
        "title": _field("title"),
        "events": _field("events"),
        "seen": _field("sightings"),
    },
}


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    head = "".join(f"<th>{escape(name)}</th>" for name in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
