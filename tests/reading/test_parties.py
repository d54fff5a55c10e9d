"""Who the parties of a text are, what country and sectors they get, and which words point at them."""

from __future__ import annotations

from collections import Counter

import pytest
from spacy.language import Language
from spacy.tokens import Doc

import onrecord
from onrecord.language import coref
from onrecord.reading._lexicon import load_lexicon
from onrecord.reading._parties import Parties, Party, find_parties


def read(nlp: Language, text: str, *, published: str | None = None, home: str | None = None) -> tuple[Doc, Parties]:
    doc = nlp(text)
    return doc, find_parties(
        doc, coref.resolve(doc), load_lexicon(), published=published, hints=Counter({home: 2} if home else {})
    )


def named(parties: Parties, name: str) -> Party:
    found = [party for party in parties.all if party.name == name]
    assert len(found) == 1, [party.name for party in parties.all]
    return found[0]


def at(doc: Doc, parties: Parties, word: str, *, nth: int = 0) -> Party | None:
    """The party of the nth token spelled ``word``."""
    token = [token for token in doc if token.text == word][nth]
    index = parties.at(token.i)
    return None if index is None else parties.all[index]


def test_an_office_before_a_name_gives_country_sectors_and_role(nlp: Language) -> None:
    doc, parties = read(nlp, "Polish Deputy Foreign Minister Jan Nowacki met Hamas officials in Doha on Tuesday.")
    party = named(parties, "Jan Nowacki")
    assert (party.kind, party.country, party.sectors, party.role) == (
        "person",
        "POL",
        ("GOV",),
        "Deputy Foreign Minister",
    )
    assert party.because == "title:deputy foreign minister + adjective:polish"
    assert at(doc, parties, "Minister") == party


def test_country_and_adjective_are_one_party(nlp: Language) -> None:
    doc, parties = read(nlp, "Israeli airstrikes hit the town. Israel said it had no choice.")
    party = named(parties, "Israel")
    assert party.key == "country:ISR"
    assert at(doc, parties, "Israeli") == party
    assert at(doc, parties, "it") == party


def test_a_possessive_points_at_its_owner(nlp: Language) -> None:
    doc, parties = read(nlp, "Kenya's raid on the camp angered Somalia.")
    owner = at(doc, parties, "Kenya")
    assert owner is not None
    assert owner.country == "KEN"


def test_a_capital_acts_for_its_government_but_not_where_it_is_only_a_place(nlp: Language) -> None:
    doc, parties = read(nlp, "Moscow rejected the plan. The envoy spoke in Moscow.")
    party = at(doc, parties, "Moscow")
    assert party is not None
    assert party.country == "RUS"
    assert parties.at([token.i for token in doc if token.text == "Moscow"][1]) is None


@pytest.mark.parametrize(
    ("text", "name", "country", "sectors"),
    [
        ("Iranian protesters blocked a road.", "Iranian protesters", "IRN", ("CVL",)),
        ("The Indian army closed the pass.", "Indian army", "IND", ("MIL",)),
        ("The Gaza authorities published a list.", "Gaza authorities", "PSE", ("GOV",)),
        ("Two gunmen opened fire.", "gunmen", None, ("UAF",)),
        ("Nigerian police officers arrested him.", "Nigerian police officers", "NGA", ("COP",)),
        ("Troops loyal to Bashar al-Assad withdrew.", "Troops", "SYR", ("MIL",)),
        ("The opposition leader of Uganda spoke.", "opposition leader of Uganda", "UGA", ("OPP",)),
        ("Ethnic Albanian guerrillas left the town.", "Ethnic Albanian guerrillas", None, ("REB",)),
        ("Police arrested a 34-year-old.", "34-year-old", None, ("CVL",)),
        ("Soldiers shot a 12 year old boy.", "boy", None, ("CVL",)),
        ("The lawyer said his client was freed.", "client", None, ("CVL",)),
    ],
)
def test_unnamed_groups_are_composed_from_their_words(
    nlp: Language, text: str, name: str, country: str | None, sectors: tuple[str, ...]
) -> None:
    _, parties = read(nlp, text)
    party = named(parties, name)
    assert (party.country, party.sectors) == (country, sectors)


@pytest.mark.parametrize("text", ["U.S.-backed rebels took the town.", "Pro-Russian rebels took the town."])
def test_a_backer_is_not_the_nationality(nlp: Language, text: str) -> None:
    doc, parties = read(nlp, text)
    party = at(doc, parties, "rebels")
    assert party is not None
    assert party.country is None
    assert party.sectors == ("REB",)


def test_the_republic_after_an_office_gives_its_country(nlp: Language) -> None:
    doc, parties = read(nlp, "The Minister of Foreign Affairs of the Portuguese Republic left Peru on Monday.")
    party = at(doc, parties, "Minister")
    assert party is not None
    assert party.country == "PRT"


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        ("The governor of Borno State ordered a curfew.", "governor", "NGA"),
        ("The Kaduna State government banned the march.", "government", "NGA"),
    ],
)
def test_an_office_below_the_state_has_the_country_of_its_place(text: str, word: str, country: str) -> None:
    reading = onrecord.read(text)
    (party,) = [one for one in reading.entities if word in one.name]
    assert party.country == country


