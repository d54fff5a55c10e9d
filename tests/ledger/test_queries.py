"""Questions and their answers, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.ledger import Ledger, open_ledger
from onrecord.ledger._text import fts5
from onrecord.records import BadOption
from tests.ledger.stories import story

NUMBERS = range(24)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Twenty-four articles."""
    from tests.ledger.conftest import new_database

    sqlite = request.param == "sqlite"
    where = str(tmp_path_factory.mktemp("l") / "l.db") if sqlite else new_database(request.getfixturevalue("server"))
    with open_ledger(where) as ledger:
        for number in NUMBERS:
            ledger.add(story(number, publisher=f"paper{number % 2}"))
        yield ledger


def test_events_come_newest_first_and_whole(filled: Ledger) -> None:
    events = filled.events()
    assert len(events) == 24
    assert [one.first_day for one in events] == sorted((one.first_day for one in events), reverse=True)
    one = next(one for one in events if one.status == "happened" and one.type == "ASSAULT")
    assert (one.actors[0].name, one.actors[0].country, one.recipients[0].name, one.sources[0].name) == (
        "Northern Army",
        "SDN",
        "farmers",
        "Anna Okwir",
    )
    assert one.publisher in ("paper0", "paper1") and one.sourcing == "third_party"


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"party": "northern  ARMY"}, 6),
        ({"actor": "Northern Army"}, 6),
        ({"recipient": "Northern Army"}, 0),
        ({"recipient": "farmers"}, 24),
        ({"party": "farmers", "actor": "Red Brigade"}, 6),
        ({"actor": "Red Brigade", "recipient": "farmers"}, 6),
        ({"country": "IND"}, 6),
        ({"country": "IND", "type": "ASSAULT"}, 0),
        ({"type": "CONSULT"}, 6),
        ({"status": "planned"}, 6),
        ({"type": "CONSULT", "status": "planned"}, 6),
        ({"type": "CONSULT", "status": "happened"}, 0),
        ({"place": "sake"}, 8),
        ({"place": "IND"}, 8),
        ({"since": "2024-12-01"}, 2),
        ({"until": "2024-01-31"}, 2),
        ({"since": "2024-01-01", "until": "2024-12-31"}, 24),
        ({"source": "anna okwir"}, 24),
        ({"source": "anna okwir", "country": "SDN"}, 6),
        ({"source": "Nobody"}, 0),
        ({"sourcing": "third_party"}, 24),
        ({"sourcing": "own_voice"}, 0),
        ({"text": "arresting"}, 6),
        ({"text": '"red brigade"'}, 6),
        ({"text": "brigade -kutum"}, 4),
        ({"text": "brigade OR militia"}, 12),
        ({"text": "volcano"}, 0),
        ({"party": "Northern Army", "place": "Sake", "status": "happened", "text": "farmers"}, 2),
    ],
)
def test_every_question_is_answered(filled: Ledger, asked: dict[str, str], count: int) -> None:
    assert len(filled.events(**asked)) == count  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "asked", [{}, {"country": "COD"}, {"source": "Anna Okwir"}, {"type": "COERCE"}, {"text": "farmers"}]
)
def test_pages_follow_one_another_without_gap_or_overlap(filled: Ledger, asked: dict[str, str]) -> None:
    whole = [one.id for one in filled.events(**asked)]  # type: ignore[arg-type]
    paged, mark = [], None
    while True:
        page = filled.events(**asked, limit=5, after=mark)  # type: ignore[arg-type]
        paged += [one.id for one in page]
        mark = page.next
        if mark is None:
            break
    assert paged == whole
    assert len(whole) == len(set(whole))


def test_words_found_in_many_articles_give_the_same_as_words_found_in_few(
    filled: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.ledger import _queries

    few = [one.id for one in filled.events(text="brigade")]
    monkeypatch.setattr(_queries, "_FEW", 1)
    assert [one.id for one in filled.events(text="brigade")] == few


def test_a_party_is_found_by_any_name_of_its_identity(ledger: Ledger) -> None:
    first, second = story(0), story(1)
    renamed = second.entities[2].model_copy(update={"name": "A. Okwir"})
    second = second.model_copy(update={"entities": (*second.entities[:2], renamed)})
    ledger.add(first)
    ledger.add(second)
    assert len(ledger.events(source="Anna Okwir")) == 2


def test_figures_keep_their_sources_apart(filled: Ledger) -> None:
    figures = filled.figures(kind="killed", source="Anna Okwir")
    assert len(figures) == 0  # these figures are in the article's own voice
    figures = filled.figures(kind="killed", text="brigade")
    assert {(one.bound, one.place is not None) for one in figures} == {("at_least", True)}
    assert len(figures) == 6
    assert filled.figures(event=figures[0].event_id)[0].id == figures[0].id


def test_articles_by_words_and_day(filled: Ledger) -> None:
    found = filled.articles(text="militia", since="2024-04-01")
    assert {one.events for one in found} == {1}
    assert all((one.published or "") >= "2024-04-01" for one in found)


def test_answers_become_tables(filled: Ledger) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    events = filled.events(limit=3)
    assert isinstance(events.to_pandas(), pandas.DataFrame)
    table = events.to_polars()
    assert isinstance(table, polars.DataFrame)
    assert table["actors"].to_list() == [[party.name for party in one.actors] for one in events]
    assert len(filled.events(party="Nobody").to_polars()) == 0


@pytest.mark.parametrize(
    "asked", [{"type": "assault"}, {"status": "maybe"}, {"sourcing": "x"}, {"after": "zzz"}, {"text": "- !"}],
)  # fmt: skip
def test_a_question_that_cannot_be_meant_is_refused(filled: Ledger, asked: dict[str, str]) -> None:
    with pytest.raises(BadOption):
        filled.events(**asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("red brigade", '(("red" AND "brigade"))'),
        ('"red brigade" OR army -north', '(("red brigade") OR ("army")) NOT "north"'),
        ('NEAR(a b) col:x* "', '(("NEAR a" AND "b" AND "col x"))'),
        ("a AND b", '(("a" AND "AND" AND "b"))'),
    ],
)
def test_nothing_in_a_search_is_taken_for_an_operator_it_is_not(words: str, written: str) -> None:
    assert fts5(words) == written


def test_common_questions_go_through_an_index(tmp_path: Path) -> None:
    from sqlalchemy import event as hooks

    with open_ledger(tmp_path / "l.db") as ledger:
        ledger.add(story(0))
        asked: list[tuple[str, object]] = []
        engine = ledger._database.engine

        def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
            asked.append((statement, parameters))

        hooks.listen(engine, "before_cursor_execute", note)
        for question in (
            {},
            {"party": "x"},
            {"country": "COD"},
            {"type": "ASSAULT"},
            {"status": "planned"},
            {"place": "Sake"},
            {"source": "x"},
            {"since": "2024-01-01"},
        ):
            ledger.events(**question)  # type: ignore[arg-type]
        hooks.remove(engine, "before_cursor_execute", note)
        with engine.connect() as connection:
            for statement, parameters in asked:
                if "ORDER BY" in statement and "LIMIT" in statement:
                    plan = [
                        row[-1] for row in connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, parameters)
                    ]  # type: ignore[arg-type]
                    assert not any(line.startswith("SCAN") and "USING" not in line for line in plan), (statement, plan)
                    assert "USE TEMP B-TREE FOR ORDER BY" not in plan, (statement, plan)
