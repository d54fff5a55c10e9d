"""Where a report comes from: the agency behind an article, and how many sources of a set are independent.

    agency_of(article) -> Agency | None
    independent_sources(reports) -> tuple[tuple[str, ...], ...]      groups of article ids, one group a source

Two articles are one source when one is a copy of the other, when they credit one agency, or when one publisher printed
both without crediting anybody. An article without agency, publisher and copy is a source of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord.ingest import layout
from onrecord.ingest._names import agencies
from onrecord.ledger._ids import fold
from onrecord.records import Article, Span

_SIGNED: tuple[Literal["dateline", "credit", "byline"], ...] = ("dateline", "credit", "byline")
_TOLD = (  # what stands before and after an agency's name where the article leans on it
    r"(?:told|informed|reported by|quoted by|by|according to|citing|quoting|from) (?:the )?{name}\b",
    r"\b{name}(?: news agency| newswire)? (?:reported|reports|said|quoted|cited)\b",
)


@dataclass(frozen=True, slots=True)
class Agency:
    """The agency an article comes from or leans on. ``because``: dateline, credit, byline or text."""

    name: str
    because: str
    span: Span


@dataclass(frozen=True, slots=True)
class Report:
    """What independence depends on. ``original``: first of the group of copies, its own id when there is no copy."""

    article: str
    original: str
    agency: str | None = None
    publisher: str | None = None


def agency_of(article: Article) -> Agency | None:
    """The agency behind an article: its dateline or credit says so, else the text leans on exactly one."""
    for kind in _SIGNED:
        for part in layout(article).of(kind):
            name = part.agency or (_only(part.person) if part.person else None)
            if name:
                return Agency(name, kind, Span.of(article.text, part.start, part.end))
    leant = _leant_on(article.text)
    names = {agency.name for agency in leant}
    return leant[0] if len(names) == 1 else None


def independent_sources(reports: Iterable[Report]) -> tuple[tuple[str, ...], ...]:
    """The articles grouped by source; their number is the number of independent sources."""
    groups: dict[str, list[Report]] = {}  # by mark; all marks of a group lead to the one list
    marks_of: dict[int, set[str]] = {}
    for report in reports:
        marks, articles = _marks(report), [report]
        for met in {id(group): group for mark in marks if (group := groups.get(mark))}.values():
            articles = [*met, *articles]
            marks |= marks_of.pop(id(met))
        groups.update(dict.fromkeys(marks, articles))
        marks_of[id(articles)] = marks
    found = {id(group): group for group in groups.values()}.values()
    return tuple(sorted(tuple(sorted(report.article for report in group)) for group in found))


def _marks(report: Report) -> set[str]:
    """What a report shares with every other of its source."""
    marks = {f"article {report.article}", f"article {report.original}"}
    if report.agency:
        marks.update(f"agency {fold(name)}" for name in report.agency.split("/"))
    elif report.publisher:
        marks.add(f"publisher {fold(report.publisher)}")
    return marks


def _only(person: str) -> str | None:
    """The agency that a byline names in the place of a person."""
    return agencies().get(person.strip())


def _leant_on(text: str) -> list[Agency]:
    found = []
    for match in _pattern().finditer(text):
        sign = next(group for group in match.groups() if group)
        start = match.start() + match.group().index(sign)
        found.append(Agency(agencies()[sign], "text", Span.of(text, start, start + len(sign))))
    return found


@cache
def _pattern() -> re.Pattern[str]:
    # Signs of two letters ("AA", "PA") are too often something else to be trusted in running text.
    signs = sorted((sign for sign in agencies() if len(sign) > 2 or sign == "AP"), key=lambda sign: (-len(sign), sign))
    names = "(" + "|".join(map(re.escape, signs)) + ")"
    return re.compile("|".join(form.format(name=names) for form in _TOLD))
