"""Kill an ingest with SIGKILL at random moments, go on each time, and compare with one that nobody disturbed.

    python -m evals.crash [--articles 2000] [--kills 50] [--ledger FILE|URL]

A reader that needs no model stands in, so that the time goes into writing; while the runs are killed, another process
reads the ledger all the time. Without ``--ledger`` a new SQLite file is used; give the address of an empty database
for PostgreSQL.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from sqlalchemy import text

from onrecord.ledger import Ledger, open_ledger

ROOT = Path(__file__).resolve().parents[1]
_RUN = """
import sys
from onrecord.ingest import load_named
from onrecord.ledger import ingest, open_ledger
from tests.ledger.stories import read_many
with open_ledger(sys.argv[1]) as ledger:
    ingest(ledger, load_named(sys.argv[2], any_language=True), read_many=read_many)
"""
_WATCH = """
import sys, time
from onrecord.ledger import open_ledger
held = asked = 0
with open_ledger(sys.argv[1], read_only=True) as ledger:
    while True:
        for event in ledger.events(limit=50):
            assert len(event.actors) == 1 and len(event.sources) == 1, event
        counts = ledger.counts()
        assert counts.articles == counts.events == counts.figures == counts.statements, counts
        assert counts.articles >= held, (counts, held)
        held, asked = counts.articles, asked + 1
        print(asked, held, flush=True)
        time.sleep(0.02)
"""
_UNLIKE = ("clock", "corrections", "deletions")
_LEFT_OUT = {"changed_at", "number", "version"}


def contents(ledger: Ledger) -> dict[str, str]:
    """A digest of every table, without what cannot be the same twice: moments and running numbers."""
    from onrecord.ledger._tables import metadata

    found = {}
    with ledger._database.reading() as connection:
        for table in metadata.sorted_tables:
            if table.name in _UNLIKE:
                continue
            left_out = _LEFT_OUT | ({"id"} if table.name == "mentions" else set())
            names = [column.name for column in table.columns if column.name not in left_out]
            rows = connection.execute(table.select().with_only_columns(*(table.c[name] for name in names)))
            lines = sorted(repr(tuple(int(v) if isinstance(v, bool) else v for v in row)) for row in rows)
            found[table.name] = f"{len(lines)} {sha256(chr(10).join(lines).encode()).hexdigest()[:16]}"
    return found


def main() -> None:
    """Run it and print what came out; leaves with 1 when anything differs."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        source = _articles(Path(folder), options.articles)
        where = options.ledger or str(Path(folder) / "killed.db")
        with open_ledger(where) as ledger:
            if ledger.counts().articles:
                sys.exit(f"{where} is not empty; give an empty database")
            kills, seconds = _disturbed(ledger, where, source, options)
            with open_ledger(Path(folder) / "undisturbed.db") as undisturbed:
                start = time.monotonic()
                subprocess.run(
                    [sys.executable, "-c", _RUN, str(Path(folder) / "undisturbed.db"), str(source)],
                    cwd=ROOT,
                    check=True,
                )
                alone = time.monotonic() - start
                same = contents(ledger) == contents(undisturbed)
            sound = _sound(ledger)
            print(f"{options.articles} articles, killed {kills} times: {seconds:.0f} s; undisturbed: {alone:.0f} s")
            print(f"same contents: {same}; integrity: {sound}")
            for name, digest in contents(ledger).items():
                print(f"  {name:14} {digest}")
    sys.exit(0 if same and sound == "ok" else 1)


def _disturbed(ledger: Ledger, where: str, source: Path, options: argparse.Namespace) -> tuple[int, float]:
    """Start and kill until it has been killed often enough, then let it end; somebody reads all the while."""
    moments = random.Random(options.seed)
    start = time.monotonic()
    watcher = subprocess.Popen([sys.executable, "-c", _WATCH, where], cwd=ROOT, stdout=subprocess.DEVNULL)
    kills = 0
    while kills < options.kills:
        before = ledger.counts().articles
        step = max(1, (options.articles - before) // (options.kills - kills + 1))
        process = subprocess.Popen([sys.executable, "-c", _RUN, where, str(source)], cwd=ROOT)
        while process.poll() is None and ledger.counts().articles < before + moments.randrange(2 * step):
            time.sleep(0.001 * moments.randrange(20))
        if process.poll() is not None:
            break
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        kills += 1
    subprocess.run([sys.executable, "-c", _RUN, where, str(source)], cwd=ROOT, check=True)
    if watcher.poll() is not None:
        sys.exit("the process that read meanwhile failed")
    watcher.terminate()
    watcher.wait()
    return kills, time.monotonic() - start


def _sound(ledger: Ledger) -> str:
    """``ok``, or what the database itself finds wrong."""
    with ledger._database.reading() as connection:
        if connection.dialect.name != "sqlite":
            return "ok"  # checked by its own recovery when it starts; there is no such command for a client
        wrong = list(connection.execute(text("PRAGMA foreign_key_check")))
        found = connection.execute(text("PRAGMA integrity_check")).scalar_one()
        connection.execute(text("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')"))
        return str(wrong) if wrong else str(found)


def _articles(folder: Path, count: int) -> Path:
    from tests.ledger.stories import text_of

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
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
