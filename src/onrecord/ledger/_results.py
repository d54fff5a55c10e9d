"""What questions to a ledger give: frozen rows that know their article, and tables of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from onrecord.records import BadOption

if TYPE_CHECKING:
    import pandas
    import polars


@dataclass(frozen=True, slots=True)
class FoundParty:
    """A party to an event."""

    id: str
    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    role: str | None


@dataclass(frozen=True, slots=True)
class FoundSource:
    """Who is reported to say so; ``name`` is None when nobody is named or described."""

    statement_id: str
    name: str | None
    country: str | None
    stance: str


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """One event in one article. Its days are of its time, else the day of publication, else empty.

    ``cluster``: the id that it shares with all reports of the same event, which ``articles`` tell of, from
    ``independent_sources``; empty, and none, where a reviewer found it wrong.
    """

    id: str
    article_id: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    status: str
    actors: tuple[FoundParty, ...]
    recipients: tuple[FoundParty, ...]
    place: str | None
    place_country: str | None
    latitude: float | None
    longitude: float | None
    first_day: str
    last_day: str
    sourcing: str
    sources: tuple[FoundSource, ...]
    words: str
    sentence: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    cluster: str
    articles: int
    independent_sources: int
    review: str
    because: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """One count in one article, as one source gives it."""

    id: str
    article_id: str
    kind: str
    low: int | None
    high: int | None
    bound: str
    scope: str
    whom: str | None
    place: str | None
    first_day: str
    last_day: str
    event_id: str | None
    sources: tuple[FoundSource, ...]
    words: str
    sentence: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    review: str
    because: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """One text, with how often it was seen published."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    words: int
    events: int
    sightings: int
    changed_at: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a mirror has to follow. ``action`` is ``changed`` (new or different) or ``deleted``."""

    changed_at: str
    kind: str
    record_id: str
    article_id: str | None
    action: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """An input that could not be read. ``raw`` holds its bytes as far as they were kept; ``whole`` says if all were."""

    id: str
    name: str
    error: str
    seen: str
    remedy: str
    raw: bytes | None
    whole: bool
    changed_at: str


Row = TypeVar("Row")


class Found(Sequence[Row], Generic[Row]):
    """Answers in order. ``next`` goes on where they stop: give it as ``after``; None when there are no more."""

    def __init__(self, rows: Sequence[Row], *, kind: type[Row], next: str | None = None) -> None:
        self._rows = tuple(rows)
        self._kind = kind
        self.next = next

    @property
    def kind(self) -> type[Row]:
        """What each answer is."""
        return self._kind

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __repr__(self) -> str:
        more = ", and more" if self.next else ""
        return f"<{len(self)} × {self._kind.__name__}{more}>"

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas table: one row an answer, parties and sources as names. Needs pandas."""
        frame = _import("pandas")
        made: pandas.DataFrame = frame.DataFrame(self._flat(), columns=self._columns())
        return made

    def to_polars(self) -> polars.DataFrame:
        """A polars table: one row an answer, parties and sources as lists of names. Needs polars."""
        frame = _import("polars")
        made: polars.DataFrame = frame.DataFrame(
            self._flat(), schema=self._columns(), orient="row", infer_schema_length=None
        )
        return made

    def _columns(self) -> list[str]:
        return [one.name for one in fields(self._kind)]  # type: ignore[arg-type]

    def _flat(self) -> list[list[Any]]:
        return [[_plain(getattr(row, name)) for name in self._columns()] for row in self._rows]


def as_dict(row: Any) -> dict[str, Any]:
    """An answer as plain lists and dictionaries, for JSON. Raw bytes are left out."""
    return {key: value for key, value in asdict(row).items() if not isinstance(value, bytes)}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [getattr(one, "name", one) for one in value]
    return value


def _import(name: str) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        raise BadOption(f"{name} is not installed. Install it with `pip install {name}`.") from None
