"""Summaries count what the events say, on both databases, and follow every change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from onrecord.ledger import Ledger
from onrecord.records import BadOption, EventType, Reading, Status

NUMBERS = range(24)


@pytest.fixture
def full(ledger: Ledger, story: Callable[..., Reading]) -> Ledger:
    """A ledger of two dozen stories."""
    for number in NUMBERS:
        ledger.add(story(number))
    return ledger


def test_an_empty_ledger_has_empty_summaries(ledger: Ledger) -> None:
    found = ledger.summaries
    assert (found.days(), found.volume(), found.cited(), found.places(), found.last_published()) == (
        None,
        (),
        (),
        (),
        None,
    )
    assert (found.network().edges, found.latest(), found.quoted(["nothing"]), found.texts(["x"])) == ((), (), {}, {})
    assert next(kind for kind, _ in found.sourcing()) == "own_voice" and not any(
        number for _, number in found.sourcing()
    )
    assert found.types() == tuple(EventType)


def test_volume_counts_events_by_day_and_type(full: Ledger) -> None:
    expected = Counter((event.first_day, event.type) for event in full.events(limit=1000))
    assert {(row.day, row.type): row.events for row in full.summaries.volume()} == expected
    days = [row.day for row in full.summaries.volume(since="2024-03-01", until="2024-06-30")]
    assert days == sorted(days) and set(days) == {day for day, _ in expected if "2024-03-01" <= day <= "2024-06-30"}
    assert full.summaries.days() == (min(expected)[0], max(expected)[0])


def test_an_event_that_a_reviewer_rejects_is_in_no_summary(full: Ledger) -> None:
    def totals() -> tuple[int, ...]:
        found = full.summaries
        return (
            sum(row.events for row in found.volume()),
            sum(one.events for one in found.cited()),
            sum(edge.events for edge in found.network(status="any").edges),
            sum(spot.events for spot in found.places(status="any")),
            sum(number for _, number in found.sourcing()),
        )

    assert totals() == (24,) * 5
    act = full.reject(full.events(limit=1)[0].id, reviewer="Ana")
    assert totals() == (23,) * 5
    full.undo(act.id, reviewer="Ana")
    assert totals() == (24,) * 5


def test_sources_are_counted_by_side(full: Ledger) -> None:
    (okwir,) = full.summaries.cited()
    assert (okwir.name, okwir.country, okwir.events) == ("Anna Okwir", "UGA", 24)
    sides = Counter(event.sourcing for event in full.events(limit=1000))
    assert dict(okwir.sides) == sides and okwir.on("own_voice") == 0
    assert okwir.last_day == max(event.first_day for event in full.events(limit=1000))
    late = list(full.events(limit=1000, since="2024-10-01"))
    assert full.summaries.cited(since="2024-10-01")[0].events == len(late)
    assert full.summaries.cited(limit=0) == ()


def test_the_network_has_who_acts_on_whom(full: Ledger) -> None:
    network = full.summaries.network()
    real = [event for event in full.events(limit=1000) if Status(event.status).real]
    pairs = Counter((event.actors[0].name, event.recipients[0].name) for event in real)
    names = {party.key: party.name for party in network.parties}
    assert {(names[edge.actor], names[edge.recipient]): edge.events for edge in network.edges} == pairs
    assert full.summaries.network(limit=1).left_out == len(pairs) - 1
    (only,) = full.summaries.network(type="COERCE").edges
    assert dict(only.types) == {"COERCE": only.events}
    (planned,) = full.summaries.network(status="planned").edges
    assert planned.types[0][0] == "CONSULT"
    spring = [event for event in real if "2024-03-01" <= event.first_day <= "2024-05-31"]
    assert sum(edge.events for edge in full.summaries.network(since="2024-03-01", until="2024-05-31").edges) == len(
        spring
    )


def test_places_have_their_events_and_precision(full: Ledger) -> None:
    spots = full.summaries.places(status="any")
    assert Counter({spot.place: spot.events for spot in spots}) == Counter(
        event.place for event in full.events(limit=1000)
    )
    assert {spot.precision for spot in spots} == {"city"} and {spot.country for spot in spots} == {"COD", "SDN", "IND"}
    assert all(sum(number for _, number in spot.types) == spot.events for spot in spots)
    assert sum(spot.events for spot in full.summaries.places()) < sum(spot.events for spot in spots)
    assert full.summaries.precision(full.events(limit=1)[0].id) == "city"


@pytest.mark.parametrize("ask", ["network", "places"])
def test_a_status_that_does_not_exist_is_refused(full: Ledger, ask: str) -> None:
    with pytest.raises(BadOption, match="moody"):
        getattr(full.summaries, ask)(status="moody")


def test_sentences_come_cut_at_their_words(full: Ledger) -> None:
    events, figures = full.events(limit=1000), full.figures(limit=1000)
    quoted = full.summaries.quoted([one.id for one in (*events, *figures)])
    for one in (*events, *figures):
        found = quoted[one.id]
        assert (found.before + found.words + found.after, found.words) == (one.sentence, one.words)


def test_the_latest_articles_come_first(full: Ledger, story: Callable[..., Reading]) -> None:
    full.add(story(77, title="The last"))
    latest = full.summaries.latest(limit=3)
    assert next(one.title for one in latest) == "The last" and len(latest) == 3
    assert (latest[0].events, latest[0].sightings) == (1, 1)
    assert full.summaries.texts([latest[0].id])[latest[0].id].startswith("Report 77.")


def test_a_summary_is_remembered_until_the_ledger_changes(full: Ledger, story: Callable[..., Reading]) -> None:
    first = full.summaries.volume()
    assert full.summaries.volume() is first
    full.add(story(99))
    assert sum(row.events for row in full.summaries.volume()) == 25
