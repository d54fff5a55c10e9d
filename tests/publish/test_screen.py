"""The screen form says who, what, to whom, where, when, how real and according to whom."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from onrecord.publish import screen
from onrecord.records import Article, Reading


def shown(reading: Reading, *, width: int = 100, terminal: bool = False) -> str:
    stream = io.StringIO()
    screen.render(reading, Console(file=stream, width=width, force_terminal=terminal, highlight=False))
    return stream.getvalue()


def test_an_event_is_told_with_its_status_parties_time_and_chain_of_sources(reading: Reading) -> None:
    text = " ".join(shown(reading).split())
    assert "PLANNED Ana Duarte (AGO) CONSULT “meet” → Free River Army 2024-05-03 · according to Delta Agency" in text
    assert (
        "DONE gunmen ASSAULT firearms “shot” Port Elva (?) · according to Ana Duarte (AGO), as reported by Delta Agency"
        in text
    )


def test_what_was_denied_is_not_shown_as_done(reading: Reading) -> None:
    (line,) = [line for line in shown(reading).splitlines() if "burned" in line]
    assert line.startswith("NOT DONE")


def test_a_figure_keeps_its_bound_and_its_source(reading: Reading) -> None:
    (line,) = [line for line in shown(reading).splitlines() if "casualties" in line]
    assert "at least 12" in line
    assert "Ana Duarte" in line


def test_colours_are_for_terminals_only(reading: Reading) -> None:
    assert "\x1b[" not in shown(reading)
    assert "\x1b[" in shown(reading, terminal=True)


@pytest.mark.parametrize("width", [60, 80, 140])
def test_no_line_is_wider_than_the_screen(reading: Reading, width: int) -> None:
    assert max(len(line.rstrip()) for line in shown(reading, width=width).splitlines()) <= width


def test_an_empty_reading_says_so() -> None:
    assert "Nothing of who did what to whom" in shown(Reading(article=Article.of("It was cold.")))


def test_markup_in_the_text_is_printed_as_it_is(reading: Reading) -> None:
    assert "<soon>" in shown(reading)


def test_the_heading_is_the_first_prose_when_there_is_no_headline() -> None:
    text = "https://news.example/1\n\nBy JANE ROE\n\nIt was cold in the hills on Monday and nobody came down to the market.\n"
    assert shown(Reading(article=Article.of(text))).strip().startswith("It was cold in the hills")
