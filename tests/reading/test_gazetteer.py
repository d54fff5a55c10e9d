"""The gazetteer: names found in any spelling, the right kind of entry, a file that says what is wrong with it."""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest

from onrecord.reading._gazetteer import Gazetteer, fold, load_gazetteer
from onrecord.records import LexiconError, Precision

PACKAGED = files("onrecord.reading") / "lexicon" / "places.sqlite"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("St. Gallen", "saint gallen"),
        ("Khān  Yūnis", "khan yunis"),
        ("the Gaza Strip", "gaza strip"),
        ("Deir-ez-Zor", "deir ez zor"),
        ("N’Djamena", "ndjamena"),
        ("Łódź", "lodz"),
        ("U.S.", "us"),
        ("The", "the"),
    ],
)
def test_names_are_compared_without_case_accents_and_punctuation(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_a_country_is_found_with_its_centre_and_key(gazetteer: Gazetteer) -> None:
    (qatar,) = gazetteer.find("Qatar")
    assert (qatar.country, qatar.key, qatar.latitude, qatar.longitude) == ("QAT", "geonames:289688", 25.5, 51.25)
    assert qatar.precision == Precision.country


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Gaza", "PSE", "region"),
        ("Raqqa", "SYR", "city"),
        ("Deir Ezzor", "SYR", "admin1"),
        ("Khan Younis", "PSE", "city"),
        ("Donbas", "UKR", "region"),
        ("Nagorno-Karabakh", "AZE", "region"),
        ("Jenin refugee camp", "PSE", "site"),
        ("Rafah crossing", "PSE", "site"),
        ("Strait of Hormuz", None, "sea"),
        ("Sahel", None, "region"),
        ("Africa", None, "continent"),
        ("UAE", "ARE", "country"),
        ("Kosovo", "KOS", "country"),
        ("Cabo Delgado", "MOZ", "admin1"),
        ("Cook County", "USA", "admin2"),
    ],
)
def test_places_in_the_news_are_known(gazetteer: Gazetteer, name: str, country: str | None, kind: str) -> None:
    assert (country, kind) in {(entry.country, entry.kind) for entry in gazetteer.find(name)}


def test_one_name_can_mean_many_places(gazetteer: Gazetteer) -> None:
    countries = {entry.country for entry in gazetteer.find("Tripoli")}
    assert {"LBY", "LBN"} <= countries


def test_nonsense_is_not_a_place(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Qwzrtplk") == ()
    assert gazetteer.find("") == ()
    assert gazetteer.find("...") == ()


def test_a_former_name_weighs_less_than_the_name_of_another_town(gazetteer: Gazetteer) -> None:
    by_weight = sorted(gazetteer.find("Sloviansk"), key=lambda entry: entry.population)
    assert by_weight[-1].name == "Slovyansk"


def test_nationality_words_lead_to_countries(gazetteer: Gazetteer) -> None:
    assert gazetteer.country_of("Iranian") == "IRN"
    assert gazetteer.country_of("iranians") == "IRN"
    assert gazetteer.country_of("Iran") is None


def test_divisions_have_names(gazetteer: Gazetteer) -> None:
    assert gazetteer.division("USA", "LA") == "Louisiana"
    assert gazetteer.division("USA", None) is None


def test_every_country_of_the_lexicon_has_a_centre(gazetteer: Gazetteer) -> None:
    from onrecord.reading._data import load_yaml

    missing = set(load_yaml("lexicon/countries.yaml")["countries"]) - set(gazetteer.countries)
    assert missing == set()


def test_the_file_is_small_and_names_its_source() -> None:
    path = Path(str(PACKAGED))
    assert path.stat().st_size < 20_000_000
    (attribution,) = sqlite3.connect(path).execute("SELECT value FROM about WHERE name = 'attribution'").fetchone()
    assert "GeoNames" in attribution
    assert "CC BY 4.0" in attribution


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="onrecord places build"):
        load_gazetteer(tmp_path / "none.sqlite")


def test_a_file_that_is_no_gazetteer_is_named(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.sqlite"
    wrong.write_text("not a database at all, though long enough to be read as one " * 40, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"wrong\.sqlite"):
        load_gazetteer(wrong)


def test_another_format_is_refused(tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite"
    with sqlite3.connect(old) as connection:
        connection.execute("CREATE TABLE about (name TEXT, value TEXT)")
        connection.execute("INSERT INTO about VALUES ('format', 'onrecord-places/0')")
    with pytest.raises(LexiconError, match="onrecord-places/0"):
        load_gazetteer(old)
