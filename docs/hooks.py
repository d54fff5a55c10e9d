"""What MkDocs does with a page before it turns it into HTML; see `hooks` in mkdocs.yml."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent
_LINK = re.compile(r"\[([^\]]+)\]\(([^)#\s]+)(#[^)\s]*)?\)")


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """Links that lead out of docs/ work in a checkout, not on the site: they become the name of the file."""
    folder = (DOCS / page.file.src_uri).parent

    def inside(link: re.Match[str]) -> str:
        words, target = link[1], link[2]
        if "://" in target or (folder / target).resolve().is_relative_to(DOCS):
            return link[0]
        file = (folder / target).resolve().relative_to(DOCS.parent).as_posix()
        return f"`{file}`" if words.strip("`") == file else f"{words} (`{file}`)"

    return _LINK.sub(inside, markdown)
