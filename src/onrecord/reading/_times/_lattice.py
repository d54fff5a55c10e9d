"""The words of a document as a lattice: every class each word, number or date shape may stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from spacy.tokens import Doc

from onrecord.reading._numerals import read_numerals, read_ordinal
from onrecord.reading._times._grammar import Grammar, Word

_SPLIT = re.compile(r"[-‐‑–—/]|[^-‐‑–—/]+")
_HYPHENS = "-‐‑–—/"
_SHAPES = re.compile(
    r"(?P<isotime>\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)(?!\d)"
    r"|(?P<iso>\d{4}-\d\d-\d\d)(?!\d)"
    r"|(?P<ymd>\d{4}([/.])\d{1,2}\4\d{1,2})(?![\d/])"
    r"|(?P<numeric>\d{1,2}([/.-])\d{1,2}\6(?:\d{4}|\d\d))(?![\d/])"
    r"|(?P<clock>(?:[01]?\d|2[0-4])[:.h][0-5]\d(?::[0-5]\d)?)(?:\s?(?P<half>[ap]\.?\s?m\b\.?))?(?P<hrs>\s?(?:hrs?|hours)\b)?(?![\d:])"
    r"|(?P<hour>1[0-2]|[1-9])\s?(?P<ampm>[ap]\.?m\b\.?)"
    r"|(?P<military>(?:[01]\d|2[0-3])[0-5]\d)(?P<after>\s?hrs?\b|\s?hours\b|(?=\s?(?:GMT|UTC)\b))"
    r"|(?P<decade>\d{3}0)['’]?s\b"
    r"|(?P<day>[0-3]?\d)(?P<th>st|nd|rd|th)?\b",
    re.IGNORECASE,
)
_SHORT_DECADE = re.compile(r"['’`](\d0)s\b")
_SHORT_YEAR = re.compile(r"['’`](\d\d)\b(?!s)")
_QUARTER = re.compile(r"([1-4]q|q[1-4])")
_HALF = re.compile(r"([12]h|h[12])")
_FISCAL = re.compile(r"fy(\d{2}|\d{4})")


@dataclass(frozen=True, slots=True)
class Edge:
    """A reading of the atoms from where it stands up to ``end``: a class with its value."""

    kind: str
    end: int
    value: Any


@dataclass(frozen=True, slots=True)
class Lattice:
    """Atoms (tokens, split at hyphens and slashes) and their readings."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    tokens: list[int]
    edges: list[list[Edge]]
    breaks: set[int]
    """Atoms that begin a paragraph: no phrase runs across."""


