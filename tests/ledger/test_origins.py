"""Agencies behind articles, independent sources, and what the reports of one event disagree on."""

from __future__ import annotations

import pytest

from onrecord.ingest import from_text
from onrecord.ledger._features import EventFeatures, Story
from onrecord.ledger._origins import Report, agency_of, independent_sources
from onrecord.ledger._views import conflicts

BODY = (
    "The bridge at Lusenga fell into the river on Monday. Nobody was on it, the police said. Engineers will look at it."
)


@pytest.mark.parametrize(
    ("text", "name", "because"),
    [
        (f"LUSENGA, May 4 (Reuters) - {BODY}", "Reuters", "dateline"),
        (f'{BODY} "We heard a crack," a fisherman told AFP.', "AFP", "text"),
        (f"{BODY} A train line is closed too, Xinhua news agency reported.", "Xinhua", "text"),
        (f"{BODY} The mayor has resigned, according to the Associated Press.", "AP", "text"),
    ],
)
def test_the_agency_is_found_where_the_article_names_it(text, name, because):
    article = from_text(text, name="bridge")
    found = agency_of(article)
    assert found is not None and (found.name, found.because) == (name, because)
    assert article.text[found.span.start : found.span.end] == found.span.text


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY} The Reuters building in the capital was not harmed.",
        f"{BODY} A guard told AFP that he ran. A clerk told Reuters that she did not.",
    ],
)
def test_no_agency_is_taken_from_a_mere_name_or_from_two(text):
    assert agency_of(from_text(text, name="bridge")) is None


def test_copies_agencies_and_publishers_make_one_source_each():
    reports = [
        Report("a", "a", "AFP", "Daily"),
        Report("b", "a", None, "Herald"),  # a copy that credits nobody
        Report("c", "c", "AFP", "Courier"),  # another story of the same agency
        Report("d", "d", None, "Courier"),
        Report("e", "e", None, "Courier"),
        Report("f", "f"),
        Report("g", "g"),
    ]
    assert independent_sources(reports) == (("a", "b", "c"), ("d", "e"), ("f",), ("g",))


def test_a_joint_credit_joins_both_agencies():
    reports = [Report("a", "a", "AFP"), Report("b", "b", "Reuters"), Report("c", "c", "AFP/Reuters")]
    assert independent_sources(reports) == (("a", "b", "c"),)


def event(id_: str, **fields) -> EventFeatures:
    return EventFeatures(id=id_, story=Story(f"article-{id_}"), **fields)


def test_statuses_days_and_perpetrators_are_shown_with_all_who_say_so():
    found = conflicts(
        [
            event("a", status="happened", actors=("rebels of the east",), first="2024-03-11", last="2024-03-11"),
            event("b", status="happened", actors=("army",), first="2024-03-12", last="2024-03-12", speakers=("Ann",)),
            event("c", status="negated", actors=("army",), speakers=("Bob",)),
        ],
        {"article-a": "AFP"},
    )
    assert {one.field: str(one) for one in found} == {
        "status": "status: AFP, Ann: happened; Bob: negated",
        "actors": "actors: Ann, Bob: army; AFP: rebels of the east",
        "day": "day: AFP: 2024-03-11; Ann: 2024-03-12",
    }


def test_copies_under_one_origin_speak_once():
    found = conflicts(
        [event("a", status="happened"), event("b", status="happened"), event("c", status="planned")],
        {"article-a": "AFP", "article-b": "AFP", "article-c": "Daily"},
    )
    (status,) = found
    assert [[(says.source, len(says.articles)) for says in view.said_by] for view in status.views] == [
        [("AFP", 2)],
        [("Daily", 1)],
    ]


def test_nobody_contradicts_by_saying_less():
    found = conflicts(
        [
            event("a", actors=("army",), first="2024-03-11", last="2024-03-13"),
            event("b", actors=("group:gunmen",), first="2024-03-12", last="2024-03-12"),
            event("c"),
        ]
    )
    assert found == ()
