"""Conditions a rule may ask for that a row of words cannot express, by name."""

# ruff: noqa: ARG001  (every condition has the same signature)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.tokens import Doc, Token

from onrecord.reading._counts import lemma_of, measures
from onrecord.reading._times._grammar import grammar
from onrecord.reading._times._lattice import Lattice


def passes(name: str, doc: Doc, lattice: Lattice, start: int, end: int, args: dict[str, Any]) -> bool:
    """True when the condition ``name`` holds for the atoms ``start:end``."""
    return GUARDS[name](doc, lattice, start, end, args)


def _before(lattice: Lattice, at: int) -> str:
    return lattice.words[at - 1] if at > 0 else ""


def _after(lattice: Lattice, at: int) -> str:
    return lattice.words[at] if at < len(lattice.words) else ""


def _token(doc: Doc, lattice: Lattice, at: int) -> Token:
    return doc[lattice.tokens[at]]


def _glued(lattice: Lattice, at: int) -> bool:
    """True when atom ``at`` touches the one before it."""
    return 0 < at < len(lattice.words) and lattice.starts[at] == lattice.ends[at - 1]


def _year(doc: Doc, lattice: Lattice, start: int, end: int, args: dict[str, Any]) -> bool:
    """A bare four-digit number that is a year and no count, price, clock time or part of a name."""
    data = grammar().data["year"]
    if end - start > 1:  # "the year 1994"
        return True
    before, after, year = _before(lattice, start), _after(lattice, end), args["year"]
    if after in data["not_after"] or before in data["not_before"]:
        return False
    if (
        _glued(lattice, start)
        and before not in _OPENERS
        and not (before in _DASHES and _joins_year(_before(lattice, start - 1)))
    ):
        return False
    if _glued(lattice, end) and after not in _CLOSERS and not after.startswith(("'", "’")):
        return False
    token = _token(doc, lattice, start)
    if token.dep_ == "nummod" and token.head.i > token.i and token.head.tag_ in ("NNS", "NNPS"):
        if (
            lemma_of(token.head) in measures()["persons"]
            or before not in data["before"]
            or before in ("by", "between", "to", "for")
        ):
            return False
        return bool(1500 <= year <= 2050)
    if 1900 <= year <= 2050:
        return True
    fitting: list[str] = data["strong"] if year > 2050 or year < 1500 else data["before"]
    return before in fitting


_TELLS_HOUR = frozenset(
    {"", "at", "by", "from", "until", "till", "around", "about", "since", "before", "after", "to", "between"}
)
_TELLS_HOUR |= {"and", "past", "(", ",", "-", "–", "on", "of", "the", "nearly", "exactly", "approximately"}


def _clock(doc: Doc, lattice: Lattice, start: int, end: int, args: dict[str, Any]) -> bool:
    """Two numbers and a colon are a clock time after a preposition ("at 10:30") and no score or ratio."""
    bare = "clock" in args and "zone" not in args and ":" in "".join(lattice.words[start:end])
    digits = all(not any(letter.isalpha() for letter in word) for word in lattice.words[start:end])
    return not (bare and digits) or _before(lattice, start) in _TELLS_HOUR


def _joins_year(word: str) -> bool:
    return word[-1:].isdecimal() or word in ("mid", "early", "late", "end", "pre", "post")


_OPENERS = frozenset("([{\"'“‘«/–—")
_DASHES = frozenset("-–—/")
_CLOSERS = frozenset(")]},.;:!?\"'”’»-–—/…")


def _year3(doc: Doc, lattice: Lattice, start: int, end: int, args: dict[str, Any]) -> bool:
    """A three-digit year in a text about antiquity: after "in" and the like, where years BC are written elsewhere."""
    if _before(lattice, start) not in (
        "in",
        "since",
        "until",
        "by",
        "from",
        "of",
        "to",
        "between",
        "and",
        "-",
        "–",
        "around",
    ):
        return False
    if _token(doc, lattice, start).dep_ == "nummod" or _after(lattice, end) in grammar().data["year"]["not_after"]:
        return False
    return "bc" in lattice.words or "bce" in lattice.words


