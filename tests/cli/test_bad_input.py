"""Every kind of bad input: a line that names it and says what to do, the documented exit code, and the rest is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.cli._exit import Exit
from tests.cli.conftest import Run

FRENCH = (
    "Le président de la République a annoncé mardi que le gouvernement présenterait un projet de loi sur la sécurité. "
    "Les députés de l'opposition ont critiqué cette décision, qu'ils jugent prématurée. Une manifestation est prévue "
    "samedi à Paris contre le texte du ministre de l'Intérieur, qui doit être examiné au Sénat la semaine prochaine."
)
INDEX = "<!DOCTYPE html><html><body><ul><li><a href='/1'>Floods close the road</a></li></ul></body></html>"

BAD = {
    "empty file": ("empty.txt", b"", "an empty file", "Give a file with text in it."),
    "white space": ("blank.txt", b" \n\t\n", "an empty file", "Give a file with text in it."),
    "binary": ("data.txt", bytes(range(256)) * 40, "binary data", "Only text can be read."),
    "PDF": ("paper.txt", b"%PDF-1.7\n%\xe2\xe3", "a PDF document", "Convert it to text first"),
    "image": ("photo.txt", b"\xff\xd8\xff\xe0" + b"\x00\x10JFIF" * 90, "a JPEG image", "Only text can be read."),
    "hopeless bytes": ("odd.txt", b"\x81\x8d\x8f", "a few bytes that are not UTF-8", "Save the file as UTF-8."),
    "broken UTF-16": (
        "wide.txt",
        b"\xff\xfe" + b"a\x00" * 9 + b"\x00\xd8b\x00",
        "utf-16-le",
        "Save the file as UTF-8.",
    ),
    "page without an article": ("index.html", INDEX.encode(), "without an article", "Give the page of one article"),
    "empty page": ("empty.html", b"<html></html>", "without an article", "Give the page of one article"),
    "French": ("lemonde.txt", FRENCH.encode(), "the text is in French", "Only English is read"),
    "no lines": ("none.jsonl", b"\n\n", "no lines", "Give one JSON object a line."),
    "not JSON": ("bad.jsonl", b"{oops\n", "not JSON", "Write one object a line"),
    "not an object": ("list.jsonl", b"[1]\n", "a list where an object should be", "Write one object a line"),
    "no text": ("no.jsonl", b'{"id": 3, "title": "x"}\n', 'without "text" or "html"', "Write one object a line"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_alone_is_named_with_its_remedy_and_leaves_with_1(kind: str, run: Run, tmp_path: Path) -> None:
    name, content, seen, remedy = BAD[kind]
    path = tmp_path / name
    path.write_bytes(content)
    ran = run("read", path, "--format", "jsonl")
    assert ran.code == Exit.NOTHING_READ
    (line,) = ran.err.splitlines()
    assert line.startswith(f"onrecord: set aside {path}")
    assert seen in line
    assert remedy in line
    rejected = json.loads(ran.out)["rejected"]
    assert rejected["name"].startswith(str(path))
    assert seen in rejected["seen"]
    assert remedy in rejected["remedy"]


def test_bad_inputs_in_a_folder_are_set_aside_and_the_rest_is_read(run: Run, tmp_path: Path) -> None:
    for name, content, _, _ in BAD.values():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text("Two ministers met on Friday.")
    (tmp_path / "good.jsonl").write_text('{"text": "They met."}\n5\n{"text": "They left."}\n')
    ran = run("read", tmp_path, "--format", "jsonl")
    assert ran.code == Exit.SOME_SET_ASIDE
    lines = [json.loads(line) for line in ran.out.splitlines()]
    read = [line["article"]["text"] for line in lines if "article" in line]
    assert read == ["They met.", "They left.", "Two ministers met on Friday."]
    assert len(ran.err.splitlines()) == len(lines) - len(read) == len(BAD) + 1


def test_fifty_megabytes_of_one_line_are_refused_with_their_size(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes(b"word " * 10_000_000)
    ran = run("read", path)
    assert ran.code == Exit.NOTHING_READ
    assert "50,000,000 bytes, all in one line; the limit is 20,000,000." in ran.err
    assert "--max-bytes" in ran.err


def test_the_limits_can_be_moved(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("They met. " * 100)
    assert run("read", path, "--format", "json").code == Exit.DONE
    assert "the limit is 999" in run("read", path, "--max-bytes", "999").err
    ran = run("read", path, "--max-characters", "999")
    assert ran.code == Exit.NOTHING_READ
    assert "a text of 1,000 characters; the limit is 999. Split it into articles, or raise --max-characters." in ran.err


def test_invalid_utf8_is_read_and_the_repair_is_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("The minister’s aides left the talks.".encode("cp1252"))
    ran = run("read", path, "--format", "json")
    assert ran.code == Exit.DONE
    article = json.loads(ran.out)["article"]
    assert article["text"] == "The minister’s aides left the talks."
    assert article["repairs"] == ["decoded:cp1252"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_read(encoding: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "wide.txt"
    path.write_bytes("The minister’s aides left the talks.".encode(encoding))
    ran = run("read", path, "--format", "json")
    assert ran.code == Exit.DONE
    assert json.loads(ran.out)["article"]["text"] == "The minister’s aides left the talks."


def test_paths_that_lead_nowhere_are_set_aside(run: Run, tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "empty").mkdir()
    ran = run("read", tmp_path / "gone.txt", tmp_path / "*.zip", tmp_path / "loop.txt", tmp_path / "empty")
    assert ran.code == Exit.NOTHING_READ
    gone, pattern, loop, empty = ran.err.splitlines()
    assert gone.endswith("gone.txt: no such file. Check the path.")
    assert pattern.endswith("*.zip: a pattern that matches no file. Check the folder and the pattern.")
    assert "loop.txt: too many levels of symbolic links" in loop
    assert "a folder without text, Markdown, HTML or JSON lines files" in empty


def test_a_file_that_may_not_be_read_is_set_aside(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("They met.")

    def refuse(self: Path, *args: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    ran = run("read", path)
    assert ran.code == Exit.NOTHING_READ
    assert f"{path}: permission denied. Check the path and its permissions." in ran.err


def test_french_is_read_when_told_to(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "lemonde.txt"
    path.write_text(FRENCH)
    ran = run("read", path, "--any-language", "--format", "json")
    assert ran.code == Exit.DONE
    assert json.loads(ran.out)["article"]["language"] == "fr"
