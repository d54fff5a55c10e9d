"""The description of the API: OpenAPI for programs, a page without scripts for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup, escape
from starlette.responses import JSONResponse, Response

from onrecord.publish.web._render import page

router = APIRouter()
_PAGE = re.compile(r"Page_(\w+)_")
_CODE = re.compile(r"`+([^`]+)`+")


@dataclass(frozen=True, slots=True)
class _Field:
    """One thing that is sent or answered."""

    name: str
    kind: Markup
    about: Markup
    required: bool


@dataclass(frozen=True, slots=True)
class _Call:
    """One call of the API."""

    method: str
    path: str
    about: Markup
    tag: str
    asks: list[_Field]
    sends: Markup | None
    answers: Markup


@router.get("/api/v1/openapi.json")
def openapi(request: Request) -> Response:
    """The API as OpenAPI 3.1 has it."""
    return JSONResponse(request.app.openapi())


@router.get("/api/docs")
def docs(request: Request) -> Response:
    """The API for people to read."""
    spec = request.app.openapi()
    calls = list(_calls(spec))
    schemas = {
        name: (_coded(one.get("description", "")), list(_fields(one)))
        for name, one in spec["components"]["schemas"].items()
        if not _PAGE.fullmatch(name)
    }
    tags = list(dict.fromkeys(call.tag for call in calls))
    about = _coded(spec["info"]["description"])
    return page(request, "api.html.j2", about=about, calls=calls, tags=tags, schemas=schemas)


def _calls(spec: dict[str, Any]) -> Iterator[_Call]:
    for path, methods in spec["paths"].items():
        for method, call in methods.items():
            asks = [
                _Field(
                    one["name"], _kind(one["schema"]), _coded(one.get("description", "")), one.get("required", False)
                )
                for one in call.get("parameters", ())
            ]
            sent, answered = (_content(one) for one in (call.get("requestBody"), call["responses"]["200"]))
            yield _Call(
                method=method.upper(),
                path=path,
                about=_coded(call.get("description", "")),
                tag=call["tags"][0],
                asks=asks,
                sends=_kind(sent) if sent else None,
                answers=_kind(answered or {}),
            )


def _content(part: dict[str, Any] | None) -> dict[str, Any] | None:
    return part["content"]["application/json"]["schema"] if part else None


def _fields(schema: dict[str, Any]) -> Iterator[_Field]:
    for name, one in schema.get("properties", {}).items():
        yield _Field(name, _kind(one), _coded(one.get("description", "")), name in schema.get("required", ()))


def _kind(schema: dict[str, Any]) -> Markup:
    """What a schema allows, in a few words; names of other schemas are links."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        page = _PAGE.fullmatch(name)
        if page:
            return Markup('page of <a href="#{0}">{0}</a>').format(page[1])
        return Markup('<a href="#{0}">{0}</a>').format(name)
    if "const" in schema or "enum" in schema:
        return escape(", ".join(map(str, schema.get("enum", [schema.get("const")]))))
    several = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    if several:
        return Markup(" or ").join(_kind(one) for one in several if one.get("type") != "null")
    kind = schema.get("type", "anything")
    if kind == "array":
        return Markup("list of ") + _kind(schema.get("items", {}))
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return Markup("object of ") + _kind(schema["additionalProperties"])
    return escape(kind)


def _coded(text: str) -> Markup:
    """Text with what stands between backticks as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", escape(text)))
