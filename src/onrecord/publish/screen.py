"""A reading on the terminal: events with how real they are, then figures, then statements."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from onrecord.publish._view import OWN_VOICE, STATUS_WORDS, View, shortened
from onrecord.records import Event, Reading, Status

_STYLES = {
    Status.happened: "bold green",
    Status.ongoing: "bold cyan",
    Status.planned: "bold blue",
    Status.called_for: "bold magenta",
    Status.threatened: "bold red",
    Status.hypothetical: "bold yellow",
    Status.negated: "bold red reverse",
}
_STATUS_WIDTH = max(map(len, STATUS_WORDS.values()))
# Longer statements are folded to about three lines of a usual terminal; the JSON holds them whole.
_CONTENT = 240


def render(reading: Reading, console: Console) -> None:
    """Print ``reading`` on ``console``; colours only if the console is a terminal."""
    view = View(reading)
    console.print()
    console.print(Rule(Text(view.heading, style="bold"), align="left", style="dim", characters="─"))
    console.print(Text(view.particulars, style="dim"))
    if not (reading.events or reading.figures or reading.statements):
        console.print(Padding("Nothing of who did what to whom was found in this text.", (1, 0)))
        return
    if reading.events:
        _title(console, "Who did what to whom", len(reading.events))
        console.print(_events(view))
    if reading.figures:
        _title(console, "Figures, each as its source gives it", len(reading.figures))
        console.print(_figures(view))
    if reading.statements:
        _title(console, "Who said what", len(reading.statements))
        console.print(_statements(view))


def _title(console: Console, words: str, count: int) -> None:
    console.print(Text.assemble("\n", (words, "bold underline"), (f"  {count}", "dim")))


def _events(view: View) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    grid.add_column(width=_STATUS_WIDTH, no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    for event in view.reading.events:
        status = Text(STATUS_WORDS[event.status], style=_STYLES[event.status])
        grid.add_row(status, _event(view, event))
    return grid


def _event(view: View, event: Event) -> Text:
    text = Text()
    text.append(view.parties(event.actors) or "somebody not named", style="bold" if event.actors else "dim")
    text.append(f"  {view.act(event)} ", style="cyan")
    text.append(f"“{shortened(event.span.text, 48)}”")
    if event.recipients:
        text.append("  → ", style="dim")
        text.append(view.parties(event.recipients), style="bold")
    circumstances = [part for part in (view.where(event), view.when(event)) if part]
    source = view.source(event.attribution, own="")
    if circumstances:
        text.append("\n" + " · ".join(circumstances), style="default")
    if source:
        text.append(" · " if circumstances else "\n")
        text.append(source, style="italic")
        if side := view.sourcing(event):
            text.append(f", {side}", style="dim")
    text.append("\n")
    return text


def _figures(view: View) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="dim")
    for name in ("count of", "how many", "whom", "where, when", "according to"):
        table.add_column(name, overflow="fold", no_wrap=name == "count of")
    for figure in view.reading.figures:
        circumstances = " · ".join(part for part in (view.where(figure), view.when(figure)) if part)
        source = view.source(figure.attribution, own=OWN_VOICE).removeprefix("according to ")
        table.add_row(
            figure.kind,
            Text(view.amount(figure), style="bold"),
            shortened(figure.whom or "", 30),
            circumstances,
            source,
        )
    return table


def _statements(view: View) -> Table:
    grid = Table.grid(padding=(0, 2, 1, 0), pad_edge=False)
    grid.add_column(ratio=1, min_width=14, overflow="fold")
    grid.add_column(min_width=9, no_wrap=True)
    grid.add_column(ratio=3, overflow="fold")
    for statement in view.reading.statements:
        speaker = Text(view.speaker(statement), style="bold" if statement.speaker else "dim")
        if statement.attribution:
            speaker.append(
                "\n" + view.source(statement.attribution).replace("according to", "as reported by", 1), style="italic"
            )
        grid.add_row(speaker, Text(statement.stance, style="dim"), shortened(view.content(statement), _CONTENT))
    return grid
