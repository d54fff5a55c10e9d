"""What a reviewer asked to look at, as it stands in the address: shareable, and carried from record to record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any
from urllib.parse import parse_qsl, urlencode

from onrecord.ledger import ORDERS, WAITING
from onrecord.ledger._queue import FILTERS
from onrecord.records import BadOption, EventType, FigureKind, Sourcing, Status

QUESTIONS = {
    "type": "Type",
    "status": "How real",
    "sourcing": "On whose word",
    "party": "Party",
    "actor": "Actor",
    "recipient": "Recipient",
    "country": "A party's country",
    "place": "Place",
    "source": "Who says so",
    "sources": "Independent sources, at least",
    "since": "From day",
    "until": "To day",
    "text": "Words of the article",
    "article": "Article",
    "event": "Event",
}
"""What may be asked, with the label of each."""
CHOICES: dict[str, Iterable[Any]] = {"type": EventType, "status": Status, "sourcing": Sourcing}
"""Questions whose answers are from a list."""
_KINDS = {"event": "events", "figure": "figures", "statement": "statements"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A queue: which records, in what order. ``size``: of a sample, how many records; 0 for none."""

    kind: str = "event"
    order: str = "newest"
    waiting: str = "me"
    seed: int = 0
    size: int = 0
    figure: str = ""
    questions: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, params: Mapping[str, str]) -> Asked:
        """What an address asks for.

        Raises
        ------
        BadOption: a number that is none.
        """
        given = {name: value.strip() for name, value in params.items() if value.strip()}
        kind = given.get("kind", "event")
        known = {one.name for one in fields(FILTERS.get(kind, FILTERS["event"]))}
        return cls(
            kind=kind,
            order=given.get("order", "newest"),
            waiting=given.get("waiting", "me"),
            seed=_number(given, "seed"),
            size=_number(given, "size"),
            figure=given.get("figure", "") if kind == "figure" else "",
            questions={name: given[name] for name in QUESTIONS if name in given and name in known},
        )

    @classmethod
    def of_query(cls, query: str) -> Asked:
        """What the part of an address behind the question mark asks for."""
        return cls.of(dict(parse_qsl(query)))

    @property
    def filter(self) -> dict[str, Any]:
        """The questions as the ledger takes them."""
        found: dict[str, Any] = {**self.questions, **({"kind": self.figure} if self.figure else {})}
        if "sources" in found:
            found["sources"] = _number(found, "sources")
        return found

    @property
    def query(self) -> str:
        """The part of an address that asks for this."""
        plain = {
            "kind": self.kind,
            "order": self.order,
            "waiting": self.waiting if self.waiting != "me" else "",
            "seed": self.seed if self.order == "random" else "",
            "size": self.size or "",
            "figure": self.figure,
            **self.questions,
        }
        return urlencode({name: value for name, value in plain.items() if value != ""})

    def url(self, **more: str | None) -> str:
        """The address of the queue, or of a place in it."""
        further = urlencode({name: value for name, value in more.items() if value})
        return f"/review?{self.query}{'&' if further else ''}{further}"

    @property
    def is_sample(self) -> bool:
        """Whether precision can be measured with it: random, and asked for by nothing but type and status."""
        return self.order == "random" and not self.figure and set(self.questions) <= {"type", "status"}

    @property
    def sample_url(self) -> str:
        """The address of the sample's result."""
        plain: dict[str, Any] = {"kind": self.kind, "seed": self.seed, "size": self.size or "", **self.questions}
        return "/review/precision?" + urlencode({name: value for name, value in plain.items() if value != ""})

    @property
    def words(self) -> str:
        """The queue in words."""
        asked = [f"{QUESTIONS[name].lower()}: {value}" for name, value in self.questions.items()]
        asked += [f"kind: {self.figure}"] if self.figure else []
        named = _KINDS.get(self.kind, self.kind)
        return ", ".join([f"{named}, {ORDERS.get(self.order, self.order)}", *asked])


def choices() -> dict[str, Any]:
    """What the form of a queue offers."""
    return {
        "kinds": _KINDS,
        "orders": ORDERS,
        "waitings": WAITING,
        "lists": {name: list(values) for name, values in CHOICES.items()},
        "labels": QUESTIONS,
        "figures": list(FigureKind),
    }


def _number(given: Mapping[str, str], name: str) -> int:
    value = given.get(name, "0")
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise BadOption(f"{name} {value!r} is not a whole number.")
    return int(value)
