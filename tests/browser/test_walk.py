"""A person's way through a ledger in Chromium: ingest, overview, event, article, claims, review, export."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onrecord.ledger import Correction, open_ledger
from tests.browser.serving import ARGUMENTS, chromium, command, demo_ledger, serving

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (pip install playwright)")
if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.skipif(chromium() is None, reason="Chromium is not installed (apt-get install chromium)")


@pytest.fixture(scope="module")
def ledger_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example articles, ingested."""
    return demo_ledger(tmp_path_factory.mktemp("walk"))


@pytest.fixture(scope="module")
def address(ledger_file: Path) -> Iterator[str]:
    """Where that ledger is served."""
    with open_ledger(ledger_file) as ledger, serving(ledger) as found:
        yield found


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    """A page of a browser that minds every word on its console: nothing may break the content policy."""
    complaints: list[str] = []
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        opened = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900})
        opened.set_default_timeout(60_000)
        opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on(
            "request",
            lambda request: (
                complaints.append(request.url) if not request.url.startswith((address, "data:", "blob:")) else None
            ),
        )
        yield opened
        browser.close()
    assert complaints == []


def test_from_the_overview_to_a_claim(page: Page) -> None:
    page.goto("/")
    assert re.search(r"14\s+articles", page.locator(".counts").inner_text())
    page.keyboard.press("g")
    page.keyboard.press("e")
    page.wait_for_url("**/events")
    page.select_option("select[name=type]", "ASSAULT")
    page.wait_for_url(re.compile(r"type=ASSAULT"))
    page.fill("input[name=place]", "Maroua")
    page.keyboard.press("Tab")
    page.wait_for_url(re.compile(r"place=Maroua"))
    page.wait_for_selector(".chips li:nth-child(2) a")
    rows = page.locator("#results tbody tr")
    assert rows.count() and all("ASSAULT" in text for text in rows.all_inner_texts())

    page.locator("#results tbody a.words").first.click()
    page.wait_for_url("**/events/*")
    assert page.locator("section.real h2").inner_text() == "How real, and according to whom"
    assert page.locator("article.report blockquote mark").count() == page.locator("article.report").count()
    assert page.locator("figure.locator svg path.land").count() == 1

    page.locator("article.report .foot a").first.click()
    page.wait_for_url("**/articles/*")
    card = page.locator(".records .card.lit").first
    card.wait_for()
    own = card.get_attribute("data-record")
    assert page.locator(f"a.mark.lit[data-records~='{own}']").count()
    page.mouse.move(0, 0)
    mark = page.locator("a.mark.figure").first
    mark.hover()
    assert page.locator(".records .card.figure.lit").count()

    page.goto("/claims?kind=killed")
    page.wait_for_selector("[data-drawn] svg")
    page.wait_for_selector("[data-chart]:not([data-drawn])", state="detached")
    assert page.locator("[data-drawn] svg").count() >= 2
    assert page.locator("[data-drawn] svg path").count() > 10
    assert "could not be drawn" not in page.locator("main").inner_text()


def test_map_and_network_are_drawn(page: Page) -> None:
    page.goto("/map")
    page.wait_for_selector("button.spot")
    assert page.locator("button.spot.region").count() >= 1
    page.locator("button.spot:not(.several)").first.click()
    page.wait_for_selector(".maplibregl-popup a[href^='/events?place=']")
    page.goto("/network")
    page.wait_for_selector("[data-network] canvas")
    assert page.locator("[data-network] .waits").count() == 0


def test_themes_and_keys(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/events")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.click("button.theme")
    dark = page.evaluate(paper)
    assert dark != light
    page.goto("/timeline")
    assert page.evaluate(paper) == dark
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible() and "Timeline" in page.locator("dialog#keys").inner_text()
    page.keyboard.press("Escape")
    page.goto("/events")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("j")
    assert page.evaluate("!!document.activeElement.closest('[data-row]')")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"


def test_a_phone_shows_every_page_without_scrolling_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    for path in (
        "/",
        "/events",
        "/timeline",
        "/claims",
        "/map",
        "/network",
        "/sources",
        "/articles",
        "/search?text=convoy",
        "/set-aside",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.click("button.menu")
    assert page.locator("nav a[href='/map']").is_visible()


def test_ten_reviews_by_keyboard_with_an_undo_and_the_export(page: Page, ledger_file: Path, tmp_path: Path) -> None:
    page.goto("/review")
    for number in range(10):
        _press(page, "r" if number % 4 == 3 else "a")
    acts = _corrections(ledger_file, 10)
    assert [act.action for act in acts].count("reject") == 2
    _press(page, "u")
    assert page.locator("main h2").count()
    undoing = _corrections(ledger_file, 11)[-1]
    assert undoing.action == "undo" and undoing.undoes == acts[-1].id
    with open_ledger(ledger_file) as ledger:
        wrong = [one.id for one in ledger.events(rejected=True, limit=1000) if one.review == "rejected"]
        right = ledger.events(limit=1000)
    assert len(wrong) == [act.action for act in acts[:-1]].count("reject") and not {one.id for one in right} & set(
        wrong
    )
    command("export", "--ledger", ledger_file, "--format", "csv", "--output", tmp_path / "events.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "events.csv").read_text(encoding="utf-8"))))
    assert len(rows) == len(right)


def _press(page: Page, key: str) -> None:
    """Press a key and wait until another record lies on the desk."""
    page.evaluate("document.querySelector('[data-sheet]').dataset.seen = 'yes'")
    page.keyboard.press(key)
    page.wait_for_selector("[data-sheet]:not([data-seen])")


def _corrections(ledger_file: Path, number: int) -> list[Correction]:
    """What reviewers did, once it is so many acts: the page is ahead of the ledger by a moment."""
    with open_ledger(ledger_file) as ledger:
        for _ in range(600):
            if len(found := ledger.corrections()) >= number:
                break
            time.sleep(0.1)
    assert len(found) == number
    return found
