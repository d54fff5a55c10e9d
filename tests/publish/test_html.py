"""The page links words and records both ways, trusts no text and fetches nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from onrecord.publish import html
from onrecord.records import Article, Event, Reading, Span


class Page(HTMLParser):
    """Ids, links, and tags of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if found.get("href"):
            self.links.append(str(found["href"]))


def test_every_record_is_linked_to_its_words_and_back(reading: Reading) -> None:
    page = Page(html.page([reading]))
    for id_ in ("a1-e1", "a1-e2", "a1-e3", "a1-f1", "a1-s1", "a1-s2"):
        assert {id_, f"{id_}-words"} <= set(page.ids)
        assert f"#{id_}-words" in page.links
    assert {"#a1-e1", "#a1-f1", "#a1-s2"} <= set(page.links)


def test_ids_are_unique_also_with_two_articles(reading: Reading) -> None:
    ids = Page(html.page([reading, reading])).ids
    assert len(ids) == len(set(ids))


def test_every_inner_link_leads_somewhere(reading: Reading) -> None:
    page = Page(html.page([reading, reading]))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_the_segments_together_are_the_article(reading: Reading) -> None:
    assert "".join(part.text for part in html.segments(reading)) == reading.article.text


def test_a_word_in_two_records_names_both_the_narrowest_first(reading: Reading) -> None:
    (part,) = [part for part in html.segments(reading) if part.text == "shot"]
    assert part.records == ("e2", "s2")


def test_text_from_an_article_is_never_markup() -> None:
    text = "<script>alert(1)</script> & <img src=x onerror=y>"
    span = Span.of(text, 0, len(text))
    event = Event(id="e1", type="CONSULT", status="happened", span=span, sentence=span, because="<b>")
    made = html.page([Reading(article=Article.of(text, title=text, url="javascript:alert(2)"), events=(event,))])
    page = Page(made)
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert not [tag for tag, _ in page.tags if tag in ("img", "b")]
    assert not [link for link in page.links if "javascript" in link]


def test_the_page_fetches_nothing(reading: Reading) -> None:
    page = html.page([reading])
    assert not [attrs for _, attrs in Page(page).tags if "src" in attrs or "srcset" in attrs]
    assert "@import" not in page
    assert "url(" not in page
    assert re.findall(r"<link\b", page) == []
    assert "default-src 'none'" in page


def test_the_policy_names_the_script_and_style_that_are_there(reading: Reading) -> None:
    page = html.page([reading])
    for tag in ("script", "style"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, flags=re.S)
        assert html._fingerprint(content) in page
