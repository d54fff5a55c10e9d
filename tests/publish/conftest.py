"""A hand-written reading of a short invented story, with something of everything."""

from __future__ import annotations

import pytest

from onrecord.records import Article, Entity, Event, Figure, Mention, Place, Reading, Span, Statement, Time, check

TEXT = (
    "Council envoy to meet Free River Army <soon>\n\n"
    "Envoy Ana Duarte will meet the Free River Army on Friday, the Delta Agency said. "
    "Gunmen shot at least 12 farmers in Port Elva on Monday, she told the agency. "
    "The army denied that it had burned any village.\n"
)


def at(words: str) -> Span:
    """The span of the first occurrence of some words."""
    start = TEXT.index(words)
    return Span.of(TEXT, start, start + len(words))


def _entity(id_: str, name: str, kind: str, words: str, form: str = "name", country: str | None = None) -> Entity:
    mention = Mention(**at(words).model_dump(), form=form)
    return Entity(id=id_, name=name, kind=kind, country=country, mentions=(mention,), because="written by hand")


def _event(id_: str, kind: str, status: str, words: str, sentence: str, **fields: object) -> Event:
    return Event(id=id_, type=kind, status=status, span=at(words), sentence=at(sentence), because="hand/made", **fields)


@pytest.fixture
def reading() -> Reading:
    """Three events, one figure, two statements, of which one reports the other."""
    meet = "Envoy Ana Duarte will meet the Free River Army on Friday, the Delta Agency said."
    shoot = "Gunmen shot at least 12 farmers in Port Elva on Monday, she told the agency."
    deny = "The army denied that it had burned any village."
    return check(
        Reading(
            article=Article.of(TEXT, published="2024-05-01", url="https://delta.example/1", publisher="delta.example"),
            entities=(
                _entity("n1", "Ana Duarte", "person", "Ana Duarte", country="AGO"),
                _entity("n2", "Free River Army", "organisation", "Free River Army"),
                _entity("n3", "Delta Agency", "organisation", "Delta Agency"),
                _entity("n4", "gunmen", "group", "Gunmen", form="description"),
            ),
            places=(Place(id="p1", name="Port Elva", mentions=(at("Port Elva"),)),),
            times=(
                Time(
                    id="t1",
                    span=at("Friday"),
                    value="2024-05-03",
                    start="2024-05-03",
                    end="2024-05-03",
                    granularity="day",
                    anchored=True,
                ),
            ),
            events=(
                _event(
                    "e1",
                    "CONSULT",
                    "planned",
                    "meet",
                    meet,
                    actors=("n1",),
                    recipients=("n2",),
                    time="t1",
                    attribution=("s1",),
                ),
                _event(
                    "e2",
                    "ASSAULT",
                    "happened",
                    "shot",
                    shoot,
                    mode="firearms",
                    actors=("n4",),
                    place="p1",
                    attribution=("s2", "s1"),
                ),
                _event("e3", "ASSAULT", "negated", "burned", deny, mode="destroy", actors=("n2",)),
            ),
            statements=(
                Statement(
                    id="s1",
                    speaker="n3",
                    cue=at("said"),
                    content=(at("Envoy Ana Duarte will meet the Free River Army on Friday"),),
                    style="indirect",
                    stance="asserts",
                ),
                Statement(
                    id="s2",
                    speaker="n1",
                    cue=at("told"),
                    content=(at("Gunmen shot at least 12 farmers in Port Elva on Monday"),),
                    style="indirect",
                    stance="asserts",
                    attribution=("s1",),
                ),
            ),
            figures=(
                Figure(
                    id="f1",
                    kind="casualties",
                    low=12,
                    bound="at_least",
                    scope="incident",
                    whom="farmers",
                    place="p1",
                    event="e2",
                    attribution=("s2",),
                    span=at("at least 12"),
                    sentence=at(shoot),
                    because="hand/made",
                ),
            ),
        )
    )
