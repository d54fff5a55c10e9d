"""The commands and their options. What they do is in the modules they import when they are called."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli._exit import Exit
from onrecord.cli._ledger_app import add_commands
from onrecord.cli._lexicon_app import lexicon_app
from onrecord.cli._places_app import places_app
from onrecord.cli._serve_app import add_commands as add_server_commands

_CODES = "\n\n".join(f"{code.value}  {code.meaning}" for code in Exit)

app = typer.Typer(
    name="onrecord",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


Lexicon = Annotated[
    list[Path] | None,
    typer.Option(
        "--lexicon",
        metavar="PATH",
        show_default=False,
        help="Actors and frames of your own: a file or a folder. May be given again.",
    ),
]


class InputFormat(StrEnum):
    """How inputs are taken."""

    auto = "auto"
    text = "text"
    html = "html"
    jsonl = "jsonl"


class OutputFormat(StrEnum):
    """What is written."""

    screen = "screen"
    json = "json"
    jsonl = "jsonl"
    html = "html"


def _version(wanted: bool) -> None:
    if wanted:
        from onrecord import __version__

        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Reads English news and writes down what is on record: who did what to whom, how real, according to whom."""


@app.command(epilog=f"Exit codes:\n\n{_CODES}")
def read(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", show_default=False, help="Files, folders, quoted globs, or - for standard input."
        ),
    ],
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Publication date of all inputs (2023-10-14), before the one they state."),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes to read with.")] = 1,
    input_format: Annotated[
        InputFormat, typer.Option(help="How to take the inputs; auto goes by file name, then by content.")
    ] = InputFormat.auto,
    output_format: Annotated[
        OutputFormat | None,
        typer.Option(
            "--format", "-f", show_default=False, help="What to write. Default: by the ending of --output, else screen."
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file, not to standard output.")
    ] = None,
    lexicon: Lexicon = None,
    places: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="Places of your own, CSV; docs/how-to/add-places.md."),
    ] = None,
    sourcing: Annotated[
        list[str] | None,
        typer.Option(metavar="HOW", show_default=False, help="Only events on this word: other_side …; again: on both."),
    ] = None,
    any_language: Annotated[
        bool, typer.Option("--any-language", help="Read text that is not English too; expect little of it.")
    ] = False,
    max_bytes: Annotated[
        int, typer.Option(min=1, metavar="N", help="Largest file, or line of JSON, that is read.")
    ] = 20_000_000,
    max_characters: Annotated[
        int, typer.Option(min=1, metavar="N", help="Longest text of one article that is read.")
    ] = 1_000_000,
) -> None:
    """Read articles and write what is on record in them.

    Inputs that cannot be read are named on standard error, with the reason and what to do; the others are read.
    """
    from onrecord.cli._read import Job, read_all
    from onrecord.ingest import Limits

    job = Job(
        paths=tuple(paths),
        published=published,
        jobs=jobs,
        input_format=input_format.value,
        output_format=_format_of(output_format, output),
        output=output,
        any_language=any_language,
        lexicon=tuple(lexicon or ()),
        places=places,
        sourcing=tuple(sourcing or ()),
        limits=Limits(bytes=max_bytes, characters=max_characters),
    )
    raise typer.Exit(read_all(job))


@app.command()
def explain(
    rule: Annotated[
        str | None, typer.Argument(metavar="RULE", show_default=False, help='A name from a record\'s "because".')
    ] = None,
    lexicon: Lexicon = None,
) -> None:
    """Show a rule: what it says, sentences it must match and must leave alone, and where it comes from.

    Without RULE, list the names of all rules.
    """
    from onrecord.cli._explain import explain_rule

    raise typer.Exit(explain_rule(rule, lexicon=lexicon or ()))


@app.command()
def export(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[READINGS...]", show_default=False, help="Files of readings (JSON lines), data packages, or -."
        ),
    ] = None,
    name: Annotated[
        str,
        typer.Option("--format", "-f", metavar="NAME", help="jsonl, csv, plover, acled …; docs/exports.md has all."),
    ] = "csv",
    ledger: Annotated[
        str | None, typer.Option(metavar="LEDGER", help="Export a ledger's readings, as corrected.", show_default=False)
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to this file, not to standard output; some need a folder."
        ),
    ] = None,
    one_per_event: Annotated[
        bool, typer.Option("--one-per-event", help="With --ledger: of all reports of one event, only the first.")
    ] = False,
    country_centroids: Annotated[
        bool, typer.Option("--country-centroids", help="In geojson: a point also for what is known only to a country.")
    ] = False,
) -> None:
    """Write readings in a format of the field: tables of event coders, maps, networks.

    What a format cannot hold is left out and counted on standard error, with the reason.
    """
    from onrecord.cli._export import export_readings

    raise typer.Exit(
        export_readings(
            tuple(paths or ()),
            ledger=ledger,
            name=name,
            output=output,
            one_per_event=one_per_event,
            country_centroids=country_centroids,
        )
    )


@app.command()
def schema() -> None:
    """Print the JSON Schema of a reading."""
    import json

    from onrecord.records import schema as schema_of_readings

    typer.echo(json.dumps(schema_of_readings(), indent=2, ensure_ascii=False))


add_commands(app)
add_server_commands(app)
app.add_typer(lexicon_app, name="lexicon")
app.add_typer(places_app, name="places")


def run() -> None:
    """Run the command line and leave with a documented exit code."""
    try:
        code = _run()
    except BrokenPipeError:
        # Nobody reads any more. Python would complain again when it flushes at exit: give it somewhere to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = Exit.OUTPUT_CLOSED
    sys.exit(code)


def _run() -> int:
    """The exit code. The framework's own runner is passed by: it has other ideas about pipes and Ctrl-C."""
    from onrecord.records import BadOption, OnrecordError

    command = typer.main.get_command(app)
    try:
        with command.make_context("onrecord", sys.argv[1:]) as context:
            command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as leaving:
        sys.stdout.flush()
        return leaving.exit_code
    except (KeyboardInterrupt, typer.Abort):
        _say("stopped")
        return Exit.INTERRUPTED
    except BadOption as error:
        _say(str(error))
        return Exit.USAGE
    except OnrecordError as error:
        _say(str(error))
        return Exit.BROKEN
    except Exception as error:
        if not hasattr(error, "show"):  # the framework's own errors show themselves: a wrong option, a missing argument
            raise
        error.show()
        return Exit.USAGE
    return Exit.DONE


def _format_of(chosen: OutputFormat | None, output: Path | None) -> str:
    """The format that was asked for, else the one the output file is named for, else the screen's."""
    if chosen is not None:
        return chosen.value
    by_ending = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".html": "html", ".htm": "html"}
    return by_ending.get(output.suffix.lower(), "screen") if output else "screen"


def _say(message: str) -> None:
    typer.echo(f"onrecord: {message}", err=True)
