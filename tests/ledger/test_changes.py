"""A mirror that follows the changes holds what the ledger holds."""

from __future__ import annotations

import pytest

from onrecord.ledger import Ledger
from onrecord.records import BadOption, Reading, Status
from tests.ledger.stories import story


class Mirror:
    """Ids by kind, kept up from changes alone."""

    def __init__(self) -> None:
        self.held: set[tuple[str, str]] = set()
        self.seen: str | None = None
        self.told = 0

    def follow(self, ledger: Ledger) -> None:
        for change in ledger.changes(self.seen):
            (self.held.add if change.action == "changed" else self.held.discard)((change.kind, change.record_id))
            self.seen, self.told = change.changed_at, self.told + 1


def holds(ledger: Ledger) -> set[tuple[str, str]]:
    mirror = Mirror()
    mirror.follow(ledger)
    return mirror.held


def changed(reading: Reading) -> Reading:
    return reading.model_copy(update={"events": (reading.events[0].model_copy(update={"status": Status.threatened}),)})


def test_a_mirror_that_asks_now_and_then_holds_the_same_as_one_that_starts_anew(ledger: Ledger) -> None:
    mirror = Mirror()
    for step in (
        lambda: ledger.add(story(0)),
        lambda: ledger.add(story(1)),
        lambda: ledger.add(changed(story(0)), read_again=True),
        lambda: ledger.reject(ledger.events(article=story(1).article.id)[0].id, reviewer="Ada"),
        lambda: ledger.add(story(0).model_copy(update={"figures": ()}), read_again=True),
        lambda: ledger.forget(story(1).article.id),
        lambda: ledger.add(story(0), read_again=True),
    ):
        step()
        mirror.follow(ledger)
        assert mirror.held == holds(ledger)
    assert ("article", story(1).article.id) not in mirror.held


def test_nothing_new_is_told_twice(ledger: Ledger) -> None:
    ledger.add(story(0))
    mirror = Mirror()
    mirror.follow(ledger)
    told = mirror.told
    mirror.follow(ledger)
    assert mirror.told == told


def test_only_what_differs_is_told(ledger: Ledger) -> None:
    ledger.add(story(0))
    mirror = Mirror()
    mirror.follow(ledger)
    ledger.add(changed(story(0)), read_again=True)
    assert {(one.kind, one.action) for one in ledger.changes(mirror.seen)} == {
        ("event", "changed"),
        ("placement", "changed"),
    }
    mirror.follow(ledger)
    ledger.add(story(0).model_copy(update={"figures": ()}), read_again=True)
    assert {(one.kind, one.action) for one in ledger.changes(mirror.seen)} == {
        ("event", "changed"),
        ("placement", "changed"),
        ("figure", "deleted"),
    }


def test_ids_are_the_same_in_another_ledger(ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> None:
    from onrecord.ledger import open_ledger

    ledger.add(story(3))
    with open_ledger(tmp_path_factory.mktemp("other") / "l.db") as other:
        other.add(story(2))
        other.add(story(3))
        assert {one.id for one in ledger.events()} < {one.id for one in other.events()}


def test_the_view_of_changes_says_the_same(ledger: Ledger) -> None:
    from sqlalchemy import text

    ledger.add(story(0))
    ledger.forget(story(0).article.id)
    ledger.add(story(1))
    with ledger._database.reading() as connection:
        rows = {
            tuple(row) for row in connection.execute(text("SELECT changed_at, kind, record_id, action FROM changes"))
        }
    assert rows == {(one.changed_at, one.kind, one.record_id, one.action) for one in ledger.changes()}


@pytest.mark.parametrize("since", ["yesterday", "2024-13-01", ""])
def test_a_moment_that_is_none_is_refused(ledger: Ledger, since: str) -> None:
    with pytest.raises(BadOption, match="is not understood"):
        list(ledger.changes(since))


@pytest.mark.parametrize(
    "since", ["2024-01-02", "2024-01-02T03:04:05", "2024-01-02T03:04:05.123456Z", "2024-01-02T03:04:05+05:00"]
)
def test_days_and_moments_are_understood(ledger: Ledger, since: str) -> None:
    ledger.add(story(0))
    assert list(ledger.changes(since))
