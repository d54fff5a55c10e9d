"""Nothing an article says, no other web site and no other computer can harm a reader or the ledger."""

from __future__ import annotations

import json
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import lxml.html
import pytest
import schemathesis
import uvicorn
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings, strategies
from schemathesis.checks import not_a_server_error, response_schema_conformance

from onrecord.cli._serve import check_reach, existing
from onrecord.ingest import Rejected
from onrecord.ledger import Ledger, LedgerUnavailable, open_ledger
from onrecord.publish.web import create_app
from onrecord.publish.web._render import outward, visible
from onrecord.records import BadOption, InputError
from tests.ledger.stories import story
from tests.publish.web.conftest import HERE, csrf
from tests.publish.web.hostile import BAD_URL, HANDLER, SCRIPT, TURNED, hostile

CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


# What other sites and names may do: nothing


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.7:8765", "", "localhost.evil"])
def test_a_name_that_is_not_ours_is_refused(browser: TestClient, host: str) -> None:
    answer = browser.get("/api/v1/counts", headers={"Host": host})
    assert answer.status_code == 421 and "articles" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8765", "localhost:1", "[::1]:8765", "LOCALHOST"])
def test_names_of_this_computer_are_served(browser: TestClient, host: str) -> None:
    assert browser.get("/api/v1/counts", headers={"Host": host}).status_code == 200


def test_a_name_that_was_allowed_is_served(ledger: Ledger) -> None:
    app = create_app(ledger, hosts=["news.example"])
    assert TestClient(app, base_url="https://news.example").get("/api/v1/counts").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_a_post_from_another_site_is_refused_even_with_the_token(
    browser: TestClient, ledger: Ledger, event_id: str, headers: dict[str, str]
) -> None:
    token = {"X-CSRF-Token": csrf(browser)}
    refused = browser.post(f"/api/v1/records/{event_id}/reject", json={}, headers={**token, **headers})
    assert refused.status_code == 403 and ledger.corrections() == []
    ours = {"Origin": HERE, "Sec-Fetch-Site": "same-origin"}
    assert browser.post(f"/api/v1/records/{event_id}/reject", json={}, headers={**token, **ours}).status_code == 200


def test_a_post_without_the_token_is_refused(browser: TestClient, ledger: Ledger, event_id: str) -> None:
    path = f"/api/v1/records/{event_id}/reject"
    assert browser.post(path, json={}).status_code == 403
    assert browser.post(path, json={}, headers={"X-CSRF-Token": "0" * 64}).status_code == 403
    other = TestClient(browser.app, base_url=HERE)
    assert browser.post(path, json={}, headers={"X-CSRF-Token": csrf(other)}).status_code == 403
    assert browser.post(path, json={}, headers={"Authorization": "Bearer x"}).status_code == 403
    assert ledger.corrections() == []


def test_every_answer_carries_the_policy(browser: TestClient) -> None:
    for path in ("/api/v1/counts", "/api/docs", "/nothing", "/api/v1/nothing", "/static/site.css", "/changes.atom"):
        headers = browser.get(path).headers
        policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'" and policy["frame-ancestors"] == "'none'" == policy["base-uri"]
        assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"
    assert browser.get("/api/v1/counts", headers={"Host": "evil"}).headers["x-content-type-options"] == "nosniff"


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(ledger: Ledger) -> None:
    for https, secure in ((False, False), (True, True)):
        app = create_app(ledger, https=https)
        cookie = TestClient(app, base_url=HERE).get("/api/docs").headers["set-cookie"]
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
        assert ("Secure" in cookie) is secure
    assert (
        "Secure" in TestClient(create_app(ledger), base_url="https://localhost").get("/api/docs").headers["set-cookie"]
    )


def test_what_is_sent_may_not_be_huge(browser: TestClient, event_id: str) -> None:
    answer = browser.post(
        f"/api/v1/records/{event_id}/reject", json={"note": "x" * 3_000_000}, headers={"X-CSRF-Token": csrf(browser)}
    )
    assert answer.status_code == 413


def test_an_error_of_our_own_shows_nothing_of_the_program(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_self: Ledger) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(Ledger, "counts", broken)
    browser = TestClient(create_app(ledger), base_url=HERE, raise_server_exceptions=False)
    answer = browser.get("/api/v1/counts")
    assert answer.status_code == 500 and "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


