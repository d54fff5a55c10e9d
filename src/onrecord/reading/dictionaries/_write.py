"""YAML as people would write it: one entry a line, long lines folded."""

from __future__ import annotations

import json
import re
import textwrap
from typing import Any

_WIDTH = 130
_PLAIN = re.compile(r"[A-Za-z][\w ./+-]*[\w.]|[A-Za-z]|\d{4}-\d\d-\d\d")
_TRUTH = frozenset("y n yes no on off true false null nan inf".split())


def dump(content: dict[str, Any], *, comments: list[str]) -> str:
    """A file: comments, then sections. Mappings in lists have a line each, those with an id one for each key."""
    lines = [f"# {comment}" for comment in comments]
    for key, value in content.items():
        if isinstance(value, dict):
            lines.append(f"{key}:")
            lines += [_folded(f"  {_scalar(name)}: {_flow(inner)}", 4) for name, inner in value.items()]
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            lines.append(f"{key}:")
            for item in value:
                lines += _item(item)
        else:
            lines.append(_folded(f"{key}: {_flow(value)}", 2))
    return "\n".join(lines) + "\n"


def _item(item: dict[str, Any]) -> list[str]:
    item = {key: value for key, value in item.items() if value not in ([], {}, None)}
    if "id" not in item:
        return [_folded(f"- {_flow(item)}", 4)]
    lines = [_folded(f"{key}: {_flow(value)}", 6) for key, value in item.items()]
    return [f"  - {lines[0]}", *(f"    {line}" for line in lines[1:])]


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return _scalar(str(value))


def _scalar(text: str) -> str:
    """Bare where YAML takes it for text, else quoted; JSON's quotation is YAML's too."""
    bare = _PLAIN.fullmatch(text) and "  " not in text and text.lower() not in _TRUTH
    return text if bare else json.dumps(text, ensure_ascii=False)


def _folded(line: str, indent: int) -> str:
    """Folded at spaces, which in lists and mappings stand between items or between plain words."""
    if len(line) <= _WIDTH or '"' in line:
        return line
    return textwrap.fill(
        line,
        _WIDTH,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )
