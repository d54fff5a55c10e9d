"""The commands about a ledger and their options."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

LedgerOption = Annotated[
    str,
    typer.Option(
        "--ledger", "-l", metavar="FILE|URL", help="The ledger: a file, or postgresql+psycopg://…", show_default=False
    ),
]
Reviewer = Annotated[str, typer.Option("--reviewer", metavar="NAME", help="Who says so.", show_default=False)]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Why.", show_default=False)]


class Listing(StrEnum):
    """What lists are written as."""

    screen = "screen"
    jsonl = "jsonl"


class Comparison(StrEnum):
    """What a comparison is written as."""

    screen = "screen"
    json = "json"


corrections_app = typer.Typer(
    no_args_is_help=True, help="Say what is right or wrong in a ledger, and list or export it."
)

decisions_app = typer.Typer(no_args_is_help=True, help="List or undo what people split and merged.")


def add_commands(app: typer.Typer) -> None:
    """Add the commands about a ledger to the others."""
    app.command()(ingest)
    app.command()(rejected)
    app.command()(changes)
    app.command()(find)
    app.command()(compare)
    app.command()(split)
    app.command()(merge)
    app.add_typer(decisions_app, name="decisions")
    app.add_typer(corrections_app, name="corrections")


def ingest(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            show_default=False,
            help="Files, folders, quoted globs, - for standard input, or web addresses (with --fetch).",
        ),
    ],
    ledger: LedgerOption,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes to read with.")] = 1,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Pass over articles published before this day.", show_default=False),
    ] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Publication date of all inputs, before the one they state.")
    ] = None,
    input_format: Annotated[str, typer.Option(metavar="FORMAT", help="As for read, and csv, feed, warc.")] = "auto",
    columns: Annotated[
        str | None, typer.Option(metavar="MAP", help="Columns of tables: text=body,title=headline.", show_default=False)
    ] = None,
    fetch: Annotated[bool, typer.Option("--fetch", help="Fetch web addresses, and pages that feeds lead to.")] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from this computer and private networks too.")
    ] = False,
    dask: Annotated[
        str | None,
        typer.Option(metavar="SCHEDULER", help="Read on a Dask cluster: tcp://host:8786.", show_default=False),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Read what is in already too; corrections stay.")] = False,
    watch: Annotated[
        float | None, typer.Option(min=1, metavar="SECONDS", help="Look again every so often.", show_default=False)
    ] = None,
    any_language: Annotated[bool, typer.Option("--any-language", help="Read text that is not English too.")] = False,
    max_bytes: Annotated[
        int, typer.Option(min=1, metavar="N", help="Largest file, line, page or answer.")
    ] = 20_000_000,
    max_characters: Annotated[int, typer.Option(min=1, metavar="N", help="Longest text of one article.")] = 1_000_000,
) -> None:
    """Read articles into a ledger. What is in already is passed over: a run that was stopped goes on where it was."""
    from onrecord.cli._ingest import Job, ingest_all
    from onrecord.ingest import Limits

    job = Job(
        sources=tuple(sources),
        ledger=ledger,
        jobs=jobs,
        since=since,
        published=published,
        input_format=input_format,
        columns=columns,
        fetch=fetch,
        allow_private=allow_private,
        dask=dask,
        again=again,
        watch=watch,
        any_language=any_language,
        limits=Limits(bytes=max_bytes, characters=max_characters),
    )
    raise typer.Exit(ingest_all(job))


def rejected(
    ledger: LedgerOption,
    raw: Annotated[
        str | None, typer.Option("--raw", metavar="ID", help="Write the bytes of this input.", show_default=False)
    ] = None,
    output_format: Annotated[Listing, typer.Option("--format", "-f", help="What to write.")] = Listing.screen,
) -> None:
    """List inputs that were set aside: what was seen, what to do."""
    from onrecord.cli._lists import list_rejected

    raise typer.Exit(list_rejected(ledger, raw=raw, output_format=output_format.value))


def changes(
    ledger: LedgerOption,
    since: Annotated[
        str | None,
        typer.Option(metavar="MOMENT", help="A day, or the changed_at of the last change seen.", show_default=False),
    ] = None,
) -> None:
    """Write what changed as JSON lines, oldest first, deletions too, so that a mirror can follow."""
    from onrecord.cli._lists import list_changes

    raise typer.Exit(list_changes(ledger, since=since))


def find(
    ledger: LedgerOption,
    party: Annotated[str | None, typer.Option(metavar="NAME", help="Takes part, on either side.")] = None,
    actor: Annotated[str | None, typer.Option(metavar="NAME", help="Acts.")] = None,
    recipient: Annotated[str | None, typer.Option(metavar="NAME", help="Is acted upon.")] = None,
    country: Annotated[str | None, typer.Option(metavar="ISO3", help="A party's country.")] = None,
    event_type: Annotated[str | None, typer.Option("--type", metavar="TYPE", help="What the act is: ASSAULT.")] = None,
    status: Annotated[str | None, typer.Option(metavar="STATUS", help="How real: happened, planned …")] = None,
    place: Annotated[str | None, typer.Option(metavar="NAME|ISO3", help="Where.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="First day not before.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="First day not after.")] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Who is reported to say so.")] = None,
    sourcing: Annotated[str | None, typer.Option(metavar="HOW", help="On whose word: own_voice, other_side …")] = None,
    text: Annotated[
        str | None, typer.Option(metavar="WORDS", help='Words of the article, "phrases", OR, -not.')
    ] = None,
    sources: Annotated[
        int, typer.Option("--sources-at-least", min=1, metavar="N", help="Told by so many independent sources.")
    ] = 1,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="So many at most.")] = 20,
    output_format: Annotated[Listing, typer.Option("--format", "-f", help="What to write.")] = Listing.screen,
) -> None:
    """Find events in a ledger, newest first."""
    from onrecord.cli._lists import list_events

    asked = {
        "party": party,
        "actor": actor,
        "recipient": recipient,
        "country": country,
        "type": event_type,
        "status": status,
        "place": place,
        "since": since,
        "until": until,
        "source": source,
        "sourcing": sourcing,
        "text": text,
        "sources": sources,
    }
    raise typer.Exit(list_events(ledger, asked, limit=limit, output_format=output_format.value))


def compare(
    ledger: LedgerOption,
    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="Only events with figures of this kind: killed.", show_default=False),
    ] = None,
    party: Annotated[str | None, typer.Option(metavar="NAME", help="Takes part, on either side.")] = None,
    country: Annotated[str | None, typer.Option(metavar="ISO3", help="A party's country.")] = None,
    event_type: Annotated[str | None, typer.Option("--type", metavar="TYPE", help="What the act is: ASSAULT.")] = None,
    place: Annotated[str | None, typer.Option(metavar="NAME|ISO3", help="Where.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="First day not before.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="First day not after.")] = None,
    text: Annotated[
        str | None, typer.Option(metavar="WORDS", help='Words of the article, "phrases", OR, -not.')
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="So many at most.")] = 20,
    output_format: Annotated[Comparison, typer.Option("--format", "-f", help="What to write.")] = Comparison.screen,
) -> None:
    """Show events that two or more articles tell of: who contradicts whom, and the figures of each source."""
    from onrecord.cli._compare import compare_events

    asked = {
        "party": party,
        "country": country,
        "type": event_type,
        "place": place,
        "since": since,
        "until": until,
        "text": text,
    }
    raise typer.Exit(compare_events(ledger, asked, kind=kind, limit=limit, output_format=output_format.value))


def split(
    events: Annotated[list[str], typer.Argument(metavar="EVENT...", help="Ids of reports.", show_default=False)],
    ledger: LedgerOption,
    reviewer: Reviewer,
    note: Note = None,
) -> None:
    """Say that these reports are not of the event that they were taken for, but together of another."""
    from onrecord.cli._compare import decided
    from onrecord.cli._review import opened

    with opened(ledger) as book:
        decided(book.split(events, reviewer=reviewer, note=note))


def merge(one: str, other: str, ledger: LedgerOption, reviewer: Reviewer, note: Note = None) -> None:
    """Say that two events are one; name either by its id or by that of one of its reports."""
    from onrecord.cli._compare import decided
    from onrecord.cli._review import opened

    with opened(ledger) as book:
        decided(book.merge(one, other, reviewer=reviewer, note=note))


@decisions_app.command("undo")
def _undo_decision(number: int, ledger: LedgerOption, reviewer: Reviewer, note: Note = None) -> None:
    """Take a split or merge back, by its number."""
    from onrecord.cli._compare import decided
    from onrecord.cli._review import opened

    with opened(ledger) as book:
        decided(book.undo_decision(number, reviewer=reviewer, note=note))


@decisions_app.command("list")
def _list_decisions(ledger: LedgerOption) -> None:
    """Write every split, merge and undoing as JSON lines, oldest first."""
    from onrecord.cli._review import opened, write_lines

    with opened(ledger, read_only=True) as book:
        write_lines(book.decisions())


@corrections_app.command("accept")
def _accept(record: str, ledger: LedgerOption, reviewer: Reviewer, note: Note = None) -> None:
    """Say that a record is right."""
    from onrecord.cli._review import done, opened

    with opened(ledger) as book:
        done(book.accept(record, reviewer=reviewer, note=note))


@corrections_app.command("reject")
def _reject(record: str, ledger: LedgerOption, reviewer: Reviewer, note: Note = None) -> None:
    """Say that a record is wrong: it is left out of answers."""
    from onrecord.cli._review import done, opened

    with opened(ledger) as book:
        done(book.reject(record, reviewer=reviewer, note=note))


@corrections_app.command("edit")
def _edit(record: str, field: str, value: str, ledger: LedgerOption, reviewer: Reviewer, note: Note = None) -> None:
    """Change one FIELD of a record to VALUE: JSON, or plain text."""
    from onrecord.cli._review import done, opened, parsed

    with opened(ledger) as book:
        done(book.edit(record, field, parsed(value), reviewer=reviewer, note=note))


@corrections_app.command("add")
def _add(article: str, kind: str, record: str, ledger: LedgerOption, reviewer: Reviewer, note: Note = None) -> None:
    """Add a RECORD (JSON, as in the record format) of KIND that the machine missed in an article."""
    from onrecord.cli._review import done, opened, parsed_record

    with opened(ledger) as book:
        done(book.add_record(article, kind, parsed_record(record), reviewer=reviewer, note=note))


@corrections_app.command("undo")
def _undo(number: int, ledger: LedgerOption, reviewer: Reviewer, note: Note = None) -> None:
    """Take a correction back, by its number."""
    from onrecord.cli._review import done, opened

    with opened(ledger) as book:
        done(book.undo(number, reviewer=reviewer, note=note))


@corrections_app.command("list")
def _list(ledger: LedgerOption) -> None:
    """Write every correction ever made as JSON lines, oldest first."""
    from onrecord.cli._review import opened, write_lines

    with opened(ledger, read_only=True) as book:
        write_lines(book.corrections())


@corrections_app.command("disagreements")
def _disagreements(ledger: LedgerOption) -> None:
    """Write records of which reviewers do not say the same, with each one's last word, as JSON lines."""
    from onrecord.cli._review import opened, write_lines

    with opened(ledger, read_only=True) as book:
        write_lines(book.disagreements())


@corrections_app.command("agreement")
def _agreement(
    ledger: LedgerOption,
    output_format: Annotated[Comparison, typer.Option("--format", "-f", help="What to write.")] = Comparison.screen,
) -> None:
    """Show how far reviewers agree on right or wrong: per cent, Krippendorff's alpha, Cohen's kappa of each two."""
    from onrecord.cli._review import opened, show_agreement, write_lines

    with opened(ledger, read_only=True) as book:
        found = book.agreement()
    if output_format is Comparison.json:
        write_lines([found])
    else:
        show_agreement(found)


@corrections_app.command("export")
def _export(
    ledger: LedgerOption,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")] = None,
) -> None:
    """Write what reviewers found right or wrong as annotation, one JSON object an article."""
    from onrecord.cli._review import opened, write_lines

    with opened(ledger, read_only=True) as book:
        write_lines(book.gold(), output)
