"""Real articles from a data folder (``ONRECORD_DATA``, by default ``../shared/data``): all are read, and read as they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from onrecord.ingest import REPAIRS, layout, load_named
from onrecord.records import Article

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / os.environ.get("ONRECORD_DATA", "../shared/data")

pytestmark = pytest.mark.skipif(not (DATA / "articles").is_dir(), reason=f"no articles in {DATA}")


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    """All articles by file name; one that is set aside fails every test here."""
    found = dict(load_named([DATA / "articles"]))
    assert found
    assert [name for name, item in found.items() if not isinstance(item, Article)] == []
    return {Path(name).name: item for name, item in found.items() if isinstance(item, Article)}


def test_every_article_has_its_address_and_publisher_from_its_first_line(articles: dict[str, Article]) -> None:
    for name, article in articles.items():
        first = article.text.split("\n", 1)[0].strip()
        assert article.url == first, name
        assert article.publisher, name
        assert layout(article).of("url_line")[0].start == 0, name


def test_nothing_but_newlines_and_invisible_characters_is_changed(articles: dict[str, Article]) -> None:
    """Standoff annotation made on the files still fits."""
    for name, article in articles.items():
        printed = (DATA / "articles" / name).read_text(encoding="utf-8")
        assert set(article.repairs) <= set(REPAIRS), name
        if set(article.repairs) <= {"newlines"}:
            assert article.text == printed, name
        assert set(article.repairs) <= {"newlines", "invisible-characters"}, name


def test_datelines_give_place_or_agency_and_leave_a_sentence(articles: dict[str, Article]) -> None:
    with_dateline = [article for article in articles.values() if layout(article).dateline]
    assert len(with_dateline) >= 30
    for article in with_dateline:
        dateline = layout(article).dateline
        assert dateline is not None
        assert dateline.place or dateline.agency
        following = article.text[dateline.end :].lstrip()
        assert following[0].isupper() or not following[0].isalpha(), following[:40]
