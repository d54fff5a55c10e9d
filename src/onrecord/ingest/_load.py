"""Paths to articles: files, folders, globs and standard input, one after another, each read when it is asked for."""

from __future__ import annotations

import glob
import io
import os
import re
import sys
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

from onrecord.ingest._article import Limits, from_bytes
from onrecord.ingest._csv import read_table
from onrecord.ingest._decode import decode, wide_mark
from onrecord.ingest._feeds import read_feed
from onrecord.ingest._fetch import Fetcher
from onrecord.ingest._forms import INPUT_FORMATS, REFUSED, form_by_name, form_of, holds_several
from onrecord.ingest._hosts import is_address
from onrecord.ingest._options import Named, Options, Rejected, Tally, made
from onrecord.ingest._records import from_json_line, name_of_line
from onrecord.ingest._sitemaps import read_sitemap
from onrecord.ingest._warc import read_archive
from onrecord.records import (
    Article,
    BadOption,
    EmptyInput,
    InputError,
    NotText,
    TooLarge,
    Unreadable,
    check_published,
)

_GLOB = re.compile(r"[*?\[]")


def load(
    paths: str | Path | Iterable[str | Path],
    *,
    input_format: str = "auto",
    published: str | None = None,
    any_language: bool = False,
    limits: Limits | None = None,
    columns: Mapping[str, str] | None = None,
    fetch: Fetcher | None = None,
) -> Iterator[Article | Rejected]:
    """Articles from files, folders (all levels, sorted), globs and ``-``, in order and one at a time.

    What cannot be read comes out as ``Rejected`` in its place, and the rest goes on.

    Parameters
    ----------
    input_format: ``auto`` goes by file name, then by content; any other takes every file as that.
    columns: for tables, which column holds which field.
    fetch: what fetches web addresses; nothing is fetched when None.
    published: publication date for all inputs, before their own.
    any_language: read text that is not English too.

    Raises
    ------
    BadOption: when ``input_format`` or ``published`` cannot be used; at once, before anything is read.
    """
    named = load_named(
        paths,
        input_format=input_format,
        published=published,
        any_language=any_language,
        limits=limits,
        columns=columns,
        fetch=fetch,
    )
    return (item for _, item in named)


def load_named(
    paths: str | Path | Iterable[str | Path],
    *,
    input_format: str = "auto",
    published: str | None = None,
    any_language: bool = False,
    limits: Limits | None = None,
    skip: Path | None = None,
    columns: Mapping[str, str] | None = None,
    fetch: Fetcher | None = None,
    since: str | None = None,
    had: Container[str] = (),
    tally: Tally | None = None,
) -> Named:
    """As ``load``, with each item's name: its path, with line and id for records.

    Parameters
    ----------
    skip: a file that folders and globs pass over: the one that is being written.
    since: a day; pages that a feed or sitemap dates before it are not fetched.
    had: addresses of pages that are not fetched again when a feed or sitemap leads to them.
    tally: is kept up to date while articles are taken.
    """
    if input_format not in INPUT_FORMATS:
        raise BadOption(f"input format {input_format!r} is not known. Use one of {', '.join(INPUT_FORMATS)}.")
    if published is not None:
        check_published(published)
    options = Options(
        input_format,
        published,
        any_language,
        limits or Limits(),
        skip,
        columns or {},
        fetch,
        since,
        had,
        tally or Tally(),
    )
    listed = [paths] if isinstance(paths, (str, Path)) else paths
    return _each((os.fspath(path) for path in listed), options)


def count_files(paths: Iterable[str | Path], *, input_format: str = "auto") -> int | None:
    """How many articles ``paths`` will give, counted without reading; None when records or a stream are among them."""
    options = Options(input_format)
    count = 0
    for path in paths:
        for file in _files(os.fspath(path), options):
            name = file if isinstance(file, str) else file.name
            if name == "-" or is_address(name) or holds_several(name, input_format):
                return None
            count += 1
    return count


