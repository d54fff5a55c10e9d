"""What reviewers do: each act is one new row, and the article's rows follow in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, insert, select

from onrecord.ledger import _tables as t
from onrecord.ledger._corrections import ACTIONS, Correction, Reviewed, portable, portable_value, review
from onrecord.ledger._engine import Writing
from onrecord.ledger._errors import BadCorrection, NoSuchRecord
from onrecord.ledger._ids import KINDS, REFERENCES, ledger_ids, local_id, records_of
from onrecord.ledger._store import corrections_of, lay_out, stored_reading
from onrecord.records import Reading, Record, RecordError, check


def correct(
    writing: Writing,
    action: str,
    record_id: str,
    *,
    reviewer: str,
    field: str | None = None,
    value: Any = None,
    note: str | None = None,
) -> Correction:
    """Accept, reject or edit a record.

    Raises
    ------
    NoSuchRecord: an id that the ledger does not know.
    BadCorrection: a field the record has not, or a value that does not fit it.
    """
    article_id, kind = find_record(writing.connection, record_id)
    reviewed = reviewed_article(writing.connection, article_id)
    record = _record(reviewed, record_id)
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
        raise BadCorrection(
            f"{'.'.join(map(str, problem['loc']))}: {problem['msg']} (given: {problem['input']!r})."
        ) from None


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
