"""Articles: their list, and one with the words of its records marked, linked both ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from onrecord.ledger import Reviewed, as_dict
from onrecord.publish._view import View
from onrecord.publish.html import Segment, segments
from onrecord.publish.web._asked import SINCE, TEXT, UNTIL, Asked, Field, tidy
from onrecord.publish.web._render import ledger_of, page
from onrecord.publish.web._tables import Form, table

router = APIRouter()

_PAGE = 50
_SHOWN = 200_000
"""So many characters of a text are shown at first; nobody reads more, and browsers suffer."""
_COLUMNS = ("id", "title", "publisher", "published", "url", "words", "events", "sightings", "changed_at")


@router.get("/articles")
def articles(request: Request) -> Response:
    """The articles, newest first."""
    if shorter := tidy(request):
        return shorter
    asked = _asked(request)
    found = ledger_of(request).articles(**asked.only("text", "since", "until", "after"), limit=_PAGE)
    return page(request, "articles.html.j2", asked=asked, articles=found)


@router.get("/articles.{form}")
def articles_table(request: Request, form: Form) -> Response:
    """The same as a table: a page of it as JSON, all of it as CSV."""
    ledger, asked = ledger_of(request), _asked(request)
    filters = asked.only("text", "since", "until", "after")
    if form == "json":
        found = ledger.articles(**filters, limit=500)
        following = asked.url(".json", after=found.next) if found.next else None
        return table("json", "articles", map(as_dict, found), columns=(), next=following)

    def rows() -> Iterator[dict[str, object]]:
        after = filters.pop("after", None)
        while True:
            found = ledger.articles(**filters, limit=500, after=after)
            yield from map(as_dict, found)
            if (after := found.next) is None:
                return

    return table("csv", "articles", rows(), columns=_COLUMNS)


@router.get("/articles/{article_id}")
def article(request: Request, article_id: str, whole: bool = False) -> Response:
    """One article with the words of its records marked."""
    reviewed = ledger_of(request).reviewed(article_id)
    text = reviewed.reading.article.text
    end = len(text) if whole else _SHOWN
    return page(
        request,
        "article.html.j2",
        article=reviewed.reading.article,
        view=View(reviewed.reading),
        sheet=Sheet(reviewed),
        segments=list(_first(segments(reviewed.reading), end)),
        hidden=max(0, len(text) - end),
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the records of an article are called in the ledger, and what reviewers found."""

    reviewed: Reviewed

    def lasting(self, own: str) -> str:
        """A record's id in the ledger."""
        return self.reviewed.ids[own]

    def review(self, own: str) -> str:
        """What reviewers say of a record: ``unreviewed`` when nothing."""
        return self.reviewed.reviews.get(own, "unreviewed")


def _first(found: Iterator[Segment], end: int) -> Iterator[Segment]:
    """The segments of the first ``end`` characters."""
    at = 0
    for segment in found:
        if at + len(segment.text) > end:
            yield Segment(segment.text[: end - at], segment.records, segment.starts, segment.look)
            return
        yield segment
        at += len(segment.text)


def _asked(request: Request) -> Asked:
    return Asked.of(request, (TEXT, SINCE, UNTIL, Field("after", "Page")), "/articles")
