"""``onrecord ingest``: sources into a ledger, with progress and a summary."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from onrecord.cli._exit import Exit
from onrecord.ingest import Fetcher, Limits, Rejected, column_map, count_files, load_named
from onrecord.ledger import Ledger, Progress, Summary, ingest, open_ledger, since_moment
from onrecord.records import Article, BadOption, Reading


@dataclass(frozen=True, slots=True)
class Job:
    """One run of ``onrecord ingest``."""

    sources: tuple[str, ...]
    ledger: str
    jobs: int = 1
    since: str | None = None
    published: str | None = None
    input_format: str = "auto"
    columns: str | None = None
    fetch: bool = False
    allow_private: bool = False
    dask: str | None = None
    again: bool = False
    watch: float | None = None
    any_language: bool = False
    limits: Limits = Limits()  # noqa: RUF009  # frozen


def ingest_all(job: Job) -> Exit:
    """Read what is new into the ledger and say how it went; with ``watch``, again and again."""
    since = since_moment(job.since)[:10] if job.since else None
    code = Exit.DONE
    with open_ledger(job.ledger) as ledger, _executor(job) as executor:
        while True:
            try:
                code = _once(job, ledger, since, executor)
            except BrokenProcessPool:
                _say("a worker process died. What was read is in the ledger; to go on, run it again with fewer --jobs")
                return Exit.BROKEN
            except KeyboardInterrupt:
                _say("stopped. What was read is in the ledger; run the same command to go on")
                return Exit.INTERRUPTED
            if job.watch is None:
                return code
            time.sleep(job.watch)


def _once(job: Job, ledger: Ledger, since: str | None, executor: Executor | None) -> Exit:
    from onrecord import Reader

    inputs = load_named(
        job.sources,
        input_format=job.input_format,
        published=job.published,
        any_language=job.any_language,
        limits=job.limits,
        columns=column_map(job.columns) if job.columns else None,
        fetch=Fetcher(allow_private=job.allow_private, max_bytes=job.limits.bytes) if job.fetch else None,
    )
    reader = Reader()

    def read_many(articles: Iterable[Article | Rejected]) -> Iterator[Reading | Rejected]:
        if executor is None:
            return reader.read_many(articles, jobs=job.jobs)
        return reader.read_many(articles, jobs=job.jobs, executor=executor)

    with _progress(job) as progress:
        summary = ingest(ledger, inputs, read_many=read_many, since=since, read_again=job.again, progress=progress)
    _tell(summary, ledger)
    if summary.set_aside == 0:
        return Exit.DONE
    return Exit.SOME_SET_ASIDE if summary.read + summary.known + summary.again + summary.changed else Exit.NOTHING_READ


@contextmanager
def _executor(job: Job) -> Iterator[Executor | None]:
    """The cluster's executor, or None: then the reader makes its own processes."""
    if job.dask is None:
        yield None
        return
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise BadOption("--dask needs Dask. Install it with `pip install 'onrecord[dask]'`.") from None
    try:
        client: Any = Client(job.dask, timeout=10)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise BadOption(f"--dask {job.dask}: no scheduler answers there ({error}). Check the address.") from None
    with client, client.get_executor() as executor:
        yield executor


def _progress(job: Job) -> AbstractContextManager[Progress]:
    """A bar with rate and remaining time, on a terminal."""
    if not sys.stderr.isatty():
        return nullcontext(_silent())
    from onrecord.cli._bar import Bar

    return _Counting(Bar(total=count_files(job.sources, input_format=job.input_format), after=0))


class _Counting:
    """Passes on what the bar shows; what was in already has no words to count."""

    def __init__(self, bar: Any) -> None:
        self._bar = bar

    def __enter__(self) -> _Counting:
        self._bar.__enter__()
        return self

    def __exit__(self, *reason: Any) -> None:
        self._bar.__exit__(*reason)

    def step(self, *, words: int, set_aside: bool, read: bool) -> None:  # noqa: ARG002
        """One more input is done."""
        self._bar.step(words=words, set_aside=set_aside)


def _silent() -> Any:
    return SimpleNamespace(step=lambda **_: None)


def _tell(summary: Summary, ledger: Ledger) -> None:
    """The summary, on standard error."""
    parts = [
        f"{count:,} {what}"
        for count, what in (
            (summary.read, "read"),
            (summary.changed, "read again and changed"),
            (summary.known, "in already"),
            (summary.again, "published elsewhere too"),
            (summary.older, "too old"),
            (summary.set_aside, "set aside (see `onrecord rejected`)"),
        )
        if count
    ]
    speed = f", {summary.words / summary.seconds:,.0f} words/s" if summary.seconds and summary.words else ""
    _say(f"{', '.join(parts) or 'nothing to read'}; {summary.seconds:,.1f} s{speed}")
    held = ledger.counts()
    _say(f"{ledger.name} holds {held.articles:,} articles, {held.events:,} events, {held.figures:,} figures")


def _say(message: str) -> None:
    print(f"onrecord: {message}", file=sys.stderr)  # noqa: T201
