"""The form in which a record is mended or added: what it holds, and what becomes of it in the ledger.

A form is lists of texts by field name. Other records are named by their lasting ids. Words of the article are given as
text, with ``NAME_at`` (``start-end``, in characters) where they were selected; typed words are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onrecord.ledger import BadCorrection, Correction, Sheet, Sitting
from onrecord.ledger._corrections import Reviewed
from onrecord.ledger._ids import anchor, local_id, records_of
from onrecord.publish.web._review_view import words_of
from onrecord.records import Entity, Event, Figure, Place, Reading, Span

Values = Mapping[str, Sequence[str]]

FIELDS = {
    "event": (
        "type",
        "mode",
        "contexts",
        "status",
        "actors",
        "recipients",
        "place",
        "time",
        "attribution",
        "span",
    ),
    "figure": (
        "kind",
        "low",
        "high",
        "bound",
        "scope",
        "whom",
        "event",
        "place",
        "time",
        "attribution",
        "span",
    ),
    "statement": ("speaker", "medium", "cue", "content", "style", "stance", "attribution"),
}
"""The fields of a record that the form shows."""

_MANY = ("contexts", "actors", "recipients", "attribution", "content")
_PARTIES = ("actors", "recipients", "speaker", "medium")
_WORDS = ("span", "cue", "content")
_NUMBERS = ("low", "high")
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?!\s|[\"”’')]*\s|$)[^.!?\n]*)*[.!?]*[\"”’')]*")


class Refused(Exception):
    """What cannot be kept as given: a message for each field that is wrong, ``""`` for the whole."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(problems)
        self.problems = problems


def values_of(sheet: Sheet) -> dict[str, list[str]]:
    """A record as the form shows it first."""
    record, ids = sheet.record, sheet.reviewed.ids
    found: dict[str, list[str]] = {}
    for name in FIELDS[sheet.kind]:
        value = getattr(record, name)
        parts = value if isinstance(value, tuple) else () if value is None else (value,)
        if name in _WORDS:
            found[name] = [part.text for part in parts]
            found[f"{name}_at"] = [f"{part.start}-{part.end}" for part in parts]
        else:
            found[name] = [ids.get(str(part), str(part)) for part in parts]
    return found


def mend(sitting: Sitting, sheet: Sheet, given: Values, was: Values) -> list[Correction]:
    """Keep what the reviewer changed, all or nothing.

    Parameters
    ----------
    was: what the form showed first. A field left as it was shown says nothing, whatever the record says by now.

    Raises
    ------
    Refused: with what is wrong; the caller has to leave the sitting by an exception then, so that nothing is kept.
    """
    made = _Made(sitting, sheet.reviewed, words_of(sheet.record).start)
    wanted: dict[str, Any] = {}
    for name in FIELDS[sheet.kind]:
        if name not in given and f"new_{name}" not in given:
            continue  # a form without the field says nothing of it
        value = made.value(name, given)
        if value is not _WRONG and _texts(name, value) != list(was.get(f"{name}_at" if name in _WORDS else name, ())):
            wanted[name] = value
    if wanted.get("span") and isinstance(sheet.record, (Event, Figure)):
        old, new = sheet.record.sentence, wanted["span"]
        if not (old.start <= new["start"] and new["end"] <= old.end):
            wanted["sentence"] = sentence_at(sheet.reviewed.reading, new["start"], new["end"]).model_dump()
    kept = []
    for name, value in wanted.items():
        try:
            kept.append(sitting.edit(sheet.record_id, name, value))
        except BadCorrection as error:
            made.problems[name] = str(error)
    if made.problems:
        raise Refused(made.problems)
    if not kept:
        raise Refused({"": "Nothing was changed. Change a field, or accept or reject the record."})
    return [*made.added, *kept]