def _month(doc: Doc, lattice: Lattice, start: int, end: int, args: dict[str, Any]) -> bool:
    """A month's name that is a month: not "may", not Theresa May, not April Jones, not a march."""
    token = _token(doc, lattice, end - 1)
    if token.lower_ not in ("may", "march", "april", "june", "august", "mar", "jan", "dec"):
        return True
    if token.tag_ in ("MD", "VB", "VBP", "VBD", "VBZ", "JJ"):
        return False
    if token.ent_type_ == "PER":
        return False
    if token.lower_ == "may" and token.i > 0 and not token.tag_:
        return _before(lattice, end - 1) in grammar().data["prepositions"]["month"]
    if token.lower_ == "march" and not _dated(doc, lattice, start, end):
        return False
    neighbours = [doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(doc)]
    return not (
        token.lower_ in ("march", "may") and any(n.dep_ in ("flat", "compound") and n.ent_type_ for n in neighbours)
    )


def _dated(doc: Doc, lattice: Lattice, start: int, end: int) -> bool:
    """ "in March", "the March elections"; not "the Long March", "Women's March", "the March to the sea"."""
    if start == 0:
        return True
    before = _token(doc, lattice, start - 1)
    if before.lower_ == "the":
        return end < len(lattice.words) and _token(doc, lattice, end).tag_ in ("NN", "NNS", "JJ", "CD")
    return not (
        before.tag_ in ("NNP", "NNPS", "POS")
        or (before.tag_ == "NN" and before.text[:1].isupper() and not before.is_sent_start)
    )


def _season(doc: Doc, lattice: Lattice, start: int, end: int, args: dict[str, Any]) -> bool:
    """A season's name that is a season: not the fall of Kabul, not to spring, not the Arab Spring."""
    at = next(
        i for i in range(start, end) if lattice.words[i].startswith(("spring", "summer", "autumn", "fall", "winter"))
    )
    token = _token(doc, lattice, at)
    if token.tag_.startswith("VB"):
        return False
    if "year" in args:
        return True
    word, before, after = lattice.words[at], _before(lattice, start), _after(lattice, end)
    if token.dep_ == "compound" and token.text.islower():
        return True
    if token.text[0].isupper() and not token.is_sent_start and (token.ent_type_ or _is_title(doc, token.i - 1)):
        return False
    if after == "of" or (after in ("olympics", "games", "paralympics", "palace", "camp", "school", "onions", "guard")):
        return False
    if word == "fall":
        return before in ("in", "during", "this", "last", "next", "by") or (
            start < at and before in ("in", "during", "by", "since")
        )
    if token.is_sent_start and token.tag_ in ("NN", "NNP") and token.dep_ != "compound" and not token.ent_type_:
        return word != "fall"
    return (
        start < at
        or before in grammar().data["prepositions"]["season"]
        or token.dep_ in ("obl", "obl:unmarked", "nmod")
    )


def _is_title(doc: Doc, i: int) -> bool:
    return i >= 0 and doc[i].text[:1].isupper() and not doc[i].is_sent_start


def _weekday(doc: Doc, lattice: Lattice, start: int, end: int, args: dict[str, Any]) -> bool:
    """Not in the name of a newspaper: the Sunday Times."""
    if _after(lattice, end) not in grammar().data["papers"]:
        return True
    return not _token(doc, lattice, end).text[:1].isupper()


def _feast(doc: Doc, lattice: Lattice, start: int, end: int, args: dict[str, Any]) -> bool:
    """A feast or holiday by itself: not the Tet Offensive, not Operation Ramadan, not a White Christmas."""
    if "year" in args:
        return True
    first, last = _token(doc, lattice, start), _token(doc, lattice, end - 1)
    if not first.text[:1].isupper() or (
        first.i > 0 and doc[first.i - 1].tag_ in ("NNP", "NNPS") and not doc[first.i - 1].is_space
    ):
        return False
    following = doc[last.i + 1] if last.i + 1 < len(doc) else None
    return following is None or not (following.text[:1].isupper() and following.tag_ in ("NNP", "NNPS", "NN"))


