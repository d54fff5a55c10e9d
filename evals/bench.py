"""`python -m evals.bench`: speed, memory and size on a fixed pile of articles; one table, the median of several runs.

Every measurement runs in a process of its own. One core means that the process is bound to one (where the system can
do that) and that no library may start more threads. Words are runs of characters without blanks; tokens, which the
encoder counts, also have punctuation apart and are about a seventh more.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.__main__ import default_data

ROOT = Path(__file__).resolve().parents[1]
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True)
class Row:
    """One line of the table: what, how much, in what, and the budget it is held against."""

    what: str
    value: float
    unit: str
    budget: str = ""


def pile(data: Path, *, words: int = 40_000) -> list[Path]:
    """The articles measured on: the folder's, else the examples of the repository over and over."""
    articles = sorted((data / "articles").glob("*.txt"))
    if articles:
        return articles
    examples = sorted((ROOT / "examples").glob("*.txt"))
    each = sum(len(p.read_text(encoding="utf-8").split()) for p in examples)
    return examples * max(1, words // each)


# ------------------------------------------------------------------------------------------------ inside a process
def work(task: str, paths: Sequence[str]) -> dict[str, Any]:
    """Run one task over the pile and say how long it took; called in a process of its own."""
    import resource

    from onrecord.ingest import from_text

    articles = [from_text(Path(p).read_text(encoding="utf-8"), name=p) for p in paths]
    words = [len(a.text.split()) for a in articles]
    result = {"language": _language, "reading": _reading, "jobs": _two_jobs}[task](articles, words)
    result["peak"] = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return result


def _language(articles: list[Any], words: list[int]) -> dict[str, Any]:
    from onrecord import language

    nlp = language.load()
    language.analyse(nlp, articles[0])
    started = time.perf_counter()
    tokens = sum(len(language.analyse(nlp, a)) for a in articles)
    return {"seconds": time.perf_counter() - started, "words": sum(words), "tokens": tokens}


def _reading(articles: list[Any], words: list[int]) -> dict[str, Any]:
    from onrecord import Reader

    reader = Reader()
    reader.read(articles[0])
    started = time.perf_counter()
    for _ in reader.read_many(articles):
        pass
    return {"seconds": time.perf_counter() - started, "words": sum(words)}


def _two_jobs(articles: list[Any], words: list[int]) -> dict[str, Any]:
    """Two workers; the clock starts when both are warm, that is after a first round over some articles."""
    from onrecord import Reader

    warm = min(len(articles), 16)
    counted = 0
    started = time.perf_counter()
    for i, _ in enumerate(Reader().read_many([*articles[:warm], *articles], jobs=2)):
        if i == warm - 1:
            started = time.perf_counter()
        elif i >= warm:
            counted += words[i - warm]
    return {"seconds": time.perf_counter() - started, "words": counted}


# --------------------------------------------------------------------------------------------- from the outside
def measured(task: str, paths: Sequence[Path], *, runs: int, cores: int) -> list[dict[str, Any]]:
    """The results of a task run several times, each in a process bound to so many cores."""
    command = [sys.executable, "-m", "evals.bench", "--work", task]
    results = []
    for _ in range(runs):
        done = subprocess.run(
            command,
            input="\n".join(map(str, paths)),
            cwd=ROOT,
            env={**os.environ, **ONE_THREAD},
            preexec_fn=_bound_to(cores),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"bench: {task} failed\n{done.stderr}")
        results.append(json.loads(done.stdout.splitlines()[-1]))
    return results


def _bound_to(cores: int) -> Any:
    """A function that binds the process it is called in to the first cores it may use; None where that is unknown."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    return lambda: os.sched_setaffinity(0, allowed)


def seconds_of(command: Sequence[str], *, runs: int) -> float:
    """Median wall time of a command."""
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def seconds_inside(code: str, *, before: str = "pass", runs: int) -> float:
    """Median time that a piece of code takes inside a fresh interpreter, after what was done `before`."""
    timed = f"import time; {before}; t = time.perf_counter(); {code}; print(time.perf_counter() - t)"
    command = [sys.executable, "-c", timed]
    # The first run may compile what later ones find compiled.
    times = [float(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(runs + 1)]
    return statistics.median(times[1:])


_LOAD = "from onrecord.reading import _frames as f, _lexicon as l, _gazetteer as g"


def wheel_megabytes() -> float | None:
    """Size of the wheel that pip builds; None when it cannot be built here."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, str(ROOT)]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            return None
        return next(Path(folder).glob("*.whl")).stat().st_size / 1e6


def installed_megabytes(*, bytecode: bool) -> float:
    """Size on disk of the package and of everything it needs to run, without extras.

    `bytecode`: count the compiled modules too, which pip writes beside the files of a package.
    """
    waiting, seen, size = ["onrecord"], set(), 0
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        for requirement in distribution.requires or ():
            if "extra ==" not in requirement:
                waiting.append(re.split(r"[\s;<>=!~\[(]", requirement, maxsplit=1)[0])
        files = [Path(str(f.locate())) for f in distribution.files or ()]
        size += sum(path.stat().st_size for path in files if path.is_file() and (bytecode or path.suffix != ".pyc"))
    editable = ROOT / "src" / "onrecord"
    size += sum(p.stat().st_size for p in editable.rglob("*") if p.is_file() and p.parent.name != "__pycache__")
    return size / 1e6


def rows(data: Path, *, runs: int) -> list[Row]:
    """Everything measured, one row each."""
    paths = pile(data)
    language = measured("language", paths, runs=runs, cores=1)
    reading = measured("reading", paths, runs=runs, cores=1)
    both = measured("jobs", paths, runs=runs, cores=2)
    shown = [
        Row("whole reading, one core", _rate(reading, "words"), "words/s", ">= 2000"),
        Row("whole reading, --jobs 2", _rate(both, "words"), "words/s", "nearly twice that"),
        Row("language layer alone, one core", _rate(language, "words"), "words/s"),
        Row("language layer alone, one core", _rate(language, "tokens"), "tokens/s", ">= 6000"),
        # ru_maxrss is in kilobytes on Linux and in bytes on macOS.
        Row("peak memory of a process", _peak(reading) / (1e6 if sys.platform == "darwin" else 1e3), "MB", "< 1000"),
        Row("import onrecord", seconds_inside("import onrecord", runs=5), "s", "< 0.3"),
        Row(
            "frames and lexicons, loaded",
            seconds_inside("f.load_frames(); l.load_lexicon()", before=_LOAD, runs=5),
            "s",
            "< 0.5",
        ),
        Row(
            "first place looked up",
            seconds_inside("g.load_gazetteer().find('Aleppo')", before=_LOAD, runs=5),
            "s",
            "< 0.05",
        ),
        Row("onrecord read, one article", seconds_of(_read_one(paths[0]), runs=runs), "s", "< 3"),
        Row("installed, files of the packages", installed_megabytes(bytecode=False), "MB", "< 500"),
        Row("installed, with compiled bytecode", installed_megabytes(bytecode=True), "MB"),
    ]
    wheel = wheel_megabytes()
    return [*shown, Row("wheel", wheel, "MB", "< 60")] if wheel is not None else shown


def _rate(results: Sequence[dict[str, Any]], unit: str) -> float:
    return float(statistics.median(r[unit] / r["seconds"] for r in results))


def _peak(results: Sequence[dict[str, Any]]) -> float:
    return float(max(r["peak"] for r in results))


def _read_one(path: Path) -> list[str]:
    return [str(Path(sys.executable).with_name("onrecord")), "read", str(path), "--format", "json"]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description="Measure speed, memory and size.")
    parser.add_argument("--data", type=Path, default=default_data(), help="folder whose articles/ is read")
    parser.add_argument("--runs", type=int, default=3, help="runs of each measurement (default: %(default)s)")
    parser.add_argument("--work", choices=["language", "reading", "jobs"], help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.work:
        print(json.dumps(work(options.work, sys.stdin.read().split("\n"))))
        return 0
    paths = pile(options.data)
    words = sum(len(p.read_text(encoding="utf-8").split()) for p in paths)
    print(f"{len(paths)} articles, {words} words; median of {options.runs} runs", file=sys.stderr)
    for row in rows(options.data, runs=options.runs):
        value = f"{row.value:.0f}" if row.value >= 100 else f"{row.value:.2f}"
        print(f"{row.what:<32} {value:>8} {row.unit:<9} {row.budget}".rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
