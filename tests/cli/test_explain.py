"""`onrecord explain`: every reason a record gives can be looked up."""

from __future__ import annotations

import pytest

from onrecord.cli._exit import Exit
from onrecord.reading._explain import explain, rule_names
from tests.cli.conftest import Run


def test_a_frame_is_shown_with_its_examples_and_source(run: Run) -> None:
    ran = run("explain", "consult/meet")
    assert ran.code == Exit.DONE
    assert ran.out.startswith("consult/meet\n  ")
    for shown in ("coded CONSULT", "must match:", "must leave alone:", "source: reading/frames/consult.yaml"):
        assert shown in ran.out


def test_a_whole_because_is_explained_part_by_part(run: Run) -> None:
    ran = run("explain", "consult/meet + status/prevent+from/purpose/unless")
    assert [line for line in ran.out.splitlines() if line and not line.startswith(" ")] == [
        "consult/meet",
        "status/prevent+from",
        "status/purpose",
        "status/unless",
    ]


def test_a_layout_rule_is_shown_with_its_lines(run: Run) -> None:
    ran = run("explain", "dateline/capitals")
    assert "    KUWAIT: A decree was issued." in ran.out
    assert "    BREAKING: Two ministers resigned." in ran.out


def test_without_a_name_all_rules_are_listed(run: Run) -> None:
    ran = run("explain")
    assert ran.code == Exit.DONE
    assert ran.out.splitlines() == sorted(set(ran.out.splitlines()))
    assert {"consult/meet", "dateline/capitals", "status/past"} <= set(ran.out.splitlines())


def test_an_unknown_name_gets_the_nearest_ones(run: Run) -> None:
    ran = run("explain", "consult/met")
    assert ran.code == Exit.USAGE
    assert "no rule is called 'consult/met'. Did you mean consult/meet" in ran.err


@pytest.mark.parametrize("name", rule_names())
def test_every_rule_that_is_listed_can_be_explained(name: str) -> None:
    (found, *_) = explain(name.replace("*", "killed"))
    assert found.says
    assert found.source


def test_every_reason_in_a_reading_can_be_explained() -> None:
    import onrecord

    reading = onrecord.read(
        "CAIRO – Kenyan President William Ruto met Egyptian officials on Friday. Police arrested 12 protesters after "
        "the army said it would not attack Khartoum. At least 40 people were killed and three soldiers were wounded. "
        "The minister called for a ceasefire, and Moscow threatened sanctions unless rebels released the hostages.",
        published="2023-10-14",
    )
    reasons = {item.because for kind in (reading.entities, reading.events, reading.figures) for item in kind}
    assert reasons
    for because in reasons:
        for part in because.split(" + "):
            assert explain(part), part
