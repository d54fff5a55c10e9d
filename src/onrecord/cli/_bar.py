"""The progress bar: on standard error, gone when all is read."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn


class Bar:
    """Shows how many articles are done, how many words a second, how many were set aside, and the time that remains.

    Parameters
    ----------
    total: articles to come, None when that is not known.
    after: the bar appears with the next article after so many.
    position: how much is done, when ``total`` counts something else than articles.
    """

    def __init__(self, *, total: int | None, after: int, position: Callable[[], int] | None = None) -> None:
        done = MofNCompleteColumn() if position is None else TextColumn("{task.percentage:>3.0f} %")
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            *((done,) if position is None or total else ()),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._position = position
        self._task = self._bar.add_task("reading", total=total)
        self._after = after
        self._done = self._words = self._set_aside = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def step(self, *, words: int, set_aside: bool) -> None:
        """One more input is done."""
        self._done += 1
        self._words += words
        self._set_aside += set_aside
        if self._done == self._after + 1:
            self._bar.start()
        completed = self._done if self._position is None else self._position()
        self._bar.update(self._task, completed=completed, description=self._description())

    def _description(self) -> str:
        elapsed = self._bar.tasks[0].elapsed or 0
        count = "" if self._position is None else f" {self._done:,}"
        speed = f" · {self._words / elapsed:,.0f} words/s" if elapsed > 1 else ""
        aside = f" · {self._set_aside} set aside" if self._set_aside else ""
        return f"reading{count}{speed}{aside}"
