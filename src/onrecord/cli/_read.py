"""``onrecord read``: inputs in, readings out, what was set aside on standard error."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from onrecord.cli._exit import Exit
from onrecord.cli._lexicon import usable
from onrecord.cli._output import Output, open_output
from onrecord.ingest import Limits, Rejected, count_files, load_named
from onrecord.records import Article, BadOption, LexiconError, Reading, Sourcing, attested_by

_HANDFUL = 5  # no progress bar up to this many articles


@dataclass(frozen=True, slots=True)
class Job:
    """One run of ``onrecord read``."""

    paths: tuple[str, ...]
    published: str | None = None
    jobs: int = 1
    input_format: str = "auto"
    output_format: str = "screen"
    output: Path | None = None
    any_language: bool = False
    lexicon: tuple[Path, ...] = ()
    places: Path | None = None
    sourcing: tuple[str, ...] = ()
    limits: Limits = Limits()  # noqa: RUF009  # frozen


class Progress(Protocol):
    """Is told of every input that is done."""

    def step(self, *, words: int, set_aside: bool) -> None:
        """One more input is done."""


def read_all(job: Job) -> Exit:
    """Read every input of ``job``, write the readings, and say how it went."""
    _refuse_overwriting(job)
    usable(job.lexicon)
    _check_places(job)
    wanted = [_as_sourcing(word) for word in job.sourcing]
    inputs = load_named(
        job.paths,
        input_format=job.input_format,
        published=job.published,
        any_language=job.any_language,
        limits=job.limits,
        skip=job.output,
    )
    done = set_aside = 0
    with open_output(job.output_format, job.output) as output, _progress(job) as progress:
        try:
            for name, result in _results(inputs, job):
                if isinstance(result, Rejected):
                    set_aside += 1
                    _report(name, result)
                    output.rejected(name, result)
                    progress.step(words=0, set_aside=True)
                else:
                    done += 1
                    output.reading(name, attested_by(result, wanted) if wanted else result)
                    progress.step(words=result.article.text.count(" ") + 1, set_aside=False)
        except BrokenExecutor:
            print("onrecord: a worker process died. Try --jobs 1, or fewer articles at a time.", file=sys.stderr)  # noqa: T201
            return Exit.BROKEN
    if set_aside == 0:
        return Exit.DONE
    return Exit.SOME_SET_ASIDE if done else Exit.NOTHING_READ


def _results(inputs: Iterator[tuple[str, Article | Rejected]], job: Job) -> Iterator[tuple[str, Reading | Rejected]]:
    """Each input's name with what became of it, in order. Nothing is loaded for inputs that are all set aside."""
    from onrecord import Reader

    names: deque[str] = deque()

    def items() -> Iterator[Article | Rejected]:
        for name, item in inputs:
            names.append(name)
            yield item

    for result in Reader(lexicon=job.lexicon, places=job.places).read_many(items(), jobs=job.jobs):
        yield names.popleft(), result


def _report(name: str, result: Rejected) -> None:
    """One line on standard error: name, what was seen, what to do."""
    message = str(result.error)
    line = message if message.startswith(name) else f"{name}: {result.error.seen}. {result.error.remedy}"
    print(f"onrecord: set aside {' '.join(line.split())}", file=sys.stderr)  # noqa: T201


def _check_places(job: Job) -> None:
    """Places of one's own that cannot be used are told before anything is read."""
    if job.places is not None:
        from onrecord.reading._own_places import read_places

        try:
            read_places(job.places)
        except LexiconError as error:
            raise BadOption(str(error)) from error


def _as_sourcing(word: str) -> Sourcing:
    try:
        return Sourcing(word)
    except ValueError as error:
        raise BadOption(f"--sourcing {word} is unknown. Use one of {', '.join(Sourcing)}.") from error


def _refuse_overwriting(job: Job) -> None:
    """An output file that is itself an input would be emptied before it is read."""
    if job.output is None:
        return
    for path in job.paths:
        if path != "-" and Path(path).absolute() == job.output.absolute():
            raise BadOption(f"--output {job.output} is also an input and would be overwritten. Choose another file.")


def _progress(job: Job) -> AbstractContextManager[Progress]:
    """A bar on the terminal when there are more than a handful of articles and the readings go elsewhere."""
    readings_scroll_by = job.output is None and sys.stdout.isatty() and job.output_format in ("screen", "jsonl")
    if not sys.stderr.isatty() or readings_scroll_by:
        return nullcontext(_Silent())
    total = count_files(job.paths, input_format=job.input_format)
    if total is not None and total <= _HANDFUL:
        return nullcontext(_Silent())
    from onrecord.cli._bar import Bar

    return Bar(total=total, after=_HANDFUL)


class _Silent:
    def step(self, *, words: int, set_aside: bool) -> None:
        """Nothing is shown."""


__all__ = ["Job", "Output", "Progress", "read_all"]
