"""Who did what to whom, where, when, how real, according to whom."""

from __future__ import annotations

from onrecord.reading._reader import Reader, reader_for
from onrecord.records import Reading


def read(text: str, *, published: str | None = None) -> Reading:
    """Read one text.

    Parameters
    ----------
    text: the article, as plain text.
    published: its publication date, ISO 8601; without it "Saturday" stays undated.
    """
    return reader_for().read(text, published=published)


__all__ = ["Reader", "read", "reader_for"]
