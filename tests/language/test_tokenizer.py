"""Words of raw text."""

from __future__ import annotations

import pytest
import spacy

from onrecord.language._tokenizer import make_tokenizer


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He agreed.The crowd left.", "He agreed . The crowd left ."),
        ("“We won,”he shouted.", "“ We won , ” he shouted ."),
        ("(Reuters) -The envoy", "( Reuters ) - The envoy"),
        ("(AP)-The envoy", "( AP ) - The envoy"),
        ("U.S. and U.N. envoys", "U.S. and U.N. envoys"),
        ("the U.S.-led force", "the U.S. - led force"),
        ("R.K. Laxman met John F. Hill", "R.K. Laxman met John F. Hill"),
        ("Lt. Gen. Musa and Sgt. Lee", "Lt. Gen. Musa and Sgt. Lee"),
        ("1,300 people, 12.5% of them", "1,300 people , 12.5 % of them"),
        ("the army's and soldiers' pay", "the army 's and soldiers ' pay"),
        ("pro-Russian troops, ex-minister", "pro-Russian troops , ex-minister"),
        ("Al-Shabaab's fighters", "Al - Shabaab 's fighters"),
        ("No!!! Why?!", "No !!! Why ?!"),
        ("at 10:30am today", "at 10:30 am today"),
        ("Cote d'Ivoire, N'Djamena", "Cote d'Ivoire , N'Djamena"),
        ("killed.[1] Two", "killed . [ 1 ] Two"),
    ],
)
def test_text_comes_apart_into_words(text: str, words: str) -> None:
    nlp = spacy.blank("en")
    assert [t.text for t in make_tokenizer(nlp)(text)] == words.split()


def test_no_character_is_lost() -> None:
    nlp = spacy.blank("en")
    text = "“Stop,”he said.\u00a0(AFP)—The  end…\n\n\u200bNo--never!?"
    assert make_tokenizer(nlp)(text).text == text
