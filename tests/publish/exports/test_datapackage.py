"""The data package: valid to Frictionless, its keys hold, and it comes back as it was."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import frictionless
import pytest

import onrecord
from onrecord.publish.exports import export, read_package
from onrecord.publish.exports._datapackage import LINKS, TABLES
from onrecord.records import Article, BadRecord, Event, OwnType, Reading, Span, schema


def written(readings: list[Reading], folder: Path) -> Path:
    export(readings, "datapackage", folder)
    return folder


def second(story: Reading) -> Reading:
    """The same story with another title, a long text and an act of a type of one's own."""
    text = story.article.text + " It rained." * 20_000 + "\r\nGuns, “bought”."
    act = Event(
        id="e6", type="ARMS-TRANSFER", status="happened", span=Span.of(text, 0, 6), sentence=Span.of(text, 0, 40),
        because="mine",
    )  # fmt: skip
    return story.model_copy(
        update={
            "article": Article.of(text, title='A "second"\nline', authors=("A. B.", "C, D")),
            "events": (*story.events, act),
            "types": (OwnType(name="ARMS-TRANSFER", meaning="Arms are sold.", quad="2"),),
        }
    )


def test_readings_come_back_unchanged(story: Reading, tmp_path: Path) -> None:
    readings = [story, second(story), Reading(article=Article.of("Nothing happened."))]
    assert list(read_package(written(readings, tmp_path))) == readings


def test_what_the_program_itself_reads_comes_back_unchanged(tmp_path: Path) -> None:
    text = (Path(__file__).resolve().parents[3] / "examples" / "convoy.txt").read_text(encoding="utf-8")
    reading = onrecord.read(text, published="2024-03-14")
    assert len(reading.events) > 5
    assert list(read_package(written([reading], tmp_path))) == [reading]


def test_frictionless_finds_it_valid(story: Reading, tmp_path: Path) -> None:
    written([story, second(story)], tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    assert report.stats["tasks"] == len(TABLES) + 2


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("parties", "entity", "nobody"), ("events", "status", "perhaps"), ("figures", "event", "none-e9")],
)
def test_frictionless_would_find_a_broken_reference_or_word(
    story: Reading, tmp_path: Path, table: str, column: str, value: str
) -> None:
    path = written([story], tmp_path) / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0][column] = value
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_every_field_of_every_record_has_its_column(story: Reading, tmp_path: Path) -> None:
    package = json.loads((written([story], tmp_path) / "datapackage.json").read_text(encoding="utf-8"))
    columns = {one["name"]: [field["name"] for field in one["schema"]["fields"]] for one in package["resources"]}
    for table, model in TABLES.items():
        for name in set(schema()["$defs"][model]["properties"]) - set(LINKS):
            assert name in columns[table] or f"{name}_start" in columns[table], (table, name)


def test_a_second_reading_of_an_article_is_left_out_and_counted(story: Reading, tmp_path: Path) -> None:
    done = export([story, story], "datapackage", tmp_path)
    assert done.written == 5
    assert done.left_out == {"a second reading of an article that is in": 5}


def test_what_is_no_package_of_readings_is_refused_with_a_remedy(story: Reading, tmp_path: Path) -> None:
    (written([story], tmp_path) / "events.csv").write_text("id,type\n1,2\n", encoding="utf-8")
    with pytest.raises(BadRecord, match="--format datapackage"):
        list(read_package(tmp_path))
