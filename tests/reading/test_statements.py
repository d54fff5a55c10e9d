"""Quotations, indirect speech, sources in passing: who says what, through whom, and who reports it."""

from __future__ import annotations

import re

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.language import coref
from onrecord.reading._cues import cue_entries
from onrecord.reading._data import load_yaml
from onrecord.reading._lexicon import load_lexicon
from onrecord.reading._parties import Parties, find_parties
from onrecord.reading._quotes import find_quotes
from onrecord.reading._statements import StatementDraft, Statements, find_statements
from onrecord.reading._tree import Tree

_MARKS = re.compile(r"[{}\[\]*]")
SUITE = load_yaml("lexicon/speech.yaml")
EXAMPLES = [(entry, example) for entry in cue_entries() for example in entry.examples]


def plain(marked: str) -> tuple[str, list[str], list[str], list[str]]:
    """The sentence without marks, its sources, its cues and its contents as text."""
    sources = re.findall(r"{([^}]*)}", marked)
    cues = re.findall(r"\*([^*]*)\*", marked)
    contents = [_MARKS.sub("", item) for item in re.findall(r"\[([^\]]*)\]", marked)]
    return _MARKS.sub("", marked), sources, cues, contents


def read(nlp: Language, text: str) -> tuple[Doc, Statements]:
    doc = nlp(text)
    return doc, find_statements(doc)


def words(doc: Doc, span: tuple[int, int] | None) -> str:
    return "" if span is None else doc[span[0] : span[1]].text


def contents(doc: Doc, draft: StatementDraft) -> list[str]:
    return [words(doc, span) for span in draft.content]


def one(nlp: Language, text: str) -> tuple[Doc, StatementDraft]:
    doc, found = read(nlp, text)
    assert len(found.all) == 1, [(item.because, contents(doc, item)) for item in found.all]
    return doc, found.all[0]


