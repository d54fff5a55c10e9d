"""``onrecord export``: readings made before, in another format; what is left out is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.cli._exit import Exit
from onrecord.cli._export import export_readings
from onrecord.records import BadOption
from tests.evals._records import entity, event, reading

TEXT = "Norland struck a depot in Westia and may strike again."


@pytest.fixture
def readings(tmp_path: Path) -> Path:
    """A file with one reading: an act that happened and one that may."""
    acts = [
        event(TEXT, "struck", "ASSAULT", actors=["n1"]),
        event(TEXT, "strike", "ASSAULT", actors=["n1"], status="hypothetical", number=2),
    ]
    whole = reading(TEXT, entities=[entity(TEXT, "n1", "Norland", "NOR")], events=acts)
    path = tmp_path / "readings.jsonl"
    path.write_text(whole.to_json() + "\n", encoding="utf-8")
    return path


def test_a_file_of_readings_becomes_a_table_and_the_rest_is_counted(
    readings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "events.tsv"
    assert export_readings((str(readings),), ledger=None, name="gdelt", output=out) is Exit.DONE
    assert out.read_text(encoding="utf-8").count("\n") == 1
    said = capsys.readouterr().err
    assert "1 events written" in said
    assert "1 left out: status hypothetical" in said


def test_the_input_is_never_overwritten(readings: Path) -> None:
    before = readings.read_bytes()
    with pytest.raises(BadOption, match="also an input"):
        export_readings((str(readings),), ledger=None, name="csv", output=readings)
    assert readings.read_bytes() == before


@pytest.mark.parametrize(("paths", "ledger"), [((), None), (("a.jsonl",), "b.db")])
def test_files_or_a_ledger_must_be_given_not_both(paths: tuple[str, ...], ledger: str | None) -> None:
    with pytest.raises(BadOption, match="one of both"):
        export_readings(paths, ledger=ledger, name="csv", output=None)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(BadOption, match=r"nowhere\.jsonl: cannot be read"):
        export_readings(("nowhere.jsonl",), ledger=None, name="csv", output=None)
