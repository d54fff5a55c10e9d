"""The network of parties: who acts on whom, by period and type."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from onrecord.ledger import Ledger, Network
from onrecord.publish.web._asked import REAL, SINCE, UNTIL, Asked, period, period_field, tidy, type_field
from onrecord.publish.web._render import ledger_of, page
from onrecord.publish.web._tables import table
from onrecord.publish.web._words import quad

router = APIRouter()

_COLUMNS = ("actor", "recipient", "events", "types")


@router.get("/network")
def network_page(request: Request) -> Response:
    """Who acts on whom."""
    if shorter := tidy(request):
        return shorter
    ledger = ledger_of(request)
    asked = _asked(request, ledger)
    found = _network(ledger, asked)
    names = {party.key: party for party in found.parties}
    since, until = period(ledger, asked, default="90")
    return page(request, "network.html.j2", asked=asked, network=found, names=names, since=since, until=until)


@router.get("/network.json")
def network_json(request: Request) -> Response:
    """Parties and pairs, as the elements that Cytoscape draws."""
    ledger = ledger_of(request)
    found = _network(ledger, _asked(request, ledger))
    nodes: list[dict[str, Any]] = [
        {
            "data": {
                "id": party.key,
                "name": party.name,
                "kind": party.kind,
                "country": party.country,
                "events": party.events,
            }
        }
        for party in found.parties
    ]
    edges = [
        {
            "data": {
                "id": f"{edge.actor}→{edge.recipient}",
                "source": edge.actor,
                "target": edge.recipient,
                "events": edge.events,
                "types": ", ".join(f"{kind} {number}" for kind, number in edge.types),
                "quad": quad(edge.types[0][0]),
            }
        }
        for edge in found.edges
    ]
    return JSONResponse({"nodes": nodes, "edges": edges, "left_out": found.left_out})


@router.get("/network.csv")
def network_csv(request: Request) -> Response:
    """Pairs, a line each."""
    ledger = ledger_of(request)
    found = _network(ledger, _asked(request, ledger))
    names = {party.key: party.name for party in found.parties}
    rows = (
        {
            "actor": names[edge.actor],
            "recipient": names[edge.recipient],
            "events": edge.events,
            "types": [f"{kind} {number}" for kind, number in edge.types],
        }
        for edge in found.edges
    )
    return table("csv", "network", rows, columns=_COLUMNS)


def _asked(request: Request, ledger: Ledger) -> Asked:
    return Asked.of(request, (period_field("90"), type_field(ledger), REAL, SINCE, UNTIL), "/network")


def _network(ledger: Ledger, asked: Asked) -> Network:
    since, until = period(ledger, asked, default="90")
    return ledger.summaries.network(since=since, until=until, type=asked["type"], status=asked["status"])
