"""From a document to its times: match the grammar, then anchor what was found in text order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

from spacy.tokens import Doc

from onrecord.reading._times._calendar import shifted
from onrecord.reading._times._context import NARRATIVE, NEWS, UNDATED, Context, Resolved
from onrecord.reading._times._draft import TimeDraft
from onrecord.reading._times._grammar import grammar
from onrecord.reading._times._lattice import Lattice, build_lattice
from onrecord.reading._times._match import Sense, find_senses
from onrecord.reading._times._operations import OPERATIONS
from onrecord.reading._times._ranges import day_ends, ends, span_of


def find_times(doc: Doc, *, published: date | datetime | str | None) -> tuple[TimeDraft, ...]:
    """Every time expression of ``doc``, in text order, none overlapping.

    With ``published`` unknown, relative times keep a relative value ("a week ago" is ``P-1W``, "on Friday"
    ``XXXX-WXX-5``), unless the text is a narrative full of dates of its own, which then anchor the ones between them.
    """
    day = _day(published)
    rules = grammar()
    lattice = build_lattice(doc, rules, published=day)
    senses = find_senses(doc, lattice, rules)
    day = day or _stated_today(lattice, senses)
    context = Context(OPERATIONS, doc, lattice, day, _genre(senses, day))
    drafts: list[TimeDraft] = []
    for sense in senses:
        drafts.extend(_drafts(context, sense))
    return tuple(drafts)


def _day(published: date | datetime | str | None) -> date | None:
    if isinstance(published, str):
        return date.fromisoformat(published[:10])
    return published.date() if isinstance(published, datetime) else published


def _stated_today(lattice: Lattice, senses: list[Sense]) -> date | None:
    """The day of writing when the text says it: "today (July 26, 2022)"."""
    for first, second in pairwise(senses):
        shown = first.rule == "deictic/today" and first.args["num"] == 0 and second.rule == "date/full"
        if shown and lattice.words[first.end : second.start] == ["("]:
            try:
                return date(second.args["year"], second.args["month"], second.args["day"])
            except ValueError:
                return None
    return None


def _genre(senses: list[Sense], published: date | None) -> str:
    """A narrative when dates written with their year prevail over deictic ones, else news, dated or not.

    Under a date of publication only years well before it count: a life or a history, whose months are not this year's.
    """
    deictic = sum(sense.rule.startswith(("deictic/", "date/weekday")) for sense in senses)
    years = [year for sense in senses if isinstance(year := sense.args.get("year", sense.args.get("ya")), int)]
    if published is None:
        return NARRATIVE if len(years) >= 3 and len(years) >= 2 * deictic else UNDATED
    past = sum(year < published.year - 1 for year in years)
    return NARRATIVE if past >= 5 and past >= 3 * deictic else NEWS


def _drafts(context: Context, sense: Sense) -> list[TimeDraft]:
    if sense.op in ("range", "range_days", "pair", "pair_days"):
        pair = (day_ends if sense.op.endswith("_days") else ends)(context, sense)
        if pair is None:
            return []
        parts = [draft for end in pair for draft in _drafts(context, end)]
        if sense.op.startswith("pair") or len(parts) != 2:
            return parts
        first, second = context.resolve(pair[0]), context.resolve(pair[1])
        if first is None or second is None:
            return parts
        return [_draft(context, sense, span_of(first, second), parts=tuple(parts), start=pair[0].start)]
    found = context.resolve(sense)
    if found is None:
        return []
    _remember(context, sense, found)
    return [_draft(context, sense, _related(context, sense, found))]


def _related(context: Context, sense: Sense, found: Resolved) -> Resolved:
    """The stretch a preposition makes of a date: "since Monday" runs to now, "until" and "by" have no beginning."""
    if found.type not in ("DATE", "TIME") or not found.anchored or sense.start == 0:
        return found
    word = context.lattice.words[sense.start - 1]
    if word == "since":
        now = context.published
        return replace(found, finish=now.isoformat() if now else None)
    if word in ("until", "till", "by"):
        return replace(found, begin=None)
    if found.granularity in ("minute", "hour", "part_of_day") or word not in ("before", "after"):
        return found
    if word == "before" and found.begin is not None:
        return replace(found, begin=None, finish=_next_day(found.begin, -1))
    if word == "after" and found.finish is not None:
        return replace(found, begin=_next_day(found.finish, 1), finish=None)
    return found


def _next_day(day: str, step: int) -> str | None:
    moved = shifted(date.fromisoformat(day[:10]), step, "day")
    return moved.isoformat() if moved else None


def _remember(context: Context, sense: Sense, found: Resolved) -> None:
    """Let what comes later refer back to this time."""
    if found.period is not None and found.type in ("DATE", "TIME") and found.period.begin is not None:
        context.then, context.then_end = found.period, sense.end
        if found.period.unit in ("day", "week", "month", "season"):
            context.story = found.period
        if "year" in sense.args:
            context.written, context.written_end = found.period.begin.year, sense.end
        elif sense.rule.startswith(("deictic/", "date/weekday")):
            context.written = None


def _draft(
    context: Context, sense: Sense, found: Resolved, *, parts: tuple[TimeDraft, ...] = (), start: int | None = None
) -> TimeDraft:
    lattice = context.lattice
    end = lattice.ends[sense.end - 1]
    if context.doc.text[end - 3 : end].lower() in ("am.", "pm."):
        end -= 1  # the full stop of the sentence
    return TimeDraft(
        start=lattice.starts[sense.start if start is None else start],
        end=end,
        type=found.type,
        value=found.value,
        begin=found.begin,
        finish=found.finish,
        granularity=found.granularity,
        anchored=found.anchored,
        because=sense.rule,
        mod=found.mod,
        parts=parts,
        head=context.token(sense).i,
    )
