"""CAMEO codes out and in are one crosswalk: what is written comes back as what it was."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
import yaml

from onrecord.reading._codebook import MODES
from onrecord.records import EventType


def crosswalk(package: str, name: str) -> dict[str, Any]:
    text = (files(package) / name).read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=yaml.BaseLoader))


OUT = crosswalk("onrecord.publish.exports", "data/cameo.yaml")
BACK = crosswalk("onrecord.reading.dictionaries", "cameo.yaml")["codes"]
ACTS = [(kind, mode, code) for kind, modes in OUT["types"].items() for mode, code in modes.items()]


@pytest.mark.parametrize(("kind", "mode", "code"), ACTS, ids=lambda part: part or "-")
def test_a_code_comes_back_as_its_own_type_and_mode(kind: str, mode: str, code: str) -> None:
    came_back, _, came_back_mode = BACK[code].split()[0].partition("/")
    assert (came_back, came_back_mode) == (kind, OUT["folded"].get(kind, {}).get(mode, mode))


def test_only_modes_that_do_change_are_called_folded() -> None:
    for kind, modes in OUT["folded"].items():
        for mode, other in modes.items():
            assert mode != other
            assert mode in OUT["types"][kind]


def test_every_type_and_mode_of_the_codebook_has_a_code() -> None:
    assert set(OUT["types"]) == set(EventType)
    for kind, modes in MODES.items():
        assert set(OUT["types"][kind]) == {"", *modes}, kind
