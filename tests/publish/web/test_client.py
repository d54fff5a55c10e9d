"""A ledger elsewhere answers as one that lies here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx2
import pytest
from fastapi.testclient import TestClient

from onrecord.ledger import (
    Accounts,
    BadCorrection,
    ChangedMeanwhile,
    Ledger,
    LedgerError,
    LedgerUnavailable,
    NoSuchRecord,
)
from onrecord.publish.client import RemoteLedger, open_remote
from onrecord.records import BadOption


@pytest.fixture
def remote(browser: TestClient) -> Iterator[RemoteLedger]:
    """The small ledger, over HTTP, from a server without accounts."""
    with RemoteLedger(browser, signs=False) as opened:  # type: ignore[arg-type]
        yield opened


def test_it_gives_the_same_answers(remote: RemoteLedger, ledger: Ledger, event_id: str) -> None:
    ledger.reject(ledger.events(limit=5)[4].id, reviewer="Ada", note="a film")
    ledger.accept(ledger.events(limit=5)[4].id, reviewer="Bob")
    assert remote.counts() == ledger.counts()
    assert remote.event(event_id) == ledger.event(event_id)
    article = ledger.event(event_id).article_id
    assert remote.reading(article) == ledger.reading(article)
    assert remote.reviewed(article) == ledger.reviewed(article)
    assert list(remote.changes()) == list(ledger.changes())
    assert list(remote.changes(ledger.moment)) == []
    assert remote.disagreements() == ledger.disagreements()
    for name, asked in (
        ("events", {"status": "planned", "since": "2024-01-01"}),
        ("figures", {"kind": "killed", "limit": 5}),
        ("articles", {"text": "farmers", "limit": 4}),
        ("history", {"reviewer": "Ada"}),
        ("same_events", {"articles": 1, "limit": 5}),
    ):
        here, there = (getattr(one, name)(**asked) for one in (ledger, remote))
        assert (list(there), there.next) == (list(here), here.next) and len(here), name
    assert list(remote.claims("killed", articles=1)) == list(ledger.claims("killed", articles=1))
    same = ledger.same_events(articles=1)[0]
    assert remote.same_event(same.id) == same == remote.same_event(same.reports[0].id)
    ledger.merge(same.id, ledger.same_events(articles=1)[1].id, reviewer="Ada")
    assert remote.decisions() == ledger.decisions() and len(remote.decisions()) == 1


def test_pages_go_on_where_they_stop(remote: RemoteLedger, ledger: Ledger) -> None:
    found, after = [], None
    while True:
        page = remote.events(limit=5, after=after)
        found += page
        after = page.next
        if after is None:
            break
    assert found == list(ledger.events())
    assert len(remote.events().to_pandas()) == 12


def test_it_reviews(remote: RemoteLedger, ledger: Ledger, event_id: str) -> None:
    rejected = remote.reject(event_id, note="a film title")
    assert ledger.corrections() == [rejected]
    remote.undo(rejected.id)
    remote.accept(event_id)
    remote.edit(event_id, "status", "threatened")
    assert ledger.event(event_id).status == "threatened"
    article = ledger.event(event_id).article_id
    event = ledger.reviewed(article).reading.events[0].model_dump(mode="json", exclude={"id", "because"})
    added = remote.add_record(article, "event", {**event, "type": "PROTEST"})
    assert ledger.event(added.record_id).type == "PROTEST"
    one, other = (same.id for same in ledger.same_events(articles=1, limit=2))
    merged = remote.merge(one, other, note="one fight")
    remote.undo_decision(merged.id)
    assert [(one.action, one.by) for one in ledger.decisions()] == [("merge", "local"), ("undo", "local")]
    with pytest.raises(NoSuchRecord, match="0000"):
        remote.split(["0000"])
    with pytest.raises(BadOption, match="local"):
        remote.accept(event_id, reviewer="Ada")


def test_errors_are_those_of_the_ledger(remote: RemoteLedger, event_id: str) -> None:
    with pytest.raises(NoSuchRecord, match=r"event a\?b# c: the ledger has none"):
        remote.event("a?b# c")
    with pytest.raises(BadOption, match="status 'maybe' is not known"):
        remote.events(status="maybe")
    with pytest.raises(BadOption, match="limit"):
        remote.events(limit=0)
    with pytest.raises(BadOption, match="colour"):
        remote.events(colour="red")
    with pytest.raises(BadCorrection, match="a event has"):
        remote.edit(event_id, "colour", "red")
    with pytest.raises(ChangedMeanwhile):
        remote.accept(event_id, seen="something else")


def test_a_token_opens_it_where_people_sign_in(team: Callable[[], TestClient], ledger: Ledger, event_id: str) -> None:
    with pytest.raises(LedgerError, match="Sign in"):
        RemoteLedger(team(), signs=False)  # type: ignore[arg-type]
    browser = team()
    browser.headers["Authorization"] = f"Bearer {Accounts(ledger).token('Victor', by='the test')}"
    remote = RemoteLedger(browser, signs=True)  # type: ignore[arg-type]
    assert remote.accept(event_id, reviewer="Victor").reviewer == "Victor" and not remote.read_only
    browser.headers["Authorization"] = f"Bearer {Accounts(ledger).token('Rita', by='the test')}"
    reader = RemoteLedger(browser, signs=True)  # type: ignore[arg-type]
    assert reader.read_only and len(reader.events()) == 12
    with pytest.raises(LedgerError, match="Rita"):
        reader.reject(event_id)


def test_what_is_no_server_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadOption, match="http://"):
        open_remote("news.db")
    with pytest.raises(LedgerUnavailable, match="nothing answers there"):
        open_remote("http://127.0.0.1:9")
    for answer in (httpx2.Response(200, text="<p>hello"), httpx2.Response(502, text="<p>bad gateway")):
        transport = httpx2.MockTransport(lambda _request, answer=answer: answer)
        with pytest.raises(LedgerUnavailable, match=r"not onrecord|502"):
            RemoteLedger(httpx2.Client(base_url="http://x.example", transport=transport), signs=False)
