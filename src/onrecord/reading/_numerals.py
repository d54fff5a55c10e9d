"""Numbers in digits and in words: "1,300", "1.2 million", "two hundred and fifty", "dozens"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.reading._data import load_yaml

_PLAIN = re.compile(r"\d+")
_COMMAS = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}")
_DOTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_DECIMAL = re.compile(r"\d+\.\d+")
_GLUED = re.compile(r"(\d[\d.,]*)([a-z]{1,2})")
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number written at ``words[start:end]``; ``high`` is None when the words leave it open."""

    start: int
    end: int
    low: float
    high: float | None
    form: str  # digits | words | vague


def read_numerals(words: Sequence[str]) -> list[Numeral]:
    """All numbers in a row of lower-cased words, left to right, the longest reading of each."""
    tables = _tables()
    found: list[Numeral] = []
    position = 0
    for at, word in enumerate(words):
        if at < position or not (word in tables.starters or word[:1].isdecimal()):
            continue
        numeral = _read(words, at, tables)
        if numeral is not None:
            found.append(numeral)
            position = numeral.end
    return found


def read_ordinal(word: str) -> int | None:
    """The value of "third", "3rd", "21st"; None for any other word. "twenty-first" is two words and a hyphen."""
    match = _ORDINAL.fullmatch(word)
    return int(match.group(1)) if match else _tables().ordinals.get(word)


def read_digits(word: str) -> float | None:
    """The value of a number in digits: "7", "1,300", "1.000", "2,50,000", "1.5"; None for any other word."""
    if _PLAIN.fullmatch(word):
        return int(word)
    if _COMMAS.fullmatch(word):
        return int(word.replace(",", ""))
    if _DOTS.fullmatch(word):  # thousands set off by dots; decimals of exactly three places are rare for persons
        return int(word.replace(".", ""))
    return float(word) if _DECIMAL.fullmatch(word) else None


@dataclass(frozen=True, slots=True)
class _Tables:
    digits: Mapping[str, int]
    scales: Mapping[str, int]
    suffixes: Mapping[str, int]
    vague: Mapping[str, int]
    few: Mapping[str, int]
    ordinals: Mapping[str, int]
    starters: frozenset[str]


@cache
def _tables() -> _Tables:
    data: Mapping[str, Any] = load_yaml("lexicon/numerals.yaml")
    starters = {"a", "an", "half", "tens", *data["digits"], *data["vague"], *data["few"]}
    groups = {name: data[name] for name in ("digits", "scales", "suffixes", "vague", "few", "ordinals")}
    return _Tables(**groups, starters=frozenset(starters))


def _read(words: Sequence[str], at: int, tables: _Tables) -> Numeral | None:
    word = words[at]
    if word[:1].isdecimal():
        return _digits(words, at, tables)
    reader: Callable[[Sequence[str], int, _Tables], Numeral | None]
    if word in ("a", "an"):
        reader = _after_article
    elif word == "half":
        reader = _half
    elif word == "tens" or word in tables.vague:
        reader = _vague
    elif word in tables.few:
        reader = _few
    else:
        reader = _words
    return reader(words, at, tables)


def _digits(words: Sequence[str], at: int, tables: _Tables) -> Numeral | None:
    value = read_digits(words[at])
    if value is None:
        glued = _GLUED.fullmatch(words[at])
        stem = read_digits(glued.group(1)) if glued and glued.group(2) in tables.suffixes else None
        if stem is None or glued is None:
            return None
        value = stem * tables.suffixes[glued.group(2)]
    value, end = _scaled(words, at + 1, value, tables)
    return Numeral(at, end, _tidy(value), _tidy(value), "digits")


