"""The JSON Schema of the format, made from the models so that the two cannot differ."""

from __future__ import annotations

from typing import Any

from onrecord.records._models import FORMAT, Reading


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of one reading."""
    made = Reading.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:{FORMAT.replace('/', ':')}", **made}
