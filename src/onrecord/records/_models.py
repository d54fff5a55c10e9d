"""The record format ``onrecord/1`` as frozen models. Field names are normative: exports and databases use them."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from onrecord.records._dates import check_published
from onrecord.records._enums import (
    Bound,
    EntityKind,
    EventType,
    FigureKind,
    Granularity,
    MentionForm,
    Precision,
    Quad,
    Scope,
    Stance,
    Status,
    Style,
)

FORMAT: Final = "onrecord/1"


class Record(BaseModel):
    """Base of all records: frozen, no unknown fields."""

    # Built at first use: importing the package stays quick.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Span(Record):
    """The words that say it: ``article.text[start:end] == text``, character offsets, end exclusive."""

    start: int = Field(ge=0, description="first character")
    end: int = Field(ge=0, description="one past the last character")
    text: str = Field(description="the words themselves")

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """The span of ``text`` from ``start`` to ``end``."""
        return cls(start=start, end=end, text=text[start:end])

    @model_validator(mode="after")
    def _length_fits(self) -> Self:
        if self.end - self.start != len(self.text) or not self.text:
            raise ValueError(f"span {self.start}..{self.end} does not hold {len(self.text)} characters of text")
        return self


class Mention(Span):
    """One place where an entity is referred to."""

    form: MentionForm


class Article(Record):
    """One article as it was read, after repair. Offsets of every record are into ``text``."""

    id: str = Field(description="sha256 of the text, hexadecimal")
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: Annotated[str | None, Field(description="ISO 8601 date, or date and time with zone")] = None
    retrieved: str | None = None
    language: str = "en"
    text: str
    repairs: tuple[str, ...] = Field(default=(), description="what was mended before offsets were taken")

    @classmethod
    def of(cls, text: str, **fields: Any) -> Self:
        """An article of this text, its ``id`` computed."""
        return cls(id=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), text=text, **fields)

    @model_validator(mode="after")
    def _date_is_a_date(self) -> Self:
        if self.published is not None:
            check_published(self.published)
        return self


class Entity(Record):
    """A party: who acts, is acted upon, or speaks."""

    id: str
    name: str
    kind: EntityKind
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-3, or KOS IGO UNO EUR NGO IMG ISM MNC")
    sectors: tuple[str, ...] = ()
    role: str | None = None
    key: str | None = Field(default=None, description="identity across articles, when the lexicon knows one")
    mentions: tuple[Mention, ...]
    because: str


class Place(Record):
    """A place named in the text; coordinates are null when it could not be resolved."""

    id: str
    name: str
    country: str | None = None
    admin1: str | None = None
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    precision: Precision | None = None
    key: str | None = None
    mentions: tuple[Span, ...]


class Time(Record):
    """A time expression with its TIMEX3 value and, when it can be anchored, its first and last day or moment."""

    id: str
    span: Span
    value: str
    start: str | None = None
    end: str | None = None
    granularity: Granularity
    anchored: bool


OWN_TYPE: Final = r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$"


class OwnType(Record):
    """An event type that no codebook of ours has: a user's frames declare it, with what it means."""

    name: str = Field(pattern=OWN_TYPE, description="upper case, words joined by hyphens: ARMS-TRANSFER")
    meaning: str
    quad: Quad | None = Field(default=None, description="the class of acts it belongs to, when its author said so")


class Event(Record):
    """An act by or on a party. ``type`` is what the act is, ``status`` how real the text says it is."""

    id: str
    type: Annotated[EventType | Annotated[str, Field(pattern=OWN_TYPE)], Field(union_mode="left_to_right")]
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str | None = None
    time: str | None = None
    status: Status
    attribution: tuple[str, ...] = Field(default=(), description="statement ids, nearest first; empty: own voice")
    span: Span
    sentence: Span
    mentions: tuple[Span, ...] = Field(
        default=(), description="other words that tell the same act, in the order of the text"
    )
    because: str


class Statement(Record):
    """Something somebody is reported to have said."""

    id: str
    speaker: str | None = None
    medium: str | None = None
    cue: Span | None = None
    content: tuple[Span, ...] = Field(min_length=1)
    style: Style
    stance: Stance
    attribution: tuple[str, ...] = ()


class Figure(Record):
    """A count of people, or an amount of money, as one source gives it. Never merged with another."""

    id: str
    kind: FigureKind
    low: int | None = None
    high: int | None = None
    bound: Bound
    scope: Scope
    currency: Annotated[
        str | None,
        Field(
            pattern="^[A-Z]{3}$", description="ISO 4217 code of an amount of money, XXX when the words leave it open"
        ),
    ] = None
    whom: str | None = None
    part_of: str | None = Field(default=None, description="figure id: counted within that one, never added to it")
    revises: str | None = Field(default=None, description="figure id: takes the place of that one (to 54 from 51)")
    place: str | None = None
    time: str | None = None
    event: str | None = None
    attribution: tuple[str, ...] = ()
    span: Span
    sentence: Span
    because: str

    @model_validator(mode="after")
    def _money_counts_nobody(self) -> Self:
        if self.currency is not None and self.kind != FigureKind.other:
            raise ValueError(f"figure {self.id}: an amount in {self.currency} is of kind other, not {self.kind}")
        return self


class Reading(Record):
    """Everything one reading of one article found."""

    format: Literal["onrecord/1"] = FORMAT
    article: Article
    entities: tuple[Entity, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    types: tuple[OwnType, ...] = Field(default=(), description="the types of events that are none of PLOVER's")

    _repr_html_: ClassVar[Callable[[Reading], str]]  # for notebooks; set by the package, which can see how to show one

    @model_validator(mode="after")
    def _types_are_declared(self) -> Self:
        declared = {own.name for own in self.types}
        for event in self.events:
            if not isinstance(event.type, EventType) and event.type not in declared:
                raise ValueError(f"event {event.id}: {event.type} is neither a PLOVER type nor declared under types")
        return self

    def to_json(self, *, indent: int | None = None) -> str:
        """The reading as JSON text."""
        return self.model_dump_json(indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The reading in a JSON text written by ``to_json``."""
        return cls.model_validate_json(text)
