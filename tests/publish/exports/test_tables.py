"""The table formats: their columns, what stands in them, what is left out and said so."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from onrecord.publish.exports import FORMATS, export
from onrecord.publish.exports._datapackage import description
from onrecord.publish.exports._facts import codes
from onrecord.publish.exports._parquet import FILES
from onrecord.records import Reading

PAGE = Path(__file__).resolve().parents[3] / "docs" / "exports.md"
TABLES = [found for found in FORMATS.values() if found.table]
WIDTHS = {"acled": 31, "gdelt": 61, "phoenix": 26, "icews": 20, "polecat": 40, "hxl": 19}


def rows(story: Reading, name: str) -> list[dict[str, str]]:
    """The rows of an export as mappings from column to cell."""
    stream = io.StringIO()
    export([story], name, stream)
    table = FORMATS[name].table
    assert table is not None
    dialect = {"delimiter": "\t", "quoting": csv.QUOTE_NONE} if table.separator == "\t" else {}
    found = list(csv.reader(io.StringIO(stream.getvalue()), **dialect))
    names = [column.name for column in table.columns]
    if table.header:
        assert found.pop(0) == names
    return [dict(zip(names, row, strict=True)) for row in found]


@pytest.mark.parametrize(("name", "width"), WIDTHS.items())
def test_a_format_has_as_many_columns_as_its_field_expects(name: str, width: int) -> None:
    table = FORMATS[name].table
    assert table is not None
    assert len(table.columns) == len({column.name for column in table.columns}) == width


@pytest.mark.parametrize("found", TABLES, ids=lambda f: f.name)
def test_every_column_is_documented_in_order(found) -> None:
    section = PAGE.read_text(encoding="utf-8").split(f"## `{found.name}`")[1].split("\n## ")[0]
    documented = re.findall(r"^\| `([^`]+)` \| (.*) \|$", section, flags=re.MULTILINE)
    assert documented == [(column.name, column.says) for column in found.table.columns]


@pytest.mark.parametrize("name", FILES)
def test_every_column_of_a_parquet_file_is_documented_in_order(name: str) -> None:
    section = PAGE.read_text(encoding="utf-8").split(f"### `{name}.parquet`")[1].split("\n##")[0]
    documented = re.findall(r"^\| `([^`]+)` \| (\w+) \| (.*) \|$", section, flags=re.MULTILINE)
    assert documented == [(column.name, column.type, column.says) for column in FILES[name]]


def test_every_format_and_table_of_a_package_is_documented() -> None:
    page = PAGE.read_text(encoding="utf-8")
    formats = re.findall(r"^\| `(\w+)` \| (`\.\w+`|folder) \| (.*) \|$", page, flags=re.MULTILINE)
    assert formats == [(f.name, "folder" if f.folder else f"`{f.ending}`", f.says) for f in FORMATS.values()]
    package = page.split("## `datapackage`")[1].split("\n## ")[0]
    tables = re.findall(r"^\| `(\w+)` \|", package, flags=re.MULTILINE)
    assert tables == [one["name"] for one in description()["resources"]]


@pytest.mark.parametrize("found", TABLES, ids=lambda f: f.name)
def test_a_column_is_empty_for_good_only_when_it_says_why(found) -> None:
    for column in found.table.columns:
        assert (column.value is None) == column.says.startswith("empty: "), column.name


@pytest.mark.parametrize("name", ["acled", "gdelt", "phoenix", "icews", "polecat"])
def test_what_is_not_real_never_stands_in_a_format_without_status(story: Reading, name: str) -> None:
    found = rows(story, name)
    ids = {next(iter(row.values()))[-2:] for row in found}
    assert ids == ({"e1", "e2"} if name == "acled" else {"e1", "e2", "e5"})
    assert export([story], name, io.StringIO()).left_out.total() == 5 - len(ids)


def test_acled_says_what_sort_of_violence_against_whom(story: Reading) -> None:
    shelling, killing = rows(story, "acled")
    assert shelling["event_type"] == "Explosions/Remote violence"
    assert shelling["sub_event_type"] == "Shelling/artillery/missile attack"
    assert (shelling["inter1"], shelling["inter2"]) == ("Rebel Group", "Civilians")
    assert shelling["civilian_targeting"] == "Civilian targeting"
    assert (shelling["iso"], shelling["event_date"], shelling["time_precision"]) == ("729", "2024-03-03", "1")
    assert (killing["event_type"], killing["inter1"]) == ("Battles", "State Forces")
    assert (killing["event_date"], killing["time_precision"]) == ("2024-03-05", "3")
    assert "the date is that of publication" in killing["notes"]


def test_acled_has_one_number_only_when_the_sources_agree(story: Reading) -> None:
    shelling, killing = rows(story, "acled")
    assert shelling["fatalities"] == "12"
    assert killing["fatalities"] == ""
    assert "2 killed" in killing["notes"]
    assert "at least 5 killed" in killing["notes"]


def test_gdelt_codes_the_act_the_parties_and_the_place(story: Reading) -> None:
    shelling = rows(story, "gdelt")[0]
    assert (shelling["EventCode"], shelling["EventRootCode"], shelling["QuadClass"]) == ("194", "19", "4")
    assert (shelling["Actor1Code"], shelling["Actor2Code"]) == ("SDNREB", "SDNCVL")
    assert (shelling["ActionGeo_CountryCode"], shelling["ActionGeo_Type"]) == ("SU", "4")
    assert (shelling["SQLDATE"], shelling["DATEADDED"]) == ("20240303", "20240305")
    assert shelling["AvgTone"] == ""


def test_tabs_and_line_ends_of_the_text_do_not_break_a_tab_separated_row(story: Reading) -> None:
    assert rows(story, "polecat")[1]["Placename"] == "Sudan"


def test_our_own_table_keeps_status_and_sources(story: Reading) -> None:
    found = rows(story, "csv")
    assert [row["status"] for row in found] == ["happened", "happened", "planned", "threatened", "happened"]
    assert found[0]["according_to"] == "governor (SDN)"
    assert found[0]["figures"] == "12 killed (according to governor (SDN))"
    assert found[1]["sentence"] == "The army killed two of them in Zagreya province"


def test_hxl_has_its_row_of_hashtags_under_the_header(story: Reading) -> None:
    tags, first = rows(story, "hxl")[:2]
    assert all(tag.startswith("#") for tag in tags.values())
    assert (first["Killed"], first["Country code"]) == ("12", "SDN")


def test_countries_are_known_by_the_codes_of_other_lists() -> None:
    assert (codes("UKR").alpha2, codes("UKR").numeric, codes("UKR").fips) == ("UA", "804", "UP")
    assert codes("UNO") == codes(None) == codes("")
