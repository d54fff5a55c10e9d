"""``onrecord export``: readings made before, in another format; what is left out is said."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from onrecord.cli._exit import Exit
from onrecord.cli._export import export_readings
from onrecord.ledger import open_ledger
from onrecord.records import BadOption, Reading
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


def told(publisher: str, more: str) -> Reading:
    """A paper's story of one raid, in words of its own."""
    text = f"Norland struck a depot in Westia on Monday. {more}"
    act = event(text, "struck", "ASSAULT", actors=["n1"], recipients=["n2"])
    parties = [entity(text, "n1", "Norland", "NOR"), entity(text, "n2", "Westia", "SWE")]
    whole = reading(text, entities=parties, events=[act])
    article = whole.article.model_copy(update={"publisher": publisher, "published": "2024-03-05"})
    return whole.model_copy(update={"article": article})


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    """Two papers tell of one raid."""
    with open_ledger(tmp_path / "news.db") as kept:
        kept.add(told("Delta Post", "Smoke rose over the harbour for hours, people living nearby said."))
        kept.add(told("River Times", "Westia's parliament meets on Thursday."))
    return str(tmp_path / "news.db")


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_ledgers_rows_say_which_reports_tell_of_one_event(ledger: str, tmp_path: Path) -> None:
    out = tmp_path / "events.csv"
    export_readings((), ledger=ledger, name="csv", output=out)
    rows = table(out)
    with open_ledger(ledger, read_only=True) as kept:
        found = {(event.article_id, event.cluster) for event in kept.events()}
    assert {(row["article"], row["cluster"]) for row in rows} == found
    assert [(row["articles"], row["independent_sources"], row["review"]) for row in rows] == [
        ("2", "2", "unreviewed")
    ] * 2


def test_one_row_an_event_is_one_row_of_each_cluster(
    ledger: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "events.csv"
    export_readings((), ledger=ledger, name="csv", output=out, one_per_event=True)
    assert len(table(out)) == 1
    assert "1 left out: another report of an event that is in" in capsys.readouterr().err


def test_what_a_reviewer_rejected_is_not_exported(
    ledger: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_ledger(ledger) as kept:
        wrong = kept.events()[0]
        kept.reject(wrong.id, reviewer="Ada")
    out = tmp_path / "events.csv"
    export_readings((), ledger=ledger, name="csv", output=out)
    assert [row["article"] for row in table(out)] != [wrong.article_id]
    assert len(table(out)) == 1
    assert "1 left out: a reviewer found it wrong" in capsys.readouterr().err


def test_a_data_package_is_an_input_as_well(ledger: str, tmp_path: Path) -> None:
    folder, out = tmp_path / "package", tmp_path / "back.jsonl"
    export_readings((), ledger=ledger, name="datapackage", output=folder)
    export_readings((str(folder),), ledger=None, name="jsonl", output=out)
    back = [Reading.from_json(line) for line in out.read_text(encoding="utf-8").splitlines()]
    with open_ledger(ledger, read_only=True) as kept:
        assert back == [kept.reading(article) for article in kept.article_ids()]


def test_one_row_an_event_needs_a_ledger(readings: Path) -> None:
    with pytest.raises(BadOption, match="--ledger"):
        export_readings((str(readings),), ledger=None, name="csv", output=None, one_per_event=True)


def test_a_folder_cannot_be_written_to_the_screen(readings: Path) -> None:
    with pytest.raises(BadOption, match="--output FOLDER"):
        export_readings((str(readings),), ledger=None, name="parquet", output=None)
