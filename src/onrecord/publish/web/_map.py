"""The map: places as GeoJSON for the browser, and a small drawing of one place that needs no script."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from onrecord.ledger import Ledger, Spot
from onrecord.publish.web._asked import REAL, SINCE, UNTIL, Asked, Field, period, period_field, tidy, type_field
from onrecord.publish.web._render import STATIC, ledger_of, page
from onrecord.publish.web._tables import table
from onrecord.publish.web._words import quad

router = APIRouter()

PRECISION = {
    "site": "a camp, crossing, base, building or street",
    "city": "a city, town or village",
    "region": "an area or district: somewhere in the ring",
    "admin1": "a province or state: somewhere in the ring",
    "country": "known to the country only: listed, never drawn",
}
_DEGREES = {"site": 0.0, "city": 0.12, "region": 0.7, "admin1": 1.4}
"""How far the ring reaches that says "somewhere here": a sign for the eye, no measured extent."""
_COLUMNS = ("place", "country", "latitude", "longitude", "precision", "events", "types", "first_day", "last_day")

Point = tuple[float, float]


@router.get("/map")
def map_page(request: Request) -> Response:
    """Where events are said to be."""
    if shorter := tidy(request):
        return shorter
    ledger = ledger_of(request)
    asked = _asked(request, ledger)
    spots = _spots(ledger, asked)
    drawn = [spot for spot in spots if _is_drawn(spot)]
    return page(
        request,
        "map.html.j2",
        asked=asked,
        drawn=drawn,
        countries=[spot for spot in spots if spot.precision == "country"],
        lost=[spot for spot in spots if spot.latitude is None],
        precision=PRECISION,
        since=period(ledger, asked, default="365")[0],
    )


@router.get("/map.json")
def map_json(request: Request) -> Response:
    """The places that are drawn, as GeoJSON."""
    ledger = ledger_of(request)
    spots = _spots(ledger, _asked(request, ledger))
    features = [_feature(spot) for spot in spots if _is_drawn(spot)]
    return JSONResponse({"type": "FeatureCollection", "features": features}, media_type="application/geo+json")


@router.get("/map.csv")
def map_csv(request: Request) -> Response:
    """All places, those that are not drawn too."""
    ledger = ledger_of(request)
    rows = ({name: getattr(spot, name) for name in _COLUMNS} for spot in _spots(ledger, _asked(request, ledger)))
    flat = ({**row, "types": [f"{kind} {number}" for kind, number in row["types"]]} for row in rows)
    return table("csv", "places", flat, columns=_COLUMNS)


def _asked(request: Request, ledger: Ledger) -> Asked:
    country = Field("country", "Country", hint="three letters")
    fields = (period_field("365"), type_field(ledger), REAL, country, SINCE, UNTIL)
    return Asked.of(request, fields, "/map")


def _spots(ledger: Ledger, asked: Asked) -> list[Spot]:
    since, until = period(ledger, asked, default="365")
    spots = ledger.summaries.places(since=since, until=until, type=asked["type"], status=asked["status"])
    country = (asked["country"] or "").upper()
    return [spot for spot in spots if not country or spot.country == country]


def _is_drawn(spot: Spot) -> bool:
    return spot.latitude is not None and spot.longitude is not None and spot.precision != "country"


def _feature(spot: Spot) -> dict[str, Any]:
    main = quad(spot.types[0][0])
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [spot.longitude, spot.latitude]},
        "properties": {
            "place": spot.place,
            "country": spot.country,
            "precision": spot.precision or "city",
            "events": spot.events,
            "quad": main,
            "types": ", ".join(f"{kind} {number}" for kind, number in spot.types[:5]),
            "degrees": _DEGREES.get(spot.precision or "city", 0.12),
        },
    }


@dataclass(frozen=True, slots=True)
class Locator:
    """A drawing of a window on the world: paths in degrees, north up. ``box`` is for ``viewBox``."""

    box: str
    land: str
    borders: str
    x: float
    y: float
    halo: float
    spot: float
    vague: bool


def locator(latitude: float | None, longitude: float | None, precision: str | None) -> Locator | None:
    """The drawing of a place; None where it is not located, or to its country only."""
    if latitude is None or longitude is None or precision in (None, "country"):
        return None
    half = 6.0
    west, south = round(longitude) - half * 1.6, max(-84.0, min(84.0, round(latitude))) - half
    land, borders = _window(west, south, half * 3.2, half * 2)
    reach = _DEGREES.get(precision or "city", 0.12)
    return Locator(
        box=f"{west:g} {-(south + 2 * half):g} {half * 3.2:g} {half * 2:g}",
        land=land,
        borders=borders,
        x=longitude,
        y=-latitude,
        halo=reach,
        spot=0.2,
        vague=precision in ("region", "admin1"),
    )


@lru_cache(maxsize=256)
def _window(west: float, south: float, width: float, height: float) -> tuple[str, str]:
    """Land and borders within the window, as SVG paths."""
    edges = (west - 0.5, south - 0.5, west + width + 0.5, south + height + 0.5)
    polygons, lines = _world()
    land = "".join(
        _path(clipped, close=True) for ring, box in polygons if _meet(box, edges) and (clipped := _clip(ring, edges))
    )
    borders = "".join(_path(run) for line, box in lines if _meet(box, edges) for run in _runs(line, edges))
    return land, borders


Box = tuple[float, float, float, float]


@cache
def _world() -> tuple[list[tuple[Sequence[Point], Box]], list[tuple[Sequence[Point], Box]]]:
    """Rings of land (lakes are rings too: even-odd) and lines of borders, each with its box."""
    land, borders = json.loads((STATIC / "vendor" / "world.json").read_text(encoding="utf-8"))["features"]
    rings = [ring for polygon in land["geometry"]["coordinates"] for ring in polygon]
    return [(ring, _box(ring)) for ring in rings], [(line, _box(line)) for line in borders["geometry"]["coordinates"]]


def _box(points: Sequence[Point]) -> Box:
    across, up = [point[0] for point in points], [point[1] for point in points]
    return min(across), min(up), max(across), max(up)


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3] and one[3] >= other[1]


def _clip(ring: Sequence[Point], edges: Box) -> Sequence[Point]:
    """The part of a ring within a rectangle (Sutherland and Hodgman, 1974)."""
    for axis, limit, keep_above in (
        (0, edges[0], True),
        (1, edges[1], True),
        (0, edges[2], False),
        (1, edges[3], False),
    ):
        clipped: list[Point] = []
        for before, point in pairwise([ring[-1], *ring]):
            inside, was_inside = ((one[axis] >= limit) == keep_above for one in (point, before))
            if inside != was_inside:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                clipped.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if inside:
                clipped.append(point)
        if not clipped:
            return ()
        ring = clipped
    return ring


def _runs(line: Sequence[Point], edges: Box) -> Iterator[list[Point]]:
    """The stretches of a line whose ends are near the window."""
    run: list[Point] = []
    for before, point in pairwise(line):
        if _meet(_box((before, point)), edges):
            run = [*run, point] if run else [before, point]
        elif run:
            yield run
            run = []
    if run:
        yield run


def _path(points: Iterable[Point], *, close: bool = False) -> str:
    return "M" + "L".join(f"{x:.2f} {-y:.2f}" for x, y in points) + ("Z" if close else "")
