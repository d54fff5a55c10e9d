"""What is public is what the documentation says is public."""

from __future__ import annotations

import re
from pathlib import Path

import onrecord

DOCS = Path(__file__).resolve().parents[1] / "docs"


def documented_names() -> set[str]:
    """First column of the table under `What is public` in docs/python.md."""
    section = (DOCS / "python.md").read_text(encoding="utf-8").split("## What is public", 1)[1]
    return set(re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE))


def test_the_docs_list_every_public_name_and_no_other() -> None:
    assert documented_names() == set(onrecord.__all__)


def test_every_public_name_can_be_reached_and_says_what_it_is() -> None:
    for name in onrecord.__all__:
        assert getattr(onrecord, name).__doc__, name
