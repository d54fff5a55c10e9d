"""Scores of the time layer on WikiWars (TIMEX2 spans and values) and on the dates of GUM."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from onrecord.reading._times import TimeDraft, find_times

WIKIWARS_DEV = range(17, 23)


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated time: character span and value ("" when the annotators gave none)."""

    start: int
    end: int
    value: str


def score_wikiwars(nlp: Language, data_dir: Path | str, *, numbers: range = WIKIWARS_DEV) -> dict[str, float]:
    """Span F1, strict and relaxed, and value accuracy on relaxed matches, over the articles ``numbers``.

    Of nested annotations the outermost counts. A range of ours counts as its two ends, as TIMEX2
    marks it. Articles are read as undated narratives: their annotated creation date is the day of download.
    """
    tally = _Tally()
    for _, text, gold in wikiwars(Path(data_dir), numbers):
        found = [part for draft in find_times(nlp(text), published=None) for part in (draft.parts or (draft,))]
        tally.add(gold, found)
    return tally.scores()


def wikiwars(data_dir: Path, numbers: range) -> Iterator[tuple[str, str, list[Gold]]]:
    """Name, text and annotations of each article."""
    for path in sorted((data_dir / "wikiwars" / "keyinline").glob("*.xml")):
        if int(path.name[:2]) in numbers:
            body = path.read_text(encoding="utf-8").split("<TEXT>")[1].split("</TEXT>")[0]
            text, gold = _inline(body)
            yield path.stem, text, gold


def _inline(body: str) -> tuple[str, list[Gold]]:
    pieces: list[str] = []
    length = depth = 0
    opened: tuple[int, str] = (0, "")
    gold: list[Gold] = []
    for piece in re.split(r"(</?TIMEX2[^>]*>)", body):
        if piece.startswith("<TIMEX2"):
            if depth == 0:
                value = re.search(r'val="([^"]*)"', piece, re.IGNORECASE)
                opened = (length, value.group(1) if value else "")
            depth += 1
        elif piece.startswith("</TIMEX2"):
            depth -= 1
            if depth == 0:
                gold.append(Gold(opened[0], length, opened[1]))
        else:
            plain = html.unescape(piece)
            pieces.append(plain)
            length += len(plain)
    return "".join(pieces), gold


class _Tally:
    """Counts over articles."""

    def __init__(self) -> None:
        self.gold = self.found = self.strict = self.relaxed = self.valued = self.right = 0
        self.misses: list[tuple[str, Gold | None, TimeDraft | None]] = []

    def add(self, gold: Sequence[Gold], found: Sequence[TimeDraft]) -> None:
        self.gold += len(gold)
        self.found += len(found)
        free = list(found)
        for item in gold:
            same = [draft for draft in free if (draft.start, draft.end) == (item.start, item.end)]
            over = same or [draft for draft in free if draft.start < item.end and item.start < draft.end]
            if not over:
                self.misses.append(("missed", item, None))
                continue
            draft = over[0]
            free.remove(draft)
            self.relaxed += 1
            self.strict += bool(same)
            if not same:
                self.misses.append(("span", item, draft))
            if item.value:
                self.valued += 1
                if same_value(item.value, draft.value):
                    self.right += 1
                else:
                    self.misses.append(("value", item, draft))
        self.misses.extend(("extra", None, draft) for draft in free)

    def scores(self) -> dict[str, float]:
        return {
            "relaxed_f1": _f1(self.relaxed, self.found, self.gold),
            "strict_f1": _f1(self.strict, self.found, self.gold),
            "relaxed_precision": self.relaxed / max(self.found, 1),
            "relaxed_recall": self.relaxed / max(self.gold, 1),
            "value_accuracy": self.right / max(self.valued, 1),
            "gold": self.gold,
            "found": self.found,
        }


def _f1(right: int, found: int, gold: int) -> float:
    return 2 * right / max(found + gold, 1)


def same_value(gold: str, ours: str) -> bool:
    """TIMEX2 and TIMEX3 spell a few values differently: decades 199 and 199X, centuries 18 and 18XX."""
    return _plain(gold) == _plain(ours)


def _plain(value: str) -> str:
    value = re.sub(r"^(BC)?(\d{3})X$", r"\1\2", value)
    value = re.sub(r"^(BC)?(\d{2})XX$", r"\1\2", value)
    return re.sub(r"(T\d\d:\d\d).*", r"\1", value)


