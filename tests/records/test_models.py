"""Records hold what they promise: spans, vocabularies, dates, references."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from onrecord.records import (
    Article,
    BadOption,
    Entity,
    Event,
    EventType,
    Mention,
    Quad,
    Reading,
    RecordError,
    Span,
    Status,
    Vocabulary,
    check,
    schema,
)

TEXT = "Rebels freed two nurses."


def reading(**changes: Any) -> Reading:
    """A small true reading, with fields of its one event changed."""
    whole = Span.of(TEXT, 0, len(TEXT))
    event = {
        "id": "e1",
        "type": "RETREAT",
        "mode": "release",
        "actors": ("n1",),
        "status": "happened",
        "span": Span.of(TEXT, 7, 12),
        "sentence": whole,
        "because": "retreat/release",
    } | changes
    rebels = Mention(start=0, end=6, text="Rebels", form="description")
    entity = Entity(id="n1", name="Rebels", kind="group", mentions=(rebels,), because="role:rebel")
    return Reading(article=Article.of(TEXT), entities=(entity,), events=(Event(**event),))


def test_a_true_reading_passes_the_check() -> None:
    assert check(reading()).events[0].span.text == "freed"


def test_a_span_that_points_elsewhere_is_refused_by_name() -> None:
    with pytest.raises(RecordError, match=r"Event e1\.span.*'ebels'.*'freed'"):
        check(reading(span=Span(start=1, end=6, text="freed")))


def test_every_mention_of_an_event_must_be_true_and_none_is_needed() -> None:
    told = check(reading(mentions=(Span.of(TEXT, 0, 6),))).events[0]
    assert [span.text for span in told.mentions] == ["Rebels"]
    with pytest.raises(RecordError, match=r"Event e1\.mentions.*'nurses'.*'rebels'"):
        check(reading(mentions=(Span(start=17, end=23, text="rebels"),)))
    older = reading().model_dump(mode="json")
    del older["events"][0]["mentions"]
    assert Reading.model_validate(older).events[0].mentions == ()


def test_a_reference_to_nobody_is_refused() -> None:
    with pytest.raises(RecordError, match="no entity has the id 'n9'"):
        check(reading(actors=("n9",)))


def test_two_records_with_one_id_are_refused() -> None:
    one = reading()
    with pytest.raises(RecordError, match="share an id"):
        check(one.model_copy(update={"events": (*one.events, *one.events)}))


def test_a_span_must_hold_as_many_characters_as_it_claims() -> None:
    with pytest.raises(ValidationError):
        Span(start=0, end=3, text="four")


def test_records_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        reading().events[0].status = Status.planned  # type: ignore[misc]


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(ValidationError):
        Reading.from_json(json.dumps(json.loads(reading().to_json()) | {"tone": 3}))


def test_json_and_pickle_give_the_same_reading_back() -> None:
    assert Reading.from_json(reading().to_json()) == reading()
    assert pickle.loads(pickle.dumps(reading())) == reading()


def test_the_schema_accepts_a_reading_and_refuses_a_wrong_status() -> None:
    validator = Draft202012Validator(schema())
    good = json.loads(reading().to_json())
    assert list(validator.iter_errors(good)) == []
    good["events"][0]["status"] = "maybe"
    assert list(validator.iter_errors(good))


def _vocabularies() -> list[type[Vocabulary]]:
    return Vocabulary.__subclasses__()


@pytest.mark.parametrize("vocabulary", _vocabularies(), ids=lambda item: item.__name__)
def test_every_value_of_a_vocabulary_says_what_it_means(vocabulary: type[Vocabulary]) -> None:
    meanings = [member.meaning for member in vocabulary]
    assert all(meanings)
    assert len(set(meanings)) == len(meanings)


def test_the_schema_shows_the_meanings() -> None:
    assert Status.called_for.meaning in schema()["$defs"]["Status"]["description"]


def test_event_types_fall_into_the_four_quads_as_in_plover() -> None:
    sizes = {quad: sum(kind.quad == quad for kind in EventType) for quad in Quad}
    assert list(sizes.values()) == [4, 3, 4, 5]
    assert EventType.RETREAT.quad == Quad.material_cooperation


@pytest.mark.parametrize("good", ["2023-10-14", "2023-10-14T08:30:00+03:00", "2023-10-14T08:30Z"])
def test_a_publication_date_is_a_day_or_a_moment_with_zone(good: str) -> None:
    assert Article.of("x", published=good).published == good


@pytest.mark.parametrize("bad", ["2023", "14/10/2023", "2023-02-30", "2023-10-14T08:30", "yesterday", "", "20231014"])
def test_any_other_publication_date_is_refused_with_the_remedy(bad: str) -> None:
    with pytest.raises(BadOption, match="2023-10-14"):
        Article.of("x", published=bad)


@given(st.text(min_size=1), st.data())
def test_span_of_always_slices_to_its_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span.of(text, start, end)
    assert text[span.start : span.end] == span.text
