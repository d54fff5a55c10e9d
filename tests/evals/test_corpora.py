"""Readers of corpus formats, on files written here."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals._corpora import (
    map_offsets,
    raw_text,
    read_brat_attributions,
    read_conllu,
    read_iob,
    read_ontogum,
    spans_of,
)

CONLLU = """\
# newdoc id = one
# sent_id = one-1
# newpar
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\tVBP\t_\t3\taux\t_\t_
2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
3.1\tghost\t_\t_\t_\t_\t_\t_\t_\t_
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# sent_id = one-2
1\tStay\tstay\tVERB\tVB\t_\t0\troot\t_\t_

# sent_id = one-3
# newpar
1\tNow\tnow\tADV\tRB\t_\t0\troot\t_\t_

"""


def written(folder: Path, text: str) -> Path:
    path = folder / "file"
    path.write_text(text, encoding="utf-8")
    return path


def test_multiword_tokens_give_their_words_without_a_space_between(tmp_path: Path) -> None:
    first = read_conllu(written(tmp_path, CONLLU))[0]
    assert [(w.form, w.space_after) for w in first.words] == [("Do", False), ("n't", True), ("go", False), (".", True)]
    assert [w.head for w in first.words] == [3, 3, 0, 3]


def test_running_text_keeps_paragraphs_and_every_span_slices_to_its_word(tmp_path: Path) -> None:
    sentences = read_conllu(written(tmp_path, CONLLU))
    text, words, spans = raw_text(sentences)
    assert text == "Don't go. Stay\n\nNow"
    assert [text[a:b] for a, b in words] == ["Do", "n't", "go", ".", "Stay", "Now"]
    assert [text[a:b] for a, b in spans] == ["Don't go.", "Stay", "Now"]


def test_the_document_of_every_sentence_is_known(tmp_path: Path) -> None:
    assert {s.document for s in read_conllu(written(tmp_path, CONLLU))} == {"one"}


def test_iob_sentences_are_read_with_their_labels(tmp_path: Path) -> None:
    path = written(tmp_path, "# text = # 1 Ada\n1\t#\tO\t-\n2\tAda\tB-PER\t-\n\n1\tOslo\tB-LOC\t-\n")
    assert read_iob(path, word_column=1, label_column=2) == [(["#", "Ada"], ["O", "B-PER"]), (["Oslo"], ["B-LOC"])]


def test_neighbouring_entities_of_one_type_stay_apart() -> None:
    assert spans_of(["B-PER", "B-PER", "I-PER", "O", "B-LOC"]) == [(0, 1, "PER"), (1, 3, "PER"), (4, 5, "LOC")]


def test_an_inside_label_that_continues_nothing_begins_an_entity() -> None:
    assert spans_of(["O", "I-ORG", "I-LOC"]) == [(1, 2, "ORG"), (2, 3, "LOC")]


def test_brat_attributions_join_their_spans(tmp_path: Path) -> None:
    lines = (
        "T1\tSource 0 3\tAda",
        "T2\tCue 4 8;12 14\tsaid on",
        "T3\tContent 20 30\tsomething",
        "T4\tAttribution 4 8\tsaid",
        "T5\tDiscard 40 50\tadvert",
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1",
        "E2\tAttribution-no-source:T4 Content:T3 Cue:T2",
    )
    found, discarded = read_brat_attributions(written(tmp_path, "\n".join(lines) + "\n"))
    assert found[0].source == ((0, 3),)
    assert found[0].cue == ((4, 8), (12, 14))
    assert found[1].source == ()
    assert discarded == [(40, 50)]


def test_nested_coreference_brackets_are_matched(tmp_path: Path) -> None:
    rows = ["(1(2", "2)", "(2)(13", "13)1)", "_"]
    text = "# begin document x\n" + "\n".join(f"{i}\tw{i}\t{column}" for i, column in enumerate(rows))
    tokens, clusters = read_ontogum(written(tmp_path, text))
    assert len(tokens) == 5
    assert clusters == {2: [(0, 2), (2, 3)], 13: [(2, 4)], 1: [(0, 4)]}


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("He said so.", "He said so.", "said"),
        ("\ufeffHe said so.", "He said so.", "said"),
        ("HeÃ© said so.", "Heé said so.", "said so"),
        ("He  said so.  ", "He said so.", "so."),
    ],
)
def test_offsets_are_carried_over_repairs(source: str, target: str, words: str) -> None:
    mapped = map_offsets(source, target)
    start = source.index(words)
    assert target[mapped[start] : mapped[start + len(words)]] == words
    assert len(mapped) == len(source) + 1
    assert mapped == sorted(mapped)
