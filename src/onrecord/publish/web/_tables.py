"""Tables for other programs: the rows of a page as JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from starlette.responses import JSONResponse, Response, StreamingResponse

Form = Literal["json", "csv"]


def table(form: Form, name: str, rows: Iterable[Mapping[str, Any]], *, columns: Iterable[str], **more: Any) -> Response:
    """The rows as ``name.json`` (an object with ``name`` and ``more``) or as ``name.csv``, one line a row."""
    if form == "json":
        return JSONResponse({name: list(rows), **more})
    return StreamingResponse(
        _lines(rows, list(columns)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _lines(rows: Iterable[Mapping[str, Any]], columns: list[str]) -> Iterator[str]:
    yield _line(columns)
    for row in rows:
        yield _line([_cell(row.get(column)) for column in columns])


def _line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()


def _cell(value: Any) -> str:
    """Text of a cell. Words of an article that a spreadsheet would take for a formula get an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        parts = (str(one.get("name") or "") if isinstance(one, Mapping) else str(one) for one in value)
        value = "; ".join(parts)
    elif isinstance(value, Mapping):
        value = json.dumps(value, ensure_ascii=False)
    elif not isinstance(value, str):
        return str(value)
    text: str = value
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
