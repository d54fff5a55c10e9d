"""What in an article's text is not prose: address, headline, byline, dateline, credits. The text is never cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from onrecord.ingest._conditions import Seen, holds, is_site
from onrecord.ingest._dates import complete, read_date, url_date, url_month
from onrecord.ingest._hosts import publisher_of
from onrecord.ingest._names import agency_in, agency_named, fold
from onrecord.ingest._rules import Rule, rules_at, shape
from onrecord.records import Article

Kind = Literal["url_line", "headline", "byline", "dateline", "credit"]

_LINE = re.compile(r"[^\n]+")
_BY = re.compile(
    r"\b[Bb]y:? ((?:[^\W\d_][\w’'.-]*|and|&)(?:,? (?:[^\W\d_a-z][\w’'.-]*|and|&|bin|ibn|al|van|von|de|der))*)"
)
_POST = re.compile(
    r"(?i)\b(?:reporter|writer|correspondent|editor|bureau|desk|columnist|contributor|journalist|news)s?\b"
)
_NEAR_TOP = 6  # lines in which a headline, standfirst, byline and dateline have their place
_TAIL_LINES = 4
_TAIL_LENGTH = 400  # how much of a last line is looked at for a signature


@dataclass(frozen=True, slots=True)
class Furniture:
    """A part of the text that is not prose. Offsets are half-open; ``date`` is ISO, ``--07-23`` without a year."""

    kind: Kind
    start: int
    end: int
    place: str | None = None
    agency: str | None = None
    date: str | None = None
    person: str | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """All furniture of one article, in the order of the text."""

    furniture: tuple[Furniture, ...] = ()
    published_hint: str | None = None

    @property
    def dateline(self) -> Furniture | None:
        """The first dateline that names a place; failing that, the first."""
        found = [part for part in self.furniture if part.kind == "dateline"]
        return next((part for part in found if part.place), found[0] if found else None)

    def of(self, kind: Kind) -> tuple[Furniture, ...]:
        """All furniture of one kind."""
        return tuple(part for part in self.furniture if part.kind == kind)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str  # without the white space around it
    shape: str  # the same as patterns see it
    blank_after: bool
    last: bool  # one of the last lines of the text

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def layout(article: Article) -> Layout:
    """The furniture of ``article``, with what it says of place, agency, day and people."""
    return _layout(article.text, article.title, article.url)


@lru_cache(maxsize=4)
def _layout(text: str, title: str | None, url: str | None) -> Layout:
    lines = tuple(_lines(text))
    url = url or next((line.text for line in lines[:1] if line.text.startswith("http")), None)
    furniture = tuple(sorted(_walk(text, lines, title, url), key=lambda part: (part.start, part.end)))
    return Layout(furniture, _published_hint(furniture, url))


def _lines(text: str) -> Iterator[_Line]:
    """The lines that hold something."""
    found = [match for match in _LINE.finditer(text) if not match.group().isspace()]
    for i, match in enumerate(found):
        content = match.group().strip()
        start = match.start() + match.group().index(content[0])
        following = text[match.end() : found[i + 1].start()] if i + 1 < len(found) else ""
        yield _Line(start, content, shape(content), following.count("\n") > 1, i >= len(found) - _TAIL_LINES)


def _walk(text: str, lines: tuple[_Line, ...], title: str | None, url: str | None) -> Iterator[Furniture]:
    """Line by line: above the prose, a line may be a headline; near the top, a dateline; below, only clear signs."""
    site = (publisher_of(url) or "").partition(".")[0]
    above_prose = True
    headlines = datelines = 0
    for i, line in enumerate(lines):
        if above_prose and title and fold(line.text) == fold(title):
            yield Furniture("headline", line.start, line.end, because="headline/title")
            headlines += 1
            continue
        where = _where(i, line, above_prose and headlines < 3, datelines)
        following = lines[i + 1] if i + 1 < len(lines) else None
        body = text[line.end :] if i < _NEAR_TOP else ""
        found = _whole_line(line, where, body, site, following)
        if found is None:
            above_prose = False
        for part in (found,) if found else _edges(line, where, body, site):
            yield part
            headlines += part.kind == "headline"
            datelines += part.kind == "dateline"


def _where(i: int, line: _Line, above_prose: bool, datelines: int) -> tuple[str, ...]:
    """The sorts of rules that a line is tried against."""
    near_top = i < _NEAR_TOP
    return (
        *(("line", "headend") if near_top or line.last else ("line",)),
        *(("head",) if near_top and not datelines else ()),
        "start",
        *(("top",) if above_prose and near_top else ()),
        *(("end",) if line.last else ()),
    )


def _whole_line(line: _Line, where: tuple[str, ...], body: str, site: str, following: _Line | None) -> Furniture | None:
    """The furniture that the whole line is, if it is."""
    if len(line.text) > 300:
        return None
    blank_after: bool | None = True if line.blank_after else None
    for rule in rules_at(*where):
        if rule.kind == "byline" and rule.where == "head" and "top" not in where:
            continue  # a bare name is a byline above the story only
        if rule.kind == "headline" and blank_after is None:
            blank_after = bool(following and _is_byline(following, site))
        found = _try(rule, line, body, site, bool(blank_after))
        if found and found.start == line.start and found.end == line.end:
            return found
    return None


def _edges(line: _Line, where: tuple[str, ...], body: str, site: str) -> Iterator[Furniture]:
    """Furniture at the beginning and at the end of a line of prose."""
    begin = line.start
    for rule in rules_at(*(at for at in where if at in ("head", "start"))):
        found = _try(rule, line, body, site, blank_after=False)
        if found and rule.kind == "dateline" and found.end < line.end:
            yield found
            begin = found.end
            break
    for rule in rules_at("end") if "end" in where else ():
        found = _try(rule, line, body, site, blank_after=False)
        if found and found.start > begin:
            yield found
            break


def _is_byline(line: _Line, site: str) -> bool:
    """Whether the line below is a byline or dateline of its own: a headline needs no blank line before those."""
    tried = (_try(rule, line, "", site, blank_after=True) for rule in rules_at("headend"))
    return any(found and found.end == line.end for found in tried)


def _try(rule: Rule, line: _Line, body: str, site: str, blank_after: bool) -> Furniture | None:
    """What ``rule`` finds at its edge of the line, its conditions checked."""
    if rule.where == "end":
        match = rule.pattern.search(line.shape, max(0, len(line.text) - _TAIL_LENGTH))
        first, last = match.span("furniture") if match else (0, 0)
    else:
        match = rule.pattern.match(line.shape)
        first, last = match.span() if match else (0, 0)
    if match is None:
        return None
    head = line.text[first:last]
    spans = {name: match.span(name) for name, words in match.groupdict().items() if words}
    groups = {name.partition("_")[0]: line.text[i:j] for name, (i, j) in spans.items()}
    seen = Seen(groups, head, line.text[last:].lstrip(), blank_after, body, site)
    if not holds(rule.needs, seen):
        return None
    start = line.start + first
    return _furniture(rule, start, start + len(head.rstrip()), groups, head, site)


def _furniture(rule: Rule, start: int, end: int, groups: dict[str, str], head: str, site: str) -> Furniture:
    place, agency, person = groups.get("place"), groups.get("agency"), groups.get("person")
    if place and is_site(place, site):
        place = None
    if agency:
        agency = agency_named(agency) or agency.strip()
    if rule.kind == "credit":
        by = _BY.search(head)
        agency = agency or agency_in(head)
        person = by.group(1).rstrip(" .,;") if by and not (agency and by.group(1).startswith(agency)) else None
    elif person:
        person = _people_only(person)
    date = read_date(groups.get("date") or "")
    kind: Kind = rule.kind  # type: ignore[assignment]  # checked when the rules are loaded
    return Furniture(kind, start, end, place, agency, date, person.strip(" .,") if person else None, rule.id)


def _people_only(names: str) -> str | None:
    """Names as printed, up to the agency or post that follows them after a comma."""
    kept: list[str] = []
    for name in names.split(", "):
        if kept and (agency_named(name) or _POST.search(name)):
            break
        kept.append(name)
    return ", ".join(kept) or None


def _published_hint(furniture: tuple[Furniture, ...], url: str | None) -> str | None:
    """A whole date among the furniture; else the address's; else a date without year that another hint completes."""
    dates = [part.date for part in furniture if part.kind == "dateline" and part.date]
    whole = next((date for date in dates if not date.startswith("--")), None)
    if whole:
        return whole
    by_address = url_date(url)
    if by_address:
        return by_address
    month = url_month(url)
    partial = dates[0] if dates else None
    return complete(partial, near=month) if partial and month else None
