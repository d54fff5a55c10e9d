"""Corrections laid over a machine's reading. Pure: a reading and its corrections in, the reviewed reading out.

The machine's reading is never edited. What a reviewer said about a record is kept with the record's own words, so it
finds its place again after the article was read anew, and stands alone when the machine no longer finds the record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from onrecord.ledger._errors import BadCorrection
from onrecord.ledger._ids import KINDS, REFERENCES, ledger_ids, local_id, records_of
from onrecord.records import Reading, Record, RecordError, check

ACTIONS = ("accept", "reject", "edit", "add", "undo")
REVIEWS = {
    "unreviewed": "nobody has looked at it",
    "accepted": "a reviewer found it right",
    "edited": "a reviewer changed something in it",
    "added": "a reviewer added it",
    "rejected": "a reviewer found it wrong: left out of answers unless asked for",
    "disputed": "reviewers disagree; the latest word holds meanwhile",
}
"""What the ``review`` of a record says."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing a reviewer said about one record. ``record`` holds it as it then was, with what it refers to."""

    id: int
    article_id: str
    record_id: str
    kind: str
    action: str
    reviewer: str
    changed_at: str
    field: str | None = None
    value: Any = None
    record: dict[str, Any] | None = None
    undoes: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A reading with all corrections in force. ``ids`` and ``reviews`` go by the records' ids in ``reading``."""

    reading: Reading
    ids: dict[str, str]
    reviews: dict[str, str]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two or more reviewers who do not say the same of one record: each one's last word."""

    article_id: str
    record_id: str
    kind: str
    field: str
    says: dict[str, Any]


def review(reading: Reading, corrections: Iterable[Correction]) -> Reviewed:
    """The reading as its reviewers left it.

    Raises
    ------
    BadCorrection: when a value does not fit its field.
    """
    said_of_it = in_force(corrections)
    if not said_of_it:
        return Reviewed(reading, ledger_ids(reading), {})
    desk = _Desk(reading)
    by_record = defaultdict(list)
    for correction in said_of_it:
        by_record[correction.record_id].append(correction)
    for said in by_record.values():
        desk.apply(said)
    return desk.result()


def in_force(corrections: Iterable[Correction]) -> list[Correction]:
    """Those that are not undone, oldest first. An undoing can itself be undone."""
    undone = set()
    kept = []
    for correction in sorted(corrections, key=lambda one: one.id, reverse=True):
        if correction.id in undone:
            continue
        if correction.action == "undo":
            undone.add(correction.undoes)
        else:
            kept.append(correction)
    return kept[::-1]


def disagreements(corrections: Iterable[Correction]) -> list[Disagreement]:
    """Records of which different reviewers say different things: right or wrong, or two values for a field."""
    words: dict[tuple[str, str, str, str], dict[str, Any]] = defaultdict(dict)
    for one in in_force(corrections):
        what = one.field if one.action == "edit" and one.field else "verdict"
        said = _plain(one.value) if one.action == "edit" else _VERDICTS[one.action]
        words[one.article_id, one.record_id, one.kind, what][one.reviewer] = said
    return [Disagreement(*key, says) for key, says in words.items() if len({repr(said) for said in says.values()}) > 1]


_VERDICTS = {"accept": "right", "add": "right", "reject": "wrong"}
_STATES = {"accept": "accepted", "add": "added", "reject": "rejected", "edit": "edited"}


def portable(reading: Reading, record: Record, ids: dict[str, str]) -> dict[str, Any]:
    """A record with the records it refers to written out in it, each with its lasting id: it stands alone."""
    return _portable(record, {local_id(one): one for _, one in records_of(reading)}, ids, ())


def portable_value(reading: Reading, ids: dict[str, str], name: str, value: Any) -> Any:
    """What a reviewer gives for a field, ids of other records written out.

    Raises
    ------
    BadCorrection: an id that the article has not.
    """
    if name not in REFERENCES or value is None:
        return value
    found = {ids[local_id(one)]: one for _, one in records_of(reading)}
    found.update({local_id(one): one for _, one in records_of(reading)})
    by_id = {local_id(one): one for _, one in records_of(reading)}
    several = [value] if isinstance(value, str) else list(value)
    for one in several:
        if one not in found:
            raise BadCorrection(f"{name}: the article has no {REFERENCES[name]} {one!r}. Give ids of this article.")
    whole = [_portable(found[one], by_id, ids, ()) for one in several]
    return whole[0] if isinstance(value, str) else whole


def _portable(record: Record, by_id: dict[str, Record], ids: dict[str, str], above: tuple[str, ...]) -> dict[str, Any]:
    own = local_id(record)
    plain = record.model_dump(mode="json")
    for name in REFERENCES.keys() & plain.keys():
        value = plain[name]
        if isinstance(value, list):
            inner = [one for one in value if one not in above]
            plain[name] = [_portable(by_id[one], by_id, ids, (*above, own)) for one in inner]
        elif value is not None:
            plain[name] = None if value in above else _portable(by_id[value], by_id, ids, (*above, own))
    return {**plain, "id": ids[own]}


