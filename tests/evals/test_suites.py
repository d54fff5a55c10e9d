"""Own suites as scores."""

from __future__ import annotations

from pathlib import Path

from evals.suites import counted, run

CASES = """
import pytest

@pytest.mark.parametrize("n", range(3))
def test_passes(n):
    pass

@pytest.mark.xfail(strict=True, reason="known")
def test_known_failure():
    assert False

def test_fails():
    assert False
"""


def test_expected_failures_count_as_failing(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(CASES, encoding="utf-8")
    assert run(tmp_path / "test_it.py") == (3, 5)


def test_a_report_without_cases_gives_nothing() -> None:
    assert counted("<testsuites><testsuite/></testsuites>") == (0, 0)
