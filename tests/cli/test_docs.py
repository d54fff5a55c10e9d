"""docs/cli.md and docs/ingest.md say what the program does: commands, options, exit codes, repairs, errors."""

from __future__ import annotations

import re
from pathlib import Path

import typer

from onrecord import records
from onrecord.cli._app import app
from onrecord.cli._exit import Exit
from onrecord.ingest import REPAIRS
from onrecord.ingest._rules import KINDS

DOCS = Path(__file__).resolve().parents[2] / "docs"


def rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table below a heading."""
    text = (DOCS / page).read_text(encoding="utf-8").split(f"\n## {heading}\n", 1)[1].split("\n## ")[0]
    table = [line for line in text.splitlines() if line.startswith("|")][2:]
    return [[cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in table]


def test_every_command_is_documented() -> None:
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^onrecord (\w+)", page, flags=re.MULTILINE)) == set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_every_option_of_read_is_documented_and_no_other() -> None:
    command = typer.main.get_command(app).commands["read"]  # type: ignore[attr-defined]
    options = {name for parameter in command.params for name in parameter.opts if name.startswith("-")}
    documented = {name for row in rows("cli.md", "`onrecord read`") for name in re.findall(r"`(-[\w-]+)`", row[0])}
    assert documented == options


def test_every_option_of_ingest_is_documented_and_no_other() -> None:
    command = typer.main.get_command(app).commands["ingest"]  # type: ignore[attr-defined]
    options = {name for parameter in command.params for name in parameter.opts if name.startswith("-")}
    documented = {name for row in rows("cli.md", "`onrecord ingest`") for name in re.findall(r"`(-[\w-]+)`", row[0])}
    assert documented == options


def test_every_option_of_find_is_documented_and_no_other() -> None:
    command = typer.main.get_command(app).commands["find"]  # type: ignore[attr-defined]
    options = {name for parameter in command.params for name in parameter.opts if name.startswith("-")}
    documented = {name for row in rows("cli.md", "`onrecord find`") for name in re.findall(r"`(-[\w-]+)`", row[0])}
    documented |= {f"--{row[0].strip('`')}" for row in rows("ledger.md", "Asking")[:12]}
    assert documented == options


def test_every_option_of_compare_is_documented_and_no_other() -> None:
    command = typer.main.get_command(app).commands["compare"]  # type: ignore[attr-defined]
    options = {name for parameter in command.params for name in parameter.opts if name.startswith("-")}
    documented = {name for row in rows("cli.md", "`onrecord compare`") for name in re.findall(r"`(-[\w-]+)`", row[0])}
    assert documented == options


def test_exit_codes_are_documented_with_their_meaning() -> None:
    assert rows("cli.md", "Exit codes") == [[str(code.value), code.meaning] for code in Exit]


def test_repairs_are_documented_with_their_meaning() -> None:
    assert rows("ingest.md", "Repairs") == [[f"`{name}`", meaning] for name, meaning in REPAIRS.items()]


def test_kinds_of_furniture_are_documented() -> None:
    assert [row[0].strip("`") for row in rows("ingest.md", "What is not prose")] == list(KINDS)


def test_every_error_about_an_input_is_documented() -> None:
    documented = {row[0].strip("`") for row in rows("ingest.md", "What is refused")}
    assert documented == {error.__name__ for error in records.InputError.__subclasses__()}
