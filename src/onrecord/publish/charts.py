"""Charts as Vega-Lite specifications: claims by source over time, events by day. The pages and notebooks show the same.

    claims_chart(series) -> altair.LayerChart    `.to_dict()` is the specification; its rows are inside
    volume_chart(volume(events)) -> altair.Chart

Needs `altair` (`pip install 'onrecord[notebook]'`). Nothing here loads fonts or scripts from anywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from onrecord.publish._extra import needs
from onrecord.records import Bound, FigureKind, Scope

if TYPE_CHECKING:
    import altair

    from onrecord.ledger import FoundEvent, Series

SHAPES = {
    "the number": "circle",
    "or more": "triangle-up",
    "or fewer": "triangle-down",
    "about, or a range": "diamond",
}
"""How a point says what its number promises: it points to where the true number may lie."""

_PROMISES = {
    Bound.exact: "the number",
    Bound.at_least: "or more",
    Bound.more_than: "or more",
    Bound.at_most: "or fewer",
    Bound.less_than: "or fewer",
    Bound.about: "about, or a range",
    Bound.range: "about, or a range",
}


def claims_chart(series: Series, *, width: int | str = "container", height: int = 260) -> altair.LayerChart:
    """Who said how many, when: a line of steps a source, points that show the bound, bars for ranges.

    Totals and single incidents are different lines (solid and dashed, where there are both). Claims without a number or
    without any date cannot be drawn; the subtitle says how many there are.

    Parameters
    ----------
    series: from ``Ledger.claims()`` or a ``SameEvent``.
    width: in pixels, or "container" for as wide as there is room.
    """
    alt = needs("altair", "notebook")
    rows = claim_rows(series)
    what = f"{series.kind}: {series.whom}" if series.whom else str(series.kind)
    subtitle = "each number as its source gives it; the day it is of"
    missing = sum(len(source.steps) for source in series.sources) - len(rows)
    if missing:
        subtitle += f"; {missing} not drawn: no number, or no date"
    # In UTC: a reader west of Greenwich would otherwise see every day as the one before.
    day = alt.X(
        "day:T",
        title=None,
        scale=alt.Scale(type="utc", padding=10),
        axis=alt.Axis(format="%-d %b %Y", labelOverlap=True, tickMinStep=86_400_000),
    )
    top = max((max(row["high"] or 0, row["number"]) for row in rows), default=0) or 1
    number = alt.Y(
        "number:Q",
        title="number" if series.kind == FigureKind.other else "people",
        scale=alt.Scale(domain=[0, 1.05 * top]),
    )
    legend = alt.Legend(orient="bottom", columns=3, labelLimit=260, symbolOpacity=1, symbolType="circle")
    source = alt.Color("source:N", title="according to", legend=legend)
    shown = ("source", "told_by", "says", "day", "promises", "scope", "text", "articles")
    base = alt.Chart(alt.Data(values=rows)).encode(x=day, color=source, tooltip=[f"{name}:N" for name in shown])
    dashes = {Scope.total: [1, 0], Scope.incident: [4, 3], Scope.since: [8, 3]}
    told = [scope for scope in dashes if any(row["scope"] == scope for row in rows)]
    dashed = [dashes[scope] for scope in told] if len(told) > 1 else [[1, 0]]
    dash = alt.StrokeDash("scope:N", scale=alt.Scale(domain=told, range=dashed), legend=None)
    lines = base.mark_line(interpolate="step-after", strokeWidth=2).encode(y=number, strokeDash=dash)
    ranges = base.mark_rule(strokeWidth=5, opacity=0.3).encode(y="low:Q", y2="high:Q")
    promise = alt.Shape(
        "promises:N",
        title="the text says",
        scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())),
        legend=alt.Legend(orient="bottom", columns=4),
    )
    points = base.mark_point(size=80, filled=True, opacity=1).encode(y=number, shape=promise)
    layers: altair.LayerChart = alt.layer(
        lines,
        ranges.transform_filter("isValid(datum.low) && isValid(datum.high) && datum.low < datum.high"),
        points,
        title=alt.TitleParams(what, subtitle=subtitle, anchor="start"),
        width=width,
        height=height,
    )
    return layers


def claim_rows(series: Series) -> list[dict[str, Any]]:
    """The rows of a claims chart: the steps that have a day and a number. ``low`` and ``high`` are null where open."""
    found = []
    for row, step in zip(series.rows(), (s for one in series.sources for s in one.steps), strict=True):
        claim = step.claim
        number = claim.low if claim.low is not None else claim.high
        if number is None or claim.as_of is None:
            continue
        low, high = claim.span
        found.append(
            {
                "source": row["source"],
                "told_by": row["told_by"],
                "day": row["as_of"],
                "number": number,
                "low": low,
                "high": high if high != float("inf") else None,
                "promises": _PROMISES.get(claim.bound, "about, or a range"),
                "says": row["says"],
                "scope": row["scope"],
                "text": row["text"],
                "articles": len(row["articles"]),
                "event": row["event"],
                "figure": row["figure"],
            }
        )
    return found


def volume_chart(
    rows: Iterable[Mapping[str, Any]], *, width: int | str = "container", height: int = 200
) -> altair.Chart:
    """Events by day, a bar a day, its colours their types.

    Parameters
    ----------
    rows: mappings with ``day`` (ISO), ``type`` and ``events`` (how many), as ``volume`` makes them.
    """
    alt = needs("altair", "notebook")
    values = [{"day": row["day"], "type": str(row["type"]), "events": row["events"]} for row in rows if row["day"]]
    chart: altair.Chart = (
        alt.Chart(alt.Data(values=values), width=width, height=height)
        .mark_bar()
        .encode(
            x=alt.X(
                "utcyearmonthdate(day):T",
                title=None,
                scale=alt.Scale(type="utc"),
                axis=alt.Axis(format="%-d %b %Y", labelOverlap=True),
            ),
            y=alt.Y("sum(events):Q", title="events", axis=alt.Axis(tickMinStep=1, format="d")),
            color=alt.Color(
                "type:N", title=None, scale=alt.Scale(scheme="tableau20"), legend=alt.Legend(orient="bottom", columns=6)
            ),
            tooltip=[alt.Tooltip("day:N"), "type:N", "sum(events):Q"],
        )
    )
    return chart


def volume(events: Iterable[FoundEvent]) -> list[dict[str, Any]]:
    """How many events a day and type, for ``volume_chart``; those without a day are left out."""
    counted = Counter((event.first_day, event.type) for event in events if event.first_day)
    return [{"day": day, "type": type_, "events": number} for (day, type_), number in sorted(counted.items())]
