"""A command line in the test's own process, with a reader that needs no model."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

import onrecord
from onrecord.cli import main
from onrecord.ingest import Rejected
from onrecord.records import Article, Reading


@dataclass(frozen=True)
class Ran:
    """What one run of the command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


class PlainReader:
    """Reads nothing into an article: one empty reading each."""

    def __init__(self, **_options: object) -> None: ...

    def read_many(self, articles: Iterable[Article | Rejected], *, jobs: int = 1) -> Iterator[Reading | Rejected]:
        for item in articles:
            yield item if isinstance(item, Rejected) else Reading(article=item)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run ``onrecord`` with these arguments; ``stdin`` is what it can read there."""
    monkeypatch.setattr(onrecord, "Reader", PlainReader)

    def ran(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["onrecord", *map(str, arguments)])
        source = SimpleNamespace(buffer=io.BufferedReader(io.BytesIO(stdin)))  # type: ignore[arg-type]
        monkeypatch.setattr(sys, "stdin", source)
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capfd.readouterr()
        return Ran(int(left.value.code or 0), out, err)

    return ran
