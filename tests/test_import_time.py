"""`import onrecord` stays light: what is heavy is loaded when it is used."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = ["spacy", "onnxruntime", "trafilatura", "sqlalchemy", "rich", "typer", "jinja2", "yaml"]


def loaded_after(code: str) -> list[str]:
    """The heavy modules in `sys.modules` once a fresh interpreter has run ``code``."""
    report = f"import json, sys; print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{report}"], check=True, capture_output=True, text=True)
    loaded: list[str] = json.loads(done.stdout)
    return loaded


@pytest.mark.parametrize(
    "code", ["import onrecord", "from onrecord import Reader; Reader()", "import onrecord.records"]
)
def test_nothing_heavy_is_imported_before_something_is_read(code: str) -> None:
    assert loaded_after(code) == []


def test_the_package_alone_does_not_even_build_its_records() -> None:
    report = "import onrecord, sys; print('pydantic' in sys.modules, 'onrecord.records' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", report], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "False"]


def test_the_probe_would_notice() -> None:
    assert loaded_after("import yaml") == ["yaml"]


def test_importing_prints_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", "import onrecord"], check=True, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("", "")