@pytest.mark.parametrize(("entry", "marked"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_every_example_in_the_lexicon_is_read_as_marked(nlp: Language, entry: object, marked: str) -> None:
    text, sources, cues, expected = plain(marked)
    doc, found = read(nlp, text)
    if not cues:
        assert not found.all
        return
    hits = [item for item in found.all if cues[0] in words(doc, item.cue)]
    assert hits, [(item.because, contents(doc, item)) for item in found.all]
    assert contents(doc, hits[0]) == expected
    assert hits[0].stance == getattr(entry, "stance")  # noqa: B009
    if sources:
        assert words(doc, hits[0].source) == sources[0]


def test_a_cue_behind_a_quotation_names_its_speaker(nlp: Language) -> None:
    doc, draft = one(nlp, "“We will rebuild the bridge before winter,” Mayor Ada Kolb said on Friday.")
    assert contents(doc, draft) == ["We will rebuild the bridge before winter"]
    assert "Ada Kolb" in words(doc, draft.source)
    assert (draft.style, draft.stance) == ("direct", "asserts")


def test_an_inverted_cue_names_its_speaker(nlp: Language) -> None:
    doc, draft = one(nlp, '"The road is closed," said Ada Kolb.')
    assert words(doc, draft.source) == "Ada Kolb"


def test_a_quotation_split_by_its_cue_is_one_statement_with_two_ranges(nlp: Language) -> None:
    doc, draft = one(nlp, "“We will rebuild the bridge,” the mayor said, “and we will do it before winter.”")
    assert contents(doc, draft) == ["We will rebuild the bridge", "and we will do it before winter."]


def test_a_quotation_taken_up_again_in_the_paragraph_is_the_same_statement(nlp: Language) -> None:
    doc, draft = one(nlp, "“The bridge is old,” the mayor said. “We will rebuild it.”")
    assert contents(doc, draft) == ["The bridge is old", "We will rebuild it."]


def test_a_quotation_running_over_paragraphs_stays_open_until_it_is_closed(nlp: Language) -> None:
    text = "“The bridge is old,” the mayor said.\n\n“We have waited for years.\n\n“We will rebuild it now.”"
    doc, found = read(nlp, text)
    assert contents(doc, found.all[-1])[-2:] == ["We have waited for years.", "We will rebuild it now."]
    assert all("mayor" in words(doc, item.source) for item in found.all)


def test_a_quotation_that_is_never_closed_ends_with_its_paragraph(nlp: Language) -> None:
    doc, found = read(nlp, "The mayor said: “We will rebuild the bridge.\n\nRain fell all night in the valley.")
    assert contents(doc, found.all[0]) == ["We will rebuild the bridge."]


def test_quoted_words_inside_a_reported_clause_make_it_mixed_and_no_statement_of_their_own(nlp: Language) -> None:
    doc, draft = one(nlp, 'The mayor said the delay was "a disgrace" for the town.')
    assert draft.style == "mixed"
    assert contents(doc, draft) == ['the delay was "a disgrace" for the town']


def test_scare_quotes_are_no_speech(nlp: Language) -> None:
    _, found = read(nlp, 'The so-called "peace road" was closed on Monday.')
    assert not found.all


def test_apostrophes_open_no_quotation(nlp: Language) -> None:
    doc = nlp("The workers' union and the teachers' league met at the city's hall.")
    assert not find_quotes(Tree(doc))


def test_a_nested_quotation_lies_inside_the_outer_one(nlp: Language) -> None:
    doc, found = read(nlp, "“The guard told me, ‘You will never leave this place,’ and locked the door,” Okafor said.")
    inner = next(item for item in found.all if contents(doc, item)[0].startswith("You will never"))
    outer = next(item for item in found.all if contents(doc, item)[0].startswith("The guard"))
    assert inner.parents == (found.all.index(outer),)


def test_an_editors_bracket_stays_inside_the_quotation(nlp: Language) -> None:
    doc, draft = one(nlp, 'He said, "This (meeting) is useful for both sides."')
    assert contents(doc, draft) == ["This (meeting) is useful for both sides."]


def test_a_cue_with_a_comma_on_each_side_interrupts_its_content(nlp: Language) -> None:
    doc, draft = one(nlp, "The museum, the director said, will open its doors in May.")
    assert contents(doc, draft) == ["The museum", "will open its doors in May"]


def test_free_indirect_wire_copy_is_attributed_to_the_clause_that_closes_it(nlp: Language) -> None:
    doc, draft = one(nlp, "The delegation would not attend the summit, the foreign ministry said on Tuesday.")
    assert contents(doc, draft) == ["The delegation would not attend the summit"]
    assert words(doc, draft.source) == "the foreign ministry"


def test_according_to_names_a_source_and_leaves_the_clause_as_content(nlp: Language) -> None:
    doc, draft = one(nlp, "According to a report by the news agency RIA, the envoy is planning to travel to Qatar.")
    assert contents(doc, draft) == ["the envoy is planning to travel to Qatar"]
    assert words(doc, draft.source).startswith("a report by the news agency RIA")


def test_a_hedge_is_a_statement_by_nobody(nlp: Language) -> None:
    _, draft = one(nlp, "The envoy is reportedly making arrangements to travel to Qatar.")
    assert draft.because == "statement/hedge"
    assert (draft.speaker, draft.source) == (None, None)


def test_a_passive_of_belief_is_a_statement_by_nobody(nlp: Language) -> None:
    doc, draft = one(nlp, "Soldiers are believed to have burned the village.")
    assert draft.source is None
    assert contents(doc, draft) == ["Soldiers", "to have burned the village"]


def test_chains_go_from_the_nearest_speaker_outwards(nlp: Language) -> None:
    doc, found = read(nlp, "The agency reported that the minister said that the troops had left the town.")
    left = next(token.i for token in doc if token.text == "left")
    chain = [words(doc, found.all[number].source) for number in found.around(left)]
    assert chain == ["the minister", "The agency"]


def test_the_articles_own_voice_is_the_empty_chain(nlp: Language) -> None:
    doc, found = read(nlp, "Troops left the town on Monday.")
    assert all(found.around(token.i) == () for token in doc)


def test_a_participle_behind_a_comma_goes_on_with_the_same_speaker(nlp: Language) -> None:
    doc, found = read(nlp, "The minister said the troops had left, adding that the bridge was safe.")
    assert [words(doc, item.source) for item in found.all] == ["The minister", "The minister"]
    assert contents(doc, found.all[0]) == ["the troops had left"]
    assert contents(doc, found.all[1]) == ["the bridge was safe"]


def test_what_somebody_did_not_say_is_no_statement(nlp: Language) -> None:
    _, found = read(nlp, "The ministry did not say that the troops had left.")
    assert not found.all


def test_a_headline_with_a_name_and_a_colon_is_a_statement(nlp: Language) -> None:
    doc, found = read(nlp, "Angela Merkel: Europe will not close its borders")
    assert contents(doc, found.all[0]) == ["Europe will not close its borders"]


def test_a_dateline_is_no_speaker(nlp: Language) -> None:
    _, found = read(nlp, "PARIS: The minister opened the new bridge on Monday.")
    assert not found.all


def test_contents_never_hold_their_own_cue(nlp: Language) -> None:
    text = "The road, he said, is open. “It is safe,” she added, stressing that the army had left. Neighbours called for help."
    doc, found = read(nlp, text)
    assert len(found.all) >= 4
    for item in found.all:
        assert item.cue is not None
        assert all(not start <= item.cue[0] < end for start, end in item.content), contents(doc, item)


def voices(nlp: Language, text: str) -> tuple[Doc, Statements, list[tuple[str | None, str | None]]]:
    """The statements of a text and the names of their speakers and media."""
    doc = nlp(text)
    parties = find_parties(doc, coref.resolve(doc), load_lexicon())
    found = find_statements(doc, parties)
    return doc, found, [(name(parties, item.speaker), name(parties, item.medium)) for item in found.all]


def name(parties: Parties, number: int | None) -> str | None:
    return None if number is None else parties.all[number].name


def test_the_medium_is_kept_apart_from_the_speaker(nlp: Language) -> None:
    _, _, said = voices(nlp, '"We will not leave the valley," Prime Minister Ada Kolb told Reuters on Monday.')
    assert said == [("Ada Kolb", "Reuters")]
    _, _, said = voices(nlp, "The foreign minister said on Twitter that talks would resume.")
    assert said == [("foreign minister", "Twitter")]


def test_a_pronoun_speaks_for_the_person_it_means(nlp: Language) -> None:
    _, _, said = voices(nlp, 'Deputy minister Ivan Petrov met villagers. "We are with you," he said.')
    assert said == [("Ivan Petrov", None)]


def test_the_first_person_in_a_quotation_is_its_speaker(nlp: Language) -> None:
    doc, found, _ = voices(nlp, 'Vladimir Putin said: "I will meet our partners." Neighbours asked who I am.')
    first, last = (token.i for token in doc if token.text == "I")
    assert found.first_person(first) == found.all[0].speaker
    assert found.first_person(first) is not None
    assert found.first_person(last) is None


def test_a_document_speaks_for_those_who_made_it(nlp: Language) -> None:
    _, _, said = voices(nlp, "According to a report by Reuters, the envoy will travel to Doha.")
    assert said == [("Reuters", None)]


def test_a_quotation_without_a_cue_has_the_speaker_of_its_neighbour(nlp: Language) -> None:
    text = '"We have waited," Mayor Ada Kolb said on Monday.\n\n"We will wait no longer. We want our bridge."'
    _, _, said = voices(nlp, text)
    assert said == [("Ada Kolb", None), ("Ada Kolb", None)]


def test_a_quotation_without_any_cue_belongs_to_the_person_the_story_is_about(nlp: Language) -> None:
    text = 'Mayor Ada Kolb opened the bridge on Monday.\n\n"I have waited for years. We did it."'
    _, _, said = voices(nlp, text)
    assert said == [("Ada Kolb", None)]


@pytest.mark.parametrize(
    "text", ["", "\n\n", '"', "“", '""', "“”", "'", '" " " "', "said", '"said"', "He said.", ": : :"]
)
def test_odd_input_is_read_without_complaint(nlp: Language, text: str) -> None:
    doc, found = read(nlp, text)
    assert all(0 <= start < end <= len(doc) for item in found.all for start, end in item.content)
