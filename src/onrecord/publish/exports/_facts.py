"""An event with everything its ids stand for, ready to be written as one row of any format."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from onrecord.publish._view import View
from onrecord.records import Entity, Event, Figure, FigureKind, Place, Reading, Record, Statement, Time, published_day

_DAYS = ("minute", "hour", "part_of_day", "day")


@dataclass(frozen=True)
class Known:
    """What a ledger knows of an event beyond its article.

    ``cluster`` is shared by all reports of one event, ``articles`` tell of it, from ``independent_sources``; ``review``
    is what reviewers made of the record (``onrecord.ledger.REVIEWS``).
    """

    cluster: str
    articles: int
    independent_sources: int
    review: str


@dataclass(frozen=True)
class FromLedger:
    """A reading as a ledger has it: what it knows of each event, and which records reviewers found wrong.

    Both go by the records' ids in the reading.
    """

    reading: Reading
    known: Mapping[str, Known] = field(default_factory=dict)
    wrong: Set[str] = frozenset()

    @property
    def right(self) -> Reading:
        """The reading without what reviewers found wrong, and without mention of it in the records that stay."""
        if not self.wrong:
            return self.reading
        return self.reading.model_copy(
            update={kind: tuple(self._cleared(getattr(self.reading, kind))) for kind in _REVIEWED}
        )

    def _cleared(self, records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            if getattr(record, "id", "") in self.wrong:
                continue
            changed: dict[str, object] = {}
            for name in _MAY_NAME:
                value = getattr(record, name, None)
                if isinstance(value, tuple) and not self.wrong.isdisjoint(value):
                    changed[name] = tuple(id_ for id_ in value if id_ not in self.wrong)
                elif isinstance(value, str) and value in self.wrong:
                    changed[name] = None
            yield record.model_copy(update=changed) if changed else record


_REVIEWED = ("events", "statements", "figures")
_MAY_NAME = ("attribution", "event", "part_of", "revises")


@dataclass(frozen=True)
class Facts:
    """One event of one reading."""

    reading: Reading
    event: Event
    actors: tuple[Entity, ...]
    recipients: tuple[Entity, ...]
    place: Place | None
    time: Time | None
    figures: tuple[Figure, ...]
    statements: tuple[Statement, ...]
    """The chain of who said it, nearest first."""
    known: Known | None = None

    @property
    def id(self) -> str:
        """Unique among all articles: the beginning of the article's hash, and the event's id in it."""
        return lasting(self.reading, self.event.id)

    @property
    def published(self) -> str:
        """Day of publication, or nothing."""
        return day_of(self.reading.article.published)

    @property
    def day(self) -> str:
        """The one day the text gives for the act, or nothing."""
        if self.time is None or self.time.start is None or self.time.granularity not in _DAYS:
            return ""
        start, end = self.time.start[:10], (self.time.end or self.time.start)[:10]
        return start if start == end else ""

    @property
    def date(self) -> str:
        """The first day of the time the text gives, else the day of publication, else nothing."""
        if self.time is not None and self.time.start is not None:
            return self.time.start[:10]
        return self.published

    @property
    def sentence(self) -> str:
        """The sentence on one line."""
        return " ".join(self.event.sentence.text.split())

    @property
    def source(self) -> str:
        """According to whom, in words; nothing for the article's own voice."""
        return View(self.reading).source(self.event.attribution, own="").removeprefix("according to ")

    def number_of(self, kind: FigureKind) -> int | None:
        """The number of killed, injured … if all claims tied to the event agree on one exact number, else None."""
        claims = [figure for figure in self.figures if figure.kind == kind and figure.part_of is None]
        numbers = {figure.low if figure.bound == "exact" else None for figure in claims}
        return numbers.pop() if len(numbers) == 1 else None

    def claims(self) -> str:
        """Every figure tied to the event as its source gives it."""
        view = View(self.reading)
        said = []
        for figure in self.figures:
            said.append(f"{view.amount(figure)} {figure.kind} ({view.source(figure.attribution, own='unattributed')})")
        return "; ".join(said)


def lasting(reading: Reading, id_: str) -> str:
    """An id of a record that is unique among all articles: e1 of one is another than e1 of the next."""
    return f"{reading.article.id[:16]}-{id_}"


def facts(readings: Iterable[Reading | FromLedger]) -> Iterator[Facts]:
    """Every event of every reading, in order."""
    for given in readings:
        reading, known = (given.right, given.known) if isinstance(given, FromLedger) else (given, {})
        entities = {item.id: item for item in reading.entities}
        places = {item.id: item for item in reading.places}
        times = {item.id: item for item in reading.times}
        statements = {item.id: item for item in reading.statements}
        for event in reading.events:
            yield Facts(
                reading=reading,
                event=event,
                actors=tuple(entities[i] for i in event.actors),
                recipients=tuple(entities[i] for i in event.recipients),
                place=places[event.place] if event.place else None,
                time=times[event.time] if event.time else None,
                figures=tuple(figure for figure in reading.figures if figure.event == event.id),
                statements=tuple(statements[i] for i in event.attribution),
                known=known.get(event.id),
            )


def day_of(published: str | None) -> str:
    """The calendar day of a publication date, or nothing."""
    day = published_day(published) if published else None
    return day.isoformat() if day else ""


@dataclass(frozen=True)
class Codes:
    """What other lists call a country."""

    alpha2: str = ""
    numeric: str = ""
    fips: str = ""
    name: str = ""


def codes(country: str | None) -> Codes:
    """The codes of a country given as ISO alpha-3; empty ones for bodies (UNO, NGO …) and for none."""
    return _codes().get(country or "", Codes())


@cache
def _codes() -> dict[str, Codes]:
    text = (files("onrecord.publish.exports") / "data" / "countries.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["alpha3"]: Codes(row["alpha2"], row["numeric"], row["fips"], row["name"]) for row in rows}
