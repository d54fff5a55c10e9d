"""What a ledger knows of events that several articles tell of, and what people decide about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from onrecord.ledger import _compare as compared
from onrecord.ledger._clusters import Clusterer, Decision
from onrecord.ledger._compare import SameEvent
from onrecord.ledger._errors import BadCorrection
from onrecord.ledger._queries import EventFilter, check_word
from onrecord.ledger._results import Found
from onrecord.ledger._series import Series
from onrecord.ledger._stored_clusters import SqlEvents, stored_decisions
from onrecord.records import FigureKind

if TYPE_CHECKING:
    from onrecord.ledger._engine import Database


class Comparing:
    """The part of ``Ledger`` that is about events told by several articles."""

    _database: Database

    def same_event(self, id: str) -> SameEvent:
        """One event with all its reports, by the id of one of them or of the cluster.

        Raises
        ------
        NoSuchRecord: an id that the ledger does not know, or an event that a reviewer found wrong.
        """
        with self._database.reading() as connection:
            return compared.fetch_same(connection, [compared.cluster_of(connection, id)])[0]

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
        kind: str | None = None,
        articles: int = 2,
        limit: int = 100,
        after: str | None = None,
    ) -> Found[SameEvent]:
        """Events that two or more articles tell of, reported last first, with conflicts and figures by source.

        With questions, as for ``events``, an event is given when one of its reports answers them, and with all of its
        reports.

        Parameters
        ----------
        kind: what figures of it count: ``killed``.
        articles: at least so many tell of it; 1 gives every event.
        after: ``next`` of the page before.
        """
        check_word(kind, FigureKind, "kind")
        asked = EventFilter(party=party, country=country, type=type, place=place, since=since, until=until, text=text)
        with self._database.reading() as connection:
            clusters, mark = compared.cluster_page(
                connection, asked, kind=kind, articles=articles, limit=limit, after=after
            )
            return Found(compared.fetch_same(connection, clusters), kind=SameEvent, next=mark)

    def claims(
        self,
        kind: str | None = None,
        *,
        event: str | None = None,
        party: str | None = None,
        country: str | None = None,
        type: str | None = None,
        place: str | None = None,
        since: str | None = None,
        until: str | None = None,
        text: str | None = None,
        articles: int = 2,
        limit: int = 100,
        after: str | None = None,
    ) -> Found[Series]:
        """Figures by source over time, of one event, or of each that ``same_events`` gives for the same questions.

        Parameters
        ----------
        kind: what was counted: ``killed``; everything when None.
        event: the id of one report or of the cluster; nothing else is asked then.
        limit: figures of so many events; ``after`` as for ``same_events``.
        """
        check_word(kind, FigureKind, "kind")
        if event is not None:
            found, mark = [self.same_event(event)], None
        else:
            page = self.same_events(
                party=party,
                country=country,
                type=type,
                place=place,
                since=since,
                until=until,
                text=text,
                kind=kind,
                articles=articles,
                limit=limit,
                after=after,
            )
            found, mark = list(page), page.next
        given = [one for same in found for one in same.figures if kind in (None, one.kind)]
        return Found(given, kind=Series, next=mark)

    def split(self, event_ids: Iterable[str], *, reviewer: str, note: str | None = None) -> Decision:
        """Say that these reports, taken for the same event as others, are of another; they stay together.

        Raises
        ------
        BadCorrection: they are in several clusters, or are all that is in one.
        NoSuchRecord: an id that the ledger does not know.
        """
        with self._deciding(reviewer) as (index, by, at):
            return Clusterer(index).split(event_ids, by=by, at=at, note=note)

    def merge(self, id: str, other_id: str, *, reviewer: str, note: str | None = None) -> Decision:
        """Say that two events are one. Either is named by a report or by its cluster; the first one's cluster stays.

        Raises
        ------
        BadCorrection: they are one already.
        NoSuchRecord: an id that the ledger does not know.
        """
        with self._deciding(reviewer) as (index, by, at):
            one, other = (compared.cluster_of(index.connection, name) for name in (id, other_id))
            return Clusterer(index).merge(one, other, by=by, at=at, note=note)

    def undo_decision(self, number: int, *, reviewer: str, note: str | None = None) -> Decision:
        """Take a split or merge back: what it moved returns to where it was, unless it has been moved since.

        Raises
        ------
        BadCorrection: it is undone already, or is an undoing itself.
        NoSuchRecord: no decision has this number.
        """
        with self._deciding(reviewer) as (index, by, at):
            return Clusterer(index).undo(number, by=by, at=at, note=note)

    def decisions(self) -> list[Decision]:
        """Every split, merge and undoing ever decided, oldest first."""
        with self._database.reading() as connection:
            return stored_decisions(connection)

    @contextmanager
    def _deciding(self, reviewer: str) -> Iterator[tuple[SqlEvents, str, str]]:
        if not reviewer.strip():
            raise BadCorrection("a decision needs a reviewer's name. Give --reviewer NAME.")
        with self._database.writing() as writing:
            index = SqlEvents(writing)
            yield index, reviewer.strip(), writing.now
            index.settle()
