"""The project's own table, and the same with HXL hashtags for humanitarian data exchange."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.publish.exports._facts import Facts, codes
from onrecord.publish.exports._table import Column, Table
from onrecord.records import Entity, FigureKind


def _actors(value: Callable[[Entity], str | None]) -> Callable[[Facts], object]:
    return lambda f: "; ".join(value(party) or "" for party in f.actors)


def _recipients(value: Callable[[Entity], str | None]) -> Callable[[Facts], object]:
    return lambda f: "; ".join(value(party) or "" for party in f.recipients)


def _known(name: str) -> Callable[[Facts], object]:
    return lambda f: getattr(f.known, name) if f.known else None


def _claimed(kind: FigureKind) -> Callable[[Facts], object]:
    return lambda f: f.number_of(kind)


CSV = Table(
    (
        Column("id", "beginning of the article's hash and the event's id in it", lambda f: f.id),
        Column("article", "hash of the article's text", lambda f: f.reading.article.id),
        Column("published", "publication date as the article gives it", lambda f: f.reading.article.published),
        Column("publisher", "publisher", lambda f: f.reading.article.publisher),
        Column("url", "address of the article", lambda f: f.reading.article.url),
        Column("title", "title of the article", lambda f: f.reading.article.title),
        Column("type", "PLOVER type, or a type of one's own", lambda f: f.event.type),
        Column("mode", "PLOVER mode", lambda f: f.event.mode),
        Column("contexts", "PLOVER contexts, by semicolon", lambda f: "; ".join(f.event.contexts)),
        Column("status", "how real the text says it is", lambda f: f.event.status),
        Column("actors", "names, by semicolon", _actors(lambda p: p.name)),
        Column("actor_countries", "in the order of the names", _actors(lambda p: p.country)),
        Column("actor_sectors", "in the order of the names", _actors(lambda p: " ".join(p.sectors))),
        Column("recipients", "names, by semicolon", _recipients(lambda p: p.name)),
        Column("recipient_countries", "in the order of the names", _recipients(lambda p: p.country)),
        Column("recipient_sectors", "in the order of the names", _recipients(lambda p: " ".join(p.sectors))),
        Column("date_start", "first day of the time the text gives", lambda f: _day(f, start=True)),
        Column("date_end", "last day of the time the text gives", lambda f: _day(f, start=False)),
        Column("time", "the words of the text", lambda f: f.time.span.text if f.time else None),
        Column("place", "the event's place", lambda f: f.place.name if f.place else None),
        Column("admin1", "its first-order division", lambda f: f.place.admin1 if f.place else None),
        Column("country", "its country, ISO alpha-3", lambda f: f.place.country if f.place else None),
        Column("latitude", "latitude", lambda f: f.place.latitude if f.place else None),
        Column("longitude", "longitude", lambda f: f.place.longitude if f.place else None),
        Column("precision", "how exactly the place is known", lambda f: f.place.precision if f.place else None),
        Column("according_to", "the chain of sources; empty: the article itself", lambda f: f.source),
        Column("figures", "every figure tied to the event, by its source", lambda f: f.claims()),
        Column("trigger", "the words that say it", lambda f: f.event.span.text),
        Column("sentence", "the sentence", lambda f: f.sentence),
        Column("start", "offset of the trigger in the text", lambda f: f.event.span.start),
        Column("end", "end of the trigger in the text", lambda f: f.event.span.end),
        Column("because", "the rules that decided", lambda f: f.event.because),
        Column("cluster", "shared by all reports of one event; with --ledger", _known("cluster")),
        Column("articles", "how many articles tell of it; with --ledger", _known("articles")),
        Column("independent_sources", "how many sources those come from; with --ledger", _known("independent_sources")),
        Column("review", "what reviewers made of it; with --ledger", _known("review")),
    )
)

HXL = Table(
    (
        Column("Event id", "as in csv", lambda f: f.id, "#event+id"),
        Column("Date", "day of the act, else of publication", lambda f: f.date, "#date+occurred"),
        Column("Type", "PLOVER type", lambda f: f.event.type, "#event+type"),
        Column("Mode", "PLOVER mode", lambda f: f.event.mode, "#event+subtype"),
        Column("Actors", "names, by semicolon", _actors(lambda p: p.name), "#group+name+first"),
        Column("Recipients", "names, by semicolon", _recipients(lambda p: p.name), "#group+name+second"),
        Column("Country", "of the place", lambda f: codes(f.place.country).name if f.place else None, "#country+name"),
        Column("Country code", "ISO alpha-3", lambda f: f.place.country if f.place else None, "#country+code"),
        Column("Division", "first-order division", lambda f: f.place.admin1 if f.place else None, "#adm1+name"),
        Column("Place", "the event's place", lambda f: f.place.name if f.place else None, "#loc+name"),
        Column("Latitude", "latitude", lambda f: f.place.latitude if f.place else None, "#geo+lat"),
        Column("Longitude", "longitude", lambda f: f.place.longitude if f.place else None, "#geo+lon"),
        Column("Source", "address, else publisher", lambda f: _source(f), "#meta+source"),
        Column("Description", "the sentence", lambda f: f.sentence, "#description"),
        Column("Killed", "if all claims agree on one number", _claimed(FigureKind.killed), "#affected+killed"),
        Column("Injured", "if all claims agree on one number", _claimed(FigureKind.injured), "#affected+injured"),
        Column("Abducted", "if all claims agree on one number", _claimed(FigureKind.abducted), "#affected+abducted"),
        Column("Displaced", "if all claims agree on one number", _claimed(FigureKind.displaced), "#affected+displaced"),
        Column("Status", "how real the text says it is", lambda f: f.event.status, "#status"),
    )
)


def _day(facts: Facts, *, start: bool) -> object:
    if facts.time is None:
        return None
    moment = facts.time.start if start else facts.time.end
    return moment[:10] if moment else None


def _source(facts: Facts) -> object:
    return facts.reading.article.url or facts.reading.article.publisher
