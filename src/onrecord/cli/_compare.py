"""``onrecord compare``: events of two or more articles, with conflicts and figures, on the screen or as JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

import typer

from onrecord.cli._exit import Exit
from onrecord.cli._review import opened
from onrecord.ledger import Decision, SameEvent, Series, as_dict
from onrecord.records import BadOption, FigureKind


def compare_events(ledger: str, asked: dict[str, Any], *, kind: str | None, limit: int, output_format: str) -> Exit:
    """Print the events asked for; say on standard error when there are more.

    Raises
    ------
    BadOption: a kind of figure that does not exist.
    """
    if kind is not None and kind not in list(FigureKind):
        raise BadOption(f"--kind {kind}: not a kind of figure. Use one of {', '.join(FigureKind)}.")
    with opened(ledger, read_only=True) as book:
        found = book.same_events(**asked, kind=kind, limit=limit)
    if output_format == "json":
        json.dump([_plain(event, kind) for event in found], sys.stdout, ensure_ascii=False, indent=2)
        typer.echo()
    else:
        for event in found:
            _show(event, kind)
        if not found:
            typer.echo("nothing found", err=True)
    if found.next:
        typer.echo(f"onrecord: there are more; --limit {2 * limit} shows some of them", err=True)
    return Exit.DONE


def decided(decision: Decision) -> None:
    """Say under which number a decision is kept."""
    events = f"{len(decision.moved)} event{'s'[: len(decision.moved) != 1]}"
    what = f"undo of decision {decision.undoes}" if decision.undoes else f"{decision.action} {events}"
    typer.echo(f"decision {decision.id}: {what}; cluster {decision.cluster}")


def _figures(event: SameEvent, kind: str | None) -> list[Series]:
    return [one for one in event.figures if kind in (None, one.kind)]


def _plain(event: SameEvent, kind: str | None) -> dict[str, Any]:
    """The event for JSON; figures with who says what last, and every step."""
    return {
        "id": event.id,
        "articles": event.articles,
        "independent_sources": event.independent_sources,
        "sources": event.sources,
        "reports": [as_dict(report) for report in event.reports],
        "conflicts": [as_dict(conflict) for conflict in event.conflicts],
        "figures": [
            {
                "kind": one.kind,
                "whom": one.whom,
                "who_says": [{"says": says, "sources": sources} for says, sources in one.who_says],
                "disagreements": [str(pair) for pair in one.disagreements],
                "steps": one.rows(),
            }
            for one in _figures(event, kind)
        ],
    }


def _show(event: SameEvent, kind: str | None) -> None:
    sources = f"{event.independent_sources} independent source{'s'[: event.independent_sources > 1]}"
    typer.echo(f"{event.articles} articles, {sources}: {', '.join(event.sources)}  [{event.id}]")
    for report in event.reports:
        told = report.publisher or report.title or report.article_id[:12]
        copied = " (copy)" if report.copy_of else ""
        by = f"{report.origin} in {told}" if told != report.origin else told
        typer.echo(f"  {(report.published or 'undated')[:10]:10}  {report.status:12}  {by}{copied}  [{report.id}]")
        typer.echo(f"  {'':24}  {report.type} “{report.words}”: {' '.join(report.sentence.split())}")
    for conflict in event.conflicts:
        typer.echo(f"  they differ on {conflict}")
    for one in _figures(event, kind):
        counted = f"{one.kind} {one.whom}" if one.whom else str(one.kind)
        for source in one.sources:
            course = " → ".join(f"{step.claim.says} ({step.claim.as_of or 'undated'})" for step in source.steps)
            typer.echo(f"  {counted}: {source.source}: {course}")
        for pair in one.disagreements:
            typer.echo(f"  they differ on {counted}: {pair}")
    typer.echo()