def add(sitting: Sitting, reviewed: Reviewed, kind: str, given: Values) -> list[Correction]:
    """Add what the machine missed.

    Raises
    ------
    Refused: as for ``mend``.
    """
    made = _Made(sitting, reviewed, 0)
    record: dict[str, Any] = {}
    for name in FIELDS[kind]:
        value = made.value(name, given)
        if value not in (_WRONG, None, []):
            record[name] = value
    anchor = "content" if kind == "statement" else "span"
    if anchor not in record and anchor not in made.problems:
        made.problems[anchor] = "Select or type the words of the article that say it."
    if made.problems:
        raise Refused(made.problems)
    if kind != "statement":
        span = record["span"]
        record["sentence"] = sentence_at(reviewed.reading, span["start"], span["end"]).model_dump()
    try:
        return [*made.added, sitting.add(reviewed.reading.article.id, kind, record)]
    except BadCorrection as error:
        where, _, what = str(error).partition(": ")
        name = where.partition(".")[0]
        raise Refused({name: what} if name in FIELDS[kind] else {"": str(error)}) from None


def find_words(text: str, words: str, at: str, near: int = 0) -> Span:
    """The place of some words in a text: where they were selected, else where they stand nearest to ``near``.

    Raises
    ------
    ValueError: they are not in it.
    """
    plain = " ".join(words.split())
    if match := re.fullmatch(r"(\d{1,9})-(\d{1,9})", at):
        start, end = int(match[1]), int(match[2])
        while start < end <= len(text) and text[start].isspace():
            start += 1
        while start < end <= len(text) and text[end - 1].isspace():
            end -= 1
        if start < end <= len(text) and " ".join(text[start:end].split()) == plain:
            return Span.of(text, start, end)
    if not plain:
        raise ValueError
    pattern = r"\s+".join(re.escape(word) for word in plain.split())
    found = [match.span() for match in re.finditer(pattern, text)]
    if not found:
        raise ValueError
    start, end = min(found, key=lambda span: abs(span[0] - near))
    return Span.of(text, start, end)


def sentence_at(reading: Reading, start: int, end: int) -> Span:
    """The sentence of some words: one that the reading knows, else to the next stops."""
    records: list[Event | Figure] = [*reading.events, *reading.figures]
    known = [one.sentence for one in records]
    around = [span for span in known if span.start <= start and end <= span.end]
    if around:
        return min(around, key=lambda span: span.end - span.start)
    text = reading.article.text
    for match in _SENTENCE.finditer(text, text.rfind("\n", 0, start) + 1):
        if match.end() > start:
            first, last = match.start(), max(match.end(), end)
            while text[first].isspace() and first < start:
                first += 1
            return Span.of(text, first, last)
    return Span.of(text, start, end)


_WRONG: Any = object()


