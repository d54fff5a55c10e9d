"""Who goes on speaking when the text says "he", "the minister" or "the letter"."""

from __future__ import annotations

import pytest
from spacy.language import Language

from onrecord.reading._statements import Statements, find_statements
from tests.reading.parties import known_parties


def heard(nlp: Language, text: str) -> Statements:
    doc = nlp(text)
    return find_statements(doc, known_parties(doc))


def speakers(nlp: Language, text: str) -> list[str | None]:
    """The name of each statement's speaker, in text order."""
    found = heard(nlp, text)
    assert found.parties is not None
    return [None if item.speaker is None else found.parties.all[item.speaker].name for item in found.all]


@pytest.mark.parametrize(
    "text",
    [
        "Miriam Okafor said the road was closed. The army shelled the bridge at noon, she said.",
        "Miriam Okafor said the road was closed.\n\nHer deputy Lucy Mensah is well prepared, she added.",
        "“The road is closed,” Miriam Okafor said. She said Lucy Mensah had left the town.",
    ],
)
def test_the_one_who_spoke_last_goes_on_speaking(nlp: Language, text: str) -> None:
    assert speakers(nlp, text) == ["Miriam Okafor", "Miriam Okafor"]


def test_somebody_who_has_come_in_since_takes_over(nlp: Language) -> None:
    text = "Paul Mensah said the road was closed. Peter Kamau was arrested on Monday. He said police had beaten him."
    assert speakers(nlp, text) == ["Paul Mensah", "Peter Kamau"]


def test_a_pronoun_that_does_not_fit_is_left_alone(nlp: Language) -> None:
    text = "Mrs Miriam Okafor said the road was closed. He said nothing had changed."
    assert speakers(nlp, text)[1] != "Miriam Okafor"


@pytest.mark.parametrize(
    "text",
    [
        "Finance Minister Paul Mensah arrived on Monday. The minister said the talks had failed.",
        "Deputy President Paul Mensah arrived on Monday. The DP said the talks had failed.",
        "Paul Mensah, OC of the police station, arrived on Monday. The OC said the talks had failed.",
    ],
)
def test_a_title_means_the_one_who_was_introduced_with_it(nlp: Language, text: str) -> None:
    assert speakers(nlp, text) == ["Paul Mensah"]


def test_a_document_speaks_for_those_who_issued_it(nlp: Language) -> None:
    text = "The Okafor Foundation issued a statement on Monday. The talks had failed, the statement said."
    assert speakers(nlp, text)[-1] == "Okafor Foundation"


def test_a_name_beside_a_description_is_the_speaker(nlp: Language) -> None:
    text = "One of the lawmakers, Paul Mensah, said the talks had failed."
    assert speakers(nlp, text) == ["Paul Mensah"]


def test_a_mention_that_changes_hands_is_found_under_its_new_party(nlp: Language) -> None:
    text = "Miriam Okafor said the road was closed. Lucy Mensah is well prepared, she said."
    doc = nlp(text)
    before = known_parties(doc)
    found = find_statements(doc, before)
    assert found.parties is not None
    she = next(token.i for token in doc if token.text == "she")
    party = found.parties.at(she)
    assert party is not None and found.parties.all[party].name == "Miriam Okafor"
    assert she in [mention.head for mention in found.parties.all[party].mentions]
    others = [item for number, item in enumerate(found.parties.all) if number != party]
    assert all(she != mention.head for item in others for mention in item.mentions)
    assert [item.name for item in found.parties.all] == [item.name for item in before.all]


def test_a_quotation_after_a_reported_sentence_is_part_of_the_same_statement(nlp: Language) -> None:
    doc = nlp("The road will stay closed, the mayor said. “We need a week to clear it.”")
    (only,) = find_statements(doc).all
    assert [doc[start:end].text for start, end in only.content] == [
        "The road will stay closed",
        "We need a week to clear it.",
    ]


def test_a_heading_in_quotation_marks_says_nothing(nlp: Language) -> None:
    assert find_statements(nlp("The miners left.\n\n'All Is Not Lost.'\n\nThe road was closed.")).all == ()


def test_declining_to_comment_is_no_statement_and_declining_to_act_is_one(nlp: Language) -> None:
    assert find_statements(nlp("The ministry declined to comment.")).all == ()
    assert len(find_statements(nlp("The warden declined to open the gate.")).all) == 1
