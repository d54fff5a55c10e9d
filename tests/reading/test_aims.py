"""Whom an act is about when nobody is its object."""

from __future__ import annotations

import pytest

import onrecord


@pytest.mark.parametrize(
    ("text", "type_", "country"),
    [
        ("Kuwait lifted a ban on imports of Ghanaian cocoa.", "CONCEDE", "GHA"),
        ("Japan agreed to open its ports to traders from Peru.", "AGREE", "PER"),
        ("The president of Chad threatened to impose a curfew in Algiers.", "THREATEN", "DZA"),
        ("Norway speeded up the withdrawal of its forces from Mali.", "RETREAT", "MLI"),
        ("Demonstrators in Baghdad blocked a road to condemn Turkey.", "PROTEST", "TUR"),
    ],
)
def test_it_is_found_in_what_the_act_touches_and_aims_at(text: str, type_: str, country: str) -> None:
    reading = onrecord.read(text)
    countries = {entity.id: entity.country for entity in reading.entities}
    assert country in {
        countries[party] for event in reading.events if event.type == type_ for party in event.recipients
    }


def test_what_belongs_to_the_actor_is_no_recipient() -> None:
    reading = onrecord.read("Honduras agreed to withdraw its troops.")
    (agreed,) = [event for event in reading.events if event.type == "AGREE"]
    assert not agreed.recipients


def test_people_of_two_countries_are_both_countries() -> None:
    reading = onrecord.read("French and Egyptian warships attacked the port.")
    names = {entity.id: entity.country for entity in reading.entities}
    (attack,) = reading.events
    assert {names[party] for party in attack.actors} == {"FRA", "EGY"}


def test_people_said_to_be_in_a_town_are_of_its_country() -> None:
    reading = onrecord.read("Demonstrators in Baghdad denounced the United States.")
    people = next(entity for entity in reading.entities if entity.name == "Demonstrators")
    assert people.country == "IRQ"
