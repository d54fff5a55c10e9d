"""Conditions of layout rules that a pattern cannot state. Each takes what the rule saw and says yes or no."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.ingest._dates import read_date
from onrecord.ingest._names import agency_named, fold, is_place
from onrecord.ingest._rules import L, U, labels, shape

_BEGINS = re.compile(shape(rf"[{U}\d“\"‘'«(\[$€£¿¡]|(?:al|el|as|an)-[{U}]"))
_APPOSITION = re.compile(shape(rf"[^.!?]{{1,80}}? [-–—]{{1,2}} [{L}]"))
_OUTLET = re.compile(r".+ (?:News Agency|Press Agency|News Service|Newswire)")


@dataclass(frozen=True, slots=True)
class Seen:
    """A match of one rule with its surroundings."""

    groups: dict[str, str]
    head: str  # the words the rule matched
    rest: str  # what follows them on the line
    blank_after: bool  # whether the next line is blank or furniture
    body: str  # the text after this line
    site: str  # the article's site without its endings ("albawaba"), or ""

    def part(self, name: str) -> str:
        """A group's words, or nothing."""
        return self.groups.get(name, "")


def holds(needs: tuple[str, ...], seen: Seen) -> bool:
    """Whether all conditions named in ``needs`` hold."""
    return all(CONDITIONS[name](seen) for name in needs)


def _known_place(seen: Seen) -> bool:
    """A known place; or one in capitals before a dash that the story itself writes with small letters, as names are."""
    place = seen.part("place")
    if is_place(place):
        return True
    word = max(place.partition(",")[0].split(), key=len, default="")
    if not (place.partition(",")[0].isupper() and len(word) >= 5) or seen.head.rstrip().endswith(":"):
        return False
    return bool(re.search(rf"\b{re.escape(word.capitalize())}\b", seen.body)) and word.lower() not in seen.body


def _known_agency(seen: Seen) -> bool:
    return agency_named(seen.part("agency")) is not None


def _known_outlet(seen: Seen) -> bool:
    name = seen.part("agency")
    return bool(agency_named(name) or _OUTLET.fullmatch(name) or is_site(name, seen.site))


def _sentence_after(seen: Seen) -> bool:
    """What follows begins as sentences do. In "Kabul – its capital – fell" the sentence began before the dash."""
    if not _BEGINS.match(shape(seen.rest)) or " " not in seen.rest.strip():
        return False
    capitals = seen.part("place").partition(",")[0].isupper()
    sure = capitals or seen.part("date") or seen.part("agency") or seen.head.rstrip().endswith(":")
    return bool(sure) or not _APPOSITION.match(shape(seen.rest))


def _no_label(seen: Seen) -> bool:
    """No word of the place is one that heads lines for other reasons; "The" only in The Hague and its like."""
    if is_site(seen.part("place"), seen.site):
        return True
    words = seen.part("place").lower().replace(",", " ").replace("/", " ").split()
    if words[:1] in (["the"], ["a"], ["an"]) and not is_place(seen.part("place")):
        return False
    return not any(word.strip("():") in labels() for word in words) or is_place(seen.part("place"))


def _no_label_name(seen: Seen) -> bool:
    """The supposed name does not begin with a word that heads lines."""
    first = seen.part("person").partition(" ")[0]
    return bool(first) and first.lower() not in labels()


def _new_words(seen: Seen) -> bool:
    """None of the words comes back in the story: headlines come back, writers' names do not."""
    body = fold(seen.body)
    return all(fold(word) not in body for word in seen.part("person").split() if len(word) > 2)


def _full_date(seen: Seen) -> bool:
    """The date has its year, or the line says that it is the day of publication."""
    found = read_date(seen.part("date"))
    return found is not None and (not found.startswith("--") or "ublished" in seen.head)


def _blank_after(seen: Seen) -> bool:
    return seen.blank_after


def _prose_after(seen: Seen) -> bool:
    """There is a story below: at least one line of eight words, or three short ones."""
    lines = [line for line in seen.body.split("\n", 40)[:40] if line.strip()]
    return len(seen.head.split()) <= 24 and (any(line.count(" ") >= 7 for line in lines) or len(lines) >= 3)


def _after_sentence(seen: Seen) -> bool:
    """The pattern of ``where: end`` states it; a signature is also short."""
    return len(seen.head.split()) <= 6


def is_site(name: str, site: str) -> bool:
    """Whether a name is that of the site itself: "TODAY NICARAGUA" on todaynicaragua.com."""
    return bool(site) and re.sub(r"\W", "", fold(name)) == site


CONDITIONS: dict[str, Callable[[Seen], bool]] = {
    "known_place": _known_place,
    "known_agency": _known_agency,
    "known_outlet": _known_outlet,
    "sentence_after": _sentence_after,
    "no_label": _no_label,
    "no_label_name": _no_label_name,
    "new_words": _new_words,
    "full_date": _full_date,
    "blank_after": _blank_after,
    "prose_after": _prose_after,
    "after_sentence": _after_sentence,
}
