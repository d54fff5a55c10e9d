"""Readings print as tables in a notebook."""

from __future__ import annotations

from pathlib import Path

import onrecord
from onrecord.publish.notebook import found_html, reading_html
from onrecord.records import Article, Reading


def test_a_reading_prints_its_events_figures_and_statements(reading: Reading) -> None:
    text = reading_html(reading)
    for words in ("PLANNED", "NOT DONE", "at least 12", "according to Ana Duarte (AGO), as reported by Delta Agency"):
        assert words in text


def test_text_is_escaped_and_styles_stay_away(reading: Reading) -> None:
    text = reading_html(reading)
    assert "&lt;soon&gt;" in text
    assert "<style" not in text
    assert "<script" not in text


def test_the_public_package_gives_readings_their_notebook_form() -> None:
    empty = onrecord.Reading(article=Article.of("It was cold."))
    assert empty._repr_html_() == reading_html(empty)
    assert "It was cold." in Reading._repr_html_(empty)


def test_answers_of_a_ledger_print_as_tables_a_person_reads(reading: Reading, tmp_path: Path) -> None:
    with onrecord.open_ledger(tmp_path / "notes.db") as ledger:
        ledger.add(reading)
        events, figures, articles = ledger.events(), ledger.figures(), ledger.articles()
        page = ledger.events(limit=1)
    text = events._repr_html_()
    assert "<td>PLANNED</td><td>Ana Duarte</td><td>CONSULT: “meet”</td><td>Free River Army</td>" in text
    assert "<td>at least 12 (at_least)</td><td>farmers</td>" in figures._repr_html_()
    assert "<td>delta.example</td>" in articles._repr_html_()
    assert "and more" in page._repr_html_()
    assert "and more" not in text


def test_answers_of_any_other_kind_print_field_by_field() -> None:
    from onrecord.ledger import Change, Found

    found = Found([Change("2024", "event", "<e1>", None, "deleted")], kind=Change)
    text = found_html(found)
    assert "<th>record_id</th>" in text
    assert "<td>&lt;e1&gt;</td><td></td><td>deleted</td>" in text
