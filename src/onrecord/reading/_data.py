"""Reading the rule and lexicon files that lie beside the code."""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, TypeVar

import yaml

from onrecord.records import LexiconError

T = TypeVar("T")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load_yaml(name: str) -> Any:
    """The content of a packaged YAML file, e.g. ``lexicon/speech.yaml``.

    Raises
    ------
    LexiconError: naming the file and line when it is not valid YAML.
    """
    with as_file(files("onrecord.reading") / name) as path:
        return _compiled(path, name)


def built(name: str, sources: Sequence[str], make: Callable[[], T]) -> T:
    """What ``make`` builds from packaged files, or its compiled form, kept as long as nothing it comes from changes.

    name: of the compiled form; sources: patterns of files in this package, data and code, that it comes from.
    """
    with as_file(files("onrecord.reading")) as folder:
        paths = [path for pattern in sources for path in sorted(folder.glob(pattern))]
        return _kept(folder / "__pycache__" / f"{name}.{sys.implementation.cache_tag}.pickle", paths, make)


def parse_yaml(text: str, *, name: str) -> Any:
    """The content of a YAML text; ``name`` is what errors call it."""
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise LexiconError(f"{name}: not valid YAML. {error}") from error


def _compiled(path: Path, name: str) -> Any:
    """The content of a file, from the compiled form kept in ``__pycache__`` beside it while that is fresh.

    Parsing the lexicons anew takes a second of every start; the compiled form a twentieth of that.
    """
    kept = path.parent / "__pycache__" / f"{path.stem}.{sys.implementation.cache_tag}.pickle"
    return _kept(kept, [path], lambda: parse_yaml(path.read_text(encoding="utf-8"), name=name))


def _kept(kept: Path, sources: Iterable[Path], make: Callable[[], T]) -> T:
    """The content of ``kept`` while the sources are what they were, else what ``make`` makes, which is then kept."""
    stamp = [(path.name, about.st_mtime_ns, about.st_size) for path in sources for about in (path.stat(),)]
    try:
        seen, content = pickle.loads(kept.read_bytes())
    except Exception:  # none yet, half written, or by another version: a broken pickle may raise anything
        seen = None
    if seen == stamp:
        known: T = content
        return known
    content = make()
    if not sys.dont_write_bytecode:
        _keep(kept, (stamp, content))
    return content


def _keep(path: Path, value: Any) -> None:
    """Write the compiled form whole or not at all; where the package cannot be written to, go without."""
    try:
        path.parent.mkdir(exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(pickle.dumps(value))
        Path(temporary).replace(path)
    except OSError:
        return
