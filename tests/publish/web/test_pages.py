"""Every page on an empty, a small and a hostile ledger; every link, every filter, every table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import lxml.html
import pytest
from fastapi.testclient import TestClient

from onrecord.ingest import Rejected
from onrecord.ledger import Ledger, open_ledger
from onrecord.publish.web import create_app
from onrecord.publish.web._asked import event_fields
from onrecord.publish.web._charts import volume_drawing
from onrecord.publish.web._map import _clip, locator
from onrecord.publish.web._render import STATIC
from onrecord.records import InputError, Precision
from tests.ledger.stories import story
from tests.publish.web.conftest import HERE
from tests.publish.web.hostile import SCRIPT, hostile

PAGES = (
    "/", "/events", "/timeline", "/claims", "/map", "/network", "/sources", "/articles", "/search", "/search?text=people",
    "/set-aside", "/timeline?period=all", "/map?period=all&status=any", "/network?period=all&status=any", "/sources?period=all",
    "/events?party=nobody", "/search?text=zzzz", "/claims?kind=killed",
)  # fmt: skip
TABLES = ("/events", "/timeline", "/claims", "/map", "/network", "/sources", "/articles", "/set-aside")
HEAVY = {"/claims": "vega", "/map": "maplibre", "/network": "cytoscape"}


@pytest.fixture(params=["empty", "small", "hostile"])
def any_ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with nothing, one with stories, and one with an article that wishes its readers ill."""
    if request.param == "small":
        yield request.getfixturevalue("ledger")
        return
    with open_ledger(tmp_path / "other.db") as opened:
        if request.param == "hostile":
            opened.add(hostile())
            opened.set_aside(Rejected(f"{SCRIPT}.txt", InputError(SCRIPT, SCRIPT, SCRIPT)))
        yield opened


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole_and_safe(any_ledger: Ledger, path: str) -> None:
    answer = TestClient(create_app(any_ledger), base_url=HERE).get(path)
    assert answer.status_code == 200
    check_page(answer.text)


def check_page(text: str) -> lxml.html.HtmlElement:
    """One heading, no script or style of its own, a label for every field, a name for every drawing."""
    page = lxml.html.document_fromstring(text)
    assert len(page.xpath("//h1")) == 1
    assert page.get("lang") == "en" and page.xpath("//title")[0].text_content().strip()
    assert not page.xpath("//script[not(@src)] | //style | //*[@style] | //img[@onerror]")
    assert not list(page.xpath("//@*[starts-with(name(), 'on')]"))
    assert not [link for link in page.xpath("//@href") if link.strip().lower().startswith("javascript")]
    for field in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        named = (
            field.get("aria-label")
            or field.xpath("ancestor::label")
            or page.xpath("//label[@for=$id]", id=field.get("id") or "-")
        )
        assert named, lxml.html.tostring(field)
    for drawing in page.xpath("//*[@role='img' or @role='region']"):
        assert drawing.get("aria-label")
    for table in page.xpath("//main//table"):
        assert table.xpath("./caption"), "a table needs a caption"
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for target in page.xpath("//main//a/@href[starts-with(., '#')]"):
        assert target[1:] in ids, f"{target} leads nowhere"
    return page


def test_every_link_on_every_page_leads_somewhere(ledger: Ledger) -> None:
    ledger.set_aside(Rejected("scan.txt", InputError("text", "nothing", "Scan it again.")))
    ledger.reject(ledger.events(limit=1)[0].id, reviewer="Ana")
    browser = TestClient(create_app(ledger), base_url=HERE)
    seen: set[str] = set()
    shapes: dict[tuple[str, ...], int] = {}
    waiting = list(PAGES)
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        # Of addresses that differ in an id or a name only, a few stand for all.
        parts = urlsplit(path)
        shape = (
            parts.path.split("/")[1],
            str(parts.path.count("/")),
            parts.path.rpartition(".")[2][:5],
            *sorted(parse_qs(parts.query)),
        )
        shapes[shape] = shapes.get(shape, 0) + 1
        if shapes[shape] > 3:
            continue
        answer = browser.get(path)
        assert answer.status_code == 200, path
        if "html" in answer.headers["content-type"] and not path.startswith(("/api", "/review")):
            page = check_page(answer.text)
            found = page.xpath(
                "//a/@href | //link/@href | //script/@src | //*/@data-chart | //*/@data-map | //*/@data-network | //*/@data-world | //form[@method='get']/@action"
            )
            inner = (urldefrag(urljoin(path, link)).url for link in found if not link.startswith(("#", "http")))
            waiting += [link for link in inner if link not in seen]
    assert len(seen) > 60