def size_of_files(paths: Iterable[str | Path], *, input_format: str = "auto") -> int | None:
    """How many bytes the files of ``paths`` have together; None when a stream or a web address is among them."""
    options = Options(input_format)
    size = 0
    for path in paths:
        for file in _files(os.fspath(path), options):
            if isinstance(file, Rejected):
                continue
            if file == "-" or is_address(file):
                return None
            size += _size(file)
    return size


def _size(file: str) -> int:
    try:
        return Path(file).stat().st_size
    except (OSError, ValueError):
        return 0


def _each(paths: Iterator[str], options: Options) -> Named:
    for path in paths:
        for file in _files(path, options):
            if isinstance(file, Rejected):
                yield file.name, file
            else:
                yield from _read(file, options)


def _files(path: str, options: Options) -> Iterator[str | Rejected]:
    """The files a path stands for; a path that names nothing is set aside with the reason."""
    try:
        if path == "-" or is_address(path):
            yield path
        elif Path(path).is_dir():
            yield from _folder(path, options)
        elif Path(path).exists() or not _GLOB.search(path):
            yield path
        else:
            matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207  # Path.glob refuses absolute patterns
            if not matches:
                yield _unreadable(path, "a pattern that matches no file", "Check the folder and the pattern.")
            for match in matches:
                if Path(match).is_dir():
                    yield from _folder(match, options)
                elif not _skipped(Path(match), options):
                    yield match
    except (OSError, ValueError) as error:  # a name too long, or with a zero character in it
        yield _unreadable(path, _reason(error), "Check the path.")


