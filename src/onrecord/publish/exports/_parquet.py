"""Parquet for analysis: a folder with a file each for events, figures, statements and articles; parties are nested."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.publish._extra import needs
from onrecord.publish._view import View
from onrecord.publish.exports._facts import Facts, day_of, lasting
from onrecord.records import Entity, Figure, Reading, Statement, Time, sourcing

_ROWS = 10_000
_ARTICLES = 500
"""So many are kept in memory before they are written as one row group; of articles fewer, for their texts."""
_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Item:
    """A record with its reading, and what its ids stand for."""

    reading: Reading
    record: Any
    facts: Facts | None = None

    def linked(self, name: str, kind: str) -> Any:
        """The record that field ``name`` refers to, one of ``kind``; None when there is none."""
        id_ = getattr(self.record, name)
        return next((one for one in getattr(self.reading, kind) if one.id == id_), None) if id_ else None


@dataclass(frozen=True)
class Field:
    """A column of a Parquet file: its type is one of ``TYPES``."""

    name: str
    type: str
    says: str
    value: Callable[[Item], Any]


TYPES = {
    "text": "a string",
    "texts": "a list of strings",
    "number": "a whole number",
    "decimal": "a decimal number",
    "day": "a date",
    "parties": "a list of id, name, kind, country, sectors, role, key",
    "sources": "a list of statement, speaker, country, stance; nearest first",
}


def _article(name: str) -> Callable[[Item], Any]:
    return lambda i: getattr(i.reading.article, name)


def _place(name: str) -> Callable[[Item], Any]:
    return lambda i: getattr(place, name) if (place := i.linked("place", "places")) else None


def _own(name: str) -> Callable[[Item], Any]:
    return lambda i: getattr(i.record, name)


def _known(name: str) -> Callable[[Item], Any]:
    return lambda i: getattr(i.facts.known, name) if i.facts and i.facts.known else None


def _speaker(name: str, field: str = "speaker") -> Callable[[Item], Any]:
    return lambda i: getattr(party, name) if (party := i.linked(field, "entities")) else None


_FROM = (
    Field("article", "text", "id of the article: the hash of its text", _article("id")),
    Field("published", "day", "day of publication", lambda i: _day(day_of(i.reading.article.published))),
    Field("publisher", "text", "publisher", _article("publisher")),
    Field("url", "text", "address of the article", _article("url")),
)
_WHEN_WHERE = (
    Field("first_day", "day", "first day of the time the text gives", lambda i: _end(i, "start")),
    Field("last_day", "day", "last day of the time the text gives", lambda i: _end(i, "end")),
    Field("time", "text", "the words of the text", lambda i: t.span.text if (t := i.linked("time", "times")) else None),
    Field("place", "text", "the place", _place("name")),
    Field("country", "text", "its country, ISO alpha-3", _place("country")),
    Field("admin1", "text", "its first-order division", _place("admin1")),
    Field("latitude", "decimal", "latitude; of a country's centre where precision says country", _place("latitude")),
    Field("longitude", "decimal", "longitude", _place("longitude")),
    Field("precision", "text", "how exactly the place is known", _place("precision")),
)
_WORDS = (
    Field("sources", "sources", "who says so; empty: the article itself", lambda i: _sources(i)),
    Field("words", "text", "the words that say it", lambda i: i.record.span.text),
    Field("start", "number", "their offset in the article's text", lambda i: i.record.span.start),
    Field("end", "number", "their end", lambda i: i.record.span.end),
    Field("sentence", "text", "the sentence", lambda i: i.record.sentence.text),
    Field("because", "text", "the rules that decided", _own("because")),
)

FILES: Mapping[str, tuple[Field, ...]] = {
    "events": (
        Field("id", "text", "beginning of the article's hash and the event's id in it", lambda i: _id(i)),
        *_FROM,
        Field("type", "text", "PLOVER type, or a type of one's own", lambda i: str(i.record.type)),
        Field("mode", "text", "PLOVER mode", _own("mode")),
        Field("contexts", "texts", "PLOVER contexts", _own("contexts")),
        Field("status", "text", "how real the text says it is", _own("status")),
        Field("actors", "parties", "who did it", lambda i: _parties(i, "actors")),
        Field("recipients", "parties", "to whom", lambda i: _parties(i, "recipients")),
        *_WHEN_WHERE,
        Field("sourcing", "text", "on whose word it stands", lambda i: str(sourcing(i.reading, i.record))),
        *_WORDS,
        Field("cluster", "text", "shared by all reports of one event; null without a ledger", _known("cluster")),
        Field("articles", "number", "articles that tell of it; null without a ledger", _known("articles")),
        Field(
            "independent_sources",
            "number",
            "sources those come from; null without a ledger",
            _known("independent_sources"),
        ),
        Field("review", "text", "what reviewers made of it; null without a ledger", _known("review")),
    ),
    "figures": (
        Field("id", "text", "beginning of the article's hash and the figure's id in it", lambda i: _id(i)),
        Field("event", "text", "id of the event it is tied to", lambda i: _to(i, "event")),
        *_FROM,
        Field("kind", "text", "what was counted", _own("kind")),
        Field("low", "number", "lowest number the text gives", _own("low")),
        Field("high", "number", "highest number the text gives", _own("high")),
        Field("bound", "text", "what the number promises", _own("bound")),
        Field("scope", "text", "what the count covers", _own("scope")),
        Field("currency", "text", "ISO 4217 code of an amount of money", _own("currency")),
        Field("whom", "text", "who was counted", _own("whom")),
        Field("part_of", "text", "id of the figure it is counted within", lambda i: _to(i, "part_of")),
        Field("revises", "text", "id of the figure it takes the place of", lambda i: _to(i, "revises")),
        *_WHEN_WHERE,
        *_WORDS,
    ),
    "statements": (
        Field("id", "text", "beginning of the article's hash and the statement's id in it", lambda i: _id(i)),
        *_FROM,
        Field("speaker", "text", "who said it", _speaker("name")),
        Field("speaker_country", "text", "the speaker's country", _speaker("country")),
        Field("speaker_sectors", "texts", "the speaker's sectors", _speaker("sectors")),
        Field("medium", "text", "the outlet or document it was said in", _speaker("name", "medium")),
        Field("stance", "text", "what the speaker does with the content", _own("stance")),
        Field("style", "text", "whether these are the speaker's own words", _own("style")),
        Field("content", "texts", "what was said, in pieces where the cue splits it", lambda i: _texts(i)),
        Field("cue", "text", "the words that say who speaks", lambda i: i.record.cue.text if i.record.cue else None),
        Field("sources", "sources", "who reports that it was said", lambda i: _sources(i)),
    ),
    "articles": (
        Field("id", "text", "hash of the text", _article("id")),
        Field("title", "text", "title", _article("title")),
        Field("published", "text", "date of publication as the article gives it", _article("published")),
        Field("publisher", "text", "publisher", _article("publisher")),
        Field("url", "text", "address", _article("url")),
        Field("authors", "texts", "authors", _article("authors")),
        Field("language", "text", "language", _article("language")),
        Field("text", "text", "the text that offsets count in", _article("text")),
    ),
}


class ParquetFolder:
    """The four files, open for writing; give it readings with ``add``. Use ``with``.

    Raises
    ------
    BadOption: pyarrow is not installed.
    """

    def __init__(self, folder: Path) -> None:
        self._arrow = needs("pyarrow", "tables")
        self._parquet = needs("pyarrow.parquet", "tables")
        self._schemas = {name: self._schema(fields) for name, fields in FILES.items()}
        self._waiting: dict[str, list[dict[str, Any]]] = {name: [] for name in FILES}
        self._folder = folder
        self._stack = ExitStack()

    def __enter__(self) -> ParquetFolder:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._writers = {
            name: self._stack.enter_context(
                self._parquet.ParquetWriter(self._folder / f"{name}.parquet", schema, compression="zstd")
            )
            for name, schema in self._schemas.items()
        }
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._stack:
            if kind is None:
                for name in FILES:
                    self._flush(name)

    def add(self, reading: Reading, events: list[Facts]) -> None:
        """Put in the article, its figures and statements, and those events of it that are to be written."""
        self._put("articles", Item(reading, reading.article))
        for one in events:
            self._put("events", Item(reading, one.event, one))
        for figure in reading.figures:
            self._put("figures", Item(reading, figure))
        for statement in reading.statements:
            self._put("statements", Item(reading, statement))

    def _put(self, name: str, item: Item) -> None:
        self._waiting[name].append({field.name: _plain(field.value(item)) for field in FILES[name]})
        if len(self._waiting[name]) >= (_ARTICLES if name == "articles" else _ROWS):
            self._flush(name)

    def _flush(self, name: str) -> None:
        table = self._arrow.Table.from_pylist(self._waiting[name], schema=self._schemas[name])
        self._writers[name].write_table(table)
        self._waiting[name] = []

    def _schema(self, fields: tuple[Field, ...]) -> Any:
        a = self._arrow
        text = a.string()
        party = [("id", text), ("name", text), ("kind", text), ("country", text), ("sectors", a.list_(text))]
        source = [("statement", text), ("speaker", text), ("country", text), ("stance", text)]
        types = {
            "text": text,
            "texts": a.list_(text),
            "number": a.int64(),
            "decimal": a.float64(),
            "day": a.date32(),
            "parties": a.list_(a.struct([*party, ("role", text), ("key", text)])),
            "sources": a.list_(a.struct(source)),
        }
        return a.schema([a.field(one.name, types[one.type], metadata={"says": one.says}) for one in fields])


def _id(item: Item) -> str:
    return lasting(item.reading, item.record.id)


def _to(item: Item, name: str) -> str | None:
    id_ = getattr(item.record, name)
    return lasting(item.reading, id_) if id_ else None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None  # a year before 1 or after 9999, which no date type holds; its words stay in `time`


def _end(item: Item, end: str) -> date | None:
    time: Time | None = item.linked("time", "times")
    return _day(getattr(time, end)) if time else None


def _parties(item: Item, side: str) -> list[dict[str, Any]]:
    parties: tuple[Entity, ...] = getattr(item.facts, side)
    names = ("name", "kind", "country", "sectors", "role", "key")
    return [
        {"id": lasting(item.reading, party.id)} | {name: _plain(getattr(party, name)) for name in names}
        for party in parties
    ]


def _sources(item: Item) -> list[dict[str, Any]]:
    record: Figure | Statement = item.record
    statements = {one.id: one for one in item.reading.statements}
    entities = {one.id: one for one in item.reading.entities}
    found = []
    for id_ in record.attribution:
        said = statements[id_]
        speaker = entities.get(said.speaker or "")
        found.append(
            {
                "statement": lasting(item.reading, id_),
                "speaker": View(item.reading).speaker(said) if speaker else None,
                "country": speaker.country if speaker else None,
                "stance": str(said.stance),
            }
        )
    return found


def _texts(item: Item) -> list[str]:
    return [span.text for span in item.record.content]


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, int) and abs(value) > _LARGEST:
        return None  # its words stay in `words`
    return str(value) if isinstance(value, str) else value
