"""Feeds: what their entries hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.ingest import Limits, Rejected, load
from onrecord.records import Article

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Daily Example</title>
<item><title>Talks &amp; more</title><link>https://news.example/talks</link><pubDate>Thu, 14 Mar 2024 23:30:00 -0500</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>Two ministers met in <b>Doha</b>.</p><p>They parted.<br>Again.</p><script>x()</script>]]></content:encoded></item>
<item><title>Empty</title><link>https://news.example/empty</link></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Agency</title><id>x</id>
<entry><id>1</id><title>Talks</title><published>2024-03-14T08:30:00+03:00</published><author><name>Jane Doe</name></author>
<summary>Two ministers met in Doha on Monday.</summary></entry></feed>"""


def feed(folder: Path, content: str | bytes, name: str = "feed.xml") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_an_entry_s_content_becomes_an_article_with_its_zone_kept(tmp_path: Path) -> None:
    first, second = load(feed(tmp_path, RSS))
    assert isinstance(first, Article)
    assert first.text == "Two ministers met in Doha.\nThey parted.\nAgain."
    assert (first.title, first.url, first.published) == (
        "Talks & more",
        "https://news.example/talks",
        "2024-03-14T23:30:00-05:00",
    )
    assert first.publisher == "news.example"
    assert isinstance(second, Rejected)
    assert "--fetch" in second.error.remedy
    assert second.raw and b"news.example/empty" in second.raw


def test_an_atom_feed_is_read_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    (article,) = load(feed(tmp_path, ATOM, "saved"))
    assert isinstance(article, Article)
    assert (article.text, article.published, article.authors, article.publisher) == (
        "Two ministers met in Doha on Monday.", "2024-03-14T08:30:00+03:00", ("Jane Doe",), "Agency"
    )  # fmt: skip


def test_a_feed_that_never_ends_is_cut_off_by_the_limit(tmp_path: Path) -> None:
    endless = (
        RSS.replace("</channel></rss>", "")
        + "<item><title>More</title><description>Word.</description></item>\n" * 20_000
    )
    (item,) = load(feed(tmp_path, endless), limits=Limits(bytes=100_000))
    assert isinstance(item, Rejected)
    assert type(item.error).__name__ == "TooLarge"


def test_a_feed_that_breaks_off_gives_what_it_has(tmp_path: Path) -> None:
    items = list(load(feed(tmp_path, RSS[: RSS.index("<item><title>Empty")])))
    assert isinstance(items[0], Article)


def test_entities_that_grow_without_end_do_not(tmp_path: Path) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(12))
        + "]><rss><channel><item><title>x</title><description>&m;</description></item></channel></rss>"
    )
    items = list(load(feed(tmp_path, bomb)))
    assert all(isinstance(item, Rejected) or len(item.text) < 100_000 for item in items)


def test_a_feed_of_more_entries_than_are_taken_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.ingest import _feeds

    monkeypatch.setattr(_feeds, "_MOST_ENTRIES", 1)
    first, last = load(feed(tmp_path, RSS))
    assert isinstance(first, Article) and isinstance(last, Rejected)
    assert "2 entries; the first 1 were read" in last.error.seen


def test_other_xml_is_refused(tmp_path: Path) -> None:
    (item,) = load(feed(tmp_path, "<?xml version='1.0'?><recipes><r/></recipes>", "recipes"))
    assert isinstance(item, Rejected)
    assert "no feed" in item.error.seen
