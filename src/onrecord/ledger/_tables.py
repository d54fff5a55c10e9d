"""The tables of a ledger. Names follow the record format; docs/ledger.md explains every column."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import DOUBLE_PRECISION, TypeDecorator, TypeEngine

# Byte order on both databases: days, moments and ids must sort alike wherever the server stands.
TEXT = Text().with_variant(Text(collation="C"), "postgresql")
WHOLE = Integer().with_variant(BigInteger(), "postgresql")
NUMBER: TypeEngine[float] = REAL().with_variant(DOUBLE_PRECISION(), "postgresql")
FLAG = Boolean().with_variant(Integer(), "sqlite")  # strict tables know no boolean


class JsonText(TypeDecorator[Any]):
    """A list or object as JSON text: readable in any tool, the same on both databases."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Python to text."""
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        """Text to Python."""
        return None if value is None else json.loads(value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, *parts: Any) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True)


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, TEXT, nullable=null)


def _whole(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, WHOLE, nullable=null)


def _list(name: str) -> Column[Any]:
    return Column(name, JsonText, nullable=False)


def _to(name: str, target: str, *, null: bool = False) -> Column[Any]:
    """A reference; what an article's records refer to goes with the article."""
    return Column(name, TEXT, ForeignKey(target, ondelete="CASCADE"), nullable=null)


def _of_article() -> Column[Any]:
    return _to("article_id", "articles.id")


def _span(prefix: str, *, null: bool = False) -> tuple[Column[int], Column[int], Column[str]]:
    return (
        _whole(f"{prefix}_start", null=null),
        _whole(f"{prefix}_end", null=null),
        _text(f"{prefix}_text", null=null),
    )


def _newest_first(name: str, *columns: Column[Any]) -> None:
    """An index that gives one party's, place's or type's records by day, newest first."""
    *of, record = columns
    Index(name, *of, record.table.c.first_day.desc(), record.desc())


clock = _table(
    "clock",
    Column("id", Integer, CheckConstraint("id = 1", name="one"), primary_key=True, autoincrement=False),
    _text("changed_at"),
)

articles = _table(
    "articles",
    # The full-text index needs a number that stays: an implicit row id may change when a file is vacuumed.
    Column("number", Integer, primary_key=True),
    Column("id", TEXT, nullable=False, unique=True),
    _text("title", null=True),
    _text("url", null=True),
    _text("publisher", null=True),
    _list("authors"),
    _text("published", null=True),
    _text("published_day", null=True),
    _text("retrieved", null=True),
    _text("language"),
    _text("text"),
    _list("repairs"),
    _whole("words"),
    _text("changed_at"),
)
Index("ix_articles_changed_at", articles.c.changed_at)
Index("ix_articles_published_day", articles.c.published_day)

sightings = _table(
    "sightings",
    Column("id", TEXT, primary_key=True),
    _of_article(),
    _text("name"),
    _text("title", null=True),
    _text("url", null=True),
    _text("publisher", null=True),
    _text("published", null=True),
    _text("changed_at"),
)
Index("ix_sightings_article_id", sightings.c.article_id)