def _words(words: Sequence[str], at: int, tables: _Tables) -> Numeral | None:
    """Add units, multiply by scales: "three thousand four hundred and seven"."""
    total, current, end = 0.0, float(tables.digits[words[at]]), at + 1
    while end < len(words):
        word = words[end]
        step = 1
        if word in ("and", "-") and end + 1 < len(words):
            # "two hundred and fifty", "twenty-one", but not "two and three" and not "two-three"
            following = words[end + 1]
            if (word == "and" and current + total >= 100 and following in tables.digits) or (
                word == "-"
                and 20 <= current % 100 < 100
                and current % 10 == 0
                and tables.digits.get(following, 10) < 10
            ):
                step, word = 2, following
            elif word == "and" and words[end + 1 : end + 3] == ["a", "half"]:
                current, end = current + 0.5, end + 3
                continue
            else:
                break
        if word in tables.digits and _fits_below(tables.digits[word], current):
            current += tables.digits[word]
        elif word in tables.scales and tables.scales[word] > 20:
            scale = tables.scales[word]
            if scale == 100:
                current *= scale
            else:
                total, current = total + current * scale, 0.0
        elif word == "dozen":
            current *= 12
        else:
            break
        end += step
    value = _tidy(total + current)
    return Numeral(at, end, value, value, "words")


def _fits_below(digit: int, current: float) -> bool:
    """True when ``digit`` can follow: "hundred five", "twenty one", "thousand twelve", but not "five six"."""
    if current == 0:
        return True
    return (current % 100 == 0 and digit < 100) or (current % 100 >= 20 and current % 10 == 0 and digit < 10)


def _after_article(words: Sequence[str], at: int, tables: _Tables) -> Numeral | None:
    following = words[at + 1] if at + 1 < len(words) else ""
    if following in ("couple", "pair"):
        end = at + 3 if words[at + 2 : at + 3] == ["of"] else at + 2
        return Numeral(at, end, 2, 2, "words") if end == at + 3 else None
    if following in tables.few:
        return _few(words, at + 1, tables, start=at)
    if following == "half" and words[at + 2 : at + 3] == ["million"]:
        return Numeral(at, at + 3, 500_000, 500_000, "words")
    if following not in tables.scales or following == "score":
        return None
    rest = _words(["one", *words[at + 1 : at + 9]], 0, tables)
    return Numeral(at, at + rest.end, rest.low, rest.high, "words") if rest is not None else None


def _half(words: Sequence[str], at: int, tables: _Tables) -> Numeral | None:
    if words[at + 1 : at + 2] == ["a"] and at + 2 < len(words) and words[at + 2] in tables.scales:
        value = _tidy(tables.scales[words[at + 2]] / 2)
        return Numeral(at, at + 3, value, value, "words")
    return None


def _vague(words: Sequence[str], at: int, tables: _Tables) -> Numeral | None:
    """ "dozens", "tens of thousands": the floor is two of the smaller unit times the larger."""
    floor = 20 if words[at] == "tens" else tables.vague[words[at]]
    end = at + 1
    if words[end : end + 1] == ["of"] and end + 1 < len(words) and words[end + 1] in tables.vague:
        return Numeral(at, end + 2, floor * tables.vague[words[end + 1]] // 2, None, "vague")
    return None if words[at] == "tens" else Numeral(at, end, floor, None, "vague")


def _few(words: Sequence[str], at: int, tables: _Tables, *, start: int | None = None) -> Numeral | None:
    floor, end = tables.few[words[at]], at + 1
    if end < len(words) and words[end] in tables.scales and words[end] != "score":
        return Numeral(at if start is None else start, end + 1, floor * tables.scales[words[end]], None, "vague")
    if words[at] == "few" and start is None:  # "few people" is not a count
        return None
    if words[at] == "handful":
        if words[end : end + 1] != ["of"]:
            return None
        end += 1
    return Numeral(at if start is None else start, end, floor, None, "vague")


def _scaled(words: Sequence[str], end: int, value: float, tables: _Tables) -> tuple[float, int]:
    while end < len(words) and words[end] in tables.scales and words[end] != "score":
        value, end = value * tables.scales[words[end]], end + 1
    return value, end


def _tidy(value: float) -> float:
    """An int when the value is whole; rounded, so that 1.2 million is no 1199999.9999."""
    value = round(value, 6)
    return int(value) if value == int(value) else value
