"""The how-tos: their commands run, print what the pages say they print, and their examples are the files they name."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.cli import main
from onrecord.reading._frame_files import parse

ROOT = Path(__file__).resolve().parents[1]
PAGES = ["add-an-event-frame", "add-an-actor-list", "add-an-event-type"]


def consoles(page: str) -> list[tuple[str, list[str]]]:
    """Each command of a page with the lines it is said to print."""
    text = (ROOT / "docs/how-to" / f"{page}.md").read_text(encoding="utf-8")
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^```console\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("page", [*PAGES, "../tutorial"])
def test_the_commands_of_a_how_to_print_what_it_says(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("examples", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BufferedReader(io.BytesIO())))  # type: ignore[arg-type]
    commands = consoles(page)
    assert commands
    for command, lines in commands:
        monkeypatch.setattr(sys, "argv", command.split())
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capfd.readouterr()
        assert left.value.code == 0, (command, err)
        for line in lines:
            assert squeezed(line) in squeezed(out), command


@pytest.mark.parametrize("page", PAGES)
def test_what_a_how_to_shows_of_a_file_is_in_the_file(page: str) -> None:
    text = (ROOT / "docs/how-to" / f"{page}.md").read_text(encoding="utf-8")
    (file,) = set(re.findall(r"\]\(\.\./\.\./(examples/lexicon/[\w.]+yaml)\)", text))
    whole = parse((ROOT / file).read_text(encoding="utf-8"), file)
    blocks = re.findall(r"^```yaml\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    assert blocks
    for block in blocks:
        for key, value in parse(block, page).items():
            part = isinstance(value, list) and all(item in whole[key] for item in value)
            assert part or value == whole[key], key


def test_every_example_lexicon_is_told_of_in_a_how_to() -> None:
    pages = "".join((ROOT / "docs/how-to" / f"{page}.md").read_text(encoding="utf-8") for page in PAGES)
    names = [path.name for path in (ROOT / "examples/lexicon").iterdir() if path.suffix in (".yaml", ".txt")]
    assert [name for name in names if name not in pages] == []
