"""Many inputs into one ledger: what is in already is passed over, so a run that was stopped goes on where it was."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from onrecord.ingest import Rejected, Tally
from onrecord.ledger._ledger import Ledger
from onrecord.records import Article, Reading

ReadMany = Callable[[Iterable[Article | Rejected]], Iterator[Reading | Rejected]]


class Progress(Protocol):
    """Is told of every input that is done."""

    def step(self, *, words: int, set_aside: bool, read: bool) -> None:
        """One more input is done; ``read`` says whether it had to be read."""


@dataclass(slots=True)
class Summary:
    """What became of the inputs of one run.

    read: new articles. changed: read again, with another outcome. known: were in already, pages that were not fetched
    for it among them. again: a text that was in, published elsewhere. older: published before ``since``, fetched or
    not. set_aside: could not be read.
    """

    read: int = 0
    changed: int = 0
    known: int = 0
    again: int = 0
    older: int = 0
    set_aside: int = 0
    words: int = 0
    seconds: float = 0.0


def ingest(
    ledger: Ledger,
    inputs: Iterable[tuple[str, Article | Rejected]],
    *,
    read_many: ReadMany,
    since: str | None = None,
    read_again: bool = False,
    progress: Progress | None = None,
    tally: Tally | None = None,
) -> Summary:
    """Read what is new among ``inputs`` and put it in, one transaction an article.

    Parameters
    ----------
    inputs: names and articles, from ``onrecord.ingest.load_named``.
    read_many: turns articles into readings, in order: a ``Reader``'s ``read_many``, on any executor.
    since: a day; articles published before it are passed over, those without a date are not.
    read_again: read what is in already too, and let the machine's records change. Corrections stay.
    tally: the one given to ``load_named``; what did not have to be fetched goes into the summary.
    """
    run = _Run(ledger, progress, since, read_again)
    start = time.monotonic()
    for result in read_many(run.wanted(inputs)):
        run.keep(result)
    run.summary.seconds = time.monotonic() - start
    if tally is not None:
        run.summary.older += tally.older
        run.summary.known += tally.known
    return run.summary


class _Run:
    def __init__(self, ledger: Ledger, progress: Progress | None, since: str | None, read_again: bool) -> None:
        self.summary = Summary()
        self._ledger = ledger
        self._progress = progress
        self._since = since
        self._read_again = read_again
        self._reading: deque[tuple[str, Article]] = deque()

    def wanted(self, inputs: Iterable[tuple[str, Article | Rejected]]) -> Iterator[Article]:
        """The articles that have to be read; what becomes of the others is settled here."""
        for name, item in inputs:
            if isinstance(item, Rejected):
                self._set_aside(item)
            elif self._since and item.published and item.published[:10] < self._since:
                self.summary.older += 1
                self._step(read=False)
            elif self._read_again or not self._is_in(name, item):
                self._reading.append((name, item))
                yield item

    def keep(self, result: Reading | Rejected) -> None:
        """Put in what became of the article whose turn it is."""
        name, article = self._reading.popleft()
        if isinstance(result, Rejected):
            self._set_aside(Rejected(name, result.error, article.text.encode("utf-8", "surrogatepass")))
            return
        kept = self._ledger.add(result, name=name, read_again=self._read_again)
        words = len(article.text.split())
        self.summary.words += words
        self._count(kept.what)
        self._step(words=words)

    def _is_in(self, name: str, article: Article) -> bool:
        if self._ledger.knows(article):
            self._count("same")
        elif self._ledger.has_text(article):
            self._count(self._ledger.see_again(article, name=name).what)
        else:
            return False
        self._step(read=False)
        return True

    def _count(self, what: str) -> None:
        field = {"new": "read", "changed": "changed", "same": "known", "again": "again"}[what]
        setattr(self.summary, field, getattr(self.summary, field) + 1)

    def _set_aside(self, rejected: Rejected) -> None:
        self._ledger.set_aside(rejected)
        self.summary.set_aside += 1
        self._step(set_aside=True)

    def _step(self, *, words: int = 0, set_aside: bool = False, read: bool = True) -> None:
        if self._progress is not None:
            self._progress.step(words=words, set_aside=set_aside, read=read)
