"""``onrecord lexicon``: the commands for lexicons and frames of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

lexicon_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Lexicons and event frames of your own.")


@lexicon_app.command("import")
def import_(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", show_default=False, help="Dictionary files, or folders of them.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the lexicon files and the report.")
    ] = Path("imported"),
) -> None:
    """Turn dictionaries of TABARI, PETRARCH and Universal PETRARCH into lexicon and frame files.

    What could not be carried over is counted by reason, and listed with file and line in DIR/not-carried-over.tsv.
    """
    from onrecord.cli._lexicon import import_all

    raise typer.Exit(import_all(paths, output))


@lexicon_app.command()
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH...", show_default=False, help="Lexicon or frame files, or folders of them."),
    ] = None,
    examples: Annotated[
        bool, typer.Option("--examples/--no-examples", help="Read the example sentences of frames too.")
    ] = True,
) -> None:
    """Check lexicons and frames, and read the examples of the frames; without PATH, the packaged ones.

    Each problem is one line: file, line, what is wrong, what to do.
    """
    from onrecord.cli._lexicon import check_all

    raise typer.Exit(check_all(paths or [], examples=examples))
