"""One reading made by hand, with an act of every kind that a format treats in its own way."""

from __future__ import annotations

import pytest

from onrecord.records import (
    Article,
    Bound,
    Entity,
    EntityKind,
    Event,
    Figure,
    FigureKind,
    Granularity,
    Mention,
    MentionForm,
    Place,
    Precision,
    Reading,
    Scope,
    Span,
    Stance,
    Statement,
    Status,
    Style,
    Time,
)  # fmt: skip

TEXT = (
    "Rebels shelled the market in Arbat on Sunday, killing 12 villagers, the governor said. "
    "The army killed two\tof them in Zagreya province. "
    "Norland will send medicine to Sudmark. Sudmark threatened to arrest smugglers. Norland praised the truce."
)


def _span(words: str) -> Span:
    start = TEXT.index(words)
    return Span.of(TEXT, start, start + len(words))


def _party(id_: str, words: str, kind: str, country: str | None, *sectors: str, key: str | None = None) -> Entity:
    at = _span(words)
    mention = Mention(start=at.start, end=at.end, text=at.text, form=MentionForm.name)
    return Entity(
        id=id_, name=words, kind=EntityKind(kind), country=country, sectors=sectors, key=key, mentions=(mention,),
        because="by hand",
    )  # fmt: skip


def _event(number: int, type_: str, mode: str | None, words: str, status: Status, **fields: object) -> Event:
    sentence = next(s for s in TEXT.split(". ") if words in s)
    return Event(
        id=f"e{number}", type=type_, mode=mode, span=_span(words), sentence=_span(sentence), status=status,
        because="by hand", **fields,
    )  # fmt: skip


@pytest.fixture(scope="package")
def story() -> Reading:
    """The story, to every test."""
    return the_story()


def the_story() -> Reading:
    """Five events: shelling (two tolls by two sources would be two figures), a killing, a promise, a threat, praise."""
    entities = (
        _party("n1", "Rebels", "group", "SDN", "REB"),
        _party("n2", "villagers", "group", "SDN", "CVL"),
        _party("n3", "governor", "person", "SDN", "GOV"),
        _party("n4", "army", "organisation", "SDN", "MIL"),
        _party("n5", "Norland", "country", "NOR", "GOV", key="country:NOR"),
        _party("n6", "Sudmark", "country", "DNK", "GOV", key="country:DNK"),
        _party("n7", "smugglers", "group", None, "CRM"),
    )
    places = (
        Place(
            id="p1", name="Arbat", country="SDN", admin1="Zagreya", latitude=13.5, longitude=30.25,
            precision=Precision.city, key="geonames:42", mentions=(_span("Arbat"),),
        ),
        Place(
            id="p2", name="Sudan", country="SDN", latitude=16.0, longitude=30.0, precision=Precision.country,
            mentions=(_span("Zagreya province"),),
        ),
    )  # fmt: skip
    sunday = Time(
        id="t1", span=_span("on Sunday"), value="2024-03-03", start="2024-03-03", end="2024-03-03",
        granularity=Granularity.day, anchored=True,
    )  # fmt: skip
    told = Statement(
        id="s1", speaker="n3", cue=_span("said"), content=(_span("Rebels shelled the market"),), style=Style.indirect,
        stance=Stance.asserts,
    )  # fmt: skip
    shelling = {"actors": ("n1",), "recipients": ("n2",), "place": "p1", "time": "t1", "attribution": ("s1",)}
    events = (
        _event(1, "ASSAULT", "heavy-weapons", "shelled", Status.happened, contexts=("military",), **shelling),
        _event(2, "ASSAULT", None, "killed two", Status.happened, actors=("n4",), recipients=("n1",), place="p2"),
        _event(3, "AID", None, "send medicine", Status.planned, actors=("n5",), recipients=("n6",)),
        _event(4, "COERCE", "arrest", "arrest smugglers", Status.threatened, actors=("n6",), recipients=("n7",)),
        _event(5, "SUPPORT", None, "praised", Status.happened, actors=("n5",)),
    )
    toll = Figure(
        id="f1", kind=FigureKind.killed, low=12, high=12, bound=Bound.exact, scope=Scope.incident, whom="villagers",
        event="e1", attribution=("s1",), span=_span("12 villagers"), sentence=events[0].sentence, because="by hand",
    )  # fmt: skip
    other = toll.model_copy(
        update={"id": "f2", "low": 2, "high": 2, "event": "e2", "span": _span("two"), "attribution": ()}
    )
    rival = other.model_copy(update={"id": "f3", "low": 5, "high": None, "bound": Bound.at_least})
    article = Article.of(
        TEXT, title="A market is shelled", url="https://example.org/1", publisher="Example Wire", published="2024-03-05"
    )
    return Reading(
        article=article, entities=entities, places=places, times=(sunday,), events=events, statements=(told,),
        figures=(toll, other, rival),
    )  # fmt: skip
