"""onrecord reads English news and writes down what is on record.

``onrecord.read(text, published="2023-10-14")`` reads one text, ``onrecord.Reader().read_many(articles, jobs=2)`` many.
"""

from __future__ import annotations

from onrecord.reading import Reader, read
from onrecord.records import (
    Article,
    Entity,
    Event,
    Figure,
    Mention,
    OnrecordError,
    Place,
    Reading,
    Span,
    Statement,
    Status,
    Time,
)

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Entity",
    "Event",
    "Figure",
    "Mention",
    "OnrecordError",
    "Place",
    "Reader",
    "Reading",
    "Span",
    "Statement",
    "Status",
    "Time",
    "read",
]


def _notebook_form(reading: Reading) -> str:
    from onrecord.publish.notebook import reading_html

    return reading_html(reading)


# Records know nothing of how they are shown; the top of the house introduces the two.
Reading._repr_html_ = _notebook_form
