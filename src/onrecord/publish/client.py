"""A ledger that another computer serves, asked and reviewed as if it lay here.

    with open_remote("https://ledger.example", token="…") as ledger:
        ledger.events(country="COD", status="happened")
        ledger.reject(record_id, note="a film title")

Needs the extra ``onrecord[serve]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from urllib.parse import quote, urlsplit

from pydantic import TypeAdapter

from onrecord import ledger as errors
from onrecord import records
from onrecord.ledger import (
    Act,
    Change,
    Correction,
    Counts,
    Decision,
    Disagreement,
    Found,
    FoundArticle,
    FoundEvent,
    FoundFigure,
    LedgerError,
    LedgerUnavailable,
    Reviewed,
    SameEvent,
    Series,
)
from onrecord.publish._extra import needs
from onrecord.publish.web._api_models import ArticleDetail, EventDetail, Page, Session
from onrecord.records import BadOption, OnrecordError, Reading

if TYPE_CHECKING:
    from httpx2 import Client, Response

Row = TypeVar("Row")
_SECONDS = 60


def open_remote(url: str, *, token: str | None = None) -> RemoteLedger:
    """A ledger served by ``onrecord serve``.

    Parameters
    ----------
    url: the address of the server: ``http://127.0.0.1:8765``.
    token: made with ``onrecord user token``; needed where people sign in.

    Raises
    ------
    BadOption: no web address, or the extra is not installed.
    LedgerUnavailable: nothing answers there, or not a ledger.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise BadOption(f"{url!r} is no web address. Give one that begins with http:// or https://.")
    headers = {"Accept": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    client = needs("httpx2", "serve").Client(base_url=url.rstrip("/"), headers=headers, timeout=_SECONDS)
    return RemoteLedger(client, signs=token is not None)


class RemoteLedger:
    """An open ledger elsewhere; made by ``open_remote``. What it asks and tells is as for ``onrecord.Ledger``.

    Corrections are made in the name of the account that the token is of; ``reviewer`` may be left out.
    """

    def __init__(self, client: Client, *, signs: bool) -> None:
        self._client = client
        self._signs = signs
        try:
            self.session = self._one(Session, "/session")
        except BaseException:
            client.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<RemoteLedger {self.name}>"

    @property
    def name(self) -> str:
        """Its address and name."""
        return f"{self._client.base_url} ({self.session.ledger})"

    @property
    def read_only(self) -> bool:
        """Whether nothing in it can be changed from here."""
        return self.session.read_only or self.session.role == "reader"

    def close(self) -> None:
        """Give back the connection."""
        self._client.close()

    # Questions

    def counts(self) -> Counts:
        """How much is in."""
        return self._one(Counts, "/counts")

    def events(self, **asked: Any) -> Found[FoundEvent]:
        """Events, newest first; questions as for ``Ledger.events``."""
        return self._page(FoundEvent, "/events", asked)

    def event(self, event_id: str) -> FoundEvent:
        """One event by its id."""
        return self._one(EventDetail, f"/events/{_id(event_id)}").event

    def figures(self, **asked: Any) -> Found[FoundFigure]:
        """Figures, newest first; questions as for ``Ledger.figures``."""
        return self._page(FoundFigure, "/figures", asked)

    def articles(self, **asked: Any) -> Found[FoundArticle]:
        """Articles, newest first; questions as for ``Ledger.articles``."""
        return self._page(FoundArticle, "/articles", asked)

    def same_events(self, **asked: Any) -> Found[SameEvent]:
        """Events that several articles tell of; questions as for ``Ledger.same_events``."""
        return self._page(SameEvent, "/same-events", asked)

    def same_event(self, event_id: str) -> SameEvent:
        """One event with all its reports, by its own id or that of one report."""
        return self._one(SameEvent, f"/same-events/{_id(event_id)}")

    def claims(self, kind: str | None = None, **asked: Any) -> Found[Series]:
        """Figures by source over time; questions as for ``Ledger.claims``."""
        return self._page(Series, "/claims", {"kind": kind, **asked})

    def reading(self, article_id: str) -> Reading:
        """The machine's reading of an article, exactly as it was put in."""
        return Reading.from_json(self._ask("GET", f"/articles/{_id(article_id)}/reading").text)

    def reviewed(self, article_id: str) -> Reviewed:
        """An article's reading with its reviewers' corrections in force."""
        found = self._one(ArticleDetail, f"/articles/{_id(article_id)}")
        return Reviewed(found.reading, found.ids, found.reviews)

    def changes(self, since: str | None = None) -> Iterator[Change]:
        """What changed after ``since`` (a day or moment; everything when None), oldest first, deletions too."""
        mark = since
        while True:
            page = self._page(Change, "/changes", {"since": mark})
            yield from page
            if page.next is None:
                return
            mark = page.next

    def history(self, **asked: Any) -> Found[Act]:
        """What reviewers did, last first; questions as for ``Ledger.history``."""
        return self._page(Act, "/corrections", asked)

    def disagreements(self) -> list[Disagreement]:
        """Records of which reviewers do not say the same."""
        return list(self._page(Disagreement, "/disagreements", {}))

    def decisions(self) -> list[Decision]:
        """Every split, merge and undoing ever decided, oldest first."""
        return list(self._page(Decision, "/decisions", {}))

    # Reviewers

    def accept(
        self, record_id: str, *, reviewer: str | None = None, note: str | None = None, seen: str | None = None
    ) -> Correction:
        """Say that a record is right."""
        return self._tell(f"/records/{_id(record_id)}/accept", {"note": note, "seen": seen}, reviewer, Correction)

    def reject(
        self, record_id: str, *, reviewer: str | None = None, note: str | None = None, seen: str | None = None
    ) -> Correction:
        """Say that a record is wrong: it is left out of answers."""
        return self._tell(f"/records/{_id(record_id)}/reject", {"note": note, "seen": seen}, reviewer, Correction)

    def edit(
        self,
        record_id: str,
        field: str,
        value: Any,
        *,
        reviewer: str | None = None,
        note: str | None = None,
        seen: str | None = None,
    ) -> Correction:
        """Change one field of a record; other records are named by their ids."""
        said = {"field": field, "value": value, "note": note, "seen": seen}
        return self._tell(f"/records/{_id(record_id)}/edit", said, reviewer, Correction)

    def add_record(
        self,
        article_id: str,
        kind: str,
        record: Mapping[str, Any],
        *,
        reviewer: str | None = None,
        note: str | None = None,
    ) -> Correction:
        """Add a record that the machine missed, as in the record format, without ``id`` and ``because``."""
        said = {"kind": kind, "record": dict(record), "note": note}
        return self._tell(f"/articles/{_id(article_id)}/records", said, reviewer, Correction)

    def undo(self, correction_id: int, *, reviewer: str | None = None, note: str | None = None) -> Correction:
        """Take a correction back. Undoing an undoing brings it back."""
        return self._tell(f"/corrections/{correction_id}/undo", {"note": note}, reviewer, Correction)

    def split(self, event_ids: Iterable[str], *, reviewer: str | None = None, note: str | None = None) -> Decision:
        """Say that these reports, taken for the same event as others, are of another; they stay together."""
        return self._tell("/decisions/split", {"events": list(event_ids), "note": note}, reviewer, Decision)

    def merge(self, id: str, other_id: str, *, reviewer: str | None = None, note: str | None = None) -> Decision:
        """Say that two events are one. Either is named by a report or by its cluster."""
        return self._tell("/decisions/merge", {"id": id, "other_id": other_id, "note": note}, reviewer, Decision)

    def undo_decision(self, number: int, *, reviewer: str | None = None, note: str | None = None) -> Decision:
        """Take a split or merge back."""
        return self._tell(f"/decisions/{number}/undo", {"note": note}, reviewer, Decision)

    def _tell(self, path: str, said: dict[str, Any], reviewer: str | None, kind: type[Row]) -> Row:
        if reviewer not in (None, self.session.user):
            raise BadOption(
                f"reviewer {reviewer!r}: this server keeps what you say as {self.session.user!r}. Leave reviewer out."
            )
        # A token says who asks; without one the server's own token says that no other web page does.
        headers = {} if self._signs else {"X-CSRF-Token": self._one(Session, "/session").csrf}
        answer = self._ask("POST", path, json=said, headers=headers)
        return _parsed(kind, answer)

    def _one(self, kind: type[Row], path: str) -> Row:
        return _parsed(kind, self._ask("GET", path))

    def _page(self, kind: type[Row], path: str, asked: Mapping[str, Any]) -> Found[Row]:
        given = {name: value for name, value in asked.items() if value is not None}
        answer = self._ask("GET", path, params=given)
        page = _parsed(Page[kind], answer)  # type: ignore[valid-type]
        return Found(page.data, kind=kind, next=page.next)

    def _ask(self, method: str, path: str, **more: Any) -> Response:
        httpx = needs("httpx2", "serve")
        try:
            answer: Response = self._client.request(method, f"/api/v1{path}", **more)
        except httpx.HTTPError as error:
            raise LedgerUnavailable(
                f"ledger {self._client.base_url}: nothing answers there ({error}). Check the address, and that it runs."
            ) from error
        if not answer.is_success:
            raise _error(answer)
        if "json" not in answer.headers.get("content-type", ""):
            raise LedgerUnavailable(f"ledger {self._client.base_url}: what answers there is not onrecord serve.")
        return answer


def _error(answer: Response) -> OnrecordError:
    """What the server refused, as the error that the ledger itself would have raised."""
    try:
        problem = answer.json()
        kind, detail = problem["type"].rpartition(":")[2], problem["detail"]
        more = "; ".join(f"{one['where']}: {one['what']}" for one in problem["errors"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return LedgerUnavailable(f"ledger {answer.url}: it answers {answer.status_code} {answer.reason_phrase}.")
    known = getattr(errors, kind, None) or getattr(records, kind, None)
    if not (isinstance(known, type) and issubclass(known, OnrecordError)):
        known = BadOption if answer.status_code == 422 else LedgerError
    made: OnrecordError = known(f"{detail} {more}".strip())
    return made


def _parsed(kind: type[Row], answer: Response) -> Row:
    found: Row = _adapter(cast(Any, kind)).validate_json(answer.content)
    return found


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _id(value: str) -> str:
    return quote(value, safe="")
