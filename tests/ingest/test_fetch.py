"""Fetching: only on request, only the public web, never without end. The server is on this computer; the walls are real."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from onrecord.ingest import Fetcher, Rejected, load
from onrecord.ingest._fetch import _is_public
from onrecord.records import Article, InputError, TooLarge, Unreadable

PROSE = "Two ministers met in the capital on Monday to talk about the release of prisoners, officials said. " * 6
PAGE = f"<html><head><title>Talks</title></head><body><article><p>{PROSE}</p></article></body></html>".encode()


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        handler = {"/page": self.page, "/around": self.around, "/away": self.away, "/file": self.file, "/drip": self.drip,
                   "/endless": self.endless, "/bomb": self.bomb, "/feed": self.feed}.get(self.path)  # fmt: skip
        with suppress(OSError):  # whoever asked hung up: that is what is tested
            handler() if handler else self.send_error(404)

    def page(self) -> None:
        self.head("text/html; charset=utf-8")
        self.wfile.write(PAGE)

    def feed(self) -> None:
        self.head("application/rss+xml")
        port = self.server.server_address[1]
        link = f"http://127.0.0.1:{port}/page"
        self.wfile.write(f"<rss><channel><item><title>T</title><link>{link}</link></item></channel></rss>".encode())

    def around(self) -> None:
        self.move("/around")

    def away(self) -> None:
        self.move("http://127.0.0.1:9/")

    def file(self) -> None:
        self.move("file:///etc/hostname")

    def drip(self) -> None:
        self.head("text/html")
        while True:
            self.wfile.write(b"x")
            time.sleep(0.1)

    def endless(self) -> None:
        self.head("application/rss+xml")
        self.wfile.write(b"<rss><channel>")
        while True:
            self.wfile.write(b"<item><title>More</title></item>" * 100)

    def bomb(self) -> None:
        self.head("text/html", ("Content-Encoding", "gzip"))
        self.wfile.write(gzip.compress(b"\0" * 50_000_000))

    def head(self, kind: str, *more: tuple[str, str]) -> None:
        self.send_response(200)
        for name, value in (("Content-Type", kind), *more):
            self.send_header(name, value)
        self.end_headers()

    def move(self, target: str) -> None:
        self.send_response(302)
        self.send_header("Location", target)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


FREE = Fetcher(allow_private=True, seconds=2, max_bytes=1_000_000)


def test_nothing_is_fetched_unless_asked(site: str) -> None:
    (item,) = load(f"{site}/page")
    assert isinstance(item, Rejected)
    assert "--fetch" in item.error.remedy


def test_a_page_is_fetched_on_request(site: str) -> None:
    (article,) = load(f"{site}/page", fetch=FREE)
    assert isinstance(article, Article)
    assert article.url == f"{site}/page"


def test_pages_that_a_feed_leads_to_are_fetched(site: str) -> None:
    (article,) = load(f"{site}/feed", fetch=FREE)
    assert isinstance(article, Article)
    assert "release of prisoners" in article.text


def test_this_computer_is_refused_unless_allowed(site: str) -> None:
    with pytest.raises(Unreadable, match=r"private network.*--allow-private"):
        Fetcher().get(f"{site}/page")


def test_a_redirect_to_this_computer_is_refused_as_well(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.ingest import _fetch

    port = int(site.rpartition(":")[2])

    def public_first(address: str) -> bool:
        return address == "127.0.0.1" and seen.append(address) is None and len(seen) == 1

    seen: list[str] = []
    monkeypatch.setattr(_fetch, "_is_public", public_first)  # the first host counts as public, where it leads does not
    with pytest.raises(Unreadable, match=r"127\.0\.0\.1, an address of this computer"):
        Fetcher(seconds=2).get(f"http://127.0.0.1:{port}/away")


@pytest.mark.parametrize(
    ("path", "error", "said"),
    [("/around", Unreadable, "more than 5 redirects"), ("/file", Unreadable, "neither http nor https"), ("/none", Unreadable, "404"),
     ("/drip", Unreadable, "longer than 2 seconds"), ("/endless", TooLarge, "1,000,000 bytes"), ("/bomb", TooLarge, "1,000,000 bytes")],
)  # fmt: skip
def test_what_never_ends_is_ended(site: str, path: str, error: type[InputError], said: str) -> None:
    start = time.monotonic()
    with pytest.raises(error, match=said):
        FREE.get(site + path)
    assert time.monotonic() - start < 10


@pytest.mark.parametrize("address", ["ftp://example.org/x", "file:///etc/passwd", "http://", "http://[", "gopher://x"])
def test_other_schemes_are_refused(address: str) -> None:
    with pytest.raises(Unreadable):
        FREE.get(address)


@pytest.mark.parametrize(
    ("address", "public"),
    [("8.8.8.8", True), ("127.0.0.1", False), ("10.1.2.3", False), ("169.254.169.254", False), ("192.168.0.1", False), ("100.64.0.1", False),
     ("0.0.0.0", False), ("224.0.0.1", False), ("::1", False), ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:127.0.0.1", False),
     ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("2606:4700::1111", True)],
)  # fmt: skip
def test_private_addresses_are_known_in_every_disguise(address: str, public: bool) -> None:
    assert _is_public(address) is public


def test_a_name_with_one_private_address_among_several_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.ingest import _fetch

    found = [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(_fetch.socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(Unreadable, match=r"10\.0\.0\.1"):
        Fetcher().get("http://mixed.example/")


@pytest.mark.parametrize(
    ("target", "address"),
    [("http://10.0.0.1/", "10.0.0.1"), ("http://[::1]:80/", "::1"), ("http://169.254.169.254/latest/", "169.254.169.254"),
     ("http://inside.example/", "127.0.0.1"), ("//inside.example/x", "127.0.0.1"), ("http://2130706433/", "127.0.0.1"),
     ("file:///etc/passwd", "neither http nor https"), ("ftp://inside.example/", "neither http nor https")],
)  # fmt: skip
def test_a_redirect_inside_is_refused_whatever_it_is_called(
    target: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.ingest import _fetch

    names = {"outside.example": "8.8.8.8", "inside.example": "127.0.0.1", "2130706433": "127.0.0.1"}

    def look_up(host: str, port: int, **_: object) -> list[object]:
        return [(2, 1, 6, "", (names.get(host, host), port))]

    class Moved:
        sock = None
        status, reason = 302, "Found"

        def request(self, *_: object, **__: object) -> None: ...
        def close(self) -> None: ...
        def getresponse(self) -> Moved:
            return self

        def getheader(self, name: str, default: str = "") -> str:
            return target if name == "Location" else default

    asked: list[str] = []

    def connect(parts: object, port: int, address: str, end: float, url: str) -> Moved:
        asked.append(address)
        return Moved()

    monkeypatch.setattr(_fetch.socket, "getaddrinfo", look_up)
    monkeypatch.setattr(_fetch, "_connect", connect)
    with pytest.raises(Unreadable, match=address):
        Fetcher(seconds=2).get("http://outside.example/")
    assert asked == ["8.8.8.8"]


def test_a_handshake_that_never_ends_is_ended() -> None:
    """The other side takes the call and says one byte of a greeting now and then."""
    import socket

    def dawdle() -> None:
        with suppress(OSError), door.accept()[0] as taken:
            for byte in b"\x16\x03\x03\x40\x00" + b"\x02" * 100:
                taken.send(bytes([byte]))
                time.sleep(0.2)

    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=dawdle, daemon=True).start()
        start = time.monotonic()
        with pytest.raises(Unreadable, match="longer than 1 seconds"):
            Fetcher(allow_private=True, seconds=1).get(f"https://127.0.0.1:{door.getsockname()[1]}/")
        assert time.monotonic() - start < 5


def test_what_was_fetched_and_is_no_article_keeps_its_bytes(site: str, tmp_path: Path) -> None:
    small = Fetcher(allow_private=True, seconds=2)
    (item,) = load(f"{site}/none", fetch=small)
    assert isinstance(item, Rejected)
