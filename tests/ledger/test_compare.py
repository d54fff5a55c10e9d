"""Events told by several articles: counted by source, with conflicts and figures, as the ledger is at that moment."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from onrecord.ledger import Ledger, SameEvent
from onrecord.records import Article, BadOption, Event, Figure, Reading, Span, check
from tests.ledger.stories import story

WIRE = (
    "GARISSA, Kenya, March 12 (Reuters) - Gunmen attacked a market in Garissa on Monday, the interior ministry said. "
    "At least 14 people were killed. The governor, Amina Farah, visited the county hospital, where thirty wounded traders "
    "were treated, and asked for more police along the border with Somalia, which lies 190 kilometres to the east. "
    "Shops in the centre of Garissa stayed closed on Tuesday, and buses from Nairobi turned round at the Tana bridge."
)
COPY = WIRE.removeprefix("GARISSA, Kenya, March 12 (Reuters) - ")
OWN = (
    "Gunmen attacked a market in Garissa on Monday, traders said. At least 21 people were killed. "
    "The cattle market of Garissa is the largest in eastern Kenya; its traders want a judge from Nairobi to hear them."
)


def told(text: str, *, status: str = "happened", **fields: str) -> Reading:
    """A reading with the attack and its toll."""
    attack, number = text.index("attacked"), text.index("At least")
    sentence = Span.of(text, text.index("Gunmen"), text.index(" said.") + 6)
    toll = int(text[number + 9 : number + 11])
    return check(
        Reading(
            article=Article.of(text, **fields),
            events=(Event(id="e1", type="ASSAULT", status=status, span=Span.of(text, attack, attack + 8), sentence=sentence, because="rule"),),
            figures=(
                Figure(id="f1", kind="killed", low=toll, bound="at_least", scope="incident", event="e1", because="rule",
                       span=Span.of(text, number, number + 18), sentence=Span.of(text, number, text.index("killed.") + 7)),
            ),
        )
    )  # fmt: skip


@pytest.fixture
def attack(ledger: Ledger) -> Ledger:
    """A wire story, its copy without the credit, a paper's own report, and an article on something else."""
    ledger.add(told(COPY, published="2024-03-12", publisher="Coast Herald", url="https://coast.example/1"))
    ledger.add(told(OWN, published="2024-03-13", publisher="Garissa Courier", status="negated"))
    ledger.add(told(WIRE, published="2024-03-12", publisher="Lake Daily"))
    ledger.add(story(0, published="2024-08-01"))
    return ledger


def only(found: Sequence[SameEvent]) -> SameEvent:
    assert len(found) == 1
    return found[0]


def test_three_articles_tell_of_one_event_from_two_sources(attack: Ledger) -> None:
    event = only(attack.same_events())
    assert (event.articles, event.independent_sources, event.sources) == (3, 2, ("Garissa Courier", "Reuters"))


def test_a_copy_is_named_and_has_the_agency_of_its_group(attack: Ledger) -> None:
    reports = {report.publisher: report for report in only(attack.same_events()).reports}
    assert {name: report.agency for name, report in reports.items()} == {
        "Coast Herald": "Reuters",
        "Lake Daily": "Reuters",
        "Garissa Courier": None,
    }
    copied = [report.copy_of for name, report in reports.items() if name != "Garissa Courier"]
    originals = [report.article_id for name, report in reports.items() if name != "Garissa Courier"]
    assert sum(one is None for one in copied) == 1 and set(copied) - {None} <= set(originals)


def test_a_report_is_as_the_ledger_has_it_with_the_reason(attack: Ledger) -> None:
    report = next(one for one in only(attack.same_events()).reports if one.publisher == "Coast Herald")
    found = next(one for one in attack.events(type="ASSAULT") if one.publisher == "Coast Herald")
    assert (report.id, report.article_id, report.url, report.sentence) == (
        found.id,
        found.article_id,
        "https://coast.example/1",
        found.sentence,
    )
    reasons = [one.because for one in only(attack.same_events()).reports]
    assert reasons[0] == "no earlier report like it" and all("trigger attack" in reason for reason in reasons[1:])


def test_conflicts_say_who_says_what(attack: Ledger) -> None:
    conflict = next(one for one in only(attack.same_events()).conflicts if one.field == "status")
    assert str(conflict) == "status: Reuters: happened; Garissa Courier: negated"


def test_figures_are_by_source_and_a_copy_adds_none(attack: Ledger) -> None:
    killed = attack.claims("killed")
    assert [one.who_says for one in killed] == [(("at least 21", ("Garissa Courier",)), ("at least 14", ("Reuters",)))]
    assert killed[0].event == only(attack.same_events()).id
    reuters = next(source for source in killed[0].sources if source.source == "Reuters")
    assert len(reuters.steps) == 1 and len(reuters.steps[0].articles) == 2
    assert len(attack.claims("injured")) == 0


def test_the_order_of_arrival_changes_nothing(attack: Ledger) -> None:
    before = only(attack.same_events())
    for article in attack.article_ids()[:2]:
        reading = attack.reading(article)
        attack.forget(article)
        attack.add(reading)
    after = only(attack.same_events())
    assert {report.id for report in after.reports} == {report.id for report in before.reports}
    assert (after.sources, after.conflicts, after.figures) == (before.sources, before.conflicts, before.figures)


def test_corrections_in_force_count_and_undone_ones_do_not(attack: Ledger) -> None:
    own = next(one for one in only(attack.same_events()).reports if one.publisher == "Garissa Courier")
    figure = next(one for one in attack.figures(article=own.article_id))
    edited = attack.edit(own.id, "status", "happened", reviewer="Ada")
    assert "status" not in {one.field for one in only(attack.same_events()).conflicts}
    attack.undo(edited.id, reviewer="Ada")
    assert "status" in {one.field for one in only(attack.same_events()).conflicts}
    attack.reject(figure.id, reviewer="Ada")
    assert [one.who_says for one in attack.claims("killed")] == [(("at least 14", ("Reuters",)),)]
    attack.reject(own.id, reviewer="Ada")
    assert only(attack.same_events()).articles == 2


def test_questions_choose_events_and_keep_all_their_reports(attack: Ledger) -> None:
    assert only(attack.same_events(since="2024-03-13", until="2024-03-13", type="ASSAULT")).articles == 3
    assert len(attack.same_events(since="2024-03-14")) == 0
    assert len(attack.same_events(articles=1)) == 2
    assert [event.articles for event in attack.same_events(country="SDN", articles=1)] == [1]


def test_a_kind_that_does_not_exist_is_named_with_those_that_do(ledger: Ledger) -> None:
    with pytest.raises(BadOption, match=r"'dead' is not known.*killed"):
        ledger.claims("dead")


def test_an_empty_ledger_has_nothing_to_compare(ledger: Ledger) -> None:
    assert len(ledger.same_events()) == len(ledger.claims()) == 0
