"""Dictionaries of TABARI and the PETRARCHs: what is carried over, and that the rest is accounted for line by line."""

from __future__ import annotations

import csv
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from onrecord.language import coref
from onrecord.reading._events import find_events
from onrecord.reading._frame_files import parse
from onrecord.reading._own import find_files, load_lexicons, read_own
from onrecord.reading._parties import find_parties
from onrecord.reading.dictionaries import REPORT, Imported, import_dictionaries
from onrecord.reading.dictionaries._codes import Act, act, actor
from onrecord.reading.dictionaries._names import name_of
from onrecord.reading.dictionaries._source import Notes, Source, open_source
from onrecord.reading.dictionaries._write import dump
from onrecord.records import BadOption, EventType

MADE_UP = Path(__file__).parent / "made_up"
REAL = Path(os.environ.get("ONRECORD_DATA", "../shared/data")) / "dictionaries"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Imported]]:
    """The made-up dictionaries, imported: the folder, and what became of each file."""
    output = tmp_path_factory.mktemp("imported")
    return output, {result.name: result for result in import_dictionaries([MADE_UP], output)}


def content(folder: Path, name: str) -> Any:
    """One written file."""
    return parse((folder / name).read_text(encoding="utf-8"), name)


def named(section: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {entry["name"]: entry for entry in section}


def reasons(result: Imported) -> set[tuple[int, str]]:
    return {(loss.line, loss.reason) for loss in result.losses}


def test_names_of_a_country_are_carried_over(imported: tuple[Path, dict[str, Imported]]) -> None:
    actors = content(imported[0], "lake_actors.yaml")
    assert actors["countries"] == {"KEN": {"also": ["Kenya", "Kenyan", "Lake Republic", "Broken Line"]}}


def test_offices_keep_their_dates_and_the_undated_code_comes_last(imported: tuple[Path, dict[str, Imported]]) -> None:
    person = named(content(imported[0], "lake_actors.yaml")["people"])["Otieno Wanjala"]
    assert person["short"] == ["Wanjala"]
    assert person["terms"] == [
        {"country": "KEN", "sectors": ["GOV"], "from": "1998-03-01", "until": "2002-12-31"},
        {"country": "KEN", "sectors": ["OPP"], "from": "2003-01-01"},
        {"country": "KEN", "sectors": ["ELI"]},
    ]


def test_bodies_have_country_and_sectors(imported: tuple[Path, dict[str, Imported]]) -> None:
    bodies = named(content(imported[0], "lake_actors.yaml")["bodies"])
    assert bodies["Lake Patrol Force"] == {
        "name": "Lake Patrol Force",
        "also": ["LPF"],
        "country": "KEN",
        "sectors": ["MIL"],
    }
    assert (bodies["Lake Basin Commission"]["country"], bodies["Lake Basin Commission"]["sectors"]) == ("UNO", ["IGO"])
    assert bodies["Green Lake Fund"]["country"] == "NGO"


def test_what_an_actor_file_loses_is_listed_with_line_and_reason(imported: tuple[Path, dict[str, Imported]]) -> None:
    assert {
        (16, "an actor code that stands for no country or sector: XQZ"),
        (17, "a part of an actor code with no counterpart: ENV"),
        (18, "dates the wrong way round"),
        (19, "a name without a code"),
        (20, "a name that is to be left uncoded"),
        (21, "a date that is no day"),
    } <= reasons(imported[1]["lake.actors.txt"])


def test_ethnic_groups_have_no_country(imported: tuple[Path, dict[str, Imported]]) -> None:
    peoples = content(imported[0], "cameo_lakegroups.yaml")["peoples"]
    assert peoples == [{"name": "Reedfolk", "also": ["Reed People"], "sectors": ["SOC"]}]


def test_agents_become_role_nouns_with_our_sectors(imported: tuple[Path, dict[str, Imported]]) -> None:
    roles = content(imported[0], "lake_agents.yaml")["roles"]
    assert {word: (tuple(group["sectors"]), group["shape"]) for group in roles for word in group["words"]} == {
        "ferryman": (("LAB",), "person"),
        "ferrywoman": (("LAB",), "person"),
        "ferryperson": (("LAB",), "person"),
        "reed cutter": (("AGR",), "person"),
        "lake police": (("COP",), "body"),
        "water reporter": (("JRN",), "person"),
        "swamp prophet": (("REL",), "person"),
    }
    assert {
        (8, "a noun set that is not defined"),
        (9, "an agent code that stands for no sector: RAD"),
        (10, "a line that is no noun with a code"),
    } == reasons(imported[1]["lake.agents.txt"])


def test_patterns_become_triggers_with_word_sets_unfolded(imported: tuple[Path, dict[str, Imported]]) -> None:
    coerce = content(imported[0], "lake_verbs.coerce.yaml")
    alone, patterned = coerce["frames"]
    assert list(coerce["lists"].values()) == [["impound", "praise highly", "tow away"]]
    assert alone["verbs"] == ["impound", "tow away"]
    assert alone["not"] == {"object": ["luggage"]}
    (trigger,) = patterned["verbs"]
    assert trigger["object"] == ["boat", "ferry", "canoe"]
    assert patterned["recipient"][0] == "of"


def test_codes_become_type_mode_and_contexts(imported: tuple[Path, dict[str, Imported]]) -> None:
    (frame,) = content(imported[0], "lake_verbs.sanction.yaml")["frames"]
    assert (frame["mode"], frame["contexts"]) == ("withdraw", ["diplomatic"])
    assert frame["verbs"][0]["object"] == ["diplomatic passport"]
    (both,) = content(imported[0], "lake_verbs.consult.yaml")["frames"]
    assert both["reciprocal"] == "true"


def test_what_a_verb_file_loses_is_listed_with_line_and_reason(imported: tuple[Path, dict[str, Imported]]) -> None:
    found = reasons(imported[1]["lake.verbs.txt"])
    assert {
        (15, "a verb of several words that does not begin with the verb"),
        (21, "the second of two codes, for the act seen from the other side"),
        (22, "words that say how real the act is: its status, which other rules find"),
        (23, "a word set that is not defined"),
        (24, "a CAMEO 01 act, which has no counterpart"),
        (25, "a code that is not CAMEO's"),
        (26, "a pattern without a code"),
        (27, "a pattern that does not say where its verb stands"),
        (29, "a transformation of one event into another"),
    } == found


def test_tabari_verbs_bring_their_own_patterns(imported: tuple[Path, dict[str, Imported]]) -> None:
    alone, relief, refugees = content(imported[0], "lake_tabari_verbs.aid.yaml")["frames"]
    assert alone["verbs"] == ["ferry"]
    assert relief["verbs"][0]["object"] == ["relief"]
    assert relief["recipient"][0] == "to"
    assert refugees["contexts"] == ["asylum"]
    protest = content(imported[0], "lake_tabari_verbs.protest.yaml")["frames"]
    assert protest[1]["verbs"][0] == {
        "verb": "@verbs_barricade_6",
        "object": ["port"],
        "in": ["protest"],
    }
    assert protest[1]["recipient"][0] == "against"


def test_issues_become_word_lists(imported: tuple[Path, dict[str, Imported]]) -> None:
    assert content(imported[0], "lake_issues.yaml")["lists"] == {
        "water_lakes": ["lake"],
        "water_weeds": ["water hyacinth"],
    }
    assert {line for line, _ in reasons(imported[1]["lake.issues.txt"])} == {4, 5, 6}


def test_a_file_that_is_no_dictionary_is_set_aside(imported: tuple[Path, dict[str, Imported]]) -> None:
    assert imported[1]["notes.txt"].problem is not None
    assert not imported[1]["notes.txt"].written


def test_the_report_has_a_row_for_every_loss(imported: tuple[Path, dict[str, Imported]]) -> None:
    with (imported[0] / REPORT).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    losses = [loss for result in imported[1].values() for loss in result.losses]
    assert len(rows) == len(losses) + 1
    assert ["lake.actors.txt", "16", "whole"] in [row[:3] for row in rows]


def test_what_is_written_passes_the_check_of_own_files(imported: tuple[Path, dict[str, Imported]]) -> None:
    found = read_own(find_files([imported[0]]))
    assert [str(problem) for file in found for problem in file.problems()] == []


def test_imported_verbs_and_actors_are_read_in_sentences(
    nlp: Language, imported: tuple[Path, dict[str, Imported]]
) -> None:
    known = load_lexicons([imported[0]])
    doc = nlp("The Lake Patrol Force towed away the ferry of Uganda.")
    parties = find_parties(doc, coref.resolve(doc), known.lexicon, published=None)
    (event,) = find_events(doc, parties, known.frames)
    assert (event.type, event.mode) == (EventType.COERCE, "seize")
    assert event.because.startswith("coerce/lake-verbs-impound-171")
    assert [parties.all[i].name for i in event.actors] == ["Lake Patrol Force"]
    assert [parties.all[i].country for i in event.recipients] == ["UGA"]


def test_an_output_folder_with_such_files_is_refused(tmp_path: Path) -> None:
    import_dictionaries([MADE_UP / "lake.agents.txt"], tmp_path)
    with pytest.raises(BadOption, match="exists already"):
        import_dictionaries([MADE_UP / "lake.agents.txt"], tmp_path)


def test_a_missing_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadOption, match="does not exist"):
        import_dictionaries([tmp_path / "none.txt"], tmp_path / "out")


