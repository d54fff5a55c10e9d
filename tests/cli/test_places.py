"""`onrecord places build` and `onrecord read --places`."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.cli._exit import Exit
from onrecord.reading import _gazetteer_build as builder
from tests.cli.conftest import Run


def test_without_its_packages_the_build_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "find_spec", lambda name: None)
    ran = run("places", "build", "--output", "never.sqlite")
    assert ran.code == Exit.USAGE
    assert "pip install 'onrecord[training]'" in ran.err


def test_a_build_names_its_file_and_whose_data_it_holds(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "places.sqlite"
    monkeypatch.setattr(builder, "sources", lambda towns, divisions: (tmp_path / "towns", tmp_path / "divisions"))
    monkeypatch.setattr(builder, "build", lambda towns, divisions, out: out.write_bytes(b"x"))
    ran = run("places", "build", "--output", out)
    assert ran.code == Exit.DONE
    assert str(out) in ran.out
    assert "GeoNames" in ran.out


def test_places_that_cannot_be_used_stop_the_program_before_anything_is_read(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("name,latitude,longitude\nSake,far,29\n", encoding="utf-8")
    story = tmp_path / "story.txt"
    story.write_text("Shells fell in Sake.", encoding="utf-8")
    ran = run("read", story, "--places", own)
    assert ran.code == Exit.USAGE
    assert f"{own}, line 2: latitude is 'far'" in ran.err
    assert ran.out == ""
