"""The scores of the annotated articles, on one small article annotated here."""

from __future__ import annotations

from typing import Any

import pytest

from evals.gold_articles import Tally, add_article, attribution_right, same_name, scores_of
from onrecord.records import Bound, Figure, FigureKind, Reading, Scope, Span, Stance, Statement, Style
from tests.evals._records import entity, event, reading, span

TEXT = "Police arrested two miners in Port Ello. They will strike, union leader Ana Rey said."
FIRST = Span.of(TEXT, 0, TEXT.index(" They"))
SECOND = Span.of(TEXT, TEXT.index("They"), len(TEXT))
ENTITIES = [
    entity(TEXT, "n1", "Police", "BOL"),
    entity(TEXT, "n2", "miners", "BOL"),
    entity(TEXT, "n3", "Ana Rey", "BOL"),
]


def annotated(words: str, type_: str, status: str, **more: Any) -> dict[str, Any]:
    at = span(TEXT, words)
    base = {"anchor": words, "start": at.start, "end": at.end, "type": type_, "alt_types": [], "status": status}
    return {**base, "actors": [], "recipients": [], "speakers": [], "core": True, **more}


def party(name: str, country: str | None = None) -> dict[str, Any]:
    return {"name": name, "country": country, "sectors": []}


GOLD: dict[str, Any] = {
    "events": [
        annotated(
            "arrested", "COERCE", "happened", actors=[party("police", "BOL")], recipients=[party("two miners", "BOL")]
        ),
        annotated("strike", "PROTEST", "planned", actors=[party("miners")], speakers=["Ana Rey"], core=False),
    ],
    "statements": [{"speaker": "Ana Rey", "start": TEXT.index("They"), "end": TEXT.index(", union")}],
    "figures": [{"kind": "detained", "low": 2, "high": 2, "start": TEXT.index("two"), "end": TEXT.index("two") + 3}],
}
SAID = Statement(
    id="s1",
    speaker="n3",
    cue=span(TEXT, "said"),
    content=(span(TEXT, "They will strike"),),
    style=Style.indirect,
    stance=Stance.promises,
)
COUNT = Figure(
    id="f1",
    kind=FigureKind.detained,
    low=2,
    high=2,
    bound=Bound.exact,
    scope=Scope.incident,
    span=span(TEXT, "two"),
    sentence=FIRST,
    because="by hand",
)


def perfect() -> Reading:
    arrest = event(TEXT, "arrested", "COERCE", actors=["n1"], recipients=["n2"]).model_copy(update={"sentence": FIRST})
    strike = event(TEXT, "strike", "PROTEST", actors=["n2"], status="planned", attribution=["s1"], number=2)
    strike = strike.model_copy(update={"sentence": SECOND})
    return reading(TEXT, entities=ENTITIES, events=[arrest, strike], statements=[SAID], figures=[COUNT])


def values(read: Reading, gold: dict[str, Any] = GOLD) -> dict[str, float]:
    tally = Tally()
    add_article(tally, gold, read)
    return {s.name.removeprefix("gold."): s.value for s in scores_of(tally)}


def test_a_perfect_reading_is_perfect_everywhere() -> None:
    found = values(perfect())
    assert found.pop("unreal_as_done") == 0.0
    assert set(found.values()) == {100.0}


def test_an_act_read_as_done_is_counted_where_it_was_only_planned() -> None:
    whole = perfect()
    done = whole.events[1].model_copy(update={"status": type(whole.events[1].status)("happened")})
    found = values(whole.model_copy(update={"events": (whole.events[0], done)}))
    assert found["unreal_as_done"] == 100.0
    assert found["status"] == 50.0
    assert found["whole"] == 50.0
    assert found["events_f1"] == 100.0


def test_an_event_in_another_sentence_does_not_match() -> None:
    whole = perfect()
    moved = whole.events[0].model_copy(update={"sentence": SECOND})
    assert values(whole.model_copy(update={"events": (moved, whole.events[1])}))["events_f1"] == 50.0


def test_an_alternative_type_matches() -> None:
    whole = perfect()
    other = {**GOLD, "events": [{**GOLD["events"][0], "type": "SANCTION", "alt_types": ["COERCE"]}, GOLD["events"][1]]}
    assert values(whole, other)["events_f1"] == 100.0


def test_swapped_roles_are_wrong_unless_the_names_fit() -> None:
    whole = perfect()
    gold = {**GOLD, "events": [{**GOLD["events"][0], "actors": [party("Police")], "recipients": [party("miners")]}]}
    swapped = whole.events[0].model_copy(update={"actors": ("n2",), "recipients": ("n1",)})
    found = values(whole.model_copy(update={"events": (swapped,)}), gold)
    assert found["parties_f1"] == 0.0
    assert found["whole"] == 0.0


def test_a_party_too_many_costs_precision_and_the_whole_record() -> None:
    whole = perfect()
    more = whole.events[0].model_copy(update={"actors": ("n1", "n3")})
    found = values(whole.model_copy(update={"events": (more, whole.events[1])}))
    assert found["parties_f1"] == pytest.approx(100 * 6 / 7)
    assert found["whole"] == 50.0


def test_an_open_figure_is_not_an_exact_one() -> None:
    open_ended = COUNT.model_copy(update={"high": None})
    assert values(perfect().model_copy(update={"figures": (open_ended,)}))["figures_f1"] == 0.0


def test_a_statement_needs_two_fifths_of_overlap() -> None:
    short = SAID.model_copy(update={"content": (span(TEXT, "They"),)})
    found = values(perfect().model_copy(update={"statements": (short,)}))
    assert found["statements_f1"] == 0.0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Fuad Hussein", "Hussein", True),
        ("the Ministry of Health", "Ministry of Defence", True),
        ("the police", "the army", False),
        ("Bharatiya Janata Party (BJP)", "Congress party", True),
        ("Bharatiya Janata Party (BJP)", "Indian National Congress", False),
        ("the", "the", False),
    ],
)
def test_names_agree_when_half_of_the_shorter_one_is_shared(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


def test_own_voice_is_right_only_when_nobody_was_annotated() -> None:
    assert attribution_right([], [])
    assert not attribution_right(["Ana Rey"], [])
    assert not attribution_right([], [ENTITIES[2]])
    assert attribution_right(["somebody", "Rey"], [ENTITIES[2]])
