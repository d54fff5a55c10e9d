"""A ledger: many articles, one memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import func, select

from onrecord.ingest import Rejected
from onrecord.ledger import _queries as queries
from onrecord.ledger import _review as reviews
from onrecord.ledger import _store as store
from onrecord.ledger import _tables as t
from onrecord.ledger._changes import changes, since_moment
from onrecord.ledger._compare import SameEvent, same_events
from onrecord.ledger._corrections import Correction, Disagreement, disagreements, in_force
from onrecord.ledger._engine import Database
from onrecord.ledger._errors import NoSuchRecord
from onrecord.ledger._gold import gold
from onrecord.ledger._migrate import bring_up_to_date
from onrecord.ledger._results import Change, Found, FoundArticle, FoundEvent, FoundFigure, SetAside
from onrecord.ledger._series import Series
from onrecord.ledger._store import Kept
from onrecord.records import Article, BadOption, FigureKind, Reading

if TYPE_CHECKING:
    from onrecord.ledger._corrections import Reviewed


_ALL = 1_000_000_000


def open_ledger(where: str | Path, *, read_only: bool = False) -> Ledger:
    """Open a ledger, or create it.

    Parameters
    ----------
    where: a file, or an address such as ``postgresql+psycopg://user@host/database``.
    read_only: never write to it, not even to create or upgrade it.

    Raises
    ------
    LedgerError: it cannot be used; the message says why and what to do.
    """
    database = Database(where, read_only=read_only)
    try:
        bring_up_to_date(database)
    except BaseException:
        database.close()
        raise
    return Ledger(database)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a ledger holds."""

    articles: int
    sightings: int
    events: int
    statements: int
    figures: int
    rejected: int
    corrections: int


