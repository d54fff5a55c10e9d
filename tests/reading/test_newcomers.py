"""Speakers that no lexicon knows, and who "it said" goes on from."""

from __future__ import annotations

import pytest
from spacy.language import Language

from onrecord.reading._parties import Party
from onrecord.reading._statements import Statements, find_statements
from tests.reading.parties import known_parties


def heard(nlp: Language, text: str) -> Statements:
    doc = nlp(text)
    return find_statements(doc, known_parties(doc))


def speakers(nlp: Language, text: str) -> list[Party | None]:
    found = heard(nlp, text)
    assert found.parties is not None
    return [None if item.speaker is None else found.parties.all[item.speaker] for item in found.all]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The precinct said the riot was over.", "precinct", "organisation"),
        ("The riot is over, a solar-powered observatory said.", "solar-powered observatory", "organisation"),
        ("The filing says the firm bribed three judges.", "filing", "organisation"),
        ("“The well is dry,” the beekeepers said.", "beekeepers", "group"),
    ],
)
def test_a_noun_that_says_something_is_somebody(nlp: Language, text: str, name: str, kind: str) -> None:
    (party,) = speakers(nlp, text)
    assert party is not None
    assert (party.name, party.kind) == (name, kind)
    assert party.because.startswith("speaker:")
    assert [mention.form for mention in party.mentions] == ["description"]


@pytest.mark.parametrize(
    "text",
    [
        "Someone said the bridge was closed.",
        "Others say the bridge was closed.",
        "Nobody said the bridge was closed.",
        "It was said that the bridge was closed.",
        "A storm that claimed nine lives has passed.",
    ],
)
def test_words_that_name_nobody_make_no_speaker(nlp: Language, text: str) -> None:
    assert all(party is None for party in speakers(nlp, text))


def test_the_same_noun_with_the_is_the_same_speaker_and_with_a_another(nlp: Language) -> None:
    text = "The precinct said the riot was over. The mayor left. The precinct said nobody was hurt."
    found = [item.speaker for item in heard(nlp, text).all]
    assert len(found) == 2
    assert found[0] == found[1] is not None
    text = "An observatory said it had lost money. An observatory said it had made money."
    first, second = (item.speaker for item in heard(nlp, text).all)
    assert first is not None and second is not None and first != second


def test_it_said_goes_on_from_the_last_body_that_spoke(nlp: Language) -> None:
    text = "The precinct said the riot was over. It added that nine people were arrested."
    assert [party and party.name for party in speakers(nlp, text)] == ["precinct", "precinct"]
    far = "The precinct said the riot was over. Rain fell. Snow fell. Hail fell. Fog came. It said nine were hurt."
    assert speakers(nlp, far)[-1] is None


def test_the_statement_said_goes_on_from_the_last_body_that_spoke(nlp: Language) -> None:
    text = "The precinct condemned the riot. Nine men were hurt, the statement said."
    assert [party and party.name for party in speakers(nlp, text)] == ["precinct", "precinct"]


def test_every_party_keeps_its_number_and_its_mentions_are_found(nlp: Language) -> None:
    text = "Miriam Okafor left. The precinct said the riot was over. It said nine men were hurt."
    doc = nlp(text)
    before = known_parties(doc)
    found = find_statements(doc, before)
    assert found.parties is not None
    assert [party.name for party in found.parties.all[: len(before.all)]] == [party.name for party in before.all]
    precinct = next(token.i for token in doc if token.text == "precinct")
    it = next(token.i for token in doc if token.text == "It")
    assert found.parties.at(precinct) == found.parties.at(it) == found.all[0].speaker
    assert found.parties.all[found.all[0].speaker or 0].mentions[-1].form == "pronoun"


def test_wanting_no_name_is_no_statement(nlp: Language) -> None:
    assert [item.because for item in heard(nlp, "A guard who wished to remain anonymous closed the gate.").all] == []


def test_a_clause_about_when_it_was_said_is_not_what_was_said(nlp: Language) -> None:
    assert heard(nlp, "While touring the farm, the mayor briefed about the well.").all == ()


def test_a_lead_like_police_and_a_colon_names_a_speaker(nlp: Language) -> None:
    (party,) = speakers(nlp, "Police: Nine rebels were killed in the hills")
    assert party is not None and party.name == "Police"


def test_what_one_side_claims_and_the_other_denies_has_both_in_its_chain(nlp: Language) -> None:
    text = "Paul Mensah denied a claim by Peter Kamau that soldiers looted the shop."
    doc = nlp(text)
    found = find_statements(doc, known_parties(doc))
    assert found.parties is not None
    looted = next(token.i for token in doc if token.text == "looted")
    chain = [found.all[number] for number in found.around(looted)]
    assert [item.stance for item in chain] == ["asserts", "denies"]


def test_a_quotation_with_a_cue_at_both_ends_is_one_statement(nlp: Language) -> None:
    text = "The mayor said: “We will stay.\n\n“We will not wait for the army,” the mayor said.\n\nRain fell."
    assert len(heard(nlp, text).all) == 1
