"""A worked example, invented: one attack, three articles, two tolls, two perpetrators; one article is a wire copy."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.ingest import from_text
from onrecord.ledger._clusters import Clusterer, MemoryIndex
from onrecord.ledger._copies import Copies, MemoryCopies
from onrecord.ledger._features import features_of
from onrecord.ledger._origins import Report, agency_of, independent_sources
from onrecord.ledger._series import claims_of, series
from onrecord.ledger._signature import sign
from onrecord.ledger._views import conflicts

WIRE = """GARISSA, Kenya, March 12 (Reuters) - Al-Shabaab attacked a market in the Kenyan town of Garissa on Monday, the interior ministry said.

The ministry said 14 people were killed in the attack. "The attackers fired at traders from two pickups," Interior Minister Joseph Mwangi told reporters in Nairobi.

Another 30 people were injured, among them six children, and were taken to the county hospital. Shops in Garissa stayed closed on Tuesday.

Governor Amina Farah visited the hospital with 12 members of the county assembly. She called for more police along the border with Somalia, which lies 190 kilometres to the east.
"""

COPY = """Market closed after raid in the north

Al-Shabaab attacked a market in the Kenyan town of Garissa on Monday, the interior ministry said.

The ministry said 14 people were killed in the attack. "The attackers fired at traders from two pickups," Interior Minister Joseph Mwangi told reporters in Nairobi.

Another 30 people were injured, among them six children, and were taken to the county hospital. Shops in Garissa stayed closed on Tuesday.
"""

OWN = """Kenyan police attacked a market in Garissa on Monday, the traders' union said, rejecting the government's account.

Union leader Halima Noor said at least 21 people were killed in the attack. "They wore uniforms and came in cars we know from the station," she told the Garissa Courier.

Her members found shell casings on the ground of the cattle market and want a judge from outside the county to look into the case.
"""


@pytest.fixture(scope="module")
def readings():
    reader = onrecord.Reader()
    articles = {
        "wire": from_text(WIRE, name="wire", published="2024-03-12", publisher="Lake Daily"),
        "copy": from_text(COPY, name="copy", published="2024-03-12", publisher="Coast Herald"),
        "own": from_text(OWN, name="own", published="2024-03-13", publisher="Garissa Courier"),
    }
    return {name: reader.read(article) for name, article in articles.items()}


@pytest.fixture(scope="module")
def originals(readings):
    """Name of each article's original: the wire for the copy."""
    copies, names = Copies(MemoryCopies()), {}
    for name, reading in readings.items():
        found = copies.add(name, sign(reading.article))
        names[name] = found.original if found else name
    return names


@pytest.fixture(scope="module")
def attack(readings):
    """The features of the reports of the attack, by article, once all events have been placed."""
    clusterer, members = Clusterer(MemoryIndex()), {}
    for name, reading in readings.items():
        for event, features in zip(reading.events, features_of(reading), strict=True):
            cluster = clusterer.place(features).cluster
            if event.span.text.startswith("attacked"):
                members[name] = (cluster, features)
    return members


def test_the_copy_is_recognised_and_the_other_is_none(originals):
    assert originals == {"wire": "wire", "copy": "wire", "own": "own"}


def test_the_wire_is_an_agency_s_and_the_copy_does_not_say_so(readings):
    assert agency_of(readings["wire"].article).name == "Reuters"
    assert agency_of(readings["copy"].article) is None


def test_three_articles_are_two_independent_sources(readings, originals):
    reports = []
    for name, reading in readings.items():
        agency = agency_of(reading.article)
        reports.append(Report(name, originals[name], agency and agency.name, reading.article.publisher))
    assert independent_sources(reports) == (("copy", "wire"), ("own",))


def test_all_three_tell_of_one_event(attack):
    assert set(attack) == {"wire", "copy", "own"}
    assert len({cluster for cluster, _ in attack.values()}) == 1


def test_both_perpetrators_stay_and_the_copy_counts_once(readings, originals, attack):
    origins = {readings[name].article.id: originals[name] for name in readings}
    found = {conflict.field: conflict for conflict in conflicts((f for _, f in attack.values()), origins)}
    views = {view.value: view.said_by for view in found["actors"].views}
    assert len(views) == 2
    by_articles = sorted(len(says.articles) for said_by in views.values() for says in said_by)
    assert by_articles == [1, 2]


def test_both_tolls_stay_each_with_its_source(readings, originals):
    claims = [claim for name, reading in readings.items() for claim in claims_of(reading, origin=originals[name])]
    killed = next(one for one in series(claims) if one.kind == "killed" and one.whom is None)
    assert [says for says, _ in killed.who_says] == ["at least 21", "14"]
    ministry = next(source for source in killed.sources if source.latest.low == 14)
    assert len(ministry.steps) == 1 and len(ministry.steps[0].articles) == 2
    assert len(killed.disagreements) == 1