# Who can reach it


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org", "127.0.0.1.example.org"])
def test_beyond_this_computer_it_wants_accounts(host: str) -> None:
    with pytest.raises(BadOption, match="--accounts"):
        check_reach(host, accounts=False)
    check_reach(host, accounts=True)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_on_this_computer_it_wants_none(host: str) -> None:
    check_reach(host, accounts=False)


def test_serving_never_makes_a_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnavailable, match="no such file"):
        existing(str(tmp_path / "mistyped.db"))
    assert list(tmp_path.iterdir()) == []


# What an article says


def test_links_lead_to_the_web_or_nowhere() -> None:
    assert outward("https://a.example/x?a=1&b=2") == (
        '<a class="outward" href="https://a.example/x?a=1&amp;b=2" rel="noopener noreferrer" target="_blank">'
        "https://a.example/x?a=1&amp;b=2</a>"
    )
    for bad in (BAD_URL, "JaVaScript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x",
                "//evil.example", "/events", "http://", "https:evil", "http://[", "", None):  # fmt: skip
        assert "<a" not in outward(bad), bad
    assert outward("https://a.example", SCRIPT).endswith(">&lt;script&gt;alert(1)&lt;/script&gt;</a>")


def test_characters_that_turn_or_hide_text_are_shown_as_signs_of_the_same_length() -> None:
    text = f"a{CONTROLS}\x00\x1b\x7f\x85\u200b\ufeffb\tc\nd"
    shown = visible(text)
    assert len(shown) == len(text) and shown.startswith("a") and shown.endswith("b\tc\nd")
    assert not set(shown) & set(f"{CONTROLS}\x00\x1b\x7f\x85\u200b\ufeff")


@pytest.fixture
def hostile_ledger(ledger: Ledger) -> Ledger:
    """A ledger with an article that wishes its readers ill, one of 5 MB, and an input of the same kind set aside."""
    ledger.add(hostile())
    ledger.add(hostile(long=5_000_000))
    ledger.set_aside(Rejected(f"{SCRIPT}.html", InputError(SCRIPT, f"{HANDLER}{TURNED}", SCRIPT), raw=b"<script>"))
    bad = next(one for one in ledger.events(limit=50) if one.url == BAD_URL)
    ledger.accept(bad.id, reviewer="Ada", note=f"{SCRIPT}{HANDLER}{TURNED}")
    ledger.reject(bad.id, reviewer=f"Bob{SCRIPT}", note=HANDLER)
    ledger.undo(2, reviewer=f"Bob{SCRIPT}")
    return ledger


def _addresses(app: Any, ledger: Ledger) -> Iterator[str]:
    """Every address that can be asked for, with ids of the bad articles where it takes one."""
    bad = [one for one in ledger.events(limit=50, rejected=True) if one.url == BAD_URL]
    assert len(bad) == 2
    paths = {path for path, _ in _routes(app) if not path.startswith("/static")}
    for path in sorted(paths):
        for event in bad:
            given = {"event_id": event.id, "record_id": event.id, "article_id": event.article_id, "id": event.id}
            if "article" in path:
                given["id"] = event.article_id
            try:
                yield path.format(**given)
            except KeyError:
                continue
            if "{" not in path:
                break
    for asked in ("text=alert", f"party={SCRIPT}", f"place={HANDLER}", f"source={TURNED}", "kind=killed"):
        for path in ("/events", "/search", "/claims", "/timeline", "/network", "/map", "/articles", "/review"):
            if path in paths:
                yield f"{path}?{asked}"


def _routes(app: Any) -> Iterator[tuple[str, set[str]]]:
    for path, methods in app.openapi()["paths"].items():
        yield path, {name.upper() for name in methods}
    for path in PAGES:
        yield path, {"GET"}


PAGES = ("/", "/events", "/events.json", "/events.csv", "/events/{event_id}", "/claims", "/timeline", "/network", "/map",
         "/articles", "/articles/{article_id}", "/search", "/sources", "/set-aside", "/review", "/review/disagreements",
         "/api/docs", "/changes.atom", "/nothing")  # fmt: skip


def test_an_article_that_wishes_ill_does_no_harm_on_any_page(hostile_ledger: Ledger) -> None:
    app = create_app(hostile_ledger)
    browser = TestClient(app, base_url=HERE, raise_server_exceptions=False)
    seen = 0
    for address in _addresses(app, hostile_ledger):
        answer = browser.get(address)
        assert answer.status_code < 500, (address, answer.text[:500])
        kind = answer.headers.get("content-type", "")
        if kind.startswith("text/html"):
            seen += _check_page(address, answer.text)
        elif "json" in kind:
            json.loads(answer.content)
        else:
            assert kind.split(";")[0] in ("text/csv", "application/atom+xml", "text/plain"), (address, kind)
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert seen, "nothing of the article was shown anywhere"


