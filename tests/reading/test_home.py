"""Where a story is at home, when it says "the army" and not whose."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from onrecord.reading._home import hints
from onrecord.reading._lexicon import load_lexicon
from onrecord.reading._places import PlaceDraft, Places
from onrecord.records import Article, Precision

NOWHERE = Places(all=(), tokens={})


def weights(url: str | None = None, publisher: str | None = None, places: Places = NOWHERE) -> dict[str, int]:
    article = Article.of("x", url=url, publisher=publisher)
    return dict(hints(article, Doc(Vocab(), words=["x"]), places, load_lexicon(), dateline=None))


@pytest.mark.parametrize(
    ("url", "countries"),
    [
        ("https://www.standardmedia.co.ke/a/1", ["KEN"]),
        ("https://www.kuwaittimes.com/a", ["KWT"]),
        ("https://timesofoman.com/article/2", ["OMN"]),
        ("https://www.thedailystar.net/news/bangladesh/crime", ["BGD"]),
        ("https://example.com/a", []),
        ("https://startup.io/a", []),
        (None, []),
    ],
)
def test_the_publisher_is_at_home_where_its_name_or_domain_says(url: str | None, countries: list[str]) -> None:
    assert list(weights(url)) == countries


def test_towns_count_by_mention_and_countries_are_left_to_the_parties() -> None:
    towns = PlaceDraft("Cusco", "PER", None, None, None, Precision.city, None, ((0, 1), (4, 5), (8, 9)), "test")
    country = PlaceDraft("Chile", "CHL", None, None, None, Precision.country, None, ((2, 3),), "test")
    nowhere = PlaceDraft("Xyz", None, None, None, None, None, None, ((6, 7),), "test")
    assert weights(places=Places(all=(towns, country, nowhere), tokens={})) == {"PER": 3}