@pytest.mark.parametrize(
    ("code", "country", "sectors"),
    [
        ("KENGOVMIL", "KEN", ("GOV", "MIL")),
        ("KSVGOV", "KOS", ("GOV",)),
        ("IGOUNO", "UNO", ("IGO",)),
        ("IGOEECGOV", "EUR", ("IGO", "GOV")),
        ("MED", None, ("JRN",)),
        ("KENHLH", "KEN", ("MED",)),
        ("MNC", "MNC", ("BUS",)),
    ],
)
def test_actor_codes_are_cut_in_threes(code: str, country: str | None, sectors: tuple[str, ...]) -> None:
    found = actor(code)
    assert found is not None
    assert (found.country, found.sectors) == (country, sectors)


def test_event_codes_have_the_types_and_modes_of_the_codebook() -> None:
    from onrecord.reading._codebook import CONTEXTS, MODES
    from onrecord.reading._data import load_yaml

    assert act("163") == Act("SANCTION", "discontinue", ("economic",))
    assert act("010") is None
    for code in load_yaml("dictionaries/cameo.yaml")["codes"]:
        found = act(code)
        assert found is not None
        assert found.mode is None or found.mode in MODES[EventType(found.type)], code
        assert set(found.contexts) <= CONTEXTS, code


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("OTIENO_WANJALA_", "Otieno Wanjala"),
        ("BANK_OF_THE_LAKE", "Bank of the Lake"),
        ("U.N._", "U.N."),
        ("UN_ENVOY", "UN Envoy"),
        ("REED-BOAT_MEN_(RBM)", "Reed-Boat Men"),
        ("UAE_", "UAE"),
    ],
)
def test_names_are_written_as_people_write_them(written: str, name: str) -> None:
    assert name_of(written) == name