@pytest.mark.parametrize("path", ["/events", "/timeline", "/claims", "/map", "/network", "/sources", "/articles"])
def test_every_filter_stands_in_the_address_and_in_the_form(ledger: Ledger, path: str) -> None:
    browser = TestClient(create_app(ledger), base_url=HERE)
    names = lxml.html.document_fromstring(browser.get(path).text).xpath("//form[contains(@class,'filters')]//*[@name]")
    assert names
    for field in names:
        options = [one.get("value") for one in field.xpath("./option")][1:]
        value = options[-1] if options else {"date": "2024-03-05", "checkbox": "1"}.get(field.get("type"), "Sake")
        if (path, field.get("name")) == ("/claims", "event"):
            value = ledger.events(limit=1)[0].id
        answer = browser.get(path, params={field.get("name"): value})
        assert answer.status_code == 200
        page = lxml.html.document_fromstring(answer.text)
        again = page.xpath("//form[contains(@class,'filters')]//*[@name=$name]", name=field.get("name"))[0]
        chosen = again.xpath("./option[@selected]/@value") or [again.get("value")]
        assert chosen == [value] and (again.get("type") != "checkbox" or "checked" in again.attrib)
        (chip,) = page.xpath("//ul[@class='chips']//a/@href")
        assert chip == path
        for link in page.xpath("//p[@class='ways']/a/@href"):
            assert parse_qs(urlsplit(link).query) == {field.get("name"): [value]}


def test_the_filters_of_the_events_page_are_those_of_the_ledger(ledger: Ledger) -> None:
    import inspect

    asked = set(inspect.signature(ledger.events).parameters) - {"limit", "after", "self"}
    assert {field.name for field in event_fields(ledger)} == asked


def test_filters_choose_events(browser: TestClient) -> None:
    page = lxml.html.document_fromstring(browser.get("/events?type=ASSAULT&place=Sake").text)
    rows = page.xpath("//main//tbody/tr")
    assert rows and all("ASSAULT" in row.text_content() and "Sake" in row.text_content() for row in rows)
    assert len(page.xpath("//ul[@class='chips']//a")) == 2


