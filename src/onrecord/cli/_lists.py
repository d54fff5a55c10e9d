"""``onrecord find``, ``rejected`` and ``changes``: rows of a ledger on the screen or as JSON lines."""

from __future__ import annotations

import sys
from typing import Any

import typer

from onrecord.cli._exit import Exit
from onrecord.cli._review import opened, write_lines
from onrecord.ledger import FoundEvent, SetAside, as_dict
from onrecord.records import BadOption


def list_events(ledger: str, asked: dict[str, Any], *, limit: int, output_format: str) -> Exit:
    """Print the events asked for; say on standard error when there are more."""
    with opened(ledger, read_only=True) as book:
        found = book.events(**asked, limit=limit)
    if output_format == "jsonl":
        write_lines(as_dict(one) for one in found)
    else:
        for event in found:
            _show(event)
        if not found:
            typer.echo("nothing found", err=True)
    if found.next:
        typer.echo(f"onrecord: there are more; --limit {2 * limit} shows some of them", err=True)
    return Exit.DONE


def list_rejected(ledger: str, *, raw: str | None, output_format: str) -> Exit:
    """Print what was set aside, or the bytes of one input.

    Raises
    ------
    BadOption: no input has this id, or its bytes were never there.
    """
    with opened(ledger, read_only=True) as book:
        if raw is not None:
            return _write_raw(list(book.rejected()), raw)
        if output_format == "jsonl":
            write_lines({"id": one.id, **as_dict(one)} for one in book.rejected())
            return Exit.DONE
        for one in book.rejected():
            typer.echo(f"{one.id}  {one.name}: {one.seen}. {one.remedy}")
    return Exit.DONE


def list_changes(ledger: str, *, since: str | None) -> Exit:
    """Print changes as JSON lines."""
    with opened(ledger, read_only=True) as book:
        write_lines(book.changes(since))
    return Exit.DONE


def _show(event: FoundEvent) -> None:
    who = ", ".join(_party(one.name, one.country) for one in event.actors) or "somebody not named"
    whom = ", ".join(_party(one.name, one.country) for one in event.recipients)
    said = ", ".join(one.name or "somebody" for one in event.sources)
    told = f"{event.articles} articles, {event.independent_sources} independent" if event.articles > 1 else ""
    where = " · ".join(filter(None, (event.place, event.publisher, f"according to {said}" if said else "", told)))
    act = f"{event.type} {event.mode}" if event.mode else event.type
    typer.echo(
        f"{event.first_day or 'undated':10}  {event.status:12}  {who}  {act} “{event.words}”"
        + (f"  → {whom}" if whom else "")
    )
    typer.echo(f"{'':24}  {where}  [{event.id}]")


def _party(name: str, country: str | None) -> str:
    return f"{name} ({country})" if country else name


def _write_raw(found: list[SetAside], wanted: str) -> Exit:
    one = next((row for row in found if row.id == wanted), None)
    if one is None or one.raw is None:
        raise BadOption(
            f"--raw {wanted}: no input with this id, or nothing was read of it. `onrecord rejected` lists ids."
        )
    sys.stdout.buffer.write(one.raw)
    if not one.whole:
        typer.echo(f"onrecord: only the first {len(one.raw):,} bytes were kept", err=True)
    return Exit.DONE
