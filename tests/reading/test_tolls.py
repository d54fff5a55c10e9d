"""Who gives a figure, where, when and of what act, in whole readings."""

from __future__ import annotations

import pytest

from onrecord.reading import reader_for
from onrecord.records import Reading, Scope


def read(text: str) -> Reading:
    return reader_for().read(text, published="2024-03-14")


def speakers(reading: Reading, number: int) -> list[str]:
    """The names of who gives one figure, nearest first."""
    statements = {one.id: one for one in reading.statements}
    names = {one.id: one.name for one in reading.entities}
    chain = (statements[id_].speaker for id_ in reading.figures[number].attribution)
    return [names[speaker] for speaker in chain if speaker]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Red Cross put the death toll at 11.",
        "The Red Cross estimated the death toll at 11.",
        "The death toll was put at 11 by the Red Cross.",
        "The Red Cross said that 11 people had died.",
        "According to the Red Cross, 11 people were killed.",
    ],
)
def test_a_figure_belongs_to_who_gives_it(sentence: str) -> None:
    reading = read(sentence)
    assert (reading.figures[0].low, speakers(reading, 0)) == (11, ["Red Cross"])


def test_what_the_article_says_itself_and_what_made_a_toll_have_no_speaker() -> None:
    assert speakers(read("The army killed 11 people."), 0) == []
    assert speakers(read("The clashes brought the death toll to 11."), 0) == []


def test_two_sources_are_two_figures_each_with_its_own() -> None:
    reading = read("The Red Cross put the death toll at 54, while the army said 30 fighters had died.")
    assert [(figure.low, speakers(reading, i)) for i, figure in enumerate(reading.figures)] == [
        (54, ["Red Cross"]),
        (30, ["army"]),
    ]


def test_a_figure_has_the_place_the_day_and_the_act_with_who_did_it() -> None:
    reading = read("Israeli airstrikes killed 12 people in Rafah on Tuesday.")
    (figure,) = reading.figures
    event = next(one for one in reading.events if one.id == figure.event)
    assert [one.name for one in reading.entities if one.id in event.actors] == ["Israel"]
    assert next(one.name for one in reading.places if one.id == figure.place) == "Rafah"
    assert next(one.start for one in reading.times if one.id == figure.time) == "2024-03-12"
    assert (figure.whom, figure.scope) == ("people", Scope.incident)


def test_parts_and_revisions_point_to_figures_of_the_reading() -> None:
    reading = read("The blast killed 32 people, including 12 children. The toll rose to 54 from 51.")
    total, part, new, old = reading.figures
    assert part.part_of == total.id
    assert new.revises == old.id
    assert (total.part_of, old.revises) == (None, None)


def test_money_is_an_amount_with_its_currency_and_counts_nobody() -> None:
    (money,) = read("Norway pledged more than $20 million in aid.").figures
    assert (money.kind, money.currency, money.low, money.high) == ("other", "USD", 20_000_000, None)
