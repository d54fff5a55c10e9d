"""The matcher: parties through every construction, one event for one act, and no event where nobody acts."""

from __future__ import annotations

import pytest
from spacy.language import Language

from onrecord.reading._events import EventDraft, find_events
from onrecord.reading._parties import Parties
from onrecord.records import Status
from tests.reading.parties import known_parties, says

CONSTRUCTIONS = [
    ("active", "Kenyan police arrested a reporter.", "COERCE", ["police"], ["reporter"]),
    ("passive with agent", "A reporter was arrested by Kenyan police.", "COERCE", ["police"], ["reporter"]),
    ("passive without agent", "A reporter was arrested on Friday.", "COERCE", [], ["reporter"]),
    (
        "coordinated subjects",
        "Soldiers and militiamen attacked the villagers.",
        "ASSAULT",
        ["Soldiers", "militiamen"],
        ["villagers"],
    ),
    (
        "coordinated objects",
        "Police arrested a senator and two journalists.",
        "COERCE",
        ["Police"],
        ["senator", "journalists"],
    ),
    (
        "relative clause, subject",
        "The soldiers who attacked the villagers were caught.",
        "ASSAULT",
        ["soldiers"],
        ["villagers"],
    ),
    (
        "relative clause, object",
        "The journalists that police arrested were released.",
        "COERCE",
        ["police"],
        ["journalists"],
    ),
    ("participle after a noun", "Troops attacking the rebels came from Chad.", "ASSAULT", ["Troops"], ["rebels"]),
    ("reduced relative", "Villagers attacked by militiamen fled to Sudan.", "ASSAULT", ["militiamen"], ["Villagers"]),
    ("subject control", "Turkey plans to deport Afghan migrants.", "COERCE", ["Turkey"], ["migrants"]),
    ("object control", "Norway urged Israel to withdraw its troops.", "RETREAT", ["Israel"], []),
    ("control through a preposition", "Norway called on Israel to withdraw its troops.", "RETREAT", ["Israel"], []),
    ("accused of doing", "Norway accused Israel of killing three doctors.", "ASSAULT", ["Israel"], ["doctors"]),
    (
        "infinitive under a noun",
        "Turkey announced a plan to deport Afghan migrants.",
        "COERCE",
        ["Turkey"],
        ["migrants"],
    ),
    ("possessive of an event noun", "Israel's attack on the rebels lasted hours.", "ASSAULT", ["Israel"], ["rebels"]),
    ("modifier of an event noun", "A Turkish airstrike on the rebels lasted hours.", "ASSAULT", ["Turk"], ["rebels"]),
    ("event noun with of and by", "The murder of a judge by gunmen shocked Bogota.", "ASSAULT", ["gunmen"], ["judge"]),
    ("light verb", "Workers staged a protest against the government.", "PROTEST", ["Workers"], ["government"]),
    ("light verb, passive", "An attack on the army was carried out by rebels.", "ASSAULT", ["rebels"], ["army"]),
    ("counting noun", "Turkey launched a series of airstrikes against the rebels.", "ASSAULT", ["Turkey"], ["rebels"]),
    (
        "reciprocal subject",
        "The Serbian president and the Croatian president met in Vienna.",
        "CONSULT",
        ["Serbian", "Croatian"],
        [],
    ),
    ("between", "Talks between the army and the rebels began in Juba.", "CONSULT", ["army", "rebels"], []),
    ("with", "The president met with the rebels in Juba.", "CONSULT", ["president"], ["rebels"]),
    ("verb with a particle apart", "The union called the strike off.", "CONCEDE", ["union"], []),
    ("ditransitive", "Germany gave Malawi food aid.", "AID", ["Germany"], ["Malawi"]),
    ("ditransitive, passive", "Two Cuban senators were granted asylum by Canada.", "AID", ["Canada"], ["senators"]),
    ("participial adjective", "The slain journalist was buried in Kabul.", "ASSAULT", [], ["journalist"]),
    ("predicate adjective", "Ghana is ready to help Togo.", "AGREE", ["Ghana"], []),
    (
        "gerund as a noun",
        "The killing of nine villagers by soldiers caused anger.",
        "ASSAULT",
        ["soldiers"],
        ["villagers"],
    ),
    (
        "author of a document",
        "The ministry issued a statement condemning the general.",
        "ACCUSE",
        ["ministry"],
        ["general"],
    ),
    ("suffered by the subject", "The rebels suffered an attack by the army.", "ASSAULT", ["army"], ["rebels"]),
    (
        "blamed for a noun",
        "Kenya blamed the rebels for the attack on its soldiers.",
        "ASSAULT",
        ["rebels"],
        ["soldiers"],
    ),
]
NO_ACT = [
    "The minister said the harvest was good.",
    "Nine passengers were killed when a bus plunged into a river in Peru.",
    "A landslide killed four farmers in Rwanda.",
    "The team attacked well and won the football match.",
    "The company released a new phone and met its sales target.",
    "Shares rallied in Tokyo on Monday.",
    "The president was born in Accra in 1950.",
    "The peace accords museum opened its doors in May.",
]


