"""``onrecord ingest``: sources into a ledger, with progress and a summary."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from onrecord.cli._exit import Exit
from onrecord.ingest import Fetcher, Limits, Tally, column_map, load_named, size_of_files
from onrecord.ledger import Ledger, Progress, Summary, ingest, open_ledger, since_moment
from onrecord.records import BadOption

if TYPE_CHECKING:
    from onrecord import Reader
    from onrecord.cli._bar import Bar


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
    columns = column_map(job.columns) if job.columns else None
    with open_ledger(job.ledger) as ledger, _executor(job) as executor:
        while True:
            try:
                code = _once(job, ledger, since, columns, executor)
            except BrokenExecutor as error:
                _say(f"{error}. What was read is in the ledger; run the same command to go on, with fewer --jobs")
                return Exit.BROKEN
            except KeyboardInterrupt:
                return _stopped()
            if job.watch is None:
                return code
            try:
                time.sleep(job.watch)
            except KeyboardInterrupt:
                return _stopped()


def _stopped() -> Exit:
    _say("stopped. What was read is in the ledger; run the same command to go on")
    return Exit.INTERRUPTED


def _once(
    job: Job, ledger: Ledger, since: str | None, columns: dict[str, str] | None, executor: Executor | None
) -> Exit:
    tally = Tally()
    inputs = load_named(
        job.sources,
        input_format=job.input_format,
        published=job.published,
        any_language=job.any_language,
        limits=job.limits,
        columns=columns,
        fetch=Fetcher(allow_private=job.allow_private, max_bytes=job.limits.bytes) if job.fetch else None,
        since=since,
        had=ledger.addresses() if job.fetch and not job.again else (),
        tally=tally,
    )
    read_many = partial(_reader().read_many, jobs=job.jobs, executor=executor)
    with _progress(job, tally) as progress:
        summary = ingest(
            ledger, inputs, read_many=read_many, since=since, read_again=job.again, progress=progress, tally=tally
        )
    _tell(summary, ledger)
    if summary.set_aside == 0:
        return Exit.DONE
    return Exit.SOME_SET_ASIDE if summary.read + summary.known + summary.again + summary.changed else Exit.NOTHING_READ


def _reader() -> Reader:
    from onrecord import Reader

    return Reader()


@contextmanager
def _executor(job: Job) -> Iterator[Executor]:
    """What articles are read on: processes of this computer, kept from round to round, or a cluster.

    A process of its own reads also when there is but one: an article that crashes it does not end the run.
    """
    if job.dask is None:
        workers = _reader().workers(job.jobs)
        try:
            yield workers
        finally:
            workers.shutdown(cancel_futures=True)
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


def _progress(job: Job, tally: Tally) -> AbstractContextManager[Progress]:
    """A bar with rate and remaining time, on a terminal."""
    if not sys.stderr.isatty():
        return nullcontext(_Silent())
    from onrecord.cli._bar import Bar

    total = size_of_files(job.sources, input_format=job.input_format)
    return _Counting(Bar(total=total, after=0, position=lambda: tally.bytes))


class _Counting:
    """Passes on what the bar shows; what was in already has no words to count."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar

    def __enter__(self) -> _Counting:
        self._bar.__enter__()
        return self

    def __exit__(self, *reason: Any) -> None:
        self._bar.__exit__(*reason)

    def step(self, *, words: int, set_aside: bool, read: bool) -> None:  # noqa: ARG002
        """One more input is done."""
        self._bar.step(words=words, set_aside=set_aside)


class _Silent:
    def step(self, *, words: int, set_aside: bool, read: bool) -> None:
        """Nothing is shown."""


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
