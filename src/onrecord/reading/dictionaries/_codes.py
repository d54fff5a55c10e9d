"""What their codes mean in ours: actor codes to country and sectors, CAMEO event codes to type, mode and contexts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.reading._data import load_yaml
from onrecord.reading._lexicon_check import BODIES, SECTORS

_CODE = re.compile(r"[A-Z0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Actor:
    """A decoded actor code. ``dropped`` are the parts of it that stand for nothing here."""

    country: str | None
    sectors: tuple[str, ...]
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """A decoded event code."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]


def actor(code: str, *, agent: bool = False) -> Actor | None:
    """An actor code such as ``AFGGOVMIL``, cut in threes; None when it cannot be one.

    agent: it is a common noun's, which names no country: MUS is Muslims there, not Mauritius.
    """
    if not _CODE.fullmatch(code):
        return None
    tables, known = _actor_tables(), _countries()
    parts = [code[i : i + 3] for i in range(0, len(code), 3)]
    country: str | None = None
    sectors: list[str] = []
    dropped: list[str] = []
    for number, part in enumerate(parts):
        place = tables["renamed"].get(part, part)
        sector = tables["sectors"].get(part, part)
        if number == 0 and ((place in known and not agent) or place in BODIES):
            country = place
            sectors += tables["of_bodies"].get(place, ())
        elif number == 1 and country == "IGO" and part in tables["families"]:
            country = tables["families"][part]
        elif sector in SECTORS:
            sectors.append(sector)
        else:
            dropped.append(part)
    return Actor(country, tuple(dict.fromkeys(sectors)), tuple(dropped))


def act(code: str) -> Act | None:
    """A CAMEO event code such as ``1721``; None when PLOVER has no counterpart of it."""
    written = _acts().get(code)
    return _act(written) if written else None


def _act(written: str) -> Act:
    kind, *contexts = written.split()
    name, _, mode = kind.partition("/")
    return Act(name, mode or None, tuple(contexts))


@cache
def _acts() -> Mapping[str, str]:
    found: Mapping[str, str] = load_yaml("dictionaries/cameo.yaml")["codes"]
    return found


@cache
def _actor_tables() -> Mapping[str, Any]:
    found: Mapping[str, Any] = load_yaml("dictionaries/actor_codes.yaml")
    return found


@cache
def _countries() -> frozenset[str]:
    return frozenset(load_yaml("lexicon/countries.yaml")["countries"])