def _ordinal_day(doc: Doc, lattice: Lattice, start: int, end: int, args: dict[str, Any]) -> bool:
    """ "on the 9th": a day of the month the story has reached, and not the ninth of something."""
    return (
        lattice.words[end - 1][:1].isdecimal()
        and _before(lattice, start) in ("on", "until", "by", "since", "of", "and", "from", "to")
        and (_after(lattice, end) in grammar().data["prepositions"]["after_day"] or not _after(lattice, end).isalpha())
        and _after(lattice, end) not in ("-", "–")
    )


def _now(doc: Doc, lattice: Lattice, start: int, end: int, args: dict[str, Any]) -> bool:
    word = lattice.words[end - 1]
    if word == "now" and _before(lattice, start) in ("until", "till") and start + 1 == end:
        return True
    if word == "present" and start + 1 == end:
        return _before(lattice, start) == "at"
    if word == "moment":
        return _before(lattice, start) in ("at", "for")
    if word in ("past", "future"):
        return (
            _before(lattice, start) in ("in", "for", "of", "near", "from", "to")
            and _token(doc, lattice, end - 1).tag_ in ("NN", "", "JJ")
            and _after(lattice, end) not in _FUTURE_OF
        )
    return True


_FUTURE_OF = frozenset({"of"})


def _at_time(doc: Doc, lattice: Lattice, start: int, end: int, args: dict[str, Any]) -> bool:
    """ "at that time", "during this period", and not "this time" alone, which is an occasion."""
    before = _before(lattice, start)
    word = lattice.words[end - 1]
    if _after(lattice, end) in ("for", "to", "limit"):
        return False
    if lattice.words[start] == "the" and start + 2 == end:
        return (
            word == "time"
            and before == "at"
            and _after(lattice, end) in ("", ",", ".", "and", ")", ";", "was", "were", "had", "that")
        )
    if word in ("moment", "point", "era"):
        return before in ("at", "from", "until", "by", "since", "in")
    return before in (
        "at",
        "by",
        "of",
        "around",
        "until",
        "since",
        "about",
        "during",
        "in",
        "from",
        "over",
        "throughout",
        "for",
        "before",
        "after",
        "to",
        "on",
    )


def _length(doc: Doc, lattice: Lattice, start: int, end: int, args: dict[str, Any]) -> bool:
    """A bare length: "three weeks", "a day", but not "a second", "one minute" or "24 - hour" used as a name."""
    length = args["len"].args
    if _after(lattice, end) in ("-", "–") and _glued(lattice, end):
        return False  # "a week-long strike" is another rule's
    if (length["num"] or 0) > 400 and lattice.words[end - 1] in ("day", "week", "month", "year", "hour"):
        return False  # "World Cup 2018 day five"
    if length["unit"] in ("second", "minute"):
        return length["num"] is not None and lattice.words[start] not in ("a", "an", "one")
    return not (
        lattice.words[start] == "one"
        and lattice.words[end - 1] in ("day", "month")
        and _before(lattice, start) in ("", ".", "“", '"')
    )


def _lengths(doc: Doc, lattice: Lattice, start: int, end: int, args: dict[str, Any]) -> bool:
    """Bare "years", "months" only where they measure: "for years", "years of war", "within hours"."""
    if end - start > 1:
        return lattice.words[start] not in ("more", "full", "entire", "whole", "short", "single")
    before, after = _before(lattice, start), _after(lattice, end)
    if lattice.words[start] in ("seconds", "minutes", "quarters"):
        return before in ("for", "within", "in", "after")
    return (
        before
        in ("for", "within", "in", "after", "over", "through", "during", "took", "taken", "take", "takes", "several")
        or after == "of"
    )


