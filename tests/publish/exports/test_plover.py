"""PLOVER records: the fold of status into type, the fields, the auxiliary marks."""

from __future__ import annotations

import io
import json

from onrecord.publish.exports import export
from onrecord.publish.exports._plover import announced_by_actor, folded_type
from onrecord.records import Reading, Span, Stance, Statement, Style
from tests.evals._records import entity, event, reading, span

TEXT = "Norland said it would withdraw its troops from Sudmark after talks with Westia."
PARTIES = [entity(TEXT, "n1", "Norland", "NOR"), entity(TEXT, "n3", "Westia", "SWE")]


def test_the_fold_changes_types_and_marks_what_it_leaves(story: Reading) -> None:
    stream = io.StringIO()
    export([story], "plover", stream)
    found = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(r["event"], r.get("mode")) for r in found] == [
        ("ASSAULT", "heavy-weapons"), ("ASSAULT", None), ("AGREE", None), ("THREATEN", "arrest"), ("SUPPORT", None),
    ]  # fmt: skip
    assert found[0]["size"] == {"dead": 12}
    assert "size" not in found[1]
    assert found[0]["cite_info"]["codebook"] == "PLOVER 2.0"
    assert all({"id", "date", "actor", "event"} <= set(record) for record in found)


def test_status_is_folded_into_the_type_as_the_codebook_says() -> None:
    whole = reading(TEXT, entities=PARTIES)
    said = {
        (type_, status): folded_type(event(TEXT, "withdraw", type_, status=status), whole)
        for type_ in ("CONSULT", "AID", "RETREAT", "ASSAULT")
        for status in ("happened", "planned", "threatened")
    }
    assert said["CONSULT", "happened"] == "CONSULT"
    assert said["CONSULT", "planned"] == said["AID", "planned"] == "AGREE"
    assert said["RETREAT", "planned"] == "RETREAT"
    assert said["ASSAULT", "planned"] == "ASSAULT"
    assert {said[t, "threatened"] for t in ("CONSULT", "AID", "RETREAT", "ASSAULT")} == {"THREATEN"}


def test_a_withdrawal_announced_by_the_one_who_withdraws_is_conceded() -> None:
    content = Span.of(TEXT, TEXT.index("it would"), len(TEXT))
    told = Statement(
        id="s1", speaker="n1", cue=span(TEXT, "said"), content=(content,), style=Style.indirect, stance=Stance.promises
    )
    own = event(TEXT, "withdraw", "RETREAT", actors=["n1"], status="planned", attribution=["s1"])
    other = event(TEXT, "withdraw", "RETREAT", actors=["n3"], status="planned", attribution=["s1"])
    whole = reading(TEXT, entities=PARTIES, events=[own], statements=[told])
    assert announced_by_actor(own, whole)
    assert folded_type(own, whole) == "CONCEDE"
    assert folded_type(other, whole) == "RETREAT"
