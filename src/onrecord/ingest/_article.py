"""Text and facts to an Article: repair, language, and what the layout adds to what is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.ingest._decode import decode
from onrecord.ingest._hosts import is_address, publisher_of
from onrecord.ingest._html import read_page
from onrecord.ingest._language import language_of, require_english
from onrecord.ingest._layout import Layout, layout
from onrecord.ingest._markdown import read_markdown
from onrecord.ingest._repair import repair
from onrecord.records import Article, EmptyInput, TooLarge, check_published

_AND = re.compile(r" and | AND | & |, ")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at most: bytes of a file or JSON line, characters of one article's text."""

    bytes: int = 20_000_000
    characters: int = 1_000_000


def from_text(
    text: str,
    *,
    name: str,
    published: str | None = None,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    authors: Sequence[str] = (),
    retrieved: str | None = None,
    repairs: Sequence[str] = (),
    any_language: bool = False,
    limits: Limits | None = None,
) -> Article:
    """An article of this text. What is not given is taken from the text's own address, headline, byline and dateline.

    Parameters
    ----------
    name: what errors call the input.
    published: ISO 8601 date, or date and time with zone.
    repairs: what was already mended in ``text``.
    any_language: read text that is not English too.

    Raises
    ------
    EmptyInput, TooLarge, UnsupportedLanguage: with what was seen and what to do.
    BadOption: when ``published`` is no date.
    """
    if published is not None:
        published = check_published(published)
    limits = limits or Limits()
    if len(text) > limits.characters:
        seen = f"a text of {len(text):,} characters; the limit is {limits.characters:,}"
        raise TooLarge(name, seen, "Split it into articles, or raise --max-characters.")
    text, mended = repair(text)
    if not text.strip():
        raise EmptyInput(name, "nothing but white space", "Give a text with words in it.")
    if not any_language:
        require_english(text, name=name)
    url = url or _address_in(text)
    found = layout(Article.of(text, title=title, url=url))
    return Article.of(
        text,
        title=title or _headline(text, found),
        url=url,
        publisher=publisher or publisher_of(url),
        authors=tuple(authors) or _authors(found),
        published=published or found.published_hint,
        retrieved=retrieved,
        language="en" if not any_language else language_of(text),
        repairs=tuple(dict.fromkeys((*repairs, *mended))),
    )


def from_html(markup: str, *, name: str, published: str | None = None, **known: Any) -> Article:
    """The article of an HTML page; facts that are given go before the page's own. Same options as ``from_text``."""
    page = read_page(markup, name=name)
    facts: dict[str, Any] = {
        "title": page.title,
        "url": page.url,
        "publisher": page.publisher,
        "authors": page.authors,
        **{key: value for key, value in known.items() if value},
    }
    facts["repairs"] = ("boilerplate", *known.get("repairs", ()))
    return from_text(page.text, name=name, published=published or page.published, **facts)


def from_markdown(source: str, *, name: str, published: str | None = None, **known: Any) -> Article:
    """The article of a Markdown text. Same options as ``from_text``."""
    read = read_markdown(source)
    address = read.fields.get("url") or read.fields.get("source") or ""
    facts: dict[str, Any] = {
        "title": read.title,
        "url": address if is_address(address) else None,
        "publisher": read.fields.get("publisher"),
        "authors": tuple(filter(None, [read.fields.get("author")])),
        **{key: value for key, value in known.items() if value},
    }
    if read.text.strip() != source.strip():
        facts["repairs"] = (*known.get("repairs", ()), "markdown")
    declared = re.match(r"\d{4}-\d{2}-\d{2}", read.fields.get("published") or read.fields.get("date") or "")
    return from_text(
        read.text or " ", name=name, published=published or (declared.group() if declared else None), **facts
    )


def from_bytes(data: bytes, *, name: str, form: str = "text", charset: str | None = None, **known: Any) -> Article:
    """The article of a file's bytes. ``form``: ``text``, ``markdown`` or ``html``; the rest as ``from_text``."""
    if not data.strip():
        raise EmptyInput(name, "an empty file", "Give a file with text in it.")
    text, repairs = decode(data, name=name, declared=charset)
    if form == "html":
        return from_html(text, name=name, repairs=repairs, **known)
    if form == "markdown":
        return from_markdown(text, name=name, repairs=repairs, **known)
    return from_text(text, name=name, repairs=repairs, **known)


def _address_in(text: str) -> str | None:
    """The web address that some archives put on the first line."""
    first = text.lstrip().partition("\n")[0].strip()
    return first if is_address(first) else None


def _headline(text: str, found: Layout) -> str | None:
    first = next(iter(found.of("headline")), None)
    return " ".join(text[first.start : first.end].split()) if first else None


def _authors(found: Layout) -> tuple[str, ...]:
    lines = [part.person for part in found.of("byline") if part.person]
    return tuple(dict.fromkeys(name.strip() for line in lines for name in _AND.split(line) if name.strip()))
