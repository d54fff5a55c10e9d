"""Processes that read: one that crashes, hangs or answers nonsense costs the batch one article and nothing else."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Any

import pytest

from onrecord.ingest import Rejected
from onrecord.reading._reader import _patience, read_on
from onrecord.reading._workers import WorkerFailed, Workers
from onrecord.records import Article, ModelError, Reading, ReadingFailed


class Unsendable(Exception):
    def __init__(self, one: str, two: str) -> None:
        super().__init__(one)


def act(what: str) -> str:
    """What a reader may do to its process."""
    if what == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "abort":
        os.abort()
    elif what == "leave":
        sys.exit(3)
    elif what == "hang":
        while True:
            time.sleep(0.05)
    elif what == "raise":
        raise RuntimeError("cannot")
    elif what == "raise oddly":
        raise Unsendable("a", "b")
    elif what == "unsendable":
        return lambda: what  # type: ignore[return-value]
    elif what == "deep":
        return deep(10)  # type: ignore[return-value]
    elif what.startswith("once "):
        mark = Path(what.removeprefix("once "))
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return f"{what} done"


def deep(levels: int) -> list[Any]:
    return [deep(levels - 1)] if levels else []


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def no_model() -> None:
    raise ModelError("model.onnx is missing.")


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(2, patience=lambda what: 1.0 if what == "hang" else 60.0) as made:
        yield made


@pytest.mark.parametrize(
    ("what", "error", "said"),
    [
        ("crash", WorkerFailed, "died (SIGKILL; it may have needed too much memory)"),
        ("abort", WorkerFailed, "died (SIGABRT)"),
        ("leave", WorkerFailed, "died"),
        ("hang", WorkerFailed, "longer than 1 seconds"),
        ("raise", RuntimeError, "cannot"),
        ("raise oddly", TypeError, "missing 1 required positional argument"),
        ("unsendable", WorkerFailed, "cannot be sent back"),
    ],
)
def test_a_call_that_goes_wrong_says_how_and_the_others_go_on(
    workers: Workers, what: str, error: type[Exception], said: str
) -> None:
    futures = [workers.submit(act, one) for one in ("a", "b", what, "c", "d")]
    with pytest.raises(error) as raised:
        futures.pop(2).result(60)
    assert said in str(raised.value)
    assert [future.result(60) for future in futures] == ["a done", "b done", "c done", "d done"]


def test_a_call_whose_process_was_killed_by_somebody_else_is_tried_again(workers: Workers, tmp_path: Path) -> None:
    what = f"once {tmp_path / 'mark'}"
    assert workers.submit(act, what).result(60) == f"{what} done"


def test_an_answer_comes_back_as_it_was(workers: Workers) -> None:
    assert workers.submit(act, "deep").result(60) == deep(10)


def test_workers_that_cannot_start_say_so_instead_of_blaming_each_article() -> None:
    with Workers(1, prepare=die) as broken, pytest.raises(BrokenExecutor, match="died before it could read"):
        broken.submit(act, "a").result(60)
    with Workers(1, prepare=no_model) as broken, pytest.raises(ModelError, match=r"model\.onnx"):
        broken.submit(act, "a").result(60)


def test_workers_that_were_sent_home_leave_no_process_behind() -> None:
    made = Workers(1)
    pid = made.submit(os.getpid).result(60)
    waiting = [made.submit(time.sleep, 0.2) for _ in range(20)]
    start = time.monotonic()
    made.shutdown(cancel_futures=True)
    assert time.monotonic() - start < 3
    assert sum(one.cancelled() for one in waiting) >= 15
    assert not Path(f"/proc/{pid}").exists() or sys.platform != "linux"
    with pytest.raises(RuntimeError, match="sent home"):
        made.submit(act, "a")


def read_or_act(item: Article | Rejected | str) -> Reading | Rejected:
    assert isinstance(item, Article)
    act(item.text)
    return Reading(article=item)


def test_a_batch_goes_on_past_articles_that_crash_hang_or_raise() -> None:
    texts = ["a", "crash", "b", "hang", "raise", "c"]
    with Workers(2, patience=lambda item: 1.0 if item.text == "hang" else 60.0) as made:
        found = list(read_on(made, read_or_act, [Article.of(text) for text in texts], ahead=4))
    assert [one.article.text for one in found if isinstance(one, Reading)] == ["a", "b", "c"]
    aside = {i: one.error for i, one in enumerate(found) if isinstance(one, Rejected)}
    assert set(aside) == {1, 3, 4} and all(isinstance(error, ReadingFailed) for error in aside.values())
    assert ["died" in aside[1].seen, "longer than" in aside[3].seen, "cannot" in aside[4].seen] == [True] * 3


def test_what_a_foreign_executor_raises_for_a_lost_worker_sets_the_article_aside() -> None:
    class KilledWorker(Exception):
        """As Dask's."""

    class Cluster(Executor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            future: Future[Any] = Future()
            if args[0].text == "crash":
                future.set_exception(KilledWorker("attempted to run it on 3 workers that died"))
            else:
                future.set_result(fn(*args))
            return future

    first, second = read_on(Cluster(), read_or_act, [Article.of("crash"), Article.of("a")], ahead=1)
    assert isinstance(first, Rejected) and "3 workers that died" in first.error.seen
    assert isinstance(second, Reading)


def test_a_fault_that_every_article_would_have_ends_the_batch() -> None:
    with Workers(1, prepare=no_model) as broken, pytest.raises(ModelError):
        list(read_on(broken, read_or_act, [Article.of("a")], ahead=4))


def test_a_longer_article_may_take_longer() -> None:
    assert 60 <= _patience("word " * 100) < 120
    assert _patience("word " * 200_000) > 1000