def build_lattice(doc: Doc, grammar: Grammar, *, published: date | None) -> Lattice:
    """Atoms of ``doc`` and every class of its words, numbers and shapes."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    tokens: list[int] = []
    breaks: set[int] = set()
    for token in doc:
        text, at = token.lower_, token.idx
        if text.isspace():
            if "\n\n" in text:
                breaks.add(len(words))
            continue
        if len(text) > 1 and any(mark in text for mark in _HYPHENS):
            for piece in _SPLIT.finditer(text):
                words.append(piece.group())
                starts.append(at + piece.start())
                ends.append(at + piece.end())
                tokens.append(token.i)
        else:
            words.append(text)
            starts.append(at)
            ends.append(at + len(token))
            tokens.append(token.i)
    lattice = Lattice(words, starts, ends, tokens, [[] for _ in words], breaks)
    _add_words(lattice, doc.text, grammar)
    _add_numbers(lattice)
    _add_shapes(lattice, doc.text, published)
    return lattice


def _add_words(lattice: Lattice, text: str, grammar: Grammar) -> None:
    words, dictionary = lattice.words, grammar.words
    for at, word in enumerate(words):
        for entry in dictionary.get(word, ()):
            if _fits(entry, lattice, at, text):
                lattice.edges[at].append(Edge(entry.kind, at + 1 + len(entry.tail), entry.value))
        ordinal = read_ordinal(word) if word[-2:] in _ORDINAL_ENDS else None
        if ordinal is not None:
            lattice.edges[at].append(Edge("ORD", at + 1, ordinal))
            if 1 <= ordinal <= 31:
                lattice.edges[at].append(Edge("TH", at + 1, ordinal))
                if not word[0].isdecimal():
                    lattice.edges[at].append(Edge("DAY", at + 1, ordinal))
        elif word in ("twenty", "thirty") and at + 2 < len(words) and words[at + 1] == "-":
            unit = read_ordinal(words[at + 2])
            if unit is not None and unit < 10:
                value = (20 if word == "twenty" else 30) + unit
                lattice.edges[at].append(Edge("ORD", at + 3, value))
                if value <= 31:
                    lattice.edges[at].append(Edge("DAY", at + 3, value))


_ORDINAL_ENDS = frozenset({"st", "nd", "rd", "th"})


def _fits(entry: Word, lattice: Lattice, at: int, text: str) -> bool:
    if entry.capital and not text[lattice.starts[at]].isupper():
        return False
    return not entry.tail or lattice.words[at + 1 : at + 1 + len(entry.tail)] == list(entry.tail)


def _add_numbers(lattice: Lattice) -> None:
    for numeral in read_numerals(lattice.words):
        exact = numeral.high is not None
        if lattice.words[numeral.start - 1 : numeral.start] == ["/"]:
            continue  # the 2 of 1/2
        if exact and lattice.words[numeral.end : numeral.end + 3] == ["1", "/", "2"]:
            lattice.edges[numeral.start].append(Edge("NUM", numeral.end + 3, numeral.low + 0.5))
        lattice.edges[numeral.start].append(
            Edge("NUM" if exact else "VAGUE", numeral.end, numeral.low if exact else None)
        )


def _add_shapes(lattice: Lattice, text: str, published: date | None) -> None:
    """Years, days, clock times and numeric dates: shapes of digits, which may run over several atoms."""
    numeric: list[tuple[int, int, str]] = []
    for at, word in enumerate(lattice.words):
        first = word[:1]
        if first.isdecimal():
            _add_digits(lattice, at, text, numeric)
        elif first in "'’`" and word:
            _add_short(lattice, at, text)
        elif first in "qhf":
            _add_letters(lattice, at, word)
    for at, end, value in read_numeric_dates(numeric, published=published):
        lattice.edges[at].append(Edge("NUMDATE", end, value))


def _add_digits(lattice: Lattice, at: int, text: str, numeric: list[tuple[int, int, str]]) -> None:
    word, edges, start = lattice.words[at], lattice.edges[at], lattice.starts[at]
    if word.isdecimal() and len(word) == 4 and 1000 <= int(word) <= 2200:
        edges.append(Edge("YEAR", at + 1, int(word)))
        edges.append(Edge("YEAR2", at + 1, int(word)))
    elif word.isdecimal() and len(word) == 3:
        edges.append(Edge("YEAR3", at + 1, int(word)))
    elif word.isdecimal() and len(word) == 2:
        edges.append(Edge("YY", at + 1, int(word)))
    for shape, edge in (_QUARTER, "QUARTER"), (_HALF, "HALF"):
        if shape.fullmatch(word):
            edges.append(Edge(edge, at + 1, int(word.strip("qh"))))
    match = _SHAPES.match(text, start)
    if match is None:
        return
    end = _atom_after(lattice, at, match.end())
    if end is None and match.group().endswith("."):
        end = _atom_after(lattice, at, match.end() - 1)
    if end is None:
        return
    found = match.groupdict()
    if found["isotime"]:
        edges.append(Edge("ISOTIME", end, match.group().replace(" ", "T")))
    elif found["iso"]:
        edges.append(Edge("ISODATE", end, match.group()))
    elif found["ymd"]:
        edges.append(Edge("ISODATE", end, match.group().replace("/", "-").replace(".", "-")))
    elif found["numeric"]:
        numeric.append((at, end, match.group()))
    elif found["clock"]:
        _add_clock(edges, end, found, match.group())
    elif found["hour"]:
        half = found["ampm"][0].lower()
        edges.append(Edge("CLOCK", end, (int(found["hour"]) % 12 + (12 if half == "p" else 0), 0)))
    elif found["military"]:
        edges.append(Edge("CLOCK", end, (int(found["military"][:2]), int(found["military"][2:]))))
    elif found["decade"]:
        edges.append(Edge("DECADE", end, int(found["decade"]) // 10))
    elif found["day"] and 1 <= int(found["day"]) <= 31 and end == at + 1:
        edges.append(Edge("DAY", end, int(found["day"])))


def _add_clock(edges: list[Edge], end: int, found: dict[str, str | None], whole: str) -> None:
    hour, minute = (int(part) for part in re.split(r"[:.h]", str(found["clock"]).lower())[:2])
    if found["half"]:
        if not 1 <= hour <= 12:
            return
        hour = hour % 12 + (12 if str(found["half"])[0].lower() == "p" else 0)
    elif "." in whole and not found["hrs"]:
        return  # 10.30 alone is a decimal
    edges.append(Edge("CLOCK", end, (hour, minute)))


def _add_short(lattice: Lattice, at: int, text: str) -> None:
    for shape, kind in (_SHORT_DECADE, "DECADE"), (_SHORT_YEAR, "YY2"):
        match = shape.match(text, lattice.starts[at])
        end = _atom_after(lattice, at, match.end()) if match else None
        if match and end is not None:
            value = int(match.group(1))
            century = 1900 if value >= 30 else 2000
            lattice.edges[at].append(Edge(kind, end, (century + value) // 10 if kind == "DECADE" else century + value))


def _add_letters(lattice: Lattice, at: int, word: str) -> None:
    edges = lattice.edges[at]
    for shape, edge in (_QUARTER, "QUARTER"), (_HALF, "HALF"):
        if shape.fullmatch(word):
            edges.append(Edge(edge, at + 1, int(word.strip("qh"))))
    fiscal = _FISCAL.fullmatch(word)
    if fiscal:
        year = int(fiscal.group(1))
        edges.append(Edge("FY", at + 1, year if year > 99 else 2000 + year))


def _atom_after(lattice: Lattice, at: int, char: int) -> int | None:
    """The atom that begins after character ``char``, when an atom ends exactly there."""
    while at < len(lattice.ends) and lattice.ends[at] < char:
        at += 1
    return at + 1 if at < len(lattice.ends) and lattice.ends[at] == char else None


def read_numeric_dates(found: list[tuple[int, int, str]], *, published: date | None) -> list[tuple[int, int, str]]:
    """ISO values of dates such as 03/04/2021.

    Day first or month first is settled for the article as a whole: by a date that only one order allows, else by
    nearness to publication, else day first, as most of the world writes.
    """
    parsed: list[tuple[int, int, date | None, date | None]] = []
    for start, end, text in found:
        a, b, year = (int(part) for part in re.split(r"[/.-]", text))
        if year < 100 and "/" not in text:
            continue
        year += 0 if year > 99 else (2000 if year < 70 else 1900)
        parsed.append((start, end, _date(year, b, a), _date(year, a, b)))
    only_day_first = any(month is None for _, _, day, month in parsed if day is not None)
    only_month_first = any(day is None for _, _, day, month in parsed if month is not None)
    values = []
    for start, end, day_first, month_first in parsed:
        if day_first is None or month_first is None:
            chosen = day_first or month_first
        elif only_day_first or only_month_first or published is None:
            chosen = month_first if only_month_first and not only_day_first else day_first
        else:
            chosen = min((day_first, month_first), key=lambda day: abs((day - published).days))
        if chosen is not None:
            values.append((start, end, chosen.isoformat()))
    return values


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