class Ledger:
    """An open ledger; made by ``open_ledger``. Give it back with ``close``, or use ``with``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Ledger {self.name}>"

    @property
    def name(self) -> str:
        """The file or address, without a password."""
        return self._database.name

    def close(self) -> None:
        """Give back its connections."""
        self._database.close()

    # Articles in and out

    def add(self, reading: Reading, *, name: str | None = None, read_again: bool = False) -> Kept:
        """Put a reading in, whole or not at all.

        Parameters
        ----------
        name: where it came from; the article's address when None.
        read_again: when the text is already in, let this reading replace the machine's records. Corrections stay.
        """
        where = name or reading.article.url or reading.article.id
        with self._database.writing() as writing:
            return store.put(writing, reading, name=where, version=version("onrecord"), read_again=read_again)

    def see_again(self, article: Article, *, name: str) -> Kept:
        """Note that a text which is already in was published elsewhere too."""
        with self._database.writing() as writing:
            return store.see_again(writing, article, name=name)

    def set_aside(self, rejected: Rejected) -> bool:
        """Keep what could not be read, with the reason and its bytes; False when it is already kept."""
        with self._database.writing() as writing:
            return store.set_aside(writing, rejected)

    def forget(self, article_id: str) -> None:
        """Take an article out with all its records. What reviewers said of it is kept.

        Raises
        ------
        NoSuchRecord: an id that the ledger does not know.
        """
        with self._database.writing() as writing:
            if not store.forget(writing, article_id):
                raise NoSuchRecord(f"article {article_id}: the ledger has none with this id.")

    def knows(self, article: Article) -> bool:
        """Whether this publication of this text is in."""
        with self._database.reading() as connection:
            return store.known(connection, article)

    def has_text(self, article: Article) -> bool:
        """Whether an article with these very words is in, published here or elsewhere."""
        with self._database.reading() as connection:
            return store.has_text(connection, article.id)

    # Whole readings

    def reading(self, article_id: str) -> Reading:
        """The machine's reading of an article, exactly as it was put in.

        Raises
        ------
        NoSuchRecord: an id that the ledger does not know.
        """
        with self._database.reading() as connection:
            found = store.stored_reading(connection, article_id)
        if found is None:
            raise NoSuchRecord(f"article {article_id}: the ledger has none with this id.")
        return found

    def reviewed(self, article_id: str) -> Reviewed:
        """An article's reading with its reviewers' corrections in force."""
        with self._database.reading() as connection:
            return reviews.reviewed_article(connection, article_id)

    def article_ids(self) -> list[str]:
        """The ids of all articles, in the order in which they came."""
        with self._database.reading() as connection:
            return list(connection.scalars(select(t.articles.c.id).order_by(t.articles.c.number)))

    # Questions

    def events(
        self,
        *,
        party: str | None = None,
        actor: str | None = None,
        recipient: str | None = None,
        country: str | None = None,
        type: str | None = None,
        status: str | None = None,
        place: str | None = None,
        since: str | None = None,
        until: str | None = None,
        source: str | None = None,
        sourcing: str | None = None,
        text: str | None = None,
        article: str | None = None,
        rejected: bool = False,
        limit: int = 100,
        after: str | None = None,
    ) -> Found[FoundEvent]:
        """Events, newest first.

        Parameters
        ----------
        party: takes part, on either side; ``actor`` and ``recipient`` on one. A name as the ledger has it, in any case.
        country: of a party, as three letters.
        place: a name, or three letters for everything in a country.
        since, until: days within which the event's first day lies.
        source: who is reported to say so.
        sourcing: on whose word it stands, one of ``onrecord.records.Sourcing``.
        text: words of the article, "phrases", OR, -not.
        article: the id of one article.
        rejected: also those that a reviewer found wrong.
        after: ``next`` of the page before.
        """
        asked = queries.EventFilter(
            party,
            actor,
            recipient,
            country,
            type,
            status,
            place,
            since,
            until,
            source,
            sourcing,
            text,
            article,
            rejected,
        )
        with self._database.reading() as connection:
            ids, mark = queries.event_page(connection, asked, limit=limit, after=after)
            return Found(queries.fetch_events(connection, ids), kind=FoundEvent, next=mark)

    def figures(
        self,
        *,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        source: str | None = None,
        event: str | None = None,
        text: str | None = None,
        article: str | None = None,
        rejected: bool = False,
        limit: int = 100,
        after: str | None = None,
    ) -> Found[FoundFigure]:
        """Figures, newest first, each as its source gives it; options as for ``events``."""
        asked = queries.FigureFilter(kind, since, until, source, event, text, article, rejected)
        with self._database.reading() as connection:
            ids, mark = queries.figure_page(connection, asked, limit=limit, after=after)
            return Found(queries.fetch_figures(connection, ids), kind=FoundFigure, next=mark)

    def articles(
        self, *, text: str | None = None, since: str | None = None, until: str | None = None, limit: int = 100
    ) -> Found[FoundArticle]:
        """Articles, newest first; ``text`` looks through titles and texts, ``since`` and ``until`` at publication."""
        with self._database.reading() as connection:
            found = queries.find_articles(connection, text=text, since=since, until=until, limit=limit)
        return Found(found, kind=FoundArticle)

    def same_events(
        self,
        *,
        party: str | None = None,
        country: str | None = None,
        type: str | None = None,
        place: str | None = None,
        since: str | None = None,
        until: str | None = None,
        text: str | None = None,
        articles: int = 2,
    ) -> tuple[SameEvent, ...]:
        """Events that two or more articles tell of, reported last first, with conflicts and figures by source.

        All articles are compared on every call and nothing is kept: for ledgers of up to some thousands of articles.
        With questions, as for ``events``, an event is given when one of its reports answers them, and with all of its
        reports.

        Parameters
        ----------
        articles: at least so many tell of it; 1 gives every event.
        """
        asked = queries.EventFilter(
            party=party, country=country, type=type, place=place, since=since, until=until, text=text
        )
        newest_last = select(t.articles.c.id).order_by(func.coalesce(t.articles.c.published, ""), t.articles.c.id)
        with self._database.reading() as connection:
            wanted = None
            if asked != queries.EventFilter():
                wanted = set(queries.event_page(connection, asked, limit=_ALL, after=None)[0])
            ids = connection.scalars(newest_last).all()
            found = same_events(reviews.reviewed_article(connection, one) for one in ids)
        return tuple(
            event
            for event in found
            if event.articles >= articles
            and (wanted is None or not wanted.isdisjoint(report.id for report in event.reports))
        )

    def claims(
        self,
        kind: str | None = None,
        *,
        party: str | None = None,
        country: str | None = None,
        type: str | None = None,
        place: str | None = None,
        since: str | None = None,
        until: str | None = None,
        text: str | None = None,
        articles: int = 2,
    ) -> tuple[Series, ...]:
        """Figures by source over time, of each event that ``same_events`` gives for the same questions.

        Parameters
        ----------
        kind: what was counted: ``killed``; everything when None.
        """
        if kind is not None and kind not in list(FigureKind):
            raise BadOption(f"kind {kind!r} is not known. Use one of {', '.join(FigureKind)}.")
        found = self.same_events(
            party=party,
            country=country,
            type=type,
            place=place,
            since=since,
            until=until,
            text=text,
            articles=articles,
        )
        return tuple(one for event in found for one in event.figures if kind in (None, one.kind))

    def rejected(self) -> Iterator[SetAside]:
        """Inputs that were set aside, oldest first."""
        with self._database.reading() as connection:
            query = select(t.rejected).order_by(t.rejected.c.changed_at, t.rejected.c.id)
            for row in connection.execute(query, execution_options={"yield_per": 20}):
                yield SetAside(**{**row._mapping, "whole": bool(row.whole)})

    def changes(self, since: str | None = None) -> Iterator[Change]:
        """What changed after ``since`` (a day or moment; everything when None), oldest first, deletions too."""
        start = since_moment(since) if since is not None else None
        with self._database.reading() as connection:
            yield from changes(connection, start)

    def counts(self) -> Counts:
        """How much is in."""
        tables = (t.articles, t.sightings, t.events, t.statements, t.figures, t.rejected, t.corrections)
        with self._database.reading() as connection:
            return Counts(*(connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables))

    # Reviewers

    def accept(self, record_id: str, *, reviewer: str, note: str | None = None) -> Correction:
        """Say that a record is right."""
        with self._database.writing() as writing:
            return reviews.correct(writing, "accept", record_id, reviewer=reviewer, note=note)

    def reject(self, record_id: str, *, reviewer: str, note: str | None = None) -> Correction:
        """Say that a record is wrong: it is left out of answers."""
        with self._database.writing() as writing:
            return reviews.correct(writing, "reject", record_id, reviewer=reviewer, note=note)

    def edit(self, record_id: str, field: str, value: Any, *, reviewer: str, note: str | None = None) -> Correction:
        """Change one field of a record; other records are named by their ids.

        Raises
        ------
        BadCorrection: a field the record has not, or a value that does not fit it.
        """
        with self._database.writing() as writing:
            return reviews.correct(writing, "edit", record_id, reviewer=reviewer, field=field, value=value, note=note)

    def add_record(
        self, article_id: str, kind: str, record: Mapping[str, Any], *, reviewer: str, note: str | None = None
    ) -> Correction:
        """Add a record that the machine missed, as in the record format, without ``id`` and ``because``."""
        with self._database.writing() as writing:
            return reviews.add(writing, article_id, kind, record, reviewer=reviewer, note=note)

    def undo(self, correction_id: int, *, reviewer: str, note: str | None = None) -> Correction:
        """Take a correction back. Undoing an undoing brings it back."""
        with self._database.writing() as writing:
            return reviews.undo(writing, correction_id, reviewer=reviewer, note=note)

    def corrections(self, *, in_force_only: bool = False) -> list[Correction]:
        """Every correction ever made, oldest first; or those that are not undone."""
        with self._database.reading() as connection:
            rows = connection.execute(select(t.corrections).order_by(t.corrections.c.id)).all()
        found = [Correction(**row._mapping) for row in rows]
        return in_force(found) if in_force_only else found

    def gold(self) -> Iterator[dict[str, Any]]:
        """What reviewers found right or wrong, as annotation: one object an article that has corrections in force."""
        reviewed = {one.article_id: None for one in self.corrections(in_force_only=True)}
        for article_id in reviewed:
            try:
                yield gold(self.reviewed(article_id))
            except NoSuchRecord:
                continue  # the article was taken out

    def disagreements(self) -> list[Disagreement]:
        """Records of which reviewers do not say the same."""
        return disagreements(self.corrections())
