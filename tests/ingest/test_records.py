"""One line of JSON: what is taken, and what is said of lines that are not what they should be."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ingest import from_json_line
from onrecord.records import Article, BadRecord, InputError


def test_all_fields_of_a_line_are_taken() -> None:
    line = {
        "id": 17,
        "text": "Two ministers met.",
        "title": "Talks",
        "url": "https://a.example.com/1",
        "publisher": "A Paper",
        "authors": ["Jane Doe"],
        "published": "2023-10-14T08:00:00+03:00",
        "retrieved": "2023-10-15",
        "extra": {"kept": False},
    }
    article = from_json_line(json.dumps(line), name="f.jsonl:1")
    assert article == Article.of(
        "Two ministers met.", title="Talks", url="https://a.example.com/1", publisher="A Paper",
        authors=("Jane Doe",), published="2023-10-14T08:00:00+03:00", retrieved="2023-10-15",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("{", "not JSON"),
        ("[1, 2]", "a list where an object should be"),
        ('"text"', "a string where an object should be"),
        ("null", "null where an object should be"),
        ("17", "a number where an object should be"),
        ("{}", 'an object without "text" or "html" (it has no fields)'),
        ('{"id": 1, "title": "x"}', 'an object without "text" or "html" (it has id, title)'),
        ('{"text": null}', 'an object without "text" or "html"'),
        ('{"text": 5}', '"text" is not a string: 5'),
        ('{"text": "a", "url": ["b"]}', '"url" is not a string'),
        ('{"text": "a", "authors": [1]}', '"authors" is not a list of strings'),
        ('{"text": "a", "published": "soon"}', '"published" is "soon"'),
        ('{"text": "a", "published": 20231014}', '"published" is 20231014'),
        ("[" * 100_000, "JSON nested too deeply"),
    ],
)
def test_a_line_that_is_not_what_it_should_be_is_refused_with_its_number(line: str, seen: str) -> None:
    with pytest.raises(BadRecord) as caught:
        from_json_line(line, name="f.jsonl:3")
    assert caught.value.where.startswith("f.jsonl:3")
    assert seen in caught.value.seen


def test_a_moment_without_zone_is_cut_to_its_day() -> None:
    assert from_json_line('{"text": "a", "published": "2023-10-14 23:30:00"}', name="x").published == "2023-10-14"


def test_an_override_goes_before_the_lines_own_date() -> None:
    assert (
        from_json_line('{"text": "a", "published": "2023-10-14"}', name="x", published="2024-01-01").published
        == "2024-01-01"
    )


def test_errors_name_the_id_too() -> None:
    with pytest.raises(InputError) as caught:
        from_json_line('{"id": "a7", "text": " "}', name="f.jsonl:3")
    assert caught.value.where == "f.jsonl:3 (id a7)"


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(["id", "text", "html", "title", "url", "publisher", "authors", "published", "retrieved"])


@given(st.dictionaries(FIELDS, JSON, max_size=5) | JSON)
def test_any_json_gives_an_article_or_an_input_error(value: Any) -> None:
    with suppress(InputError):
        assert isinstance(from_json_line(json.dumps(value), name="x:1"), Article)
