"""Articles go in whole and come out as they were, on both databases."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from onrecord.ingest import Rejected
from onrecord.ledger import Ledger, LedgerUnavailable, NewerLedger, NoSuchRecord, NotALedger, open_ledger
from onrecord.records import Article, NotText, OnrecordError, Status
from tests.ledger.stories import story


def rows(ledger: Ledger, table: str) -> list[dict[str, object]]:
    with ledger._database.reading() as connection:
        return [dict(row._mapping) for row in connection.execute(text(f"SELECT * FROM {table}"))]


def test_a_reading_comes_back_exactly(ledger: Ledger) -> None:
    reading = story(7, title="A “title”", url="https://example.org/7", authors=("A", "B"))
    assert ledger.add(reading).what == "new"
    assert ledger.reading(reading.article.id) == reading


def test_a_ledger_that_is_opened_again_holds_what_was_put_in(where: str) -> None:
    with open_ledger(where) as first:
        first.add(story(1))
    with open_ledger(where) as second:
        assert second.reading(story(1).article.id) == story(1)


def test_every_record_has_its_row_and_all_references_lead_somewhere(ledger: Ledger) -> None:
    ledger.add(story(1))
    sizes = {
        name: len(rows(ledger, name))
        for name in (
            "entities",
            "mentions",
            "places",
            "times",
            "events",
            "statements",
            "figures",
            "event_parties",
            "attributions",
        )
    }
    assert sizes == {
        "entities": 3,
        "mentions": 4,
        "places": 1,
        "times": 1,
        "events": 1,
        "statements": 1,
        "figures": 1,
        "event_parties": 2,
        "attributions": 1,
    }
    (event,), (figure,), (statement,) = rows(ledger, "events"), rows(ledger, "figures"), rows(ledger, "statements")
    assert figure["event_id"] == event["id"]
    assert event["place"] == "Kutum" and event["latitude"] == 14.2
    assert event["sourcing"] == "third_party"
    assert {row["id"]: row["name"] for row in rows(ledger, "entities")}[statement["speaker_id"]] == "Anna Okwir"


def test_the_same_article_twice_is_one_article(ledger: Ledger) -> None:
    ledger.add(story(1))
    assert ledger.add(story(1)).what == "same"
    counts = ledger.counts()
    assert (counts.articles, counts.events, counts.sightings) == (1, 1, 1)


def test_the_same_words_published_elsewhere_are_one_article_seen_twice(ledger: Ledger) -> None:
    ledger.add(story(1, publisher="one.example"))
    assert ledger.add(story(1, publisher="two.example")).what == "again"
    counts = ledger.counts()
    assert (counts.articles, counts.sightings) == (1, 2)
    assert ledger.articles()[0].sightings == 2


def test_reading_again_changes_only_what_differs(ledger: Ledger) -> None:
    reading = story(1)
    ledger.add(reading)
    before = {
        row["id"]: row["changed_at"] for table in ("events", "figures", "entities") for row in rows(ledger, table)
    }
    event = reading.events[0].model_copy(update={"status": Status.ongoing})
    assert ledger.add(reading.model_copy(update={"events": (event,)}), read_again=True).what == "changed"
    after = {row["id"]: row["changed_at"] for table in ("events", "figures", "entities") for row in rows(ledger, table)}
    assert before.keys() == after.keys()
    assert [one for one in after if after[one] != before[one]] == [rows(ledger, "events")[0]["id"]]
    assert rows(ledger, "events")[0]["status"] == "ongoing"


def test_a_party_that_is_read_differently_changes_its_event(ledger: Ledger) -> None:
    reading = story(1)
    ledger.add(reading)
    before = rows(ledger, "events")[0]["changed_at"]
    event = reading.events[0].model_copy(update={"recipients": ()})
    ledger.add(reading.model_copy(update={"events": (event,)}), read_again=True)
    assert rows(ledger, "events")[0]["changed_at"] > before
    assert len(rows(ledger, "event_parties")) == 1


def test_without_being_asked_nothing_is_read_anew(ledger: Ledger) -> None:
    reading = story(1)
    ledger.add(reading)
    assert ledger.add(reading.model_copy(update={"events": (), "figures": ()})).what == "same"
    assert ledger.reading(reading.article.id) == reading


def test_an_article_taken_out_leaves_nothing_but_word_of_it(ledger: Ledger) -> None:
    ledger.add(story(1))
    ledger.add(story(2))
    ledger.forget(story(1).article.id)
    counts = ledger.counts()
    assert (counts.articles, counts.events, counts.figures) == (1, 1, 1)
    assert len(rows(ledger, "mentions")) == 4
    assert {change.kind for change in ledger.changes() if change.action == "deleted"} == {
        "article", "entity", "place", "time", "event", "statement", "figure", "origin", "placement", "cluster"
    }  # fmt: skip
    with pytest.raises(NoSuchRecord):
        ledger.reading(story(1).article.id)


def test_what_cannot_be_read_is_kept_with_its_bytes_once(ledger: Ledger) -> None:
    rejected = Rejected(
        "photo.txt", NotText("photo.txt", "a PNG image\x00", "Only text can be read."), b"\x89PNG\x00\xff"
    )
    assert ledger.set_aside(rejected)
    assert not ledger.set_aside(rejected)
    (kept,) = ledger.rejected()
    assert (kept.name, kept.error, kept.raw, kept.whole) == ("photo.txt", "NotText", b"\x89PNG\x00\xff", True)


def test_a_long_input_that_is_set_aside_is_cut_and_says_so(ledger: Ledger) -> None:
    ledger.set_aside(Rejected("long", NotText("long", "s", "r"), b"x" * 1_000_001))
    (kept,) = ledger.rejected()
    assert (len(kept.raw or b""), kept.whole) == (1_000_000, False)


def test_an_article_that_breaks_in_the_middle_leaves_no_trace(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.ledger import _store

    def broken(*arguments: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(_store, "_see", broken)
    with pytest.raises(RuntimeError):
        ledger.add(story(1))
    monkeypatch.undo()
    assert ledger.counts().articles == 0
    assert rows(ledger, "entities") == []
    ledger.add(story(1))


def test_every_transaction_has_a_later_moment_even_when_the_clock_goes_back(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.ledger import _engine

    class Back(_engine.datetime):  # type: ignore[misc]
        @classmethod
        def now(cls, zone: object = None) -> _engine.datetime:  # type: ignore[override]
            return _engine.datetime(2001, 1, 1, tzinfo=_engine.UTC)

    ledger.add(story(1))
    monkeypatch.setattr(_engine, "datetime", Back)
    ledger.add(story(2))
    first, second = (row["changed_at"] for row in sorted(rows(ledger, "articles"), key=lambda row: row["number"]))  # type: ignore[type-var]
    assert second > first  # type: ignore[operator]


def test_a_later_schema_is_refused_with_what_to_do(where: str) -> None:
    with open_ledger(where) as ledger, ledger._database.turn() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerLedger, match="upgrade onrecord"):
        open_ledger(where)


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(NotALedger, match="recipes"):
        open_ledger(file)


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text("Two ministers met on Monday to talk about the talks of last Friday. " * 40)
    with pytest.raises(NotALedger, match="no SQLite database"):
        open_ledger(file)


@pytest.mark.parametrize(
    ("address", "word"),
    [("mysql://host/x", "postgresql\\+psycopg"), ("/no/such/folder/ledger.db", "cannot be opened"),
     ("postgresql+psycopg://nobody@127.0.0.1:1/x", "server cannot be used")],
)  # fmt: skip
def test_a_ledger_that_cannot_be_reached_says_what_to_do(address: str, word: str) -> None:
    with pytest.raises(LedgerUnavailable, match=word):
        open_ledger(address)


def test_errors_do_not_show_a_password() -> None:
    with pytest.raises(OnrecordError) as caught:
        open_ledger("postgresql+psycopg://me:hush@127.0.0.1:1/x")
    assert "hush" not in str(caught.value)


def test_a_ledger_that_is_missing_is_not_made_when_it_is_only_to_be_read(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnavailable, match="no such file"):
        open_ledger(tmp_path / "ledger.db", read_only=True)
    assert not (tmp_path / "ledger.db").exists()


def test_tables_are_strict_and_references_hold(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db") as ledger:
        ledger.add(story(1))
    with sqlite3.connect(tmp_path / "l.db") as connection:
        assert {
            row[0]
            for row in connection.execute(
                "SELECT strict FROM pragma_table_list WHERE name IN ('events', 'articles', 'corrections')"
            )
        } == {1}
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_the_list_of_events_reads_like_a_sentence(ledger: Ledger) -> None:
    ledger.add(story(0))
    (line,) = rows(ledger, "event_list")
    assert (line["actors"], line["words"], line["recipients"], line["place"], line["according_to"]) == (
        "Northern Army",
        "attacked",
        "farmers",
        "Sake",
        "Anna Okwir",
    )


def test_a_text_that_holds_every_sort_of_character_comes_back(ledger: Ledger) -> None:
    reading = story(1).model_copy(
        update={"article": Article.of(story(1).article.text, title="‘ß’ 𝔘 %s :name ? \\ \t", published="2024-01-02")}
    )
    ledger.add(reading)
    assert ledger.reading(reading.article.id) == reading
