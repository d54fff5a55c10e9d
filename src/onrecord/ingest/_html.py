"""A news page to its article: text by trafilatura, facts from the page's own declarations first."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.ingest._hosts import is_address
from onrecord.records import BadOption, NotAnArticle, check_published

_SENTENCE_LINE = re.compile(r"""(?:\S+\s+){7,}\S+[.!?…]["”’')\]]*$""")
_LEAST_PROSE = 20  # words in lines that end like sentences; an agency's brief of two sentences has more
_WALL = re.compile(
    r"\b(?:cookies?|enable javascript|javascript is disabled|subscribe (?:now|to)|sign in|log in"
    r"|create an account|access denied|page not found|page you (?:requested|are looking for)"
    r"|captcha|are you (?:a robot|human)|unusual traffic|404)\b",
    re.IGNORECASE,
)
_WALL_WORDS = 90  # shorter pages than this that speak of cookies or log-ins are walls, not articles

_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.created",
    "parsely-pub-date", "sailthru.date", "pubdate", "publish-date", "cxenseparse:recs:publishtime",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """What was found on a page."""

    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None


def read_page(markup: str, *, name: str) -> Page:
    """The article of an HTML page.

    Raises
    ------
    NotAnArticle: an index, a log-in wall, an empty shell.
    """
    if not markup.strip():
        raise NotAnArticle(name, "an empty HTML page", "Give the page of one article.")
    try:
        tree, found = _extract(markup)
    except Exception as error:  # the parser meets anything people call HTML; whatever it trips over is no article
        seen = f"HTML that cannot be parsed ({type(error).__name__})"
        raise NotAnArticle(name, seen, "Give the page of one article.") from error
    text = (found.text or "").strip() if found is not None else ""
    _require_prose(text, name)
    return Page(
        text=text,
        title=_clean(found.title),
        url=found.url if is_address(found.url) else None,
        publisher=_clean(found.sitename),
        authors=tuple(part.strip() for part in (found.author or "").split(";") if part.strip())
        or _declared_authors(tree),
        published=_declared_date(tree) or _valid(found.date),
    )


def _extract(markup: str) -> tuple[Any, Any]:
    import trafilatura

    for noisy in ("trafilatura", "htmldate", "courlan"):  # what they warn of is reported here as an error
        logger = logging.getLogger(noisy)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    tree = trafilatura.load_html(markup)
    if tree is None:
        return None, None
    found = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    return tree, found


def _require_prose(text: str, name: str) -> None:
    """Refuse menus and walls: an article has sentences."""
    remedy = "Give the page of one article, saved after it has loaded; or its text."
    words = sum(len(line.split()) for line in text.splitlines() if _SENTENCE_LINE.match(line.strip()))
    if words < _LEAST_PROSE:
        raise NotAnArticle(name, "an HTML page without an article (no running text found)", remedy)
    if len(text.split()) < _WALL_WORDS and _WALL.search(text):
        raise NotAnArticle(name, "an HTML page that asks for cookies or a log-in instead of showing an article", remedy)


def _declared_date(tree: Any) -> str | None:
    """The day, or moment with zone, that the page declares: in JSON-LD, then in meta tags, then in ``<time>``."""
    for story in _stories(tree):
        if date := _valid(story.get("datePublished")):
            return date
    declared: dict[str, str] = {}
    for meta in tree.iterfind(".//meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        declared.setdefault(key, meta.get("content") or "")
    for key in _PUBLISHED_META:
        if date := _valid(declared.get(key)):
            return date
    return next((date for time in tree.iterfind(".//time[@pubdate]") if (date := _valid(time.get("datetime")))), None)


def _declared_authors(tree: Any) -> tuple[str, ...]:
    """The names of people that the page's JSON-LD declares as authors."""
    for story in _stories(tree):
        authors = story.get("author")
        entries = authors if isinstance(authors, list) else [authors]
        names = [entry.get("name") if isinstance(entry, dict) else entry for entry in entries]
        if found := tuple(" ".join(name.split()) for name in names if isinstance(name, str) and name.strip()):
            return found
    return ()


def _stories(tree: Any) -> Iterator[dict[str, Any]]:
    """Every JSON-LD object of the page that has a publication date."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            waiting = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, dict):
                if "datePublished" in value:
                    yield value
                waiting.extend(value.values())
            elif isinstance(value, list):
                waiting.extend(value)


def _valid(value: Any) -> str | None:
    """A date or a moment with zone; of a moment without zone only the day is sure."""
    if not isinstance(value, str) or not value.strip():
        return None
    value = value.strip()
    for candidate in (re.sub(r"([+-]\d{2})(\d{2})$", r"\1:\2", value), value[:10]):
        try:
            return check_published(candidate)
        except BadOption:
            continue
    return None


def _clean(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None