def _folder(folder: str, options: Options) -> Iterator[str | Rejected]:
    """Files of a folder and all below, sorted, hidden ones left out; in ``auto`` only those with a known ending."""
    failed: list[OSError] = []
    found = skipped = 0
    for here, folders, names in os.walk(folder, onerror=failed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            known = options.input_format != "auto" or form_by_name(name) is not None
            if name.startswith(".") or not known or _skipped(Path(here) / name, options):
                skipped += 1
                continue
            found += 1
            yield str(Path(here) / name)
        while failed:
            found += 1
            yield _denied(failed.pop())
    for error in failed:
        found += 1
        yield _denied(error)
    if not found:
        others = f" (others: {skipped})" if skipped else ""
        seen = f"a folder without text, Markdown, HTML or JSON lines files{others}"
        yield Rejected(folder, EmptyInput(folder, seen, "Name the files, or give --input-format."))


def _skipped(file: Path, options: Options) -> bool:
    return options.skip is not None and file.absolute() == options.skip.absolute()


def _read(path: str, options: Options) -> Named:
    """The articles of one file, or address."""
    name = "standard input" if path == "-" else path
    try:
        if is_address(path):
            yield from _fetched(path, options)
            return
        with nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb") as stream:
            options.tally.current = None if path == "-" else stream
            yield from _read_stream(_peekable(stream), path, name, options)
    except InputError as error:
        yield name, Rejected(name, error)
    except FileNotFoundError:
        yield name, _unreadable(name, "no such file", "Check the path.")
    except (OSError, ValueError) as error:
        yield name, _unreadable(name, _reason(error), "Check the path and its permissions.")
    finally:
        if path != "-" and not is_address(path):
            options.tally.current = None
            options.tally.files += _size(path)


def _fetched(url: str, options: Options) -> Named:
    """A page, or a feed, sitemap or table of articles, from the network."""
    if options.fetch is None:
        raise Unreadable(url, "a web address; nothing is fetched unless asked", "Give --fetch to fetch it.")
    got = options.fetch.get(url)
    stream: io.BufferedReader = io.BufferedReader(io.BytesIO(got.data))
    form = form_of(url, got.data[:4096], options.input_format)
    if form in ("text", "html"):
        yield from options.fetch.made(got, url, options)
    else:
        yield from _read_stream(stream, url, url, options)


def _read_stream(stream: io.BufferedReader, path: str, name: str, options: Options) -> Named:
    form = form_of(path, stream.peek(4096)[:4096], options.input_format)
    if form in REFUSED:
        error, seen, remedy = REFUSED[form]
        raise error(name, seen, remedy)
    if form in _STREAMED:
        yield from _STREAMED[form](stream, name, options)
        return
    data = stream.read(options.limits.bytes + 1)
    if len(data) > options.limits.bytes:
        yield name, Rejected(name, _too_large(name, data, stream, options), data[:-1])
        return
    if form in _LISTS:
        try:
            yield from _LISTS[form](data, name, options)
        except InputError as error:
            yield name, Rejected(name, error, data)
        return
    yield name, made(name, data, lambda: from_bytes(data, name=name, form=form, **options.for_article()))


def _read_lines(stream: io.BufferedReader, name: str, options: Options) -> Named:
    """One article a line; blank lines are passed over."""
    empty = True
    for number, line in enumerate(_lines(stream, options.limits.bytes), start=1):
        where = f"{name}:{number}"
        if line is None:
            empty = False
            seen = f"a line of more than {options.limits.bytes:,} bytes"
            yield where, Rejected(where, TooLarge(where, seen, "Split it into articles."))
        elif line.strip():
            empty = False
            yield _line(where, line, options)
    if empty:
        raise EmptyInput(name, "no lines", "Give one JSON object a line.")


def _line(where: str, line: bytes, options: Options) -> tuple[str, Article | Rejected]:
    try:
        text, _ = decode(line, name=where)
    except NotText as error:
        return where, Rejected(where, error, line)
    article = made(where, line, lambda: from_json_line(text, name=where, **options.for_article()))
    return name_of_line(where, text), article


def _lines(stream: io.BufferedReader, limit: int) -> Iterator[bytes | None]:
    """Lines as bytes, None for one above the limit. UTF-16, whose line ends are two bytes, becomes UTF-8 first."""
    mark = wide_mark(stream.peek(4)[:4])
    source: BinaryIO | io.BufferedReader = stream
    if mark:
        text = io.TextIOWrapper(stream, encoding=mark, errors="replace", newline="\n")
        try:
            yield from (None if len(line) > limit else line.encode("utf-8", "replace") for line in text)
        finally:
            text.detach()
        return
    while line := source.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = source.readline(1 << 20)
        yield None


def _too_large(name: str, data: bytes, stream: io.BufferedReader, options: Options) -> TooLarge:
    """Says how much there is, and whether it is one line: then it is probably not text at all."""
    try:
        size = f"{os.fstat(stream.fileno()).st_size:,}" if stream.seekable() else f"more than {len(data) - 1:,}"
    except (OSError, ValueError):
        size = f"more than {len(data) - 1:,}"
    line = "" if b"\n" in data else ", all in one line"
    seen = f"{size} bytes{line}; the limit is {options.limits.bytes:,}"
    return TooLarge(name, seen, "Split it into articles, one a file or one a JSON line; or raise --max-bytes.")


def _peekable(stream: BinaryIO) -> io.BufferedReader:
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[arg-type]


def _unreadable(name: str, seen: str, remedy: str) -> Rejected:
    return Rejected(name, Unreadable(name, seen, remedy))


def _denied(error: OSError) -> Rejected:
    return _unreadable(str(error.filename), _reason(error), "Check the folder's permissions.")


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return (error.strerror or type(error).__name__).lower()
    return str(error)


_STREAMED: dict[str, Callable[[io.BufferedReader, str, Options], Named]] = {
    "jsonl": _read_lines,
    "csv": read_table,
    "warc": read_archive,
}
_LISTS: dict[str, Callable[[bytes, str, Options], Named]] = {"feed": read_feed, "sitemap": read_sitemap}
