"""Layout rules: the patterns of ``data/layout.yaml`` with their macros filled in, checked and compiled once."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.ingest._dates import MONTH
from onrecord.ingest._names import load
from onrecord.records import LexiconError

_MACRO = re.compile(r"\{([A-Za-z_]+)\}")

KINDS = ("url_line", "headline", "byline", "dateline", "credit")
WHERE = ("top", "head", "start", "line", "headend", "end")

U, L = "A-Z", "a-z"

# Patterns match a line's shape, not the line: accented letters stand as X and x, typographic signs as one byte each.
# That keeps character classes small, and the patterns quick to compile and to match.
_SHAPES = {code: "X" if chr(code).isupper() else "x" for code in range(0xC0, 0x250) if chr(code).isalpha()}
_SHAPES |= dict(zip(map(ord, "‘’“”„–—―…•€"), '\'\'"""\x96\x97\x98\x85\x95\x80', strict=True))


def shape(text: str) -> str:
    """``text`` as patterns see it, character for character."""
    return text if text.isascii() else text.translate(_SHAPES)


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a line, or a part of one, shows that it is not prose."""

    id: str
    says: str
    kind: str
    where: str
    pattern: re.Pattern[str]
    needs: tuple[str, ...]
    matches: tuple[dict[str, str], ...]
    leaves: tuple[str, ...]


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order they are tried."""
    found = tuple(_rule(entry) for entry in load("layout.yaml")["rules"])
    ids = [rule.id for rule in found]
    if len(set(ids)) != len(ids):
        raise LexiconError("ingest/data/layout.yaml: two rules have the same id. Give each its own.")
    return found


@cache
def rules_at(*places: str) -> tuple[Rule, ...]:
    """The rules whose ``where`` is one of ``places``."""
    return tuple(rule for rule in rules() if rule.where in places)


@cache
def labels() -> frozenset[str]:
    """Words that head lines without being places."""
    return frozenset(load("layout.yaml")["labels"].split())


def _rule(entry: dict[str, Any]) -> Rule:
    where = f"ingest/data/layout.yaml, rule {entry.get('id', '?')}"
    missing = [key for key in ("id", "says", "kind", "where", "pattern", "matches", "leaves") if not entry.get(key)]
    if missing:
        raise LexiconError(f"{where}: {', '.join(missing)} missing or empty. Every rule needs all of them.")
    if entry["kind"] not in KINDS or entry["where"] not in WHERE:
        raise LexiconError(f"{where}: kind must be one of {KINDS}, where one of {WHERE}.")
    try:
        pattern = _MACRO.sub(lambda found: _macros()[found.group(1)], entry["pattern"])
        if entry["where"] == "end":
            pattern = rf"""(?:(?<=[.!?…"”’')\]])|^)\s*(?P<furniture>{pattern})"""
        compiled = re.compile(_number_groups(shape(pattern)))
    except (re.error, KeyError) as error:
        raise LexiconError(f"{where}: the pattern does not compile ({error}).") from error
    return Rule(
        id=entry["id"],
        says=entry["says"],
        kind=entry["kind"],
        where=entry["where"],
        pattern=compiled,
        needs=tuple(entry.get("needs", ())),
        matches=tuple(entry["matches"]),
        leaves=tuple(entry["leaves"]),
    )


def _number_groups(pattern: str) -> str:
    """``(?P<date>`` → ``(?P<date_1>``, ``(?P<date_2>`` …: a pattern may name a part in several places."""
    count = itertools.count(1)
    return re.sub(r"\(\?P<(place|agency|date|person)>", lambda found: f"(?P<{found.group(1)}_{next(count)}>", pattern)


@cache
def _macros() -> dict[str, str]:
    """What the names in braces stand for."""
    word = rf"[{U}][{U}{L}’'.\-]*"
    caps = rf"[{U}][{U}’'.]+(?:-[{U}]+)*"
    month = f"(?i:{MONTH})"
    weekday = r"(?i:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    small = r"(?:de|del|da|do|dos|la|le|of|of the|al|el|upon|am|and Herzegovina|and Tobago)"
    title = rf"(?!{weekday}|{month}\b){word}(?: (?:{small} )?{word}){{0,3}}"
    plain = rf"[{U}][{L}’'-]+"
    all_caps = rf"{caps}(?:(?:[ /-]| / ){caps}){{0,4}}"
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    dated = rf"(?:{month}\.? {day}(?:,? \d{{4}})?|{day}[ -]{month}\.?(?:,?[ -]\d{{4}})?|\d{{4}}-\d{{2}}-\d{{2}})"
    person = rf"{word}(?: (?:(?:de|del|da|van|von|der|den|bin|ibn|al|el|la|le|di|dos|e|y) ){{0,2}}{word}){{0,4}}"
    people = rf"{person}(?:(?:, | and | AND | & ){person}){{0,4}}"
    agency_list = r"[^()\[\]–—:.!?]{2,40}?"
    return {
        "PLACE": rf"(?P<place>{all_caps}(?:, ?{title}){{0,2}})",
        "Place": rf"(?P<place>{title}(?:, ?{title}){{0,2}})",
        "place": rf"(?P<place>(?:{all_caps}|{title})(?:, ?{title}){{0,2}})",
        "date": rf"(?P<date>(?:{weekday},? )?{dated}|{weekday})",
        "changed": rf"(?:{weekday},? )?{dated}",
        "clock": r"\d{1,2}[:.]\d{2}(?: ?[APap]\.?[Mm]\.?)?(?: ?\(?[A-Z]{2,4}\)?(?: ?[+-]\d{1,4})?)?",
        "agency": r"(?P<agency>[^()\[\]–—:]{2,40}?)",
        "agencies": rf"(?P<agency>{agency_list})",
        "outlet": rf"(?P<agency>(?:[{L}]+ )?{word}(?: {word}){{0,4}})",
        "names": rf"(?P<person>{people})",
        "bare_names": rf"(?P<person>{caps}(?: {caps}){{1,3}}|{plain}(?: [{U}]\.)?(?: {plain}){{1,2}})",
        "initials": r"[A-Za-z]{2,4}",
        "post": rf"(?:{word} )*?(?:Staff|STAFF)? ?(?:Reporter|Writer|Correspondent|Editor|Bureau|Desk|Columnist"
        r"|Contributor|Journalist|REPORTER|WRITER|CORRESPONDENT|EDITOR|COLUMNIST)s?",
        "credit": rf"(?:{word}|of|the|for|and|in|at|&|/)(?: ?(?:{word}|of|the|for|and|in|at|&|/)){{0,7}}",
        "credit_words": r"(?:(?i:(?:(?:additional|further|with|with additional) )?reporting by|writing by|written by"
        r"|edited by|editing by|compiled by|translated by|translation by|reported by|graphics? by"
        r"|this (?:article|story|report) (?:was|is|has been) (?:(?:originally|first) )?"
        rf"(?:written|produced|compiled|translated|reported|edited) by) (?=[{U}])"
        r"|(?i:(?:with )?(?:additional |agency )?(?:inputs?|files|reports?|material) (?:from|by) )"
        rf"(?=[{U}]|agenc|wire))",
        "heading": rf"(?=[{U}\d“\"‘'«$€£¿¡(])[^\n]{{2,149}}[^\s.,;:](?<![.,][’”\"'])",
        "dash": r"(?: ?(?:[-–—―_]{1,3}|:) +| +[-–—―]{1,3}(?=\S)|[—―])",
    }
