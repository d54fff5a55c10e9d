"""Reading the rule and lexicon files that lie beside the code."""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import yaml

from onrecord.records import LexiconError

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
    about = path.stat()
    stamp = (about.st_mtime_ns, about.st_size)
    kept = path.parent / "__pycache__" / f"{path.stem}.{sys.implementation.cache_tag}.pickle"
    try:
        seen, content = pickle.loads(kept.read_bytes())
    except Exception:  # none yet, half written, or by another version: a broken pickle may raise anything
        seen = None
    if seen == stamp:
        return content
    content = parse_yaml(path.read_text(encoding="utf-8"), name=name)
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
