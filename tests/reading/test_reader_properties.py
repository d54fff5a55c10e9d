"""Whatever text comes in, nothing breaks and nothing untrue comes out."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord import Reader, Reading
from onrecord.ingest import from_text
from onrecord.records import EmptyInput, Span, check

# Words that wake rules, between whatever else there may be.
WORDS = """
Kenya Nairobi Haddad police rebels minister he they its said denied warned will would not if killed attacked met talks
ceasefire at least 20 two dozen on Monday in by of to the a and that who ' " “ ” ( ) , . : - —
""".split()
NEWS = st.lists(st.sampled_from([*WORDS, "\n", "\n\n"]) | st.text(max_size=4), max_size=60).map(" ".join)
ANYTHING = st.text(max_size=300)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def spans_in(value: object) -> list[Span]:
    """Every span anywhere inside a record."""
    if isinstance(value, Span):
        return [value]
    if isinstance(value, (tuple, list)):
        return [s for item in value for s in spans_in(item)]
    if hasattr(type(value), "model_fields"):
        return [s for name in type(value).model_fields for s in spans_in(getattr(value, name))]
    return []


def assert_true(reading: Reading) -> None:
    """Every span slices to its words and every id that is referred to exists."""
    text = reading.article.text
    for span in spans_in(reading):
        assert text[span.start : span.end] == span.text
    check(reading)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ANYTHING | NEWS)
@example(text="\ufeff“He said: ‘no’”\u00a0\u200b\r\nGAZA, Oct 7 (AP) — ")
@example(text="a" * 3000)
@example(text='"' * 200)
@example(text="\ud800 met \udfff")
@example(text="e\u0301" * 50 + " 👩‍👩‍👧‍👦 killed 👨‍👩‍👧 in 🇰🇪.")
@example(text="said " * 200)
@example(text="who who who " * 40)
def test_any_text_is_read_without_a_crash_and_with_true_spans(reader: Reader, text: str) -> None:
    try:
        article = from_text(text, name="anything", any_language=True)
    except EmptyInput:
        return
    assert_true(reader.read(article))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=NEWS)
def test_a_reading_survives_being_written_and_read(reader: Reader, text: str) -> None:
    try:
        reading = reader.read(from_text(text, name="anything", any_language=True))
    except EmptyInput:
        return
    assert Reading.model_validate_json(reading.model_dump_json()) == reading


def test_the_collector_of_spans_finds_nested_ones() -> None:
    reading = Reader().read(from_text("Kenya's minister met rebels in Nairobi on Monday.", name="one"))
    assert len(spans_in(reading)) >= sum(len(n.mentions) for n in reading.entities) + 2 * len(reading.events) > 0
