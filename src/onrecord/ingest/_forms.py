"""What kind of file this is: as told, else by its content where that is plain, else by its name."""

from __future__ import annotations

import json
import re
import zlib

from onrecord.records import BadRecord, InputError, NotAnArticle

INPUT_FORMATS = ("auto", "text", "html", "jsonl", "csv", "feed", "warc")

_FORMS = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html",
    ".htm": "html", ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv",
    ".rss": "feed", ".atom": "feed", ".warc": "warc", ".warc.gz": "warc",
}  # fmt: skip
_SEVERAL = ("jsonl", "csv", "feed", "warc", "sitemap")

REFUSED: dict[str, tuple[type[InputError], str, str]] = {
    "xml": (NotAnArticle, "an XML document that is no page and no feed", "Give the pages or texts that it lists."),
    "json": (BadRecord, "JSON that is not one object a line", "Write one object a line; `jq -c` does it."),
}

_HTML = re.compile(
    rb"(?is)(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|(?:html|head|body|main|article|section|div|h1|p|meta)\b)"
)
_XML = re.compile(rb"(?i)<(?:\?xml|rss|feed|rdf:rdf|urlset|sitemapindex|nitf|newsml|newsitem)\b")
_FEED = re.compile(rb"(?i)<(?:rss|feed|rdf:rdf)\b")
_SITEMAP = re.compile(rb"(?i)<(?:urlset|sitemapindex)\b")


def form_by_name(path: str) -> str | None:
    """The form a file's ending stands for; None when the ending is not known."""
    lower = path.lower()
    return next((form for ending, form in _FORMS.items() if lower.endswith(ending)), None)


def holds_several(path: str, input_format: str) -> bool:
    """Whether the file is a list of articles, by its name or as told."""
    return (form_by_name(path) if input_format == "auto" else input_format) in _SEVERAL


def form_of(path: str, head: bytes, input_format: str) -> str:
    """How to read a file whose first bytes are ``head``; a key of ``REFUSED`` when it cannot be."""
    if input_format != "auto":
        return input_format
    by_name = form_by_name(path) or ""
    if by_name in ("html", "jsonl", "markdown", "csv", "feed", "warc"):
        return by_name
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"WARC/") or _unpacked(head).startswith(b"WARC/"):
        return "warc"
    if _FEED.search(start) and _XML.match(start):
        return "feed"
    if _is_sitemap(start) or _is_sitemap(_unpacked(head).lstrip()):
        return "sitemap"
    if _HTML.match(start):
        return "html"
    if _XML.match(start):
        return "xml"
    if by_name == "" and start[:1] == b"{" and _looks_like_record(start):
        return "jsonl"
    return "json" if path.lower().endswith(".json") else "text"


def _is_sitemap(start: bytes) -> bool:
    return bool(_SITEMAP.search(start) and _XML.match(start))


def _unpacked(head: bytes) -> bytes:
    """The first bytes inside gzip-compressed data, or nothing."""
    if not head.startswith(b"\x1f\x8b"):
        return b""
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 4096)
    except zlib.error:
        return b""


def _looks_like_record(start: bytes) -> bool:
    """The first line is a JSON object, or begins one that is longer than what was peeked at."""
    line, newline, _ = start.partition(b"\n")
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return not newline and re.match(rb'\{\s*"[^"\n]{1,80}"\s*:', line) is not None
