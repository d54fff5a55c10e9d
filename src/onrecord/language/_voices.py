"""Who speaks where: quotations and the turns of a transcript, each with the word that names its speaker."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from onrecord.language._grid import Grid

_MARKS = frozenset(('"', "“", "”", "``", "''"))
_CLOSING = frozenset(("”", "''"))
_FURTHEST_COLON = 6  # tokens from the beginning of a turn to the colon behind its speaker


@dataclass(frozen=True, slots=True)
class Voices:
    """``voice``: for each token the number of the voice that speaks it, 0 the article's own.

    ``speaker``: for each voice the token that names who it is, -1 where nothing does.
    """

    voice: list[int]
    speaker: list[int]


def voices(g: Grid) -> Voices:
    """The voices of an article; a quotation that goes on after "he said" is one voice with its beginning."""
    quoted = _quoted(g)
    voice, speaker = [0] * len(g), [-1]
    before, number = -1, 0
    for start, end in _runs(g, quoted):
        who = _speaker(g, quoted, start, end)
        goes_on = (
            number
            and g.sentence[start] - g.sentence[before] <= 1
            and not any("\n" in g.text[i] for i in range(before, start))
            and (who in (-1, speaker[number]) or speaker[number] == -1)
        )
        if goes_on:
            speaker[number] = max(speaker[number], who)
        else:
            number = len(speaker)
            speaker.append(who)
        voice[start:end] = [number] * (end - start)
        before = end - 1
    _turns(g, voice, speaker)
    return Voices(voice, speaker)


def _quoted(g: Grid) -> list[bool]:
    """For each token whether it stands inside a quotation; a quotation ends at the latest with its paragraph."""
    inside, flags = False, []
    for word in g.text:
        if word in _MARKS:
            flags.append(True)
            inside = word == "“" or (word not in _CLOSING and not inside)
            continue
        if "\n" in word:
            inside = False
        flags.append(inside)
    return flags


def _runs(g: Grid, quoted: list[bool]) -> list[tuple[int, int]]:
    """The edges of each quotation, marks included."""
    runs, start = [], -1
    for i, inside in enumerate([*quoted, False]):
        if start < 0:
            start = i if inside else -1
        elif not inside or (g.text[i - 1] in _MARKS and i - 1 > start):
            runs.append((start, i))
            start = i if inside else -1
    return runs


def _speaker(g: Grid, quoted: list[bool], start: int, end: int) -> int:
    """The subject of the clause that a quotation hangs on, or that hangs on it."""
    for i in range(start, end):
        above = g.head[i]
        verbs = [child for child in g.children[i] if g.dep[child] == "parataxis" and not quoted[child]]
        if not start <= above < end and not quoted[above]:
            verbs.insert(0, above)
        for verb in verbs:
            found = _subject(g, quoted, verb)
            if found >= 0:
                return found
    return -1


def _subject(g: Grid, quoted: list[bool], verb: int) -> int:
    for child in g.children[verb]:
        if g.dep[child] in ("nsubj", "nsubj:pass") and not quoted[child]:
            return child
    return _subject(g, quoted, g.head[verb]) if g.dep[verb] == "conj" else -1


def _turns(g: Grid, voice: list[int], speaker: list[int]) -> None:
    """In a transcript ("Okoro: …") everything up to the next name and colon is that person's."""
    marks = [mark for start in g.starts for mark in [_turn(g, start)] if mark is not None]
    if len(marks) < 2:
        return
    for (start, who), (end, _) in pairwise([*marks, (len(g), -1)]):
        for i in range(start, end):
            voice[i] = voice[i] or len(speaker)
        speaker.append(who)


def _turn(g: Grid, start: int) -> tuple[int, int] | None:
    """Where a person's turn begins in a sentence that begins with a name and a colon, and the name's last word."""
    for i in range(start + 1, min(start + _FURTHEST_COLON, len(g))):
        if g.sentence[i] != g.sentence[start]:
            return None
        if g.text[i] == ":":
            named = [k for k in range(start, i) if g.entity[k] >= 0 and g.entities[g.entity[k]][2] == "PER"]
            only = all(g.entity[k] >= 0 or g.pos[k] in ("PROPN", "PUNCT", "SPACE") for k in range(start, i))
            return (i + 1, named[-1]) if named and only else None
    return None
