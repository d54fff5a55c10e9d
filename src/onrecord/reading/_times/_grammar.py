"""The grammar of times as data, compiled: word classes into a dictionary, patterns into one trie a level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any

from onrecord.reading._data import load_yaml
from onrecord.records import LexiconError

WORDS = "lexicon/times_words.yaml"
RULES = "lexicon/times.yaml"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what class of phrase it makes, and with which operation its value is computed."""

    id: str
    level: int
    makes: str
    op: str
    fixed: Mapping[str, Any]
    guard: str | None
    finds: tuple[str, ...]
    leaves: tuple[str, ...]


@dataclass(slots=True)
class Node:
    """A state of a level's trie. ``ends`` are the rules complete here, with the capture name of each step taken."""

    following: dict[str, Node] = field(default_factory=dict)
    ends: list[tuple[Rule, tuple[str | None, ...]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Word:
    """A dictionary entry: the class and value of a word, or of a phrase that continues with ``tail``."""

    kind: str
    value: Any
    tail: tuple[str, ...]
    capital: bool


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled grammar."""

    words: Mapping[str, tuple[Word, ...]]
    levels: tuple[Node, ...]
    rules: tuple[Rule, ...]
    data: Mapping[str, Any]


@cache
def grammar() -> Grammar:
    """The shipped grammar, compiled once a process.

    Raises
    ------
    LexiconError: naming the rule and pattern that cannot be compiled.
    """
    return compile_grammar(load_yaml(WORDS), load_yaml(RULES)["rules"])


def compile_grammar(words: Mapping[str, Any], rules: Sequence[Mapping[str, Any]]) -> Grammar:
    """Compile word classes and rules."""
    compiled: list[Rule] = []
    levels = tuple(Node() for _ in range(max(row["level"] for row in rules)))
    for row in rules:
        rule = _rule(row)
        if any(rule.id == other.id for other in compiled):
            raise LexiconError(f"{RULES}: two rules are called {rule.id!r}. Rename one.")
        compiled.append(rule)
        for pattern in row["match"]:
            for path in _paths(pattern, words, rule.id):
                _insert(levels[rule.level - 1], rule, path)
    return Grammar(_dictionary(words), levels, tuple(compiled), words)


def _rule(row: Mapping[str, Any]) -> Rule:
    known = {"id", "level", "is", "op", "with", "if", "match", "finds", "leaves"}
    missing, unknown = {"id", "level", "is", "op", "match"} - set(row), set(row) - known
    if missing or unknown or not row["match"]:
        raise LexiconError(
            f"{RULES}: rule {row.get('id', row)!r} lacks {sorted(missing)} and has unknown {sorted(unknown)}."
        )
    return Rule(
        id=row["id"],
        level=row["level"],
        makes=row["is"],
        op=row["op"],
        fixed=dict(row.get("with", {})),
        guard=row.get("if"),
        finds=tuple(row.get("finds", ())),
        leaves=tuple(row.get("leaves", ())),
    )


def _dictionary(words: Mapping[str, Any]) -> dict[str, tuple[Word, ...]]:
    capitals = frozenset(words["capitals"])
    found: dict[str, list[Word]] = {}
    for kind, entries in words["classes"].items():
        for phrase, value in entries.items():
            first, *tail = str(phrase).split()
            found.setdefault(first, []).append(Word(kind, value, tuple(tail), first in capitals and not tail))
    return {word: tuple(sorted(entries, key=lambda entry: -len(entry.tail))) for word, entries in found.items()}


_Step = tuple[str, str | None]


def _paths(pattern: str, words: Mapping[str, Any], rule: str) -> Iterator[tuple[_Step, ...]]:
    """Every row of (symbol, capture name) that a pattern stands for."""
    choices: list[list[_Step | None]] = []
    for part in pattern.split():
        options: list[_Step | None] = []
        body = part
        if len(part) > 1 and part.endswith("?"):
            options.append(None)
            body = part[:-1]
        name: str | None = None
        if len(body) > 1 and body.startswith("("):
            body, _, name = body[1:].partition(")")
            name = name.lstrip(":") or None
        for item in body.split("|") if len(body) > 1 else [body]:
            options.extend(_symbols(item, name, words, f"{rule}: {pattern}"))
        choices.append(options)
    for combination in product(*choices):
        path = tuple(step for step in combination if step is not None)
        if not path:
            raise LexiconError(f"{RULES}: {rule}: the pattern {pattern!r} matches nothing at all.")
        yield path


def _symbols(item: str, name: str | None, words: Mapping[str, Any], where: str) -> list[_Step]:
    if len(item) > 1:
        item, _, own = item.partition(":")
        name = own or name
    kinds = [item]
    if item.startswith("<") and item.endswith(">"):
        if item[1:-1] not in words["sets"]:
            raise LexiconError(f"{RULES}: {where}: there is no set {item}.")
        kinds = words["sets"][item[1:-1]]
    captures = words["captures"]
    return [(kind, name or (captures.get(kind, kind.lower()) if _is_class(kind) else None)) for kind in kinds]


def _is_class(symbol: str) -> bool:
    return symbol[:1].isalpha() and symbol == symbol.upper()


def _insert(node: Node, rule: Rule, path: tuple[_Step, ...]) -> None:
    for symbol, _ in path:
        node = node.following.setdefault(symbol, Node())
    names = tuple(name for _, name in path)
    if (rule, names) not in [(other, kept) for other, kept in node.ends]:
        node.ends.append((rule, names))
