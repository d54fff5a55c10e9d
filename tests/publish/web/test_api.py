"""The JSON API gives what the ledger gives, page by page, and says what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from onrecord.ledger import Ledger, as_dict
from onrecord.records import Reading
from tests.publish.web.conftest import csrf


def rows(browser: TestClient, path: str, mark: str = "after", **asked: object) -> Iterator[dict[str, object]]:
    """All rows of an answer, page by page."""
    after: dict[str, object] = {}
    while True:
        answer = browser.get(f"/api/v1/{path}", params={**asked, **after})
        assert answer.status_code == 200, answer.text
        yield from answer.json()["data"]
        if answer.json()["next"] is None:
            return
        after = {mark: answer.json()["next"]}


def plain(found: object) -> object:
    """Rows as JSON has them: no tuples."""
    return json.loads(json.dumps([as_dict(one) for one in found]))  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", ["events", "figures", "articles"])
def test_pages_together_are_the_whole_answer_and_nothing_twice(browser: TestClient, ledger: Ledger, path: str) -> None:
    whole = getattr(ledger, path)(limit=1000)
    assert len(whole) == 12
    assert list(rows(browser, path, limit=5)) == plain(whole)
    assert list(rows(browser, path, limit=1000)) == plain(whole)


def test_questions_are_those_of_the_ledger(browser: TestClient, ledger: Ledger) -> None:
    asked = {"party": "red brigade", "status": "planned", "since": "2024-01-01", "text": "farmers"}
    found = list(rows(browser, "events", **asked))
    assert found == plain(ledger.events(**asked)) and len(found) == 3  # type: ignore[arg-type]
    assert list(rows(browser, "figures", kind="killed", until="2024-02-28")) == plain(
        ledger.figures(kind="killed", until="2024-02-28")
    )


def test_changes_come_whole_transactions_at_a_time(browser: TestClient, ledger: Ledger) -> None:
    ledger.forget(ledger.article_ids()[3])
    every = plain(ledger.changes())
    assert list(rows(browser, "changes", mark="since", limit=4)) == every
    first = browser.get("/api/v1/changes", params={"limit": 1}).json()["data"]
    assert len(first) > 1 and len({one["changed_at"] for one in first}) == 1
    since = first[-1]["changed_at"]
    assert len(list(rows(browser, "changes", mark="since", since=since))) == len(every) - len(first)  # type: ignore[arg-type]


def test_an_article_comes_as_it_was_read_and_as_corrected(browser: TestClient, ledger: Ledger, event_id: str) -> None:
    article = ledger.event(event_id).article_id
    reading = browser.get(f"/api/v1/articles/{article}/reading")
    assert Reading.from_json(reading.text) == ledger.reading(article)
    ledger.edit(event_id, "status", "threatened", reviewer="Ada")
    corrected = browser.get(f"/api/v1/articles/{article}").json()
    assert corrected["reading"]["events"][0]["status"] == "threatened"
    assert corrected["ids"][corrected["reading"]["events"][0]["id"]] == event_id
    assert corrected["reviews"] == {"e1": "edited"}
    assert browser.get(f"/api/v1/articles/{article}/reading").json() == reading.json()


def test_an_event_comes_with_every_report_of_it(browser: TestClient, ledger: Ledger, event_id: str) -> None:
    found = browser.get(f"/api/v1/events/{event_id}").json()
    assert found["event"]["id"] == event_id
    assert event_id in [one["id"] for one in found["same"]["reports"]]
    assert found["same"]["articles"] >= 1 and found["same"]["independent_sources"] >= 1
    ledger.reject(event_id, reviewer="Ada")
    assert browser.get(f"/api/v1/events/{event_id}").json()["event"]["review"] == "rejected"


def test_events_that_several_articles_tell_of(browser: TestClient, ledger: Ledger) -> None:
    found = list(rows(browser, "same-events", articles=1, limit=5))
    assert [one["id"] for one in found] == [one.id for one in ledger.same_events(articles=1)]
    assert browser.get(f"/api/v1/same-events/{found[0]['id']}").json() == found[0]
    told = list(rows(browser, "claims", kind="killed", articles=1, limit=5))
    assert [one["event"] for one in told] == [one.event for one in ledger.claims("killed", articles=1)]
    assert told[0]["sources"][0]["steps"][0]["claim"]["kind"] == "killed"  # type: ignore[index]


def test_reports_are_split_and_merged_and_put_back(browser: TestClient, ledger: Ledger) -> None:
    def say(path: str, **said: object) -> dict[str, object]:
        answer = browser.post(f"/api/v1/decisions/{path}", json=said, headers={"X-CSRF-Token": csrf(browser)})
        assert answer.status_code == 200, answer.text
        found: dict[str, object] = answer.json()
        return found

    one, other = (same.reports[0].id for same in ledger.same_events(articles=1, limit=2))
    merged = say("merge", id=one, other_id=other, note="one fight")
    [together] = rows(browser, "same-events")
    assert (together["articles"], merged["by"], merged["note"]) == (2, "local", "one fight")
    split = say("split", events=[other])
    assert list(rows(browser, "same-events")) == []
    say(f"{split['id']}/undo")
    assert len(list(rows(browser, "same-events"))) == 1
    assert [row["action"] for row in rows(browser, "decisions")] == ["merge", "split", "undo"]


def test_what_was_set_aside_is_listed_without_its_bytes(browser: TestClient, ledger: Ledger) -> None:
    from onrecord.ingest import Rejected
    from onrecord.records import InputError

    ledger.set_aside(Rejected("a.pdf", InputError("a.pdf", "it is a PDF", "Make text of it."), raw=b"%PDF\x00"))
    [one] = browser.get("/api/v1/set-aside").json()["data"]
    assert (one["name"], one["seen"], "raw" in one) == ("a.pdf", "it is a PDF", False)


def test_a_correction_is_made_listed_and_taken_back(browser: TestClient, ledger: Ledger, event_id: str) -> None:
    def say(path: str, **said: object) -> dict[str, object]:
        answer = browser.post(f"/api/v1/{path}", json=said, headers={"X-CSRF-Token": csrf(browser)})
        assert answer.status_code == 200, answer.text
        found: dict[str, object] = answer.json()
        return found

    made = say(f"records/{event_id}/reject", note="a film title")
    assert (made["action"], made["reviewer"], made["note"]) == ("reject", "local", "a film title")
    assert event_id not in [one["id"] for one in rows(browser, "events")]
    [listed] = rows(browser, "corrections")
    assert listed["correction"] == made and listed["in_force"]
    say(f"corrections/{made['id']}/undo")
    assert event_id in [one["id"] for one in rows(browser, "events")]
    assert [one["in_force"] for one in rows(browser, "corrections", limit=1)][-1] is False
    say(f"records/{event_id}/accept")
    say(f"records/{event_id}/edit", field="status", value="planned")
    assert ledger.event(event_id).status == "planned"
    article = ledger.event(event_id).article_id
    event = ledger.reviewed(article).reading.events[0].model_dump(mode="json")
    added = say(f"articles/{article}/records", kind="event",
                record={**{k: v for k, v in event.items() if k not in ("id", "because")}, "type": "PROTEST"})  # fmt: skip
    assert ledger.event(str(added["record_id"])).type == "PROTEST"


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("events/0000", 404, "event 0000: the ledger has none with this id"),
        ("articles/0000", 404, "article 0000"),
        ("nothing", 404, "Not Found"),
        ("events?limit=5000", 422, "less than or equal to 1000"),
        ("events?colour=red", 422, "colour"),
        ("events?since=yesterday", 422, "since"),
        ("events?status=maybe", 400, "happened"),
        ("events?text=--", 400, "holds no word"),
        ("events?after=nonsense", 400, "not a mark"),
        ("articles?after=2024/x", 400, "not a mark"),
        ("changes?since=yesterday", 400, "Write a day"),
        ("users", 403, "admin"),
    ],
)
def test_what_is_wrong_is_said_as_a_problem(browser: TestClient, path: str, status: int, says: str) -> None:
    answer = browser.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert problem["status"] == status and problem["title"] and says in str(problem)


def test_a_correction_that_does_not_fit_is_refused_and_nothing_is_kept(
    browser: TestClient, ledger: Ledger, event_id: str
) -> None:
    for said, status in (
        ({"field": "status", "value": "maybe"}, 422),
        ({"field": "colour", "value": "red"}, 422),
        ({"field": "status", "value": "planned", "seen": "something else"}, 409),
        ({"field": "status", "value": "\x00"}, 422),
        ({"field": "mode", "value": {"deep": ["\ud800"]}}, 422),
        ({"field": "status", "value": "planned", "note": "x" * 3000}, 422),
    ):
        headers = {"X-CSRF-Token": csrf(browser), "Content-Type": "application/json"}
        answer = browser.post(f"/api/v1/records/{event_id}/edit", content=json.dumps(said), headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), said
    assert ledger.corrections() == []


def test_an_answer_that_is_known_already_is_not_sent_again(browser: TestClient, ledger: Ledger, event_id: str) -> None:
    first = browser.get("/api/v1/events?limit=3")
    tag = first.headers["etag"]
    again = browser.get("/api/v1/events?limit=3", headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert browser.get("/api/v1/events?limit=4", headers={"If-None-Match": tag}).status_code == 200
    ledger.reject(event_id, reviewer="Ada")
    changed = browser.get("/api/v1/events?limit=3", headers={"If-None-Match": tag})
    assert (changed.status_code, changed.headers["etag"] != tag) == (200, True)


def test_the_feed_tells_what_changed_last(browser: TestClient, ledger: Ledger, event_id: str) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    ledger.reject(event_id, reviewer="Ada")
    answer = browser.get("/changes.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    assert feed.findtext(f"{atom}updated") == ledger.moment
    entries = feed.findall(f"{atom}entry")
    assert len(entries) == 13
    assert entries[0].findtext(f"{atom}summary", "").endswith("event: 1, correction: 1")
    updated = [one.findtext(f"{atom}updated", "") for one in entries]
    assert updated == sorted(updated, reverse=True) and len({one.findtext(f"{atom}id") for one in entries}) == 13
    link = entries[0].find(f"{atom}link")
    assert link is not None and link.get("href") == f"http://127.0.0.1/articles/{ledger.event(event_id).article_id}"
    ledger.forget(ledger.event(event_id).article_id)
    gone = ElementTree.fromstring(browser.get("/changes.atom").content).find(f"{atom}entry")
    assert gone is not None and gone.findtext(f"{atom}title") == "An article was taken out"


def test_the_description_names_every_call_and_the_page_shows_it(browser: TestClient) -> None:
    spec = browser.get("/api/v1/openapi.json").json()
    assert spec["openapi"].startswith("3.1") and "/api/v1/events/{event_id}" in spec["paths"]
    assert all(path.startswith("/api/v1/") for path in spec["paths"])
    page = browser.get("/api/docs")
    assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
    assert all(path in page.text for path in spec["paths"])
    assert all(f'id="{name}"' in page.text for name in spec["components"]["schemas"] if not name.startswith("Page_"))
    assert "`" not in page.text
    assert all(call["description"] for methods in spec["paths"].values() for call in methods.values())


def test_a_ledger_that_may_only_be_read_is_shown_and_not_reviewed(ledger: Ledger, event_id: str) -> None:
    from onrecord.ledger import open_ledger
    from onrecord.publish.web import create_app

    with open_ledger(ledger.name, read_only=True) as shown:
        browser = TestClient(create_app(shown), base_url="http://127.0.0.1")
        assert browser.get("/api/v1/session").json()["read_only"] is True
        assert len(browser.get("/api/v1/events").json()["data"]) == 12
        answer = browser.post(f"/api/v1/records/{event_id}/accept", json={}, headers={"X-CSRF-Token": csrf(browser)})
        assert answer.status_code == 403
    assert ledger.corrections() == []
