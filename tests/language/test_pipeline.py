"""The pipeline as a whole: annotation, determinism, and input nobody expects."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from onrecord import language
from onrecord.ingest import from_text

STORY = """Envoys meet as shelling goes on
KHARTOUM, 12 May (Reuters) - Foreign Minister Amina Diallo will meet rebel leaders in Doha on Friday, her office said.

"We want the fighting to stop," Ms. Diallo told reporters. The rebels did not attend the last talks. At least 14 people were \
killed on Wednesday when shells hit a market in the north of the city, the Red Crescent said.
"""


def facts(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.is_sent_start, t.ent_iob_, t.ent_type_)
        for t in doc
    ]


def assert_sound(doc: Doc) -> None:
    """Every sentence is one tree of its own tokens, and every attribute is there."""
    for sent in doc.sents:
        assert [t.i for t in sent if t.head.i == t.i] == [sent.root.i]
        assert all(sent.start <= t.head.i < sent.end for t in sent)
    for token in doc:
        seen = 0
        while token.head.i != token.i and seen <= len(doc):
            token, seen = token.head, seen + 1
        assert seen <= len(doc)
    assert all(t.dep_ and t.tag_ and t.pos_ for t in doc)
    assert all((t.dep_ == "root") == (t.head.i == t.i) for t in doc if not t.is_space)
    assert "".join(t.text_with_ws for t in doc) == doc.text


def test_a_sentence_is_tagged_parsed_and_its_names_found(nlp: Language) -> None:
    doc = nlp("Russia's army did not attack the two villages near Kharkiv on Monday.")
    words = {t.text: t for t in doc}
    attack = words["attack"]
    assert (attack.dep_, attack.pos_, attack.tag_) == ("root", "VERB", "VB")
    assert words["army"].head is not None
    assert (words["army"].dep_, words["army"].head.text) == ("nsubj", "attack")
    assert (words["villages"].dep_, words["villages"].lemma_) == ("obj", "village")
    assert words["Russia"].dep_ == "nmod:poss"
    assert words["did"].morph.get("Tense") == ["Past"]
    assert words["did"].lemma_ == "do"
    assert ("Kharkiv", "LOC") in {(e.text, e.label_) for e in doc.ents}


def test_a_passive_keeps_its_subtypes(nlp: Language) -> None:
    doc = nlp("Three soldiers were killed by gunmen in Mali.")
    labels = {t.text: t.dep_ for t in doc}
    assert labels["soldiers"] == "nsubj:pass"
    assert labels["were"] == "aux:pass"
    assert labels["gunmen"] in ("obl:agent", "obl")


def test_raw_text_is_cut_into_sentences(nlp: Language) -> None:
    doc = nlp(STORY)
    starts = [sent.text.split()[0] for sent in doc.sents]
    assert starts[0] == "Envoys"
    for word in ("The", "At"):
        assert word in starts
    assert_sound(doc)


def test_doc_has_all_annotation_that_spacy_tools_ask_for(nlp: Language) -> None:
    doc = nlp("The envoy left Doha.")
    for attribute in ("TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "SENT_START", "ENT_IOB"):
        assert doc.has_annotation(attribute)
    from spacy import displacy

    assert "Doha" in displacy.render(doc, style="dep", jupyter=False)


def test_the_same_text_gives_the_same_annotation_alone_batched_and_shuffled(nlp: Language) -> None:
    texts = [STORY, "He left.", STORY.upper(), "word " * 300, "Talks fail\n\nMore soon.", STORY[40:] * 4]
    alone = {text: facts(nlp(text)) for text in texts}
    for order in (texts, texts[::-1], random.Random(3).sample(texts, len(texts))):
        for text, doc in zip(order, nlp.pipe(order, batch_size=4), strict=True):
            assert facts(doc) == alone[text]


def test_a_pre_tokenised_doc_keeps_its_words_and_sentences(nlp: Language) -> None:
    words = "He left . Mr. Obi , who stayed , spoke of U.S. aid .".split()
    starts = [i in (0, 3) for i in range(len(words))]
    doc = nlp(Doc(nlp.vocab, words=words, sent_starts=starts))
    assert [t.text for t in doc] == words
    assert [s.start for s in doc.sents] == [0, 3]
    assert_sound(doc)


def test_a_forced_start_begins_a_sentence_and_a_forbidden_one_does_not(nlp: Language) -> None:
    words = "The army left . The people cheered .".split()
    forced = Doc(nlp.vocab, words=words)
    forced[2].is_sent_start = True
    assert 2 in [s.start for s in nlp(forced).sents]
    forbidden = Doc(nlp.vocab, words=words)
    forbidden[4].is_sent_start = False
    assert 4 not in [s.start for s in nlp(forbidden).sents]


def test_a_sentence_longer_than_the_encoder_stays_one_tree_when_its_edges_are_set(nlp: Language) -> None:
    words = ["envoys", "and"] * 450 + ["left"]
    doc = nlp(Doc(nlp.vocab, words=words, sent_starts=[i == 0 for i in range(len(words))]))
    assert len(list(doc.sents)) == 1
    assert_sound(doc)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n \t", "a", ".", "\u200b", "\ufeff", "😀" * 50, "é́́́", "لا سلام اليوم.", "x" * 50_000,
     "no end " * 2_000, "A\x00B", "\r\n\r\nHe left.\r\n", " He left. ", "\u2028He left.\u2029She stayed."],
)  # fmt: skip
def test_no_text_is_too_strange(nlp: Language, text: str) -> None:
    assert_sound(nlp(text))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=120))
def test_any_unicode_gives_a_sound_doc(nlp: Language, text: str) -> None:
    assert_sound(nlp(text))


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ('The party wants "fair rules for all." Most voters agree.', ["The", "Most"]),
        ("The envoy met Gen. A. B. Musa of the U.S. Army. He left on Jan. 5.", ["The", "He"]),
        ("The talks failed, she said.The army moved in.", ["The", "The"]),
        ("Talks fail in Doha\n\nThe envoy left.", ["Talks", "The"]),
        ("- Open the road\n- Free the miners", ["-", "-"]),
    ],
)
def test_raw_text_is_cut_where_sentences_begin(nlp: Language, text: str, starts: list[str]) -> None:
    assert [sent.text.split()[0] for sent in nlp(text).sents] == starts


def test_an_article_breaks_at_its_dateline(nlp: Language) -> None:
    article = from_text(STORY, name="story")
    doc = language.analyse(nlp, article)
    assert doc.text == article.text
    assert "Foreign" in [sent.text.split()[0] for sent in doc.sents]
    assert_sound(doc)
