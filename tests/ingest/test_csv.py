"""Tables: one article a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.ingest import Limits, Rejected, column_map, load, load_named
from onrecord.records import Article, BadOption


def table(folder: Path, content: str | bytes, name: str = "news.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_columns_that_have_the_names_of_fields_are_taken(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        'Title,text,published,url\nTalks,"Two ministers met, again.\nThey parted.",2024-03-14 08:00:00,https://a.example/1\n',
    )
    (article,) = load(path)
    assert isinstance(article, Article)
    assert article.text == "Two ministers met, again.\nThey parted."
    assert (article.title, article.published, article.url) == ("Talks", "2024-03-14", "https://a.example/1")


def test_a_map_says_which_column_holds_what(tmp_path: Path) -> None:
    path = table(tmp_path, "headline;body\nTalks;Two ministers met.\n;Two generals met.\n")
    first, second = load(path, columns=column_map("text=body, title=headline"))
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.title, first.text, second.title) == ("Talks", "Two ministers met.", None)


def test_a_table_without_a_text_says_which_columns_it_has(tmp_path: Path) -> None:
    (item,) = load(table(tmp_path, "headline,body\nA,B\n"))
    assert isinstance(item, Rejected)
    assert "headline, body" in item.error.seen
    assert "--columns" in item.error.remedy


@pytest.mark.parametrize("text", ["body", "text=", "colour=red", "=x"])
def test_a_map_that_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(BadOption, match="column map"):
        column_map(text)


def test_a_bad_row_is_set_aside_with_its_number_and_content_and_the_next_goes_on(tmp_path: Path) -> None:
    path = table(tmp_path, "text,published\nTwo ministers met.,someday\n\nTwo generals met.,2024-01-02\n")
    (bad_name, bad), (_, good) = load_named(path)
    assert isinstance(bad, Rejected) and isinstance(good, Article)
    assert bad_name.endswith("news.csv:row 2")
    assert bad.raw == b'{"text": "Two ministers met.", "published": "someday"}'


def test_a_field_above_the_limit_is_one_bad_row(tmp_path: Path) -> None:
    path = table(tmp_path, "text\n" + "word " * 1000 + "\nTwo ministers met.\n")
    items = list(load(path, limits=Limits(bytes=200)))
    assert [type(item).__name__ for item in items] == ["Rejected", "Article"]


@pytest.mark.parametrize(("encoding", "name"), [("cp1252", "latin"), ("utf-16", "wide"), ("utf-8-sig", "marked")])
def test_other_encodings_are_understood(tmp_path: Path, encoding: str, name: str) -> None:
    path = table(
        tmp_path, "text\nThe “café” in Málaga was closed on Monday by the police.\n".encode(encoding), f"{name}.csv"
    )
    (article,) = load(path)
    assert isinstance(article, Article)
    assert article.text == "The “café” in Málaga was closed on Monday by the police."


@pytest.mark.parametrize("content", ["", "text\n", "\n"])
def test_an_empty_table_says_so(tmp_path: Path, content: str) -> None:
    (item,) = load(table(tmp_path, content))
    assert isinstance(item, Rejected)
    assert type(item.error).__name__ == "EmptyInput"
