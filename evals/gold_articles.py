"""Everything together on 24 real articles annotated in full, through the whole reader; the guide beside them defines
the scores.

Articles are read from their files' text with the annotated day of publication. Annotated offsets are carried over
to the text as read.

Events. One read matches one annotated when its type is the annotated one or an alternative and the annotated anchor
begins in its sentence; one to one, overlapping triggers first, then equal status.
* `events_f1`, `events_precision`, `core_recall` (of events marked core). n: annotated events (core ones).
Over matched events (n):
* `status`: equal. `unreal_as_done`: of those annotated planned, called_for, threatened, hypothetical or negated,
  the share read as happened or ongoing (n: those).
* `parties_f1`: one to one within a role; an entity is right when its country equals the annotated one, or its name
  shares at least half of the words of the shorter name; CONSULT pools both roles. UNO, EUR and IGO count as one
  code. n: annotated parties.
* `attribution`: any annotated speaker is among the named speakers of the chain (on any mention), or neither names
  one.
* `whole`: over all annotated events, those matched with every party in its role, none too many, and the status
  right.

Statements: pair up at 0.4 intersection over union of characters, from the first to the last word of the content.
* `statements_f1`, with precision and recall; `speaker`: of pairs, the name rule on any mention of the speaker. n:
  annotated statements.

Figures: one read matches one annotated in the same sentence with equal low and high.
* `figures_f1`; `figure_kind`: of pairs, equal kind. n: annotated figures.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals._corpora import Span, map_offsets
from evals._metrics import Counts, largest_pairing, pair_up, percent
from evals._plover import SAME_CODE, country_code
from evals._reading import overlap, read
from evals._score import Score, need
from onrecord.records import Entity, Event, Figure, Reading, Statement

SMALL_WORDS = {"the", "a", "an", "of", "and", "for", "in", "on", "to", "at", "s", "from", "its", "his", "her", "their"}


@dataclass
class Tally:
    """What is counted over all articles."""

    events: Counts = field(default_factory=Counts)
    parties: Counts = field(default_factory=Counts)
    statements: Counts = field(default_factory=Counts)
    figures: Counts = field(default_factory=Counts)
    core: int = 0
    core_found: int = 0
    status_right: int = 0
    unreal: int = 0
    unreal_as_done: int = 0
    attribution_right: int = 0
    whole_right: int = 0
    speaker_right: int = 0
    kind_right: int = 0


def score(data: Path) -> list[Score]:
    tally = Tally()
    for path in sorted(need(data / "gold_articles").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = need(data / "articles" / gold["file"]).read_text(encoding="utf-8")  # reading normalises newlines to \n
        reading = read(text, name=gold["file"], published=gold["published"])
        add_article(tally, moved(gold, map_offsets(text, reading.article.text)), reading)
    return scores_of(tally)


def moved(gold: dict[str, Any], offsets: Sequence[int]) -> dict[str, Any]:
    """The annotation with its offsets in the text as it was read."""
    return {
        **gold,
        **{
            kind: [{**item, "start": offsets[item["start"]], "end": offsets[item["end"]]} for item in gold[kind]]
            for kind in ("events", "statements", "figures")
        },
    }


def add_article(tally: Tally, gold: dict[str, Any], reading: Reading) -> None:
    """Count one article."""
    entities = {n.id: n for n in reading.entities}
    add_events(tally, gold["events"], reading, entities)
    add_statements(tally, gold["statements"], reading, entities)
    figures = [figure for figure in reading.figures if figure.currency is None]  # annotated are counts of people
    pairs = pair_up(gold["figures"], figures, figure_rank)
    tally.figures.add(len(pairs), len(gold["figures"]), len(figures))
    tally.kind_right += sum(gold["figures"][i]["kind"] == figures[j].kind for i, j in pairs)


# ---------------------------------------------------------------------------------------------------------- events
def add_events(tally: Tally, gold: Sequence[dict[str, Any]], reading: Reading, entities: dict[str, Entity]) -> None:
    pairs = pair_up(gold, reading.events, event_rank)
    tally.events.add(len(pairs), len(gold), len(reading.events))
    tally.core += sum(g["core"] for g in gold)
    speakers_of = {s.id: s.speaker for s in reading.statements}
    for i, j in pairs:
        annotated, event = gold[i], reading.events[j]
        tally.core_found += annotated["core"]
        status_right = annotated["status"] == event.status
        tally.status_right += status_right
        if annotated["status"] not in {"happened", "ongoing"}:
            tally.unreal += 1
            tally.unreal_as_done += event.status.real
        parties = count_parties(annotated, event, entities)
        tally.parties.add(parties.right, parties.gold, parties.said)
        tally.whole_right += status_right and parties.right == parties.gold == parties.said
        chain = [entities[s] for k in event.attribution if (s := speakers_of[k]) is not None]
        tally.attribution_right += attribution_right(annotated["speakers"], chain)


def event_rank(gold: dict[str, Any], event: Event) -> tuple[float, ...] | None:
    """Overlapping triggers first, then equal status; None when the two cannot be the same act."""
    if event.type not in {gold["type"], *gold["alt_types"]} or not within(gold["start"], event.sentence):
        return None
    shared = overlap((gold["start"], gold["end"]), (event.span.start, event.span.end))
    return float(shared > 0), float(event.status == gold["status"]), float(event.type == gold["type"])


def within(offset: int, sentence: Any) -> bool:
    return bool(sentence.start <= offset < sentence.end)


def count_parties(gold: dict[str, Any], event: Event, entities: dict[str, Entity]) -> Counts:
    """Parties of one matched event, role by role; both roles together for CONSULT."""
    said = {"actors": [entities[a] for a in event.actors], "recipients": [entities[r] for r in event.recipients]}
    if "CONSULT" in (gold["type"], event.type):
        sides = [(gold["actors"] + gold["recipients"], said["actors"] + said["recipients"])]
    else:
        sides = [(gold[role], said[role]) for role in said]
    counts = Counts()
    for annotated, found in sides:
        counts.add(len(largest_pairing(annotated, found, same_party)), len(annotated), len(found))
    return counts


def same_party(gold: dict[str, Any], entity: Entity) -> bool:
    """Equal country, or names that share enough words."""
    code = country_code(entity)
    if gold["country"] and code and SAME_CODE.get(code, code) == SAME_CODE.get(gold["country"], gold["country"]):
        return True
    return same_name(gold["name"], entity.name)


def same_name(one: str, other: str) -> bool:
    """The names share at least half of the words of the shorter one; articles and the like do not count."""
    a, b = name_words(one), name_words(other)
    return bool(a and b) and 2 * len(a & b) >= min(len(a), len(b))


def name_words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.lower())) - SMALL_WORDS


def any_mention(name: str, entity: Entity) -> bool:
    """The name rule on the entity's name or any of its mentions by name or description."""
    texts = [entity.name, *(m.text for m in entity.mentions if m.form != "pronoun")]
    return any(same_name(name, text) for text in texts)


