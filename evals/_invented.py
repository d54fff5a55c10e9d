"""Invented news for measuring a ledger: stories that a few articles tell, in words of their own, within days.

As in real news, an article tells of one story; a story has a few parties, two towns and a topic, and one to six
articles on three days tell it, each leaving something out and adding something. Names and words follow Zipf's law:
some parties are in a fifth of all events, most in a handful. Articles come in the order in which they are published,
ten thousand a year. Two articles of one story are alike as such articles are in ECB+, two others hardly.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.records import (
    Article,
    Entity,
    Event,
    EventType,
    Figure,
    Mention,
    Place,
    Reading,
    Span,
    Statement,
    Status,
    Time,
)

EVENTS_EACH = 10
_A_DAY = 27.4  # articles
_PARTIES, _TOWNS, _WORDS = 3000, 800, 20_000
_COUNTRIES = (
    "ISR RUS USA UKR CHN IND COD SDN NGA KEN SYR IRN IRQ YEM SOM ETH MLI NER BFA MMR PAK AFG COL VEN MEX".split()
)
_SYLLABLES = "ka lo mi ra te su no va di be sha go pe ri mo tu la ne zi fo".split()
_VERBS = "attacked arrested met condemned freed blocked expelled praised shelled warned".split()
_TOPICS = "ceasefire harvest election border convoy drought pipeline amnesty curfew strike embargo summit".split()
_SORTS = "Front Party Ministry Brigade Union Council Army Committee Agency Movement Police Assembly".split()


@dataclass(frozen=True, slots=True)
class Act:
    """What an article says of one event; ``words``: what else is in its sentence."""

    names: tuple[str, str, str, str]  # actor, recipient, town, source
    verb: str
    topic: str
    type: EventType
    status: Status
    attributed: bool
    dated: bool
    killed: int | None
    words: tuple[str, ...]


def readings(seed: int = 0) -> Iterator[Reading]:
    """Readings without end, the same for a seed."""
    draw = random.Random(seed)
    waiting: list[tuple[float, int, date, list[Act]]] = []  # when an article is printed, and what it tells
    number, stories, today = 0, 0, 0.0
    while True:
        while not waiting or min(waiting)[0] > today:
            stories += 1
            day = date(2023, 1, 1) + timedelta(days=int(today))
            acts = [_act(draw, cast) for cast in [_cast(draw, stories)] for _ in range(EVENTS_EACH)]
            articles = min(6, int(draw.expovariate(1 / 2.2)) + 1)
            for i in range(articles):
                waiting.append((today + (draw.random() * 2.5 if i else 0), stories * 10 + i, day, acts))
            today += articles / _A_DAY
        waiting.sort(key=lambda one: one[:2])
        printed, _, day, acts = waiting.pop(0)
        kept = draw.sample(acts, EVENTS_EACH - 5) + [_act(draw, _cast_of(acts)) for _ in range(5)]
        draw.shuffle(kept)
        yield _article(
            number, day, date(2023, 1, 1) + timedelta(days=int(printed)), [_retold(draw, one) for one in kept]
        )
        number += 1


def name(rank: int) -> str:
    """A party; low ranks are common."""
    return f"{_word(rank + 500).title()} {_SORTS[rank % len(_SORTS)]}"


def town(rank: int) -> str:
    """A town."""
    return _word(rank + 40_000).title()


@dataclass(frozen=True, slots=True)
class _Cast:
    parties: tuple[str, ...]
    towns: tuple[str, ...]
    topic: str
    words: tuple[str, ...]


def _cast(draw: random.Random, story: int) -> _Cast:
    topic = draw.choice(_TOPICS) if draw.random() < 0.97 else f"rarity{story % 500}"
    parties = tuple(dict.fromkeys(name(_zipf(draw, _PARTIES)) for _ in range(6)))
    return _Cast(
        parties if len(parties) > 1 else (*parties, name(_PARTIES)),
        tuple(town(_zipf(draw, _TOWNS)) for _ in range(2)),
        topic,
        tuple(_any_word(draw) for _ in range(60)),
    )


def _cast_of(acts: list[Act]) -> _Cast:
    return _Cast(
        tuple(dict.fromkeys(party for act in acts for party in act.names[:2])),
        tuple(dict.fromkeys(act.names[2] for act in acts)),
        acts[0].topic,
        tuple(word for act in acts for word in act.words),
    )


def _act(draw: random.Random, cast: _Cast) -> Act:
    actor, recipient = draw.sample(cast.parties, 2)
    return Act(
        names=(actor, recipient, draw.choice(cast.towns), name(_zipf(draw, 500))),
        verb=draw.choice(_VERBS),
        topic=cast.topic,
        type=list(EventType)[_tail(draw, 16)],
        status=list(Status)[_tail(draw, 7)],
        attributed=draw.random() < 0.6,
        dated=draw.random() < 0.5,
        killed=draw.randrange(1, 90) if draw.random() < 0.15 else None,
        words=tuple(draw.choice(cast.words) for _ in range(6)),
    )


def _retold(draw: random.Random, act: Act) -> Act:
    """The same act in another article: most of the words beside it are others."""
    words = tuple(word if draw.random() < 0.2 else _any_word(draw) for word in act.words * 2)
    killed = act.killed + draw.randrange(4) if act.killed else None
    return Act(act.names, act.verb, act.topic, act.type, act.status, act.attributed, act.dated, killed, words)


def _article(number: int, day: date, printed: date, acts: list[Act]) -> Reading:
    """A text of one sentence an event, and its reading."""
    parts, length, frames = [], 0, []
    spans: dict[str, list[tuple[int, int]]] = {}
    for act in acts:
        actor, recipient, place, source = act.names
        sentence = (
            f"{actor} {act.verb} {recipient} in {place} over the {act.topic}, {source} said: {' '.join(act.words)}."
        )
        for key in dict.fromkeys((*act.names, act.verb)):
            start = length + sentence.index(key)
            spans.setdefault(key, []).append((start, start + len(key)))
        frames.append((length, length + len(sentence), act))
        parts.append(sentence)
        length += len(sentence) + 1
    article = Article.of(
        " ".join(parts),
        title=parts[0][:60],
        url=f"https://news.example/{number}",
        publisher=f"paper{number % 40}",
        published=printed.isoformat(),
    )
    return _reading(article, frames, spans, day)


def _reading(
    article: Article, frames: list[tuple[int, int, Act]], spans: dict[str, list[tuple[int, int]]], day: date
) -> Reading:
    whole = article.text
    people = list(dict.fromkeys(who for _, _, act in frames for who in (act.names[0], act.names[1], act.names[3])))
    towns = list(dict.fromkeys(act.names[2] for _, _, act in frames))
    ids = {who: f"n{i}" for i, who in enumerate(people)}
    sites = {where: f"p{i}" for i, where in enumerate(towns)}

    def mention(pair: tuple[int, int]) -> Mention:
        return Mention(start=pair[0], end=pair[1], text=whole[pair[0] : pair[1]], form="name")

    entities = tuple(
        Entity(
            id=ids[who],
            name=who,
            kind="organisation",
            country=_country(who) if _hash(who) % 7 else None,
            mentions=tuple(map(mention, spans[who])),
            because="scale",
        )
        for who in people
    )
    places = tuple(
        Place(
            id=sites[where],
            name=where,
            country=_country(where),
            latitude=_hash(where) % 60,
            longitude=_hash(where) % 90,
            mentions=tuple(Span.of(whole, *pair) for pair in spans[where]),
        )
        for where in towns
    )
    when = Time(
        id="t0",
        span=Span.of(whole, 0, 3),
        value=day.isoformat(),
        start=day.isoformat(),
        end=day.isoformat(),
        granularity="day",
        anchored=True,
    )
    events, statements, figures = [], [], []
    for turn, (start, end, act) in enumerate(frames):
        sentence = Span.of(whole, start, end)
        trigger = Span.of(whole, *next(pair for pair in spans[act.verb] if pair[0] >= start))
        said = f"s{turn}"
        content = Span.of(whole, start, whole.index(f", {act.names[3]} said", start))
        statements.append(
            Statement(id=said, speaker=ids[act.names[3]], content=(content,), style="indirect", stance="asserts")
        )
        events.append(
            Event(
                id=f"e{turn}",
                type=act.type,
                status=act.status,
                actors=(ids[act.names[0]],),
                recipients=(ids[act.names[1]],),
                place=sites[act.names[2]],
                time=when.id if act.dated else None,
                attribution=(said,) if act.attributed else (),
                span=trigger,
                sentence=sentence,
                because="scale",
            )
        )
        if act.killed is not None:
            figures.append(
                Figure(
                    id=f"f{turn}",
                    kind="killed",
                    low=act.killed,
                    bound="exact",
                    scope="incident",
                    event=f"e{turn}",
                    attribution=(said,),
                    span=trigger,
                    sentence=sentence,
                    because="scale",
                )
            )
    return Reading(
        article=article,
        entities=entities,
        places=places,
        times=(when,),
        events=tuple(events),
        statements=tuple(statements),
        figures=tuple(figures),
    )


def _country(called: str) -> str:
    return _COUNTRIES[_hash(called) % len(_COUNTRIES)]


def _hash(called: str) -> int:
    """The same number for a name on every run."""
    return int(sum(ord(c) * 31**i for i, c in enumerate(called)) % 1_000_003)


def _zipf(draw: random.Random, size: int) -> int:
    """A rank below ``size``: the second is half as common as the first, the third a third as common."""
    return min(size - 1, int((size + 1) ** draw.random()) - 1)


def _any_word(draw: random.Random) -> str:
    """One of the words that are no names; those that are in every text, and tell nothing, are left out."""
    return _word(200_000 + int(60 * ((_WORDS + 60) / 60) ** draw.random()) - 60)


def _tail(draw: random.Random, size: int) -> int:
    """A rank below ``size``; the lowest are very common."""
    return min(size - 1, int(draw.paretovariate(0.55)) - 1)


def _word(number: int) -> str:
    word = ""
    while number:
        number, part = divmod(number, len(_SYLLABLES))
        word += _SYLLABLES[part]
    return word
