"""People sign in, may do what their role allows, and what they did is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update
from typer.testing import CliRunner

from onrecord.cli._app import app as commands
from onrecord.ledger import Accounts, Ledger, NoSuchRecord, TooManyTries
from onrecord.ledger import _users as module
from onrecord.ledger._user_tables import sessions, users
from onrecord.records import BadOption
from tests.publish.web.conftest import HERE, PASSWORD, csrf, sign_in

Team = Callable[[], TestClient]


def test_nothing_is_shown_to_somebody_who_has_not_signed_in(team: Team, event_id: str) -> None:
    browser = team()
    page = browser.get("/api/docs?a=1")
    assert (page.status_code, page.headers["location"]) == (303, "/sign-in?next=%2Fapi%2Fdocs%3Fa%3D1")
    for path in ("counts", "events", f"events/{event_id}", "session", "audit", "openapi.json"):
        answer = browser.get(f"/api/v1/{path}")
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer"), path
        assert answer.headers["content-type"] == "application/problem+json"
    assert browser.get("/changes.atom").status_code == 303
    assert browser.get("/sign-in").status_code == browser.get("/static/site.css").status_code == 200
    htmx = browser.get("/api/docs", headers={"HX-Request": "true"})
    assert (htmx.status_code, htmx.headers["hx-redirect"]) == (401, "/sign-in?next=%2Fapi%2Fdocs")


def test_every_address_wants_a_sign_in_first(team: Team) -> None:
    """Whatever pages there are: those that nobody thought of are closed too."""
    from fastapi.routing import iter_route_contexts  # type: ignore[attr-defined,unused-ignore]

    browser = team()
    paths = {one.path for one in iter_route_contexts(browser.app.routes) if getattr(one, "path", None)}  # type: ignore[attr-defined]
    assert "/api/v1/events" in paths
    for path in sorted(paths - {"/sign-in", "/static", "/sign-out"}):
        assert browser.get(path).status_code in (303, 401, 405), path


def test_signing_in_gives_a_new_secret_and_signing_out_ends_it(team: Team) -> None:
    browser = team()
    browser.get("/sign-in")
    before = browser.cookies["onrecord"]
    assert sign_in(browser, "victor") == 303
    secret = browser.cookies["onrecord"]
    assert secret != before
    assert browser.get("/api/v1/session").json()["user"] == "Victor"
    assert browser.post("/sign-out", data={"csrf": csrf(browser)}).status_code == 303
    stolen = team()
    stolen.cookies.set("onrecord", secret)
    assert browser.get("/api/v1/session").status_code == stolen.get("/api/v1/session").status_code == 401


@pytest.mark.parametrize(
    ("name", "password"), [("Victor", "wrong password"), ("Nobody", PASSWORD), ("", ""), ("\x00", "\x00")]
)
def test_what_does_not_fit_is_refused_and_does_not_say_why(team: Team, name: str, password: str) -> None:
    browser = team()
    assert sign_in(browser, name, password) in (401, 422)
    assert browser.get("/api/v1/counts").status_code == 401


@pytest.mark.parametrize(
    "to", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\n/evil"]
)
def test_signing_in_leads_nowhere_else(team: Team, to: str) -> None:
    browser = team()
    token = browser.get("/sign-in").text.split('name="csrf" value="', 1)[1].split('"', 1)[0]
    said = {"name": "Rita", "password": PASSWORD, "csrf": token, "next": to}
    assert browser.post("/sign-in", data=said).headers["location"] == "/"
    assert "evil" not in browser.get("/sign-in", params={"next": to}).text


def test_signing_in_wants_the_token_of_our_own_page(team: Team) -> None:
    browser = team()
    browser.get("/sign-in")
    assert browser.post("/sign-in", data={"name": "Rita", "password": PASSWORD}).status_code == 403


def test_a_reader_reads_and_cannot_review(team: Team, ledger: Ledger, event_id: str) -> None:
    browser = team()
    sign_in(browser, "Rita")
    assert browser.get("/api/v1/events").status_code == 200
    article = ledger.event(event_id).article_id
    for path, said in (
        (f"records/{event_id}/accept", {}),
        (f"records/{event_id}/reject", {}),
        (f"records/{event_id}/edit", {"field": "status", "value": "planned"}),
        (f"articles/{article}/records", {"kind": "event", "record": {}}),
        ("corrections/1/undo", {}),
    ):
        answer = browser.post(f"/api/v1/{path}", json=said, headers={"X-CSRF-Token": csrf(browser)})
        assert answer.status_code == 403 and "Rita" in answer.json()["detail"], path
    assert ledger.corrections() == []
    assert browser.get("/api/v1/audit").status_code == browser.get("/api/v1/users").status_code == 403


def test_a_reviewer_reviews_in_his_own_name(team: Team, ledger: Ledger, event_id: str) -> None:
    browser = team()
    sign_in(browser, "Victor")
    answer = browser.post(f"/api/v1/records/{event_id}/reject", json={}, headers={"X-CSRF-Token": csrf(browser)})
    assert answer.json()["reviewer"] == "Victor" == ledger.corrections()[0].reviewer
    forged = browser.post(
        f"/api/v1/records/{event_id}/accept", json={"reviewer": "Ada"}, headers={"X-CSRF-Token": csrf(browser)}
    )
    assert forged.status_code == 422 and len(ledger.corrections()) == 1


def test_an_admin_sees_who_did_what(team: Team, event_id: str) -> None:
    victor, ada = team(), team()
    sign_in(victor, "Victor", "not the password")
    sign_in(victor, "Victor")
    victor.post(f"/api/v1/records/{event_id}/reject", json={}, headers={"X-CSRF-Token": csrf(victor)})
    sign_in(ada, "Ada")
    deeds = [(one["who"], one["did"], one["to_whom"]) for one in ada.get("/api/v1/audit").json()["data"]]
    assert deeds[:6] == [
        ("Ada", "signed in", "ada"),
        ("Ada", "tried to sign in", "ada"),
        ("Victor", "reject event", event_id),
        ("Victor", "signed in", "victor"),
        ("Victor", "tried to sign in", "victor"),
        ("Victor", "tried to sign in", "victor"),
    ]
    assert [one["name"] for one in ada.get("/api/v1/users").json()["data"]] == ["Ada", "Rita", "Victor"]
    assert "argon2" not in ada.get("/api/v1/users").text


def test_wrong_passwords_are_looked_at_only_so_often(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TRIES_BY_NAME", 3)
    browser = team()
    assert [sign_in(browser, "Victor", f"wrong {n} password") for n in range(4)] == [401, 401, 401, 429]
    assert sign_in(browser, "Victor") == 429  # even the right one
    assert sign_in(browser, "VICTOR ") == 429
    assert sign_in(team(), "Rita") == 303  # others are let in


def test_one_address_cannot_try_many_names(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TRIES_BY_ADDRESS", 3)
    accounts = Accounts(ledger)
    for n in range(3):
        assert accounts.sign_in(f"name {n}", "a wrong password", address="10.0.0.1") is None
    with pytest.raises(TooManyTries, match="minutes"):
        accounts.sign_in("name 9", "a wrong password", address="10.0.0.1")
    assert accounts.sign_in("name 9", "a wrong password", address="10.0.0.2") is None


def test_tries_are_forgiven_with_time_and_by_signing_in(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TRIES_BY_NAME", 2)
    accounts = Accounts(ledger)
    accounts.add("Ada", PASSWORD, by="the test")
    for _ in range(3):  # what fits does not count against the name
        assert accounts.sign_in("Ada", PASSWORD, address=None)
    for _ in range(2):
        accounts.sign_in("Ada", "a wrong password", address=None)
    with pytest.raises(TooManyTries):
        accounts.sign_in("Ada", PASSWORD, address=None)
    monkeypatch.setattr(module, "WINDOW_MINUTES", 0)
    assert accounts.sign_in("Ada", PASSWORD, address=None)


def test_a_session_ends_after_its_time(team: Team, ledger: Ledger) -> None:
    browser = team()
    sign_in(browser, "Rita")
    assert browser.get("/api/v1/counts").status_code == 200
    with ledger._database.turn() as connection:
        connection.execute(update(sessions).values(expires_at="2020-01-01T00:00:00.000000Z"))
    assert browser.get("/api/v1/counts").status_code == 401


def test_who_is_disabled_given_a_new_password_or_role_feels_it_at_once(team: Team, ledger: Ledger) -> None:
    accounts, browser = Accounts(ledger), team()
    sign_in(browser, "Victor")
    accounts.set_role("victor", "reader", by="Ada")
    assert browser.get("/api/v1/session").json()["role"] == "reader"
    accounts.set_password("Victor", "quite another one", by="Ada")
    assert browser.get("/api/v1/session").status_code == 401
    assert (sign_in(browser, "Victor"), sign_in(browser, "Victor", "quite another one")) == (401, 303)
    accounts.disable("Victor", by="Ada")
    assert browser.get("/api/v1/session").status_code == 401
    assert sign_in(browser, "Victor", "quite another one") == 401
    accounts.disable("Victor", by="Ada", undo=True)
    assert sign_in(browser, "Victor", "quite another one") == 303


def test_a_token_acts_in_its_users_name_and_in_no_browser(team: Team, ledger: Ledger, event_id: str) -> None:
    accounts, program = Accounts(ledger), team()
    token = accounts.token("Victor", by="Ada")
    headers = {"Authorization": f"Bearer {token}"}
    assert program.post(f"/api/v1/records/{event_id}/accept", json={}, headers=headers).json()["reviewer"] == "Victor"
    assert program.get("/api/v1/counts", headers={"Authorization": "Bearer nonsense"}).status_code == 401
    program.cookies.set("onrecord", token)
    assert program.get("/api/v1/counts").status_code == 401
    accounts.disable("Victor", by="Ada")
    assert program.get("/api/v1/counts", headers=headers).status_code == 401
    with pytest.raises(NoSuchRecord, match="Mallory"):
        accounts.token("Mallory", by="Ada")


def test_nothing_that_is_stored_lets_anybody_in(team: Team, ledger: Ledger) -> None:
    browser = team()
    sign_in(browser, "Ada")
    token = Accounts(ledger).token("Ada", by="Ada")
    with ledger._database.reading() as connection:
        stored = repr(connection.execute(select(users)).all() + connection.execute(select(sessions)).all())
        hashed = connection.scalars(select(users.c.password)).all()
    assert PASSWORD not in stored and browser.cookies["onrecord"] not in stored and token not in stored
    assert all(one.startswith("$argon2id$") for one in hashed) and len(set(hashed)) == 3


@pytest.mark.parametrize(
    ("name", "password", "role", "says"),
    [
        ("Ada", "short", "reader", "10 to 1000"),
        ("Ada", "x" * 2000, "reader", "10 to 1000"),
        ("", PASSWORD, "reader", "cannot be used"),
        ("A\u202eda", PASSWORD, "reader", "cannot be used"),
        ("A" * 65, PASSWORD, "reader", "cannot be used"),
        ("Ada", PASSWORD, "owner", "reader, reviewer, admin"),
        ("  RITA ", PASSWORD, "reader", "there already"),
    ],
)
def test_an_account_that_cannot_be_is_not_made(ledger: Ledger, name: str, password: str, role: str, says: str) -> None:
    accounts = Accounts(ledger)
    accounts.add("Rita", PASSWORD, by="the test")
    with pytest.raises(BadOption, match=says):
        accounts.add(name, password, role=role, by="the test")
    assert [one.name for one in accounts.list()] == ["Rita"]


def test_accounts_are_looked_after_from_the_command_line(ledger: Ledger) -> None:
    def run(*words: str, typed: str = "") -> str:
        done = CliRunner().invoke(
            commands, ["user", *words, "--ledger", ledger.name], input=typed, catch_exceptions=False
        )
        assert done.exit_code == 0, done.output
        return done.output

    assert run("add", "Ada", "--role", "admin", typed=f"{PASSWORD}\n") == "Ada: admin\n"
    assert run("list").startswith("Ada  admin  since 20")
    run("role", "ada", "reviewer")
    run("password", "Ada", typed="quite another one\n")
    accounts = Accounts(ledger)
    assert accounts.sign_in("Ada", "quite another one", address=None)
    token = run("token", "Ada", "--days", "3").strip()
    found = accounts.who(token, kind="token")
    assert found is not None and (found.name, found.role) == ("Ada", "reviewer")
    run("disable", "Ada")
    assert run("list").endswith("disabled\n")
    run("disable", "Ada", "--undo")
    assert accounts.sign_in("Ada", "quite another one", address=None)
    assert '"did": "made reviewer"' in run("log")


def test_no_ledger_is_made_for_an_account(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        commands, ["user", "add", "Ada", "--ledger", str(tmp_path / "no.db")], input=f"{PASSWORD}\n"
    )
    assert done.exit_code != 0 and "no such file" in str(done.exception)
    assert list(tmp_path.iterdir()) == []


def test_without_accounts_there_is_nothing_to_sign_in_to(browser: TestClient) -> None:
    assert browser.get("/sign-in").status_code == 404
    assert browser.get("/api/v1/users").status_code == 403
    assert HERE in str(browser.base_url)
