"""What a page was asked, as it stands in the address: every view is an address that can be shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from onrecord.ledger import Ledger
from onrecord.publish.web._words import SOURCING, meaning, status_word
from onrecord.records import FigureKind, Sourcing, Status

_LONGEST = 500
PERIODS = {"30": "30 days", "90": "90 days", "365": "a year", "all": "all time"}


@dataclass(frozen=True, slots=True)
class Field:
    """One filter. ``choices`` are values with the words for them; ``more`` hides it behind "More filters"."""

    name: str
    label: str
    kind: Literal["text", "choice", "day", "check"] = "text"
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter, and the address without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of a page that are set."""

    path: str
    fields: tuple[Field, ...]
    values: Mapping[str, str]

    @classmethod
    def of(cls, request: Request, fields: Iterable[Field], path: str) -> Asked:
        """What the address asks for; names that the page does not know are left out."""
        fields = tuple(fields)
        given = {field.name: request.query_params.get(field.name, "").strip()[:_LONGEST] for field in fields}
        return cls(path, fields, {name: value for name, value in given.items() if value})

    def __getitem__(self, name: str) -> str | None:
        return self.values.get(name)

    def only(self, *names: str) -> dict[str, Any]:
        """Those of the filters that are set."""
        return {name: self.values[name] for name in names if name in self.values}

    def url(self, form: str = "", **changes: str | None) -> str:
        """The address of this view with some filters changed; ``form``: ``.json`` or ``.csv``."""
        merged = {**self.values, **changes}
        query = urlencode({name: value for name, value in merged.items() if value})
        return f"{self.path}{form}" + (f"?{query}" if query else "")

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The filters that are set, each to be taken away."""
        return tuple(
            Chip(field.label, self._shown(field), self._without(field.name))
            for field in self.fields
            if field.name in self.values
        )

    @property
    def more_set(self) -> bool:
        """Whether a filter is set that is not shown at first."""
        return any(field.more and field.name in self.values for field in self.fields)

    def _without(self, name: str) -> str:
        # Another page of fewer answers is no page of more: to the first.
        return Asked(self.path, self.fields, {k: v for k, v in self.values.items() if k not in (name, "after")}).url()

    def _shown(self, field: Field) -> str:
        value = self.values[field.name]
        if field.kind == "check":
            return "yes"
        return dict(field.choices).get(value, value)


def tidy(request: Request) -> Response | None:
    """Without its empty filters the address is shorter: the way there, where there are any. Not for htmx."""
    pairs = request.query_params.multi_items()
    if "hx-request" in request.headers or all(value.strip() for _, value in pairs):
        return None
    query = urlencode([(name, value) for name, value in pairs if value.strip()])
    return RedirectResponse(f"{request.url.path}{'?' + query if query else ''}", status_code=303)


def period(ledger: Ledger, asked: Asked, *, default: str) -> tuple[str | None, str | None]:
    """First and last day asked for: ``since`` and ``until``, else ``period`` up to the newest article.

    Days after it are in: what is planned lies ahead.
    """
    since, until = asked["since"], asked["until"]
    if since or until:
        return since, until
    wanted = asked["period"] or default
    newest = ledger.summaries.last_published()
    if wanted not in PERIODS or wanted == "all" or newest is None:
        return None, None
    return (date.fromisoformat(newest) - timedelta(days=int(wanted))).isoformat(), None


def type_field(ledger: Ledger) -> Field:
    """The filter by type, with one's own types."""
    types = tuple((name, f"{name}: {meaning(name)}" if meaning(name) else name) for name in ledger.summaries.types())
    return Field("type", "Type", "choice", types)


STATUS = Field(
    "status", "How real", "choice", tuple((one.value, f"{status_word(one)}: {one.meaning}") for one in Status)
)
REAL = Field("status", "How real", "choice", (("any", "any status"), *STATUS.choices), hint="done or ongoing")
SINCE = Field("since", "From", "day")
UNTIL = Field("until", "To", "day")
TEXT = Field("text", "Words of the article", hint='words, "phrases", OR, -not')
KIND = Field("kind", "Counted", "choice", tuple((one.value, f"{one.value}: {one.meaning}") for one in FigureKind))
_TOLD = tuple((str(number), f"{number} independent sources or more") for number in (2, 3, 5))
_SOURCING = tuple((one.value, SOURCING[one.value]) for one in Sourcing)


def period_field(default: str) -> Field:
    """The filter by period."""
    return Field("period", "Period", "choice", tuple(PERIODS.items()), hint=PERIODS[default])


def event_fields(ledger: Ledger) -> Sequence[Field]:
    """The filters of ``Ledger.events``, all of them."""
    return (
        Field("party", "Party", hint="on either side"),
        type_field(ledger),
        STATUS,
        Field("place", "Place", hint="a name, or COD"),
        SINCE,
        UNTIL,
        TEXT,
        Field("source", "Who says so"),
        Field("actor", "Who did it", more=True),
        Field("recipient", "To whom", more=True),
        Field("country", "Country of a party", hint="three letters", more=True),
        Field("sourcing", "On whose word", "choice", _SOURCING, more=True),
        Field("sources", "Told by", "choice", _TOLD, more=True),
        Field("article", "Article", hint="its id", more=True),
        Field("rejected", "With those found wrong", "check", more=True),
    )
