"""Fill a ledger with so many invented events, time what people ask of it, and show how the database goes about it.

    python -m evals.scale [--events 100000] [--ledger FILE|URL | --postgresql] [--plans] [--costs FILE.json [--plot FILE.svg]]

The news is invented (`evals/_invented.py`): stories of a few parties that a few articles tell within days. Without ``--ledger`` a new SQLite file is used, with ``--postgresql`` a server
of its own that is started for the moment. What ingesting costs is processor time, the server's with it: that says what
the work is, whatever else the machine does. Answers are timed likewise on SQLite, by the clock on PostgreSQL: the
quickest of fifteen.
"""

# ruff: noqa: E501

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from sqlalchemy import event as hooks
from sqlalchemy import text

from evals._invented import EVENTS_EACH, name, readings, town
from onrecord.ledger import Ledger, open_ledger

_LIMIT_MS = 100


def questions(ledger: Ledger) -> dict[str, Callable[[], object]]:
    """What people ask, common and rare."""
    common, rare = name(0), name(700)
    return {
        "newest": lambda: ledger.events(),
        "type": lambda: ledger.events(type="ASSAULT"),
        "type and status": lambda: ledger.events(type="CONSULT", status="planned"),
        "rare status": lambda: ledger.events(status="negated"),
        "a month": lambda: ledger.events(since="2023-03-01", until="2023-03-31"),
        "common party": lambda: ledger.events(party=common),
        "rare party": lambda: ledger.events(party=rare),
        "party, type, status": lambda: ledger.events(party=common, type="COERCE", status="planned"),
        "two parties": lambda: ledger.events(actor=common, recipient=name(3)),
        "country": lambda: ledger.events(country="ISR"),
        "country and rare type": lambda: ledger.events(country="KEN", type="ASSAULT", status="negated"),
        "place": lambda: ledger.events(place=town(0)),
        "place's country": lambda: ledger.events(place="COD", type="AGREE"),
        "source": lambda: ledger.events(source=common),
        "rare source and type": lambda: ledger.events(source=name(300), type="AGREE"),
        "sourcing": lambda: ledger.events(sourcing="own_voice"),
        "common words": lambda: ledger.events(text="ceasefire"),
        "rare word": lambda: ledger.events(text="rarity77"),
        "common words and type": lambda: ledger.events(text="ceasefire border", type="MOBILIZE"),
        "figures": lambda: ledger.figures(kind="killed"),
        "figures by source": lambda: ledger.figures(kind="killed", source=common),
        "articles by words": lambda: ledger.articles(text="rarity77 OR rarity78"),
        "a page of same events": lambda: ledger.same_events(limit=20),
        "same events of a party": lambda: ledger.same_events(party=common, limit=20),
        "same events of a type": lambda: ledger.same_events(type="ASSAULT", limit=20),
        "same events of ten days": lambda: ledger.same_events(since="2023-03-01", until="2023-03-10", limit=20),
        "same events of a country": lambda: ledger.same_events(country="ISR", limit=20),
        "one event's reports": lambda: ledger.same_event(_most_told(ledger)).reports,
        "who says how many": lambda: ledger.claims("killed", limit=20),
        "changes of the last transaction": lambda: list(ledger.changes(_before_last(ledger))),
    }


def _most_told(ledger: Ledger) -> str:
    """The id of the event that most articles tell of."""
    with ledger._database.reading() as connection:
        most = text("SELECT id FROM clusters ORDER BY articles DESC, id LIMIT 1")
        found: str = connection.execute(most).scalar_one()
    return found


def _before_last(ledger: Ledger) -> str:
    with ledger._database.reading() as connection:
        last: str = connection.execute(text("SELECT max(changed_at) FROM articles")).scalar_one()
    return (datetime.fromisoformat(last) - timedelta(microseconds=1)).isoformat()


def main() -> None:
    """Fill, ask, print; leaves with 1 when a question takes longer than it may."""
    options = _options()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        where = options.ledger or str(folder / "scale.db")
        if options.postgresql:
            from tests.ledger.postgresql import new_database, private_server

            where = new_database(stack.enter_context(private_server(durable=True)))
        with open_ledger(where) as ledger:
            kind = "SQLite" if ledger._database.is_sqlite else "PostgreSQL"
            costs = _known(options.costs).get(kind, []) if ledger.counts().articles else []
            for one in _fill(ledger, options.events):
                costs.append(one)
                _keep(options.costs, kind, costs)
            _tell(costs)
            if ledger._database.is_sqlite:
                _beside(ledger, str(folder / "empty.db"))
            _prepare(ledger)
            slow = _ask(ledger, plans=options.plans)
    if options.plot:
        options.plot.write_text(plot(_known(options.costs)), encoding="utf-8")
    sys.exit(1 if slow else 0)


def _known(file: Path | None) -> dict[str, list[tuple[int, float]]]:
    return json.loads(file.read_text()) if file and file.exists() else {}


def _keep(file: Path | None, kind: str, costs: list[tuple[int, float]]) -> None:
    if file:
        file.write_text(json.dumps(_known(file) | {kind: costs}))


