"""The documentation says what the code does: fields, vocabularies, links, verbs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import onrecord
from onrecord import records
from onrecord.reading._codebook import CONTEXTS, MODES
from onrecord.reading._lexicon_check import BODIES, SECTORS
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


def tables(page: str, heading: str) -> list[tuple[str, str]]:
    """The first two columns of every table below a heading, up to the next of its level."""
    level = heading.split(" ")[0]
    text = (ROOT / "docs" / page).read_text(encoding="utf-8").split(f"\n{heading}\n", 1)[1]
    text = re.split(rf"^#{{2,{len(level)}}} ", text, flags=re.MULTILINE)[0]
    return re.findall(r"^\| `([\w-]+)` \| (.*?) \|$", text, flags=re.MULTILINE)


@pytest.mark.parametrize("kind", records.EventType, ids=str)
def test_the_codebook_has_every_mode_of_a_type_with_its_meaning(kind: records.EventType) -> None:
    found = tables("codebook.md", f"### {kind}")
    assert {mode for mode, _ in found} == MODES[kind]
    assert all(meaning for _, meaning in found)
    text = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    assert f"### {kind}\n\n{kind.meaning}. Class {kind.quad}, {kind.quad.meaning}.\n" in text


@pytest.mark.parametrize(
    ("heading", "words"),
    [("## Contexts", CONTEXTS), ("## Sectors", SECTORS), ("## In the place of a country", BODIES)],
)
def test_the_codebook_has_every_word_of_a_closed_list_and_no_other(heading: str, words: frozenset[str]) -> None:
    found = [word for word, _ in tables("codebook.md", heading)]
    assert sorted(found) == sorted(words)


def test_every_extra_is_documented() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {name for name, _ in tables("index.md", "## Installing")} == set(project["optional-dependencies"])


def test_the_extras_that_tests_need_are_in_dev() -> None:
    import tomllib

    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for name in ("serve", "postgresql", "tables", "notebook", "dask", "docs"):
        assert set(extras[name]) <= set(extras["dev"]), name


def test_every_page_stands_in_the_contents_of_the_site() -> None:
    told = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").split("\nnav:\n")[1].split("\n\n")[0]
    pages = {str(page.relative_to(ROOT / "docs")) for page in (ROOT / "docs").rglob("*.md")}
    assert set(re.findall(r"- ([\w/-]+\.md)$", told, flags=re.MULTILINE)) == pages


def test_everything_public_is_in_the_api_reference() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"^::: onrecord\.(\w+)$", page, flags=re.MULTILINE))
    for members in re.findall(r"members: \[(.*)\]", page):
        shown |= set(members.split(", "))
    shown |= {"OnrecordError"}  # with all errors
    vocabularies = {vocabulary.__name__ for vocabulary in SHOWN}
    assert set(onrecord.__all__) - vocabularies <= shown


def test_the_site_builds_without_a_warning_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    pages = list(tmp_path.rglob("*.html"))
    assert len(pages) > len(list((ROOT / "docs").rglob("*.md")))
    loaded = re.compile(
        r"<(?:script|img|iframe)\b[^>]*\bsrc=.?https?:|<link\b[^>]*\bhref=.?https?:[^>]*stylesheet|@import"
    )
    assert [page.name for page in pages if loaded.search(page.read_text(encoding="utf-8"))] == []
    reference = (tmp_path / "api.html").read_text(encoding="utf-8")
    for words in ("its publication date, ISO 8601", 'id="onrecord.ledger.Ledger.same_events"', "claims_chart"):
        assert words in reference


def test_every_verb_of_the_makefile_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)[1].split())  # type: ignore[index]
    described = set(re.findall(r"^(\w+):.*## ", makefile, flags=re.MULTILINE))
    assert described == phony


def test_the_version_is_the_same_everywhere() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    cited = re.search(r"^version: (.*)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert cited
    assert project["version"] == onrecord.__version__ == cited[1]