@dataclass(slots=True)
class _Made:
    """Turns what a form holds into values of the record format; new parties, places and so on are added on the way."""

    sitting: Sitting
    reviewed: Reviewed
    near: int
    problems: dict[str, str] = field(default_factory=dict)
    added: list[Correction] = field(default_factory=list)

    def value(self, name: str, given: Values) -> Any:
        """The value of a field; ``_WRONG`` when there is none, with the reason in ``problems``."""
        try:
            return self._value(name, given)
        except (ValueError, BadCorrection) as error:
            self.problems[name] = str(error)
            return _WRONG

    def _value(self, name: str, given: Values) -> Any:
        texts = [text.strip() for text in given.get(name, ()) if text.strip()]
        if name in _WORDS:
            spans = list(self._spans(name, given))
            return spans if name == "content" else next(iter(spans), None)
        if name == "contexts":
            return [part for text in texts for part in re.split(r"[,\s]+", text) if part]
        if name in _NUMBERS:
            return _number(texts[0]) if texts else None
        new = self._new(name, given)
        if name in _MANY:
            return [*dict.fromkeys([*texts, *new])]
        return next(iter(new), texts[0] if texts else None)

    def _spans(self, name: str, given: Values) -> Iterator[dict[str, Any]]:
        places = given.get(f"{name}_at", ())
        for number, words in enumerate(given.get(name, ())):
            if words.strip():
                yield self._find(words, places[number] if number < len(places) else "").model_dump()

    def _find(self, words: str, at: str) -> Span:
        try:
            return find_words(self.reviewed.reading.article.text, words, at, self.near)
        except ValueError:
            raise ValueError(f"“{words.strip()}” does not stand in the article like this. Copy the words.") from None

    def _new(self, name: str, given: Values) -> list[str]:
        """The ids of records that were made from words given for this field."""

        def one(part: str) -> str:
            return next((text.strip() for text in given.get(f"new_{name}{part}", ()) if text.strip()), "")

        words = one("")
        if not words:
            return []
        span = self._find(words, one("_at"))
        if name in _PARTIES:
            return [self._added("entity", _party(span, one("_kind"), one("_country")), span)]
        if name == "place":
            where = _place(span, one("_country"), one("_latitude"), one("_longitude"))
            return [self._added("place", where, span)]
        if name == "time":
            return [self._added("time", _time(span, one("_first"), one("_last")), span)]
        speaker = one("_speaker") or None
        said: dict[str, Any] = {
            "speaker": speaker,
            "content": [span.model_dump()],
            "style": "indirect",
            "stance": "asserts",
        }
        if cue := one("_cue"):
            said["cue"] = self._find(cue, one("_cue_at")).model_dump()
        return [self._added("statement", said, span)]

    def _added(self, kind: str, record: dict[str, Any], span: Span) -> str:
        """The id of a new record; of the one that is there when the article has one on exactly these words."""
        there = (one for its_kind, one in records_of(self.reviewed.reading) if its_kind == kind)
        for one in there:
            spans = one.mentions if isinstance(one, (Entity, Place)) else (anchor(one),)
            if (span.start, span.end) in {(its.start, its.end) for its in spans}:
                return self.reviewed.ids[local_id(one)]
        self.added.append(self.sitting.add(self.reviewed.reading.article.id, kind, record))
        return self.added[-1].record_id


def _party(span: Span, kind: str, country: str) -> dict[str, Any]:
    form = "name" if span.text[:1].isupper() else "description"
    return {
        "name": " ".join(span.text.split()),
        "kind": kind or ("organisation" if form == "name" else "group"),
        "country": _country(country),
        "mentions": [{**span.model_dump(), "form": form}],
    }


def _place(span: Span, country: str, latitude: str, longitude: str) -> dict[str, Any]:
    if bool(latitude) != bool(longitude):
        raise ValueError("Give latitude and longitude both, or neither.")
    try:
        where = {"latitude": float(latitude), "longitude": float(longitude)} if latitude else {}
    except ValueError:
        raise ValueError("Latitude and longitude are degrees with a decimal point: 15.55.") from None
    name = " ".join(span.text.split())
    precision = {"precision": "city"} if where else {}
    return {"name": name, "country": _country(country), **where, **precision, "mentions": [span.model_dump()]}


def _time(span: Span, first: str, last: str) -> dict[str, Any]:
    for day in (first, last):
        if day and not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            raise ValueError(f"{day!r} is not a day. Write it as 2024-03-14.")
    if last and not first:
        raise ValueError("Give the first day too.")
    if last and last < first:
        raise ValueError("The last day is before the first.")
    last = last or first
    value = first if first == last else f"{first}/{last}"
    known = {"value": value, "start": first, "end": last, "granularity": "day", "anchored": True}
    unknown = {"value": "XXXX", "granularity": "unknown", "anchored": False}
    return {"span": span.model_dump(), **(known if first else unknown)}


def _country(code: str) -> str | None:
    if code and not re.fullmatch(r"[A-Za-z]{3}", code):
        raise ValueError(f"country {code!r}: write three letters, as SDN.")
    return code.upper() or None


def _number(text: str) -> int:
    plain = text.replace(",", "").replace(" ", "")
    if not plain.isascii() or not plain.isdigit() or len(plain) > 18:
        raise ValueError(f"{text!r} is not a whole number.")
    return int(plain)


def _texts(name: str, value: Any) -> list[str]:
    """A value as the form has it; of words, where they are."""
    several = value if isinstance(value, list) else [] if value is None else [value]
    return [f"{one['start']}-{one['end']}" if name in _WORDS else str(one) for one in several]
