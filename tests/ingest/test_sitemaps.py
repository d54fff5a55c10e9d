"""Sitemaps: every page they lead to once, not what is too old or had before, and an end to what has none."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from onrecord.ingest import Fetcher, Limits, Rejected, Tally, load_named
from onrecord.records import Article

PROSE = "Two ministers met in the capital on Monday to talk about the release of prisoners, officials said. " * 6
XMLNS = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


class Site:
    """A web site of this computer: what is at each path, and which paths were asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, bytes]] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                if self.path not in site.pages:
                    self.send_error(404)
                    return
                kind, body = site.pages[self.path]
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.root = f"http://127.0.0.1:{self.server.server_address[1]}"

    def article(self, path: str) -> None:
        words = f"<p>Report {path}. {PROSE}</p>"
        self.pages[path] = ("text/html", f"<html><body><article>{words}</article></body></html>".encode())

    def sitemap(self, path: str, *entries: str, packed: bool = False) -> None:
        self._xml(path, f"<urlset {XMLNS}>{''.join(f'<url>{one}</url>' for one in entries)}</urlset>", packed)

    def index(self, path: str, *entries: str) -> None:
        inside = "".join(f"<sitemap>{one}</sitemap>" for one in entries)
        self._xml(path, f"<sitemapindex {XMLNS}>{inside}</sitemapindex>", packed=False)

    def loc(self, path: str, more: str = "") -> str:
        return f"<loc>{self.root}{path}</loc>{more}"

    def _xml(self, path: str, body: str, packed: bool) -> None:
        data = f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'.encode()
        self.pages[path] = ("application/xml", gzip.compress(data) if packed else data)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    for number in range(1, 6):
        made.article(f"/{number}")
    yield made
    made.server.shutdown()
    made.server.server_close()


FREE = Fetcher(allow_private=True, seconds=5, max_bytes=1_000_000)


def paths(site: Site, source: str | Path, **options: object) -> list[str]:
    """What came out: the path of each article, and of what was set aside with a dash before it."""
    found = load_named(source, fetch=FREE, **options)  # type: ignore[arg-type]
    return [("" if isinstance(item, Article) else "-") + name.removeprefix(site.root) for name, item in found]


def test_an_index_leads_to_sitemaps_and_they_to_pages_each_once(site: Site) -> None:
    site.sitemap("/a.xml", site.loc("/1"), site.loc("/2"))
    site.sitemap("/b.xml.gz", site.loc("/2"), site.loc("/3"), packed=True)
    site.index("/index.xml", site.loc("/a.xml"), site.loc("/b.xml.gz"), site.loc("/a.xml"), site.loc("/index.xml"))
    assert paths(site, f"{site.root}/index.xml") == ["/1", "/2", "/3"]


@pytest.mark.parametrize("packed", [True, False])
def test_a_sitemap_in_a_file_leads_to_its_pages(site: Site, tmp_path: Path, packed: bool) -> None:
    site.sitemap("/a.xml", site.loc("/1"), packed=packed)
    file = tmp_path / ("sitemap.xml.gz" if packed else "sitemap.xml")
    file.write_bytes(site.pages["/a.xml"][1])
    assert paths(site, file) == ["/1"]
    ((_, item),) = load_named(file)
    assert isinstance(item, Rejected) and "--fetch" in item.error.remedy


def test_what_is_too_old_or_had_before_is_not_fetched_and_counted(site: Site) -> None:
    news = "<news:news><news:publication_date>{}</news:publication_date></news:news>"
    site.sitemap(
        "/a.xml",
        site.loc("/1", "<lastmod>2024-02-29T23:00:00Z</lastmod>"),
        site.loc("/2", "<lastmod>2024-03-01</lastmod>"),
        site.loc("/3", "<lastmod>2024-05-01</lastmod>" + news.format("2024-01-05T10:00:00Z")),
        site.loc("/4", "<lastmod>2024</lastmod>"),
        site.loc("/5"),
    )
    site.sitemap("/old.xml", site.loc("/1"))
    site.index("/index.xml", site.loc("/a.xml"), site.loc("/old.xml", "<lastmod>2023-12-31</lastmod>"))
    tally = Tally()
    had = {f"{site.root}/5"}
    assert paths(site, f"{site.root}/index.xml", since="2024-03-01", had=had, tally=tally) == ["/2", "/4"]
    assert (tally.older, tally.known) == (2, 1)
    assert sorted(site.asked) == ["/2", "/4", "/a.xml", "/index.xml"]


def test_entries_of_a_feed_that_are_too_old_or_had_before_are_not_fetched(site: Site) -> None:
    items = "".join(
        f"<item><link>{site.root}/{number}</link><pubDate>{day} Mar 2024 10:00:00 GMT</pubDate></item>"
        for number, day in ((1, "01"), (2, "14"), (3, "20"))
    )
    site.pages["/feed"] = ("application/rss+xml", f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
    tally = Tally()
    had = {f"{site.root}/3"}
    assert paths(site, f"{site.root}/feed", since="2024-03-10", had=had, tally=tally) == ["/2"]
    assert (tally.older, tally.known, site.asked) == (1, 1, ["/feed", "/2"])


def test_a_sitemap_that_is_missing_broken_or_empty_is_set_aside_and_the_next_is_read(site: Site) -> None:
    site.sitemap("/empty.xml")
    site.pages["/broken.xml"] = ("application/xml", b"")
    site.pages["/torn.xml.gz"] = ("application/xml", gzip.compress(b"<urlset>" * 99)[:-30])
    site.sitemap("/a.xml", site.loc("/gone"), site.loc("/1"))
    names = ["/none.xml", "/empty.xml", "/broken.xml", "/torn.xml.gz", "/a.xml"]
    site.index("/index.xml", *map(site.loc, names))
    found = paths(site, f"{site.root}/index.xml")
    assert found == ["-/none.xml", "-/empty.xml", "-/broken.xml", "-/torn.xml.gz", "-/gone", "/1"]


def test_a_sitemap_that_unpacks_without_end_is_set_aside(site: Site) -> None:
    bomb = b"<urlset>" + b" " * 50_000_000
    site.pages["/bomb.xml.gz"] = ("application/xml", gzip.compress(bomb))
    site.sitemap("/a.xml", site.loc("/1"))
    site.index("/index.xml", site.loc("/bomb.xml.gz"), site.loc("/a.xml"))
    items = dict(load_named(f"{site.root}/index.xml", fetch=FREE, limits=Limits(bytes=1_000_000)))
    error = items[f"{site.root}/bomb.xml.gz"]
    assert isinstance(error, Rejected) and "unpacks to more than 1,000,000 bytes" in error.error.seen
    assert isinstance(items[f"{site.root}/1"], Article)


def test_indexes_within_indexes_have_an_end(site: Site) -> None:
    for level in range(9):
        site.index(f"/{level}.xml", site.loc(f"/{level + 1}.xml"))
    assert paths(site, f"{site.root}/0.xml") == ["-/4.xml"]


def test_a_sitemap_that_leads_to_this_computer_is_refused_page_by_page(site: Site, tmp_path: Path) -> None:
    site.sitemap("/a.xml", site.loc("/1"), "<loc>file:///etc/passwd</loc>")
    file = tmp_path / "sitemap.xml"
    file.write_bytes(site.pages["/a.xml"][1])
    seen = [item.error.seen for _, item in load_named(file, fetch=Fetcher()) if isinstance(item, Rejected)]
    assert "private network" in seen[0] and "neither http nor https" in seen[1]
    assert site.asked == []
