"""What a scorer gives back: named values in per cent, and the reasons why some could not be measured."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class Missing(Exception):
    """A corpus, or a part of the program, that a score needs is not there; the message says which."""


@dataclass(frozen=True)
class Score:
    """One measured value.

    ``value`` is in per cent (0 to 100) unless ``unit`` says otherwise; ``n`` is how many things it was measured on
    (words, spans, sentences: the docstring of the scorer says which). ``lower_is_better`` turns the floor into a
    ceiling.
    """

    name: str
    value: float
    corpus: str
    n: int
    lower_is_better: bool = False
    unit: str = "%"
    pinned: bool = True  # False: shown for information, never held against a floor


def need(path: Path) -> Path:
    """``path`` itself when it exists; else `Missing`, naming it."""
    if not path.exists():
        raise Missing(f"{path} is not there")
    return path
