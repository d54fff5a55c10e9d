"""Which words may name one act: families of triggers, from ``data/families.yaml``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from onrecord.ledger._words import content, stem, words
from onrecord.records import LexiconError


def stems(phrase: str) -> tuple[str, ...]:
    """The stems of the words that name an act; all its words where none carries meaning by itself."""
    return tuple(dict.fromkeys(content(phrase) or map(stem, words(phrase))))


@lru_cache(maxsize=50_000)
def families(trigger: tuple[str, ...]) -> frozenset[str]:
    """The families that a trigger, given as stems, belongs to: by all its words together, else by each of them."""
    known = _families()
    return known.get(trigger) or frozenset().union(*(known.get((word,), frozenset()) for word in trigger))


@cache
def _families() -> dict[tuple[str, ...], frozenset[str]]:
    """Stems of a word or phrase to the names of its families."""
    found: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for name, members in _entries():
        for member in members:
            found[stems(member)].add(name)
    return {key: frozenset(names) for key, names in found.items()}


def _entries() -> Iterable[tuple[str, list[str]]]:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content_ = (files("onrecord.ledger") / "data" / "families.yaml").read_text(encoding="utf-8")
    seen: set[str] = set()
    for entry in yaml.load(content_, Loader=loader):
        name, members = entry["family"], [str(member) for member in entry["words"]]
        if name in seen or len(set(members)) != len(members) or len(members) < 2:
            raise LexiconError(f"ledger/data/families.yaml: {name}: twice, a word twice, or only one word; mend it")
        seen.add(name)
        yield name, members