def _per(doc: Doc, lattice: Lattice, start: int, end: int, args: dict[str, Any]) -> bool:
    """ "per day" always; "a day" when it is a rate: after a count or a sum and its noun."""
    if lattice.words[start] in ("per", "once", "twice"):
        return True
    token = _token(doc, lattice, end - 1)
    return (
        token.dep_ in ("nmod:unmarked", "nmod:npmod", "nmod")
        and token.head.i < token.i
        and _token(doc, lattice, start).i == token.head.i + 1
    )


def _adverb_set(doc: Doc, lattice: Lattice, start: int, end: int, args: dict[str, Any]) -> bool:
    """Not in the name of a newspaper or a firm: the Daily Star, Weekly Review."""
    token = _token(doc, lattice, start)
    if token.is_sent_start and not _is_upper(doc, token.i + 1):
        return True
    return not (token.text[:1].isupper() or token.ent_type_)


def _is_upper(doc: Doc, i: int) -> bool:
    return i < len(doc) and doc[i].text[:1].isupper()


def _edge_of(doc: Doc, lattice: Lattice, start: int, end: int, args: dict[str, Any]) -> bool:
    """ "early May", not "earlier than May" or "the middle West"."""
    return lattice.words[start] != "middle"


def _bare_part(doc: Doc, lattice: Lattice, start: int, end: int, args: dict[str, Any]) -> bool:
    """ "in the morning", "at night", "at dawn": only after a preposition of time or a determiner that fits."""
    before, first, last = _before(lattice, start), lattice.words[start], lattice.words[end - 1]
    if end - start > 1:
        return (
            before in ("in", "during", "by", "on", "until", "of", "into", "through", "throughout", "for")
            or first in ("early", "late", "one")
            or last == "hours"
        )
    return before in (
        "at",
        "by",
        "before",
        "after",
        "until",
        "around",
        "about",
        "since",
        "till",
        "during",
        "from",
        "of",
        "through",
        "every",
    )


def _year_range(doc: Doc, lattice: Lattice, start: int, end: int, args: dict[str, Any]) -> bool:
    """1994-96, 2007/2008; and not a telephone number, a score or a sum."""
    if "ya" not in args:
        return True
    first, last = args["ya"], args["yb"]
    if last < 100:
        last += first // 100 * 100
    if _before(lattice, start) in ("$", "€", "£") or _after(lattice, end) in grammar().data["year"]["not_after"]:
        return False
    if _before(lattice, start) in ("was", "were") and lattice.words[start + 1] == "-" and not 1 <= last - first <= 30:
        return False
    return 0 < last - first <= 200 and not (_glued(lattice, start) and _before(lattice, start) not in _OPENERS)


def _range(doc: Doc, lattice: Lattice, start: int, end: int, args: dict[str, Any]) -> bool:
    """Two times of a like kind; a hyphen joins only years, months and numbered days."""
    a, b = args["a"], args["b"]
    if "x" not in args:
        between = lattice.words[a.end]
        if between in ("-", "–", "—"):
            return a.kind == b.kind and a.kind in ("Y", "M", "D", "DEC", "T") and (between != "—" or a.kind == "Y")
        return (a.kind == b.kind or "weekday" not in b.args) and between != "until"
    return True


GUARDS: dict[str, Callable[[Doc, Lattice, int, int, dict[str, Any]], bool]] = {
    "clock": _clock,
    "adverb_set": _adverb_set,
    "at_time": _at_time,
    "bare_part": _bare_part,
    "edge_of": _edge_of,
    "feast": _feast,
    "length": _length,
    "lengths": _lengths,
    "month": _month,
    "now": _now,
    "ordinal_day": _ordinal_day,
    "per": _per,
    "range": _range,
    "season": _season,
    "weekday": _weekday,
    "year": _year,
    "year3": _year3,
    "year_range": _year_range,
}