def _check_page(address: str, page: str) -> bool:
    """Nothing on the page runs that is not ours; gives whether something of the article is on it."""
    assert not set(page) & set(CONTROLS), address
    for element in lxml.html.document_fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "script":
            source = element.get("src")
            data = element.get("type") == "application/json"
            assert data or (source or "").startswith("/static/"), (address, element.text)
        assert element.tag not in ("iframe", "object", "embed", "base"), address
        assert element.tag != "style" and element.get("src") != "x", address
        for name, value in element.attrib.items():
            assert not name.startswith("on") and name != "style", (address, name)
            if name in ("href", "src", "action", "formaction", "hx-get", "hx-post"):
                assert value.split(":")[0].lower() not in ("javascript", "data", "vbscript"), (address, value)
    assert "49" not in page or "{{7*7}}" in page or "spokesman" not in page, address
    return "alert(1)" in page


def test_a_paragraph_of_five_megabytes_is_answered(hostile_ledger: Ledger) -> None:
    browser = TestClient(create_app(hostile_ledger), base_url=HERE)
    long = max(hostile_ledger.article_ids(), key=lambda one: len(hostile_ledger.reading(one).article.text))
    assert len(browser.get(f"/api/v1/articles/{long}").json()["reading"]["article"]["text"]) > 5_000_000
    page = browser.get(f"/articles/{long}")
    assert page.status_code in (200, 404)


# Many at once


@contextmanager
def served(ledger: Ledger) -> Iterator[str]:
    """A real server in a thread; gives its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(ledger), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


def test_fifty_read_while_articles_come_in_and_nobody_sees_an_error(ledger: Ledger, tmp_path: Path) -> None:
    paths = ["/api/v1/events?limit=20", "/api/v1/articles", "/api/v1/events?text=farmers", "/api/v1/changes?limit=50",
             "/api/v1/counts", "/changes.atom"]  # fmt: skip
    begin, done = threading.Barrier(51), threading.Event()

    def read(number: int) -> list[tuple[int, int]]:
        with httpx2.Client(base_url=where, timeout=60) as client:
            begin.wait(30)
            found = []
            for turn in range(4):
                answer = client.get(paths[(number + turn) % len(paths)])
                found.append((answer.status_code, len(answer.content)))
            return found

    def write() -> int:
        with open_ledger(ledger.name) as other:
            begin.wait(30)
            number = 100
            while not done.is_set():
                other.add(story(number))
                number += 1
            return number - 100

    with served(ledger) as where, ThreadPoolExecutor(51) as crowd:
        writing = crowd.submit(write)
        answers = [
            one for reading in [crowd.submit(read, number) for number in range(50)] for one in reading.result(120)
        ]
        done.set()
        written = writing.result(60)
    assert written > 0 and len(answers) == 200
    assert {status for status, _ in answers} == {200} and all(size > 50 for _, size in answers)


# Anything at all


def test_whatever_is_sent_the_server_does_not_break(ledger: Ledger) -> None:
    app = create_app(ledger, hosts=["testserver"])
    browser = TestClient(app, base_url=HERE)
    event = ledger.events(limit=1)[0]
    real = {"event_id": event.id, "record_id": event.id, "article_id": event.article_id, "number": 1}
    headers = {"X-CSRF-Token": csrf(browser), "Cookie": f"onrecord={browser.cookies['onrecord']}"}
    statuses: Counter[int] = Counter()

    def ask(case: Any, known: bool) -> None:
        if known:
            case.path_parameters = {name: real[name] for name in case.path_parameters or {}}
        answer = case.call_and_validate(headers=headers, checks=[not_a_server_error, response_schema_conformance])
        statuses[answer.status_code] += 1

    still = settings(
        max_examples=12, derandomize=True, deadline=None, database=None, suppress_health_check=[*HealthCheck]
    )
    for operation in schemathesis.openapi.from_asgi("/api/v1/openapi.json", app).get_all_operations():
        still(given(case=operation.ok().as_strategy(), known=strategies.booleans())(ask))()
    assert statuses[200] > 50 and statuses[404] and statuses[422]
