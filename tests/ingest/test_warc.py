"""Web archives: the pages in them, and what a broken or hostile one does."""

from __future__ import annotations

import gzip
import time
import zlib
from pathlib import Path

import brotli
import pytest

from onrecord.ingest import Limits, Rejected, load, load_named
from onrecord.records import Article

PROSE = "Two ministers met in the capital on Monday to talk about the release of prisoners, officials said. " * 6


PACKED = {
    "gzip": lambda body: gzip.compress(body, 1),
    "deflate": lambda body: zlib.compress(body, 1),
    "br": lambda body: brotli.compress(body, quality=1),
}


def page(words: str = PROSE) -> bytes:
    return f"<html><head><title>Talks</title></head><body><article><p>{words}</p></article></body></html>".encode()


def record(
    address: str, body: bytes, *, packed: bool = True, status: str = "200 OK", headers: str = "", kind: str = "response"
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-03-14T08:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{abs(hash(address))}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    ).encode()
    whole = head + http + b"\r\n\r\n"
    return gzip.compress(whole) if packed else whole


def archive(folder: Path, *parts: bytes, name: str = "news.warc.gz") -> Path:
    path = folder / name
    path.write_bytes(b"".join(parts))
    return path


@pytest.mark.parametrize("packed", [True, False])
def test_pages_come_out_with_address_and_time_and_the_rest_is_passed_over(tmp_path: Path, packed: bool) -> None:
    parts = [record("https://a.example/1", page(), packed=packed), record("https://a.example/2", b"gone", status="404 Not Found", packed=packed),
             record("https://a.example/1", page(), kind="request", packed=packed)]  # fmt: skip
    (article,) = load(archive(tmp_path, *parts, name="news.warc.gz" if packed else "news.warc"))
    assert isinstance(article, Article)
    assert (article.url, article.retrieved, article.publisher) == (
        "https://a.example/1",
        "2024-03-14T08:00:00Z",
        "a.example",
    )
    assert "release of prisoners" in article.text


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "bare deflate"])
def test_a_body_that_was_sent_packed_is_unpacked(tmp_path: Path, encoding: str) -> None:
    body = zlib.compress(page())[2:-4] if encoding == "bare deflate" else PACKED[encoding](page())
    headers = f"Content-Encoding: {encoding.removeprefix('bare ')}\r\n"
    (article,) = load(archive(tmp_path, record("https://a.example/1", body, headers=headers)))
    assert isinstance(article, Article)


def test_a_body_that_was_sent_in_chunks_is_put_together(tmp_path: Path) -> None:
    chunks = b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in (page()[:100], page()[100:], b""))
    (article,) = load(
        archive(tmp_path, record("https://a.example/1", chunks, headers="Transfer-Encoding: chunked\r\n"))
    )
    assert isinstance(article, Article)


@pytest.mark.parametrize("encoding", ["gzip", "br", "secret"])
def test_a_body_that_cannot_be_unpacked_is_set_aside(tmp_path: Path, encoding: str) -> None:
    path = archive(
        tmp_path,
        record("https://a.example/1", b"no such thing" * 9, headers=f"Content-Encoding: {encoding}\r\n"),
        record("https://a.example/2", page()),
    )
    first, second = load(path)
    assert isinstance(first, Rejected) and isinstance(second, Article)
    assert "cannot be unpacked" in first.error.seen


@pytest.mark.parametrize("lost", [1, 40, 200, -60])
def test_an_archive_that_breaks_off_gives_what_comes_before_and_says_so(tmp_path: Path, lost: int) -> None:
    first, second = record("https://a.example/1", page()), record("https://a.example/2", page(PROSE * 9))
    whole = first + second
    cut = whole[: len(whole) - lost] if lost > 0 else whole[: len(first) - lost]
    items = list(load(archive(tmp_path, cut)))
    assert isinstance(items[0], Article)
    assert isinstance(items[-1], Rejected)
    assert "breaks off" in items[-1].error.seen


def test_a_plain_archive_that_breaks_off_says_so(tmp_path: Path) -> None:
    items = list(load(archive(tmp_path, record("https://a.example/1", page(), packed=False)[:-300], name="x.warc")))
    assert isinstance(items[-1], Rejected)
    assert all("breaks off" in item.error.seen for item in items if isinstance(item, Rejected))


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", None])
def test_a_small_page_that_unpacks_to_a_huge_one_is_set_aside_and_the_next_is_read(
    tmp_path: Path, encoding: str | None
) -> None:
    huge = b"<p>" + b"\0" * 200_000_000
    bomb = (
        record("https://a.example/b", PACKED[encoding](huge), headers=f"Content-Encoding: {encoding}\r\n")
        if encoding
        else record("https://a.example/b", huge)
    )
    path = archive(tmp_path, bomb, record("https://a.example/1", page()))
    assert path.stat().st_size < 1_000_000
    start = time.monotonic()
    first, second = load(path, limits=Limits(bytes=1_000_000))
    assert time.monotonic() - start < 30
    assert isinstance(first, Rejected) and isinstance(second, Article)
    assert type(first.error).__name__ == "TooLarge"
    assert first.raw is not None and len(first.raw) == 1_000_000


def test_what_is_no_archive_says_so(tmp_path: Path) -> None:
    ((_, item),) = load_named(archive(tmp_path, b"hello world\r\n" * 50, name="x.warc"))
    assert isinstance(item, Rejected)
    assert "no web archive" in item.error.seen


def test_an_archive_is_known_by_its_content(tmp_path: Path) -> None:
    (article,) = load(archive(tmp_path, record("https://a.example/1", page()), name="download"))
    assert isinstance(article, Article)
