"""The attribution scorer on one sentence."""

from __future__ import annotations

import pytest

from evals._corpora import Attribution
from evals._metrics import pair_up
from evals.attribution import attribution_rank, content_tokens, is_head, source_right
from onrecord.records import Stance, Statement, Style
from tests.evals._records import entity, reading, span

TEXT = "A spokesman for Ada Lund said on Monday that the port was closed."
GOLD = Attribution(source=((0, 24),), cue=((25, 29),), content=((40, 64),))


def statement(cue: str | None, content: str) -> Statement:
    at = span(TEXT, cue) if cue else None
    return Statement(id="s1", cue=at, content=(span(TEXT, content),), style=Style.indirect, stance=Stance.asserts)


def test_cues_must_meet() -> None:
    right, wrong = statement("said", "the port was closed"), statement("was", "closed")
    assert pair_up([GOLD], [wrong, right], attribution_rank) == [(0, 1)]


def test_a_statement_without_a_cue_is_found_by_its_content() -> None:
    assert attribution_rank(GOLD, statement(None, "that the port was closed")) is not None
    assert attribution_rank(GOLD, statement(None, "closed")) is None


def test_content_is_compared_word_by_word() -> None:
    gold, said = content_tokens(GOLD, statement("said", "the port was closed"), reading(TEXT))
    assert (len(gold), len(said), len(gold & said)) == (5, 4, 4)


def test_a_person_inside_the_source_is_not_the_source() -> None:
    spokesman, lady = entity(TEXT, "n1", "spokesman"), entity(TEXT, "n2", "Ada Lund")
    assert source_right(GOLD, spokesman, TEXT)
    assert not source_right(GOLD, lady, TEXT)
    assert not source_right(GOLD, None, TEXT)


def test_a_source_nobody_is_named_in_needs_no_speaker() -> None:
    unnamed = Attribution(source=(), cue=GOLD.cue, content=GOLD.content)
    assert source_right(unnamed, None, TEXT)
    assert not source_right(unnamed, entity(TEXT, "n1", "spokesman"), TEXT)


@pytest.mark.parametrize(
    ("text", "mention", "head"),
    [
        ("Lund's spokesman", "Lund", False),
        ("Lund's spokesman", "Lund's spokesman", True),
        ("Lund, who leads the northern party", "Lund", True),
        ("the head of the northern Council", "Council", False),
    ],
)
def test_heads_are_told_from_possessors_and_complements(text: str, mention: str, head: bool) -> None:
    at = span(text, mention)
    assert is_head((at.start, at.end), (0, len(text)), text) is head
