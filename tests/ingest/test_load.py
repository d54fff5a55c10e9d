"""Paths: files, folders, globs and standard input; what cannot be read stands in its place and the rest goes on."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.ingest import Limits, Rejected, count_files, load, load_named
from onrecord.records import Article, BadOption

STORY = "Two ministers met on {}."


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def told(items: Iterable[Article | Rejected]) -> list[str]:
    """Each item in short: an article's text, or the error's name."""
    return [item.text if isinstance(item, Article) else type(item.error).__name__ for item in items]


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BufferedReader(io.BytesIO(data))))  # type: ignore[arg-type]


def test_a_folder_is_read_at_all_levels_in_order_without_hidden_and_unknown_files(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "B")
    write(tmp_path, "a.md", "*A*")
    write(tmp_path, "sub/c.TXT", "C")
    write(tmp_path, "sub/lines.jsonl", '{"text": "D"}\n{"text": "E"}\n')
    write(tmp_path, ".hidden.txt", "H")
    write(tmp_path, ".git/x.txt", "H")
    write(tmp_path, "photo.jpg", b"\xff\xd8\xff")
    assert [text.strip() for text in told(load(tmp_path))] == ["A", "B", "C", "D", "E"]


def test_a_folder_with_nothing_to_read_says_so(tmp_path: Path) -> None:
    write(tmp_path, "photo.jpg", b"\xff\xd8\xff")
    (item,) = load([tmp_path])
    assert isinstance(item, Rejected)
    assert "without text, Markdown" in item.error.seen
    assert "(others: 1)" in item.error.seen


def test_globs_are_sorted_and_one_without_a_match_is_set_aside(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "B")
    write(tmp_path, "a.txt", "A")
    write(tmp_path, "sub/c.txt", "C")
    items = told(load([str(tmp_path / "*.txt"), str(tmp_path / "**" / "c.*"), str(tmp_path / "*.zip")]))
    assert items == ["A", "B", "C", "Unreadable"]


def test_a_file_whose_name_looks_like_a_glob_is_read(tmp_path: Path) -> None:
    assert told(load(write(tmp_path, "a[1].txt", "A"))) == ["A"]


def test_lines_come_in_order_with_bad_ones_in_their_place(tmp_path: Path) -> None:
    path = write(tmp_path, "x.jsonl", '{"text": "A"}\n\n[]\n{"id": 4, "text": "B"}\n{"id": 5}\n{"text": "C"}')
    named = list(load_named([path]))
    assert told(item for _, item in named) == ["A", "BadRecord", "B", "BadRecord", "C"]
    assert [name.removeprefix(str(path)) for name, _ in named] == [":1", ":3", ":4 (id 4)", ":5 (id 5)", ":6"]


def test_a_line_in_another_encoding_is_decoded_by_itself(tmp_path: Path) -> None:
    data = '{"text": "Café one"}\n'.encode() + '{"text": "Café two’s"}\n'.encode("cp1252")
    assert told(load(write(tmp_path, "x.jsonl", data))) == ["Café one", "Café two’s"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-32"])
def test_lines_in_wide_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    data = '{"text": "Café"}\n{"text": "B"}\n'.encode(encoding)
    assert told(load(write(tmp_path, "x.jsonl", data))) == ["Café", "B"]


def test_a_line_above_the_limit_is_set_aside_alone(tmp_path: Path) -> None:
    long = json.dumps({"text": "a" * 5000})
    path = write(tmp_path, "x.jsonl", f'{{"text": "A"}}\n{long}\n{{"text": "B"}}\n')
    assert told(load(path, limits=Limits(bytes=1000))) == ["A", "TooLarge", "B"]


def test_a_file_above_the_limit_is_not_read_and_its_size_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "x.txt", "a" * 5000)
    (item,) = load(path, limits=Limits(bytes=1000))
    assert isinstance(item, Rejected)
    assert item.error.seen == "5,000 bytes, all in one line; the limit is 1,000"


@pytest.mark.parametrize(
    ("name", "content", "title"),
    [
        ("page", "<!DOCTYPE html><html><body>", "NotAnArticle"),
        ("page.txt", "\n <html><body>", "NotAnArticle"),
        ("lines", '{"text": "A"}\n', "A"),
        ("lines", '{"text": "' + "A" * 9000 + '"}', "A" * 9000),
        ("note", "{not json} he said.", "{not json} he said."),
        ("note.txt", '{"text": "A"}', '{"text": "A"}'),
        ("note", "A < B", "A < B"),
        ("part.txt", "<p>They met.</p>", "NotAnArticle"),
        ("feed.txt", '<?xml version="1.0"?><rss><channel>', "NotAnArticle"),
        ("page.txt", '<?xml version="1.0"?>\n<!DOCTYPE html><html>', "NotAnArticle"),
        ("one.json", '{"text": "A"}', "A"),
        ("pretty.json", '{\n  "text": "A"\n}', "BadRecord"),
    ],
)
def test_auto_goes_by_name_and_then_by_content(tmp_path: Path, name: str, content: str, title: str) -> None:
    assert told(load(write(tmp_path, name, content))) == [title]


def test_a_format_that_is_given_goes_before_name_and_content(tmp_path: Path) -> None:
    path = write(tmp_path, "page.html", "<html> is a word")
    assert told(load(path, input_format="text")) == ["<html> is a word"]
    assert told(load(path, input_format="jsonl")) == ["BadRecord"]


def test_standard_input_is_read_as_text_and_as_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, b"Two ministers met.")
    assert told(load("-")) == ["Two ministers met."]
    stdin(monkeypatch, b'{"text": "A"}\n{"text": "B"}\n')
    assert told(load("-")) == ["A", "B"]
    stdin(monkeypatch, b"")
    ((name, item),) = load_named(["-"])
    assert name == "standard input"
    assert isinstance(item, Rejected)


def test_what_cannot_be_opened_is_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = write(tmp_path, "a.txt", "A")
    gone = tmp_path / "gone.txt"
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    paths = [gone, good / "below", tmp_path / "loop.txt", "bad\0name", tmp_path / ("long" * 100), good]
    assert told(load(paths)) == ["Unreadable"] * 5 + ["A"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_set_aside(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "A")
    path.chmod(0)
    assert told(load(path)) == ["Unreadable"]


def test_a_file_that_may_not_be_read_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a.txt", "A")

    def refuse(self: Path, *args: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    (item,) = load(path)
    assert isinstance(item, Rejected)
    assert item.error.seen == "permission denied"


def test_the_file_being_written_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "A")
    out = write(tmp_path, "out.jsonl", "{}")
    assert [name for name, _ in load_named([tmp_path], skip=out)] == [str(tmp_path / "a.txt")]


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    paths = iter([write(tmp_path, "a.txt", "A"), tmp_path / "gone.txt"])
    items = load(paths)
    next(items)
    assert next(paths) == tmp_path / "gone.txt"


def test_bad_options_are_refused_at_once() -> None:
    with pytest.raises(BadOption, match="input format 'pdf'"):
        load("x", input_format="pdf")
    with pytest.raises(BadOption, match="'soon'"):
        load("x", published="soon")


def test_articles_are_counted_without_reading_when_that_is_possible(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "A")
    write(tmp_path, "b.txt", b"\xff\xd8\xff")
    assert count_files([tmp_path, "gone"]) == 3
    assert count_files([tmp_path, "-"]) is None
    write(tmp_path, "c.jsonl", "")
    assert count_files([tmp_path]) is None
    assert count_files([tmp_path], input_format="text") == 3
