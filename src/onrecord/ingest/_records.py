"""One line of JSON to an Article, or to an error that names the line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from onrecord.ingest._article import Limits, from_html, from_text
from onrecord.records import Article, BadOption, BadRecord, check_published

FIELDS = ("text", "html", "id", "title", "url", "publisher", "authors", "published", "retrieved")
"""The fields of a record that are read, in JSON lines and tables."""

_WANTED = 'Write one object a line, {"id": "1", "text": "…", "published": "2023-10-14"}; "html" may stand for "text".'
_DATE_WANTED = "Write it as 2023-10-14 or with time and zone, or leave it out."
_KINDS: dict[type, str] = {list: "a list", str: "a string", bool: "true or false", type(None): "null"}


def from_json_line(
    line: str, *, name: str, published: str | None = None, any_language: bool = False, limits: Limits | None = None
) -> Article:
    """The article of one line of JSON; ``published`` overrides the line's own.

    Raises
    ------
    BadRecord: not JSON, not an object, no text, a date that is none. And the errors of ``from_text``.
    """
    return from_fields(_object(line, name), name=name, published=published, any_language=any_language, limits=limits)


def from_fields(
    fields: Mapping[str, Any],
    *,
    name: str,
    published: str | None = None,
    any_language: bool = False,
    limits: Limits | None = None,
) -> Article:
    """The article of one record's fields, with those of ``FIELDS`` that it has. Same errors as ``from_json_line``."""
    name = _with_id(name, fields.get("id"))
    known = {key: _text_field(fields, key, name) for key in ("title", "url", "publisher", "retrieved")}
    facts: dict[str, Any] = {
        **known,
        "authors": _authors(fields.get("authors"), name),
        "published": published or _published(fields.get("published"), name),
        "any_language": any_language,
        "limits": limits,
    }
    for key, make in (("text", from_text), ("html", from_html)):
        value = _text_field(fields, key, name)
        if value is not None:
            return make(value, name=name, **facts)
    raise BadRecord(name, f'an object without "text" or "html" (it has {_keys(fields)})', _WANTED)


def name_of_line(name: str, line: str) -> str:
    """``file.jsonl:3 (id 17)`` when the line has an id, ``file.jsonl:3`` otherwise."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return name
    return _with_id(name, fields.get("id")) if isinstance(fields, dict) else name


def _object(line: str, name: str) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except RecursionError:
        raise BadRecord(name, "JSON nested too deeply", _WANTED) from None
    except ValueError as error:
        raise BadRecord(name, f"not JSON ({str(error).partition(':')[0].lower()}): {_short(line)}", _WANTED) from None
    if not isinstance(fields, dict):
        kind = _KINDS.get(type(fields), "a number")
        raise BadRecord(name, f"{kind} where an object should be: {_short(line)}", _WANTED)
    return fields


def _text_field(fields: Mapping[str, Any], key: str, name: str) -> str | None:
    value = fields.get(key)
    if value is None or isinstance(value, str):
        return value
    raise BadRecord(name, f'"{key}" is not a string: {_short(json.dumps(value))}', _WANTED)


def _authors(value: Any, name: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(author, str) for author in value):
        return tuple(value)
    raise BadRecord(name, f'"authors" is not a list of strings: {_short(json.dumps(value))}', _WANTED)


def _published(value: Any, name: str) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        # A time without a zone could be off by a day and is dropped: the day alone is what the record surely says.
        day_alone = [value[:10]] if value[10:11] in ("T", " ") else []
        for candidate in (value, *day_alone):
            with suppress(BadOption):
                return check_published(candidate)
    raise BadRecord(name, f'"published" is {_short(json.dumps(value))}', _DATE_WANTED)


def _with_id(name: str, value: Any) -> str:
    return f"{name} (id {_short(str(value))})" if isinstance(value, (str, int)) and value != "" else name


def _keys(fields: Mapping[str, Any]) -> str:
    return _short(", ".join(map(str, fields))) or "no fields"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "..."
