"""The packaged example, read whole: what is planned, feared, demanded or denied in it never comes out as done."""

from __future__ import annotations

from pathlib import Path

import pytest

import onrecord
from onrecord.records import Entity, Event, EventType, Figure, Reading, Status

STORY = Path(__file__).parents[2] / "examples" / "convoy.txt"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return onrecord.read(STORY.read_text(encoding="utf-8"), published="2024-03-14")


def entity(reading: Reading, id_: str | None) -> Entity:
    return next(item for item in reading.entities if item.id == id_)


def names(reading: Reading, ids: tuple[str, ...]) -> set[str]:
    return {entity(reading, id_).name for id_ in ids}


def events(reading: Reading, type_: str, words: str) -> list[Event]:
    """Events of a type whose sentence contains these words, in text order."""
    return [item for item in reading.events if item.type == type_ and words in item.sentence.text]


def speakers(reading: Reading, record: Event | Figure) -> list[str]:
    said = {item.id: item for item in reading.statements}
    return [entity(reading, said[id_].speaker).name for id_ in record.attribution if said[id_].speaker]


def figure(reading: Reading, kind: str, words: str) -> Figure:
    return next(item for item in reading.figures if item.kind == kind and words in item.sentence.text)


def test_the_planned_meeting_is_planned_and_has_both_parties(reading: Reading) -> None:
    (meeting,) = [item for item in events(reading, "CONSULT", "plans to travel") if "meet" in item.span.text]
    assert meeting.status == Status.planned
    assert "Miriam Okwir" in names(reading, meeting.actors)
    assert "M23" in names(reading, meeting.recipients)
    okwir = next(item for item in reading.entities if item.name == "Miriam Okwir")
    assert (okwir.country, okwir.sectors, okwir.role) == ("UGA", ("GOV",), "Deputy Foreign Minister")


def test_the_release_that_may_come_is_hypothetical(reading: Reading) -> None:
    (release,) = events(reading, "RETREAT", "possible release")
    assert (release.mode, release.status) == ("release", Status.hypothetical)


def test_the_abduction_happened_on_the_sunday_before(reading: Reading) -> None:
    (abduction,) = events(reading, "ASSAULT", "were abducted on Sunday")[:1]
    assert (abduction.mode, abduction.status) == ("abduct", Status.happened)
    time = next(item for item in reading.times if item.id == abduction.time)
    assert time.start == "2024-03-10"


def test_an_accusation_is_the_accusers_word_and_the_denial_negates_it(reading: Reading) -> None:
    assert events(reading, "ACCUSE", "accused M23")
    accused = events(reading, "ASSAULT", "accused M23")
    assert all("Congolese" in " ".join(speakers(reading, item)) or item.status != Status.happened for item in accused)
    denied = events(reading, "ASSAULT", "denied that its fighters")
    assert denied
    assert all(item.status == Status.negated for item in denied)


def test_two_tolls_stay_two_claims_by_two_sources(reading: Reading) -> None:
    governor = figure(reading, "killed", "death toll at 11")
    red_cross = figure(reading, "killed", "Red Cross said six")
    assert (governor.low, governor.high) == (11, 11)
    assert (red_cross.low, red_cross.high) == (6, 6)
    assert "Red Cross" in " ".join(speakers(reading, red_cross))
    assert speakers(reading, governor) != speakers(reading, red_cross)


def test_bounds_are_kept(reading: Reading) -> None:
    at_least = figure(reading, "killed", "at least six")
    more = figure(reading, "injured", "more than 20")
    assert (at_least.bound, at_least.low, at_least.high) == ("at_least", 6, None)
    assert (more.bound, more.low, more.high) == ("more_than", 20, None)


def test_what_a_draft_resolution_calls_for_is_called_for(reading: Reading) -> None:
    wanted = events(reading, "RETREAT", "draft resolution")
    assert {item.mode for item in wanted} >= {"ceasefire", "withdraw"}
    assert all(item.status == Status.called_for for item in wanted)


def test_threats_and_fears_are_not_done(reading: Reading) -> None:
    storm = events(reading, "ASSAULT", "would storm the town")
    assert storm
    assert all(item.status == Status.threatened for item in storm)
    feared = events(reading, "ASSAULT", "feared that an assault")
    assert feared
    assert all(item.status == Status.hypothetical for item in feared)
    drive = [item for item in reading.figures if "tens of thousands" in item.span.text]
    assert all(speakers(reading, item) == ["Ingrid Solheim"] for item in drive)


def test_the_dateline_and_credit_line_are_not_prose(reading: Reading) -> None:
    assert not any("Reporting by" in item.sentence.text for item in reading.events)
    assert not any(item.span.text.startswith("KAMPALA, March") for item in reading.events)
    assert next(item for item in reading.places if item.name == "Kampala").country == "UGA"


def test_quotations_are_given_to_their_speaker_with_the_editors_bracket(reading: Reading) -> None:
    quote = next(item for item in reading.statements if "our door is open" in item.content[0].text)
    assert entity(reading, quote.speaker).name == "Miriam Okwir"
    assert quote.style == "direct"
    assert "(channel)" in quote.content[0].text


def test_every_kind_of_event_in_the_story_has_a_type_of_the_codebook(reading: Reading) -> None:
    assert {item.type for item in reading.events} >= {
        EventType.CONSULT,
        EventType.RETREAT,
        EventType.ASSAULT,
        EventType.ACCUSE,
    }
