"""docs/cli.md and docs/ingest.md say what the program does: commands, options, exit codes, repairs, errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from onrecord import records
from onrecord.cli._app import app
from onrecord.cli._exit import Exit
from onrecord.ingest import REPAIRS
from onrecord.ingest._rules import KINDS
from onrecord.publish.exports import FORMATS

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


def commands(group: Any, *above: str) -> Iterator[tuple[str, Any]]:
    """Every command with its whole name: `user add`."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, *above, name)
        else:
            yield " ".join((*above, name)), command


COMMANDS = dict(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_every_command_is_told_of_somewhere(name: str) -> None:
    pages = " ".join(path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md"))
    shown = set(re.findall(r"--[a-z][\w-]*", pages)) | {f"--{row[0].strip('`')}" for row in rows("ledger.md", "Asking")}
    for one in COMMANDS[name].params:
        options = {option for option in (*one.opts, *one.secondary_opts) if option.startswith("--")}
        assert not options or options & shown, options
    assert COMMANDS[name].help


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_shown_with_its_whole_name_or_in_the_table_of_its_group(name: str) -> None:
    pages = [(DOCS / page).read_text(encoding="utf-8") for page in ("cli.md", "ledger.md")]
    group, _, own = name.partition(" ")
    in_table = (
        own
        and f"\n## `onrecord {group}`\n" in pages[0]
        and any(f"`{own}`" in row[0] for row in rows("cli.md", f"`onrecord {group}`"))
    )
    assert in_table or any(re.search(rf"^(## `)?onrecord {name}\b", page, flags=re.MULTILINE) for page in pages)


def test_every_option_of_export_is_documented_and_no_other() -> None:
    command = typer.main.get_command(app).commands["export"]  # type: ignore[attr-defined]
    options = {name for parameter in command.params for name in parameter.opts if name.startswith("-")}
    documented = {name for row in rows("cli.md", "`onrecord export`") for name in re.findall(r"`(-[\w-]+)`", row[0])}
    assert documented == options
    formats = re.findall(r"`(\w+)`", rows("cli.md", "`onrecord export`")[0][1])
    assert formats == list(FORMATS)


def test_exit_codes_are_documented_with_their_meaning() -> None:
    assert rows("cli.md", "Exit codes") == [[str(code.value), code.meaning] for code in Exit]


def test_repairs_are_documented_with_their_meaning() -> None:
    assert rows("ingest.md", "Repairs") == [[f"`{name}`", meaning] for name, meaning in REPAIRS.items()]


def test_kinds_of_furniture_are_documented() -> None:
    assert [row[0].strip("`") for row in rows("ingest.md", "What is not prose")] == list(KINDS)


def test_every_error_about_an_input_is_documented() -> None:
    documented = {row[0].strip("`") for row in rows("ingest.md", "What is refused")}
    assert documented == {error.__name__ for error in records.InputError.__subclasses__()}
