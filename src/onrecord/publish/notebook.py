"""A reading as a notebook cell: three plain tables, no scripts, no styles that could leak into the notebook."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from onrecord.publish._view import STATUS_WORDS, View, shortened
from onrecord.records import Reading


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


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    head = "".join(f"<th>{escape(name)}</th>" for name in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
