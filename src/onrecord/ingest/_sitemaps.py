"""Sitemaps, and indexes of sitemaps: the pages they lead to, which only the network has."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.ingest._options import Named, Options, Rejected
from onrecord.records import EmptyInput, InputError, NotAnArticle, TooLarge, Unreadable

_DEEPEST = 3  # the protocol allows an index of sitemaps and no index of indexes; some sites do it all the same
_MOST = 50_000  # so many addresses a sitemap may have by the protocol
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class _Listed:
    """An address in a sitemap, with the day it is said to be of, where it is said."""

    address: str
    day: str | None


def read_sitemap(data: bytes, name: str, options: Options) -> Named:
    """The pages that a sitemap lists, and those of the sitemaps it lists; plain or gzip-compressed.

    What is too old by ``options.since`` is not fetched, a whole sitemap neither.

    Raises
    ------
    Unreadable: nothing may be fetched. EmptyInput: it lists nothing. NotAnArticle: not XML. TooLarge: above the limit.
    """
    if options.fetch is None:
        raise Unreadable(
            name, "a list of web addresses; nothing is fetched unless asked", "Give --fetch to fetch them."
        )
    yield from _walk(data, name, options, seen=set(), depth=0)


def _walk(data: bytes, name: str, options: Options, *, seen: set[str], depth: int) -> Named:
    root = _parsed(data, name, options)
    found = list(_listed(root))
    if not found:
        raise EmptyInput(name, "a sitemap without addresses", "Give the sitemap of the site's articles.")
    of_sitemaps = root.tag.rpartition("}")[2] == "sitemapindex"
    for one in found[:_MOST]:
        if one.address in seen:
            continue
        seen.add(one.address)
        if of_sitemaps:
            yield from _sitemap(one, options, seen, depth + 1)
        elif options.fetch is not None:
            yield from options.fetch.page(one.address, options, published=one.day)
    if len(found) > _MOST:
        error = TooLarge(name, f"a sitemap of {len(found):,} addresses; the first {_MOST:,} were taken", "Split it.")
        yield name, Rejected(name, error)


def _sitemap(one: _Listed, options: Options, seen: set[str], depth: int) -> Named:
    """The pages of a sitemap that an index lists."""
    if options.fetch is None or (options.since and one.day and one.day < options.since):
        return
    try:
        if depth > _DEEPEST:
            raise TooLarge(one.address, f"an index of sitemaps within {_DEEPEST} others", "Name it by itself.")
        yield from _walk(options.fetch.get(one.address).data, one.address, options, seen=seen, depth=depth)
    except InputError as error:
        yield one.address, Rejected(one.address, error)


def _parsed(data: bytes, name: str, options: Options) -> Any:
    from lxml import etree

    if data.startswith(b"\x1f\x8b"):
        data = _unpacked(data, name, options.limits.bytes)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise NotAnArticle(name, "a sitemap that cannot be parsed", "Give it as the site sends it.")
    return root


def _unpacked(data: bytes, name: str, limit: int) -> bytes:
    try:
        whole = zlib.decompressobj(wbits=31).decompress(data, limit + 1)
    except zlib.error as error:
        raise Unreadable(name, f"a sitemap that cannot be unpacked ({error})", "Fetch it again.") from None
    if len(whole) > limit:
        raise TooLarge(name, f"a sitemap that unpacks to more than {limit:,} bytes", "Raise --max-bytes.")
    return whole


def _listed(root: Any) -> Iterator[_Listed]:
    for entry in root.iterfind("{*}*"):
        address = (entry.findtext("{*}loc") or "").strip()
        # The day of publication, which news sitemaps give; else of the last change, which is not before it.
        told = (entry.findtext("{*}news/{*}publication_date") or entry.findtext("{*}lastmod") or "").strip()
        if address:
            yield _Listed(address, told[:10] if _DAY.match(told) else None)