def events_of(nlp: Language, text: str) -> tuple[tuple[EventDraft, ...], Parties, list[str]]:
    doc = nlp(text)
    parties = known_parties(doc)
    return find_events(doc, parties), parties, [token.text for token in doc]


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [case[1:] for case in CONSTRUCTIONS],
    ids=[case[0] for case in CONSTRUCTIONS],
)
def test_parties_are_found_through_the_construction(
    nlp: Language, text: str, kind: str, actors: list[str], recipients: list[str]
) -> None:
    doc = nlp(text)
    parties = known_parties(doc)
    events = find_events(doc, parties)
    assert any(
        event.type == kind
        and all(says(doc, parties, event.actors, words) for words in actors)
        and all(says(doc, parties, event.recipients, words) for words in recipients)
        and (bool(event.actors) == bool(actors))
        for event in events
    ), events


@pytest.mark.parametrize("text", NO_ACT)
def test_where_nobody_acts_on_anybody_there_is_no_event(nlp: Language, text: str) -> None:
    assert events_of(nlp, text)[0] == ()


@pytest.mark.parametrize(
    "text",
    [
        "A suicide bombing killed ten soldiers in Kabul.",
        "Gunmen attacked a police station, killing four officers.",
        "The government held talks with the rebels.",
        "Turkey carried out an airstrike that killed two rebels.",
        "The minister held a meeting with the envoy to discuss the border.",
    ],
)
def test_one_act_told_in_several_words_is_one_event(nlp: Language, text: str) -> None:
    events, _, words = events_of(nlp, text)
    assert len(events) == 1, [(event.because, [words[index] for index in event.trigger]) for event in events]


def test_a_result_lends_its_victims_to_the_act(nlp: Language) -> None:
    doc = nlp("An Ethiopian drone strike killed nine rebels.")
    parties = known_parties(doc)
    (event,) = find_events(doc, parties)
    assert event.mode == "drone"
    assert says(doc, parties, event.actors, "Ethiopia")
    assert says(doc, parties, event.recipients, "rebels")


def test_asking_and_what_is_asked_are_two_events_with_parties_of_their_own(nlp: Language) -> None:
    doc = nlp("Norway urged Israel to release the prisoners.")
    parties = known_parties(doc)
    asked, release = find_events(doc, parties)
    assert (asked.type, release.type) == ("REQUEST", "RETREAT")
    assert says(doc, parties, asked.actors, "Norway")
    assert says(doc, parties, asked.recipients, "Israel")
    assert says(doc, parties, release.actors, "Israel")
    assert says(doc, parties, release.recipients, "prisoners")


def test_negated_and_planned_acts_are_emitted_with_their_own_type(nlp: Language) -> None:
    assert [event.type for event in events_of(nlp, "The army did not attack the rebels.")[0]] == ["ASSAULT"]
    assert [event.type for event in events_of(nlp, "The president will meet the rebels.")[0]] == ["CONSULT"]


def test_a_refusal_told_by_a_negation_says_itself_that_it_happened(nlp: Language) -> None:
    (event,) = events_of(nlp, "Tunisia said it will not release the sailors.")[0]
    assert (event.type, event.status) == ("REJECT", Status.happened)


def test_a_prison_sentence_is_a_conviction_and_an_imprisonment(nlp: Language) -> None:
    events, _, _ = events_of(nlp, "A court sentenced the editor to nine years in prison.")
    assert {event.because for event in events} == {"sanction/jail", "coerce/imprison"}
    assert len({event.trigger for event in events}) == 1


def test_triggers_and_parties_are_indices_of_the_document(nlp: Language) -> None:
    events, parties, words = events_of(nlp, "Police fired tear gas at students, and the union condemned the police.")
    assert events
    for event in events:
        assert all(0 <= index < len(words) for index in event.trigger)
        assert all(0 <= index < len(parties.all) for index in event.actors + event.recipients)
        assert not set(event.actors) & set(event.recipients)


def test_an_empty_document_has_no_events(nlp: Language) -> None:
    assert events_of(nlp, "")[0] == ()


def test_the_same_text_gives_the_same_events_alone_and_among_others(nlp: Language) -> None:
    first, second = "Rebels attacked the army in Goma.", "The Kenyan president met the Ugandan president."
    alone = [(event.because, event.trigger) for event in events_of(nlp, first)[0]]
    together = [(event.because, event.trigger) for event in events_of(nlp, f"{first} {second}")[0]]
    assert together[: len(alone)] == alone
