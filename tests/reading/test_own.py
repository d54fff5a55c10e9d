"""Lexicons and frames of a user's own: laid over ours, or in their place, and refused with file, line and remedy."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

import onrecord
from onrecord.reading._explain import explain, rule_names
from onrecord.reading._frames import load_frames
from onrecord.reading._lexicon import load_lexicon
from onrecord.reading._own import find_files, load_lexicons, out_of_reach, read_own
from onrecord.reading._own_check import check_own
from onrecord.records import BadOption, EventType, LexiconError, Quad

ARMS = Path(__file__).resolve().parents[2] / "examples/lexicon/arms_transfers.yaml"

FRAMES = """\
source: a test
type: CONSULT
frames:
  - id: feast
    says: Parties have a feast.
    verbs: [feast]
    match:
      - Kenya feasted with Uganda. => Kenya > Uganda
      - Chad feasted with Mali. => Chad > Mali
    recipient: [with]
    avoid:
      - It rained on the fair.
"""
ACTORS = """\
source: a test
bodies:
  - {name: Salt Lake Front, also: [SLF], country: TCD, sectors: [REB], sort: armed group}
  - {name: Hamas, country: PSE, sectors: [GOV]}
people:
  - {name: Achta Ngaro, country: TCD, offices: [Minister since 2020]}
roles:
  - {words: [salt carrier], shape: person, sectors: [LAB]}
  - {words: [minister], shape: person, sectors: [CVL]}
