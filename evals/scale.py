"""Fill a ledger with so many invented events, time what people ask of it, and show how the database goes about it.

    python -m evals.scale [--events 100000] [--ledger FILE|URL] [--plans] [--plot FILE.svg]

Parties, places, days, types, statuses and sources are drawn from long-tailed lists, as in real news: some names are in
a fifth of all events, most in a handful. Without ``--ledger`` a new SQLite file is used.
"""

# ruff: noqa: E501

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import event as hooks
from sqlalchemy import text

from onrecord.ledger import Ledger, open_ledger
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

_EVENTS_EACH = 10
_LIMIT_MS = 100
_COUNTRIES = (
    "ISR RUS USA UKR CHN IND COD SDN NGA KEN SYR IRN IRQ YEM SOM ETH MLI NER BFA MMR PAK AFG COL VEN MEX".split()
)
_SYLLABLES = "ka lo mi ra te su no va di be sha go pe ri mo tu la ne zi fo".split()
_VERBS = "attacked arrested met condemned freed blocked expelled praised shelled warned".split()
_TOPICS = "ceasefire harvest election border convoy drought pipeline amnesty curfew strike embargo summit".split()


def reading(number: int, draw: random.Random) -> Reading:
    """One invented article of ten events, its text a list of short sentences."""
    day = date(2020, 1, 1) + timedelta(days=draw.randrange(1800))
    parts, length = [], 0
    spans: dict[str, list[tuple[int, int]]] = {}
    frames = []
    for turn in range(_EVENTS_EACH):
        names = [_name(_tail(draw, 3000)), _name(_tail(draw, 3000)), _town(_tail(draw, 800)), _name(_tail(draw, 500))]
        verb = draw.choice(_VERBS)
        topic = draw.choice(_TOPICS) if draw.random() < 0.97 else f"rarity{number % 500}"
        sentence = f"{names[0]} {verb} {names[1]} in {names[2]} over the {topic}, {names[3]} said."
        at = length
        for key in (*names, verb):
            start = at + sentence.index(key)
            spans.setdefault(key, []).append((start, start + len(key)))
        frames.append((turn, at, at + len(sentence), names, verb))
        parts.append(sentence)
        length += len(sentence) + 1
    whole = " ".join(parts)
    return _assemble(Article.of(whole, title=parts[0][:60], url=f"https://news.example/{number}", publisher=f"paper{number % 40}",
                                published=day.isoformat()), frames, spans, day, draw)  # fmt: skip


