"""A SQLite ledger is a plain file that any tool opens well: Datasette finds its search, its links and its words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from onrecord.ledger import open_ledger
from tests.ledger.stories import story

# Datasette's own question (0.65): a full-text table is known by the words of its definition, quotes and all.
_SEARCH_OF = """SELECT name FROM sqlite_master WHERE rootpage = 0
AND (sql LIKE '%VIRTUAL TABLE%USING FTS%content="{0}"%' OR sql LIKE '%VIRTUAL TABLE%USING FTS%content=[{0}]%')"""
# Rows that outlive what they are about, on purpose.
_OUTLIVE = {("corrections", "article_id"), ("corrections", "record_id"), ("deletions", "article_id"),
            ("deletions", "record_id"), ("decision_events", "event_id")}  # fmt: skip
_LEADS_TO = {"entity_id": "entities", "place_id": "places", "time_id": "times", "event_id": "events",
             "statement_id": "statements", "speaker_id": "entities", "medium_id": "entities", "article_id": "articles"}  # fmt: skip


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = tmp_path_factory.mktemp("plain") / "l.db"
    with open_ledger(path) as ledger:
        for number in range(12):
            ledger.add(story(number))
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


def tables(file: sqlite3.Connection) -> list[str]:
    ours = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%' AND name NOT LIKE 'sqlite%'"
    return [name for (name,) in file.execute(ours)]


def test_names_are_plain_words(file: sqlite3.Connection) -> None:
    for table in tables(file):
        columns = [row[1] for row in file.execute(f"PRAGMA table_info({table})")]
        assert all(re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name) for name in (table, *columns)), (table, columns)


def test_articles_can_be_searched_by_a_tool_that_knows_nothing_of_us(file: sqlite3.Connection) -> None:
    ((search,),) = file.execute(_SEARCH_OF.format("articles")).fetchall()
    found = file.execute(
        f"SELECT text FROM articles WHERE rowid IN (SELECT rowid FROM {search} WHERE {search} MATCH 'okwir AND leh')"
    ).fetchall()
    assert len(found) == 4 and all("in Leh" in text for (text,) in found)


def test_columns_that_lead_to_another_table_say_so(file: sqlite3.Connection) -> None:
    told = 0
    for table in tables(file):
        leads = {row[3]: row[2] for row in file.execute(f"PRAGMA foreign_key_list({table})")}
        keys = {row[1] for row in file.execute(f"PRAGMA table_info({table})") if row[5]}
        for _, column, *_ in file.execute(f"PRAGMA table_info({table})"):
            # A table's own key says whose row it is by its number where it does not by its id.
            if column in _LEADS_TO and (table, column) not in _OUTLIVE and not ({"number"} & (keys | leads.keys())):
                assert leads.get(column) == _LEADS_TO[column], (table, column)
                told += 1
    assert told > 20


def test_the_view_of_events_reads_like_a_list(file: sqlite3.Connection) -> None:
    cursor = file.execute("SELECT * FROM event_list ORDER BY id LIMIT 1")
    row = dict(zip((column[0] for column in cursor.description), cursor.fetchone(), strict=True))
    assert (row["recipients"], row["according_to"]) == ("farmers", "Anna Okwir")
    assert {"first_day", "status", "type", "actors", "words", "place", "sentence", "review"} <= row.keys()
