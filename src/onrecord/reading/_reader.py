"""The reader: one article in, one reading out; many articles on any executor."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from functools import cached_property, partial
from typing import TYPE_CHECKING

from onrecord.ingest import Rejected, from_text
from onrecord.reading._workers import Workers
from onrecord.records import Article, InputError, LexiconError, ModelError, Reading, ReadingFailed, check

if TYPE_CHECKING:
    from onrecord.reading._pipeline import Pipeline


_SECONDS = 60.0
_SECONDS_A_CHARACTER = 0.002

# One path or several.
Lexicon = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


class Reader:
    """Reads articles. The model and lexicons are loaded at the first reading and kept.

    Parameters
    ----------
    encoder: folder of another encoder made by ``training/``; the shipped one when None.
    lexicon: files or folders of one's own actors and frames, laid over the packaged ones in this order.
    places: a CSV file of one's own places, laid over the gazetteer.
    """

    def __init__(
        self,
        *,
        encoder: str | None = None,
        lexicon: Lexicon = (),
        places: str | os.PathLike[str] | None = None,
    ) -> None:
        self._encoder = encoder
        self._lexicon = _paths(lexicon)
        self._places = None if places is None else os.fspath(places)

    def read(self, article: Article | str, *, published: str | None = None) -> Reading:
        """Read one article, or one text.

        Parameters
        ----------
        article: an article from ``onrecord.ingest``, or its text.
        published: publication date for a text, ISO 8601 (2023-10-14), against which "Saturday" is dated.

        Raises
        ------
        InputError: when a text is empty or not English.
        BadOption: when ``published`` is no date, or a lexicon is missing.
        LexiconError: when a lexicon cannot be used; the message names file, line and remedy.
        """
        if isinstance(article, str):
            article = from_text(article, name="text", published=published)
        elif published is not None:
            article = Article.of(**{**article.model_dump(exclude={"id"}), "published": published})
        return check(self._pipeline.read(article))

    def read_many(
        self, articles: Iterable[Article | Rejected | str], *, jobs: int = 1, executor: Executor | None = None
    ) -> Iterator[Reading | Rejected]:
        """Read articles lazily; results come in the order of the input.

        Parameters
        ----------
        articles: articles, texts, or ``Rejected`` from ``onrecord.ingest.load`` (passed through).
        jobs: worker processes; 1 reads in this process.
        executor: any ``concurrent.futures.Executor`` to read on instead (a Dask client's, say).
        """
        if executor is not None:
            yield from self._read_on(executor, articles, ahead=4 * max(jobs, 2))
        elif jobs <= 1:
            for item in articles:
                yield self._settle(item)
        else:
            workers = self.workers(jobs)
            try:
                yield from self._read_on(workers, articles, ahead=4 * jobs)
            finally:
                workers.shutdown(cancel_futures=True)

    def workers(self, jobs: int = 1) -> Executor:
        """Processes for ``read_many(executor=…)`` that stay for the next batch; an article that makes reading crash or
        hang is set aside and its process replaced. Use it in a ``with``.
        """
        ours = (self._encoder, self._lexicon, self._places)
        return Workers(jobs, prepare=partial(_prepare, *ours), patience=_patience)

    def _read_on(
        self, executor: Executor, articles: Iterable[Article | Rejected | str], *, ahead: int
    ) -> Iterator[Reading | Rejected]:
        read = partial(_read_in_worker, self._encoder, self._lexicon, self._places)
        yield from read_on(executor, read, articles, ahead=ahead)

    def _settle(self, item: Article | Rejected | str) -> Reading | Rejected:
        """Read one item of a batch; whatever goes wrong with it is set aside with the reason."""
        if isinstance(item, Rejected):
            return item
        try:
            return self.read(item)
        except InputError as error:
            return Rejected(name=_name(item), error=error)
        except (ModelError, LexiconError):
            raise  # not this article's fault: no other would fare better
        except Exception as error:
            return _failed(item, f"{type(error).__name__}: {error}")

    @cached_property
    def _pipeline(self) -> Pipeline:
        # Loading makes a great many objects and no garbage: looking for it meanwhile takes a tenth of the time.
        collecting = gc.isenabled()
        gc.disable()
        try:
            from onrecord.reading._pipeline import Pipeline

            return Pipeline(encoder=self._encoder, lexicon=self._lexicon, places=self._places)
        finally:
            gc.freeze()
            if collecting:
                gc.enable()


def read_on(
    executor: Executor,
    read: Callable[[Article | Rejected | str], Reading | Rejected],
    articles: Iterable[Article | Rejected | str],
    *,
    ahead: int,
) -> Iterator[Reading | Rejected]:
    """Have each article read by the executor, in order, not more than ``ahead`` at once; one whose call fails is set
    aside.

    Raises
    ------
    ModelError, LexiconError: no article would fare better. BrokenExecutor: the executor takes no more calls.
    """
    waiting: deque[tuple[Article | Rejected | str, Future[Reading | Rejected]]] = deque()

    def first() -> Reading | Rejected:
        item, future = waiting.popleft()
        try:
            return future.result()
        except (ModelError, LexiconError, BrokenExecutor, CancelledError):
            raise
        except Exception as error:  # of whatever kind an executor raises when a worker is lost
            return _failed(item, str(error) or type(error).__name__)

    for item in articles:
        waiting.append((item, executor.submit(read, item)))
        if len(waiting) >= ahead:
            yield first()
    while waiting:
        yield first()


_readers: dict[tuple[str | None, tuple[str, ...], str | None], Reader] = {}


def reader_for(encoder: str | None = None, *, lexicon: Lexicon = (), places: str | None = None) -> Reader:
    """The reader of this process for one encoder, lexicons and places, made at first use."""
    key = encoder, _paths(lexicon), places
    return _readers.setdefault(key, Reader(encoder=encoder, lexicon=key[1], places=places))


def _read_in_worker(
    encoder: str | None, lexicon: tuple[str, ...], places: str | None, item: Article | Rejected | str
) -> Reading | Rejected:
    return reader_for(encoder, lexicon=lexicon, places=places)._settle(item)


def _paths(lexicon: Lexicon) -> tuple[str, ...]:
    """One path or several, as text, which travels to other processes."""
    if isinstance(lexicon, str | os.PathLike):
        lexicon = (lexicon,)
    return tuple(os.fspath(path) for path in lexicon)


def _failed(item: Article | Rejected | str, said: str) -> Rejected:
    name = _name(item)
    return Rejected(name, ReadingFailed(name, f"reading failed: {said}", "Please report it with the article."))


def _name(item: Article | Rejected | str) -> str:
    if isinstance(item, Rejected):
        return item.name
    return "text" if isinstance(item, str) else item.url or item.title or item.id[:12]


def _patience(item: Article | Rejected | str) -> float:
    """Seconds that reading an article may take: a slow computer needs a third of it for the longest one allowed."""
    length = len(item) if isinstance(item, str) else len(item.text) if isinstance(item, Article) else 0
    return _SECONDS + length * _SECONDS_A_CHARACTER


def _prepare(encoder: str | None, lexicon: tuple[str, ...], places: str | None) -> None:
    """Load what reading takes. One worker, one thread: set before the numeric libraries are loaded."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    _ = reader_for(encoder, lexicon=lexicon, places=places)._pipeline
