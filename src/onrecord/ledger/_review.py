"""What reviewers do: each act is one new row, and the article's rows follow in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, insert, select

from onrecord.ledger import _tables as t
from onrecord.ledger._corrections import (
    ACTIONS,
    Correction,
    Reviewed,
    on_the_same_words,
    portable,
    portable_value,
    review,
)
from onrecord.ledger._engine import Writing
from onrecord.ledger._errors import BadCorrection, ChangedMeanwhile, NoSuchRecord
from onrecord.ledger._history import Act, with_fate
from onrecord.ledger._ids import KINDS, REFERENCES, ledger_ids, local_id, records_of
from onrecord.ledger._store import corrections_of, lay_out, stored_reading
from onrecord.records import Reading, Record, RecordError, check


@dataclass(frozen=True, slots=True)
class Sheet:
    """One record as a reviewer needs it. ``record`` is in ``reviewed.reading``; ``history`` is last first.

    ``seen`` stands for all the record says. Given with a correction, it makes sure that this is what was looked at.
    """

    record_id: str
    kind: str
    record: Record
    reviewed: Reviewed
    history: tuple[Act, ...]
    seen: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """Several corrections by one reviewer in one transaction. One that is refused leaves the others as they are."""

    writing: Writing
    reviewer: str
    note: str | None = None

    def sheet(self, record_id: str, *, seen: str | None = None) -> Sheet:
        """The record as it is now, while nobody else can change it.

        Raises
        ------
        ChangedMeanwhile: it is not what ``seen`` stands for.
        """
        found = sheet(self.writing.connection, record_id)
        if seen not in (None, found.seen):
            raise ChangedMeanwhile(_what_changed(self.writing.connection, found.kind, record_id))
        return found

    def reviewed(self, article_id: str) -> Reviewed:
        """The article as reviewed by now."""
        return reviewed_article(self.writing.connection, article_id)

    def accept(self, record_id: str, *, seen: str | None = None) -> Correction:
        """Say that a record is right."""
        with self.writing.connection.begin_nested():
            return correct(self.writing, "accept", record_id, reviewer=self.reviewer, note=self.note, seen=seen)

    def reject(self, record_id: str, *, seen: str | None = None) -> Correction:
        """Say that a record is wrong."""
        with self.writing.connection.begin_nested():
            return correct(self.writing, "reject", record_id, reviewer=self.reviewer, note=self.note, seen=seen)

    def edit(self, record_id: str, field: str, value: Any, *, seen: str | None = None) -> Correction:
        """Change one field of a record."""
        with self.writing.connection.begin_nested():
            return correct(
                self.writing,
                "edit",
                record_id,
                reviewer=self.reviewer,
                field=field,
                value=value,
                note=self.note,
                seen=seen,
            )

    def add(self, article_id: str, kind: str, record: Mapping[str, Any]) -> Correction:
        """Add a record that the machine missed."""
        with self.writing.connection.begin_nested():
            return add(self.writing, article_id, kind, record, reviewer=self.reviewer, note=self.note)

    def undo(self, correction_id: int) -> Correction:
        """Take a correction back."""
        with self.writing.connection.begin_nested():
            return undo(self.writing, correction_id, reviewer=self.reviewer, note=self.note)


def sheet(connection: Connection, record_id: str) -> Sheet:
    """One record with its article and history.

    Raises
    ------
    NoSuchRecord: an id that the ledger does not know.
    """
    article_id, kind = find_record(connection, record_id)
    reviewed = reviewed_article(connection, article_id)
    record = _record(reviewed, record_id)
    said = (one for one in reversed(corrections_of(connection, article_id)) if one.record_id == record_id)
    return Sheet(record_id, kind, record, reviewed, tuple(with_fate(connection, said)), _seen(reviewed, record))


def correct(
    writing: Writing,
    action: str,
    record_id: str,
    *,
    reviewer: str,
    field: str | None = None,
    value: Any = None,
    note: str | None = None,
    seen: str | None = None,
) -> Correction:
    """Accept, reject or edit a record.

    Raises
    ------
    NoSuchRecord: an id that the ledger does not know.
    BadCorrection: a field the record has not, or a value that does not fit it.
    ChangedMeanwhile: it is not what ``seen`` stands for.
    """
    article_id, kind = find_record(writing.connection, record_id)
    reviewed = reviewed_article(writing.connection, article_id)
    record = _record(reviewed, record_id)
    if seen is not None and seen != _seen(reviewed, record):
        raise ChangedMeanwhile(_what_changed(writing.connection, kind, record_id))
    if action == "edit":
        _check_field(kind, field)
        value = portable_value(reviewed.reading, reviewed.ids, field or "", value)
    row = {
        "article_id": article_id,
        "record_id": record_id,
        "kind": kind,
        "action": action,
        "field": field,
        "value": value,
        "record": _whole(reviewed, record),
    }
    return _write(writing, row, reviewer=reviewer, note=note)


def add(
    writing: Writing, article_id: str, kind: str, record: Mapping[str, Any], *, reviewer: str, note: str | None = None
) -> Correction:
    """Add a record that the machine missed. ``record`` is as in the record format, without ``id`` and ``because``;
    other records are named by their lasting ids.

    Raises
    ------
    NoSuchRecord: an article that the ledger does not know.
    BadCorrection: a record that does not fit the format or the text.
    """
    if kind not in KINDS:
        raise BadCorrection(f"kind {kind!r} is not known. Use one of {', '.join(KINDS)}.")
    reviewed = reviewed_article(writing.connection, article_id)
    names = {
        name: [_local(reviewed, one) for one in value] if isinstance(value, (list, tuple)) else _local(reviewed, value)
        for name, value in record.items()
        if name in REFERENCES and value is not None
    }
    new = _validated(reviewed.reading, kind, {**record, **names})
    _refuse_a_second(reviewed, kind, new)
    grown = reviewed.reading.model_copy(update={KINDS[kind][0]: (*getattr(reviewed.reading, KINDS[kind][0]), new)})
    try:
        check(grown)
    except RecordError as error:
        raise BadCorrection(f"{error}.") from None
    lasting = ledger_ids(grown)[local_id(new)]
    ids = {**reviewed.ids, local_id(new): lasting}
    whole = _whole(Reviewed(grown, ids, {}), new)
    row = {"article_id": article_id, "record_id": lasting, "kind": kind, "action": "add", "record": whole}
    return _write(writing, row, reviewer=reviewer, note=note)


def undo(writing: Writing, correction_id: int, *, reviewer: str, note: str | None = None) -> Correction:
    """Take a correction back; undoing an undoing brings it back.

    Raises
    ------
    NoSuchRecord: no correction has this number.
    BadCorrection: it is already undone.
    """
    found = writing.connection.execute(select(t.corrections).where(t.corrections.c.id == correction_id)).first()
    if found is None:
        raise NoSuchRecord(f"correction {correction_id}: the ledger has none with this number.")
    done = writing.connection.execute(select(t.corrections.c.id).where(t.corrections.c.undoes == correction_id)).first()
    if done is not None:
        raise BadCorrection(
            f"correction {correction_id} is already undone, by {done.id}. To bring it back, undo {done.id}."
        )
    row = {
        "article_id": found.article_id,
        "record_id": found.record_id,
        "kind": found.kind,
        "action": "undo",
        "undoes": correction_id,
    }
    return _write(writing, row, reviewer=reviewer, note=note)


def reviewed_article(connection: Connection, article_id: str) -> Reviewed:
    """An article's reading with its corrections in force.

    Raises
    ------
    NoSuchRecord: an article that the ledger does not know.
    """
    reading = stored_reading(connection, article_id)
    if reading is None:
        raise NoSuchRecord(f"article {article_id}: the ledger has none with this id.")
    return review(reading, corrections_of(connection, article_id))


def find_record(connection: Connection, record_id: str) -> tuple[str, str]:
    """The article and the kind of a record, among those in force and those a reviewer once saw.

    Raises
    ------
    NoSuchRecord: an id that the ledger does not know.
    """
    for kind in KINDS:
        table = t.FOLLOWED[kind]
        found = connection.execute(select(table.c.article_id).where(table.c.id == record_id)).scalar()
        if found is not None:
            return found, kind
    raise NoSuchRecord(f"record {record_id}: the ledger has none with this id.")


def _record(reviewed: Reviewed, record_id: str) -> Record:
    own = {lasting: own for own, lasting in reviewed.ids.items()}[record_id]
    return next(one for _, one in records_of(reviewed.reading) if local_id(one) == own)


def _refuse_a_second(reviewed: Reviewed, kind: str, new: Record) -> None:
    """What is added on the words of a record that is there would be laid over it: that is an edit, and is to be one."""
    there = (
        (reviewed.ids[local_id(one)], one.model_dump(mode="json"))
        for its_kind, one in records_of(reviewed.reading)
        if its_kind == kind
    )
    found = on_the_same_words(there, kind, new.model_dump(mode="json"), added=True)
    if found is not None:
        raise BadCorrection(f"the article has this {kind} on these words: {found}. Accept it, edit it, or choose it.")


def _seen(reviewed: Reviewed, record: Record) -> str:
    whole = json.dumps(_whole(reviewed, record), sort_keys=True, ensure_ascii=False)
    return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def _what_changed(connection: Connection, kind: str, record_id: str) -> str:
    c = t.corrections
    last = connection.execute(select(c).where(c.c.record_id == record_id).order_by(c.c.id.desc()).limit(1)).first()
    if last is None:
        why = "its article was read again, or something it refers to was corrected"
    else:
        what = f"{last.action} of {last.field}" if last.field else last.action
        why = f"the last word on it is {last.reviewer}'s ({what}, {last.changed_at[:16].replace('T', ' ')} UTC)"
    return f"{kind} {record_id} has changed since you looked at it: {why}. Look at it again; nothing was kept."


def _whole(reviewed: Reviewed, record: Record) -> dict[str, Any]:
    """A record with what it refers to, under the lasting ids that the review knows (added records have theirs)."""
    return portable(reviewed.reading, record, reviewed.ids)


def _check_field(kind: str, name: str | None) -> None:
    fields = [one for one in KINDS[kind][1].model_fields if one not in ("id", "because")]
    if name not in fields:
        raise BadCorrection(f"field {name!r}: a {kind} has {', '.join(fields)}.")


def _local(reviewed: Reviewed, lasting: str) -> str:
    for own, other in reviewed.ids.items():
        if lasting in (own, other):
            return own
    raise BadCorrection(f"the article has no record {lasting!r}. Give ids of this article.")


def _validated(reading: Reading, kind: str, plain: Mapping[str, Any]) -> Record:
    taken = {local_id(one) for _, one in records_of(reading)}
    own = next(name for n in range(1, len(taken) + 2) if (name := f"h{n}") not in taken)
    model = KINDS[kind][1]
    because = {"because": "reviewer"} if "because" in model.model_fields else {}
    try:
        return model.model_validate({**because, **plain, "id": own})
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(map(str, problem["loc"]))
        given = "" if problem["type"] == "missing" else f" (given: {problem['input']!r})"
        raise BadCorrection(f"{where}: {problem['msg']}{given}.") from None


def _write(writing: Writing, row: dict[str, Any], *, reviewer: str, note: str | None) -> Correction:
    if not reviewer.strip():
        raise BadCorrection("a correction needs a reviewer's name. Give --reviewer NAME.")
    if row["action"] not in ACTIONS:
        raise BadCorrection(f"action {row['action']!r} is not known. Use one of {', '.join(ACTIONS)}.")
    empty = dict.fromkeys(("field", "value", "record", "undoes"))
    whole = {**empty, **row, "reviewer": reviewer.strip(), "note": note, "changed_at": writing.now}
    number = writing.connection.execute(insert(t.corrections).returning(t.corrections.c.id), whole).scalar_one()
    reading = stored_reading(writing.connection, row["article_id"])
    if reading is not None:
        lay_out(writing, reading)
    return Correction(id=number, **whole)
