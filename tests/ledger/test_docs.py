"""docs/ledger.md says what is there: tables and columns, questions, words, errors; and the schema is what the migrations make."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields
from pathlib import Path

import pytest
from sqlalchemy import inspect as look

from onrecord.ledger import REVIEWS, Ledger, LedgerError, SameEvent, Series, open_ledger
from onrecord.ledger._migrate import HEAD, known_versions
from onrecord.ledger._tables import metadata

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "ledger.md").read_text(encoding="utf-8")


def rows(heading: str, page: str = PAGE) -> list[tuple[str, str]]:
    """The first table below a heading, or after a table head that begins so."""
    part = page.split(heading, 1)[1]
    table = re.search(
        r"^\|.*\n\|[-|]+\|\n((?:\|.*\n?)+)", part if heading.startswith("#") else heading + part, flags=re.MULTILINE
    )
    assert table, heading
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in table[1].splitlines()]
    return [(row[0].strip().strip("`"), row[1].strip()) for row in cells]


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_every_column_is_documented_in_order(name: str) -> None:
    documented = [column for column, _ in rows(f"### {name}\n")]
    assert documented == [column.name for column in metadata.tables[name].columns]


def test_no_table_is_documented_that_is_not_there() -> None:
    assert set(re.findall(r"^### (\w+)$", PAGE, flags=re.MULTILINE)) == set(metadata.tables)


def test_every_question_is_documented_and_no_other() -> None:
    asked = set(inspect.signature(Ledger.events).parameters) - {"self", "article", "rejected", "limit", "after"}
    assert {name for name, _ in rows("## Asking\n")} == asked


def test_the_questions_of_a_comparison_are_documented_and_no_other() -> None:
    named = PAGE.split("* The questions are ", 1)[1].split(", as above", 1)[0]
    paging = {"self", "articles", "kind", "limit", "after"}
    asked = set(inspect.signature(Ledger.same_events).parameters) - paging
    assert set(re.findall(r"`(\w+)`", named)) == asked
    assert set(inspect.signature(Ledger.claims).parameters) - paging - {"event"} == asked


def test_what_a_comparison_gives_is_documented() -> None:
    table = (Path(__file__).resolve().parents[2] / "docs" / "python.md").read_text(encoding="utf-8")
    gives = dict(rows("| method | what it gives |", table))
    for method, kind in (("same_events", SameEvent), ("claims", Series)):
        named = set(re.findall(r"`(\w+)(?:\(\))?`", gives[f"Ledger.{method}()"])) - {kind.__name__}
        assert hasattr(Ledger, method) and all(hasattr(kind, name) for name in named) and len(named) >= 3
    told = set(re.findall(r"`(\w+)`", gives["Ledger.same_events()"]))
    assert {field.name for field in fields(SameEvent)} - {"id"} <= told


def test_the_words_for_review_have_their_one_meaning() -> None:
    assert rows("| `review` | meaning |") == list(REVIEWS.items())


def test_every_error_is_documented() -> None:
    assert {name for name, _ in rows("## When something goes wrong\n")} == {
        error.__name__ for error in LedgerError.__subclasses__()
    }


def test_the_migrations_make_the_tables_that_the_program_uses(ledger: Ledger) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with ledger._database.engine.connect() as connection:
        ours = set(metadata.tables)
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, parents: kind != "table" or name in ours}
        )
        different = [one for one in compare_metadata(context, metadata) if "search" not in repr(one)]
        assert different == []
        for name, table in metadata.tables.items():
            there = {row["name"] for row in look(connection).get_check_constraints(name)}
            assert {str(one.name) for one in table.constraints if type(one).__name__ == "CheckConstraint"} <= there


def test_the_newest_migration_is_the_head() -> None:
    assert max(known_versions()) == HEAD


def test_it_opens_without_alembic_when_it_is_up_to_date(tmp_path: Path) -> None:
    import subprocess
    import sys

    open_ledger(tmp_path / "l.db").close()
    code = f"import sys, onrecord; onrecord.open_ledger({str(tmp_path / 'l.db')!r}); print('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
