"""Issue files of Phoenix: words for what a story is about, which become word lists that frames can ask for.

<ISSUE CATEGORY="EDUCATION" TYPE="ALL">
n:teacher [TEACHERS]
~dance teacher
</ISSUE>
"""

from __future__ import annotations

import re
from typing import Any

from onrecord.reading.dictionaries._names import words_of
from onrecord.reading.dictionaries._source import Notes, Source

_CATEGORY = re.compile(r'<ISSUE\s+CATEGORY="([^"]*)"[^>]*>', re.IGNORECASE)
_ENTRY = re.compile(r"(?P<words>[^\[]+)\[(?P<code>[^\]]+)\].*")


def read_issues(source: Source, notes: Notes) -> dict[str, Any]:
    """The ``lists`` section of a frame or lexicon file: one list an issue."""
    lists: dict[str, list[str]] = {}
    category = ""
    for number, line in source.lines(comments="#"):
        text = line.strip()
        if found := _CATEGORY.fullmatch(text):
            category = found[1]
        elif text.upper() == "</ISSUE>":
            category = ""
        elif text.startswith("~"):
            notes.lost(number, "a phrase that rules an issue out", text)
        elif found := _ENTRY.fullmatch(text):
            _add(lists, f"{category} {found['code']}" if category else found["code"], found["words"], number, notes)
        else:
            notes.lost(number, "a line that is no phrase with an issue", text)
    return {"lists": lists} if lists else {}


def _add(lists: dict[str, list[str]], code: str, phrase: str, number: int, notes: Notes) -> None:
    """Put one phrase into the list of its issue."""
    if re.search(r"\b[a-mo-z]:", phrase):
        notes.changed(number, "a mark other than n: before a word", phrase)
    words = words_of(re.sub(r"\b[a-z]:", "", phrase).replace("+", " "))
    if len(words.split()) > 2:
        notes.lost(number, "an issue phrase of more than two words", phrase)
        return
    found = lists.setdefault(re.sub(r"\W+", "_", code.lower()).strip("_"), [])
    if words in found:
        notes.changed(number, "a phrase that the issue has already", phrase)
    else:
        found.append(words)


def read_discards(source: Source, notes: Notes) -> dict[str, Any]:
    """Nothing: our form has no words that make a sentence or story unread, and every line is noted so."""
    for number, line in source.lines(comments="#"):
        notes.lost(number, "a word that discards a sentence or story", line)
    return {}