def test_a_thing_with_a_proper_name_and_a_conference_in_capitals_are_nobody(nlp: Language) -> None:
    doc, parties = read(nlp, "The union rejected the Integrated Payroll System before COP 30 began.")
    assert at(doc, parties, "System") is None
    assert at(doc, parties, "COP") is None


def test_officials_of_an_armed_group_are_the_group(nlp: Language) -> None:
    doc, parties = read(nlp, "Hamas officials refused. The militant group said it would wait.")
    party = named(parties, "Hamas")
    assert (party.country, party.sectors, party.key) == ("PSE", ("REB",), "body:hamas")
    assert at(doc, parties, "officials") == party
    assert at(doc, parties, "group") == party
    assert at(doc, parties, "it") == party


def test_two_groups_of_equal_standing_stay_unresolved(nlp: Language) -> None:
    doc, parties = read(nlp, "Hamas and Hezbollah signed a paper. The militant group said nothing.")
    group = at(doc, parties, "group")
    assert group is not None
    assert group.key is None


def test_short_names_titles_and_pronouns_go_to_the_full_name(nlp: Language) -> None:
    text = "President Marta Kowal of Latvia visited Oslo. Kowal met the king. She thanked him."
    doc, parties = read(nlp, text)
    party = named(parties, "Marta Kowal")
    assert party.country == "LVA"
    assert at(doc, parties, "Kowal", nth=1) == party
    assert at(doc, parties, "She") == party
    assert all(mention.form != "pronoun" for other in parties.all for mention in other.mentions[:1])


def test_an_acronym_is_its_body(nlp: Language) -> None:
    doc, parties = read(nlp, "The International Criminal Court (ICC) set a date. The ICC said so on Friday.")
    party = named(parties, "International Criminal Court")
    assert at(doc, parties, "ICC", nth=1) == party


def test_a_titled_body_takes_country_and_sector_from_its_description(nlp: Language) -> None:
    _, parties = read(nlp, "The Belarusian state news agency Zvezda reported the arrest.")
    party = named(parties, "Zvezda")
    assert (party.country, party.sectors) == ("BLR", ("JRN",))


def test_a_leader_out_of_office_is_no_longer_the_government(nlp: Language) -> None:
    _, during = read(nlp, "Angela Merkel spoke in Berlin.", published="2015-03-01")
    _, after = read(nlp, "Angela Merkel spoke in Berlin.", published="2024-03-01")
    assert (named(during, "Angela Merkel").sectors, named(during, "Angela Merkel").role) == (("GOV",), "Chancellor")
    assert (named(after, "Angela Merkel").sectors, named(after, "Angela Merkel").country) == (("ELI",), "DEU")


def test_a_body_named_without_its_country_belongs_to_the_country_the_article_is_about(nlp: Language) -> None:
    _, parties = read(nlp, "The parliament passed the law.", home="GHA")
    party = named(parties, "parliament")
    assert party.country == "GHA"
    assert party.because.endswith("the article's country:GHA")


def test_foreign_groups_do_not_get_the_articles_country(nlp: Language) -> None:
    _, parties = read(nlp, "Western governments and other world leaders protested.", home="GHA")
    assert all(party.country is None for party in parties.all)


def test_counting_words_and_relative_pronouns_point_at_the_people(nlp: Language) -> None:
    doc, parties = read(nlp, "Dozens of activists who marched on Sunday were arrested.")
    party = named(parties, "activists")
    assert at(doc, parties, "Dozens") == party
    assert at(doc, parties, "who") == party


def test_names_are_clean_and_mentions_are_what_the_article_says(nlp: Language) -> None:
    text = "The former Finance Minister, Mr. Paul Otieno, met the country's lawmakers in Kenya."
    doc, parties = read(nlp, text)
    for party in parties.all:
        assert not party.name.lower().startswith(("the ", "mr", "a "))
        for mention in party.mentions:
            assert 0 <= mention.start < mention.end <= len(doc)
            assert not doc[mention.start].lower_.startswith("the ")


def test_an_empty_text_has_no_parties(nlp: Language) -> None:
    _, parties = read(nlp, "")
    assert parties.all == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [("Putin rejected the offer.", "Vladimir Putin"), ("The UN rejected the offer.", "United Nations")],
)
def test_a_known_name_given_only_in_short_is_shown_in_full(nlp: Language, text: str, name: str) -> None:
    _, parties = read(nlp, text)
    assert named(parties, name).key is not None


def test_reading_twice_gives_the_same_parties(nlp: Language) -> None:
    text = "Kenyan police and the army fought gunmen. They fled. The UN said its staff were safe."
    assert read(nlp, text)[1] == read(nlp, text)[1]
