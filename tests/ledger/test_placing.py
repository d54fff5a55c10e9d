"""Copies and clusters as they are kept: the same as in memory, through corrections, re-reading, and an older schema."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, insert, select, text, update

from evals._invented import readings
from onrecord.ledger import BadCorrection, Ledger, NoSuchRecord, open_ledger
from onrecord.ledger import _cluster_tables as c
from onrecord.ledger import _tables as t
from onrecord.ledger._clusters import Clusterer, MemoryIndex
from onrecord.ledger._copies import Copies, MemoryCopies
from onrecord.ledger._features import features_of
from onrecord.ledger._ids import ledger_ids
from onrecord.ledger._signature import sign
from onrecord.ledger._stored_clusters import near_query
from onrecord.ledger._stored_copies import sharing_query
from onrecord.records import Reading
from tests.ledger.stories import story
from tests.ledger.test_compare import COPY, OWN, WIRE, told

PAPERS = ("Coast Herald", "Lake Daily", "Garissa Courier")
BY = {"reviewer": "Ada"}


def reports() -> list[Reading]:
    """A wire story, its copy, a paper's own report, a cut copy; and articles on other things, some of them alike."""
    own = [told(body, published=f"2024-03-{day}") for day, body in ((12, COPY), (13, OWN), (14, WIRE))]
    cut = told(WIRE[: WIRE.index(" Shops")], published="2024-03-12", publisher="Lake Daily")
    others = [story(number, published=f"2024-08-{number % 4 + 1:02d}") for number in range(24)]
    every = [*own, *others, cut]
    random.Random(3).shuffle(every)
    return every


def in_memory(readings: list[Reading]) -> tuple[set[frozenset[str]], dict[str, str]]:
    """The events that are one, and the original of each article, as the matchers say without a database."""
    clusterer, copies = Clusterer(MemoryIndex()), Copies(MemoryCopies())
    clusters: dict[str, set[str]] = {}
    originals = {}
    for reading in readings:
        copy = copies.add(reading.article.id, sign(reading.article))
        originals[reading.article.id] = copy.original if copy else reading.article.id
        for features in features_of(reading):
            clusters.setdefault(clusterer.place(features).cluster, set()).add(features.id)
    return {frozenset(events) for events in clusters.values()}, originals


def stored(ledger: Ledger) -> tuple[set[frozenset[str]], dict[str, str]]:
    clusters: dict[str, set[str]] = {}
    first = c.origins.alias()
    query = select(c.origins.c.article_id, first.c.article_id).join_from(
        c.origins, first, first.c.number == c.origins.c.original
    )
    with ledger._database.reading() as connection:
        for event, cluster in connection.execute(select(c.cluster_events.c.event_id, c.cluster_events.c.cluster)):
            clusters.setdefault(cluster, set()).add(event)
        originals = {row[0]: row[1] for row in connection.execute(query)}
    return {frozenset(events) for events in clusters.values()}, originals


def sound(ledger: Ledger) -> None:
    """What is counted and looked up by is what is there."""
    for same in ledger.same_events(articles=1, limit=1000):
        for report in same.reports:
            (event,) = ledger.events(article=report.article_id)
            assert (event.cluster, event.articles, event.independent_sources) == (
                same.id,
                same.articles,
                same.independent_sources,
            )
    with ledger._database.reading() as connection:
        placed = set(connection.scalars(select(c.cluster_events.c.event_id)))
        right = set(connection.scalars(select(t.events.c.id).where(t.events.c.review != "rejected")))
        kept = set(connection.scalars(select(c.clusters.c.id)))
        used = set(connection.scalars(select(c.cluster_events.c.cluster)))
        numbers = set(connection.scalars(select(t.articles.c.number)))
        looked_up = set(connection.scalars(select(c.copy_keys.c.number))) | set(
            connection.scalars(select(c.story_keys.c.number))
        )
    assert placed == right
    assert kept == used
    assert looked_up <= numbers


