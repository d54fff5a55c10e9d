"""What an article knows of itself, and in what order its sources are believed."""

from __future__ import annotations

from hashlib import sha256

import pytest

from onrecord.ingest import Limits, from_text
from onrecord.records import BadOption, EmptyInput, TooLarge

ADDRESS = "https://www.thestar.example.com.my/news/2022/07/25/talks"
STORY = "KUALA LUMPUR, July 24 2022 (Bernama) - Two ministers met on Sunday.\n\nThey did not agree. – Bernama\n"


def test_the_id_is_the_hash_of_the_text() -> None:
    article = from_text("Two ministers met.", name="x")
    assert article.id == sha256(b"Two ministers met.").hexdigest()


def test_an_address_on_the_first_line_is_the_articles_address_and_names_its_publisher() -> None:
    article = from_text(f"{ADDRESS}\n\nTwo ministers met on Sunday.\n", name="x")
    assert (article.url, article.publisher, article.published) == (ADDRESS, "example.com.my", "2022-07-25")
    assert article.text.startswith(ADDRESS), "the text is never cut"


def test_published_is_believed_in_the_order_given_then_text_then_address() -> None:
    text = f"{ADDRESS}\n\n{STORY}"
    assert from_text(text, name="x", published="2022-08-01").published == "2022-08-01"
    assert from_text(text, name="x").published == "2022-07-24"
    assert from_text(f"{ADDRESS}\n\nTwo ministers met.", name="x").published == "2022-07-25"
    assert from_text("Two ministers met.", name="x").published is None


def test_headline_and_byline_fill_what_is_not_given() -> None:
    text = "Talks fail again\n\nBy Jane Doe and Ali Amin\n\nTwo ministers met on Sunday and parted without a deal.\n"
    article = from_text(text, name="x")
    assert (article.title, article.authors) == ("Talks fail again", ("Jane Doe", "Ali Amin"))
    given = from_text(text, name="x", title="Other", authors=["A. B."])
    assert (given.title, given.authors) == ("Other", ("A. B.",))


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b", "\x00\x01", "\u00a0\ufeff"])
def test_nothing_but_white_space_is_refused(text: str) -> None:
    with pytest.raises(EmptyInput, match=r"^note: nothing but white space"):
        from_text(text, name="note")


@pytest.mark.parametrize("published", ["yesterday", "14/10/2023", "2023-10-14T10:00:00", "2023-02-30", ""])
def test_a_publication_date_that_is_none_is_refused(published: str) -> None:
    with pytest.raises(BadOption, match="is not understood"):
        from_text("Two ministers met.", name="x", published=published)


def test_a_text_above_the_limit_is_refused_with_its_size() -> None:
    with pytest.raises(TooLarge, match=r"a text of 2,000 characters; the limit is 1,000\. Split it"):
        from_text("a" * 2000, name="x", limits=Limits(characters=1000))


def test_repairs_made_before_are_kept_in_front() -> None:
    assert from_text("It’s over.\r\n", name="x", repairs=["decoded:cp1252"]).repairs == ("decoded:cp1252", "newlines")
