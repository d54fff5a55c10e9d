"""One reader for all scorers that read whole articles, and the article behind a text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from onrecord.records import Reading

if TYPE_CHECKING:
    from onrecord import Reader


@cache
def reader() -> Reader:
    """The reader, loaded once a process."""
    from onrecord import Reader

    return Reader()


def read(text: str, *, name: str, published: str | None = None) -> Reading:
    """The reading of a text that stands for an article of its own."""
    from onrecord.ingest import from_text

    return reader().read(from_text(text, name=name, published=published, any_language=True))


def overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Characters two half-open spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))
