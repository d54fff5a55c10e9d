"""Processes that read, each watched: one that dies or hangs is replaced, and only its article is lost to the batch."""

from __future__ import annotations

import queue
import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

_Task = tuple[Future[Any], Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class WorkerFailed(Exception):
    """A call that its process did not survive, or that took too long; the message says which, in a few words."""


class Workers(Executor):
    """An executor of processes, for calls that may crash or never end.

    A call whose process dies is tried once more, in a fresh one: it may have been the victim of something else. When
    that dies too, or when a call takes too long, its future gets ``WorkerFailed`` and the others go on. Processes are
    spawned, not forked (threads of numeric libraries do not survive a fork), and only when there is something to do.

    Parameters
    ----------
    jobs: so many processes.
    prepare: called first in each process. What it raises is raised by every call; when a process dies of it, every
        call raises ``BrokenExecutor``: no other would fare better.
    patience: how many seconds a call may take, from its arguments; without end when None.
    """

    def __init__(
        self,
        jobs: int,
        *,
        prepare: Callable[[], object] | None = None,
        patience: Callable[..., float] | None = None,
    ) -> None:
        self._prepare = prepare
        self._patience = patience
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(jobs)]
        self._lock = threading.Lock()
        self._closed = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have ``fn(*args, **kwargs)`` called in one of the processes."""
        future: Future[Any] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError("these workers were sent home")
            self._tasks.put((future, fn, args, kwargs))
            idle = next((thread for thread in self._threads if thread.ident is None), None)
            if idle is not None:
                idle.start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more calls, finish or cancel those that wait, and end the processes."""
        with self._lock:
            started = [thread for thread in self._threads if thread.ident is not None]
            if not self._closed:
                self._closed = True
                if cancel_futures:
                    self._cancel_all()
                for _ in started:
                    self._tasks.put(None)
        if wait:
            for thread in started:
                thread.join()

    def _cancel_all(self) -> None:
        with suppress(queue.Empty):
            while task := self._tasks.get_nowait():
                task[0].cancel()

    def _work(self) -> None:
        """One process's shift, in a thread of its own: hand it a call, wait for the answer, replace it when needed."""
        process = _Process(self._prepare)
        try:
            while task := self._tasks.get():
                future, fn, args, kwargs = task
                if future.set_running_or_notify_cancel():
                    self._settle(future, process, (fn, args, kwargs))
        finally:
            process.end()

    def _settle(self, future: Future[Any], process: _Process, call: tuple[Any, ...]) -> None:
        seconds = self._patience(*call[1], **call[2]) if self._patience else None
        try:
            try:
                good, value = process.call(call, seconds)
            except EOFError:
                good, value = process.call(call, seconds)
        except EOFError:
            good, value = False, WorkerFailed(f"the process that read it died{process.how_it_ended()}")
        except TimeoutError:
            good, value = False, WorkerFailed(f"it took longer than {seconds:,.0f} seconds")
        except Exception as error:  # a call that cannot be sent, workers that cannot start
            good, value = False, error
        if good:
            future.set_result(value)
        else:
            future.set_exception(value)


class _Process:
    """A process that answers calls one at a time; started at the first, and again after it ended."""

    def __init__(self, prepare: Callable[[], object] | None) -> None:
        self._prepare = prepare
        self._process: Any = None
        self._pipe: Connection | None = None
        self._ended: int | None = None

    def call(self, call: tuple[Any, ...], seconds: float | None) -> tuple[bool, Any]:
        """Whether it went well, with the result or the error.

        Raises
        ------
        EOFError: it died. TimeoutError: no answer in so many seconds; it was ended. BrokenExecutor: it cannot start.
        """
        pipe = self._pipe or self._start()
        try:
            pipe.send(call)
            if not pipe.poll(seconds):
                raise TimeoutError
            answer: tuple[bool, Any] = pipe.recv()
        except TimeoutError:
            self.end()
            raise
        except (EOFError, ConnectionError):
            self.end()
            raise EOFError from None
        return answer

    def how_it_ended(self) -> str:
        """The signal that ended it, where one did."""
        if self._ended is None or self._ended >= 0:
            return ""
        name = signal.Signals(-self._ended).name
        return f" ({name}; it may have needed too much memory)" if name == "SIGKILL" else f" ({name})"

    def end(self) -> None:
        """End it now."""
        if self._pipe is None:
            return
        self._pipe.close()
        self._process.join(0.2)
        self._process.kill()
        self._process.join()
        self._pipe, self._ended = None, self._process.exitcode

    def _start(self) -> Connection:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._prepare), daemon=True)
        self._process.start()
        theirs.close()
        try:
            error = self._pipe.recv()
        except EOFError:
            self.end()
            raise BrokenExecutor(f"a worker process died before it could read{self.how_it_ended()}") from None
        if error is not None:
            self.end()
            raise error
        return self._pipe


def _serve(pipe: Connection, prepare: Callable[[], object] | None) -> None:
    """The life of a worker process: say that it is ready, then answer calls until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who gives the work
    error = None
    try:
        if prepare is not None:
            prepare()
    except Exception as raised:
        error = raised
    pipe.send(error)
    with suppress(EOFError, OSError):
        while True:
            fn, args, kwargs = pipe.recv()
            answer: tuple[bool, Any]
            try:
                answer = True, fn(*args, **kwargs)
            except Exception as raised:
                answer = False, raised
            _send(pipe, answer)


def _send(pipe: Connection, answer: tuple[bool, Any]) -> None:
    """Send the answer; one that cannot be sent is told as an error."""
    try:
        pipe.send(answer)
    except (OSError, EOFError):
        raise
    except Exception as error:
        pipe.send((False, WorkerFailed(f"its answer cannot be sent back: {type(error).__name__}: {error}")))
