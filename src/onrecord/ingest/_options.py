"""What holds for all inputs of one run, and what comes out of one that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from onrecord.ingest._article import Limits
from onrecord.records import Article, InputError

if TYPE_CHECKING:
    from onrecord.ingest._fetch import Fetcher


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that was set aside, and why; ``raw`` is what was read of it, None when nothing was."""

    name: str
    error: InputError
    raw: bytes | None = None


Named = Iterator[tuple[str, Article | Rejected]]


@dataclass(slots=True)
class Tally:
    """How far a run has come: files gone through, and pages that did not have to be fetched.

    files: bytes of the files that are done; current: the one that is being read. older: pages published before the day
    asked for, as a feed or sitemap says. known: pages had before.
    """

    files: int = 0
    current: IO[bytes] | None = None
    older: int = 0
    known: int = 0

    @property
    def bytes(self) -> int:
        """Bytes of files gone through, with what was read of the present one."""
        raw = getattr(self.current, "raw", None)
        return self.files + (raw.tell() if raw is not None and not raw.closed else 0)


@dataclass(frozen=True, slots=True)
class Options:
    """What holds for all inputs of one run.

    fetch: None when nothing may be fetched from the network. since: the day before which pages are not fetched. had:
    addresses of pages that are not fetched again.
    """

    input_format: str = "auto"
    published: str | None = None
    any_language: bool = False
    limits: Limits = field(default_factory=Limits)
    skip: Path | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    fetch: Fetcher | None = None
    since: str | None = None
    had: Container[str] = ()
    tally: Tally = field(default_factory=Tally)

    def for_article(self) -> dict[str, Any]:
        """The options that making one article takes."""
        return {"published": self.published, "any_language": self.any_language, "limits": self.limits}


def made(name: str, raw: bytes, make: Callable[[], Article]) -> Article | Rejected:
    """What ``make`` gives; what it refuses is set aside with the reason and its bytes."""
    try:
        return make()
    except InputError as error:
        return Rejected(name, error, raw)
