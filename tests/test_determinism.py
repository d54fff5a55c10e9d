"""The same article gives the same bytes alone, in company, in any order, and with any number of processes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from onrecord import Article, Reader, Reading
from onrecord.ingest import from_text

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples").glob("*.txt"))
# Of very different lengths, so that any batching by length would put them beside different neighbours.
SHORT = [
    "Talks failed.",
    "Police in Lima arrested nine miners on Tuesday, the interior ministry said.",
    "The union will strike next week unless wages rise, its leader Rosa Quispe said. Ministers called that absurd.",
    "KHARTOUM, May 3 (Reuters) - Sudan's army denied that its jets had bombed a market where at least 14 died.\n\n"
    '"We had no aircraft in the air," a spokesman said. The rebels said the strike had killed 31.',
    "If the ceasefire holds, Norway would host the two sides in June, Foreign Minister Eva Lind told reporters. " * 6,
]


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    texts = [*SHORT, *(p.read_text(encoding="utf-8") for p in EXAMPLES)]
    return [from_text(text, name=f"article {i}", published="2024-05-04") for i, text in enumerate(texts)]


@pytest.fixture(scope="module")
def alone(articles: list[Article]) -> dict[str, str]:
    """Each article read by a reader that has read nothing else before."""
    return {a.id: Reader().read(a).to_json() for a in articles}


def written(results: object) -> dict[str, str]:
    found = {}
    for result in results:  # type: ignore[attr-defined]
        assert isinstance(result, Reading), result
        found[result.article.id] = result.to_json()
    return found


def test_company_changes_nothing(articles: list[Article], alone: dict[str, str]) -> None:
    assert written(Reader().read_many(articles)) == alone


@pytest.mark.parametrize("seed", [1, 2])
def test_order_changes_nothing(articles: list[Article], alone: dict[str, str], seed: int) -> None:
    shuffled = random.Random(seed).sample(articles, len(articles))
    assert written(Reader().read_many(shuffled)) == alone


def test_two_processes_give_the_same_bytes_in_the_same_order(articles: list[Article], alone: dict[str, str]) -> None:
    found = written(Reader().read_many(articles, jobs=2))
    assert found == alone
    assert list(found) == [a.id for a in articles]


def test_a_second_reading_changes_nothing(articles: list[Article], alone: dict[str, str]) -> None:
    reader = Reader()
    for _ in range(2):
        assert {a.id: reader.read(a).to_json() for a in articles} == alone