def attribution_right(gold: Sequence[str], chain: Sequence[Entity]) -> bool:
    if not gold or not chain:
        return not gold and not chain
    return any(any_mention(name, speaker) for name in gold for speaker in chain)


# ------------------------------------------------------------------------------------------ statements and figures
def add_statements(tally: Tally, gold: Sequence[dict[str, Any]], reading: Reading, entities: dict[str, Entity]) -> None:
    pairs = pair_up(gold, reading.statements, statement_rank)
    tally.statements.add(len(pairs), len(gold), len(reading.statements))
    for i, j in pairs:
        speaker = reading.statements[j].speaker
        tally.speaker_right += speaker is not None and any_mention(gold[i]["speaker"], entities[speaker])


def statement_rank(gold: dict[str, Any], statement: Statement) -> tuple[float, ...] | None:
    """Intersection over union of the contents, each from its first to its last character; None below 0.4."""
    said: Span = min(c.start for c in statement.content), max(c.end for c in statement.content)
    annotated = (gold["start"], gold["end"])
    shared = overlap(annotated, said)
    union = (annotated[1] - annotated[0]) + (said[1] - said[0]) - shared
    return (shared / union,) if union and shared / union >= 0.4 else None


def figure_rank(gold: dict[str, Any], figure: Figure) -> tuple[float, ...] | None:
    """Equal bounds in the same sentence; overlapping words and equal kind first."""
    if (gold["low"], gold["high"]) != (figure.low, figure.high) or not within(gold["start"], figure.sentence):
        return None
    shared = overlap((gold["start"], gold["end"]), (figure.span.start, figure.span.end))
    return float(shared > 0), float(gold["kind"] == figure.kind)


# ----------------------------------------------------------------------------------------------------------- table
def scores_of(tally: Tally) -> list[Score]:
    """The counts as scores."""
    corpus, matched = "gold_articles", tally.events.right

    def row(name: str, value: float, n: int, *, lower: bool = False, pinned: bool = True) -> Score:
        return Score(f"gold.{name}", value, corpus, n, lower_is_better=lower, pinned=pinned)

    return [
        row("events_f1", tally.events.f1, tally.events.gold),
        row("events_precision", tally.events.precision, tally.events.said, pinned=False),
        row("events_recall", tally.events.recall, tally.events.gold, pinned=False),
        row("core_recall", percent(tally.core_found, tally.core), tally.core),
        row("status", percent(tally.status_right, matched), matched),
        row("unreal_as_done", percent(tally.unreal_as_done, tally.unreal), tally.unreal, lower=True),
        row("parties_f1", tally.parties.f1, tally.parties.gold),
        row("attribution", percent(tally.attribution_right, matched), matched),
        row("whole", percent(tally.whole_right, tally.events.gold), tally.events.gold),
        row("statements_f1", tally.statements.f1, tally.statements.gold),
        row("statements_precision", tally.statements.precision, tally.statements.said, pinned=False),
        row("statements_recall", tally.statements.recall, tally.statements.gold, pinned=False),
        row("speaker", percent(tally.speaker_right, tally.statements.right), tally.statements.right),
        row("figures_f1", tally.figures.f1, tally.figures.gold),
        row("figure_kind", percent(tally.kind_right, tally.figures.right), tally.figures.right),
    ]
