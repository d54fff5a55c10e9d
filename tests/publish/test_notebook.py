"""Readings print as tables in a notebook."""

from __future__ import annotations

import onrecord
from onrecord.publish.notebook import reading_html
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
