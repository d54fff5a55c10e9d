"""Reviewing in the browser: every act is kept, can be taken back, and is refused where it must be."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from lxml import html

from onrecord.ledger import Ledger
from onrecord.publish.web._review_form import find_words, sentence_at
from onrecord.publish.web._review_view import excerpt
from onrecord.records import Article, Reading
from tests.ledger.stories import story
from tests.publish.web.conftest import csrf, sign_in

JSON = {"Accept": "application/json"}
PART = {"HX-Request": "true"}


def tree(browser: TestClient, path: str, **asked: str) -> html.HtmlElement:
    """A page of ours."""
    answer = browser.get(path, params=asked or None)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def form_of(page: html.HtmlElement, path: str) -> dict[str, list[str]]:
    """What a form of the page would send."""
    form = page.xpath(path)[0]
    found: dict[str, list[str]] = {}
    for name, value in form.form_values():
        found.setdefault(name, []).append(value)
    return found


def judge(browser: TestClient, page: html.HtmlElement, verdict: str, **more: str) -> str:
    """Press a button of a record's page; gives the address of the next page."""
    record = page.xpath("//*[@data-record]/@data-record")[0]
    sent = {**form_of(page, "//form[@data-act]"), **{name: [value] for name, value in more.items()}}
    answer = browser.post(f"/review/records/{record}/{verdict}", data=sent, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def acts(ledger: Ledger) -> list[tuple[str, str | None, str]]:
    """What reviewers did, oldest first."""
    return [(one.action, one.field, one.reviewer) for one in ledger.corrections()]


def test_a_record_is_shown_in_its_text_with_all_its_fields(browser: TestClient, ledger: Ledger) -> None:
    page = tree(browser, "/review")
    event = ledger.events()[0]
    assert page.xpath("//*[@data-record]/@data-record") == [event.id]
    words = "".join(page.xpath("//*[@data-text]//*[@data-start]/text()"))
    assert words == ledger.reading(event.article_id).article.text
    for role, said in (
        ("trigger", event.words),
        ("actor", event.actors[0].name),
        ("place", event.place),
        ("cue", "said"),
    ):
        assert page.xpath(f"//mark[contains(@class, 'is-{role} ')]/text()") == [said], role
    facts = dict(zip(page.xpath("//dl/dt/text()"), page.xpath("//dl/dd/text()"), strict=False))
    assert facts["What"].strip() == event.type and facts["How real"].strip() == event.status
    assert page.xpath("//*[@aria-live='polite' and @data-said]")
    assert not page.xpath("//script[not(@src)] | //@style | //@*[starts-with(name(), 'on')]")


def test_accept_and_reject_go_on_to_the_next_record(browser: TestClient, ledger: Ledger) -> None:
    order = [one.id for one in ledger.events()]
    first = tree(browser, "/review")
    second = tree(browser, judge(browser, first, "accept"))
    third = tree(browser, judge(browser, second, "reject", note="a film"))
    shown = [page.xpath("//*[@data-record]/@data-record")[0] for page in (first, second, third)]
    assert shown == order[:3]
    assert [(one.action, one.note) for one in ledger.corrections()] == [("accept", None), ("reject", "a film")]
    assert {one.id: one.review for one in ledger.events(rejected=True)}[order[1]] == "rejected"


def test_skip_says_nothing_and_the_queue_s_end_says_what_to_do(browser: TestClient, ledger: Ledger) -> None:
    page, seen = tree(browser, "/review", type="ASSAULT"), []
    while records := page.xpath("//*[@data-record]/@data-record"):
        seen += records
        page = tree(browser, page.xpath("//a[@data-key='s']/@href")[0])
    assert seen == [one.id for one in ledger.events(type="ASSAULT")]
    assert acts(ledger) == []
    assert "Nothing more waits" in page.text_content() and page.xpath("//a[contains(@href, 'type=ASSAULT')]")


def test_the_last_act_is_undone_from_the_next_page_and_any_from_history(browser: TestClient, ledger: Ledger) -> None:
    page = tree(browser, judge(browser, tree(browser, "/review"), "reject"))
    answer = browser.post("/review/undo", data=form_of(page, "//form[@class='undo-last']"), follow_redirects=False)
    assert answer.status_code == 303
    assert acts(ledger) == [("reject", None, "local"), ("undo", None, "local")]
    assert all(one.review == "unreviewed" for one in ledger.events())
    history = tree(browser, "/review/history")
    back = form_of(history, "//tr[td='1']//form")
    assert browser.post("/review/undo", data=back, follow_redirects=False).headers["location"] == "/review/history"
    assert len(ledger.events()) == 11
    assert browser.post("/review/undo", data={"csrf": back["csrf"]}).status_code == 400
    assert browser.post("/review/undo", data={**back, "number": ["99"]}).status_code == 404


def test_the_script_gets_parts_of_pages_and_plain_answers(browser: TestClient, ledger: Ledger) -> None:
    part = browser.get("/review", headers=PART).text
    assert "<html" not in part and "data-next=" in part
    page = html.fromstring(part)
    event = page.xpath("@data-record")[0]
    next_part = browser.get(page.xpath("@data-next")[0], headers=PART).text
    assert ledger.events()[1].id in next_part
    sent = form_of(page, "//form[@data-act]")
    answer = browser.post(f"/review/records/{event}/accept", data=sent, headers=JSON).json()
    assert answer["record"] == event and answer["said"].startswith("Accepted")
    undone = browser.post("/review/undo", data={**sent, "number": answer["numbers"]}, headers=JSON)
    assert undone.status_code == 200 and len(ledger.corrections()) == 2


def save(browser: TestClient, record: str, **changed: str | list[str]) -> tuple[int, dict[str, object]]:
    """Change some fields of the form of a record and send it as the script does."""
    form = form_of(tree(browser, f"/review/records/{record}/edit"), "//form[@data-save]")
    sent = {**form, **{name: value if isinstance(value, list) else [value] for name, value in changed.items()}}
    answer = browser.post(f"/review/records/{record}/edit", data=sent, headers=JSON)
    return answer.status_code, answer.json()


def test_only_what_was_changed_is_kept_all_of_it_or_nothing(browser: TestClient, ledger: Ledger, event_id: str) -> None:
    status, answer = save(browser, event_id)
    assert status == 422 and "Nothing was changed" in answer["problems"][""]  # type: ignore[index]
    status, answer = save(browser, event_id, status="planned", mode="release", contexts="legal, health")
    assert status == 200 and len(answer["numbers"]) == 3  # type: ignore[arg-type]
    event = ledger.events()[0]
    assert (event.status, event.mode, event.contexts) == ("planned", "release", ("legal", "health"))
    status, answer = save(browser, event_id, status="negated", type="WAR", span="no such words")
    assert status == 422 and set(answer["problems"]) == {"type", "span"}  # type: ignore[call-overload]
    assert ledger.events()[0].status == "planned" and len(ledger.corrections()) == 3


def test_parties_place_time_and_source_are_chosen_or_made_of_words(
    browser: TestClient, ledger: Ledger, event_id: str
) -> None:
    event = ledger.events()[0]
    reviewed = ledger.reviewed(event.article_id)
    text, okwir = reviewed.reading.article.text, reviewed.ids["n3"]
    start = text.index("people")
    status, answer = save(
        browser,
        event_id,
        actors=[okwir, ""],
        new_recipients="people",
        new_recipients_at=f"{start}-{start + 6}",
        new_recipients_country="sdn",
        new_place="Report",
        new_place_latitude="1.5",
        new_place_longitude="30",
        new_time="died",
        new_time_first="2024-02-01",
        new_time_last="2024-02-03",
        attribution=[""],
        new_attribution="people died",
        new_attribution_speaker=okwir,
        new_attribution_cue="said",
    )
    assert status == 200, answer
    (event,) = ledger.events(article=event.article_id)
    assert [one.name for one in event.actors] == ["Anna Okwir"]
    assert [(one.name, one.country) for one in event.recipients] == [("farmers", None), ("people", "SDN")]
    assert (event.place, event.latitude, event.first_day, event.last_day) == ("Report", 1.5, "2024-02-01", "2024-02-03")
    assert [one.name for one in event.sources] == ["Anna Okwir"]
    assert event.sources[0].statement_id != reviewed.ids["s1"]
    numbers = answer["numbers"]
    sent = {"csrf": csrf(browser), "number": numbers}
    assert browser.post("/review/undo", data=sent, headers=JSON).status_code == 200
    assert ledger.reviewed(event.article_id).reading == ledger.reading(event.article_id)


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("place", {"new_place": "Leh", "new_place_latitude": "north", "new_place_longitude": "1"}, "degrees"),
        ("place", {"new_place": "died", "new_place_latitude": "1"}, "both"),
        ("place", {"new_place": "died", "new_place_latitude": "95", "new_place_longitude": "1"}, "90"),
        ("time", {"new_time": "died", "new_time_first": "soon"}, "not a day"),
        ("time", {"new_time": "died", "new_time_first": "2024-02-02", "new_time_last": "2024-02-01"}, "before"),
        ("actors", {"new_actors": "died", "new_actors_country": "S1"}, "three letters"),
        ("actors", {"actors": ["nobody"]}, "nobody"),
        ("recipients", {"new_recipients": "nowhere said"}, "does not stand"),
        ("attribution", {"new_attribution": "died", "new_attribution_speaker": "nobody"}, "nobody"),
        ("status", {"status": ""}, "status"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_kept(
    browser: TestClient, ledger: Ledger, event_id: str, field: str, given: dict[str, str], said: str
) -> None:
    status, answer = save(browser, event_id, **given)  # type: ignore[arg-type]
    assert status == 422, answer
    assert list(answer["problems"]) == [field] and said in answer["problems"][field]  # type: ignore[call-overload, index]
    assert ledger.corrections() == []


def test_a_form_that_is_refused_comes_back_as_it_was_filled_in(browser: TestClient, event_id: str) -> None:
    sent = form_of(tree(browser, f"/review/records/{event_id}/edit"), "//form[@data-save]")
    sent |= {"status": ["planned"], "span": ["<b>no</b>"], "new_actors": ["gone"], "note": ["my “note”"]}
    answer = browser.post(f"/review/records/{event_id}/edit", data=sent)
    assert answer.status_code == 422
    page = html.fromstring(answer.text)
    again = form_of(page, "//form[@data-save]")
    assert {name: again[name] for name in sent} == {**sent, "csrf": again["csrf"]}
    assert "does not stand" in page.xpath("//*[@data-problem='span']")[0].text_content()


def test_another_s_change_meanwhile_is_told_and_kept(browser: TestClient, ledger: Ledger, event_id: str) -> None:
    page = tree(browser, "/review")
    form = form_of(tree(browser, f"/review/records/{event_id}/edit"), "//form[@data-save]")
    ledger.edit(event_id, "status", "planned", reviewer="Ben")
    sent = form_of(page, "//form[@data-act]")
    answer = browser.post(f"/review/records/{event_id}/accept", data=sent, headers=JSON)
    assert answer.status_code == 409 and "Ben's" in answer.json()["detail"]
    changed = {**form, "mode": ["visit"]}
    answer = browser.post(f"/review/records/{event_id}/edit", data=changed, headers=JSON)
    assert answer.status_code == 409 and "Ben's" in answer.json()["problems"][""]
    assert acts(ledger) == [("edit", "status", "Ben")]
    again = {**changed, "seen": [answer.json()["seen"]]}
    assert browser.post(f"/review/records/{event_id}/edit", data=again, headers=JSON).status_code == 200
    event = ledger.events()[0]
    assert (event.mode, event.status) == ("visit", "planned")  # the form's old status was not put back


@pytest.mark.parametrize("new", ["event", "figure", "statement"])
def test_what_the_machine_missed_is_added_from_selected_words(browser: TestClient, ledger: Ledger, new: str) -> None:
    article = ledger.articles()[0].id
    text = ledger.reading(article).article.text
    start = text.index("died")
    where = f"/review/articles/{article}/add"
    page = tree(browser, where, new=new, at=f"{start}-{start + 4}", words="died")
    form = form_of(page, "//form[@data-save]")
    refused = browser.post(f"{where}?new={new}", data={**form, "span": [""], "content": [""]}, headers=JSON)
    assert refused.status_code == 422 and {"span", "content"} & set(refused.json()["problems"])
    filled = {
        "event": {"type": ["ASSAULT"], "status": ["happened"]},
        "figure": {"kind": ["killed"], "low": ["1,400"], "bound": ["about"], "scope": ["total"]},
        "statement": {"content": ["people died"], "cue": ["said"], "style": ["indirect"], "stance": ["asserts"]},
    }[new]
    answer = browser.post(f"{where}?new={new}", data={**form, **filled}, headers=JSON)
    assert answer.status_code == 200, answer.text
    sheet = ledger.sheet(answer.json()["record"])
    assert sheet.reviewed.reviews[sheet.record.id] == "added"  # type: ignore[attr-defined]
    if new == "statement":
        assert sheet.record.content[0].text == "people died"  # type: ignore[attr-defined]
    else:
        assert sheet.record.span.text == "died"  # type: ignore[attr-defined]
        assert sheet.record.sentence.text.endswith("people died.")  # type: ignore[attr-defined]
    if new == "figure":
        assert sheet.record.low == 1400  # type: ignore[attr-defined]
    shown = tree(browser, "/review", item=answer.json()["record"], kind=new)
    assert "added" in shown.xpath("//*[@class='review-state']/text()")


def test_figures_and_statements_are_mended_too(browser: TestClient, ledger: Ledger) -> None:
    figure = ledger.figures()[0]
    assert save(browser, figure.id, low="5", high="many")[1] == {
        "problems": {"high": "'many' is not a whole number."},
        "seen": ledger.sheet(figure.id).seen,
    }
    assert save(browser, figure.id, low="5", high="9", bound="range")[0] == 200
    assert (ledger.figures()[0].low, ledger.figures()[0].high) == (5, 9)
    statement = ledger.queue("statement", reviewer="local")[0].id
    assert save(browser, statement, speaker="", stance="denies")[0] == 200
    record = ledger.sheet(statement).record
    assert (record.speaker, record.stance) == (None, "denies")  # type: ignore[attr-defined]


# -------------------------------------------------------------------------------------------------- who may


def test_a_reader_may_look_at_what_was_done_but_not_review(team: Callable[[], TestClient], ledger: Ledger) -> None:
    rita = team()
    sign_in(rita, "Rita")
    event, article = ledger.events()[0].id, ledger.events()[0].article_id
    for path in ("/review/history", "/review/disagreements", "/review/precision"):
        page = rita.get(path)
        assert page.status_code == 200 and "/review/undo" not in page.text
    for path in ("/review", f"/review/records/{event}/edit", f"/review/articles/{article}/add"):
        assert rita.get(path).status_code == 403
    token = {"csrf": csrf(rita)}
    for path in ("accept", "reject", "edit"):
        assert rita.post(f"/review/records/{event}/{path}", data=token).status_code == 403
    assert rita.post(f"/review/articles/{article}/add", data=token).status_code == 403
    assert rita.post("/review/undo", data={**token, "number": "1"}).status_code == 403
    assert ledger.corrections() == []


def test_what_is_done_bears_the_name_of_who_signed_in(team: Callable[[], TestClient], ledger: Ledger) -> None:
    victor = team()
    sign_in(victor, "Victor")
    judge(victor, tree(victor, "/review"), "accept", reviewer="Ada")
    assert acts(ledger) == [("accept", None, "Victor")]


def test_a_post_without_our_token_or_from_elsewhere_is_refused(
    browser: TestClient, ledger: Ledger, event_id: str
) -> None:
    path = f"/review/records/{event_id}/accept"
    assert browser.post(path).status_code == 403
    assert browser.post(path, data={"csrf": "0" * 64}).status_code == 403
    right = {"csrf": csrf(browser)}
    assert browser.post(path, data=right, headers={"Origin": "http://elsewhere.example"}).status_code == 403
    assert browser.post("/review/undo", data={"number": "1"}).status_code == 403
    assert ledger.corrections() == []
    assert browser.post(path, data=right).status_code == 200 and len(ledger.corrections()) == 1


@pytest.mark.parametrize("back", ["//elsewhere.example", "https://elsewhere.example", "/review\\..", "/reviewer", ""])
def test_nobody_is_sent_elsewhere_after_an_act(browser: TestClient, event_id: str, back: str) -> None:
    sent = {"csrf": csrf(browser), "back": back}
    answer = browser.post(f"/review/records/{event_id}/accept", data=sent, follow_redirects=False)
    assert answer.headers["location"].startswith("/review?kind=event")


@pytest.mark.parametrize(
    "query",
    ["order=best", "kind=opinion", "type=war", "after=x", "seed=-1", "waiting=all", "kind=figure&order=sourcing"],
)
def test_a_queue_that_cannot_be_is_said_so_on_the_page(browser: TestClient, query: str) -> None:
    answer = browser.get(f"/review?{query}")
    assert answer.status_code == 400
    assert html.fromstring(answer.text).xpath("//*[@role='alert']/text()")


def test_what_is_no_event_figure_or_statement_is_not_reviewed(browser: TestClient, ledger: Ledger) -> None:
    entity = ledger.reviewed(ledger.article_ids()[0]).ids["n1"]
    assert browser.get(f"/review?item={entity}").status_code == 404
    assert browser.get(f"/review/records/{entity}/edit").status_code == 404
    assert browser.get("/review?item=nothing").status_code == 404


# ----------------------------------------------------------------------------------- the pages beside the queue


def test_disagreements_stand_side_by_side_with_the_agreement(browser: TestClient, ledger: Ledger) -> None:
    assert "No record was judged by two" in tree(browser, "/review/disagreements").text_content()
    first, second = (one.id for one in ledger.events()[:2])
    for reviewer in ("Ada", "Ben"):
        ledger.accept(first, reviewer=reviewer)
    ledger.reject(second, reviewer="Ada", note="<b>never</b>")
    ledger.accept(second, reviewer="Ben")
    ledger.edit(first, "status", "planned", reviewer="Ada")
    ledger.edit(first, "status", "ongoing", reviewer="Ben")
    page = tree(browser, "/review/disagreements")
    text = " ".join(page.text_content().split())
    assert "50 per cent agreement" in text and "over 2 records" in text and "2 records in dispute" in text
    sides = [" ".join(part.text_content().split()) for part in page.xpath("//*[@class='versus']/div")]
    assert any(part.startswith("Ada wrong") and "<b>never</b>" in part for part in sides)
    assert any(part.startswith("Ben ongoing") for part in sides)


def test_precision_is_told_with_what_it_does_not_tell(browser: TestClient, ledger: Ledger) -> None:
    path = "/review?order=random&size=4"
    for verdict in ("accept", "accept", "reject"):
        path = judge(browser, tree(browser, path), verdict)
    page = tree(browser, "/review/precision", size="4")
    text = " ".join(page.text_content().split())
    assert "sample of 4 events" in text and "3 are judged" in text
    assert "67 % (21 to 94)" in text
    assert "1 of the sample is not judged yet" in text and "what the machine missed" in text
    whole = tree(browser, "/review/precision", size="500")
    assert "that is all there are" in " ".join(whole.text_content().split())


# ------------------------------------------------------------------------------------------- words and offsets


def hostile() -> Reading:
    """A reading of a text that a browser would count otherwise, and that would run if it could."""
    machine = story(0)
    text = machine.article.text.replace("Report 0.", "😀\r\n\r<script>alert(1)</script>\u202e 0.\n\n")
    shift = len(text) - len(machine.article.text)

    def moved(value: object) -> object:
        if isinstance(value, dict):
            if {"start", "end", "text"} <= value.keys():
                return {**value, "start": value["start"] + shift, "end": value["end"] + shift}
            return {name: moved(one) for name, one in value.items()}
        return [moved(one) for one in value] if isinstance(value, list) else value

    plain = json.loads(machine.to_json())
    plain = {name: moved(value) if isinstance(value, list) else value for name, value in plain.items()}
    plain["article"] = json.loads(Article.of(text, published="2024-01-01").model_dump_json())
    return Reading.model_validate(plain)


def test_text_is_never_markup_and_keeps_its_offsets(browser: TestClient, ledger: Ledger) -> None:
    reading = hostile()
    ledger.add(reading)
    event = ledger.events(article=reading.article.id)[0].id
    source = browser.get("/review", params={"item": event}).text
    assert "<script>alert" not in source and "&#13;" in source and "\u202e" not in source
    page = html.fromstring(source)
    for piece in page.xpath("//*[@data-start]"):
        start, shown = int(piece.get("data-start")), piece.text_content()
        stored = reading.article.text[start : start + len(shown)]
        assert stored.replace("\u202e", "\N{SYMBOL FOR SUBSTITUTE}") == shown


def test_of_a_long_article_the_part_around_the_record_is_shown(ledger: Ledger) -> None:
    machine = story(0)
    long = machine.article.text + "\n" + "x" * 50_000
    reading = machine.model_copy(update={"article": Article.of(long, published="2024-01-01")})
    found = excerpt(reading, reading.events[0])
    assert found.before == 0 and found.after > 40_000
    assert "".join(piece.text for piece in found.pieces) + long[-found.after :] == long


def test_words_are_found_where_they_were_selected_else_nearest() -> None:
    text = "He left. They left\n early; she  left."
    assert find_words(text, "left", "14-18").start == 14
    assert find_words(text, " left ", "13-19").start == 14
    assert find_words(text, "left", "0-4", near=30).start == text.rindex("left")
    assert find_words(text, "They left early", "").text == "They left\n early"
    for words, at in (("right", ""), ("", ""), ("LEFT", "14-18")):
        with pytest.raises(ValueError):
            find_words(text, words, at)


def test_a_new_record_gets_the_sentence_of_its_words() -> None:
    text = "First here.\nDr. Noor met U.S. envoys in Leh on May 3.5 miles off. “It rained,” she said. Last"
    reading = Reading(article=Article.of(text))
    start = text.index("rained")
    assert sentence_at(reading, start, start + 6).text == "“It rained,” she said."
    assert sentence_at(reading, 0, 5).text == "First here."
    assert sentence_at(reading, len(text) - 4, len(text)).text == "Last"
    across = sentence_at(reading, text.index("off"), text.index("rained") + 6)
    assert text.index("off") >= across.start and across.end >= text.index("rained") + 6


def test_the_address_of_a_queue_can_be_shared(browser: TestClient, ledger: Ledger) -> None:
    query = "kind=event&order=random&seed=4&type=ASSAULT&country=SDN"
    page = tree(browser, f"/review?{query}")
    here = page.xpath("//*[@data-here]/@data-here")[0]
    assert set(re.split("[?&]", here)[1:]) == set(query.split("&"))
    assert page.xpath("//select[@name='type']/option[@selected]/@value") == ["ASSAULT"]
    same = tree(browser, here)
    assert same.xpath("//*[@data-record]/@data-record") == page.xpath("//*[@data-record]/@data-record")
