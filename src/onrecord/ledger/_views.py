"""What the reports of one event disagree on: two statuses, two perpetrators, two dates, as who says what.

    conflicts(members, origins) -> tuple[Conflict, ...]      members: the EventFeatures of one cluster

Nothing is voted away and nothing is chosen: every value stays, with every source that gives it. `origins` names the
source behind each article (agency or publisher, one name for all copies), so a story printed ten times counts once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from onrecord.ledger._features import GROUP, EventFeatures, named

Field = Literal["status", "actors", "recipients", "place", "day"]


@dataclass(frozen=True, slots=True)
class Says:
    """A source, the articles it is in, and the events there."""

    source: str
    articles: tuple[str, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """One value and who gives it."""

    value: str
    said_by: tuple[Says, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field with views that cannot all be so; views that say nothing on it are left out."""

    field: Field
    views: tuple[View, ...]

    def __str__(self) -> str:
        told = (f"{', '.join(says.source for says in view.said_by)}: {view.value}" for view in self.views)
        return f"{self.field}: {'; '.join(told)}"


def conflicts(members: Iterable[EventFeatures], origins: Mapping[str, str] | None = None) -> tuple[Conflict, ...]:
    """The fields on which the members differ, each with all views."""
    events = sorted(members, key=lambda event: event.id)
    found = []
    for field, (read, clash) in _FIELDS.items():
        views = _views(events, read, origins or {})
        if any(clash(a.value, b.value) for a, b in combinations(views, 2)):
            found.append(Conflict(field, tuple(replace(view, value=view.value.replace(GROUP, "")) for view in views)))
    return tuple(found)


def _views(
    events: Iterable[EventFeatures], read: Callable[[EventFeatures], str | None], origins: Mapping[str, str]
) -> tuple[View, ...]:
    by_value: defaultdict[str, defaultdict[str, list[EventFeatures]]] = defaultdict(lambda: defaultdict(list))
    for event in events:
        value = read(event)
        if value:
            source = event.speakers[0] if event.speakers else origins.get(event.article, event.article)
            by_value[value][source].append(event)
    return tuple(
        View(value, tuple(_says(source, given) for source, given in sorted(by_source.items())))
        for value, by_source in sorted(by_value.items())
    )


def _says(source: str, events: list[EventFeatures]) -> Says:
    articles = tuple(dict.fromkeys(event.article for event in events))
    return Says(source, articles, tuple(event.id for event in events))


def _day(event: EventFeatures) -> str | None:
    if not event.first:
        return None
    return event.first if event.last in (None, event.first) else f"{event.first} to {event.last}"


def _differ(a: str, b: str) -> bool:
    return a != b


def _strangers(a: str, b: str) -> bool:
    """Parties on both sides that can be told from others, and none in common."""
    one, other = named(tuple(a.split(", "))), named(tuple(b.split(", ")))
    return bool(one and other) and not one & other


def _days_apart(a: str, b: str) -> bool:
    (a_first, _, a_last), (b_first, _, b_last) = a.partition(" to "), b.partition(" to ")
    return (a_last or a_first) < b_first or (b_last or b_first) < a_first


_FIELDS: dict[Field, tuple[Callable[[EventFeatures], str | None], Callable[[str, str], bool]]] = {
    "status": (lambda event: event.status, _differ),
    "actors": (lambda event: ", ".join(event.actors), _strangers),
    "recipients": (lambda event: ", ".join(event.recipients), _strangers),
    "place": (lambda event: event.place if event.exact else None, _differ),
    "day": (_day, _days_apart),
}
