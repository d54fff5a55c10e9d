"""One way to write a search in full text, on both databases: words, "phrases", OR, -not."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, column, func, literal_column, select, table, text

from onrecord.ledger import _tables as t
from onrecord.records import BadOption

_PART = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_WORD = re.compile(r"\w+")


def in_article(words: str, *, sqlite: bool) -> ColumnElement[bool]:
    """The condition that an article's title or text holds ``words``.

    Raises
    ------
    BadOption: nothing in it can be looked for.
    """
    wanted = fts5(words)  # refuses what holds no word, on both databases
    if sqlite:
        index = table("articles_fts", column("rowid"))
        matching = select(index.c.rowid).where(text("articles_fts MATCH :words").bindparams(words=wanted))
        return t.articles.c.number.in_(matching)
    search: ColumnElement[str] = literal_column("articles.search")
    return search.op("@@", is_comparison=True)(func.websearch_to_tsquery("english", words))


def fts5(words: str) -> str:
    """The search as FTS5 writes it; every word is quoted, so no sign in it means anything else."""
    groups: list[list[str]] = [[]]
    refused: list[str] = []
    for minus, phrase, word in _PART.findall(words):
        if word == "OR" and not minus:
            groups.append([])
            continue
        found = " ".join(_WORD.findall(phrase or word))
        if found:
            (refused if minus else groups[-1]).append(f'"{found}"')
    kept = [" AND ".join(group) for group in groups if group]
    if not kept:
        raise BadOption(f'text {words!r} holds no word to look for. Give one or more words, or a "quoted phrase".')
    wanted = " OR ".join(f"({group})" for group in kept)
    return f"({wanted})" + "".join(f" NOT {one}" for one in refused)