def _fill(ledger: Ledger, events: int) -> Iterator[tuple[int, float]]:
    """Milliseconds an article, for every thousand events put in; what is in already is not put in again."""
    done = ledger.counts().articles
    news = islice(readings(), done, None)
    clock = _work(ledger)
    for first in range(done, events // EVENTS_EACH, 100):
        batch = list(islice(news, 100))
        start = clock()
        for one in batch:
            ledger.add(one)
        yield (first + 100) * EVENTS_EACH, round(10 * (clock() - start), 2)


def _tell(costs: list[tuple[int, float]]) -> None:
    """What an article costs, tenth by tenth."""
    if not costs:
        return
    tenth = max(1, len(costs) // 10)
    print(f"{'events':>12}  ms an article")
    for i in range(0, len(costs), tenth):
        part = costs[i : i + tenth]
        print(f"{part[-1][0]:>12,}  {statistics.median(cost for _, cost in part):.1f}")
    first, early, late = (
        statistics.median(cost for _, cost in part) for part in (costs[:1], costs[:tenth], costs[-tenth:])
    )
    print(f"to the last tenth: from the first thousand events {late / first - 1:+.0%}, from the first tenth {late / early - 1:+.0%}",
          flush=True)  # fmt: skip


def _beside(ledger: Ledger, where: str) -> None:
    """What an article costs in this ledger and, in turns, in one that begins empty: a computer is not always as fast.

    Two hundred articles more are put in, the first hundred unmeasured: a file that was just opened is slower.
    """
    done = ledger.counts().articles
    news = islice(readings(), done, done + 200)
    for one in islice(news, 100):
        ledger.add(one)
    with open_ledger(where) as empty:
        costs: dict[str, float] = {"empty": 0.0, "full": 0.0}
        for new, one in zip(islice(readings(), 100), news, strict=False):
            for called, into, what in (("empty", empty, new), ("full", ledger, one)):
                clock = _work(into)
                start = clock()
                into.add(what)
                costs[called] += clock() - start
    print(
        f"in turns: first thousand {10 * costs['empty']:.1f} ms an article, "
        f"thousand after {done * EVENTS_EACH:,} {10 * costs['full']:.1f} ({costs['full'] / costs['empty'] - 1:+.0%})"
    )


def _work(ledger: Ledger) -> Callable[[], float]:
    """Processor seconds so far, of this process and of the database's server when it runs on this computer."""
    if ledger._database.is_sqlite:
        return time.process_time
    with ledger._database.reading() as connection:
        backend = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    try:
        server = int(_stat(backend)[1])
    except OSError:
        return time.monotonic
    return lambda: time.process_time() + _seconds_of(server)


def _seconds_of(server: int) -> float:
    """Processor seconds of a server and its children, those that have ended among them."""
    ticks = sum(map(int, _stat(server)[11:15]))
    for file in Path("/proc").glob("[0-9]*"):
        try:
            fields = _stat(int(file.name))
        except OSError:
            continue
        if int(fields[1]) == server:
            ticks += sum(map(int, fields[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _stat(process: int) -> list[str]:
    """What the system says of a process, from its state on."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def _prepare(ledger: Ledger) -> None:
    """PostgreSQL counts how common values are by itself, a while later; a SQLite ledger never does."""
    if ledger._database.is_sqlite:
        return
    with ledger._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _ask(ledger: Ledger, *, plans: bool) -> list[str]:
    slow = []
    clock = time.process_time if ledger._database.is_sqlite else time.perf_counter
    print(f"{'question':32}{'answers':>8}{'ms':>8}")
    for question, ask in questions(ledger).items():
        answer = ask()
        times = []
        for _ in range(15):
            start = clock()
            ask()
            times.append(1000 * (clock() - start))
        # The quickest of several: what the question itself costs on a machine that has other things to do.
        cost = min(times)
        if cost > _LIMIT_MS:
            slow.append(question)
        print(f"{question:32}{len(answer):>8}{cost:>8.1f}{'  TOO SLOW' if cost > _LIMIT_MS else ''}")  # type: ignore[arg-type]
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


def plot(costs: dict[str, list[tuple[int, float]]]) -> str:
    """Cost over size as an SVG, one line a database: each point is the median of ten thousand events."""
    width, height, left, bottom = 680, 300, 56, 250
    lines = {
        name: [(part[-1][0], statistics.median(cost for _, cost in part)) for part in _parts(found)]
        for name, found in costs.items()
    }
    most = max(events for points in lines.values() for events, _ in points)
    top = 10 * (1 + int(max(cost for points in lines.values() for _, cost in points) * 1.15 / 10))

    def at(events: float, cost: float) -> tuple[float, float]:
        return left + (width - left - 110) * events / most, bottom - (bottom - 30) * cost / top

    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" font-family="sans-serif" font-size="12" fill="#333">',
        "<title>What putting one article of ten events in costs, by how many events are in</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text x="{left}" y="18">milliseconds of processor time an article</text>',
        f'<text x="{at(most, 0)[0]:.0f}" y="{bottom + 40}" text-anchor="end">events in the ledger</text>',
    ]
    for step in range(6):
        (x, _), (_, y) = at(most * step / 5, 0), at(0, top * step / 5)
        drawn.append(f'<path d="M{left} {y:.1f}H{at(most, 0)[0]:.1f}" stroke="#ddd"/>')
        drawn.append(f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{top * step / 5:g}</text>')
        drawn.append(f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{most * step // 5:,}</text>')
    for (database, points), colour in zip(sorted(lines.items()), ("#1f5fa8", "#b3541e"), strict=False):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*point) for point in points))
        x, y = at(*points[-1])
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn.append(f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" fill="{colour}">{database}</text>')
    return "\n".join([*drawn, "</svg>"]) + "\n"


def _parts(costs: list[tuple[int, float]]) -> list[list[tuple[int, float]]]:
    return [costs[i : i + 10] for i in range(0, len(costs), 10)]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--ledger", help="a SQLite file or PostgreSQL database; a new file when left out")
    parser.add_argument("--plans", action="store_true", help="show the plan of every query")
    parser.add_argument("--postgresql", action="store_true", help="start a PostgreSQL server for it")
    parser.add_argument("--costs", type=Path, help="keep what ingesting costs in this file, for each database")
    parser.add_argument("--plot", type=Path, help="with --costs: draw what is in that file as an SVG")
    return parser.parse_args()


if __name__ == "__main__":
    main()
