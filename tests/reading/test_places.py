"""Places: what is a toponym, which place it means, and where an act happens."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.reading._data import load_yaml
from onrecord.reading._gazetteer import Entry, load_gazetteer
from onrecord.reading._geolocate import contains, distance
from onrecord.reading._places import PlaceDraft, Places, find_places, place_of
from onrecord.records import Precision

Read = Callable[..., tuple[Doc, Places]]


@pytest.fixture(scope="module")
def read(nlp: Language) -> Read:
    def find(text: str, *, dateline: str | None = None) -> tuple[Doc, Places]:
        doc = nlp(text)
        return doc, find_places(doc, load_gazetteer(), dateline=dateline)

    return find


def named(places: Places, name: str) -> PlaceDraft:
    (place,) = (place for place in places.all if place.name == name)
    return place


def test_a_country_is_given_its_centre_and_says_so(read: Read) -> None:
    _, places = read("The minister arrived in Qatar on Sunday.")
    qatar = named(places, "Qatar")
    assert (qatar.country, qatar.key, qatar.latitude, qatar.longitude) == ("QAT", "geonames:289688", 25.5, 51.25)
    assert qatar.precision == Precision.country


def test_all_mentions_of_a_place_are_one_place(read: Read) -> None:
    doc, places = read("Soldiers entered Aleppo on Friday. By Sunday most of Aleppo was quiet.")
    aleppo = named(places, "Aleppo")
    assert [doc[start:end].text for start, end in aleppo.mentions] == ["Aleppo", "Aleppo"]


def test_a_direction_does_not_change_the_place(read: Read) -> None:
    _, places = read("Aircraft struck targets in northern Gaza overnight.")
    assert [(place.country, place.precision) for place in places.all] == [("PSE", Precision.region)]


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("Police arrested him in Paris, Texas, on Friday.", "Paris", "USA", "Texas"),
        ("Police arrested him in Paris on Friday.", "Paris", "FRA", "Île-de-France"),
        ("Soldiers raided homes in Hebron, West Bank, at dawn.", "Hebron", "PSE", "West Bank"),
        ("A fire broke out in Tripoli, Lebanon, on Monday.", "Tripoli", "LBN", None),
        ("Gunmen clashed in Tripoli as rival Libyan militias fought over the airport.", "Tripoli", "LBY", "Tripoli"),
        ("Deputies in Alexandria, La., found the car.", "Alexandria", "USA", "Louisiana"),
    ],
)
def test_what_lies_around_a_name_decides_which_place_it_is(
    read: Read, text: str, name: str, country: str, admin1: str | None
) -> None:
    place = named(read(text)[1], name)
    assert place.country == country
    assert admin1 is None or place.admin1 == admin1


def test_the_dateline_helps_to_decide(read: Read) -> None:
    text = "SANTIAGO - Students marched through the city of Valencia and Concepcion on Monday."
    assert {place.country for place in read(text, dateline="SANTIAGO")[1].all} >= {"CHL"}


def test_a_unit_says_which_kind_of_place_is_meant(read: Read) -> None:
    _, places = read("Rebels shelled villages in Idlib province. A bomb went off in the city of Raqqa.")
    assert [place.precision for place in places.all] == [Precision.admin1, Precision.city]


def test_a_person_named_like_a_place_is_no_place(read: Read) -> None:
    _, places = read("Michael Jordan and Paris Hilton spoke to reporters after the game.")
    assert places.all == ()


def test_nationalities_are_no_places(read: Read) -> None:
    _, places = read("Iranian and Turkish officials exchanged letters.")
    assert places.all == ()


def test_an_unknown_place_is_kept_without_coordinates(read: Read) -> None:
    _, places = read("Two men were shot dead in Qwermabad on Tuesday.")
    assert [(place.name, place.latitude, place.precision) for place in places.all] == [("Qwermabad", None, None)]


def test_a_town_is_shown_as_the_article_spells_it(read: Read) -> None:
    _, places = read("Families fled Khan Younis on foot. Shells fell on Khan Younis again at night.")
    assert places.all[0].name == "Khan Younis"
    assert places.all[0].key == "geonames:281124"


def test_a_camp_is_a_site(read: Read) -> None:
    _, places = read("Troops surrounded the Jenin refugee camp before dawn.")
    assert {place.precision for place in places.all} <= {Precision.site, Precision.city}
    assert all(place.country == "PSE" for place in places.all)


def test_nothing_but_countries_gets_the_precision_of_a_country(read: Read) -> None:
    _, places = read("Fighting spread from Darfur to Khartoum, Sudan, and to the border with Chad.")
    countries = {place.name for place in places.all if place.precision == Precision.country}
    assert countries == {"Sudan", "Chad"}


def test_a_name_with_and_in_it_stays_whole(read: Read) -> None:
    _, places = read("She was born in Bosnia and Herzegovina and lives in Trinidad and Tobago.")
    assert [place.country for place in places.all] == ["BIH", "TTO"]


def test_common_nouns_in_capitals_are_no_places(read: Read) -> None:
    _, places = read("Officers of the Central Police searched the Hospital and the District Court in Dhaka.")
    assert {place.name for place in places.all} <= {"Dhaka"}


def test_a_small_place_in_a_country_the_article_never_mentions_is_not_located(read: Read) -> None:
    text = (
        "Bangladeshi police fought protesters in Dhaka and Chittagong. A bus burned in Kunde, in northern Bangladesh."
    )
    _, places = read(text)
    assert {place.country for place in places.all} <= {"BGD", None}


def test_text_without_places_gives_none(read: Read) -> None:
    assert read("He said no.")[1].all == ()
    assert read("")[1].all == ()


def test_tokens_lead_to_their_place(read: Read) -> None:
    doc, places = read("He flew to New York.")
    assert {places.at(token.i) for token in doc if token.text in ("New", "York")} == {0}
    assert places.at(0) is None


@pytest.mark.parametrize("example", load_yaml("lexicon/locatives.yaml")["examples"])
def test_an_act_is_placed_by_its_own_clause(read: Read, example: str) -> None:
    marked, _, wanted = example.partition(" => ")
    doc, places = read(marked.replace("[", "").replace("]", ""))
    trigger = next(token.i for token in doc if token.idx == marked.index("["))
    place = place_of(doc, trigger, places)
    start, end = places.all[place].mentions[0] if place is not None else (0, 0)
    assert (doc[start:end].text or "-") == wanted


def test_the_region_is_the_one_named_just_before(read: Read) -> None:
    doc, places = read("According to Gaza authorities, 1,900 people were killed in the region.")
    killed = next(token.i for token in doc if token.text == "killed")
    place = place_of(doc, killed, places)
    assert place is not None
    assert places.all[place].country == "PSE"


def test_the_most_exact_place_is_taken(read: Read) -> None:
    doc, places = read("Soldiers killed four men in Kharkiv in Ukraine.")
    place = place_of(doc, next(token.i for token in doc if token.text == "killed"), places)
    assert place is not None
    assert places.all[place].name == "Kharkiv"


def entry(kind: str, country: str, admin1: str | None, latitude: float, longitude: float) -> Entry:
    return Entry(f"{kind}{latitude}", kind, kind, country, admin1, latitude, longitude, 1000, False)  # type: ignore[arg-type]


def test_containment_goes_by_codes_and_distance() -> None:
    country, division = entry("country", "USA", None, 39, -98), entry("admin1", "USA", "TX", 31, -99)
    district, town = entry("admin2", "USA", "TX", 33.7, -95.5), entry("city", "USA", "TX", 33.66, -95.55)
    assert contains(country, town)
    assert contains(division, town)
    assert contains(district, town)
    assert not contains(town, division)
    assert not contains(entry("admin1", "USA", "TN", 36, -86), town)
    assert not contains(entry("country", "FRA", None, 46, 2), town)


def test_distance_crosses_the_date_line() -> None:
    assert distance(entry("city", "FJI", None, -17, 179.5), entry("city", "FJI", None, -17, -179.5)) < 120
