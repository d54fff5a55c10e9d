"""One act, one event: which mentions of an article are the same act, and which are not."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.records import Event


def told(text: str, type_: str) -> list[Event]:
    return [event for event in onrecord.read(text, published="2024-03-14").events if event.type == type_]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Gunmen kidnapped a priest in Kaduna. On Tuesday the gunmen kidnapped the priest.", "ASSAULT"),
        ("Kenya recalled its envoy. Soldiers attacked Wajir on Monday. The attack shocked the town.", "ASSAULT"),
        ("Two officers beat the prisoner. The officers then assaulted the prisoner again.", "ASSAULT"),
    ],
)
def test_an_act_told_again_is_one_event(text: str, type_: str) -> None:
    assert len(told(text, type_)) == 1


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Chad attacked Niger on 2 March 2024. Chad attacked Niger on 9 March 2024.", "ASSAULT"),
        ("Ghana met Togo on Monday. Ghana will meet Togo on Friday.", "CONSULT"),
        ("Rebels attacked Goma. They abducted a nurse during the attack on Goma.", "ASSAULT"),
    ],
)
def test_another_day_another_status_or_another_sort_of_act_is_another_event(text: str, type_: str) -> None:
    assert len(told(text, type_)) == 2


def test_what_only_a_source_says_of_the_doer_stays_with_the_source() -> None:
    events = told("A convoy was attacked near Mopti. The army said Tuareg rebels attacked the convoy.", "ASSAULT")
    own = [event for event in events if not event.attribution]
    assert own
    assert not own[0].actors


def test_every_mention_of_an_act_is_on_record() -> None:
    text = "Soldiers attacked Wajir on Monday. The attack by the soldiers shocked the town. Rebels freed two nurses."
    (attack,) = told(text, "ASSAULT")
    assert [span.text for span in (attack.span, *attack.mentions)] == ["attacked", "attack"]
    (release,) = told(text, "RETREAT")
    assert release.mentions == ()


@pytest.mark.parametrize(
    "text",
    [
        "Eight villagers were killed when rebels shelled a market in Jos.",
        "Two officers were wounded and a driver was killed after gunmen ambushed a bus near Voi.",
    ],
)
def test_those_killed_in_an_attack_are_no_second_attack(text: str) -> None:
    (event,) = told(text, "ASSAULT")
    assert event.actors
    assert event.recipients


def test_a_headline_in_the_present_and_the_report_below_it_are_one_act() -> None:
    text = (
        "Rebels attack army base in Bunia\n\n"
        "BUNIA - Rebels attacked an army base in Bunia on Tuesday, the mayor of the town told reporters. "
        "Residents said that shops stayed shut and that the road to the airport was empty.\n"
    )
    events = [event for event in told(text, "ASSAULT") if "attack" in event.span.text]
    assert len(events) == 1
    assert events[0].sentence.start > 0
    assert [span.text for span in events[0].mentions] == ["attack"]
