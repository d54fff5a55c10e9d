"""Feeds (RSS, Atom): what their entries hold, or on request the pages they lead to."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from onrecord.ingest._article import from_text
from onrecord.ingest._hosts import is_address
from onrecord.ingest._options import Named, Options, Rejected, made
from onrecord.records import BadOption, EmptyInput, NotAnArticle, TooLarge, check_published

_BLOCKS = ("p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote", "tr", "ul", "ol")
_MOST_ENTRIES = 10_000


def read_feed(data: bytes, name: str, options: Options) -> Named:
    """The entries of a feed, one article each: the page when pages may be fetched, else what the entry itself holds.

    Raises
    ------
    EmptyInput: a feed without entries. NotAnArticle: not a feed.
    """
    import feedparser

    feed = feedparser.parse(io.BytesIO(data))
    if not feed.entries:
        if feed.bozo:
            raise NotAnArticle(name, "a feed that cannot be parsed", "Give an RSS or Atom file as the site sends it.")
        raise EmptyInput(name, "a feed without entries", "Fetch it again later.")
    publisher = _words(feed.feed.get("title"))
    for number, entry in enumerate(feed.entries[:_MOST_ENTRIES], start=1):
        link = entry.get("link")
        where = f"{name}:{number} ({link})" if link else f"{name}:{number}"
        if options.fetch is not None and is_address(link):
            yield from options.fetch.page(link, options, published=_published(entry))
        else:
            yield where, made(where, _raw(entry), lambda e=entry, w=where: _article(e, w, publisher, options))  # type: ignore[misc]
    if len(feed.entries) > _MOST_ENTRIES:
        seen = f"a feed of {len(feed.entries):,} entries; the first {_MOST_ENTRIES:,} were read"
        yield name, Rejected(name, TooLarge(name, seen, "Split it."))


def _article(entry: Any, name: str, publisher: str | None, options: Options) -> Any:
    markup = next((part.value for part in entry.get("content", ()) if part.get("value")), None) or entry.get(
        "summary", ""
    )
    text = _text(markup)
    if not text.strip():
        raise EmptyInput(name, "an entry without text", "Give --fetch to fetch the page it leads to.")
    link = entry.get("link")
    known: dict[str, Any] = {
        **options.for_article(),
        "published": options.published or _published(entry),
        "title": _words(entry.get("title")),
        "url": link if is_address(link) else None,
        "publisher": None if is_address(link) else publisher,
        "authors": tuple(one.name for one in entry.get("authors", ()) if one.get("name")),
    }
    return from_text(text, name=name, **known)


def _published(entry: Any) -> str | None:
    """The date as printed: the parser's own form of it has lost the zone."""
    for key in ("published", "updated", "created"):
        raw = (entry.get(key) or "").strip()
        for candidate in _dates(raw):
            try:
                return check_published(candidate)
            except BadOption:
                continue
    return None


def _dates(raw: str) -> Iterator[str]:
    if not raw:
        return
    with suppress(ValueError):
        yield datetime.fromisoformat(raw).isoformat()
    try:
        moment = parsedate_to_datetime(raw)
        yield moment.isoformat()
        yield moment.date().isoformat()  # without a zone only the day is sure
    except (ValueError, TypeError):
        pass
    yield raw[:10]


def _text(markup: str) -> str:
    """The words of a piece of HTML, paragraphs on lines of their own."""
    from lxml import html

    if "<" not in markup:
        return markup
    try:
        tree = html.fragment_fromstring(markup, create_parent="div")
    except Exception:  # whatever people call HTML
        return ""
    for noisy in tree.xpath(".//script|.//style|.//iframe"):
        noisy.drop_tree()
    for block in tree.iter(*_BLOCKS):
        block.tail = "\n" + (block.tail or "")
        if block.tag != "br":
            block.text = "\n" + (block.text or "")
    lines = (" ".join(line.split()) for line in tree.text_content().splitlines())
    return "\n".join(line for line in lines if line)


def _words(value: Any) -> str | None:
    return " ".join(_text(value).split()) or None if isinstance(value, str) else None


def _raw(entry: Any) -> bytes:
    plain = {key: value for key, value in entry.items() if isinstance(value, (str, int, float, list, dict))}
    return json.dumps(plain, ensure_ascii=False, default=str).encode("utf-8", "replace")
