"""The frame data: its schema, its checks, and every example sentence beside every frame."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from onrecord.reading._codebook import CONTEXTS, MODES
from onrecord.reading._events import EventDraft, find_events
from onrecord.reading._frame_types import Example, Frame
from onrecord.reading._frames import describe, load_frames, read_frames
from onrecord.records import EventType, LexiconError
from tests.reading.parties import known_parties, says

FRAMES = load_frames()
MATCHES = [(frame.id, example) for frame in FRAMES.all.values() for example in frame.match]
AVOIDS = [(frame.id, text) for frame in FRAMES.all.values() for text in frame.avoid]

ONE_FRAME = """
source: a test
type: CONSULT
frames:
  - id: meet
    says: Parties meet.
    verbs: [meet]
    match:
      - Kenya met Uganda. => Kenya > Uganda
      - Chad met Mali. => Chad > Mali
    avoid:
      - It met a target.
"""


def written(folder: Path, text: str, name: str = "consult.yaml") -> list[Path]:
    (folder / name).write_text(text, encoding="utf-8")
    return [folder / name]


@pytest.mark.parametrize(
    ("frame_id", "example"), MATCHES, ids=[f"{name}: {example.text[:50]}" for name, example in MATCHES]
)
def test_a_sentence_under_match_gives_the_frame_with_its_parties(
    nlp: Language, frame_id: str, example: Example
) -> None:
    doc = nlp(example.text)
    parties = known_parties(doc)
    events = [event for event in find_events(doc, parties) if event.because == frame_id]
    assert any(
        all(says(doc, parties, event.actors, words) for words in example.actors)
        and all(says(doc, parties, event.recipients, words) for words in example.recipients)
        for event in events
    ), [(event.because, event.actors, event.recipients) for event in find_events(doc, parties)]


@pytest.mark.parametrize(("frame_id", "text"), AVOIDS, ids=[f"{name}: {text[:50]}" for name, text in AVOIDS])
def test_a_sentence_under_avoid_does_not_give_the_frame(nlp: Language, frame_id: str, text: str) -> None:
    doc = nlp(text)
    found: list[EventDraft] = [event for event in find_events(doc, known_parties(doc)) if event.because == frame_id]
    assert found == []


def test_every_plover_type_has_frames() -> None:
    assert {frame.type for frame in FRAMES.all.values()} == set(EventType)


def test_modes_and_contexts_are_those_of_the_codebook() -> None:
    for frame in FRAMES.all.values():
        assert frame.mode is None or frame.mode in MODES[EventType(frame.type)], frame.id
        assert set(frame.contexts) <= CONTEXTS, frame.id


def test_no_two_frames_share_an_example() -> None:
    texts = [example.text for _, example in MATCHES] + [text for _, text in AVOIDS]
    assert len(texts) == len(set(texts))


def test_a_frame_describes_itself_with_its_examples_and_source() -> None:
    shown = describe("consult/meet")
    frame = FRAMES.all["consult/meet"]
    assert frame.says in shown
    assert frame.match[0].text in shown
    assert frame.avoid[0] in shown
    assert "consult.yaml" in shown
    assert frame.source in shown


def test_an_unknown_frame_is_named_and_a_near_one_proposed() -> None:
    with pytest.raises(LexiconError, match="assault/airstrike"):
        describe("protest/airstrike")


def test_a_minimal_file_is_read(tmp_path: Path) -> None:
    frames = read_frames(written(tmp_path, ONE_FRAME))
    frame: Frame = frames.all["consult/meet"]
    assert frame.match[0] == Example("Kenya met Uganda.", ("Kenya",), ("Uganda",))
    assert frames.verbs["meet"][0].frame is frame


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("verbs: [meet]", "verbs: []"), "nothing triggers it"),
        (("      - Chad met Mali. => Chad > Mali\n", ""), "at least two sentences"),
        (("verbs: [meet]", "verbs: [meet]\n    actor: [nowhere]"), "no place for a party"),
        (("verbs: [meet]", "verbs: [{verb: meet, beside: [x]}]"), "cannot be asked about"),
        (("verbs: [meet]", "verbs: [{verb: meet, subject: MARTIAN}]"), "no class of party"),
        (("verbs: [meet]", "verbs: [{verb: meet, object: '@nolist'}]"), "no word list"),
        (("verbs: [meet]", "verbs: [{verb: meet, object: Minister}]"), "neither a word"),
        (("verbs: [meet]", "verbs: [meet]\n    also: [consult/none]"), "which is no frame"),
        (("verbs: [meet]", "verbs: [meet]\n    colour: blue"), "consult.yaml:8: frame meet: 'colour' is no key"),
        (("type: CONSULT", "type: CHAT"), "consult.yaml"),
        ((" => Kenya > Uganda", ""), "sentence => actor > recipient"),
        (("verbs: [meet]", "verbs: [meet"), "not valid YAML"),
    ],
)
def test_a_broken_file_is_refused_with_its_name_and_a_remedy(
    tmp_path: Path, change: tuple[str, str], complaint: str
) -> None:
    with pytest.raises(LexiconError, match=complaint) as raised:
        read_frames(written(tmp_path, ONE_FRAME.replace(*change)))
    assert "consult.yaml" in str(raised.value)


def test_a_frame_defined_twice_is_refused(tmp_path: Path) -> None:
    paths = written(tmp_path, ONE_FRAME) + written(tmp_path, ONE_FRAME, "more.yaml")
    with pytest.raises(LexiconError, match="defined twice"):
        read_frames(paths)