readings = _table(
    "readings",
    Column("article_id", TEXT, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    _text("version"),
    _text("json"),
    _text("changed_at"),
)

entities = _table(
    "entities",
    Column("id", TEXT, primary_key=True),
    _of_article(),
    _text("local_id"),
    _text("name"),
    _text("name_folded"),
    _text("kind"),
    _text("country", null=True),
    _list("sectors"),
    _text("role", null=True),
    _text("key", null=True),
    _text("because"),
    _text("review"),
    _text("changed_at"),
)
Index("ix_entities_article_id", entities.c.article_id)
Index("ix_entities_name_folded", entities.c.name_folded, entities.c.key)
Index("ix_entities_key", entities.c.key, entities.c.name_folded)
Index("ix_entities_changed_at", entities.c.changed_at)

places = _table(
    "places",
    Column("id", TEXT, primary_key=True),
    _of_article(),
    _text("local_id"),
    _text("name"),
    _text("name_folded"),
    _text("country", null=True),
    _text("admin1", null=True),
    Column("latitude", NUMBER),
    Column("longitude", NUMBER),
    _text("precision", null=True),
    _text("key", null=True),
    _text("review"),
    _text("changed_at"),
)
Index("ix_places_article_id", places.c.article_id)
Index("ix_places_changed_at", places.c.changed_at)

mentions = _table(
    "mentions",
    Column("id", Integer, primary_key=True),
    _of_article(),
    _to("entity_id", "entities.id", null=True),
    _to("place_id", "places.id", null=True),
    _whole("start"),
    _whole("end"),
    _text("text"),
    _text("form", null=True),
    CheckConstraint("(entity_id IS NULL) <> (place_id IS NULL)", name="of_one"),
)
Index("ix_mentions_entity_id", mentions.c.entity_id)
Index("ix_mentions_place_id", mentions.c.place_id)
Index("ix_mentions_article_id", mentions.c.article_id)

times = _table(
    "times",
    Column("id", TEXT, primary_key=True),
    _of_article(),
    _text("local_id"),
    *_span("span"),
    _text("value"),
    _text("start", null=True),
    _text("end", null=True),
    _text("granularity"),
    Column("anchored", FLAG, nullable=False),
    _text("review"),
    _text("changed_at"),
)
Index("ix_times_article_id", times.c.article_id)
Index("ix_times_changed_at", times.c.changed_at)

statements = _table(
    "statements",
    Column("id", TEXT, primary_key=True),
    _of_article(),
    _text("local_id"),
    _to("speaker_id", "entities.id", null=True),
    _to("medium_id", "entities.id", null=True),
    *_span("cue", null=True),
    _list("content"),
    _text("style"),
    _text("stance"),
    _text("review"),
    _text("changed_at"),
)
Index("ix_statements_article_id", statements.c.article_id)
Index("ix_statements_speaker_id", statements.c.speaker_id)
Index("ix_statements_medium_id", statements.c.medium_id)
Index("ix_statements_changed_at", statements.c.changed_at)

events = _table(
    "events",
    Column("id", TEXT, primary_key=True),
    _of_article(),
    _text("local_id"),
    _text("type"),
    _text("mode", null=True),
    _list("contexts"),
    _text("status"),
    _text("sourcing"),
    _to("place_id", "places.id", null=True),
    _text("place", null=True),
    _text("place_folded", null=True),
    _text("place_country", null=True),
    Column("latitude", NUMBER),
    Column("longitude", NUMBER),
    _to("time_id", "times.id", null=True),
    _text("first_day"),
    _text("last_day"),
    *_span("span"),
    *_span("sentence"),
    _text("because"),
    _text("review"),
    _text("changed_at"),
)
Index("ix_events_article_id", events.c.article_id)
Index("ix_events_place_id", events.c.place_id)
Index("ix_events_time_id", events.c.time_id)
Index("ix_events_changed_at", events.c.changed_at)
_newest_first("ix_events_day", events.c.id)
_newest_first("ix_events_type_day", events.c.type, events.c.id)
_newest_first("ix_events_status_day", events.c.status, events.c.id)
_newest_first("ix_events_sourcing_day", events.c.sourcing, events.c.id)
_newest_first("ix_events_type_status_day", events.c.type, events.c.status, events.c.id)
_newest_first("ix_events_place_day", events.c.place_folded, events.c.id)
_newest_first("ix_events_place_country_day", events.c.place_country, events.c.id)

figures = _table(
    "figures",
    Column("id", TEXT, primary_key=True),
    _of_article(),
    _text("local_id"),
    _text("kind"),
    _whole("low", null=True),
    _whole("high", null=True),
    _text("bound"),
    _text("scope"),
    _text("whom", null=True),
    _to("place_id", "places.id", null=True),
    _to("time_id", "times.id", null=True),
    _to("event_id", "events.id", null=True),
    _text("first_day"),
    _text("last_day"),
    *_span("span"),
    *_span("sentence"),
    _text("because"),
    _text("review"),
    _text("changed_at"),
)
Index("ix_figures_article_id", figures.c.article_id)
Index("ix_figures_place_id", figures.c.place_id)
Index("ix_figures_time_id", figures.c.time_id)
Index("ix_figures_event_id", figures.c.event_id)
Index("ix_figures_changed_at", figures.c.changed_at)
_newest_first("ix_figures_kind_day", figures.c.kind, figures.c.id)

event_parties = _table(
    "event_parties",
    Column("event_id", TEXT, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("side", TEXT, CheckConstraint("side IN ('actor', 'recipient')", name="side"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _of_article(),
    _to("entity_id", "entities.id"),
    _text("name_folded"),
    _text("country", null=True),
    _text("type"),
    _text("status"),
    _text("first_day"),
)
Index("ix_event_parties_article_id", event_parties.c.article_id)
Index("ix_event_parties_entity_id", event_parties.c.entity_id)
_newest_first("ix_event_parties_name_day", event_parties.c.name_folded, event_parties.c.event_id)
_newest_first("ix_event_parties_country_day", event_parties.c.country, event_parties.c.event_id)

attributions = _table(
    "attributions",
    Column("record_id", TEXT, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", TEXT, CheckConstraint("kind IN ('event', 'figure', 'statement')", name="kind"), nullable=False),
    _of_article(),
    _to("statement_id", "statements.id"),
    _text("speaker_folded", null=True),
    _text("first_day"),
)
Index("ix_attributions_article_id", attributions.c.article_id)
Index("ix_attributions_statement_id", attributions.c.statement_id)
_newest_first(
    "ix_attributions_speaker_day", attributions.c.kind, attributions.c.speaker_folded, attributions.c.record_id
)

rejected = _table(
    "rejected",
    Column("id", TEXT, primary_key=True),
    _text("name"),
    _text("error"),
    _text("seen"),
    _text("remedy"),
    Column("raw", LargeBinary),
    Column("whole", FLAG, nullable=False),
    _text("changed_at"),
)
Index("ix_rejected_changed_at", rejected.c.changed_at)

corrections = _table(
    "corrections",
    Column("id", Integer, primary_key=True),
    # No reference: a correction outlives the machine's record, and even the article.
    _text("article_id"),
    _text("record_id"),
    _text("kind"),
    Column(
        "action",
        TEXT,
        CheckConstraint("action IN ('accept', 'reject', 'edit', 'add', 'undo')", name="action"),
        nullable=False,
    ),
    _text("field", null=True),
    Column("value", JsonText),
    Column("record", JsonText),
    Column("undoes", Integer, ForeignKey("corrections.id")),
    _text("reviewer"),
    _text("note", null=True),
    _text("changed_at"),
)
Index("ix_corrections_article_id", corrections.c.article_id)
Index("ix_corrections_record_id", corrections.c.record_id)
Index("ix_corrections_changed_at", corrections.c.changed_at)
# An act is undone once.
Index("uq_corrections_undoes", corrections.c.undoes, unique=True)

deletions = _table(
    "deletions",
    Column("id", Integer, primary_key=True),
    _text("kind"),
    _text("record_id"),
    _text("article_id"),
    _text("changed_at"),
)
Index("ix_deletions_changed_at", deletions.c.changed_at)

FOLLOWED = {
    "article": articles,
    "entity": entities,
    "place": places,
    "time": times,
    "statement": statements,
    "event": events,
    "figure": figures,
}
"""What a mirror can follow, by kind: each row has an id that stays and the moment it last changed."""
