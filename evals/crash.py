"""Kill an ingest with SIGKILL at random moments, go on each time, and compare with one that nobody disturbed.

    python -m evals.crash [--articles 2000] [--kills 50] [--ledger FILE|URL | --postgresql]

A reader that needs no model stands in, so that the time goes into writing; while the runs are killed, another process
reads the ledger all the time. Every table must be the same in the end, those of copies and clusters too. Without
``--ledger`` a new SQLite file is used, with ``--postgresql`` a server of its own that is started for the moment.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from hashlib import sha256
from multiprocessing import get_context
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table, select, text

from onrecord.ingest import load_named
from onrecord.ledger import Ledger, ingest, open_ledger
from tests.ledger.stories import read_many, text_of

# Processes of their own, but without loading the program fifty times.
_PROCESSES = get_context("forkserver")
_LOADED = [
    "onrecord.ingest",
    "onrecord.ledger",
    "psycopg",
    "sqlalchemy.dialects.postgresql.psycopg",
    "tests.ledger.stories",
]


def run(where: str, source: str) -> None:
    """What is killed: an ingest."""
    with open_ledger(where) as ledger:
        ingest(ledger, load_named(source, any_language=True), read_many=read_many)


def watch(where: str, asked: Synchronized[int]) -> None:
    """Read all the while; ends with an error when anything is seen that is not whole, or that was there and is gone."""
    held = 0
    with open_ledger(where, read_only=True) as ledger:
        while True:
            for event in ledger.events(limit=50):
                assert (len(event.actors), len(event.sources)) == (1, 1), event
            counts = ledger.counts()
            assert counts.articles == counts.events == counts.figures == counts.statements, counts
            assert counts.articles >= held, (counts, held)
            held, asked.value = counts.articles, asked.value + 1
            time.sleep(0.02)


_OURS = """FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_am a ON a.oid = c.relam
WHERE n.nspname = 'public' AND c.relkind = '{kind}' AND a.amname = '{method}'"""
_UNLIKE = ("clock", "users", "sessions", "audit")
_LEFT_OUT = {"changed_at", "version"}


def contents(ledger: Ledger) -> dict[str, str]:
    """A digest of every table, without what cannot be the same twice: moments and running numbers.

    An article is named by its text, wherever a table names it by its number: a number is lost when a transaction is.
    """
    from onrecord.ledger._tables import articles, metadata

    found = {}
    with ledger._database.reading() as connection:
        named = {row.number: row.id for row in connection.execute(select(articles.c.number, articles.c.id))}
        for table in metadata.sorted_tables:
            if table.name in _UNLIKE:
                continue
            columns = [column for column in table.columns if column.name not in _left_out(table)]
            of_articles = [_numbers_an_article(column) for column in columns]
            rows = connection.execute(select(*columns))
            lines = sorted(
                repr([named.get(one, one) if of else _plain(one) for one, of in zip(row, of_articles, strict=True)])
                for row in rows
            )
            found[table.name] = f"{len(lines)} {sha256(chr(10).join(lines).encode()).hexdigest()[:16]}"
    return found


def _left_out(table: Table) -> set[str]:
    return _LEFT_OUT | {c.name for c in table.primary_key.columns if table.name in ("mentions", "deletions")}


def _numbers_an_article(column: Column[Any]) -> bool:
    return column.name in ("number", "original", "alike") and "position" not in column.table.c


def _plain(value: object) -> object:
    """The same for both databases."""
    if isinstance(value, bool):
        return int(value)
    return bytes(value) if isinstance(value, memoryview) else value


def main() -> None:
    """Run it and print what came out; leaves with 1 when anything differs."""
    options = _options()
    _PROCESSES.set_forkserver_preload(_LOADED)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        where = options.ledger or str(folder / "killed.db")
        if options.postgresql:
            from tests.ledger.postgresql import new_database, private_server

            where = new_database(stack.enter_context(private_server(durable=True)))
        sys.exit(0 if _compare(folder, where, options) else 1)


def _compare(folder: Path, where: str, options: argparse.Namespace) -> bool:
    source, alone_in = _articles(folder, options.articles), folder / "undisturbed.db"
    with open_ledger(where) as ledger:
        if ledger.counts().articles:
            sys.exit(f"{where} is not empty; give an empty database")
        kills, asked, seconds = _disturbed(ledger, where, source, options)
        start = time.monotonic()
        _to_its_end(str(alone_in), source)
        alone = time.monotonic() - start
        sound, after = _sound(ledger), contents(ledger)
    with open_ledger(alone_in) as undisturbed:
        wanted = contents(undisturbed)
    print(f"{options.articles} articles, killed {kills} times: {seconds:.0f} s; undisturbed: {alone:.0f} s")
    print(f"another process read it {asked} times meanwhile; integrity: {sound}; same contents: {after == wanted}")
    for name, digest in after.items():
        print(f"  {name:16} {digest}{'' if digest == wanted[name] else '  UNDISTURBED: ' + wanted[name]}")
    return kills == options.kills and after == wanted and sound == "ok"


def _disturbed(ledger: Ledger, where: str, source: Path, options: argparse.Namespace) -> tuple[int, int, float]:
    """Start and kill until it has been killed often enough, then let it end; somebody reads all the while.

    Kills, how often it was read, seconds.
    """
    moments = random.Random(options.seed)
    start = time.monotonic()
    asked: Synchronized[int] = _PROCESSES.Value("q", 0)
    watcher = _PROCESSES.Process(target=watch, args=(where, asked), daemon=True)
    watcher.start()
    kills = 0
    while kills < options.kills:
        before = ledger.counts().articles
        step = max(1, (options.articles - before) // (options.kills - kills + 1))
        until = before + moments.randrange(2 * step)
        process = _PROCESSES.Process(target=run, args=(where, str(source)))
        process.start()
        while process.is_alive() and ledger.counts().articles < until:
            time.sleep(0.001 * moments.randrange(20))
        time.sleep(0.03 * moments.random())  # not only just after an article was put in
        if not process.is_alive():
            break
        process.kill()
        process.join()
        kills += 1
    _to_its_end(where, source)
    if not watcher.is_alive():
        sys.exit("the process that read meanwhile failed")
    watcher.kill()
    watcher.join()
    return kills, asked.value, time.monotonic() - start


def _to_its_end(where: str, source: Path) -> None:
    process = _PROCESSES.Process(target=run, args=(where, str(source)))
    process.start()
    process.join()
    if process.exitcode != 0:
        sys.exit("an ingest that nobody disturbed failed")


def _sound(ledger: Ledger) -> str:
    """``ok``, or what the database itself finds wrong."""
    with ledger._database.turn() as connection:
        if connection.dialect.name == "sqlite":
            wrong = list(connection.execute(text("PRAGMA foreign_key_check")))
            found = connection.execute(text("PRAGMA integrity_check")).scalar_one()
            connection.execute(text("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')"))
            return str(wrong) if wrong else str(found)
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS amcheck"))
        # Raises with what is wrong: each index against its table, then the rows of each table.
        connection.execute(text(f"SELECT bt_index_check(c.oid, true) {_OURS.format(kind='i', method='btree')}"))
        tables = _OURS.format(kind="r", method="heap")
        rows = list(connection.execute(text(f"SELECT v.* FROM (SELECT c.oid {tables}) t, verify_heapam(t.oid) v")))
        return str(rows) if rows else "ok"


def _articles(folder: Path, count: int) -> Path:
    path = folder / "news.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            line = {"text": text_of(number), "published": f"2024-{number % 12 + 1:02d}-01", "publisher": "one"}
            stream.write(json.dumps(line) + "\n")
            if number % 10 == 0:
                stream.write(json.dumps({**line, "publisher": "two"}) + "\n")
            if number % 50 == 0:
                stream.write('{"text": 5}\n')
    return path


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--ledger", help="an empty SQLite file or PostgreSQL database; a new file when left out")
    parser.add_argument("--postgresql", action="store_true", help="start a PostgreSQL server for it")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
