"""What a person said is never lost, never touched by a machine, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from onrecord.ledger import BadCorrection, Ledger, NoSuchRecord, open_ledger
from onrecord.ledger._ids import ledger_ids
from onrecord.records import Reading, Span
from tests.ledger.stories import story


@pytest.fixture
def event(ledger: Ledger) -> str:
    """The id of the one event of article 0."""
    ledger.add(story(0))
    return ledger.events()[0].id


def without_events(reading: Reading) -> Reading:
    figure = reading.figures[0].model_copy(update={"event": None})
    return reading.model_copy(update={"events": (), "figures": (figure,)})


def test_an_edited_event_is_found_as_edited_and_the_machine_s_reading_stays(ledger: Ledger, event: str) -> None:
    ledger.edit(event, "status", "hypothetical", reviewer="Ada", note="feared only")
    (found,) = ledger.events(status="hypothetical")
    assert (found.id, found.review) == (event, "edited")
    assert not ledger.events(status="happened")
    assert ledger.reading(found.article_id) == story(0)
    assert ledger.reviewed(found.article_id).reading.events[0].status == "hypothetical"


def test_a_rejected_event_is_left_out_unless_asked_for(ledger: Ledger, event: str) -> None:
    ledger.reject(event, reviewer="Ada")
    assert not ledger.events()
    assert not ledger.events(party="Northern Army")
    assert [one.review for one in ledger.events(rejected=True)] == ["rejected"]


def test_undo_and_undoing_the_undoing(ledger: Ledger, event: str) -> None:
    first = ledger.reject(event, reviewer="Ada")
    second = ledger.undo(first.id, reviewer="Ben")
    assert ledger.events()[0].review == "unreviewed"
    ledger.undo(second.id, reviewer="Ada")
    assert not ledger.events()
    assert [one.action for one in ledger.corrections()] == ["reject", "undo", "undo"]
    with pytest.raises(BadCorrection, match="already undone"):
        ledger.undo(first.id, reviewer="Ada")


def test_reading_again_touches_no_correction(ledger: Ledger, event: str) -> None:
    ledger.edit(event, "status", "hypothetical", reviewer="Ada")
    machine = story(0)
    better = machine.model_copy(
        update={"events": (machine.events[0].model_copy(update={"mode": "firearms", "because": "better"}),)}
    )
    ledger.add(better, read_again=True)
    (found,) = ledger.events()
    assert (found.id, found.status, found.mode, found.because) == (event, "hypothetical", "firearms", "better")


def test_an_accepted_event_stays_when_the_machine_no_longer_finds_it(ledger: Ledger, event: str) -> None:
    ledger.accept(event, reviewer="Ada")
    ledger.add(without_events(story(0)), read_again=True)
    (found,) = ledger.events()
    assert (found.id, found.review, found.actors[0].name) == (event, "accepted", "Northern Army")


def test_a_rejected_event_that_the_machine_no_longer_finds_is_gone(ledger: Ledger, event: str) -> None:
    ledger.reject(event, reviewer="Ada")
    ledger.add(without_events(story(0)), read_again=True)
    assert not ledger.events(rejected=True)


def test_a_correction_finds_its_record_when_the_trigger_is_read_a_little_longer(ledger: Ledger, event: str) -> None:
    ledger.edit(event, "status", "negated", reviewer="Ada")
    machine = story(0)
    old = machine.events[0].span
    longer = Span.of(machine.article.text, old.start, old.end + 8)
    moved = machine.events[0].model_copy(update={"span": longer})
    ledger.add(machine.model_copy(update={"events": (moved,)}), read_again=True)
    (found,) = ledger.events()
    assert (found.status, found.words) == ("negated", "attacked farmers")


def test_references_survive_renumbering(ledger: Ledger, event: str) -> None:
    machine = story(0)
    okwir = ledger_ids(machine)["n3"]
    ledger.edit(event, "actors", [okwir], reviewer="Ada")
    swap = {"n1": "n3", "n3": "n1", "n2": "n2"}
    renumbered = machine.model_copy(
        update={
            "entities": tuple(
                sorted(
                    (one.model_copy(update={"id": swap[one.id]}) for one in machine.entities), key=lambda one: one.id
                )
            ),
            "events": (machine.events[0].model_copy(update={"actors": ("n3",)}),),
            "statements": (machine.statements[0].model_copy(update={"speaker": "n1"}),),
        }
    )
    ledger.add(renumbered, read_again=True)
    (found,) = ledger.events()
    assert [one.name for one in found.actors] == ["Anna Okwir"]


def test_a_reviewer_adds_what_the_machine_missed(ledger: Ledger, event: str) -> None:
    reading = story(0)
    ids = ledger_ids(reading)
    start = reading.article.text.index("died")
    sentence = reading.figures[0].sentence.model_dump()
    record = {"type": "ASSAULT", "actors": [ids["n1"]], "place": ids["p1"], "status": "happened",
              "span": {"start": start, "end": start + 4, "text": "died"}, "sentence": sentence}  # fmt: skip
    ledger.add_record(reading.article.id, "event", record, reviewer="Ada")
    added = next(one for one in ledger.events() if one.words == "died")
    assert (added.review, added.place, added.actors[0].name, added.because) == (
        "added",
        "Sake",
        "Northern Army",
        "reviewer",
    )
    ledger.add(reading.model_copy(update={"figures": ()}), read_again=True)
    assert added.id in {one.id for one in ledger.events()}
    ledger.edit(added.id, "type", "COERCE", reviewer="Ben")
    assert {one.id: one.type for one in ledger.events()}[added.id] == "COERCE"


def test_reviewers_who_disagree_are_shown_and_the_latest_word_holds(ledger: Ledger, event: str) -> None:
    ledger.edit(event, "status", "planned", reviewer="Ada")
    ledger.edit(event, "status", "called_for", reviewer="Ben")
    (one,) = ledger.disagreements()
    assert (one.record_id, one.field, one.says) == (event, "status", {"Ada": "planned", "Ben": "called_for"})
    assert (ledger.events()[0].status, ledger.events()[0].review) == ("called_for", "disputed")
    ledger.edit(event, "status", "called_for", reviewer="Ada")
    assert ledger.disagreements() == []
    assert ledger.events()[0].review == "edited"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda book, event: book.edit(event, "status", "maybe", reviewer="A"), "status"),
        (lambda book, event: book.edit(event, "colour", "red", reviewer="A"), "an event has|a event has"),
        (lambda book, event: book.edit(event, "actors", ["nobody"], reviewer="A"), "no entity 'nobody'"),
        (lambda book, event: book.edit(event, "span", {"start": 0, "end": 3, "text": "abc"}, reviewer="A"), "span"),
        (lambda book, event: book.accept(event, reviewer=" "), "reviewer"),
        (
            lambda book, event: book.add_record(book.article_ids()[0], "event", {"type": "ASSAULT"}, reviewer="A"),
            "status",
        ),
        (lambda book, event: book.add_record(book.article_ids()[0], "opinion", {}, reviewer="A"), "opinion"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused_and_leaves_nothing(
    ledger: Ledger, event: str, make: Callable[[Ledger, str], object], said: str
) -> None:
    with pytest.raises(BadCorrection, match=said):
        make(ledger, event)
    assert ledger.corrections() == []
    assert ledger.events()[0].review == "unreviewed"


def test_an_unknown_record_is_said_to_be_unknown(ledger: Ledger) -> None:
    with pytest.raises(NoSuchRecord, match="abc"):
        ledger.accept("abc", reviewer="Ada")


@pytest.mark.parametrize("statement", ["DELETE FROM corrections", "UPDATE corrections SET reviewer = 'Eve'"])
def test_the_database_itself_refuses_to_change_a_correction(ledger: Ledger, event: str, statement: str) -> None:
    ledger.accept(event, reviewer="Ada")
    with pytest.raises(DBAPIError, match="only ever added to"), ledger._database.turn() as connection:
        connection.execute(text(statement))
    assert ledger.corrections()[0].reviewer == "Ada"


def test_corrections_outlive_the_article_and_find_it_when_it_comes_back(ledger: Ledger, event: str) -> None:
    ledger.edit(event, "status", "negated", reviewer="Ada")
    ledger.forget(story(0).article.id)
    assert len(ledger.corrections()) == 1
    ledger.add(story(0))
    assert ledger.events()[0].status == "negated"


def test_corrections_come_out_as_annotation(ledger: Ledger, event: str) -> None:
    ledger.edit(event, "status", "hypothetical", reviewer="Ada")
    (figure,) = ledger.figures()
    ledger.reject(figure.id, reviewer="Ada")
    (gold,) = ledger.gold()
    (one,) = gold["events"]
    assert (one["anchor"], one["status"], one["speakers"]) == ("attacked", "hypothetical", ["Anna Okwir"])
    assert story(0).article.text[one["start"] : one["end"]] == "attacked"
    assert one["actors"] == [{"name": "Northern Army", "country": "SDN", "sectors": ["MIL"]}]
    assert gold["figures"] == []
    assert gold["rejected"] == [
        {"kind": "figure", "anchor": "At least 3 people", "start": figure_start(), "end": figure_start() + 17}
    ]


def figure_start() -> int:
    return story(0).article.text.index("At least")


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["accept", "reject", "status", "place", "undo", "again", "again without"]),
        st.sampled_from(["Ada", "Ben"]),
        st.sampled_from(["planned", "negated"]),
    ),
    max_size=8,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_whatever_is_done_the_rows_are_what_a_fresh_ledger_would_hold(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, str, str]]
) -> None:
    """Rows are only a view of readings and corrections: laid out anew from those two, they are the same."""
    folder = tmp_path_factory.mktemp("ledger")
    with open_ledger(folder / "one.db") as ledger:
        ledger.add(story(0))
        event = ledger.events()[0].id
        for act, reviewer, status in acts:
            try:
                if act in ("accept", "reject"):
                    getattr(ledger, act)(event, reviewer=reviewer)
                elif act == "status":
                    ledger.edit(event, "status", status, reviewer=reviewer)
                elif act == "place":
                    ledger.edit(event, "place", None, reviewer=reviewer)
                elif act == "undo":
                    ledger.undo(len(ledger.corrections()), reviewer=reviewer)
                else:
                    ledger.add(story(0) if act == "again" else without_events(story(0)), read_again=True)
            except (BadCorrection, NoSuchRecord):
                pass
        before = _rows(ledger)
        reading = ledger.reading(story(0).article.id)
        ledger.forget(reading.article.id)
        ledger.add(reading)
        assert _rows(ledger) == before


def _rows(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every record, without moments and running numbers."""
    tables = "entities places times statements events figures event_parties attributions mentions".split()
    with ledger._database.reading() as connection:
        found = {}
        for table in tables:
            rows = [dict(row._mapping) for row in connection.execute(text(f"SELECT * FROM {table}"))]
            left_out = {"changed_at"} | ({"id"} if table == "mentions" else set())
            kept = [tuple(value for name, value in row.items() if name not in left_out) for row in rows]
            found[table] = sorted(kept, key=repr)
    return found
