"""On whose word an event stands."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from onrecord.records import (
    Article,
    Entity,
    Event,
    Figure,
    Mention,
    Reading,
    Sourcing,
    Span,
    Statement,
    attested,
    attested_by,
    sourcing,
)

TEXT = "Someone said that someone attacked someone."
ALL = Span(start=0, end=len(TEXT), text=TEXT)


def entity(
    id_: str, *, kind: str = "organisation", country: str | None = None, sectors: Sequence[str] = (), named: bool = True
) -> Entity:
    mention = Mention(start=0, end=7, text="Someone", form="name" if named else "description")
    return Entity(
        id=id_, name=id_, kind=kind, country=country, sectors=tuple(sectors), mentions=(mention,), because="test"
    )


CHAD = entity("n1", kind="country", country="TCD", sectors=["GOV"])
NIGER = entity("n2", kind="country", country="NER", sectors=["GOV"])


def sourced(*speakers: Entity | None, actor: Entity = CHAD, recipient: Entity = NIGER) -> Sourcing:
    """The sourcing of an act of ``actor`` on ``recipient`` told by ``speakers``, nearest first."""
    entities = {item.id: item for item in (actor, recipient, *(item for item in speakers if item is not None))}
    statements = tuple(
        Statement(
            id=f"s{number}",
            speaker=None if speaker is None else speaker.id,
            cue=ALL,
            content=(ALL,),
            style="indirect",
            stance="asserts",
        )
        for number, speaker in enumerate(speakers, 1)
    )
    event = Event(
        id="e1",
        type="ASSAULT",
        actors=(actor.id,),
        recipients=(recipient.id,),
        status="happened",
        attribution=tuple(item.id for item in statements),
        span=ALL,
        sentence=ALL,
        because="test",
    )
    article = Article(id="0" * 64, text=TEXT)
    return sourcing(
        Reading(article=article, entities=tuple(entities.values()), statements=statements, events=(event,)), event
    )


def test_what_nobody_is_cited_for_is_the_articles_own_voice() -> None:
    assert sourced() is Sourcing.own_voice


def test_an_actor_speaks_for_the_side_that_acted_and_a_recipient_for_the_other() -> None:
    assert sourced(CHAD) is Sourcing.acting_side
    assert sourced(NIGER) is Sourcing.other_side


@pytest.mark.parametrize(("country", "side"), [("TCD", Sourcing.acting_side), ("NER", Sourcing.other_side)])
def test_an_official_speaks_for_the_side_of_his_country_and_a_private_person_for_nobody(
    country: str, side: Sourcing
) -> None:
    assert sourced(entity("n3", kind="person", country=country, sectors=["MIL"])) is side
    assert sourced(entity("n3", kind="person", country=country, sectors=["EDU"])) is Sourcing.third_party


def test_an_official_without_a_name_is_still_on_his_side() -> None:
    assert sourced(entity("n3", kind="group", country="NER", sectors=["GOV"], named=False)) is Sourcing.other_side


def test_within_one_country_the_state_speaks_for_the_state() -> None:
    police = entity("n4", country="TCD", sectors=["COP"])
    rebels = entity("n5", country="TCD", sectors=["REB"])
    ministry = entity("n6", country="TCD", sectors=["GOV"])
    assert sourced(ministry, actor=police, recipient=rebels) is Sourcing.acting_side
    assert sourced(ministry, actor=rebels, recipient=police) is Sourcing.other_side


def test_a_government_does_not_speak_for_the_rebels_of_its_country() -> None:
    rebels = entity("n5", country="TCD", sectors=["REB"])
    ministry = entity("n6", country="TCD", sectors=["GOV"])
    assert sourced(ministry, actor=rebels, recipient=NIGER) is Sourcing.third_party
    assert sourced(rebels, actor=ministry, recipient=NIGER) is Sourcing.third_party
    villagers = entity("n7", kind="group", country="TCD", sectors=["CVL"])
    assert sourced(ministry, actor=rebels, recipient=villagers) is Sourcing.other_side


def test_a_body_of_neither_side_is_a_third_party() -> None:
    assert sourced(entity("n3", country="UNO")) is Sourcing.third_party


def test_the_nearest_speaker_counts_and_hearsay_in_between_does_not() -> None:
    agency = entity("n3", country="FRA", sectors=["JRN"])
    assert sourced(agency) is Sourcing.other_medium
    assert sourced(NIGER, agency) is Sourcing.other_side
    assert sourced(None, agency) is Sourcing.other_medium


def test_people_without_a_name_and_what_is_merely_said_are_unnamed() -> None:
    assert sourced(entity("n3", kind="group", named=False)) is Sourcing.unnamed
    assert sourced(None) is Sourcing.unnamed


def told_by_both(*, other_status: str = "happened") -> Reading:
    """Chad's attack on Niger as told by Chad (e1), by Niger (e2), and a figure of the first."""
    statements = tuple(
        Statement(id=f"s{k}", speaker=who.id, cue=ALL, content=(ALL,), style="indirect", stance="asserts")
        for k, who in enumerate((CHAD, NIGER), 1)
    )
    events = tuple(
        Event(
            id=f"e{k}",
            type="ASSAULT",
            actors=(CHAD.id,),
            recipients=(NIGER.id,),
            status=status,
            attribution=(f"s{k}",),
            span=ALL,
            sentence=ALL,
            because="test",
        )
        for k, status in ((1, "happened"), (2, other_status))
    )
    figure = Figure(id="f1", kind="killed", low=9, high=9, bound="exact", scope="incident", whom="people", event="e1",
                    span=ALL, sentence=ALL, because="test")  # fmt: skip
    article = Article(id="0" * 64, text=TEXT)
    return Reading(article=article, entities=(CHAD, NIGER), statements=statements, events=events, figures=(figure,))


def test_an_act_told_by_either_side_is_attested_by_both() -> None:
    reading = told_by_both()
    both = {Sourcing.acting_side, Sourcing.other_side}
    assert [attested(reading, event) for event in reading.events] == [both, both]
    assert len(attested_by(reading, both).events) == 2


def test_what_the_other_side_denies_is_not_attested_by_it() -> None:
    reading = told_by_both(other_status="negated")
    assert attested(reading, reading.events[0]) == {Sourcing.acting_side}
    kept = attested_by(reading, [Sourcing.other_side])
    assert [event.id for event in kept.events] == ["e2"]
    assert kept.figures[0].event is None


def test_nothing_is_left_out_where_nothing_is_asked() -> None:
    reading = told_by_both()
    assert attested_by(reading, []) == reading
