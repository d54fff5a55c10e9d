"""What the API is asked and what it answers. Rows of answers are the ledger's own classes."""

from __future__ import annotations

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from onrecord.ledger import Conflict, FoundEvent, ReportedEvent, Series
from onrecord.records import Reading

Row = TypeVar("Row")

Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", examples=["2024-03-14"])]
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]


def _storable(value: Any) -> Any:
    """Text that every database takes, however deep it lies: no zero characters, no broken halves."""
    if isinstance(value, str):
        if "\x00" in value:
            raise ValueError("text with a zero character cannot be kept")
        value.encode("utf-8")  # a ValueError of its own where half a character is missing
    elif isinstance(value, dict):
        for key, inner in value.items():
            _storable(key), _storable(inner)
    elif isinstance(value, list):
        for inner in value:
            _storable(inner)
    return value


Plain = Annotated[Any, AfterValidator(_storable)]
Line = Annotated[str, AfterValidator(_storable), Field(max_length=2000)]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Paged(_Asked):
    """How much of an answer is wanted."""

    limit: int = Field(100, ge=1, le=1000, description="So many at most.")
    after: str | None = Field(None, max_length=64, description="`next` of the page before.")


class _Within(Paged):
    since: Day | None = Field(None, description="Not before this day.")
    until: Day | None = Field(None, description="Not after this day.")
    text: str | None = Field(None, max_length=300, description='Words of the article, "phrases", OR, -not.')


class EventQuestions(_Within):
    """Which events; all that is given must hold."""

    party: str | None = Field(None, description="Takes part, on either side.")
    actor: str | None = Field(None, description="Acts.")
    recipient: str | None = Field(None, description="Is acted upon.")
    country: str | None = Field(None, description="A party's country, three letters.")
    type: str | None = Field(None, description="What the act is: ASSAULT.")
    status: str | None = Field(None, description="How real: happened, planned …")
    place: str | None = Field(None, description="Where: a name, or three letters for a country.")
    source: str | None = Field(None, description="Who is reported to say so.")
    sourcing: str | None = Field(None, description="On whose word it stands.")
    article: str | None = Field(None, description="The id of one article.")
    rejected: bool = Field(False, description="Also those that a reviewer found wrong.")


class FigureQuestions(_Within):
    """Which figures; all that is given must hold."""

    kind: str | None = Field(None, description="What was counted: killed.")
    source: str | None = Field(None, description="Who is reported to say so.")
    event: str | None = Field(None, description="The id of one event.")
    article: str | None = Field(None, description="The id of one article.")
    rejected: bool = Field(False, description="Also those that a reviewer found wrong.")


class ArticleQuestions(_Within):
    """Which articles, by their words and the day of their publication."""


class SameQuestions(_Within):
    """Which events that several articles tell of; given when one of its reports answers."""

    party: str | None = Field(None, description="Takes part, on either side.")
    country: str | None = Field(None, description="A party's country, three letters.")
    type: str | None = Field(None, description="What the act is: ASSAULT.")
    place: str | None = Field(None, description="Where: a name, or three letters for a country.")
    kind: str | None = Field(None, description="What figures of it count: killed.")
    articles: int = Field(2, ge=1, le=1000, description="At least so many tell of it.")


class ClaimQuestions(SameQuestions):
    """Figures by source over time, of which events; `limit` is how many events."""

    event: str | None = Field(None, description="The id of one event; nothing else is asked then.")


class CorrectionQuestions(Paged):
    """Which corrections, by the days on which they were made."""

    after: str | None = Field(None, max_length=18, description="`next` of the page before.")
    record: str | None = Field(None, description="The id of one record.")
    article: str | None = Field(None, description="The id of one article.")
    reviewer: str | None = Field(None, description="Who made them.")
    since: Day | None = Field(None, description="Not before this day (UTC).")
    until: Day | None = Field(None, description="Not after this day (UTC).")


class ChangeQuestions(_Asked):
    """Which changes."""

    since: str | None = Field(None, max_length=60, description="A day, or the `changed_at` of the last change seen.")
    limit: int = Field(1000, ge=1, le=10_000, description="About so many: changes of one moment are never torn apart.")


class Page(BaseModel, Generic[Row]):
    """A part of an answer. `next` goes on where it stops: give it as `after`; null when there is no more."""

    data: list[Row]
    next: str | None = None


class SameEvent(BaseModel):
    """One event with all its reports, what they disagree on, and the figures of each source over time."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    articles: int
    independent_sources: int
    reports: tuple[ReportedEvent, ...]
    sources: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    figures: tuple[Series, ...]


class EventDetail(BaseModel):
    """An event as one article has it, and every other report of the same event."""

    event: FoundEvent
    same: SameEvent | None = Field(description="null for an event that a reviewer found wrong.")


class ArticleDetail(BaseModel):
    """An article with its records as corrected. `ids` and `reviews` go by the ids that records have in `reading`."""

    reading: Reading
    ids: dict[str, str]
    reviews: dict[str, str]


class SetAside(BaseModel):
    """An input that could not be read."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    error: str
    seen: str
    remedy: str
    whole: bool
    changed_at: str


class Session(BaseModel):
    """Who is asking, and the token that what they change must carry in the header `X-CSRF-Token`."""

    ledger: str
    version: str
    user: str
    role: Literal["reader", "reviewer", "admin"]
    accounts: bool
    read_only: bool
    csrf: str


class _Said(_Asked):
    note: Line | None = Field(None, description="Why.")


class Verdict(_Said):
    """A word on a record."""

    seen: str | None = Field(None, max_length=200, description="Refuse when the record is no longer what was seen.")


class Edit(Verdict):
    """Another value for one field."""

    field: Line
    value: Plain = None


class Addition(_Said):
    """A record that the machine missed, as in the record format, without `id` and `because`."""

    kind: Line
    record: Annotated[dict[str, Any], AfterValidator(_storable)]


class Split(_Said):
    """Reports of one event that are of another."""

    events: list[Line] = Field(min_length=1, max_length=1000, description="The ids of the reports; they stay together.")


class Merge(_Said):
    """Two events that are one, each named by a report or by its own id."""

    id: Line
    other_id: Line


class Undoing(_Said):
    """Taking something back."""
