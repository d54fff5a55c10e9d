"""What the ledger compares of an event: a few words and keys that are kept beside it, so that no article is read twice.

    features_of(reading) -> tuple[EventFeatures, ...]      in the order of reading.events

`EventFeatures.to_json()` leaves the story out, which all events of an article share; `Story.to_json()` keeps that.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import lru_cache
from typing import Any, Self

from onrecord.ledger._ids import ledger_ids
from onrecord.ledger._meaning import stems
from onrecord.ledger._words import STOP, stem, weight, words
from onrecord.records import Entity, EntityKind, Event, Place, Precision, Reading

TERMS = 60
"""How many terms make a story; more change nothing."""

GROUP = "group:"
_LEAD, _READ = 40, 250  # words of the opening, which count twice; words in all
_COMMON = 0.3  # what a word that is no name and no number counts
_TOKEN = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:['’][^\W\d_]+)?")
_EXACT = frozenset((Precision.city, Precision.site))


@dataclass(frozen=True, slots=True)
class Story:
    """What an article is about: stems of its names, numbers and telling words, with weights."""

    article: str
    published: str | None = None
    terms: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading) -> Self:
        """The story of one article."""
        article = reading.article
        title = f"{article.title}\n" if article.title and not article.text.startswith(article.title) else ""
        return cls(article.id, article.published[:10] if article.published else None, story_terms(title + article.text))

    @property
    def keys(self) -> tuple[str, ...]:
        """The heaviest terms: two articles on one event share at least one."""
        return tuple(list(self.terms)[:12])

    def to_json(self) -> str:
        """As JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Back from JSON text."""
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True)
class EventFeatures:
    """One event as it is compared.

    ``trigger``: stems of the trigger; ``actors``, ``recipients``: keys of the parties; ``place``: key, ``exact`` when
    it is a town or nearer; ``first``, ``last``: days, when the text gives them; ``counts``: (kind, low) of its
    figures; ``sentence``: where its sentence begins; ``speakers``: names of who says so, nearest first.
    """

    id: str
    story: Story
    type: str | None = None
    mode: str | None = None
    status: str | None = None
    trigger: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str | None = None
    country: str | None = None
    exact: bool = False
    first: str | None = None
    last: str | None = None
    counts: tuple[tuple[str, int], ...] = ()
    sentence: int | None = None
    speakers: tuple[str, ...] = ()

    @property
    def article(self) -> str:
        """The id of the article."""
        return self.story.article

    @property
    def parties(self) -> frozenset[str]:
        """Everybody known who takes part, in either role: reports differ on the roles more than on the names."""
        return named((*self.actors, *self.recipients))

    def to_json(self) -> str:
        """As JSON text, without the story, and without what nothing is known of."""
        kept = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "story"}
        known = {name: value for name, value in kept.items() if value not in ((), None) and value is not False}
        return json.dumps(known, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str, story: Story) -> Self:
        """Back from JSON text."""
        kept: dict[str, Any] = json.loads(text)
        listed = {name: tuple(value) for name, value in kept.items() if isinstance(value, list)}
        counts = tuple((kind, low) for kind, low in kept.get("counts", ()))
        return cls(**{**kept, **listed, "counts": counts, "story": story})


def features_of(
    reading: Reading, *, story: Story | None = None, ids: Mapping[str, str] | None = None
) -> tuple[EventFeatures, ...]:
    """The features of every event of a reading, in order.

    Parameters
    ----------
    ids: those of the ledger, where corrections changed them.
    """
    story = story or Story.of(reading)
    ids = ids or ledger_ids(reading)
    entities = {entity.id: entity for entity in reading.entities}
    places = {place.id: place for place in reading.places}
    return tuple(_features(reading, event, ids[event.id], story, entities, places) for event in reading.events)


def party_key(entity: Entity) -> str:
    """What tells a party in any article: its key, else its folded name; ``group:`` before people nobody can tell apart.

    Those are groups with a bare noun for a name ("gunmen") or without a country; "Kenyan police" can be told.
    """
    if entity.key:
        return entity.key
    name = words(entity.name)
    anybody = entity.kind is EntityKind.group and (len(name) < 2 or entity.country is None)
    return (GROUP if anybody else "") + " ".join(name)


@lru_cache(maxsize=50_000)
def named(parties: tuple[str, ...]) -> frozenset[str]:
    """The parties that can be told from others: "gunmen" may be anybody, and contradicts nobody."""
    return frozenset(party for party in parties if not party.startswith(GROUP))


def story_terms(text: str) -> dict[str, float]:
    """The heaviest terms of a text, heaviest first. A word that is never printed small is taken for a name."""
    tokens = _TOKEN.findall(text)[:_READ]
    small = {token for token in tokens if token.islower()}
    weights: defaultdict[str, float] = defaultdict(float)
    for i, token in enumerate(tokens):
        for word in words(token)[:1]:
            if word in STOP or len(word) < 2:
                continue
            telling = word.isdigit() or (token[0].isupper() and token.lower() not in small)
            weights[stem(word)] += weight(word) * (1.0 if telling else _COMMON) * (2.0 if i < _LEAD else 1.0)
    heaviest = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:TERMS]
    return {term: round(value, 3) for term, value in heaviest if value > 0}


def _features(
    reading: Reading, event: Event, id_: str, story: Story, entities: Mapping[str, Entity], places: Mapping[str, Place]
) -> EventFeatures:
    place = places.get(event.place or "")
    time = next((time for time in reading.times if time.id == event.time), None)
    said = {statement.id: statement.speaker for statement in reading.statements}
    speakers = [entities[who].name for s in event.attribution if (who := said.get(s)) in entities and who]
    return EventFeatures(
        id=id_,
        story=story,
        type=str(event.type),
        mode=event.mode,
        status=str(event.status),
        trigger=stems(event.span.text),
        actors=_keys(event.actors, entities),
        recipients=_keys(event.recipients, entities),
        place=(place.key or " ".join(words(place.name))) if place else None,
        country=place.country if place else None,
        exact=bool(place and place.precision in _EXACT),
        first=time.start[:10] if time and time.start else None,
        last=time.end[:10] if time and time.end else None,
        counts=tuple(
            (str(figure.kind), figure.low)
            for figure in reading.figures
            if figure.event == event.id and figure.low is not None
        ),
        sentence=event.sentence.start,
        speakers=tuple(speakers),
    )


def _keys(ids: tuple[str, ...], entities: Mapping[str, Entity]) -> tuple[str, ...]:
    return tuple(sorted({party_key(entities[i]) for i in ids if i in entities}))
