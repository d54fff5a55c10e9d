"""The container files name what the program has: extras, commands, options, ports. No engine is needed."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from onrecord.cli._app import app

ROOT = Path(__file__).resolve().parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs" / "how-to" / "container.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def instructions(name: str) -> list[str]:
    """The arguments of each instruction of the Dockerfile with this name, on one line."""
    joined = re.sub(r"\\\n\s*", " ", DOCKERFILE)
    return re.findall(rf"^\s*{name}\s+(.*)$", joined, flags=re.MULTILINE)


def parsed(words: list[str]) -> dict[str, Any]:
    """The options of a command as the program understands them; fails where it does not."""
    command = typer.main.get_command(app)
    context = command.make_context("onrecord", list(words), resilient_parsing=True)
    while hasattr(command, "commands"):
        name, *words = words
        command = command.commands[name]
        context = command.make_context(name, list(words), parent=context)
    return context.params


def test_the_image_installs_extras_that_there_are_and_a_python_that_fits() -> None:
    (extras,) = re.findall(r"pip install [^']*'\.\[([\w,]+)\]'", DOCKERFILE)
    assert set(extras.split(",")) <= set(PROJECT["optional-dependencies"])
    versions = {re.match(r"python:(\d+\.\d+)-slim", base)[1] for base in instructions("FROM")}  # type: ignore[index]
    assert len(versions) == 1
    least = re.match(r">=(\d+)\.(\d+)", PROJECT["requires-python"])
    assert least
    assert tuple(map(int, versions.pop().split("."))) >= tuple(map(int, least.groups()))


def test_everything_that_is_copied_is_let_into_the_build_and_is_there() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = [word for copy in instructions("COPY") if "--from" not in copy for word in shlex.split(copy)[:-1]]
    assert set(copied) == let_in
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_what_the_image_starts_is_a_command_of_the_program_and_its_port_the_one_it_shows() -> None:
    assert json.loads(instructions("ENTRYPOINT")[0]) == ["onrecord"]
    starts = json.loads(instructions("CMD")[-1])
    options = parsed(starts)
    assert options["accounts"]
    assert options["host"] == "0.0.0.0"
    assert instructions("EXPOSE") == [str(options["port"])]
    assert f"127.0.0.1:{options['port']}/" in DOCKERFILE


def test_the_image_runs_as_nobody_in_particular_and_says_whether_it_is_well() -> None:
    (user,) = instructions("USER")
    assert int(user) > 0
    assert f"--uid {user} " in DOCKERFILE
    assert len(instructions("HEALTHCHECK")) == 1


def test_the_page_that_is_asked_for_its_health_answers_without_signing_in(tmp_path: Path) -> None:
    client = pytest.importorskip("fastapi.testclient")
    from onrecord.ledger import open_ledger
    from onrecord.publish.web import create_app

    (path,) = re.findall(r"http://127\.0\.0\.1:\d+(/[\w/-]*)", DOCKERFILE)
    with open_ledger(tmp_path / "news.db") as ledger:
        web = client.TestClient(create_app(ledger, accounts=True), base_url="http://127.0.0.1:8765")
        assert web.get(path, follow_redirects=False).status_code == 200


def test_the_commands_of_the_services_are_commands_of_the_program() -> None:
    serve, read = parsed(COMPOSE["services"]["server"]["command"]), parsed(COMPOSE["services"]["reader"]["command"])
    assert serve["accounts"]
    assert serve["ledger"] == read["ledger"]
    database = COMPOSE["services"]["database"]["environment"]
    assert serve["ledger"].endswith(f"://{database['POSTGRES_USER']}@database/{database['POSTGRES_DB']}")
    (volume,) = COMPOSE["services"]["reader"]["volumes"]
    assert volume.endswith(f":{read['sources'][0]}:ro")


def test_only_the_server_is_published_and_on_this_computer_alone() -> None:
    published = {name: one["ports"] for name, one in COMPOSE["services"].items() if "ports" in one}
    port = instructions("EXPOSE")[0]
    assert published == {"server": [f"127.0.0.1:{port}:{port}"]}
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert all("outside" not in one["networks"] for name, one in COMPOSE["services"].items() if name != "server")


def test_services_name_only_what_the_file_declares_and_passwords_come_from_files() -> None:
    for name, one in COMPOSE["services"].items():
        assert set(one.get("networks", ())) <= set(COMPOSE["networks"]), name
        assert set(one.get("secrets", ())) <= set(COMPOSE["secrets"]), name
        assert set(one.get("depends_on", ())) <= set(COMPOSE["services"]), name
        assert not any("PASSWORD" in key and not key.endswith("_FILE") for key in one.get("environment", ())), name
    assert all(set(secret) == {"file"} for secret in COMPOSE["secrets"].values())


@pytest.mark.parametrize("name", ["server", "reader"])
def test_the_program_can_write_nowhere_but_where_it_has_to(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


def test_the_shell_of_the_services_hands_the_password_and_every_word_on(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("s3cret two\n", encoding="utf-8")
    program = tmp_path / "onrecord"
    program.write_text('#!/bin/sh\nprintf "%s|" "$PGPASSWORD" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    shell, flag, script, name = COMPOSE["services"]["server"]["entrypoint"]
    script = script.replace("$$", "$").replace("/run/secrets/database_password", str(secret))
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    ran = subprocess.run([shell, flag, script, name, "serve", "a b"], env=environment, capture_output=True, check=True)
    assert ran.stdout == b"s3cret two|serve|a b|"


def test_the_variables_of_the_compose_file_are_documented_with_their_defaults() -> None:
    used = dict(re.findall(r"\$\{(\w+):-([^}]*)\}", (ROOT / "compose.yaml").read_text(encoding="utf-8")))
    documented = dict(re.findall(r"^\| `(ONRECORD_\w+)` \| `([^`]*)` \|", PAGE, flags=re.MULTILINE))
    assert documented == used


def test_every_command_of_the_how_to_is_one_of_the_program() -> None:
    lines = re.findall(r"^docker (?:compose )?run .*?(?:onrecord:local|server|reader) ?(.*)$", PAGE, flags=re.MULTILINE)
    assert len(lines) >= 4
    for line in filter(None, lines):
        parsed(shlex.split(line))


def test_hadolint_has_nothing_to_say() -> None:
    program = shutil.which("hadolint", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if program is None:
        pytest.skip("hadolint is not installed")
    ran = subprocess.run([program, str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
