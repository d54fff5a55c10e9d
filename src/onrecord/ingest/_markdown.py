"""Markdown to readable text: words, order and paragraphs stay, marks go, the front matter is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_-]+)[ \t]*:[ \t]*(.+)$", re.MULTILINE)
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Markdown:
    """The readable text and what the front matter says (keys in small letters)."""

    text: str
    title: str | None = None
    fields: dict[str, str] = field(default_factory=dict)


def read_markdown(source: str) -> Markdown:
    """The text of a Markdown file, its title (front matter, else first heading) and its front matter."""
    from markdown_it import MarkdownIt

    front = _FRONT_MATTER.match(source)
    fields = {key.lower(): value.strip(" \t\"'") for key, value in _FIELD.findall(front.group(1))} if front else {}
    tokens = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(source[front.end() :] if front else source)
    )
    blocks: list[str] = []
    title = fields.get("title")
    for before, token in zip([None, *tokens], tokens, strict=False):
        text = _block_text(token)
        if not text:
            continue
        blocks.append(text)
        if title is None and before is not None and before.type == "heading_open" and before.tag == "h1":
            title = text
    return Markdown("\n\n".join(blocks) + ("\n" if blocks else ""), title, fields)


def _block_text(token: Any) -> str:
    """The words of one block; hard-wrapped lines are joined, as a browser would."""
    if token.type == "inline":
        return "".join(_inline_text(child) for child in token.children).strip()
    if token.type in ("fence", "code_block"):  # indented paragraphs of careless writers parse as code
        return " ".join(str(token.content).split())
    if token.type == "html_block":
        return " ".join(_TAG.sub(" ", str(token.content)).split())
    return ""


def _inline_text(token: Any) -> str:
    if token.type in ("text", "code_inline"):
        return str(token.content)
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak":
        return "\n"
    return ""  # link and emphasis marks, images, inline tags
