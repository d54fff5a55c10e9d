"""The readers and measures behind the scores of copies and of events across articles."""

from __future__ import annotations

import random
from pathlib import Path

from evals import _rewrite
from evals._ecb import read_ecb
from evals._metrics import CorefCounts
from evals.clusters import _compare

DOCUMENT = """<?xml version="1.0"?>
<Document doc_name="{name}.xml" doc_id="D1">
<token t_id="1" sentence="0" number="0">http</token>
<token t_id="2" sentence="1" number="0">Rebels</token>
<token t_id="3" sentence="1" number="1">shelled</token>
<token t_id="4" sentence="1" number="2">it</token>
<token t_id="5" sentence="1" number="3">.</token>
<token t_id="6" sentence="2" number="0">They</token>
<token t_id="7" sentence="2" number="1">fled</token>
<Markables>
<ACTION_OCCURRENCE m_id="1"><token_anchor t_id="3"/></ACTION_OCCURRENCE>
<HUMAN_PART_PER m_id="2"><token_anchor t_id="2"/></HUMAN_PART_PER>
<ACTION_OCCURRENCE m_id="3"><token_anchor t_id="7"/></ACTION_OCCURRENCE>
<ACTION_OCCURRENCE m_id="9" RELATED_TO="" TAG_DESCRIPTOR="t" instance_id="ACT1"/>
</Markables>
<Relations>
<CROSS_DOC_COREF r_id="5" note="ACT1"><source m_id="1"/><target m_id="9"/></CROSS_DOC_COREF>
</Relations>
</Document>
"""


def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "ECB+" / "7"
    folder.mkdir(parents=True)
    (folder / "7_1ecbplus.xml").write_text(DOCUMENT.format(name="7_1ecbplus"), encoding="utf-8")
    rows = "Topic,File,Sentence Number\n7,1ecbplus,0\n7,1ecbplus,1\n"
    (tmp_path / "ECBplus_coreference_sentences.csv").write_text(rows, encoding="utf-8")
    return tmp_path


def test_ecb_gives_the_text_without_its_address_and_the_acts_of_checked_sentences(tmp_path):
    (document,) = read_ecb(corpus(tmp_path), (7,))
    assert document.text == "Rebels shelled it.\nThey fled"
    (mention,) = document.mentions  # the party is no act, and the second sentence was not checked
    assert document.text[mention.start : mention.end] == "shelled"
    assert mention.event == "ACT1"
    assert document.subtopic == "7ecbplus"
    assert document.sentences == ((0, 18),)


def test_events_of_one_mention_count_only_when_they_are_wanted():
    gold, said = [["a", "b"], ["c"]], [["a", "b"], ["c"]]
    without, with_singles = CorefCounts(), CorefCounts()
    without.add(gold, said)
    with_singles.add(gold, said, singles=True)
    assert (without.b3_r_of, with_singles.b3_r_of) == (2.0, 3.0)


def test_everything_in_one_cluster_scores_below_the_right_clusters():
    gold = {"a": "1", "b": "1", "c": "2", "d": "3"}
    assert _compare(gold, gold).conll == 100.0
    assert _compare(gold, dict.fromkeys(gold, "x")).conll < 60.0


def test_rewording_changes_words_and_leaves_names_and_numbers():
    text = "On Monday, the minister said that 41 people were killed near Kisola. The army denied it, officials said."
    told = _rewrite.reworded(text, random.Random(3))
    assert told != text
    assert "41" in told and "Kisola" in told
    assert "slain" in told or "killed" not in told


def test_a_cut_keeps_the_beginning():
    text = "\n".join(f"Sentence {i} is here. Another follows it." for i in range(10))
    cut = _rewrite.truncated(text, random.Random(3))
    assert text.startswith(cut) and 0.3 < len(cut) / len(text) < 0.9
