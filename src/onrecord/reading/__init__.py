"""Who did what to whom, where, when, how real, according to whom."""

from __future__ import annotations

from onrecord.reading._reader import Lexicon, Reader, reader_for
from onrecord.records import Reading


def read(text: str, *, published: str | None = None, lexicon: Lexicon = ()) -> Reading:
    """Read one text.

    Parameters
    ----------
    text: the article, as plain text.
    published: its publication date, ISO 8601; without it "Saturday" stays undated.
    lexicon: files or folders of one's own actors and frames, beside the packaged ones.
    """
    return reader_for(lexicon=lexicon).read(text, published=published)


__all__ = ["Reader", "read", "reader_for"]