def _assemble(article: Article, frames: list[tuple[int, int, int, list[str], str]], spans: dict[str, list[tuple[int, int]]],
              day: date, draw: random.Random) -> Reading:  # fmt: skip
    whole = article.text
    people = list(dict.fromkeys(name for frame in frames for name in (frame[3][0], frame[3][1], frame[3][3])))
    towns = list(dict.fromkeys(frame[3][2] for frame in frames))
    ids = {name: f"n{i}" for i, name in enumerate(people)}
    sites = {name: f"p{i}" for i, name in enumerate(towns)}

    def mention(pair: tuple[int, int]) -> Mention:
        return Mention(start=pair[0], end=pair[1], text=whole[pair[0] : pair[1]], form="name")

    entities = tuple(
        Entity(id=ids[name], name=name, kind="organisation", country=_COUNTRIES[hash_of(name) % 25] if hash_of(name) % 7 else None,
               mentions=tuple(mention(pair) for pair in spans[name]), because="scale")
        for name in people
    )  # fmt: skip
    places = tuple(
        Place(id=sites[name], name=name, country=_COUNTRIES[hash_of(name) % 25], latitude=hash_of(name) % 60, longitude=hash_of(name) % 90,
              mentions=tuple(Span.of(whole, *pair) for pair in spans[name]))
        for name in towns
    )  # fmt: skip
    events, statements, figures = [], [], []
    types, statuses = list(EventType), list(Status)
    for turn, start, end, names, verb in frames:
        sentence = Span.of(whole, start, end)
        trigger = next(pair for pair in spans[verb] if pair[0] >= start)
        statements.append(Statement(id=f"s{turn}", speaker=ids[names[3]], content=(Span.of(whole, start, end - 6 - len(names[3])),),
                                    style="indirect", stance="asserts"))  # fmt: skip
        events.append(Event(id=f"e{turn}", type=types[_tail(draw, 16)], status=statuses[_tail(draw, 7)], actors=(ids[names[0]],),
                            recipients=(ids[names[1]],), place=sites[names[2]], attribution=(f"s{turn}",) if draw.random() < 0.6 else (),
                            span=Span.of(whole, *trigger), sentence=sentence, because="scale"))  # fmt: skip
        if draw.random() < 0.15:
            figures.append(Figure(id=f"f{turn}", kind="killed", low=draw.randrange(1, 90), bound="exact", scope="incident",
                                  event=f"e{turn}", attribution=(f"s{turn}",), span=Span.of(whole, *trigger), sentence=sentence, because="scale"))  # fmt: skip
    when = Time(
        id="t0",
        span=Span.of(whole, 0, 3),
        value=day.isoformat(),
        start=day.isoformat(),
        end=day.isoformat(),
        granularity="day",
        anchored=True,
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


def hash_of(name: str) -> int:
    """The same number for a name on every run."""
    return int(sum(ord(c) * 31**i for i, c in enumerate(name)) % 1_000_003)


def _tail(draw: random.Random, size: int) -> int:
    """A rank below ``size``; low ranks are common."""
    return min(size - 1, int(draw.paretovariate(0.55)) - 1)


def _name(rank: int) -> str:
    return _word(rank + 17).title() + " Front"


def _town(rank: int) -> str:
    return _word(rank + 40_000).title()


def _word(number: int) -> str:
    word = ""
    while number:
        number, part = divmod(number, len(_SYLLABLES))
        word += _SYLLABLES[part]
    return word


def questions(ledger: Ledger) -> dict[str, Callable[[], object]]:
    """What people ask, common and rare."""
    common, rare, town = _name(0), _name(700), _town(0)
    return {
        "newest": lambda: ledger.events(),
        "type": lambda: ledger.events(type="ASSAULT"),
        "type and status": lambda: ledger.events(type="CONSULT", status="planned"),
        "rare status": lambda: ledger.events(status="negated"),
        "a month": lambda: ledger.events(since="2022-03-01", until="2022-03-31"),
        "common party": lambda: ledger.events(party=common),
        "rare party": lambda: ledger.events(party=rare),
        "party, type, status": lambda: ledger.events(party=common, type="COERCE", status="planned"),
        "two parties": lambda: ledger.events(actor=common, recipient=_name(3)),
        "country": lambda: ledger.events(country="ISR"),
        "country and rare type": lambda: ledger.events(country="KEN", type="ASSAULT", status="negated"),
        "place": lambda: ledger.events(place=town),
        "place's country": lambda: ledger.events(place="COD", type="AGREE"),
        "source": lambda: ledger.events(source=common),
        "rare source and type": lambda: ledger.events(source=_name(300), type="AGREE"),
        "sourcing": lambda: ledger.events(sourcing="own_voice"),
        "common words": lambda: ledger.events(text="ceasefire"),
        "rare word": lambda: ledger.events(text="rarity77"),
        "common words and type": lambda: ledger.events(text="ceasefire border", type="MOBILIZE"),
        "figures": lambda: ledger.figures(kind="killed"),
        "figures by source": lambda: ledger.figures(kind="killed", source=common),
        "articles by words": lambda: ledger.articles(text="rarity77 OR rarity78"),
        "changes of the last transaction": lambda: list(ledger.changes(_before_last(ledger))),
    }


def _before_last(ledger: Ledger) -> str:
    with ledger._database.reading() as connection:
        last: str = connection.execute(text("SELECT max(changed_at) FROM articles")).scalar_one()
    return (datetime.fromisoformat(last) - timedelta(microseconds=1)).isoformat()


def main() -> None:
    """Fill, ask, print; leaves with 1 when a question takes longer than it may."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        where = options.ledger or str(Path(folder) / "scale.db")
        with open_ledger(where) as ledger:
            costs = _fill(ledger, options.events)
            _prepare(ledger)
            slow = _ask(ledger, plans=options.plans)
    if options.plot and costs:
        _plot(costs, options.plot)
    sys.exit(1 if slow else 0)


def _fill(ledger: Ledger, events: int) -> list[tuple[int, float]]:
    """Milliseconds an article, for every thousand events put in."""
    done = ledger.counts().articles
    draw = random.Random(done)
    costs, clock = [], _clock(ledger)
    for first in range(done, events // _EVENTS_EACH, 100):
        batch = [reading(number, draw) for number in range(first, first + 100)]
        start = clock()
        for one in batch:
            ledger.add(one)
        end = clock()
        costs.append(((first + 100) * _EVENTS_EACH, 10 * (end - start)))
    if costs:
        tenth = max(1, len(costs) // 10)
        early = statistics.median(cost for _, cost in costs[:tenth])
        late = statistics.median(cost for _, cost in costs[-tenth:])
        print(
            f"{events:,} events; an article costs {early:.1f} ms in the first tenth, {late:.1f} ms in the last ({late / early - 1:+.0%})"
        )
    return costs


def _clock(ledger: Ledger) -> Callable[[], float]:
    """SQLite works in this process: processor time says what it costs, whatever else the machine does."""
    return time.process_time if ledger._database.is_sqlite else time.monotonic


def _prepare(ledger: Ledger) -> None:
    with ledger._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _ask(ledger: Ledger, *, plans: bool) -> list[str]:
    slow, clock = [], _clock(ledger)
    print(f"{'question':32}{'answers':>8}{'ms':>8}")
    for name, ask in questions(ledger).items():
        answer = ask()
        times = []
        for _ in range(7):
            start = clock()
            ask()
            times.append(1000 * (clock() - start))
        # The quickest of several: what the question itself costs on a machine that has other things to do.
        cost = min(times)
        if cost > _LIMIT_MS:
            slow.append(name)
        print(f"{name:32}{len(answer):>8}{cost:>8.1f}{'  TOO SLOW' if cost > _LIMIT_MS else ''}")  # type: ignore[arg-type]
        if plans:
            _explain(ledger, ask)
    return slow


def _explain(ledger: Ledger, ask: Callable[[], object]) -> None:
    """How the database goes about the question: the plan of each of its queries."""
    engine = ledger._database.engine
    asked: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        asked.append((statement, parameters))

    hooks.listen(engine, "before_cursor_execute", note)
    ask()
    hooks.remove(engine, "before_cursor_execute", note)
    word = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "
    with engine.connect() as connection:
        for statement, parameters in asked:
            if statement.lstrip().upper().startswith("SELECT"):
                for row in connection.exec_driver_sql(word + statement, parameters):  # type: ignore[arg-type]
                    print("      ", row[-1])


def _plot(costs: list[tuple[int, float]], file: str) -> None:
    """Cost over size as a small SVG."""
    width, height, top = 640, 240, 1.2 * max(cost for _, cost in costs)
    points = " ".join(f"{40 + 580 * events / costs[-1][0]:.0f},{210 - 190 * cost / top:.0f}" for events, cost in costs)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">',
        '<path d="M40 20V210H620" fill="none" stroke="#888"/>',
        f'<text x="44" y="18">ms an article (top: {top:.0f})</text>',
        f'<text x="620" y="228" text-anchor="end">{costs[-1][0]:,} events</text>',
        f'<polyline points="{points}" fill="none" stroke="#1f5fa8" stroke-width="1.5"/></svg>',
    ]
    Path(file).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--ledger", help="a SQLite file or PostgreSQL database; a new file when left out")
    parser.add_argument("--plans", action="store_true", help="show the plan of every query")
    parser.add_argument("--plot", help="write the cost of ingesting as an SVG file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
