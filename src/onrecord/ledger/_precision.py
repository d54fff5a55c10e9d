"""How much of what the machine recorded is right, by people's word on a random sample.

The sample is taken of what the machine said, with the type and status that the machine gave: a record whose type a
reviewer mended still counts against the type it had. Records that people added are not the machine's and are left out.

Each sampled record that was judged is ``right`` (accepted, nothing changed), ``mended`` (kept, something in it changed)
or ``wrong`` (rejected). The interval is Wilson's (1927), at 95 per cent: it says how far the share in the whole ledger
may lie from that in the sample by the chance of drawing alone. It knows nothing of reviewers' mistakes, nor of what
the machine missed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from sqlalchemy import Connection, literal, select

from onrecord.ledger import _tables as t
from onrecord.ledger._corrections import Correction, in_force
from onrecord.ledger._queue import FILTERS, random_start, table_of
from onrecord.records import BadOption

_Z = 1.959964  # two-sided 95 per cent of the normal distribution
_STRATA = {"event": ("type", "status"), "figure": ("kind", "bound"), "statement": ("style", "stance")}


@dataclass(frozen=True, slots=True)
class Share:
    """Some of so many, with the 95 per cent interval; shares are 0 to 1, None of nothing."""

    some: int
    of: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What became of the judged records of a group."""

    judged: int
    right: int
    mended: int
    wrong: int

    @property
    def precise(self) -> Share:
        """Right in every field."""
        return wilson(self.right, self.judged)

    @property
    def kept(self) -> Share:
        """Right, or mended: there is such a record, if not quite as the machine had it."""
        return wilson(self.right + self.mended, self.judged)


@dataclass(frozen=True, slots=True)
class Precision:
    """A sample's result: ``drawn`` records, of which ``whole`` says what was judged.

    ``by`` holds the same for each value of the two fields that records of this kind are grouped by (events: ``type``
    and ``status``), as the machine gave them. ``everything`` says that the sample is all there is.
    """

    kind: str
    seed: int
    drawn: int
    everything: bool
    whole: Verdicts
    by: dict[str, dict[str, Verdicts]]


def wilson(some: int, of: int) -> Share:
    """The share with Wilson's 95 per cent interval."""
    if not of:
        return Share(some, of, None, None, None)
    p, z2 = some / of, _Z**2
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z * sqrt(p * (1 - p) / of + z2 / (4 * of**2)) / (1 + z2 / of)
    return Share(some, of, p, max(0.0, middle - half), min(1.0, middle + half))


def precision(
    connection: Connection,
    *,
    kind: str,
    seed: int,
    size: int,
    reviewer: str | None,
    type: str | None,
    status: str | None,
) -> Precision:
    """The result of the sample that ``seed`` gives."""
    if kind not in FILTERS:
        raise BadOption(f"kind {kind!r} is not known. Use one of {', '.join(FILTERS)}.")
    wanted = {name: value for name, value in (("type", type), ("status", status)) if value is not None}
    if wanted and kind != "event":
        raise BadOption(f"{' and '.join(wanted)} can be asked of events, not of {kind}s.")
    drawn = _draw(connection, kind, seed, size, wanted)
    said = _by_record(connection, [record for record, _ in drawn[:size]])
    judged: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    whole: Counter[str] = Counter()
    for record, values in drawn[:size]:
        verdict = _verdict(said.get(record, ()), reviewer)
        if verdict:
            whole[verdict] += 1
            for name in _STRATA[kind]:
                judged[name, values[name]][verdict] += 1
    by: dict[str, dict[str, Verdicts]] = {name: {} for name in _STRATA[kind]}
    for (name, value), counted in sorted(judged.items()):
        by[name][value] = _verdicts(counted)
    return Precision(kind, seed, min(len(drawn), size), len(drawn) <= size, _verdicts(whole), by)


def _by_record(connection: Connection, records: Sequence[str]) -> dict[str, list[Correction]]:
    """All that was ever said of each record, oldest first."""
    c = t.corrections
    found: defaultdict[str, list[Correction]] = defaultdict(list)
    for row in connection.execute(select(c).where(c.c.record_id.in_(records)).order_by(c.c.id)):
        found[row.record_id].append(Correction(**row._mapping))
    return found


def _draw(
    connection: Connection,
    kind: str,
    seed: int,
    size: int,
    wanted: dict[str, str],
) -> list[tuple[str, dict[str, Any]]]:
    """The sampled records with the machine's values of the fields they are grouped by, and one more if there is one."""
    table, c = table_of(kind), t.corrections
    columns = [table.c[name] for name in _STRATA[kind]]
    changed = select(literal(1)).where(c.c.record_id == table.c.id, c.c.action.in_(["add", "edit"]))
    asked = [table.c[name] == value for name, value in wanted.items()]
    start = random_start(seed)
    drawn: list[tuple[str, dict[str, Any]]] = []
    for side in (table.c.id >= start, table.c.id < start):
        query = select(table.c.id, *columns).where(side, ~changed.exists(), *asked).order_by(table.c.id)
        for row in connection.execute(query.limit(size + 1)):
            drawn.append((row.id, dict(row._mapping)))
    # What a reviewer changed is looked up as it was before, so that a change takes nothing out of the sample.
    edited = connection.scalars(select(c.c.record_id).where(c.c.kind == kind, c.c.action == "edit").distinct()).all()
    for record, corrections in _by_record(connection, edited).items():
        first = corrections[0]
        if first.action != "add" and first.record:
            values = {name: str(first.record[name]) for name in _STRATA[kind]}
            if all(values[name] == value for name, value in wanted.items()):
                drawn.append((record, values))
    return sorted(drawn, key=lambda one: (one[0] < start, one[0]))[: size + 1]


def _verdict(said: Iterable[Correction], reviewer: str | None) -> str | None:
    """``right``, ``mended`` or ``wrong``; None when the reviewer has not said."""
    standing = [one for one in in_force(said) if reviewer in (None, one.reviewer)]
    if not standing:
        return None
    last = next((one.action for one in reversed(standing) if one.action in ("accept", "reject")), None)
    if last == "reject":
        return "wrong"
    return "mended" if any(one.action == "edit" for one in standing) else "right"


def _verdicts(counted: Counter[str]) -> Verdicts:
    return Verdicts(counted.total(), counted["right"], counted["mended"], counted["wrong"])
