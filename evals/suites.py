"""The project's own example suites: sentences beside the rules, and pairs of done and not done.

They are tests (`make test` runs them all); here each suite is a score, so that the share of known failures is seen and
pinned. A case that is expected to fail counts as failing. n: cases.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from evals._metrics import percent
from evals._score import Missing, Score

ROOT = Path(__file__).resolve().parents[1]
SUITES = {
    "frames": "tests/reading/test_frames.py",
    "parties": "tests/reading/test_parties.py",
    "statements": "tests/reading/test_statements.py",
    "status": "tests/reading/test_status.py",
    "times": "tests/reading/test_times.py",
    "figures": "tests/reading/test_figures.py",
    "places": "tests/reading/test_places.py",
    "coreference": "tests/language/test_coref.py",
}


def score(data: Path) -> list[Score]:  # noqa: ARG001 (every scorer takes the folder)
    there = {name: ROOT / file for name, file in SUITES.items() if (ROOT / file).exists()}
    if not there:
        raise Missing("no suite of examples is in tests/")
    scores = []
    for name, file in there.items():
        passed, cases = run(file)
        scores.append(Score(f"suite.{name}", percent(passed, cases), file.relative_to(ROOT).as_posix(), cases))
    return scores


def run(file: Path) -> tuple[int, int]:
    """(cases that passed, all cases) of one test file."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider", f"--junitxml={report}"]
        subprocess.run([*command, str(file)], cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
        return counted(report.read_text(encoding="utf-8"))


def counted(report: str) -> tuple[int, int]:
    """(passed, all) of a JUnit report; expected failures are written there as skipped, and count as failing."""
    cases = list(ElementTree.fromstring(report).iter("testcase"))
    return sum(not list(case) for case in cases), len(cases)
