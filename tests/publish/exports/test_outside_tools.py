"""HXL in libhxl and FollowTheMoney in its own library, as the people who use them open them."""

from __future__ import annotations

import io
import json

import hxl
import pytest

from onrecord.publish.exports import export
from onrecord.records import Reading


def exported(story: Reading, name: str) -> str:
    stream = io.StringIO()
    export([story], name, stream)
    return stream.getvalue()


def test_libhxl_finds_the_tags_and_the_rows(story: Reading) -> None:
    source = hxl.data(io.BytesIO(exported(story, "hxl").encode("utf-8"))).cache()
    rows = list(source)
    assert len(rows) == 5
    assert rows[0].get("#event+type") == "ASSAULT"
    assert rows[0].get("#affected+killed") == "12"
    assert [row.get("#status") for row in rows] == ["happened", "happened", "planned", "threatened", "happened"]
    (planned,) = source.with_rows("#status=planned")
    assert planned.get("#event+id") == rows[2].get("#event+id")


def test_libhxl_reads_numbers_and_points(story: Reading) -> None:
    source = hxl.data(io.BytesIO(exported(story, "hxl").encode("utf-8"))).cache()
    located = source.with_rows(["#geo+lat is number", "#geo+lon is number"])
    assert [row.get("#loc+name") for row in located] == ["Arbat", "Sudan"]


def test_follow_the_money_takes_every_entity(story: Reading) -> None:
    """Its library needs ICU's headers to be built: see docs/exports.md for when this was last run."""
    library = pytest.importorskip("followthemoney", reason="followthemoney (and with it PyICU) is not installed")
    found = [json.loads(line) for line in exported(story, "ftm").splitlines()]
    entities = [library.model.get_proxy(one, cleaned=False) for one in found]
    for given, entity in zip(found, entities, strict=True):
        kept = {name: sorted(entity.get(name)) for name in given["properties"]}
        assert kept == {name: sorted(values) for name, values in given["properties"].items()}, entity
        entity.schema.validate(entity.to_dict())
    schemata = {entity.schema.name for entity in entities}
    assert schemata == {"Article", "Event", "Mention", "LegalEntity", "Organization", "PublicBody"}
    ids = {entity.id for entity in entities}
    for entity in entities:
        for name, value in entity.itervalues():
            assert name.type.name != "entity" or value in ids
