"""Every format, byte by byte, against the file a person has looked at."""

from __future__ import annotations

import pytest

from onrecord.publish.exports import FORMATS
from onrecord.records import Reading
from tests.publish.exports.golden import GOLDEN, made


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_writes_what_its_golden_files_hold(story: Reading, name: str) -> None:
    files = made(story, name)
    for label, text in files.items():
        assert text == (GOLDEN / label).read_bytes().decode("utf-8"), label
    if FORMATS[name].folder:
        assert {f"{name}/{path.name}" for path in (GOLDEN / name).iterdir()} == set(files)


def test_every_golden_file_belongs_to_a_format() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(FORMATS)
