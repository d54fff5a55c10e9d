"""Dates in datelines and addresses: whole (2022-07-26), or without the year (--07-26, as ISO 8601 once wrote it)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1)
    for name in names.split()
}  # fmt: skip

MONTH = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    "|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
"""Pattern of a month's name, to be used without regard to case."""

_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+({MONTH})\b\.?(?:,?[\s-]+(\d{{4}})\b)?", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b({MONTH})\b\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(\d{{4}})\b)?", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")

_URL_PARTS = re.compile(r"(?<!\d)((?:19|20)\d{2})[/_-](\d{1,2}|[A-Za-z]{3,9})[/_-](\d{1,2})(?![\d])")
_URL_RUN = re.compile(r"(?<!\d)((?:199|20[0-4])\d)(\d{2})(\d{2})(?:\d{4}|\d{6}|\d{9})?(?!\d)")
_URL_MONTH = re.compile(r"/((?:199|20[0-4])\d)[/-](\d{1,2})/")
_URL_MOMENT = re.compile(r"-1[01](1[0-9]{12})\.html$")  # HT Media's sites: 10 or 11, then milliseconds since 1970
_EARLIEST, _LATEST = 1990, 2049


def read_date(text: str) -> str | None:
    """The first date written out in ``text``: ``2022-07-26``, or ``--07-26`` when it names no year."""
    iso = _ISO.search(text)
    if iso:
        return _valid(int(iso[1]), int(iso[2]), int(iso[3]))
    day_first, month_first = _DAY_FIRST.search(text), _MONTH_FIRST.search(text)
    if month_first and (not day_first or month_first.start() < day_first.start()):
        return _valid(_year(month_first[3]), MONTHS[month_first[1].lower()], int(month_first[2]))
    if day_first:
        return _valid(_year(day_first[3]), MONTHS[day_first[2].lower()], int(day_first[1]))
    return None


def url_date(url: str | None) -> str | None:
    """The day an article's address carries: ``/2022/07/23/``, ``/2022/jul/23/``, ``ud=20220715000198``."""
    path = _path(url)
    for found in _URL_PARTS.finditer(path):
        month = MONTHS.get(found[2].lower()) if found[2].isalpha() else int(found[2])
        day = _valid(int(found[1]), month or 0, int(found[3]))
        if day and _EARLIEST <= int(found[1]) <= _LATEST:
            return day
    for found in _URL_RUN.finditer(path):
        day = _valid(int(found[1]), int(found[2]), int(found[3]))
        if day:
            return day
    moment = _URL_MOMENT.search(path)
    return datetime.fromtimestamp(int(moment[1]) / 1000, UTC).date().isoformat() if moment else None


def url_month(url: str | None) -> str | None:
    """The month an article's address carries when it carries no day (``/2022/07/``): ``2022-07``."""
    found = _URL_MONTH.search(_path(url))
    return f"{found[1]}-{int(found[2]):02d}" if found and 1 <= int(found[2]) <= 12 else None


def complete(partial: str, *, near: str) -> str | None:
    """``--07-26`` with the year that puts it nearest to ``near`` (a day, or a month it must lie in)."""
    month, day = int(partial[2:4]), int(partial[5:7])
    if len(near) == 7:
        return _valid(int(near[:4]), month, day) if int(near[5:7]) == month else None
    anchor = date.fromisoformat(near)
    days = [found for year in (anchor.year - 1, anchor.year, anchor.year + 1) if (found := _valid(year, month, day))]
    return min(days, key=lambda one: abs(date.fromisoformat(one) - anchor), default=None)


def _path(url: str | None) -> str:
    """Everything after the host: a host can hold digits that are no date."""
    if not url:
        return ""
    return "/" + url.split("://", 1)[-1].partition("/")[2]


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def _valid(year: int | None, month: int, day: int) -> str | None:
    """The date in ISO form if the calendar has it."""
    try:
        found = date(year or 2000, month, day)  # 2000 is a leap year: 29 February without a year is a date
    except ValueError:
        return None
    return found.isoformat() if year else found.strftime("--%m-%d")
