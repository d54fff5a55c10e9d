"""Corpus readers, label maps and windows of `training/`: no torch needed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from training._corpora import Sentence, add_entities, columns, conllu, worldwide
from training._entities import CROSSNER, INDEX, TAGS, UNER, WORLDWIDE, span_set
from training._raw import raw
from training._windows import LONGEST, Noise, recased, restyled, windows, without

CONLLU = """# newdoc id = d1
# newpar
# sent_id = d1-1
# text = They don't go.
1	They	they	PRON	PRP	Number=Plur	4	nsubj	_	_
2-3	don't	_	_	_	_	_	_	_	_
2	do	do	AUX	VBP	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	go	go	VERB	VB	VerbForm=Inf	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

# sent_id = d1-2
1	Peace	peace	NOUN	NN	Number=Sing	0	root	_	_

# newdoc id = d2
# sent_id = d2-1
1	Oslo	Oslo	PROPN	NNP	Number=Sing	0	root	_	_

"""


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "train.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return path


def test_a_treebank_gives_documents_of_words(treebank: Path) -> None:
    first, second = conllu(treebank)
    assert [s.forms for s in first] == [["They", "do", "n't", "go", "."], ["Peace"]]
    assert first[0].heads == [4, 4, 4, 0, 4]
    assert [s.new_paragraph for s in first] == [True, False]
    assert second[0].lemmas == ["Oslo"]


def test_raw_text_of_a_treebank_has_its_words_where_they_lie(treebank: Path) -> None:
    document = next(conllu(treebank))
    text = raw(document)
    assert text.text == "They don't go. Peace"
    assert sorted(text.text[a:b] for a, b in text.words) == sorted(["They", "do", "n't", "go", ".", "Peace"])
    assert {text.text[a:b] for a, b in text.sentences} == {"They don't go.", "Peace"}


def test_an_entity_layer_joins_by_sentence_and_words(treebank: Path, tmp_path: Path) -> None:
    layer = tmp_path / "train.iob2"
    layer.write_text("# sent_id = d2-1\n1\tOslo\tB-LOC\t-\tx\n\n# sent_id = d1-2\n1\tOther\tO\n\n", encoding="utf-8")
    documents = list(conllu(treebank))
    assert add_entities(documents, layer, UNER) == 1
    assert documents[1][0].allowed == [1 << INDEX["B-LOC"] | 1 << INDEX["B-FAC"]]
    assert documents[0][1].allowed is None


def test_columns_with_an_address_above_and_io_tags_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(
        "https://example.org/x\tO\n\nAma\tB-Person\nran\tO\n\nin\tO\nMay\tB-Date\n", encoding="utf-8"
    )
    (document,) = worldwide(tmp_path, WORLDWIDE)
    assert [s.forms for s in document] == [["Ama", "ran"], ["in", "May"]]
    assert not document[0].whole
    path = tmp_path / "b.txt"
    path.write_text("Red I-person\nFox I-person\nran O\n", encoding="utf-8")
    assert columns(path, CROSSNER)[0].raw_tags == ["B-person", "I-person", "O"]


def bits(*tags: str) -> int:
    return sum(1 << INDEX[tag] for tag in tags)


def test_what_a_corpus_does_not_annotate_is_never_taught_as_outside() -> None:
    (outside,) = UNER.allowed(["O"])
    assert outside & bits("O", "B-NORP", "I-EVENT") == bits("O", "B-NORP", "I-EVENT")
    assert not outside & bits("B-PER", "B-ORG", "B-LOC", "B-FAC")
    assert WORLDWIDE.allowed(["O", "B-Date"]) == [bits("O"), bits("O")]


def test_a_label_that_may_be_several_of_ours_allows_each() -> None:
    assert WORLDWIDE.allowed(["B-Misc"]) == [bits("B-MISC", "B-EVENT")]
    assert CROSSNER.allowed(["I-election"]) == [bits("I-EVENT")]


def test_labels_whose_convention_is_not_ours_may_be_outside() -> None:
    (other,) = UNER.allowed(["B-OTH"])
    assert other & bits("O", "B-NORP", "I-NORP") == bits("O", "B-NORP", "I-NORP")
    assert UNER.allowed(["B-O"]) == UNER.allowed(["O"])


def test_spans_of_tags() -> None:
    assert span_set(["B-PER", "I-PER", "B-PER", "O", "I-ORG"]) == {(0, 2, "PER"), (2, 3, "PER"), (4, 5, "ORG")}
    assert TAGS[0] == "O"


def sentence(size: int, **more: object) -> Sentence:
    return Sentence([f"w{i}" for i in range(size)], heads=[0, *[1] * (size - 1)], **more)  # type: ignore[arg-type]


def test_windows_hold_every_sentence_once_and_stay_short() -> None:
    document = [sentence(random.Random(i).randint(1, 60)) for i in range(80)]
    quiet = Noise(0, 0, 0, 0, 0, 0)
    found = list(windows([document], random.Random(1), quiet))
    assert [s for w in found for s in w.sentences] == document
    assert all(sum(len(s.forms) for s in w.sentences) <= LONGEST for w in found)
    assert any(len(w.sentences) > 1 for w in found)


def test_dropping_a_word_moves_the_heads_and_spares_words_with_dependents() -> None:
    s = Sentence(["“", "Go", "”", "he", "said"], heads=[2, 5, 2, 5, 0], allowed=[1, 2, 3, 4, 5])
    shorter = without(s, {0, 2})
    assert (shorter.forms, shorter.heads, shorter.allowed) == (["Go", "he", "said"], [3, 3, 0], [2, 4, 5])
    assert without(s, {4}) is s


def test_noise_changes_capitals_and_quotes_only() -> None:
    s = Sentence(["``", "It", "is", "n't", "over", "''", "in", "Mali"])
    assert recased(s, "title").forms == ["``", "It", "Is", "n't", "Over", "''", "in", "Mali"]
    assert recased(s, "upper").forms[-1] == "MALI"
    assert restyled(s, ("“", "”", "’")).forms == ["“", "It", "is", "n’t", "over", "”", "in", "Mali"]
