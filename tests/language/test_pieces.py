"""Words to pieces and shapes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.language._encoder import SHIPPED
from onrecord.language._pieces import MOST_PIECES, SHAPES, WordPieces, shape


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces(SHIPPED / "tokenizer.json")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("troops", 1), ("Qatar", 2), ("NATO", 3), ("I", 4), ("McDonald", 5), ("1,300", 6), ("F-16s", 7), ("...", 8),
        ("الجيش", 9), ("co-operation", 1), ("Guinea-Bissau", 5), ("a", 1), ("$", 8), ("", 8),
    ],
)  # fmt: skip
def test_the_shape_of_a_word_tells_its_letters(word: str, expected: int) -> None:
    assert shape(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("airstrikes", "airs ##tri ##kes"), ("Ouagadougou", "ou ##aga ##dou ##go ##u"), ("Erdoğan's", "er ##dog ##an ' s"),
        ("Brüssel", "br ##uss ##el"), ("$1.5bn", "$ 1 . 5 ##bn"), ("a\u200bb", "ab"), ("北京市", "北 京 [UNK]"),
        ("U.S.-led", "u . s . - led"), ("👍", "[UNK]"), ("Kyiv–Moscow", "kyiv – moscow"), ("…", "…"), ("²", "²"),
        ("Ελλάδα", "ε ##λ ##λ ##α ##δ ##α"), ("x" * 101, "[UNK]"), ("", "[UNK]"), ("\u200b", "[UNK]"),
    ],
)  # fmt: skip
def test_words_fall_into_the_pieces_that_bert_makes_of_them(pieces: WordPieces, word: str, expected: str) -> None:
    vocabulary = json.loads((SHIPPED / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    assert pieces.word(word)[0] == tuple(vocabulary[piece] for piece in expected.split())


def test_a_tokenizer_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_text('{"model": {"type": "BPE", "vocab": {}}, "normalizer": {"type": "NFC"}}', encoding="utf-8")
    with pytest.raises(ValueError, match="BPE"):
        WordPieces(path)


def test_every_word_has_a_first_piece_in_order(pieces: WordPieces) -> None:
    words = ["Rebels", "near", "Ouagadougou", "", "\u200b", "👍", "surrendered", "."]
    window = pieces.window(words, [False] * len(words))
    assert len(window.first) == len(words)
    assert (window.first[1:] > window.first[:-1]).all()
    assert window.first[-1] < len(window.ids) - 1


def test_a_known_break_shows_in_the_shape_of_its_word_only(pieces: WordPieces) -> None:
    words = ["It", "ended", "He", "left"]
    plain = pieces.window(words, [False, False, False, False])
    broken = pieces.window(words, [False, False, True, False])
    changed = (plain.shapes != broken.shapes).nonzero()[0].tolist()
    assert changed == [plain.first[2]]
    assert broken.shapes[plain.first[2]] == plain.shapes[plain.first[2]] + SHAPES


def test_an_endless_word_is_cut(pieces: WordPieces) -> None:
    assert len(pieces.word("x" * 50_000)[0]) <= MOST_PIECES
