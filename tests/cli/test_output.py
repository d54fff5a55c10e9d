"""Screen, page and progress: what a person sees."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.cli import _read
from onrecord.cli._bar import Bar
from onrecord.cli._exit import Exit
from onrecord.cli._read import Job
from tests.cli.conftest import Run


@pytest.fixture
def seven(tmp_path: Path) -> Path:
    """A folder of seven articles."""
    for i in range(7):
        (tmp_path / f"{i}.txt").write_text(f"Two ministers met in room {i}.")
    return tmp_path


class Terminal:
    """Standard error, said to be a terminal or not."""

    def __init__(self, is_one: bool) -> None:
        self.is_one = is_one

    def isatty(self) -> bool:
        return self.is_one


@pytest.mark.parametrize(
    ("terminal", "files", "output", "shown"),
    [(True, 7, "x.jsonl", True), (True, 7, None, True), (True, 5, "x.jsonl", False), (False, 7, "x.jsonl", False)],
)
def test_a_bar_is_shown_on_a_terminal_for_more_than_a_handful(
    terminal: bool, files: int, output: str | None, shown: bool, seven: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal(terminal))
    job = Job(tuple(str(seven / f"{i}.txt") for i in range(files)), output=Path(output) if output else None)
    with _read._progress(job) as progress:
        assert isinstance(progress, Bar) == shown


def test_no_bar_is_drawn_over_readings_that_scroll_by(seven: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal(True))
    monkeypatch.setattr(sys, "stdout", Terminal(True))
    with _read._progress(Job((str(seven),), output_format="screen")) as progress:
        assert not isinstance(progress, Bar)
    with _read._progress(Job((str(seven),), output_format="html")) as progress:
        assert isinstance(progress, Bar)


def test_the_bar_counts_words_and_what_was_set_aside() -> None:
    with Bar(total=None, after=5) as bar:
        bar.step(words=100, set_aside=False)
        bar.step(words=0, set_aside=True)
        assert bar._description() == "reading · 1 set aside"


def test_the_screen_form_has_no_colours_when_it_is_no_terminal(run: Run, seven: Path) -> None:
    ran = run("read", seven / "0.txt", seven / "1.txt")
    assert ran.code == Exit.DONE
    assert "\x1b" not in ran.out
    assert ran.out.strip()


def test_the_page_is_one_self_contained_document_with_all_articles(run: Run, seven: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert run("read", seven, "--output", out).code == Exit.DONE
    page = out.read_text(encoding="utf-8")
    assert page.lstrip().lower().startswith("<!doctype html>")
    for i in range(7):
        assert f"room {i}" in page


def test_json_is_utf8_whatever_the_terminals_language_is(tmp_path: Path) -> None:
    """A terminal in the C locale cannot write “é”; JSON has to all the same."""
    code = (
        "import onrecord\n"
        "from tests.cli.conftest import PlainReader\n"
        "onrecord.Reader = PlainReader\n"
        "from onrecord.cli import main\n"
        "main()"
    )
    path = tmp_path / "a.txt"
    path.write_text("Séléka’s men left.", encoding="utf-8")
    command = [sys.executable, "-X", "utf8=0", "-c", code, "read", str(path), "--format", "jsonl"]
    root = Path(__file__).resolve().parents[2]
    environment = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(root)}
    done = subprocess.run(command, capture_output=True, env=environment, check=True, cwd=root)
    assert json.loads(done.stdout.decode("utf-8"))["article"]["text"] == "Séléka’s men left."


def test_the_real_reader_reads_through_the_real_command(tmp_path: Path) -> None:
    """One whole run without stand-ins: installed command, model, two processes, three inputs, one of them bad."""
    (tmp_path / "a.txt").write_text("CAIRO – Kenyan President William Ruto met Egyptian officials in Cairo on Friday.")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c.txt").write_text("Police arrested 12 protesters in Nairobi on Saturday.")
    code = "from onrecord.cli import main\nif __name__ == '__main__': main()"
    script = tmp_path / "run.py"
    script.write_text(code)
    inputs = [str(tmp_path / f"{name}.txt") for name in "abc"]
    command = [
        sys.executable,
        str(script),
        "read",
        *inputs,
        "--format",
        "jsonl",
        "--jobs",
        "2",
        "--published",
        "2023-10-14",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == Exit.SOME_SET_ASIDE, done.stderr
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert [event["type"] for event in first["events"]] == ["CONSULT"]
    assert second["rejected"]["error"] == "EmptyInput"
    assert [event["type"] for event in third["events"]] == ["COERCE"]
    assert done.stderr.count("\n") == 1
