"""The scorer of places, on toponyms set by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals._metrics import Counts
from evals.places import Tally, Toponym, compare, kilometres, read_articles

XML = """<articles><article><text>Paris, Texas is far from Paris.</text><toponyms>
<toponym><start>0</start><end>5</end><phrase>Paris</phrase><gaztag><lat>33.66</lat><lon>-95.56</lon></gaztag></toponym>
<toponym><start>20</start><end>25</end><phrase>Paris</phrase></toponym>
</toponyms></article></articles>"""


def test_distances_are_great_circles() -> None:
    paris, london = Toponym(0, 1, 48.8566, 2.3522), Toponym(0, 1, 51.5074, -0.1278)
    assert kilometres(paris, london) == pytest.approx(344, abs=1)
    assert kilometres(paris, paris) == 0.0


def test_spans_that_meet_pair_up_and_only_what_both_sides_place_is_measured() -> None:
    gold = [Toponym(0, 10, 1.0, 1.0), Toponym(20, 25, None, None), Toponym(30, 35, 2.0, 2.0)]
    said = [Toponym(5, 10, 1.0, 1.0), Toponym(20, 25, 9.0, 9.0), Toponym(50, 55, 0.0, 0.0)]
    tally = Tally(Counts(), Counts(), [])
    compare(gold, said, tally)
    assert (tally.overlapping.right, tally.overlapping.gold, tally.overlapping.said) == (2, 3, 3)
    assert tally.exact.right == 1
    assert tally.distances == [0.0]
    assert tally.resolvable == 1


def test_offsets_that_are_off_are_mended_by_the_phrase(tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_text(XML, encoding="utf-8")
    [(text, toponyms)] = read_articles(tmp_path / "x.xml")
    assert [text[t.start : t.end] for t in toponyms] == ["Paris", "Paris"]
    assert toponyms[0].latitude == 33.66
    assert toponyms[1].latitude is None