def test_written_yaml_reads_back_as_it_was() -> None:
    body = {
        "name": 'The "Lake", No: 1',
        "also": ["yes", "1999", "a - b", "x" * 90 + " y" + " z" * 40],
        "sectors": ["GOV"],
    }
    text = dump({"source": "no", "bodies": [body], "lists": {"on": ["off"]}}, comments=["Source: here"])
    assert parse(text, "x") == {"source": "no", "bodies": [body], "lists": {"on": ["off"]}}


def damaged(path: Path, *, seed: int) -> Iterator[str]:
    """The text of a file with lines cut, joined and mixed."""
    chance = random.Random(seed)
    lines = path.read_text(encoding="utf-8").split("\n")
    for _ in range(40):
        broken = list(lines)
        for _ in range(6):
            place = chance.randrange(len(broken))
            cut = chance.randrange(len(broken[place]) + 1)
            broken[place] = broken[place][cut:] + chance.choice(
                ["[", "]", "{", "(", "*", "&", "+", "\t", "--- ", "\x00", "~", ""]
            )
        chance.shuffle(broken) if chance.random() < 0.2 else None
        yield "\n".join(broken)


@pytest.mark.parametrize("name", sorted(path.name for path in MADE_UP.iterdir()))
def test_no_line_however_broken_stops_an_import(tmp_path: Path, name: str) -> None:
    for number, text in enumerate(damaged(MADE_UP / name, seed=7)):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / name).write_text(text, encoding="utf-8")
        output = folder / "out"
        import_dictionaries([folder / name], output)
        problems = [str(p) for file in read_own(sorted(output.glob("*.yaml"))) for p in file.problems()]
        assert problems == [], text


def test_comments_leave_the_line_numbers_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a.actors.txt").write_text("<!-- one\ntwo -->\nKENYA_ [KEN]\n", encoding="utf-8")
    assert list(open_source(tmp_path / "a.actors.txt").lines()) == [(3, "KENYA_ [KEN]")]


def test_notes_keep_whole_and_partial_losses_apart() -> None:
    notes = Notes("x")
    notes.lost(1, "gone", "A  B")
    notes.changed(2, "less", "C")
    assert [(loss.line, loss.text, loss.partly) for loss in notes.losses] == [(1, "A B", False), (2, "C", True)]
    assert Source("x", None, "", "a # b\n\n").lines


@pytest.mark.skipif(not REAL.is_dir(), reason="the real dictionaries are not there (ONRECORD_DATA)")
def test_the_real_dictionaries_are_imported_whole(tmp_path: Path) -> None:
    results = {result.name: result for result in import_dictionaries([REAL], tmp_path)}
    set_aside = {name for name, result in results.items() if result.problem}
    assert set_aside == {"CAMEO2PLOVER-2021.txt"}
    assert results["CAMEO.2.0.txt"].carried["patterns"] > 4000
    assert results["Phoenix.Countries.actors.txt"].carried["people"] > 17_000
    assert results["Phoenix.agents.txt"].carried["role nouns"] > 2500
    found = read_own(find_files([tmp_path]))
    assert [str(problem) for file in found for problem in file.problems()] == []
