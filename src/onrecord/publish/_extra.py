"""Libraries that only some users need: imported when used, and named with their extra when missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from onrecord.records import BadOption


def needs(module: str, extra: str) -> Any:
    """The module, imported.

    Raises
    ------
    BadOption: it is not installed; says what to install.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module.partition(".")[0]:
            raise
        raise BadOption(f"{error.name} is not installed. Install it with `pip install 'onrecord[{extra}]'`.") from None
