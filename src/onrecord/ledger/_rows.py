"""A reviewed reading as rows, table by table. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from onrecord.ledger import _tables as t
from onrecord.ledger._corrections import Reviewed
from onrecord.ledger._ids import fold
from onrecord.records import Article, Entity, Event, Figure, Place, Span, Statement, Time, sourcing

Row = dict[str, Any]

CHILDREN = {t.mentions: ("entity_id", "place_id"), t.event_parties: ("event_id",), t.attributions: ("record_id",)}
"""Tables whose rows are parts of a record, with the columns that say of which."""


def rows_of(reviewed: Reviewed) -> dict[Table, list[Row]]:
    """The rows of one article's records, without the moment of their change; referred-to tables come first."""
    return _Maker(reviewed).rows()


def article_row(article: Article) -> Row:
    """The article itself."""
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "authors": list(article.authors),
        "published": article.published,
        "published_day": article.published[:10] if article.published else None,
        "retrieved": article.retrieved,
        "language": article.language,
        "text": article.text,
        "repairs": list(article.repairs),
        "words": len(article.text.split()),
    }


@dataclass(slots=True)
class _Maker:
    reviewed: Reviewed

    def rows(self) -> dict[Table, list[Row]]:
        reading = self.reviewed.reading
        return {
            t.entities: [self._entity(one) for one in reading.entities],
            t.places: [self._place(one) for one in reading.places],
            t.times: [self._time(one) for one in reading.times],
            t.statements: [self._statement(one) for one in reading.statements],
            t.events: [self._event(one) for one in reading.events],
            t.figures: [self._figure(one) for one in reading.figures],
            t.mentions: self._mentions(),
            t.event_parties: self._parties(),
            t.attributions: self._attributions(),
        }

    def _common(self, record: Entity | Place | Time | Statement | Event | Figure) -> Row:
        return {
            "id": self.reviewed.ids[record.id],
            "article_id": self.reviewed.reading.article.id,
            "local_id": record.id,
            "review": self.reviewed.reviews.get(record.id, "unreviewed"),
        }

    def _entity(self, one: Entity) -> Row:
        return {
            **self._common(one),
            "name": one.name,
            "name_folded": fold(one.name),
            "kind": one.kind.value,
            "country": one.country,
            "sectors": list(one.sectors),
            "role": one.role,
            "key": one.key,
            "because": one.because,
        }

    def _place(self, one: Place) -> Row:
        return {
            **self._common(one),
            "name": one.name,
            "name_folded": fold(one.name),
            "country": one.country,
            "admin1": one.admin1,
            "latitude": one.latitude,
            "longitude": one.longitude,
            "precision": one.precision.value if one.precision else None,
            "key": one.key,
        }

    def _time(self, one: Time) -> Row:
        return {
            **self._common(one),
            **_span("span", one.span),
            "value": one.value,
            "start": one.start,
            "end": one.end,
            "granularity": one.granularity.value,
            "anchored": one.anchored,
        }

    def _statement(self, one: Statement) -> Row:
        return {
            **self._common(one),
            "speaker_id": self._lasting(one.speaker),
            "medium_id": self._lasting(one.medium),
            **_span("cue", one.cue),
            "content": [span.model_dump() for span in one.content],
            "style": one.style.value,
            "stance": one.stance.value,
        }

    def _event(self, one: Event) -> Row:
        place = next((place for place in self.reviewed.reading.places if place.id == one.place), None)
        return {
            **self._common(one),
            "type": str(one.type),
            "mode": one.mode,
            "contexts": list(one.contexts),
            "status": one.status.value,
            "sourcing": sourcing(self.reviewed.reading, one).value,
            "place_id": self._lasting(one.place),
            "place": place.name if place else None,
            "place_folded": fold(place.name) if place else None,
            "place_country": place.country if place else None,
            "latitude": place.latitude if place else None,
            "longitude": place.longitude if place else None,
            "time_id": self._lasting(one.time),
            **self._days(one.time),
            **_span("span", one.span),
            **_span("sentence", one.sentence),
            "because": one.because,
        }

    def _figure(self, one: Figure) -> Row:
        return {
            **self._common(one),
            "kind": one.kind.value,
            "low": one.low,
            "high": one.high,
            "bound": one.bound.value,
            "scope": one.scope.value,
            "whom": one.whom,
            "place_id": self._lasting(one.place),
            "time_id": self._lasting(one.time),
            "event_id": self._lasting(one.event),
            **self._days(one.time),
            **_span("span", one.span),
            **_span("sentence", one.sentence),
            "because": one.because,
        }

    def _mentions(self) -> list[Row]:
        reading = self.reviewed.reading
        of_entities = [
            self._mention(span, entity=one.id, form=span.form.value)
            for one in reading.entities
            for span in one.mentions
        ]
        return of_entities + [self._mention(span, place=one.id) for one in reading.places for span in one.mentions]

    def _mention(
        self, span: Span, *, entity: str | None = None, place: str | None = None, form: str | None = None
    ) -> Row:
        return {
            "article_id": self.reviewed.reading.article.id,
            "entity_id": self._lasting(entity),
            "place_id": self._lasting(place),
            "start": span.start,
            "end": span.end,
            "text": span.text,
            "form": form,
        }

    def _parties(self) -> list[Row]:
        reading = self.reviewed.reading
        entities = {one.id: one for one in reading.entities}
        return [
            {
                "event_id": self.reviewed.ids[event.id],
                "side": side,
                "position": position,
                "article_id": reading.article.id,
                "entity_id": self.reviewed.ids[party],
                "name_folded": fold(entities[party].name),
                "country": entities[party].country,
                "type": str(event.type),
                "status": event.status.value,
                "first_day": self._days(event.time)["first_day"],
            }
            for event in reading.events
            for side, parties in (("actor", event.actors), ("recipient", event.recipients))
            for position, party in enumerate(parties)
        ]

    def _attributions(self) -> list[Row]:
        reading = self.reviewed.reading
        speakers = {one.id: one.speaker for one in reading.statements}
        names = {one.id: one.name for one in reading.entities}
        return [
            {
                "record_id": self.reviewed.ids[record.id],
                "position": position,
                "kind": kind,
                "article_id": reading.article.id,
                "statement_id": self.reviewed.ids[statement],
                "speaker_folded": fold(names[speaker]) if (speaker := speakers[statement]) else None,
                "first_day": "" if isinstance(record, Statement) else self._days(record.time)["first_day"],
            }
            for kind, records in (
                ("event", reading.events),
                ("figure", reading.figures),
                ("statement", reading.statements),
            )
            for record in records
            for position, statement in enumerate(record.attribution)
        ]

    def _days(self, time_id: str | None) -> Row:
        """First and last day: of the time when it is anchored, else the day of publication, else nothing."""
        reading = self.reviewed.reading
        time = next((one for one in reading.times if one.id == time_id), None)
        if time and time.start:
            return {"first_day": time.start[:10], "last_day": (time.end or time.start)[:10]}
        published = (reading.article.published or "")[:10]
        return {"first_day": published, "last_day": published}

    def _lasting(self, own: str | None) -> str | None:
        return self.reviewed.ids[own] if own is not None else None


def _span(prefix: str, span: Span | None) -> Row:
    return {
        f"{prefix}_start": span.start if span else None,
        f"{prefix}_end": span.end if span else None,
        f"{prefix}_text": span.text if span else None,
    }
