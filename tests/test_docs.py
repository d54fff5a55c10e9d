"""The documentation says what the code does: fields, vocabularies, links, verbs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord import records
from onrecord.records import Vocabulary

ROOT = Path(__file__).resolve().parents[1]
MODELS = ["Reading", "Article", "Span", "Entity", "Mention", "Place", "Time", "Event", "Statement", "Figure", "OwnType"]
SHOWN = [v for v in Vocabulary.__subclasses__() if v is not records.Quad]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")])


def section(heading: str) -> str:
    """The part of docs/records.md under a third-level heading."""
    text = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
    found = re.search(rf"^### {heading}\n(.*?)(?=^##|\Z)", text, flags=re.MULTILINE | re.DOTALL)
    assert found, f"docs/records.md has no section {heading}"
    return found[1]


@pytest.mark.parametrize("name", MODELS)
def test_every_field_of_a_record_is_documented_in_order(name: str) -> None:
    documented = re.findall(r"^\| `(\w+)` \|", section(name), flags=re.MULTILINE)
    assert documented == list(getattr(records, name).model_fields)


@pytest.mark.parametrize("vocabulary", SHOWN, ids=lambda v: v.__name__)
def test_every_value_is_documented_with_its_one_meaning(vocabulary: type[Vocabulary]) -> None:
    documented = re.findall(r"^\| `([\w-]+)` \| (.*) \|$", section(vocabulary.__name__), flags=re.MULTILINE)
    assert documented == [(member.value, member.meaning) for member in vocabulary]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [t for t in targets if "://" not in t and not (page.parent / t).exists()]
    assert not missing


def test_every_verb_of_the_makefile_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)[1].split())  # type: ignore[index]
    described = set(re.findall(r"^(\w+):.*## ", makefile, flags=re.MULTILINE))
    assert described == phony


def test_the_version_is_the_same_everywhere() -> None:
    import tomllib

    import onrecord

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    cited = re.search(r"^version: (.*)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert cited
    assert project["version"] == onrecord.__version__ == cited[1]