@dataclass(slots=True)
class _Desk:
    """The reading on the reviewer's desk, while corrections are laid over it."""

    machine: Reading
    records: dict[str, tuple[str, dict[str, Any]]] = field(init=False)  # lasting id → kind, record
    local: dict[str, str] = field(init=False)  # lasting id → id in the reading
    reviews: dict[str, str] = field(init=False)
    added: int = 0

    def __post_init__(self) -> None:
        ids = ledger_ids(self.machine)
        self.records = {
            ids[local_id(one)]: (kind, one.model_dump(mode="json")) for kind, one in records_of(self.machine)
        }
        self.local = {lasting: own for own, lasting in ids.items()}
        self.reviews = {}

    def apply(self, said: Sequence[Correction]) -> None:
        """Everything in force about one record, oldest first."""
        first, last = said[0], said[-1]
        target = self._find(first)
        if target is None:
            if all(one.action == "reject" for one in said):
                return  # the machine no longer says what was found wrong
            target = self._put(first.record_id, first.kind, first.record or {})
        for one in said:
            if one.action == "edit" and one.field:
                self.records[target][1][one.field] = self._local_value(one.field, one.value)
            elif one.action == "add" and one.record:
                self._overwrite(target, one.record)
        state = _STATES[last.action]
        if state == "accepted" and any(one.action in ("edit", "add") for one in said):
            state = "edited" if any(one.action == "edit" for one in said) else "added"
        self.reviews[target] = "disputed" if disagreements(said) else state

    def result(self) -> Reviewed:
        """The whole reading, proved."""
        parts: dict[str, list[dict[str, Any]]] = {name: [] for name, _ in KINDS.values()}
        for kind, record in self.records.values():
            parts[KINDS[kind][0]].append(record)
        try:
            reading = check(Reading.model_validate({**self.machine.model_dump(mode="json"), **parts}))
        except ValidationError as error:
            problem = error.errors()[0]
            where = ".".join(map(str, problem["loc"]))
            raise BadCorrection(f"{where}: {problem['msg']} (given: {problem['input']!r}).") from None
        except RecordError as error:
            raise BadCorrection(f"{error}.") from None
        ids = {own: lasting for lasting, own in self.local.items()}
        reviews = {self.local[lasting]: state for lasting, state in self.reviews.items()}
        return Reviewed(reading, ids, reviews)

    def _find(self, said: Correction) -> str | None:
        """The record meant: by its id, else the one of its kind on the same words."""
        if said.record_id in self.records:
            return said.record_id
        if not said.record:
            return None
        return on_the_same_words(self._records(said.kind), said.kind, said.record, added=said.action == "add")

    def _records(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        return ((lasting, record) for lasting, (its_kind, record) in self.records.items() if its_kind == kind)

    def _put(self, lasting: str, kind: str, record: dict[str, Any]) -> str:
        """A record that the machine has not: under its own lasting id."""
        self.added += 1
        self.local[lasting] = f"h{self.added}"
        self.records[lasting] = (kind, {})
        self._overwrite(lasting, record)
        return lasting

    def _overwrite(self, lasting: str, record: dict[str, Any]) -> None:
        plain = {name: self._local_value(name, value) for name, value in record.items()}
        self.records[lasting][1].update({**plain, "id": self.local[lasting]})

    def _local_value(self, name: str, value: Any) -> Any:
        """A value with the records written out in it given as ids of this reading."""
        if name not in REFERENCES or value is None:
            return value
        if isinstance(value, list):
            return [self._reference(REFERENCES[name], one) for one in value]
        return self._reference(REFERENCES[name], value)

    def _reference(self, kind: str, record: dict[str, Any]) -> str:
        lasting = record["id"]
        if lasting not in self.records:
            lasting = on_the_same_words(self._records(kind), kind, record) or self._put(lasting, kind, record)
        return self.local[lasting]


def on_the_same_words(
    records: Iterable[tuple[str, dict[str, Any]]], kind: str, record: dict[str, Any], *, added: bool = False
) -> str | None:
    """Which of these records of one kind shares most words, and the type, with another; None when none does.

    One that a reviewer added is another party, place, time or statement unless its words are exactly the same: those
    of the Russian diplomats are not those of Russia, though they share a word.
    """
    span = _anchor(kind, record)
    exact = added and kind not in ("event", "figure")
    near = [
        (lasting, _shared(span, its))
        for lasting, other in records
        for its in [_anchor(kind, other)]
        if other.get("type") == record.get("type")
        and (not exact or (its["start"], its["end"]) == (span["start"], span["end"]))
    ]
    best = max(near, key=lambda pair: pair[1], default=(None, 0))
    return best[0] if best[1] else None


def _anchor(kind: str, record: dict[str, Any]) -> dict[str, Any]:
    span: dict[str, Any]
    if kind in ("entity", "place"):
        span = record["mentions"][0]
    else:
        span = record["content"][0] if kind == "statement" else record["span"]
    return span


def _shared(one: dict[str, Any], other: dict[str, Any]) -> int:
    return max(0, int(min(one["end"], other["end"])) - int(max(one["start"], other["start"])))


def _plain(value: Any) -> Any:
    """A value for people: of a record that is written out, its name or words."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return value.get("name") or value.get("value") or value.get("span", {}).get("text") or value.get("id")
    return value
