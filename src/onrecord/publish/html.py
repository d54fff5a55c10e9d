"""One self-contained page: the article with its words marked, the records beside it, linked both ways."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from onrecord.publish._view import STATUS_WORDS, View
from onrecord.records import Reading, Span


@dataclass(frozen=True)
class Segment:
    """A stretch of text covered by the same records throughout.

    records: ids of the records whose words it is part of, narrowest first; starts: those whose words begin here.
    """

    text: str
    records: tuple[str, ...]
    starts: tuple[str, ...]
    look: str


@dataclass(frozen=True)
class _Sheet:
    """One article as the template wants it."""

    key: str
    view: View
    segments: tuple[Segment, ...]


def page(readings: Sequence[Reading]) -> str:
    """The HTML page of one or many readings. It fetches nothing and runs only the script it carries."""
    style, script = _asset("page.css"), _asset("page.js")
    sheets = [
        _Sheet(f"a{number}", View(reading), tuple(segments(reading, f"a{number}-")))
        for number, reading in enumerate(readings, 1)
    ]
    return _template().render(
        sheets=sheets,
        status_words=STATUS_WORDS,
        style=Markup(style),
        script=Markup(script),
        policy=Markup(f"default-src 'none'; style-src '{_fingerprint(style)}'; script-src '{_fingerprint(script)}'"),
    )


def segments(reading: Reading, prefix: str = "") -> Iterator[Segment]:
    """The article cut wherever a record's words begin or end; ids get ``prefix``."""
    waiting = sorted(_marks(reading), key=lambda mark: mark[0].start, reverse=True)
    text = reading.article.text
    cuts = sorted({0, len(text)} | {edge for span, _, _ in waiting for edge in (span.start, span.end)})
    active: list[tuple[Span, str, str]] = []
    for start, end in pairwise(cuts):
        active = [mark for mark in active if mark[0].end > start]
        while waiting and waiting[-1][0].start <= start:
            active.append(waiting.pop())
        active.sort(key=lambda mark: (mark[0].end - mark[0].start, mark[1]))
        ids = tuple(dict.fromkeys(prefix + id_ for _, id_, _ in active))
        begin = tuple(dict.fromkeys(prefix + id_ for span, id_, _ in active if span.start == start))
        yield Segment(text[start:end], ids, begin, " ".join(dict.fromkeys(look for _, _, look in active)))


def _marks(reading: Reading) -> Iterator[tuple[Span, str, str]]:
    for event in reading.events:
        yield event.span, event.id, f"event {event.status}"
    for figure in reading.figures:
        yield figure.span, figure.id, "figure"
    for statement in reading.statements:
        yield from ((span, statement.id, "said") for span in statement.content)


def _fingerprint(content: str) -> str:
    return "sha256-" + b64encode(sha256(content.encode()).digest()).decode()


@cache
def _asset(name: str) -> str:
    return (files("onrecord.publish") / name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_asset("page.html.j2"))
