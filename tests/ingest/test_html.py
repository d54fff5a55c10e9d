"""Pages: the article's text, what the page says of itself, and pages that hold no article."""

from __future__ import annotations

import pytest

from onrecord.ingest import from_html
from onrecord.records import NotAnArticle

STORY = """
<p>HARBOUR CITY, July 23 (Reuters) - The foreign ministers of two neighbouring states met on Saturday to discuss a
disputed water treaty, officials said.</p>
<p>The ministers agreed to hold another round of talks next month, according to a statement issued after the meeting.
They did not take questions from reporters.</p>
<p>“We had frank talks,” one of them told state television. “There is a long way to go before a deal is signed.”</p>
"""
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Ministers meet in Harbour City | The Example Times</title>
<link rel="canonical" href="https://www.example-times.com/world/ministers-meet">
<meta property="og:site_name" content="The Example Times">
<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "headline": "Ministers meet in Harbour City",
"datePublished": "2022-07-23T08:30:00+0200", "author": [{{"@type": "Person", "name": "Jane Doe"}},
{{"@type": "Person", "name": "Ali Amin"}}]}}]}}</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Ministers meet in Harbour City</h1>{STORY}
</article><aside><a href="/x">Five things to know about rain</a></aside><footer>Copyright 2022</footer></body></html>"""


def test_the_article_and_its_facts_are_taken_from_the_page() -> None:
    article = from_html(PAGE, name="page.html")
    assert article.title == "Ministers meet in Harbour City"
    assert article.url == "https://www.example-times.com/world/ministers-meet"
    assert article.publisher == "The Example Times"
    assert article.authors == ("Jane Doe", "Ali Amin")
    assert article.published == "2022-07-23T08:30:00+02:00"
    assert article.repairs == ("boilerplate",)
    assert "frank talks" in article.text
    for left_behind in ("Home", "Sport", "Five things", "Copyright"):
        assert left_behind not in article.text


def test_what_is_given_goes_before_what_the_page_says() -> None:
    article = from_html(
        PAGE,
        name="x",
        published="2022-07-24",
        url="https://mirror.example.org/1",
        publisher="Mirror",
        authors=["A. B."],
    )
    assert (article.published, article.url) == ("2022-07-24", "https://mirror.example.org/1")
    assert (article.publisher, article.authors) == ("Mirror", ("A. B.",))


@pytest.mark.parametrize(
    ("declaration", "published"),
    [
        ('<meta property="article:published_time" content="2022-07-23T06:30:00Z">', "2022-07-23T06:30:00Z"),
        ('<meta property="article:published_time" content="2022-07-23T06:30:00">', "2022-07-23"),
        ('<meta name="pubdate" content="2022-07-23">', "2022-07-23"),
        ('<script type="application/ld+json">{"datePublished": "soon"}</script>', None),
        ('<script type="application/ld+json">not json</script>', None),
        ("", None),
    ],
)
def test_the_declared_moment_is_kept_with_its_zone_or_cut_to_the_day(declaration: str, published: str | None) -> None:
    page = f"<html><head><title>Talks</title>{declaration}</head><body><article>{STORY}</article></body></html>"
    assert from_html(page, name="x").published == published


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("<html></html>", "no running text"),
        (
            "<html><body><ul><li><a href='/1'>Floods close road</a></li><li><a href='/2'>Team wins</a></li></ul>",
            "no running text",
        ),
        ("<html><body><div id='app'></div><script>start()</script></body></html>", "no running text"),
        (
            "<html><body><p>We use cookies and similar technologies on this site to improve your experience and to "
            "show you advertisements. Please accept all cookies to go on reading this article on our site today.</p>",
            "cookies",
        ),
        ("   ", "an empty HTML page"),
    ],
)
def test_a_page_without_an_article_is_refused(page: str, seen: str) -> None:
    with pytest.raises(NotAnArticle) as caught:
        from_html(page, name="index.html")
    assert seen in caught.value.seen
    assert caught.value.where == "index.html"
