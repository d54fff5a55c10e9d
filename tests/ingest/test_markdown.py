"""Markdown: the words stay, the marks go."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from onrecord.ingest import from_markdown
from onrecord.ingest._markdown import read_markdown
from onrecord.records import InputError

SOURCE = """---
title: "Talks fail"
date: 2022-07-23 10:00
author: Jane Doe
url: https://news.example.com/talks
---

# Talks *fail* again

The **ministers** met in [Harbour City](https://example.com/city)
on Friday. ![photo](x.png)

> “No deal,” one said.

* Twelve people were `killed`.
* Forty were hurt.
"""


def test_marks_go_and_words_and_paragraphs_stay() -> None:
    assert read_markdown(SOURCE).text == (
        "Talks fail again\n\nThe ministers met in Harbour City on Friday.\n\n“No deal,” one said.\n\n"
        "Twelve people were killed.\n\nForty were hurt.\n"
    )


def test_front_matter_is_read() -> None:
    article = from_markdown(SOURCE, name="x.md")
    assert (article.title, article.published) == ("Talks fail", "2022-07-23")
    assert (article.url, article.publisher, article.authors) == (
        "https://news.example.com/talks",
        "example.com",
        ("Jane Doe",),
    )
    assert article.repairs == ("markdown",)


def test_the_first_heading_is_the_title_without_front_matter() -> None:
    assert read_markdown("# Talks fail\n\nThey met.").title == "Talks fail"


def test_text_without_marks_is_not_called_repaired() -> None:
    assert from_markdown("They met on Friday.\n\nNobody spoke.", name="x").repairs == ()


@given(st.text(alphabet=st.sampled_from("ab *_#>-`[]()!|\n<&\\:"), max_size=80))
def test_any_markdown_gives_an_article_or_an_input_error(source: str) -> None:
    with suppress(InputError):
        assert from_markdown(source, name="x").text.strip()