"""


def written(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def problems(path: Path) -> list[str]:
    return [str(problem).removeprefix(str(path)) for file in read_own([path]) for problem in file.problems()]


# -- laid over ours ---------------------------------------------------------------------------------------------------


def test_own_actors_are_known_beside_ours(tmp_path: Path) -> None:
    known = load_lexicons([written(tmp_path, ACTORS)]).lexicon
    (fact,) = known.named("SLF")
    assert (fact.country, fact.sectors, fact.own) == ("TCD", ("REB",), True)
    assert known.role(["tired", "salt", "carrier"]) is not None
    assert known.named("Hezbollah") == load_lexicon().named("Hezbollah")


def test_a_name_that_both_have_keeps_our_meaning(tmp_path: Path) -> None:
    known = load_lexicons([written(tmp_path, ACTORS)]).lexicon
    assert known.named("Hamas") == load_lexicon().named("Hamas")
    assert known.role(["minister"]) == load_lexicon().role(["minister"])


def test_another_name_leads_to_the_actor_that_we_know(tmp_path: Path) -> None:
    entry = "source: x\nbodies:\n- {name: Hamas, also: [Green Band], country: PSE, sectors: [REB]}\n"
    (fact,) = load_lexicons([written(tmp_path, entry)]).lexicon.named("Green Band")
    assert fact.key == load_lexicon().named("Hamas")[0].key


def test_a_name_of_another_country_stays_open_between_the_two(tmp_path: Path) -> None:
    entry = "source: x\nbodies:\n- {name: Hamas, country: TCD, sectors: [PTY]}\n"
    path = written(tmp_path, entry)
    assert {fact.country for fact in load_lexicons([path]).lexicon.named("Hamas")} == {"PSE", "TCD"}
    assert any("1 names mean somebody else" in remark for remark in check_own([path], examples=False).remarks)


def test_replace_same_makes_the_own_meaning_the_only_one(tmp_path: Path) -> None:
    known = load_lexicons([written(tmp_path, ACTORS.replace("source:", "replace: same\nsource:"))]).lexicon
    assert [fact.sectors for fact in known.named("Hamas")] == [("GOV",)]
    minister = known.role(["minister"])
    assert minister is not None
    assert minister.sectors == ("CVL",)
    assert known.named("Hezbollah")


def test_replace_all_sets_ours_aside_in_the_sections_of_the_file(tmp_path: Path) -> None:
    known = load_lexicons([written(tmp_path, ACTORS.replace("source:", "replace: all\nsource:"))]).lexicon
    assert known.named("Hezbollah") == ()
    assert known.named("Vladimir Putin") == ()
    assert known.named("Kenya")
    assert set(known.roles) == {("salt", "carrier"), ("minister",)}


def test_offices_of_an_own_person_hold_between_their_dates(tmp_path: Path) -> None:
    terms = "terms: [{sectors: [GOV], from: 2001, until: 2005-06-30}, {sectors: [OPP], from: 2005-07-01}]"
    entry = f"source: x\npeople:\n- {{name: Achta Ngaro, country: TCD, {terms}}}\n"
    facts = load_lexicons([written(tmp_path, entry)]).lexicon.named("Achta Ngaro")
    assert [fact.sectors for fact in facts if fact.holds("2005-06-30")] == [("GOV",)]
    assert [fact.sectors for fact in facts if fact.holds("2011-01-01")] == [("OPP",)]


def test_own_frames_are_tried_before_ours_and_imported_ones_after(tmp_path: Path) -> None:
    text = FRAMES.replace("feast]", "meet]").replace("recipient: [with]\n", "recipient: [with]\n")
    ours = load_frames().verbs["meet"]
    before = load_lexicons([written(tmp_path, text)]).frames.verbs["meet"]
    after = load_lexicons([written(tmp_path, "imported: true\n" + text, "b.yaml")]).frames.verbs["meet"]
    plain = [trigger.frame.id for trigger in before if trigger.rank == 10]
    assert plain[0] == "consult/feast"
    assert [trigger.frame.id for trigger in after if trigger.rank == 10][-1] == "consult/feast"
    assert len(before) == len(after) == len(ours) + 1


def test_an_own_frame_takes_the_place_of_ours_only_when_it_says_so(tmp_path: Path) -> None:
    text = FRAMES.replace("id: feast", "id: meet")
    with pytest.raises(LexiconError, match=r"mine\.yaml:4: frame meet: .*replace: same"):
        load_lexicons([written(tmp_path, text)])
    frames = load_lexicons([written(tmp_path, "replace: same\n" + text)]).frames
    assert frames.all["consult/meet"].says == "Parties have a feast."
    assert all(
        trigger.frame.says == "Parties have a feast."
        for found in frames.verbs.values()
        for trigger in found
        if trigger.frame.id == "consult/meet"
    )
    alone = load_lexicons([written(tmp_path, "replace: all\n" + text)]).frames
    assert [id_ for id_, frame in alone.all.items() if frame.type == EventType.CONSULT] == ["consult/meet"]


def test_word_lists_are_shared_between_own_files(tmp_path: Path) -> None:
    written(tmp_path, "source: x\nlists: {outings: [feast, barbecue]}\n", "a.yaml")
    written(tmp_path, FRAMES.replace("verbs: [feast]", "nouns: ['@outings', '@talks']"), "b.yaml")
    frames = load_lexicons([tmp_path]).frames
    assert {"barbecue", "feast"} <= frames.nouns.keys()


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    path = written(tmp_path, FRAMES)
    assert "feast" in load_lexicons([path]).frames.verbs
    written(tmp_path, FRAMES.replace("[feast]", "[barbecue]"))
    assert "feast" not in load_lexicons([path]).frames.verbs


# -- a type of one's own ----------------------------------------------------------------------------------------------


def test_a_type_of_ones_own_goes_through_to_the_records() -> None:
    text = "OSLO – Norway will deliver six howitzers to Ukraine. Sweden met Singapore's minister."
    reading = onrecord.Reader(lexicon=ARMS).read(text, published="2024-03-14")
    event = next(event for event in reading.events if event.span.text == "deliver")
    assert (event.type, event.mode, event.status) == ("ARMS-TRANSFER", "delivery", "planned")
    assert event.because.startswith("arms-transfer/deliver + ")
    assert [(own.name, own.quad) for own in reading.types] == [("ARMS-TRANSFER", Quad.material_cooperation)]
    assert onrecord.Reading.from_json(reading.to_json()) == reading


def test_a_reading_lists_only_the_types_its_events_have() -> None:
    reading = onrecord.read("Kenya's president met Uganda's prime minister in Nairobi.", lexicon=ARMS)
    assert reading.types == ()
    assert {type(event.type) for event in reading.events} == {EventType}


def test_a_type_that_is_declared_nowhere_is_refused() -> None:
    reading = onrecord.Reader(lexicon=ARMS).read("Norway delivered six howitzers to Ukraine.")
    with pytest.raises(ValueError, match="neither a PLOVER type nor declared"):
        onrecord.Reading.from_json(re.sub(r'"types":\[.*\]', '"types":[]', reading.to_json()))


def test_own_types_are_shown_on_screen_and_page() -> None:
    from rich.console import Console

    from onrecord.publish import html, screen

    reading = onrecord.Reader(lexicon=ARMS).read("Norway delivered six howitzers to Ukraine.")
    stream = io.StringIO()
    screen.render(reading, Console(file=stream, width=100))
    assert "ARMS-TRANSFER delivery" in stream.getvalue()
    assert "ARMS-TRANSFER" in html.page([reading])


def test_own_types_and_rules_are_explained() -> None:
    (rule,) = explain("arms-transfer/sell", lexicon=[ARMS])
    assert rule.source.startswith(str(ARMS))
    (kind,) = explain("ARMS-TRANSFER", lexicon=[ARMS])
    assert kind.says.startswith("Weapons")
    assert "arms-transfer/sell" in rule_names(lexicon=[ARMS])
    assert explain("arms-transfer/sell") == ()


# -- the check --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("verbs: [feast]", "verbs: [feast]\n    colour: blue", ":7: frame feast: 'colour' is no key of a frame"),
        ("says: Parties have a feast.\n    ", "", ":4: frame feast: says is missing"),
        ("type: CONSULT", "type: CONSLUT", ":2: CONSLUT is no type of PLOVER's. Did you mean CONSULT?"),
        ("type: CONSULT", "type: chat", ":2: type 'chat': write a type in upper case"),
        ("type: CONSULT", "type: CONSULT\nmeans: talk", ":3: CONSULT is a type of PLOVER's"),
        ("type: CONSULT", "type: CHAT\nmeans: talk\nquad: 7", ":4: quad: should be"),
        ("recipient: [with]", "recipient: [yonder]", ":10: frame feast: 'yonder' is no place for a party"),
        ("recipient: [with]", "needs: {colour: [x]}", ":10: frame feast: 'colour' cannot be asked about"),
        ("verbs: [feast]", "verbs: ['@nolist']", ":4: frame feast: there is no word list '@nolist'"),
        (" => Chad > Mali", "", ':7: frame feast: write "sentence => actor'),
        ("      - Chad feasted with Mali. => Chad > Mali\n", "", ":4: frame feast: give at least two sentences"),
        ("verbs: [feast]", "verbs: []", ":4: frame feast: nothing triggers it"),
        ("source: a test\n", "", ":1: source is missing"),
        ("    avoid:", "   avoid:", ":1: not valid YAML"),
    ],
)
def test_a_broken_frame_file_is_told_with_line_and_remedy(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert old in FRAMES
    (first, *_) = problems(written(tmp_path, FRAMES.replace(old, new)))
    assert first.startswith(complaint)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("country: TCD, sectors: [REB]", "country: XYZ, sectors: [REB]", ":3: Salt Lake Front: country 'XYZ' is not"),
        ("sectors: [REB]", "sectors: [RBL]", ":3: Salt Lake Front: unknown sectors ['RBL']"),
        ("sort: armed group", "colour: blue", ":3: Salt Lake Front: unknown fields ['colour']"),
        ("sort: armed group", "from: 2019, until: 2011", ":3: Salt Lake Front: until lies before from"),
        ("sort: armed group", "from: last year", ":3: Salt Lake Front: 'last year' is no year"),
        ("also: [SLF]", "also: ['']", ":3: Salt Lake Front: '' is empty"),
        ("name: Hamas", "name: Salt Lake Front, also: [SLF]", None),
        ("- {name: Hamas, country: PSE", "- {name: SLF, country: TCD", ":4: SLF: 'SLF' is listed twice for TCD"),
        ("offices: [Minister since 2020]", "offices: [Minister]", ":6: Achta Ngaro: 'Minister' must read"),
        ("offices: [Minister since 2020]", "offices: [Minister 2020 to 2010]", ":6: Achta Ngaro: 'Minister 2020 to"),
        (
            "words: [salt carrier], shape: person",
            "words: [salt carrier], shape: man",
            ":8: roles: ['salt carrier']: shape",
        ),
        ("[salt carrier]", "[Salt carrier]", ":8: roles: ['Salt carrier']: 'Salt carrier' must be in lower case"),
        ("[minister]", "[salt carrier]", ":9: roles: ['salt carrier']: 'salt carrier' is listed twice"),
        ("source: a test", "sauce: a test", ":1: unknown fields ['sauce']"),
        ("source: a test", "source: ''", ":1: say under source"),
        ("source: a test", "source: a test\nreplace: some", ":2: replace: write same"),
        ("source: a test", "source: a test\ncountries: {QQQ: {also: [x]}}", ":2: QQQ: is no known country code"),
        ("source: a test", "source: a test\npeoples: []", ":2: peoples: is empty"),
    ],
)
def test_a_broken_actor_file_is_told_with_line_and_remedy(
    tmp_path: Path, old: str, new: str, complaint: str | None
) -> None:
    assert old in ACTORS
    found = problems(written(tmp_path, ACTORS.replace(old, new)))
    assert found[0].startswith(complaint) if complaint else found == []


@pytest.mark.parametrize("text", ["", "[]", "source: x", "just text", "bodies: 3\nsource: x", "people: [3]\nsource: x"])
def test_what_is_no_lexicon_at_all_is_told(tmp_path: Path, text: str) -> None:
    assert problems(written(tmp_path, text))


def test_examples_that_fail_are_told_with_what_was_read_instead(tmp_path: Path) -> None:
    text = FRAMES.replace("=> Chad > Mali", "=> Mali > Chad").replace(
        "It rained on the fair.", "Togo feasted with Benin."
    )
    report = check_own([written(tmp_path, text)])
    assert report.sentences == 3
    match, avoid = (line.split("mine.yaml")[1] for line in report.problems)
    assert match.startswith(":9: frame consult/feast: must match with Mali > Chad")
    assert match.endswith("Read instead: consult/feast (Chad > Mali)")
    assert avoid.startswith(":12: frame consult/feast: must not match, but does: 'Togo")
    assert report.sound == 0


def test_a_frame_that_can_never_be_chosen_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "imported: true\n" + FRAMES)
    assert list(out_of_reach(read_own([path]))) == []
    second = FRAMES.replace("id: feast", "id: feast-again")
    written(tmp_path, second, "other.yaml")
    (problem,) = out_of_reach(read_own(find_files([tmp_path])))
    assert "frame feast: can never be chosen: consult/feast-again takes its words first" in str(problem)


def test_codes_that_plover_does_not_have_are_told(tmp_path: Path) -> None:
    text = FRAMES.replace("verbs: [feast]", "mode: rural\n    contexts: [food]\n    verbs: [feast]")
    lines = [line.split("mine.yaml")[1] for line in check_own([written(tmp_path, text)], examples=False).problems]
    assert [line.split(". Known")[0] for line in lines] == [
        ":6: frame feast: 'rural' is no mode of CONSULT",
        ":7: frame feast: 'food' is no context",
    ]


def test_two_meanings_of_one_type_are_refused(tmp_path: Path) -> None:
    own = FRAMES.replace("type: CONSULT", "type: OUTING\nmeans: A feast.")
    written(tmp_path, own, "a.yaml")
    written(tmp_path, own.replace("A feast.", "A walk.").replace("id: feast", "id: walk"), "b.yaml")
    with pytest.raises(LexiconError, match=r"b\.yaml:3: .*a\.yaml declares OUTING with another meaning"):
        load_lexicons([tmp_path])


def test_a_missing_path_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadOption, match="does not exist"):
        load_lexicons([tmp_path / "none.yaml"])
    with pytest.raises(BadOption, match="holds no"):
        load_lexicons([tmp_path])
