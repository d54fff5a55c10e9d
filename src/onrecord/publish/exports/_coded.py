"""The formats of the event coders: GDELT, Phoenix, ICEWS, POLECAT."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.publish.exports import _cameo
from onrecord.publish.exports._facts import Facts, codes
from onrecord.publish.exports._table import Column, Table, not_real
from onrecord.records import Entity, EventType, Place

_NO_TONE = "empty: the project measures no tone"
_NO_SCALE = "empty: no Goldstein score is given; join one on the code if you want it"


def _first(parties: tuple[Entity, ...], value: Callable[[Entity], object]) -> object:
    return value(parties[0]) if parties else None


def _actor(value: Callable[[Entity], object]) -> Callable[[Facts], object]:
    return lambda f: _first(f.actors, value)


def _recipient(value: Callable[[Entity], object]) -> Callable[[Facts], object]:
    return lambda f: _first(f.recipients, value)


def _place(value: Callable[[Place], object]) -> Callable[[Facts], object]:
    return lambda f: value(f.place) if f.place else None


def _known(name: str) -> Callable[[Facts], object]:
    return lambda f: getattr(f.known, name) if f.known else None


def _digits(day: str) -> str:
    return day.replace("-", "")


def _role(number: int) -> Callable[[Entity], object]:
    return lambda party: (_cameo.roles(party) + [""] * 3)[number]


def _quad(facts: Facts) -> object:
    return facts.event.type.quad.value if isinstance(facts.event.type, EventType) else None


def _gdelt_party(number: int, side: Callable[[Callable[[Entity], object]], Callable[[Facts], object]]) -> list[Column]:
    name = f"Actor{number}"
    return [
        Column(f"{name}Code", "CAMEO actor code: country and roles", side(_cameo.actor_code)),
        Column(f"{name}Name", "name, in capitals as GDELT has it", side(lambda p: p.name.upper())),
        Column(f"{name}CountryCode", "three-letter country", side(lambda p: codes(p.country).name and p.country)),
        Column(f"{name}KnownGroupCode", "key of a known body that has no country", side(_group)),
        Column(f"{name}EthnicCode", "empty: the project does not code ethnicity"),
        Column(f"{name}Religion1Code", "empty: the project does not code religion"),
        Column(f"{name}Religion2Code", "empty: the project does not code religion"),
        *(Column(f"{name}Type{i + 1}Code", "CAMEO role", side(_role(i))) for i in range(3)),
    ]


def _group(party: Entity) -> object:
    return party.key if party.key and not codes(party.country).name else None


def _gdelt_kind(place: Place) -> object:
    return {"country": 1, "city": 4, "site": 4, "admin1": 5, "region": 5}.get(place.precision or "", 0)


def _geonames(place: Place) -> object:
    return place.key.removeprefix("geonames:") if place.key and place.key.startswith("geonames:") else None


_GDELT_PLACE = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID".split()


def _not_located(name: str) -> list[Column]:
    return [Column(f"{name}Geo_{part}", "empty: parties are not located") for part in _GDELT_PLACE]


_ACTION = [
    Column("ActionGeo_Type", "the event's place: 1 country, 4 city or site, 5 division or region", _place(_gdelt_kind)),
    Column("ActionGeo_FullName", "its name", _place(lambda p: p.name)),
    Column("ActionGeo_CountryCode", "its country, FIPS 10-4", _place(lambda p: codes(p.country).fips)),
    Column("ActionGeo_ADM1Code", "empty: GDELT's division codes are not kept"),
    Column("ActionGeo_ADM2Code", "empty: GDELT's division codes are not kept"),
    Column("ActionGeo_Lat", "latitude", _place(lambda p: p.latitude)),
    Column("ActionGeo_Long", "longitude", _place(lambda p: p.longitude)),
    Column("ActionGeo_FeatureID", "GeoNames id, where the place has one", _place(_geonames)),
]


GDELT = Table(
    (
        Column("GLOBALEVENTID", "beginning of the article's hash and the event's number in it", lambda f: f.id),
        Column("SQLDATE", "day of the act, else of publication, YYYYMMDD", lambda f: _digits(f.date)),
        Column("MonthYear", "YYYYMM", lambda f: _digits(f.date)[:6]),
        Column("Year", "YYYY", lambda f: f.date[:4]),
        Column("FractionDate", "empty: follows from the date"),
        *_gdelt_party(1, _actor),
        *_gdelt_party(2, _recipient),
        Column("IsRootEvent", "empty: no event is ranked above another"),
        Column("EventCode", "CAMEO code of type and mode", _cameo.code),
        Column("EventBaseCode", "its first three digits", lambda f: _cameo.code(f)[:3]),
        Column("EventRootCode", "its first two digits", lambda f: _cameo.code(f)[:2]),
        Column("QuadClass", "quad class of the type", _quad),
        Column("GoldsteinScale", _NO_SCALE),
        Column("NumMentions", "empty: mentions within an article are not counted"),
        Column("NumSources", "independent sources that tell of it; with --ledger", _known("independent_sources")),
        Column("NumArticles", "articles that tell of it; with --ledger", _known("articles")),
        Column("AvgTone", _NO_TONE),
        *_not_located("Actor1"),
        *_not_located("Actor2"),
        *_ACTION,
        Column("DATEADDED", "day of publication, YYYYMMDD", lambda f: _digits(f.published)),
        Column("SOURCEURL", "address of the article", lambda f: f.reading.article.url),
    ),
    separator="\t",
    header=False,
    leaves_out=_cameo.leaves_out,
)


def _phoenix_party(side: Callable[[Callable[[Entity], object]], Callable[[Facts], object]], name: str) -> list[Column]:
    return [
        Column(f"{name}ActorFull", "CAMEO actor code", side(_cameo.actor_code)),
        Column(f"{name}ActorEntity", "country or kind of body", side(_cameo.country_code)),
        Column(f"{name}ActorRole", "CAMEO role", side(_role(0))),
        Column(f"{name}ActorAttribute", "second CAMEO role", side(_role(1))),
    ]


PHOENIX = Table(
    (
        Column("EventID", "beginning of the article's hash and the event's number in it", lambda f: f.id),
        Column("Date", "day of the act, else of publication, YYYYMMDD", lambda f: _digits(f.date)),
        Column("Year", "YYYY", lambda f: f.date[:4]),
        Column("Month", "MM", lambda f: f.date[5:7]),
        Column("Day", "DD", lambda f: f.date[8:10]),
        *_phoenix_party(_actor, "Source"),
        *_phoenix_party(_recipient, "Target"),
        Column("EventCode", "CAMEO code of type and mode", _cameo.code),
        Column("EventRootCode", "its first two digits", lambda f: _cameo.code(f)[:2]),
        Column("QuadClass", "quad class of the type", _quad),
        Column("GoldsteinScore", _NO_SCALE),
        Column("Issues", "PLOVER contexts, by semicolon", lambda f: ";".join(f.event.contexts)),
        Column("Lat", "latitude of the event's place", _place(lambda p: p.latitude)),
        Column("Lon", "longitude of the event's place", _place(lambda p: p.longitude)),
        Column("LocationName", "the event's place", _place(lambda p: p.name)),
        Column("StateName", "its first-order division", _place(lambda p: p.admin1)),
        Column("CountryCode", "its country, three letters", _place(lambda p: p.country)),
        Column("SentenceID", "offset of the sentence in the text", lambda f: f.event.sentence.start),
        Column("URLs", "address of the article", lambda f: f.reading.article.url),
        Column("NewsSources", "publisher", lambda f: f.reading.article.publisher),
    ),
    separator="\t",
    header=False,
    leaves_out=_cameo.leaves_out,
)

ICEWS = Table(
    (
        Column("Event ID", "beginning of the article's hash and the event's number in it", lambda f: f.id),
        Column("Event Date", "day of the act, else of publication", lambda f: f.date),
        Column("Source Name", "first actor", _actor(lambda p: p.name)),
        Column("Source Sectors", "PLOVER sectors", _actor(lambda p: ",".join(p.sectors))),
        Column("Source Country", "country name", _actor(lambda p: codes(p.country).name)),
        Column("Event Text", "type and mode", lambda f: " ".join(filter(None, (f.event.type, f.event.mode)))),
        Column("CAMEO Code", "code of type and mode", _cameo.code),
        Column("Intensity", _NO_SCALE),
        Column("Target Name", "first recipient", _recipient(lambda p: p.name)),
        Column("Target Sectors", "PLOVER sectors", _recipient(lambda p: ",".join(p.sectors))),
        Column("Target Country", "country name", _recipient(lambda p: codes(p.country).name)),
        Column("Story ID", "hash of the article's text", lambda f: f.reading.article.id),
        Column("Sentence Number", "empty: sentences are found by offset, not by number"),
        Column("Publisher", "publisher", lambda f: f.reading.article.publisher),
        Column("City", "the event's place, when it is a city or a site", lambda f: _level(f, "city", "site")),
        Column("District", "empty: second-order divisions are not kept"),
        Column("Province", "first-order division", _place(lambda p: p.admin1)),
        Column("Country", "country name", _place(lambda p: codes(p.country).name)),
        Column("Latitude", "latitude", _place(lambda p: p.latitude)),
        Column("Longitude", "longitude", _place(lambda p: p.longitude)),
    ),
    separator="\t",
    leaves_out=_cameo.leaves_out,
)


def _level(facts: Facts, *precisions: str) -> object:
    return facts.place.name if facts.place and facts.place.precision in precisions else None


def _polecat_party(
    side: Callable[[Callable[[Entity], object]], Callable[[Facts], object]], name: str, wikipedia: str
) -> list[Column]:
    return [
        Column(f"{name} Name", "name of the first", side(lambda p: p.name)),
        Column(f"{name} Country", "ISO alpha-3, or UNO IGO NGO …", side(lambda p: p.country)),
        Column(f"{name} COW", "empty: no Correlates of War numbers are kept"),
        Column(f"Primary {name} Sector", "first sector", side(lambda p: p.sectors[0] if p.sectors else None)),
        Column(f"{name} Sectors", "all sectors, by semicolon", side(lambda p: ";".join(p.sectors))),
        Column(f"{name} Title", "office or role", side(lambda p: p.role)),
        Column(f"{name} Name Raw", "first words that refer to it", side(lambda p: p.mentions[0].text)),
        Column(wikipedia, "empty: no Wikipedia ids are kept"),
    ]


def _names(kind: tuple[str, ...]) -> Callable[[Facts], object]:
    return lambda f: ";".join(entity.name for entity in f.reading.entities if entity.kind in kind)


POLECAT = Table(
    (
        Column("Event ID", "beginning of the article's hash and the event's number in it", lambda f: f.id),
        Column("Event Date", "day of the act, else of publication", lambda f: f.date),
        Column("Event Type", "PLOVER type", lambda f: f.event.type),
        Column("Event Mode", "PLOVER mode", lambda f: f.event.mode),
        Column("Intensity", _NO_SCALE),
        Column("Quad Code", "quad class of the type", _quad),
        Column("Contexts", "PLOVER contexts, by semicolon", lambda f: ";".join(f.event.contexts)),
        *_polecat_party(_actor, "Actor", "Wikipedia Actor ID"),
        *_polecat_party(_recipient, "Recipient", "Wikipedia Recipient ID"),
        Column("Placename", "the event's place", _place(lambda p: p.name)),
        Column("City", "the same, when it is a city or a site", lambda f: _level(f, "city", "site")),
        Column("District", "empty: second-order divisions are not kept"),
        Column("Province", "first-order division", _place(lambda p: p.admin1)),
        Column("Country", "ISO alpha-3", _place(lambda p: p.country)),
        Column("Latitude", "latitude", _place(lambda p: p.latitude)),
        Column("Longitude", "longitude", _place(lambda p: p.longitude)),
        Column("GeoNames ID", "where the place has one", _place(_geonames)),
        Column("Raw Placename", "the words of the text", _place(lambda p: p.mentions[0].text)),
        Column("Feature Type", "how exactly the place is known", _place(lambda p: p.precision)),
        Column("Source", "publisher", lambda f: f.reading.article.publisher),
        Column("Publication Date", "day of publication", lambda f: f.published),
        Column("Story People", "persons of the article", _names(("person",))),
        Column("Story Organizations", "bodies of the article", _names(("organisation",))),
        Column("Story Locations", "places of the article", lambda f: ";".join(p.name for p in f.reading.places)),
        Column("Language", "language of the article", lambda f: f.reading.article.language),
        Column("Version", "format of the readings", lambda f: f.reading.format),
    ),
    separator="\t",
    leaves_out=not_real,
)