@pytest.mark.parametrize(
    "path",
    ["/events?type=NOTHING_SUCH", "/events?text=%22%22", "/claims?kind=moods", "/search?text=---", "/events?after=x"],
)
def test_a_question_that_cannot_be_understood_is_answered_on_the_page(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 400
    assert lxml.html.document_fromstring(answer.text).xpath("//*[@role='alert']")


def test_empty_filters_fall_out_of_the_address(browser: TestClient) -> None:
    answer = browser.get("/events?party=&type=ASSAULT&place=+", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/events?type=ASSAULT")


def test_pages_of_events_give_every_event_once(ledger: Ledger) -> None:
    for number in range(100, 160):
        ledger.add(story(number))
    browser = TestClient(create_app(ledger), base_url=HERE)
    path, found = "/events", []
    while path:
        page = lxml.html.document_fromstring(browser.get(path).text)
        found += page.xpath("//main//tbody//a[@class='words']/@href")
        path = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    assert len(found) == len(set(found)) == 72


@pytest.mark.parametrize("path", TABLES)
@pytest.mark.parametrize("form", ["json", "csv"])
def test_every_table_comes_as_json_and_csv(any_ledger: Ledger, path: str, form: str) -> None:
    answer = TestClient(create_app(any_ledger), base_url=HERE).get(
        f"{path}.{form}?period=all&status=any" if path in ("/map", "/network") else f"{path}.{form}"
    )
    assert answer.status_code == 200
    if form == "json":
        assert isinstance(answer.json(), dict)
    else:
        rows = list(csv.reader(io.StringIO(answer.text)))
        assert rows and all(len(row) == len(rows[0]) for row in rows)


def test_the_csv_has_every_event_and_no_formulas(ledger: Ledger) -> None:
    ledger.add(story(500, title="=cmd|' /C calc'!A0"))
    rows = list(csv.DictReader(io.StringIO(TestClient(create_app(ledger), base_url=HERE).get("/events.csv").text)))
    assert len(rows) == 13
    assert [row["title"] for row in rows if "calc" in row["title"]] == ["'=cmd|' /C calc'!A0"]


def test_one_event_says_how_real_according_to_whom(browser: TestClient, ledger: Ledger) -> None:
    event = ledger.events(status="happened", limit=1)[0]
    page = check_page(browser.get(f"/events/{event.id}").text)
    real = page.xpath("//section[contains(@class,'real')]")[0].text_content()
    assert "DONE" in real and "Anna Okwir" in real
    (mark,) = page.xpath("//article[@id=$id]//blockquote//mark", id=event.id)
    assert mark.text_content() == event.words
    assert f"/articles/{event.article_id}#{event.id}" in page.xpath("//article//a/@href")


def test_an_event_found_wrong_can_still_be_looked_at(browser: TestClient, ledger: Ledger) -> None:
    event = ledger.events(limit=1)[0]
    ledger.reject(event.id, reviewer="Ana")
    page = browser.get(f"/events/{event.id}")
    assert page.status_code == 200 and "found wrong" in page.text
    assert browser.get("/events/nothing").status_code == 404


def test_an_article_links_words_and_records_both_ways(browser: TestClient, ledger: Ledger) -> None:
    event = ledger.events(limit=1)[0]
    page = check_page(browser.get(f"/articles/{event.article_id}").text)
    (card,) = page.xpath("//*[@id=$id]", id=event.id)
    marked = page.xpath(
        "//article//a[contains(concat(' ', @data-records, ' '), $own)]", own=f" {card.get('data-record')} "
    )
    assert "".join(mark.text_content() for mark in marked) == event.words
    assert f"#{event.id}" in [mark.get("href") for mark in marked]
    assert card.xpath(".//a/@href[starts-with(., '#')]") == [f"#{card.get('data-record')}-words"]


def test_a_text_without_end_is_cut_and_can_be_had_whole(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "long.db") as ledger:
        reading = hostile(long=900_000)
        ledger.add(reading)
        browser = TestClient(create_app(ledger), base_url=HERE)
        short = browser.get(f"/articles/{reading.article.id}")
        assert len(short.content) < 500_000 and "show it whole" in short.text
        assert len(browser.get(f"/articles/{reading.article.id}?whole=true").content) > 900_000


def test_the_first_page_is_light_and_heavy_libraries_stay_where_they_are_used(browser: TestClient) -> None:
    for path in PAGES:
        page = lxml.html.document_fromstring(browser.get(path).text)
        files = [
            urlsplit(link).path for link in page.xpath("//script/@src | //link[@rel='stylesheet' or @rel='icon']/@href")
        ]
        weight = sum((STATIC / file.removeprefix("/static/")).stat().st_size for file in files)
        for heavy, library in HEAVY.items():
            assert any(library in file for file in files) == (path.partition("?")[0] == heavy)
        if path.partition("?")[0] not in HEAVY:
            assert weight + len(browser.get(path).content) < 500_000


def test_vendored_files_are_named_with_their_licences() -> None:
    folder = STATIC / "vendor"
    listed = (folder / "LICENSES.txt").read_text(encoding="utf-8")
    for file in folder.iterdir():
        assert file.name in listed, file.name
        if file.suffix in (".js", ".mjs"):
            assert "sourceMappingURL" not in file.read_text(encoding="utf-8")
    assert sum(file.stat().st_size for file in folder.iterdir()) < 5_000_000


def test_country_precision_is_listed_and_never_drawn(ledger: Ledger) -> None:
    reading = story(900)
    place = reading.places[0].model_copy(
        update={"name": "Congo", "latitude": -4.0, "longitude": 22.0, "precision": Precision.country}
    )
    ledger.add(reading.model_copy(update={"places": (place,)}))
    browser = TestClient(create_app(ledger), base_url=HERE)
    pages = ("/map.json?period=all&status=any", "/map?period=all&status=any")
    drawn = browser.get(pages[0]).json()["features"]
    assert drawn and "country" not in {one["properties"]["precision"] for one in drawn}
    assert "Known to the country only" in browser.get(pages[1]).text
    assert locator(1.0, 2.0, "country") is None


def test_the_small_map_is_cut_to_its_window() -> None:
    found = locator(-1.57, 29.04, "city")
    assert found is not None and found.land and found.borders and not found.vague
    square = [(-10.0, -10.0), (10.0, -10.0), (10.0, 10.0), (-10.0, 10.0)]
    assert sorted(_clip(square, (0, 0, 5, 20))) == [(0, 0), (0, 10), (5, 0), (5, 10)]
    assert _clip(square, (11, 11, 12, 12)) == ()


def test_the_volume_drawing_counts_every_event(ledger: Ledger) -> None:
    for since, grain in (("2024-12-01", "day"), ("2024-06-01", "week"), (None, "week"), ("2019-01-01", "month")):
        rows = ledger.summaries.volume(since=since)
        drawn = volume_drawing(rows, since=since)
        if drawn is None:
            assert not rows
            continue
        assert drawn.grain == grain
        assert sum(bar.events for bar in drawn.bars) == sum(row.events for row in rows) == drawn.events
        assert all(part.height > 0 for bar in drawn.bars for part in bar.parts)


def test_search_marks_the_words_it_found(browser: TestClient) -> None:
    page = lxml.html.document_fromstring(browser.get("/search?text=Coast+militia").text)
    marks = {mark.text_content() for mark in page.xpath("//p[@class='words']//mark")}
    assert {"Coast", "Militia"} <= marks
