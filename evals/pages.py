"""How long every page and every call of the API takes on a large ledger, and how much it sends.

    python -m evals.pages [--events 100000] [--ledger FILE] [--times 7]

A ledger of invented events is made as in ``evals.scale`` (or the one named is used), and every address is asked for:
once while nothing is remembered, then again and again. The application runs in this process, without a network.
Leaves with 1 when half of the answers of a page take longer than 200 ms, or the overview is larger than 500 kB.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from fastapi.testclient import TestClient

from evals._invented import name, town
from evals.scale import _fill, _prepare
from onrecord.ledger import Ledger, open_ledger
from onrecord.publish.web import create_app

_LIMIT_MS = 200
_LIMIT_BYTES = 500_000


def addresses(ledger: Ledger) -> list[str]:
    """What is asked for: every page as it is first opened, and with the questions that people ask."""
    event = ledger.events(limit=1)[0]
    figure = ledger.figures(limit=1)[0]
    party, place = name(0).replace(" ", "+"), town(0)
    pages = [
        "/",
        "/events",
        f"/events?party={party}",
        "/events?type=ASSAULT&status=happened",
        f"/events?place={place}",
        "/events?text=ceasefire",
        "/events.json",
        f"/events.csv?party={name(700).replace(' ', '+')}",
        f"/events/{event.id}",
        f"/events/{figure.event_id}",
        "/claims",
        "/claims?kind=killed",
        "/timeline",
        "/network",
        "/network?type=ASSAULT",
        "/map",
        "/articles",
        f"/articles/{event.article_id}",
        "/search",
        "/search?text=ceasefire",
        "/search?text=rarity77",
        "/sources",
        "/set-aside",
        "/review",
        "/review/disagreements",
        "/api/docs",
        "/changes.atom",
    ]
    calls = [
        "counts",
        "events",
        "events?limit=1000",
        f"events?party={party}",
        f"events?source={party}&type=AGREE",
        "events?text=ceasefire",
        f"events/{event.id}",
        "same-events?limit=20",
        f"same-events?limit=20&party={party}",
        f"same-events/{event.id}",
        "claims?limit=20",
        "claims?limit=20&kind=killed",
        "figures",
        "figures?kind=killed",
        "articles",
        "articles?text=rarity77",
        f"articles/{event.article_id}",
        f"articles/{event.article_id}/reading",
        "changes",
        f"changes?since={ledger.moment}",
        "corrections",
        "disagreements",
        "set-aside",
        "schema",
        "session",
        "openapi.json",
    ]
    return pages + [f"/api/v1/{call}" for call in calls]


def main() -> None:
    """Fill, ask, print."""
    options = _options()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ledger(options.ledger or Path(folder) / "pages.db") as ledger,
    ):
        if not options.ledger:
            _fill(ledger, options.events)
            _prepare(ledger)
        wrong = _ask(ledger, options.times)
    sys.exit(1 if wrong else 0)


def _ask(ledger: Ledger, times: int) -> list[str]:
    browser = TestClient(create_app(ledger), base_url="http://127.0.0.1", raise_server_exceptions=False)
    wrong = []
    print(f"{'address':58}{'status':>7}{'first':>8}{'p50':>8}{'p95':>8}{'kB':>9}")
    for address in addresses(ledger):
        took = []
        for _ in range(times + 1):
            start = time.perf_counter()
            answer = browser.get(address)
            took.append(1000 * (time.perf_counter() - start))
        first, *later = took
        median, slowest = statistics.median(later), sorted(later)[round(0.95 * (len(later) - 1))]
        bad = "  TOO SLOW" if median > _LIMIT_MS else ""
        if answer.status_code != 200:
            bad += "  NOT THERE"
        if address == "/":
            size = len(answer.content) + _with_it(browser, answer.text)
            bad += "  TOO LARGE" if size > _LIMIT_BYTES else ""
        else:
            size = len(answer.content)
        shown = re.sub(r"[0-9a-f]{20,}", "…", address)
        print(f"{shown:58}{answer.status_code:>7}{first:>8.0f}{median:>8.0f}{slowest:>8.0f}{size / 1000:>9.1f}{bad}")
        wrong += [address] if bad else []
    return wrong


def _with_it(browser: TestClient, page: str) -> int:
    """Bytes of the scripts, styles and pictures that a page brings with it."""
    return sum(len(browser.get(one).content) for one in set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--ledger", help="a ledger that is there already; a new one is made when left out")
    parser.add_argument("--times", type=int, default=7, help="ask for each address so often")
    return parser.parse_args()


if __name__ == "__main__":
    main()
