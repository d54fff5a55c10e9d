"""Lexicon files are parsed once, kept compiled, and parsed again when they change."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from onrecord.reading._data import _compiled, parse_yaml
from onrecord.records import LexiconError


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text("a: 1\n", encoding="utf-8")
    assert _compiled(path, "words") == {"a": 1}
    path.write_text("a: 22\n", encoding="utf-8")
    assert _compiled(path, "words") == {"a": 22}


def test_the_compiled_form_is_kept_and_a_broken_one_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "words.yaml"
    path.write_text("a: 1\n", encoding="utf-8")
    _compiled(path, "words")
    (kept,) = (tmp_path / "__pycache__").iterdir()
    assert b"a" in kept.read_bytes()
    kept.write_bytes(b"broken")
    assert _compiled(path, "words") == {"a": 1}


def test_a_file_that_is_no_yaml_is_named() -> None:
    with pytest.raises(LexiconError, match=r"words\.yaml"):
        parse_yaml("a: [", name="words.yaml")
