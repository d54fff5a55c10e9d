"""Tables: one article a row, columns by the names of the fields or as a map says."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

from onrecord.ingest._decode import decode, wide_mark
from onrecord.ingest._options import Named, Options, made
from onrecord.ingest._records import FIELDS, from_fields
from onrecord.records import BadOption, BadRecord, EmptyInput, NotText

_SAMPLE = 65_536


def read_table(stream: io.BufferedReader, name: str, options: Options) -> Named:
    """The articles of a CSV or TSV file, row by row; a broken row is set aside and the next goes on.

    Raises
    ------
    EmptyInput: no rows. BadRecord: no column holds a text. NotText: not a text file.
    """
    previous = csv.field_size_limit(options.limits.bytes)
    try:
        lines = io.TextIOWrapper(stream, encoding=_encoding(stream, name), errors="replace", newline="")
        try:
            yield from _rows(lines, name, options)
        finally:
            lines.detach()
    finally:
        csv.field_size_limit(previous)


def column_map(text: str) -> dict[str, str]:
    """``text=body,title=headline`` as fields and their columns.

    Raises
    ------
    BadOption: with what is wrong and the fields there are.
    """
    found = {}
    for pair in text.split(","):
        name, equals, column = (part.strip() for part in pair.partition("="))
        if not equals or not column or name not in FIELDS:
            raise BadOption(
                f"column map {pair.strip()!r} is not understood. Write {'|'.join(FIELDS)}=COLUMN, with commas between."
            )
        found[name] = column
    return found


def _rows(lines: IO[str], name: str, options: Options) -> Named:
    first = lines.readline()
    if not first.strip():
        raise EmptyInput(name, "no lines", "Give a table with a line of column names.")
    delimiter = max(",;\t|", key=first.count)
    header = [column.strip() for column in next(csv.reader([first], delimiter=delimiter))]
    columns = _columns(header, options.columns, name)
    number = 1
    reader = csv.reader(lines, delimiter=delimiter)
    for number, row in enumerate(_tolerant(reader), start=2):
        where = f"{name}:row {number}"
        if isinstance(row, csv.Error):
            yield where, _broken(where, str(row))
            continue
        if not any(cell.strip() for cell in row):
            continue
        fields = {field: row[i] for field, i in columns.items() if i < len(row) and row[i].strip()}
        raw = json.dumps(dict(zip(header, row, strict=False)), ensure_ascii=False).encode("utf-8", "replace")
        yield where, made(where, raw, lambda f=fields, w=where: from_fields(f, name=w, **options.for_article()))  # type: ignore[misc]
    if number == 1:
        raise EmptyInput(name, "a line of column names and no rows", "Give one article a row.")


def _columns(header: list[str], chosen: Mapping[str, str], name: str) -> dict[str, int]:
    lower = [column.lower() for column in header]
    found = {}
    for field in FIELDS:
        wanted = chosen.get(field, field)
        if wanted in header or wanted.lower() in lower:
            found[field] = header.index(wanted) if wanted in header else lower.index(wanted.lower())
        elif field in chosen:
            raise BadRecord(
                name, f"no column {wanted!r} (it has {_some(header)})", "Name the columns with --columns text=COLUMN."
            )
    if "text" not in found and "html" not in found:
        seen = f"a table without a column for the text (it has {_some(header)})"
        raise BadRecord(name, seen, "Name the columns, for example --columns text=body,title=headline.")
    return found


def _tolerant(reader: Any) -> Iterator[list[str] | csv.Error]:
    """Rows, and in the place of one that cannot be parsed its error."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield error


def _broken(where: str, said: str) -> Any:
    from onrecord.ingest._options import Rejected

    return Rejected(
        where, BadRecord(where, f"a row that cannot be parsed ({said})", "Quote fields that hold commas or line ends.")
    )


def _encoding(stream: io.BufferedReader, name: str) -> str:
    """The encoding of the file by its beginning; UTF-8 unless that does not fit."""
    head = stream.peek(_SAMPLE)[:_SAMPLE]
    if wide := wide_mark(head[:4]):
        return wide
    whole_lines = head[: head.rfind(b"\n") + 1] or head
    try:
        whole_lines.decode("utf-8")
    except UnicodeDecodeError:
        _, repairs = decode(whole_lines, name=name)
        named = next((repair.partition(":")[2] for repair in repairs if repair.startswith("decoded:")), "utf-8")
        return named.partition("+")[0]
    if b"\x00" in head:
        raise NotText(name, "binary data (zero bytes)", "Only text can be read.")
    return "utf-8-sig"


def _some(header: list[str]) -> str:
    shown = ", ".join(header[:8])
    return shown + (", …" if len(header) > 8 else "")
