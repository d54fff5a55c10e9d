"""`onrecord lexicon` and `--lexicon`: what is printed, and the exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.cli._exit import Exit
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
ARMS = ROOT / "examples/lexicon/arms_transfers.yaml"
MADE_UP = ROOT / "tests/reading/dictionaries/made_up"


def test_a_sound_lexicon_passes(run: Run) -> None:
    ran = run("lexicon", "check", ARMS, "--no-examples")
    assert (ran.code, ran.err) == (Exit.DONE, "")
    assert ran.out == "1 files, 2 entries: no problems\n"


def test_problems_are_lines_on_standard_error(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "mine.yaml"
    broken.write_text("source: x\nbodies: [{name: A Club, country: QQQ, sectors: [PTY]}]\n", encoding="utf-8")
    ran = run("lexicon", "check", broken, "--no-examples")
    assert ran.code == Exit.NOTHING_READ
    assert ran.err.startswith(f"{broken}:2: A Club: country 'QQQ' is not a known code")
    assert run("lexicon", "check", broken, ARMS, "--no-examples").code == Exit.SOME_SET_ASIDE


def test_without_a_path_the_packaged_ones_are_checked(run: Run) -> None:
    ran = run("lexicon", "check", "--no-examples")
    assert (ran.code, ran.err) == (Exit.DONE, "")
    assert int(ran.out.split()[0]) > 20


def test_a_path_that_is_not_there_is_a_wrong_argument(run: Run, tmp_path: Path) -> None:
    ran = run("lexicon", "check", tmp_path / "none.yaml")
    assert ran.code == Exit.USAGE
    assert "does not exist" in ran.err


def test_an_import_counts_what_is_lost_and_says_where_it_is_listed(run: Run, tmp_path: Path) -> None:
    ran = run("lexicon", "import", MADE_UP / "lake.agents.txt", "--output", tmp_path / "out")
    assert (ran.code, ran.err) == (Exit.DONE, "")
    assert "lake.agents.txt (agents): 7 role nouns" in ran.out
    assert "  left out 1: a noun set that is not defined" in ran.out
    assert "3 entries left out and 0 changed" in ran.out
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["lake_agents.yaml", "not-carried-over.tsv"]


def test_an_import_goes_on_past_a_file_that_is_no_dictionary(run: Run, tmp_path: Path) -> None:
    ran = run("lexicon", "import", MADE_UP, "--output", tmp_path / "out")
    assert ran.code == Exit.SOME_SET_ASIDE
    assert "set aside notes.txt" in ran.err
    assert run("lexicon", "import", MADE_UP / "notes.txt", "--output", tmp_path / "b").code == Exit.NOTHING_READ


def test_an_import_never_overwrites(run: Run, tmp_path: Path) -> None:
    run("lexicon", "import", MADE_UP / "lake.agents.txt", "--output", tmp_path)
    ran = run("lexicon", "import", MADE_UP / "lake.agents.txt", "--output", tmp_path)
    assert ran.code == Exit.USAGE
    assert "exists already" in ran.err


@pytest.mark.parametrize("command", [["read", "-"], ["explain", "consult/meet"]])
def test_a_broken_lexicon_is_refused_before_anything_is_read(run: Run, tmp_path: Path, command: list[str]) -> None:
    broken = tmp_path / "mine.yaml"
    broken.write_text("source: x\ntype: CONSLUT\nframes: []\n", encoding="utf-8")
    ran = run(*command, "--lexicon", broken, stdin=b"Kenya met Uganda.")
    assert ran.code == Exit.USAGE
    assert f"{broken}:2: CONSLUT is no type of PLOVER's. Did you mean CONSULT?" in ran.err
    assert "onrecord lexicon check" in ran.err
    assert ran.out == ""


def test_own_rules_are_explained(run: Run) -> None:
    assert run("explain", "arms-transfer/sell").code == Exit.USAGE
    ran = run("explain", "arms-transfer/sell", "--lexicon", ARMS)
    assert ran.code == Exit.DONE
    assert "coded ARMS-TRANSFER, mode sale" in ran.out
