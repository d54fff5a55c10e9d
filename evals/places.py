"""Places on LGL and TR-News (`geo_dev/`): local and world news whose toponyms carry GeoNames ids and coordinates.

Gold: every toponym with its character span; those the annotators could resolve have a latitude and longitude. Program:
the article's text is analysed raw and `find_places` lists its places; each mention is one span. No dateline or source
is given to help.

Spans pair one to one. `toponyms` is the F1 of pairs that overlap ("Gaza" for "Gaza Strip"); `exact` of pairs with the
same borders. Of the pairs whose gold has coordinates and to which the program gave some, `within_161km` is the share no
more than 161 km (100 miles) off, the field's usual measure, and `located` the share that got coordinates at all;
`median_km` is the median error. A gold span that does not slice to its own phrase (some offsets of the corpus are off)
is looked for nearby and left out where it is not found. n: gold toponyms; for distances the pairs measured.
"""

from __future__ import annotations

import statistics
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from evals._docs import pipeline
from evals._metrics import Counts, pair_up, percent
from evals._score import Score, need

CORPORA = {"lgl": "lgl.xml", "trnews": "TR-News.xml"}
NEAR = 161.0


@dataclass(frozen=True)
class Toponym:
    """A named place: character span, and where it is if known."""

    start: int
    end: int
    latitude: float | None
    longitude: float | None


@dataclass
class Tally:
    """What one corpus came to."""

    overlapping: Counts
    exact: Counts
    distances: list[float]
    resolvable: int = 0


def score_geo(data: Path) -> list[Score]:
    """Both corpora, each on its own."""
    scores: list[Score] = []
    for name, file in CORPORA.items():
        tally = measure(need(data / "geo_dev" / file))
        n, far = tally.overlapping.gold, tally.distances
        near = percent(sum(km <= NEAR for km in far), len(far))
        corpus = f"geo_dev {name}"
        scores += [
            Score(f"{name}.toponyms", tally.overlapping.f1, corpus, n),
            Score(f"{name}.toponyms_precision", tally.overlapping.precision, corpus, n, pinned=False),
            Score(f"{name}.toponyms_recall", tally.overlapping.recall, corpus, n, pinned=False),
            Score(f"{name}.exact", tally.exact.f1, corpus, n, pinned=False),
            Score(f"{name}.within_161km", near, corpus, len(far)),
            Score(f"{name}.located", percent(len(far), tally.resolvable), corpus, tally.resolvable, pinned=False),
            Score(f"{name}.median_km", statistics.median(far or [0.0]), corpus, len(far), True, "km", pinned=False),
        ]
    return scores


def measure(path: Path) -> Tally:
    """Read every article of a corpus file and compare."""
    from onrecord.reading._gazetteer import load_gazetteer
    from onrecord.reading._places import find_places

    articles = read_articles(path)
    gazetteer = load_gazetteer()
    tally = Tally(Counts(), Counts(), [])
    for (_, gold), doc in zip(articles, pipeline().pipe(text for text, _ in articles), strict=True):
        said = [
            Toponym(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]), place.latitude, place.longitude)
            for place in find_places(doc, gazetteer).all
            for start, end in place.mentions
        ]
        compare(gold, said, tally)
    return tally


def compare(gold: list[Toponym], said: list[Toponym], tally: Tally) -> None:
    """Count one article."""
    pairs = pair_up(
        gold,
        said,
        lambda a, b: (min(a.end, b.end) - max(a.start, b.start),) if a.start < b.end and b.start < a.end else None,
    )
    tally.overlapping.add(len(pairs), len(gold), len(said))
    tally.exact.add_sets({(t.start, t.end) for t in gold}, {(t.start, t.end) for t in said})
    for i, j in pairs:
        if gold[i].latitude is not None:
            tally.resolvable += 1
            if said[j].latitude is not None:
                tally.distances.append(kilometres(gold[i], said[j]))


def kilometres(one: Toponym, other: Toponym) -> float:
    """Great-circle distance of two places that have coordinates."""
    lat1, lon1, lat2, lon2 = (radians(v or 0.0) for v in (one.latitude, one.longitude, other.latitude, other.longitude))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(h)))


def read_articles(path: Path) -> list[tuple[str, list[Toponym]]]:
    """(text, toponyms) of every article in a corpus file."""
    found = []
    for article in ElementTree.parse(path).getroot():
        text = article.findtext("text") or ""
        toponyms = [t for node in article.iter("toponym") if (t := _toponym(node, text)) is not None]
        found.append((text, toponyms))
    return found


def _toponym(node: ElementTree.Element, text: str) -> Toponym | None:
    start, end, phrase = int(node.findtext("start") or 0), int(node.findtext("end") or 0), node.findtext("phrase") or ""
    if text[start:end] != phrase:
        start = text.find(phrase, max(0, start - 40), end + 40)
        end = start + len(phrase)
    if start < 0 or not phrase:
        return None
    tag = node.find("gaztag")
    latitude, longitude = (tag.findtext("lat"), tag.findtext("lon")) if tag is not None else (None, None)
    return Toponym(start, end, float(latitude) if latitude else None, float(longitude) if longitude else None)
