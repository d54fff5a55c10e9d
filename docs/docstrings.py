"""How the API reference reads the docstrings of this project: `Parameters` and `Raises` with `name: words` lines."""

from __future__ import annotations

import re
from typing import Any

import griffe

_SECTION = re.compile(r"^(Parameters|Raises)\n-+\n((?:.+\n?)*)", re.MULTILINE)
_ITEM = re.compile(r"^[\w*, ]+: ")
_NAMES = {"Parameters": "Args", "Raises": "Raises"}


def as_google(text: str) -> str:
    """The docstring in the form that griffe's Google parser knows: a heading with a colon, its items indented."""

    def section(found: re.Match[str]) -> str:
        lines = [f"{_NAMES[found[1]]}:"]
        for line in found[2].splitlines():
            item = _ITEM.match(line)
            # "since, until: days within which …" tells of both.
            lines += (
                [f"    {one}: {line[item.end() :]}" for one in item[0][:-2].split(", ")] if item else [" " * 8 + line]
            )
        return "\n".join(lines) + "\n"

    return _SECTION.sub(section, text)


class HouseStyle(griffe.Extension):
    """Turns every docstring before it is parsed."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Called for each module, class, function and attribute."""
        if obj.docstring:
            obj.docstring.value = as_google(obj.docstring.value)