def filled(ledger: Ledger) -> dict[str, str]:
    """The ids of the attack's events by publisher, all in one cluster."""
    for body, day, paper in zip((COPY, WIRE, OWN), ("12", "12", "13"), PAPERS, strict=True):
        ledger.add(told(body, published=f"2024-03-{day}", publisher=paper))
    return {event.publisher or "": event.id for event in ledger.events()}


def clusters_of(ledger: Ledger) -> dict[str, str]:
    return {event.publisher or "": event.cluster for event in ledger.events(rejected=True)}


def test_the_tables_say_what_the_matchers_say_in_memory(ledger: Ledger) -> None:
    readings = reports()
    for reading in readings:
        ledger.add(reading)
    clusters, originals = stored(ledger)
    assert (clusters, originals) == in_memory(readings)
    assert max(map(len, clusters)) >= 4
    assert len(set(originals.values())) < len(originals) - 1
    sound(ledger)


@pytest.mark.parametrize("nearest", [1, 2])
def test_they_look_at_the_same_articles_where_there_are_too_many(
    where: str, nearest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.ledger import _clusters, _copies, _stored_clusters, _stored_copies

    for module in (_clusters, _copies, _stored_clusters, _stored_copies):
        monkeypatch.setattr(module, "NEAREST", nearest)
    readings = reports()
    with open_ledger(where) as ledger:
        for reading in readings:
            ledger.add(reading)
        assert stored(ledger) == in_memory(readings)


def test_the_quick_way_to_the_nearest_cluster_leads_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.ledger import _clusters

    news = list(islice(readings(), 40))
    quick, _ = in_memory(news)
    monkeypatch.setattr(_clusters, "most", lambda *_: math.inf)  # then every cluster is looked at
    assert in_memory(news)[0] == quick
    assert sum(len(cluster) > 2 for cluster in quick) >= 5


def test_the_tables_say_of_many_events_an_article_what_is_said_in_memory(tmp_path: Path) -> None:
    news = list(islice(readings(seed=1), 40))
    with open_ledger(tmp_path / "l.db") as ledger:
        for reading in news:
            ledger.add(reading)
        assert stored(ledger) == in_memory(news)


def test_an_event_knows_its_cluster_and_who_tells_of_it(ledger: Ledger) -> None:
    ids = filled(ledger)
    events = ledger.events()
    assert {(one.cluster, one.articles, one.independent_sources) for one in events} == {(events[0].cluster, 3, 2)}
    by_event, by_cluster = ledger.same_event(ids["Lake Daily"]), ledger.same_event(events[0].cluster)
    assert by_event == by_cluster == ledger.same_events()[0]
    assert [len(ledger.events(sources=at_least)) for at_least in (1, 2, 3)] == [3, 3, 0]
    with pytest.raises(NoSuchRecord, match="no event and no cluster has this id"):
        ledger.same_event("c:nobody")


def test_many_told_events_are_found_as_few_are(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.ledger import _queries

    filled(ledger)
    few = [one.id for one in ledger.events(sources=2)]
    monkeypatch.setattr(_queries, "_FEW", 0)
    assert [one.id for one in ledger.events(sources=2)] == few != []


def test_an_agency_that_a_later_copy_credits_is_every_copy_s(ledger: Ledger) -> None:
    ledger.add(told(COPY, publisher="Coast Herald", published="2024-03-12"))
    ledger.add(told(COPY + " More soon.", publisher="Hill Post", published="2024-03-12"))
    assert {report.origin for report in ledger.same_events()[0].reports} == {"Coast Herald"}
    ledger.add(told(WIRE, publisher="Lake Daily", published="2024-03-12"))
    (same,) = ledger.same_events()
    assert (same.sources, {report.agency for report in same.reports}) == (("Reuters",), {"Reuters"})
    sound(ledger)


def test_a_rejected_event_is_no_report_until_that_is_undone(ledger: Ledger) -> None:
    ids = filled(ledger)
    before = clusters_of(ledger)
    rejected = ledger.reject(ids["Lake Daily"], **BY)
    assert clusters_of(ledger) == {**before, "Lake Daily": ""}
    assert ledger.same_events()[0].articles == 2
    with pytest.raises(NoSuchRecord, match="a reviewer found it wrong"):
        ledger.same_event(ids["Lake Daily"])
    sound(ledger)
    ledger.undo(rejected.id, **BY)
    assert clusters_of(ledger) == before
    sound(ledger)


def test_forgetting_the_original_leaves_its_copies_one_source(ledger: Ledger) -> None:
    filled(ledger)
    ledger.add(told(WIRE[: WIRE.index(" Shops")], published="2024-03-13", publisher="Hill Post"))
    first = ledger.article_ids()[0]
    ledger.forget(first)
    (same,) = ledger.same_events()
    assert (same.articles, same.independent_sources) == (3, 2)
    assert {report.copy_of for report in same.reports} == {None, ledger.article_ids()[0]}
    sound(ledger)


def test_a_reading_that_no_longer_has_the_event_takes_it_from_its_cluster(ledger: Ledger) -> None:
    filled(ledger)
    wire = told(WIRE, published="2024-03-12", publisher="Lake Daily")
    ledger.add(wire.model_copy(update={"events": (), "figures": ()}), read_again=True)
    assert ledger.same_events()[0].articles == 2
    ledger.add(wire, read_again=True)
    assert ledger.same_events()[0].articles == 3
    sound(ledger)


def test_a_reading_that_says_the_same_moves_nothing(ledger: Ledger) -> None:
    ids = filled(ledger)
    ledger.split([ids["Lake Daily"]], **BY)
    seen = [(one.kind, one.record_id) for one in ledger.changes(ledger.moment)]
    before = ledger.events()
    ledger.add(told(WIRE, published="2024-03-12", publisher="Lake Daily"), read_again=True)
    assert list(ledger.events()) == list(before)
    assert seen == [(one.kind, one.record_id) for one in ledger.changes(ledger.moment)] == []


def split_off(ledger: Ledger, ids: dict[str, str]) -> Any:
    return ledger.split([ids["Garissa Courier"]], note="the second raid", **BY)


@pytest.mark.parametrize(
    "later",
    [
        lambda ledger, readings: [ledger.add(one, read_again=True) for one in readings],
        lambda ledger, readings: [(ledger.forget(one.article.id), ledger.add(one)) for one in readings],
        lambda ledger, readings: [
            ledger.undo(ledger.reject(event.id, **BY).id, **BY) for event in ledger.events() for _ in readings[:1]
        ],
    ],
    ids=["read again", "forgotten and put in again", "rejected and undone"],
)
def test_what_people_split_stays_split(ledger: Ledger, later: Callable[[Ledger, list[Reading]], object]) -> None:
    ids = filled(ledger)
    split_off(ledger, ids)
    apart = clusters_of(ledger)
    assert len(set(apart.values())) == 2
    readings = [ledger.reading(article) for article in ledger.article_ids()]
    changed = [
        one.model_copy(update={"events": (one.events[0].model_copy(update={"mode": "raid"}),)}) for one in readings
    ]
    later(ledger, changed)
    now = clusters_of(ledger)
    assert now["Coast Herald"] == now["Lake Daily"] != now["Garissa Courier"]
    sound(ledger)


def test_what_people_merged_stays_merged_and_comes_apart_when_undone(ledger: Ledger) -> None:
    ids = filled(ledger)
    ledger.add(story(0, publisher="Hill Post"))
    other = next(one for one in ledger.events() if one.publisher == "Hill Post")
    before = clusters_of(ledger)
    decision = ledger.merge(ids["Lake Daily"], other.id, note="one raid", **BY)
    assert (decision.by, decision.note, decision.action, decision.at) == ("Ada", "one raid", "merge", ledger.moment)
    assert len(set(clusters_of(ledger).values())) == 1
    sound(ledger)
    reading = ledger.reading(other.article_id)
    ledger.forget(other.article_id)
    ledger.add(reading)
    assert len(set(clusters_of(ledger).values())) == 1
    ledger.undo_decision(decision.id, note="no", **BY)
    assert clusters_of(ledger) == before
    sound(ledger)
    assert [(one.id, one.action, one.undoes) for one in ledger.decisions()] == [(1, "merge", None), (2, "undo", 1)]
    assert ledger.decisions()[0] == decision


def test_what_cannot_be_decided_changes_nothing(ledger: Ledger) -> None:
    ids = filled(ledger)
    moment = ledger.moment
    for refused, decide in (
        (BadCorrection, lambda: ledger.split(ids.values(), **BY)),
        (BadCorrection, lambda: ledger.split([ids["Lake Daily"]], reviewer=" ")),
        (BadCorrection, lambda: ledger.merge(ids["Lake Daily"], ids["Coast Herald"], **BY)),
        (NoSuchRecord, lambda: ledger.merge(ids["Lake Daily"], "c:nobody", **BY)),
        (NoSuchRecord, lambda: ledger.split(["nobody"], **BY)),
        (NoSuchRecord, lambda: ledger.undo_decision(1, **BY)),
    ):
        with pytest.raises(refused):
            decide()
    assert (ledger.decisions(), ledger.moment) == ([], moment)


@pytest.mark.parametrize("table", [c.decisions, c.decision_events], ids=str)
def test_decisions_are_only_ever_added_to(ledger: Ledger, table: Any) -> None:
    split_off(ledger, filled(ledger))
    for act in (table.delete(), update(table).values({next(iter(table.primary_key)).name: 7})):
        with pytest.raises(Exception, match="only ever added to"), ledger._database.writing() as writing:
            writing.connection.execute(act)


def test_a_mirror_follows_clusters_and_decisions(ledger: Ledger) -> None:
    from tests.ledger.test_changes import Mirror, holds

    mirror = Mirror()
    ids = filled(ledger)
    mirror.follow(ledger)
    decision = split_off(ledger, ids)
    mirror.follow(ledger)
    assert ("cluster", decision.cluster) in mirror.held and ("decision", "1") in mirror.held
    ledger.undo_decision(decision.id, **BY)
    mirror.follow(ledger)
    assert ("cluster", decision.cluster) not in mirror.held
    ledger.forget(ledger.article_ids()[0])
    mirror.follow(ledger)
    assert mirror.held == holds(ledger)


def test_pages_of_compared_events_follow_one_another(ledger: Ledger) -> None:
    for number in range(10):
        ledger.add(story(number, published=f"2024-{number + 1:02d}-01"))
    whole = [one.id for one in ledger.same_events(articles=1)]
    assert len(whole) == 10
    paged: list[str] = []
    mark = None
    while True:
        page = ledger.same_events(articles=1, limit=3, after=mark)
        paged += [one.id for one in page]
        mark = page.next
        if mark is None:
            break
    assert paged == whole


def test_questions_that_many_events_answer_give_the_same_as_those_that_few_do(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.ledger import _compare

    for number in range(12):
        ledger.add(story(number, published=f"2024-{number + 1:02d}-01"))
    questions: tuple[dict[str, str], ...] = (
        {"type": "ASSAULT"}, {"party": "farmers", "type": "CONSULT"}, {"country": "IND"}, {"text": "militia"}, {"place": "SDN"},
    )  # fmt: skip
    counted: tuple[dict[str, str], ...] = ({"kind": "killed"}, {"kind": "injured"})

    def answers() -> list[list[str]]:
        return [[one.id for one in ledger.same_events(**asked, articles=1)] for asked in questions + counted]

    few = answers()
    monkeypatch.setattr(_compare, "_FEW", 0)
    assert answers() == few
    assert all(0 < len(found) < 12 for found in few[: len(questions)])
    assert [len(found) for found in few[len(questions) :]] == [12, 0]


def test_claims_are_of_one_event_when_one_is_named(ledger: Ledger) -> None:
    ids = filled(ledger)
    ledger.add(story(0))
    (killed,) = ledger.claims("killed", event=ids["Garissa Courier"])
    assert killed == ledger.claims("killed")[0]
    assert len(ledger.claims("killed", articles=1)) == 2 and len(ledger.same_events(kind="injured", articles=1)) == 0


def test_a_ledger_of_the_first_schema_is_compared_once(where: str, tmp_path: Path) -> None:
    """The rows of the first schema, and the decision of nobody; opened, it is as if its articles had come now."""
    from alembic import command
    from alembic.config import Config

    from onrecord.ledger._engine import Database
    from onrecord.ledger._migrate import MIGRATIONS

    first = [table for table in t.metadata.sorted_tables if table.name not in _later_tables()]
    with open_ledger(tmp_path / "new.db") as new:
        for reading in reports():
            new.add(reading)
        new.reject(new.events(type="ASSAULT")[0].id, **BY)
        expected = stored(new)
        with new._database.reading() as connection:
            rows = {table: [dict(row._mapping) for row in connection.execute(select(table))] for table in first}
    old = Database(where)
    with old.turn() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(text("DELETE FROM clock"))
        for table in first:
            if rows[table]:
                connection.execute(insert(table), rows[table])
    old.close()
    with open_ledger(where) as ledger:
        assert stored(ledger) == expected
        sound(ledger)
        assert ledger.moment > max(row["changed_at"] for row in rows[t.articles])


def _later_tables() -> set[str]:
    from onrecord.ledger import _user_tables as users

    return {one.name for module in (c, users) for one in vars(module).values() if isinstance(one, Table)}


def plan(ledger: Ledger, query: Any) -> str:
    """How SQLite goes about a query when it knows nothing of how its tables are filled, as in every new ledger."""
    with ledger._database.reading() as connection:
        sql = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
        return "\n".join(row[-1] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {sql}")))


@pytest.mark.parametrize("few", [0, 1000])
def test_questions_about_compared_events_go_through_an_index(
    few: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy import event as hooks

    from onrecord.ledger import _compare

    monkeypatch.setattr(_compare, "_FEW", few)
    asked: list[tuple[str, Any]] = []
    with open_ledger(tmp_path / "l.db") as ledger:
        for reading in islice(readings(), 10):
            ledger.add(reading)
        (event,) = ledger.events(type="ASSAULT", limit=1)
        questions = (
            {"party": event.actors[0].name},
            {"country": "COD"},
            {"type": "ASSAULT"},
            {"place": "COD"},
            {"kind": "killed"},
            {},
        )
        engine = ledger._database.engine
        hooks.listen(engine, "before_cursor_execute", lambda *given: asked.append((given[2], given[3])))
        for question in questions:
            ledger.same_events(**question)  # type: ignore[arg-type]
        ledger.claims("killed")
        ledger.same_event(event.id)
        with engine.connect() as connection:
            for statement, parameters in [one for one in asked if one[0].startswith("SELECT")]:
                rows = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, parameters)
                steps = [row[-1] for row in rows]
                assert not any(step.removeprefix("SCAN ") in t.metadata.tables for step in steps), (statement, steps)
                if few == 0 and "FROM clusters" in statement and "EXISTS" in statement:
                    # One cluster after another, and of each its own events.
                    assert steps[0].startswith("SCAN clusters USING COVERING INDEX ix_clusters_newest"), steps
                    looked_up = {step.split()[1]: step for step in steps if step.startswith("SEARCH")}
                    assert "(cluster=?)" in looked_up["cluster_events"], (statement, steps)
                    assert all(
                        "(id=?)" in step or "event_id=?" in step or "(cluster=?)" in step for step in looked_up.values()
                    ), (statement, steps)
    assert any("EXISTS" in statement for statement, _ in asked) == (few == 0)


def test_what_is_near_is_looked_up_by_its_keys(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db") as ledger:
        for reading in reports():
            ledger.add(reading)
        features = features_of(told(OWN), ids=ledger_ids(told(OWN)))[0]
        near = plan(ledger, near_query(features.story, (-1, 46000), 1))
        assert "SEARCH story_keys USING PRIMARY KEY (key=? AND period=?)" in near and "SCAN story_keys" not in near
        sharing = plan(ledger, sharing_query(sign(told(OWN).article).keys))
        assert "SEARCH copy_keys USING PRIMARY KEY (key=?)" in sharing and "SCAN" not in sharing
