"""What reviewers said comes out as annotation that the project's scorers read, edits and additions with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from evals.gold_articles import Tally, add_article
from onrecord.cli._app import app
from onrecord.ledger import open_ledger
from onrecord.records import Reading, Span
from tests.ledger.stories import story


def run(*arguments: str) -> str:
    """What ``onrecord corrections`` prints."""
    result = CliRunner().invoke(app, ["corrections", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def exported(file: Path, tmp_path: Path) -> list[dict[str, Any]]:
    """What the command writes."""
    output = tmp_path / "reviewed.jsonl"
    run("export", "--ledger", str(file), "--output", str(output))
    return [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]


def tally(gold: dict[str, Any], reading: Reading) -> Tally:
    """The scores of a reading against annotation."""
    found = Tally()
    add_article(found, gold, reading)
    return found


def test_the_scorers_find_the_reviewed_reading_right_and_the_machine_s_as_wrong_as_it_was(tmp_path: Path) -> None:
    file, machine = tmp_path / "l.db", story(0)
    text = machine.article.text
    died = Span.of(text, text.index("died"), text.index("died") + 4).model_dump()
    with open_ledger(file) as ledger:
        ledger.add(machine)
        ids = ledger.reviewed(machine.article.id).ids
        ledger.edit(ids["e1"], "status", "hypothetical", reviewer="Ada")
        ledger.edit(ids["e1"], "actors", [ids["n3"]], reviewer="Ada")
        ledger.edit(ids["e1"], "contexts", ["military"], reviewer="Ada")
        ledger.edit(ids["f1"], "low", 7, reviewer="Ada")
        ledger.edit(ids["f1"], "bound", "about", reviewer="Ada")
        ledger.edit(ids["s1"], "stance", "denies", reviewer="Ada")
        sentence = machine.figures[0].sentence.model_dump()
        added = {"type": "COERCE", "status": "happened", "span": died, "sentence": sentence, "place": ids["p1"]}
        ledger.add_record(machine.article.id, "event", added, reviewer="Ada")
        reviewed = ledger.reviewed(machine.article.id).reading
    (gold,) = exported(file, tmp_path)

    right = tally(gold, reviewed)
    assert (right.events.right, right.events.gold, right.events.said) == (2, 2, 2)
    assert right.status_right == 2 and right.whole_right == 2 and right.attribution_right == 2
    assert (right.statements.right, right.figures.right, right.kind_right) == (1, 1, 1)
    as_read = tally(gold, machine)
    assert (as_read.events.right, as_read.events.gold) == (1, 2)
    assert as_read.status_right == 0 and as_read.unreal_as_done == 1 and as_read.figures.right == 0

    edited, new = gold["events"]
    assert (edited["review"], edited["contexts"], new["review"], new["place"]) == (
        "edited",
        ["military"],
        "added",
        "Sake",
    )
    assert (gold["figures"][0]["bound"], gold["statements"][0]["stance"]) == ("about", "denies")
    for record in (*gold["events"], *gold["figures"], *gold["statements"][0]["content"]):
        assert text[record["start"] : record["end"]] == record["anchor"]


def test_what_was_undone_is_not_exported(tmp_path: Path) -> None:
    file = tmp_path / "l.db"
    with open_ledger(file) as ledger:
        ledger.add(story(0))
        done = ledger.accept(ledger.events()[0].id, reviewer="Ada")
        ledger.undo(done.id, reviewer="Ada")
    assert exported(file, tmp_path) == []


def test_agreement_on_the_command_line(tmp_path: Path) -> None:
    file = str(tmp_path / "l.db")
    with open_ledger(file) as ledger:
        for number in range(4):
            ledger.add(story(number))
        assert "No record was judged by two" in run("agreement", "--ledger", file)
        for number, event in enumerate(ledger.events()):
            ledger.accept(event.id, reviewer="Ada")
            (ledger.reject if number < 1 else ledger.accept)(event.id, reviewer="Ben")
    told = run("agreement", "--ledger", file)
    assert "two or more: 4" in told and "75 %" in told and "Ada and Ben: 4 records" in told
    found = json.loads(run("agreement", "--ledger", file, "--format", "json"))
    assert (found["records"], found["percent"], found["alpha"]) == (4, 75, 0)
