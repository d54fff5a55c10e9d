"""A ledger: many articles, one memory."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sqlalchemy import func, select

from onrecord.ingest import Rejected
from onrecord.ledger import _queries as queries
from onrecord.ledger import _review as reviews
from onrecord.ledger import _store as store
from onrecord.ledger import _tables as t
from onrecord.ledger._changes import changes, since_moment
from onrecord.ledger._comparing import Comparing
from onrecord.ledger._engine import Database
from onrecord.ledger._errors import NoSuchRecord
from onrecord.ledger._migrate import bring_up_to_date
from onrecord.ledger._results import Change, Found, FoundArticle, FoundEvent, FoundFigure, SetAside
from onrecord.ledger._reviewing import Reviewing
from onrecord.ledger._store import Kept
from onrecord.ledger._summaries import Summaries
from onrecord.records import Article, Reading

if TYPE_CHECKING:
    from onrecord.ledger._corrections import Reviewed


@cache
def _version() -> str:
    """The program's; looked up once, for it is read from a file."""
    return version("onrecord")


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


class Ledger(Reviewing, Comparing):
    """An open ledger; made by ``open_ledger``. Give it back with ``close``, or use ``with``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.summaries = Summaries(database)
        """What it holds at a glance: volume, sources, network, places."""

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

    @property
    def read_only(self) -> bool:
        """Whether it was opened to be read only."""
        return self._database.read_only

    @property
    def moment(self) -> str:
        """When it last changed: as long as this stays, every answer stays."""
        with self._database.reading() as connection:
            moment: str = connection.execute(select(t.clock.c.changed_at)).scalar_one()
        return moment

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
            return store.put(writing, reading, name=where, version=_version(), read_again=read_again)

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

    def addresses(self) -> set[str]:
        """The web addresses of all that is in, also those that led there."""
        with self._database.reading() as connection:
            return store.addresses(connection)

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
        sources: int = 1,
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
        sources: at least so many independent sources tell of the event; more than one leaves the wrong ones out.
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
            sources,
        )
        with self._database.reading() as connection:
            ids, mark = queries.event_page(connection, asked, limit=limit, after=after)
            return Found(queries.fetch_events(connection, ids), kind=FoundEvent, next=mark)

    def event(self, event_id: str) -> FoundEvent:
        """One event by its id, also one that a reviewer found wrong.

        Raises
        ------
        NoSuchRecord: an id that the ledger does not know.
        """
        with self._database.reading() as connection:
            found = queries.fetch_events(connection, [event_id])
        if not found:
            raise NoSuchRecord(f"event {event_id}: the ledger has none with this id.")
        return found[0]

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
        self,
        *,
        text: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 100,
        after: str | None = None,
    ) -> Found[FoundArticle]:
        """Articles, newest first; ``text`` looks through titles and texts, ``since`` and ``until`` at publication."""
        with self._database.reading() as connection:
            return queries.find_articles(connection, text=text, since=since, until=until, limit=limit, after=after)

    def rejected(self) -> Generator[SetAside, None, None]:
        """Inputs that were set aside, oldest first."""
        with self._database.reading() as connection:
            query = select(t.rejected).order_by(t.rejected.c.changed_at, t.rejected.c.id)
            for row in connection.execute(query, execution_options={"yield_per": 20}):
                yield SetAside(**{**row._mapping, "whole": bool(row.whole)})

    def changes(self, since: str | None = None) -> Generator[Change, None, None]:
        """What changed after ``since`` (a day or moment; everything when None), oldest first, deletions too."""
        start = since_moment(since) if since is not None else None
        with self._database.reading() as connection:
            yield from changes(connection, start)

    def counts(self) -> Counts:
        """How much is in."""
        tables = (t.articles, t.sightings, t.events, t.statements, t.figures, t.rejected, t.corrections)
        with self._database.reading() as connection:
            return Counts(*(connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables))
