"""Publication dates: an ISO 8601 date, or a date and time with a zone."""

from __future__ import annotations

import re
from datetime import date, datetime

from onrecord.records._errors import BadOption

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def check_published(value: str) -> str:
    """Return ``value`` if it is a date, or a date and time with zone.

    Raises
    ------
    BadOption: with what was seen and what is wanted.
    """
    try:
        if _DAY.fullmatch(value):
            date.fromisoformat(value)
            return value
        if _DAY.match(value) and datetime.fromisoformat(value).tzinfo is not None:
            return value
    except ValueError:
        pass
    raise BadOption(
        f"publication date {value!r} is not understood. "
        "Write it as 2023-10-14, or with time and zone as 2023-10-14T08:30:00+03:00."
    )


def published_day(value: str) -> date:
    """The calendar day of a checked publication date, in its own zone."""
    return date.fromisoformat(value[:10])
