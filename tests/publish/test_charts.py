"""Charts: what is drawn, what cannot be, and that Vega-Lite accepts it."""

from __future__ import annotations

import sys
from xml.etree import ElementTree

import pytest
import vl_convert

from onrecord.ledger import Series
from onrecord.ledger._series import Claim, series
from onrecord.publish.charts import claim_rows, claims_chart, volume, volume_chart
from onrecord.publish.notebook import series_html
from onrecord.records import BadOption, Bound, FigureKind, Scope


def claim(number: int, low: int | None, high: int | None, bound: str, source: str, day: str | None) -> Claim:
    return Claim(
        kind=FigureKind.killed, low=low, high=high, bound=Bound(bound), scope=Scope.total, whom="people", source=source,
        told_by="Norden Press", article=f"a{number}", figure=f"f{number}", event="e", published=day, as_of=day,
        text="as many <b>",
    )  # fmt: skip


@pytest.fixture
def told() -> Series:
    """Police raise an open number, a hospital gives a range, witnesses no number, somebody no day."""
    (found,) = series(
        [
            claim(1, 9, None, "at_least", "police", "2024-05-06"),
            claim(2, 14, 14, "exact", "police", "2024-05-07"),
            claim(3, 15, 20, "range", "hospital", "2024-05-07"),
            claim(4, None, 40, "less_than", "army", "2024-05-08"),
            claim(5, None, None, "vague", "witnesses", "2024-05-06"),
            claim(6, 3, 3, "exact", "a leaflet", None),
        ]
    )
    return found


def test_open_ends_are_left_open_and_bounds_keep_their_direction(told: Series) -> None:
    rows = {(row["source"], row["day"]): row for row in claim_rows(told)}
    least = rows["police", "2024-05-06"]
    assert (least["low"], least["high"], least["promises"]) == (9, None, "or more")
    assert (rows["hospital", "2024-05-07"]["low"], rows["hospital", "2024-05-07"]["high"]) == (15, 20)
    assert (rows["army", "2024-05-08"]["number"], rows["army", "2024-05-08"]["promises"]) == (40, "or fewer")


def test_claims_that_cannot_be_drawn_are_counted_in_the_subtitle(told: Series) -> None:
    assert claims_chart(told).to_dict()["title"]["subtitle"].endswith("2 not drawn: no number, or no date")


def test_every_step_and_every_source_is_drawn(told: Series) -> None:
    drawing = vl_convert.vegalite_to_svg(claims_chart(told, width=600).to_dict())
    assert ElementTree.fromstring(drawing).tag.endswith("svg")
    for words in ("police", "hospital", "army", "or more", "7 May 2024"):
        assert words in drawing
    assert "witnesses" not in drawing
    assert drawing.count('aria-roledescription="point"') == 4


def test_events_are_counted_by_day_and_type() -> None:
    class Event:
        def __init__(self, first_day: str, type: str) -> None:
            self.first_day, self.type = first_day, type

    rows = volume(
        [Event("2024-05-06", "AID"), Event("2024-05-06", "AID"), Event("", "AID"), Event("2024-05-07", "AGREE")]
    )  # type: ignore[list-item]
    assert rows == [
        {"day": "2024-05-06", "type": "AID", "events": 2},
        {"day": "2024-05-07", "type": "AGREE", "events": 1},
    ]
    drawing = vl_convert.vegalite_to_svg(volume_chart(rows, width=600).to_dict())
    assert drawing.count('aria-roledescription="bar"') == 2


def test_without_altair_the_extra_is_named_and_the_table_still_shows(
    told: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(BadOption, match=r"onrecord\[notebook\]"):
        claims_chart(told)
    text = series_html(told)
    assert "<svg" not in text
    assert "<td>at least 9</td>" in text
    assert "as many &lt;b&gt;" in text
