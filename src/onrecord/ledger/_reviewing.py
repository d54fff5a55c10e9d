"""What reviewers ask of a ledger and tell it: the part of ``Ledger`` that is about people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from onrecord.ledger import _queue as queues
from onrecord.ledger import _review as reviews
from onrecord.ledger import _tables as t
from onrecord.ledger._agreement import Agreement, agreement
from onrecord.ledger._corrections import Correction, Disagreement, disagreements, in_force
from onrecord.ledger._errors import NoSuchRecord
from onrecord.ledger._gold import gold
from onrecord.ledger._history import Act, history
from onrecord.ledger._precision import Precision, precision
from onrecord.ledger._results import Found

if TYPE_CHECKING:
    from onrecord.ledger._engine import Database
    from onrecord.ledger._queue import Waiting
    from onrecord.ledger._review import Sheet


class Reviewing:
    """Reviewers' part of a ledger."""

    _database: Database

    def accept(self, record_id: str, *, reviewer: str, note: str | None = None, seen: str | None = None) -> Correction:
        """Say that a record is right.

        Parameters
        ----------
        seen: the ``seen`` of the sheet that was looked at.

        Raises
        ------
        ChangedMeanwhile: the record no longer is what ``seen`` stands for; nothing is kept.
        """
        with self.correcting(reviewer=reviewer, note=note) as sitting:
            return sitting.accept(record_id, seen=seen)

    def reject(self, record_id: str, *, reviewer: str, note: str | None = None, seen: str | None = None) -> Correction:
        """Say that a record is wrong: it is left out of answers. ``seen`` as for ``accept``."""
        with self.correcting(reviewer=reviewer, note=note) as sitting:
            return sitting.reject(record_id, seen=seen)

    def edit(
        self,
        record_id: str,
        field: str,
        value: Any,
        *,
        reviewer: str,
        note: str | None = None,
        seen: str | None = None,
    ) -> Correction:
        """Change one field of a record; other records are named by their ids. ``seen`` as for ``accept``.

        Raises
        ------
        BadCorrection: a field the record has not, or a value that does not fit it.
        """
        with self.correcting(reviewer=reviewer, note=note) as sitting:
            return sitting.edit(record_id, field, value, seen=seen)

    def add_record(
        self, article_id: str, kind: str, record: Mapping[str, Any], *, reviewer: str, note: str | None = None
    ) -> Correction:
        """Add a record that the machine missed, as in the record format, without ``id`` and ``because``."""
        with self.correcting(reviewer=reviewer, note=note) as sitting:
            return sitting.add(article_id, kind, record)

    def undo(self, correction_id: int, *, reviewer: str, note: str | None = None) -> Correction:
        """Take a correction back. Undoing an undoing brings it back."""
        with self.correcting(reviewer=reviewer, note=note) as sitting:
            return sitting.undo(correction_id)

    @contextmanager
    def correcting(self, *, reviewer: str, note: str | None = None) -> Iterator[reviews.Sitting]:
        """Several corrections that are kept together, or not at all when the block raises.

        One that is refused (``BadCorrection``) may be caught inside the block; the others go on.
        """
        with self._database.writing() as writing:
            yield reviews.Sitting(writing, reviewer, note)

    def corrections(self, *, in_force_only: bool = False) -> list[Correction]:
        """Every correction ever made, oldest first; or those that are not undone."""
        with self._database.reading() as connection:
            rows = connection.execute(select(t.corrections).order_by(t.corrections.c.id)).all()
        found = [Correction(**row._mapping) for row in rows]
        return in_force(found) if in_force_only else found

    def history(
        self,
        *,
        record: str | None = None,
        article: str | None = None,
        reviewer: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 100,
        after: str | None = None,
    ) -> Found[Act]:
        """What reviewers did, last first: who, when, what, and whether it is still in force.

        Parameters
        ----------
        record, article: ids; reviewer: a name; since, until: days on which it was done, in UTC.
        after: ``next`` of the page before.
        """
        with self._database.reading() as connection:
            return history(
                connection,
                record=record,
                article=article,
                reviewer=reviewer,
                since=since,
                until=until,
                limit=limit,
                after=after,
            )

    def sheet(self, record_id: str) -> Sheet:
        """One record as a reviewer needs it: its article as reviewed, its history, and what ``seen`` to give.

        Raises
        ------
        NoSuchRecord: an id that the ledger does not know.
        """
        with self._database.reading() as connection:
            return reviews.sheet(connection, record_id)

    def queue(
        self,
        kind: str = "event",
        /,
        *,
        reviewer: str,
        order: str = "newest",
        waiting: str = "me",
        seed: int = 0,
        limit: int = 20,
        after: str | None = None,
        **asked: Any,
    ) -> Found[Waiting]:
        """Records that wait for a reviewer's word, in the order to take them.

        Parameters
        ----------
        kind: ``event``, ``figure`` or ``statement``.
        reviewer: who is going to review.
        order: one of ``ORDERS``. ``random`` with the same ``seed`` is the same order again.
        waiting: one of ``WAITING``.
        after: the ``mark`` of the last one taken, or ``next`` of the page before.
        asked: the questions of ``events`` or ``figures``; of statements ``source``, ``text`` and ``article``.

        Raises
        ------
        BadOption: an order, question or value that is not known.
        """
        wanted = queues.Wanted(kind, reviewer, order, waiting, seed, asked)
        with self._database.reading() as connection:
            return queues.queue(connection, wanted, limit=limit, after=after)

    def waiting(
        self, kind: str = "event", /, *, reviewer: str, waiting: str = "me", at_most: int = 1_000, **asked: Any
    ) -> int:
        """How many records wait, counted no further than ``at_most``; questions as for ``queue``."""
        wanted = queues.Wanted(kind, reviewer, "newest", waiting, 0, asked)
        with self._database.reading() as connection:
            return queues.count(connection, wanted, at_most=at_most)

    def precision(
        self,
        kind: str = "event",
        *,
        seed: int = 0,
        size: int = 200,
        reviewer: str | None = None,
        type: str | None = None,
        status: str | None = None,
    ) -> Precision:
        """What share of the machine's records reviewers found right, from a random sample of the ledger.

        The sample is the first ``size`` records of ``queue(order="random", seed=seed)`` with this type and status, as
        the machine gave them; records that reviewers added are not in it.

        Parameters
        ----------
        kind: ``event``, ``figure`` or ``statement``; ``type`` and ``status`` are for events.
        reviewer: whose word counts; when None each record's last word.
        """
        with self._database.reading() as connection:
            return precision(connection, kind=kind, seed=seed, size=size, reviewer=reviewer, type=type, status=status)

    def gold(self) -> Iterator[dict[str, Any]]:
        """What reviewers found right or wrong, as annotation: one object an article that has corrections in force."""
        with self._database.reading() as connection:
            corrected = connection.scalars(select(t.corrections.c.article_id).order_by(t.corrections.c.id)).all()
            for article_id in dict.fromkeys(corrected):
                try:
                    reviewed = reviews.reviewed_article(connection, article_id)
                except NoSuchRecord:
                    continue  # the article was taken out
                if reviewed.reviews:
                    yield gold(reviewed)

    def disagreements(self) -> list[Disagreement]:
        """Records of which reviewers do not say the same."""
        return disagreements(self.corrections())

    def agreement(self) -> Agreement:
        """How far reviewers say the same of the records that two or more of them judged."""
        return agreement(self.corrections(in_force_only=True))
