"""The lexicon of actors: what is in it, how it is looked up, what its validator refuses."""

from __future__ import annotations

import copy

import pytest

from onrecord.reading._data import load_yaml
from onrecord.reading._lexicon import BODY_FILES, load_lexicon
from onrecord.reading._lexicon_check import check_bodies, check_countries, check_people, check_roles
from onrecord.records import LexiconError

CODES = frozenset({"FRA", "KEN"})


def first(text: str):
    """The facts of the first name in a text."""
    found = load_lexicon().matches(text.split())
    return found[0].facts if found else ()


@pytest.mark.parametrize(
    ("text", "country", "form"),
    [
        ("Russian troops", "RUS", "adjective"),
        ("the U.S. envoy", "USA", "country"),
        ("US envoy", "USA", "country"),
        ("DPRK missiles", "PRK", "country"),
        ("Cote d'Ivoire voted", "CIV", "country"),
        ("Côte d’Ivoire voted", "CIV", "country"),
        ("Naypyitaw denied it", "MMR", "capital"),
        ("the Kremlin denied it", "RUS", "seat"),
        ("Downing Street denied it", "GBR", "seat"),
        ("Gaza was quiet", "PSE", "region"),
        ("Kosovars voted", "KOS", "people"),
        ("russia denied it", "RUS", "country"),
    ],
)
def test_countries_are_known_by_name_people_capital_and_seat(text: str, country: str, form: str) -> None:
    facts = first(text)
    assert {(fact.country, fact.form) for fact in facts} == {(country, form)}


@pytest.mark.parametrize("text", ["let us go", "a turkey farm", "who said so", "IT IS WHAT WE CAN DO NOW"])
def test_ordinary_words_are_no_names(text: str) -> None:
    assert first(text) == ()


def test_every_un_member_is_listed() -> None:
    assert len(load_lexicon().countries) >= 193 + 3
    assert {"KOS", "PSE", "TWN"} <= set(load_lexicon().countries)


def test_the_longest_name_wins() -> None:
    lexicon = load_lexicon()
    assert [match.facts[0].country for match in lexicon.matches("South Sudan and Sudan".split())] == ["SSD", "SDN"]
    assert first("Guinea-Bissau voted")[0].country == "GNB"
    assert first("the United Nations Security Council met")[0].name == "United Nations Security Council"


@pytest.mark.parametrize(
    ("text", "country", "sector"),
    [
        ("Hamas", "PSE", "REB"),
        ("Hezbollah", "LBN", "REB"),
        ("Islamic State", "IMG", "REB"),
        ("UNICEF", "UNO", "IGO"),
        ("NATO", "IGO", "IGO"),
        ("Knesset", "ISR", "LEG"),
        ("FBI", "USA", "COP"),
        ("Xinhua", "CHN", "JRN"),
        ("Amnesty International", "NGO", "NGO"),
    ],
)
def test_bodies_have_country_and_sector(text: str, country: str, sector: str) -> None:
    fact = first(text)[0]
    assert fact.country == country
    assert sector in fact.sectors


def test_an_office_holds_between_its_dates_only() -> None:
    facts = load_lexicon().named("Dmitry Medvedev")
    assert [fact.role for fact in facts if fact.holds("2010-06-01")] == ["President"]
    assert [fact.role for fact in facts if fact.holds("2015-06-01")] == ["Prime Minister"]
    assert not [fact for fact in facts if fact.holds("2023-01-01")]


def test_roles_are_found_by_their_longest_ending() -> None:
    lexicon = load_lexicon()
    minister, chief = lexicon.role(["deputy", "foreign", "minister"]), lexicon.role(["army", "chief"])
    assert minister is not None
    assert chief is not None
    assert (minister.words, minister.sectors) == ("foreign minister", ("GOV",))
    assert (chief.words, chief.sectors) == ("army chief", ("MIL",))
    assert lexicon.role(["green", "table"]) is None


def test_files_say_where_their_facts_come_from() -> None:
    from importlib.resources import files

    for name in ("countries", "leaders", "roles", *BODY_FILES):
        head = (files("onrecord.reading") / f"lexicon/{name}.yaml").read_text(encoding="utf-8")[:900]
        assert "# Source:" in head or "Source:" in head, name


@pytest.mark.parametrize(
    ("people", "problem"),
    [
        ([{"name": "A B", "country": "XXX", "offices": ["President since 2000"]}], "known code"),
        ([{"name": "A B", "country": "FRA", "offices": []}], "at least one office"),
        ([{"name": "A B", "country": "FRA", "offices": ["President 2000"]}], "must read"),
        ([{"name": "A B", "country": "FRA", "offices": ["President 2010 to 2000"]}], "ends before"),
        ([{"name": "A B", "country": "FRA", "offices": ["President since 2000"]}] * 2, "listed twice"),
        ([{"name": " ", "country": "FRA", "offices": ["President since 2000"]}], "must be text"),
        (
            [{"name": "A B", "country": "FRA", "offices": ["President since 2000"], "sectors": ["KNG"]}],
            "unknown sectors",
        ),
        ([{"name": "A B", "nation": "FRA", "offices": ["President since 2000"]}], "unknown fields"),
    ],
)
def test_a_wrong_leader_is_refused_with_the_reason(people: list, problem: str) -> None:
    with pytest.raises(LexiconError, match=problem) as caught:
        check_people({"people": people}, "mine.yaml", CODES)
    assert "mine.yaml" in str(caught.value)


def test_a_name_given_to_two_countries_is_refused() -> None:
    content = copy.deepcopy(load_yaml("lexicon/countries.yaml"))
    content["countries"]["FRA"]["also"] = ["Gaul", "Kenya"]
    with pytest.raises(LexiconError, match=r"KEN: 'Kenya' is already given to FRA"):
        check_countries(content, "mine.yaml")


def test_a_body_without_sectors_or_listed_twice_is_refused() -> None:
    with pytest.raises(LexiconError, match="at least one sector"):
        check_bodies({"bodies": [{"name": "Club", "country": "FRA"}]}, "mine.yaml", CODES)
    twice = [{"name": "Club", "country": "FRA", "sectors": ["PTY"]}] * 2
    with pytest.raises(LexiconError, match="listed twice"):
        check_bodies({"bodies": twice}, "mine.yaml", CODES)


def test_a_role_listed_twice_or_in_capitals_is_refused() -> None:
    content = copy.deepcopy(load_yaml("lexicon/roles.yaml"))
    content["roles"][0]["words"].append("minister")
    with pytest.raises(LexiconError, match="'minister' is listed twice"):
        check_roles(content, "mine.yaml")
    content["roles"][0]["words"][-1] = "Minister"
    with pytest.raises(LexiconError, match="lower case"):
        check_roles(content, "mine.yaml")


def test_every_packaged_name_can_be_found_again() -> None:
    lexicon = load_lexicon()
    unreachable = [fact.name for fact in lexicon.facts if not lexicon.named(fact.name)]
    assert unreachable == []
