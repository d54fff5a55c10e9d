"""A Frictionless data package: whole readings as tables that refer to one another, and back again without a loss.

The tables and the types of their columns come from the JSON Schema of the record format, so they cannot fall behind
it. An id is unique in the whole package (`lasting`); a span is three columns, a list of spans or words JSON in a cell.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.publish.exports._facts import lasting
from onrecord.records import BadRecord, Reading, schema

TABLES = {
    "articles": "Article",
    "types": "OwnType",
    "entities": "Entity",
    "places": "Place",
    "times": "Time",
    "statements": "Statement",
    "events": "Event",
    "figures": "Figure",
}
"""Tables of records, by the field of a reading, with the model of a row."""

REFERS = {
    "place": "places",
    "time": "times",
    "speaker": "entities",
    "medium": "entities",
    "event": "events",
    "part_of": "figures",
    "revises": "figures",
}
"""Fields that hold the id of a record, with its table."""

LINKS = {"actors": "entities", "recipients": "entities", "attribution": "statements"}
"""Fields that hold several ids: they are rows of the tables ``parties`` and ``attributions``."""

_SPAN = ("start", "end", "text")
Row = dict[str, Any]


def description() -> Row:
    """What ``datapackage.json`` says."""
    return {
        "name": "onrecord-readings",
        "title": "What is on record in news articles",
        "description": "Readings in the format onrecord/1, one table a kind of record.",
        "profile": "data-package",
        "format": schema()["properties"]["format"]["const"],
        "resources": [
            {
                "name": name,
                "path": f"{name}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "encoding": "utf-8",
                "schema": table,
            }
            for name, table in _schemas().items()
        ],
    }


@cache
def _schemas() -> dict[str, Row]:
    """The Table Schema of each table."""
    models = schema()["$defs"]
    found = {name: _record_table(name, models[model], models) for name, model in TABLES.items()}
    side = {"name": "side", "type": "string", "constraints": {"required": True, "enum": ["actor", "recipient"]}}
    position = {"name": "position", "type": "integer", "constraints": {"required": True, "minimum": 0}}
    found["parties"] = {
        "fields": [_id("event"), side, position, _id("entity")],
        "primaryKey": ["event", "side", "position"],
        "foreignKeys": [_key("event", "events"), _key("entity", "entities")],
    }
    found["attributions"] = {
        "fields": [_id("record"), position, _id("statement")],
        "primaryKey": ["record", "position"],
        "foreignKeys": [_key("statement", "statements")],
    }
    return found


def _record_table(name: str, model: Row, models: Row) -> Row:
    fields: list[Row] = [] if name == "articles" else [_id("article")]
    for own, told in model["properties"].items():
        if own not in LINKS:
            fields += _fields(own, told, models, required=own in model.get("required", ()))
    keys = [] if name == "articles" else [_key("article", "articles")]
    keys += [_key(field["name"], REFERS[field["name"]], of=name) for field in fields if field["name"] in REFERS]
    made: Row = {"fields": fields, "primaryKey": ["article", "name"] if name == "types" else ["id"]}
    return made | ({"foreignKeys": keys} if keys else {})


def _fields(name: str, told: Row, models: Row, *, required: bool) -> list[Row]:
    """The columns of one field of a record: one, or three for a span."""
    options = [_looked_up(one, models) for one in told.get("anyOf", [told]) if one.get("type") != "null"]
    if options[0].get("title") == "Span":
        inner = options[0]["properties"]
        return [_field(f"{name}_{part}", inner[part], None, required=required) for part in _SPAN]
    # An event's type is one of an enumeration or any word of a form: a union is its widest part.
    return [_field(name, options[-1], told.get("description"), required=required)]


def _looked_up(told: Row, models: Row) -> Row:
    found: Row = models[told["$ref"].rpartition("/")[2]] if "$ref" in told else told
    return found


def _field(name: str, told: Row, says: str | None, *, required: bool) -> Row:
    limits: Row = {rule: told[rule] for rule in ("enum", "pattern", "minimum", "maximum") if rule in told}
    limits |= {"required": True} if required else {}
    says = says or told.get("description")
    made: Row = {"name": name, "type": told["type"]}
    return made | ({"description": says} if says else {}) | ({"constraints": limits} if limits else {})


def _id(name: str) -> Row:
    return {"name": name, "type": "string", "constraints": {"required": True}}


def _key(field: str, table: str, *, of: str | None = None) -> Row:
    """A foreign key; to the table itself it has an empty name, as Frictionless wants it."""
    return {"fields": [field], "reference": {"resource": "" if table == of else table, "fields": ["id"]}}


class DataPackage:
    """A package open for writing; give it readings with ``add``. Use ``with``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._writers: dict[str, Any] = {}
        self._articles: set[str] = set()

    def __enter__(self) -> DataPackage:
        self._folder.mkdir(parents=True, exist_ok=True)
        for name, table in _schemas().items():
            path = self._folder / f"{name}.csv"
            stream = self._stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            self._writers[name] = csv.DictWriter(
                stream, [field["name"] for field in table["fields"]], lineterminator="\n"
            )
            self._writers[name].writeheader()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        text = json.dumps(description(), indent=2, ensure_ascii=False)
        (self._folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")

    def add(self, reading: Reading) -> bool:
        """Put a reading in; False when the package has one of the same article already."""
        if reading.article.id in self._articles:
            return False
        self._articles.add(reading.article.id)
        whole = reading.model_dump(mode="json")
        self._writers["articles"].writerow(_row(reading, whole["article"]))
        for name in list(TABLES)[1:]:
            for record in whole[name]:
                self._writers[name].writerow({"article": reading.article.id} | _row(reading, record))
                self._link(reading, record)
        return True

    def _link(self, reading: Reading, record: Row) -> None:
        for field in LINKS:
            for position, id_ in enumerate(record.get(field, ())):
                owner, other = lasting(reading, record["id"]), lasting(reading, id_)
                if field == "attribution":
                    self._writers["attributions"].writerow({"record": owner, "position": position, "statement": other})
                else:
                    side = field.removesuffix("s")
                    row = {"event": owner, "side": side, "position": position, "entity": other}
                    self._writers["parties"].writerow(row)


def _row(reading: Reading, record: Row) -> Row:
    row: Row = {}
    for name, value in record.items():
        if name in LINKS:
            continue
        if isinstance(value, dict):
            row |= {f"{name}_{part}": value[part] for part in _SPAN}
        elif isinstance(value, list | bool):
            row[name] = json.dumps(value, ensure_ascii=False)
        elif name in REFERS or (name == "id" and "text" not in record):
            row[name] = lasting(reading, value) if value is not None else None
        else:
            row[name] = value
    return row


def read_package(folder: Path) -> Iterator[Reading]:
    """The readings of a package that this program wrote, unchanged, one at a time.

    Raises
    ------
    OSError: the folder or one of its tables cannot be read.
    BadRecord: what stands in it is no reading.
    """
    try:
        yield from _readings(folder)
    except (KeyError, ValueError) as error:
        remedy = "Give one written by --format datapackage, its tables unsorted."
        raise BadRecord(str(folder), "is no data package of readings", remedy) from error


def _readings(folder: Path) -> Iterator[Reading]:
    limit = csv.field_size_limit(2**31 - 1)  # the text of an article is one cell
    try:
        with ExitStack() as stack:
            tables = {}
            for name, table in _schemas().items():
                stream = stack.enter_context((folder / f"{name}.csv").open(encoding="utf-8", newline=""))
                tables[name] = _Table(csv.DictReader(stream), table)
            articles = tables.pop("articles")
            while (article := articles.next()) is not None:
                yield _reading(article, tables)
    finally:
        csv.field_size_limit(limit)


class _Table:
    """The rows of one table, taken article by article: all tables have them in the same order."""

    def __init__(self, rows: Iterator[Mapping[str, str]], table: Row) -> None:
        self._rows = rows
        self._types = {field["name"]: field["type"] for field in table["fields"]}
        self._fields = table["fields"]
        self._ahead: Row | None = None

    def next(self) -> Row | None:
        """The next row, its cells as what they stand for."""
        row, self._ahead = self._ahead, None
        if row is None and (given := next(self._rows, None)) is not None:
            row = {field["name"]: _value(given[field["name"]], field) for field in self._fields}
        return row

    def of(self, field: str, mine: str) -> Iterator[Row]:
        """The next rows as long as their ``field`` begins with ``mine``."""
        while (row := self.next()) is not None:
            if not row[field].startswith(mine):
                self._ahead = row
                return
            yield row


def _value(cell: str, field: Row) -> Any:
    kind = field["type"]
    if cell == "" and not (kind == "string" and field.get("constraints", {}).get("required")):
        return None
    return cell if kind == "string" else json.loads(cell)


def _reading(article: Row, tables: Mapping[str, _Table]) -> Reading:
    mine = article["id"][:16] + "-"
    whole: Row = {"article": article}
    for name in list(TABLES)[1:]:
        rows = list(tables[name].of("article", article["id"]))
        whole[name] = [_record({key: value for key, value in row.items() if key != "article"}, mine) for row in rows]
    owners = {mine + row["id"]: row for name in ("events", "figures", "statements") for row in whole[name]}
    links = [(row["event"], f"{row['side']}s", row["entity"]) for row in tables["parties"].of("event", mine)]
    links += [(row["record"], "attribution", row["statement"]) for row in tables["attributions"].of("record", mine)]
    for owner, field, other in links:
        owners[owner].setdefault(field, []).append(other.removeprefix(mine))
    return Reading.model_validate_json(json.dumps(whole))


def _record(row: Row, mine: str) -> Row:
    made: Row = {}
    for name, value in row.items():
        outer, _, part = name.rpartition("_")
        if outer in ("span", "sentence", "cue") and part in _SPAN:
            if value is not None:
                made.setdefault(outer, {})[part] = value
        elif (name in REFERS or name == "id") and value is not None:
            made[name] = value.removeprefix(mine)
        else:
            made[name] = value
    return made