def score_gum_dates(nlp: Language, data_dir: Path | str, *, split: str = "dev") -> dict[str, float]:
    """Recall of the annotated dates and value accuracy on those found.

    A value is right when it gives the annotated date, or when its stretch is the annotated one: the same two ends to
    within the precision they are written in, or, for "not before … not after", inside them. Tokens and sentences are
    GUM's; publication is its ``dateCreated``.
    """
    gold = found = right = 0
    for _, words, starts, published, dates in gum_documents(Path(data_dir), split):
        doc = nlp(Doc(nlp.vocab, words=words, sent_starts=[*starts]))
        drafts = find_times(doc, published=published)
        for first, last, attributes in dates:
            gold += 1
            begin, end = doc[first].idx, doc[last].idx + len(doc[last])
            over = [draft for draft in drafts if draft.start < end and begin < draft.end]
            over.sort(key=lambda draft: abs(draft.start - begin) + abs(draft.end - end))
            if over:
                found += 1
                candidates = (over[0], *over[0].parts)
                right += any(date_fits(attributes, draft) for draft in candidates)
    return {"recall": found / max(gold, 1), "value_accuracy": right / max(found, 1), "gold": gold, "found": found}


def gum_documents(
    data_dir: Path, split: str
) -> Iterator[tuple[str, list[str], list[bool], str | None, list[tuple[int, int, dict[str, str]]]]]:
    """Name, tokens, sentence starts, date of creation and annotated dates (first token, last token, attributes)."""
    for path in sorted((data_dir / "gum_dates" / split).glob("*.xml")):
        words: list[str] = []
        starts: list[bool] = []
        dates: list[tuple[int, int, dict[str, str]]] = []
        open_dates: list[tuple[int, dict[str, str]]] = []
        created: str | None = None
        new = True
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("<text "):
                created = _attributes(line).get("dateCreated")
            elif line.startswith(("<s ", "<s>")):
                new = True
            elif re.match(r"<(date|time)\b", line):
                open_dates.append((len(words), _attributes(line)))
            elif re.match(r"</(date|time)>", line):
                first, attributes = open_dates.pop()
                if len(words) > first:
                    dates.append((first, len(words) - 1, attributes))
            elif "\t" in line:
                words.append(html.unescape(line.split("\t")[0]))
                starts.append(new)
                new = False
        yield path.stem, words, starts, created, dates


def _attributes(line: str) -> dict[str, str]:
    return dict(re.findall(r'(\w+)="([^"]*)"', line))


def date_fits(attributes: dict[str, Any], draft: TimeDraft) -> bool:
    """True when ``draft`` gives the annotated date or stretch."""
    when = attributes.get("when")
    if when is not None:
        if re.match(r"\d\d:\d\d", when):  # a time of day
            return f"T{when[:5]}" in draft.value
        when = re.sub(r"^(-?)(\d{1,3})$", lambda m: f"{m[1]}{int(m[2]):04}", when)
        value = _iso(draft.value)
        return value[: len(when)] == when or _yearless(when, draft) or when[:10] in (draft.begin, draft.finish)
    first, last = attributes.get("from"), attributes.get("to")
    if first is not None and last is not None:
        return _same_stretch(first, last, draft)
    low, high = attributes.get("notBefore", first), attributes.get("notAfter", last)
    if draft.value.startswith("BC"):
        return any(end is not None and end.startswith("-") for end in (low, high))
    if draft.begin is None:  # "by 1900"
        return low is None and high is not None and draft.finish is not None and draft.finish[:4] == high[:4]
    return (low is None or draft.finish is None or draft.finish >= low) and (
        high is None or draft.begin[: len(high)] <= high
    )


def _iso(value: str) -> str:
    return re.sub(r"^BC(\d+)", r"-\1", value.split("T")[0])


def _yearless(when: str, draft: TimeDraft) -> bool:
    return when.startswith("--") and draft.value[5:].startswith(when[2:])


_SEASON_MONTHS = {("--03", "--06"): "SP", ("--06", "--09"): "SU", ("--09", "--12"): "FA", ("--12", "--03"): "WI"}


def _same_stretch(first: str, last: str, draft: TimeDraft) -> bool:
    season = _SEASON_MONTHS.get((first, last))
    if season is not None or draft.granularity == "season":
        if season is None and draft.begin is not None:
            return draft.begin[:7] == first[:7] or (
                abs(int(draft.begin[5:7]) - int(first[5:7])) <= 1 and draft.begin[:4] == first[:4]
            )
        return draft.value.endswith(f"-{season}")
    if re.fullmatch(r"\d\d[\dX]X", draft.value):  # of "early 1990s" GUM marks the decade alone
        digits = draft.value.rstrip("X")
        return first.startswith(digits) and last.startswith(digits)
    if draft.begin is None or draft.finish is None:
        return False
    return _near(draft.begin, first) and _near(draft.finish, last)


def _near(ours: str, theirs: str) -> bool:
    """Equal to the precision written, or within a week of one another (weeks and windows are drawn loosely)."""
    if ours[: len(theirs)] == theirs[:10]:
        return True
    if len(theirs) < 10 or theirs.startswith("-"):
        return False
    return abs((date.fromisoformat(ours[:10]) - date.fromisoformat(theirs[:10])).days) <= 7
