"""Matching the grammar against the lattice of a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from onrecord.reading._times._grammar import Grammar, Node
from onrecord.reading._times._guards import passes
from onrecord.reading._times._lattice import Edge, Lattice


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase means, not yet anchored: an operation of ``_resolve`` and its arguments."""

    rule: str
    op: str
    args: dict[str, Any]
    start: int  # atoms
    end: int
    kind: str


def find_senses(doc: Doc, lattice: Lattice, grammar: Grammar) -> list[Sense]:
    """The time phrases of a document, in text order: at each place the longest, none overlapping."""
    for level in grammar.levels:
        _match_level(doc, level, lattice)
    chosen: list[Sense] = []
    position = 0
    for at, edges in enumerate(lattice.edges):
        if at < position or not edges:
            continue
        best: Sense | None = None
        for edge in edges:
            if isinstance(edge.value, Sense) and edge.kind not in _PARTIAL and (best is None or edge.end >= best.end):
                best = edge.value
        if best is not None:
            position = best.end
            if best.op != "drop" and not _is_age(lattice, best):
                chosen.append(best)
    return chosen


def _is_age(lattice: Lattice, sense: Sense) -> bool:
    """ "the two year old", "only 14 years old"."""
    after = lattice.words[sense.end : sense.end + 2]
    return sense.kind == "DUR" and (after[:1] == ["old"] or after == ["-", "old"])


# Kinds that mean a time only inside a larger phrase.
_PARTIAL = frozenset({"LEN", "LENS", "LENH"})


def _match_level(doc: Doc, root: Node, lattice: Lattice) -> None:
    words, edges = lattice.words, lattice.edges
    following = root.following
    made: list[tuple[int, Edge]] = []
    for at, word in enumerate(words):
        if word in following:
            _walk(following[word], at, at + 1, (word,), doc, lattice, made)
        for edge in edges[at]:
            if edge.kind in following:
                _walk(following[edge.kind], at, edge.end, (edge.value,), doc, lattice, made)
    for at, edge in made:
        edges[at].append(edge)


def _walk(
    node: Node, start: int, at: int, values: tuple[Any, ...], doc: Doc, lattice: Lattice, made: list[tuple[int, Edge]]
) -> None:
    for rule, names in node.ends:
        args = {name: value for name, value in zip(names, values, strict=True) if name is not None}
        args.update(rule.fixed)
        if rule.guard is None or passes(rule.guard, doc, lattice, start, at, args):
            made.append((start, Edge(rule.makes, at, Sense(rule.id, rule.op, args, start, at, rule.makes))))
    if at >= len(lattice.words) or at in lattice.breaks:
        return
    following = node.following
    if not following:
        return
    word = lattice.words[at]
    if word in following:
        _walk(following[word], start, at + 1, (*values, word), doc, lattice, made)
    for edge in lattice.edges[at]:
        if edge.kind in following:
            _walk(following[edge.kind], start, edge.end, (*values, edge.value), doc, lattice, made)
