"""Maps, networks and FollowTheMoney entities, opened with the tools they are made for."""

from __future__ import annotations

import io
import json

import networkx
import shapely.geometry

from onrecord.publish.exports import export
from onrecord.publish.exports._facts import facts
from onrecord.publish.exports._graphs import geojson, printable
from onrecord.records import Reading


def exported(story: Reading, name: str) -> str:
    stream = io.StringIO()
    export([story, story], name, stream)
    return stream.getvalue()


def test_a_map_has_a_point_only_where_the_text_gives_a_place_within_a_country(story: Reading) -> None:
    features = json.loads(exported(story, "geojson"))["features"]
    shelling, killing, *_ = features
    assert shapely.geometry.shape(shelling["geometry"]).equals(shapely.Point(30.25, 13.5))
    assert killing["geometry"] is None
    assert killing["properties"]["precision"] == "country"
    assert [f["properties"]["status"] for f in features[2:4]] == ["planned", "threatened"]


def test_centres_of_countries_are_given_only_when_asked_for(story: Reading) -> None:
    stream = io.StringIO()
    geojson(facts([story]), stream, country_centroids=True)
    assert json.loads(stream.getvalue())["features"][1]["geometry"]["coordinates"] == [30.0, 16.0]


def test_a_network_counts_acts_of_a_pair_by_type_and_status(story: Reading) -> None:
    graph = networkx.parse_graphml(exported(story, "graphml"))
    names = networkx.get_node_attributes(graph, "name")
    assert set(names.values()) == {"Rebels", "villagers", "army", "Norland", "Sudmark", "smugglers"}
    aid = graph.get_edge_data("country:NOR", "country:DNK")
    assert (aid["type"], aid["status"], aid["count"]) == ("AID", "planned", 2)
    shelling = next(data for _, _, data in graph.edges(data=True) if data["status"] == "happened")
    assert shelling["first"] == shelling["last"] == "2024-03-03"


def test_entities_of_follow_the_money_refer_to_one_another(story: Reading) -> None:
    found = [json.loads(line) for line in exported(story, "ftm").splitlines()]
    ids = {entity["id"] for entity in found}
    assert len(ids) == len(found)
    events = [entity for entity in found if entity["schema"] == "Event"]
    assert len(events) == 5
    assert set(events[0]["properties"]["involved"]) <= ids
    for mention in (entity for entity in found if entity["schema"] == "Mention"):
        assert {*mention["properties"]["document"], *mention["properties"]["resolved"]} <= ids


def test_characters_that_xml_forbids_are_taken_out() -> None:
    assert printable("a\x00b\x1bc\td\ufffeé👍") == "abc\tdé👍"
