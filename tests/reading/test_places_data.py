"""The hand-written place lists hold together: known kinds and countries, coordinates on the globe, nothing twice."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from onrecord.reading._data import load_yaml
from onrecord.reading._gazetteer import KINDS, fold, load_gazetteer

EXTRA = load_yaml("lexicon/places_extra.yaml")
CENTRES = load_yaml("lexicon/country_centres.yaml")
LOCATIVES = load_yaml("lexicon/locatives.yaml")


@pytest.mark.parametrize("place", EXTRA["places"], ids=lambda place: place["name"])
def test_a_place_has_a_known_kind_country_and_point(place: dict[str, Any]) -> None:
    assert set(place) <= {"name", "also", "kind", "country", "admin1", "at", "weight", "geonames"}
    assert place["kind"] in KINDS.values()
    assert place.get("country") is None or place["country"] in CENTRES["centres"]
    latitude, longitude = place["at"]
    assert -90 <= latitude <= 90
    assert -180 <= longitude <= 180
    assert all(isinstance(name, str) for name in (place["name"], *place.get("also", ())))


def test_no_place_is_listed_twice_under_one_name() -> None:
    names = Counter(
        (name, place.get("country"), place["kind"])
        for place in EXTRA["places"]
        for name in {fold(each) for each in (place["name"], *place.get("also", ()))}
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_every_place_of_ours_is_in_the_packaged_gazetteer() -> None:
    gazetteer = load_gazetteer()
    missing = [place["name"] for place in EXTRA["places"] if not gazetteer.find(place["name"])]
    assert missing == []


def test_spellings_and_abbreviations_name_divisions_that_exist() -> None:
    codes = set(load_gazetteer().divisions)
    iso3 = {"SY": "SYR", "US": "USA", "RU": "RUS", "IQ": "IRQ", "UA": "UKR", "IN": "IND", "CA": "CAN", "AU": "AUS"}
    named = [*EXTRA["admin1"], *EXTRA["abbreviations"], *CENTRES["divisions"]]
    checked = [code for code in named if code.split(".")[0] in iso3]
    assert [code for code in checked if f"{iso3[code[:2]]}.{code[3:]}" not in codes] == []
    assert all(
        isinstance(name, str)
        for group in ("admin1", "abbreviations")
        for names in EXTRA[group].values()
        for name in names
    )


@pytest.mark.parametrize(
    "name", ["in", "on", "of", "to", "from", "object", "hosts", "travel", "offices", "bodies", "directions"]
)
def test_word_lists_hold_words_once_and_in_lower_case(name: str) -> None:
    words = LOCATIVES[name]
    assert all(isinstance(word, str) and word == word.lower() for word in words)
    assert [word for word, count in Counter(words).items() if count > 1] == []
