"""Events, parties and figures on sentences of the Current Events portal of 2025 that we annotated ourselves.

The annotation (`training/annotations/`, made as its GUIDE.md says) holds no words of the text: ids, spans and a hash
of each sentence. `joined` finds the words again in `current_events/*.jsonl` of the data folder. **January to August may
be learned from. September to December is scored: never learned from, nor looked at to write a rule.**

An entry (one to four sentences, annotated whole) is read as an article of its own, published on its day.

* `joined`: share of all annotated sentences (n) whose words were found; what was not found is not scored.
* `events_f1`: a read event matches an annotated one when its type is the annotated one or an alternative, and its
  trigger shares a character with the annotated trigger or with other words of the same act ("airstrikes … kill"); one
  to one. Beside it precision and recall. n: annotated events (precision: read ones).
* `silent`: share of the sentences with an annotated event in which no event was read. n: those sentences.
* `type_f1`: the same as `events_f1` without regard to triggers, within the sentence.
Over events matched by trigger (n):
* `status`: equal. `unreal_as_done`: of those annotated planned, called_for, threatened, hypothetical or negated, the
  share read as happened or ongoing (n: those). `mode`: equal, of those with a mode annotated (n: those).
* `parties_f1`: one to one within a role; a party is right when any mention of it shares a character with the annotated
  words; CONSULT pools both roles. n: annotated parties.
* `whole`: over all annotated events, those matched with every party in its role, none too many, and the status right.
* `figures_f1`: equal low and high in the same sentence; `figure_kind`: of those, equal kind. n: annotated figures.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from evals._corpora import Span, map_offsets
from evals._metrics import Counts, largest_pairing, pair_up, percent
from evals._reading import overlap, read
from evals._score import Score, need
from evals.gold_articles import figure_rank
from onrecord.records import Entity, Event, Reading
from training.annotations.draw import fingerprint

FOLDER = Path(__file__).resolve().parents[1] / "training" / "annotations"
LEARNED_FROM = range(1, 9)  # months; the others are for measuring
Part = Literal["train", "dev"]


@dataclass(frozen=True)
class Sentence:
    """One annotated sentence; ``span`` is its place in the text of its entry, spans in it count from its start."""

    id: str
    entry: str
    span: Span
    events: Sequence[dict[str, Any]]
    figures: Sequence[dict[str, Any]]

    @property
    def text(self) -> str:
        return self.entry[self.span[0] : self.span[1]]

    @property
    def date(self) -> str:
        return self.id[:10]

    @property
    def part(self) -> Part:
        return "train" if int(self.id[5:7]) in LEARNED_FROM else "dev"


@dataclass(frozen=True)
class Joined:
    """The sentences found again, and the ids of those whose words are not (or no longer) in the data."""

    sentences: Sequence[Sentence]
    missing: Sequence[str]

    def of(self, part: Part) -> list[Sentence]:
        return [sentence for sentence in self.sentences if sentence.part == part]


# --------------------------------------------------------------------------------------------------------- loading
def annotated(path: Path = FOLDER / "current_events.jsonl") -> list[dict[str, Any]]:
    """The annotation as it lies in the file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def joined(data: Path, items: Iterable[dict[str, Any]] | None = None) -> Joined:
    """The annotated sentences with their words from ``data/current_events``.

    An entry is looked for by its id and, where the numbering has changed, among all entries of its day; the hash of the
    sentence must agree.
    """
    by_id, by_day = entries(need(data / "current_events"))
    found, missing = [], []
    for item in annotated() if items is None else items:
        id_, span = item["id"], (item["span"][0], item["span"][1])
        candidates = [by_id[id_]] if id_ in by_id else []
        for text in [*candidates, *by_day[id_[:10]]]:
            if fingerprint(text[span[0] : span[1]]) == item["hash"]:
                found.append(Sentence(id_, text, span, item["events"], item["figures"]))
                break
        else:
            missing.append(id_)
    return Joined(found, missing)


def entries(folder: Path) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Texts of the portal's entries by id and by day."""
    by_id: dict[str, str] = {}
    by_day: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            by_id[entry["id"]] = entry["text"]
            by_day[entry["date"]].append(entry["text"])
    return by_id, by_day


def own(path: Path = FOLDER / "own.jsonl") -> list[Sentence]:
    """Sentences written for this project, annotated with their text; to learn from, never to score."""
    return [
        Sentence(item["id"], item["text"], (0, len(item["text"])), item["events"], item["figures"])
        for item in annotated(path)
    ]


# --------------------------------------------------------------------------------------------------------- scoring
@dataclass
class Tally:
    """What is counted over all entries."""

    events: Counts = field(default_factory=Counts)
    types: Counts = field(default_factory=Counts)
    parties: Counts = field(default_factory=Counts)
    figures: Counts = field(default_factory=Counts)
    eventful: int = 0
    silent: int = 0
    status_right: int = 0
    unreal: int = 0
    unreal_as_done: int = 0
    moded: int = 0
    mode_right: int = 0
    whole_right: int = 0
    kind_right: int = 0


def score(data: Path) -> list[Score]:
    found = joined(data)
    by_entry: dict[tuple[str, str], list[Sentence]] = defaultdict(list)
    for sentence in found.of("dev"):
        by_entry[sentence.id, sentence.entry].append(sentence)
    tally = Tally()
    for (id_, text), group in by_entry.items():
        reading = read(text, name=id_, published=id_[:10])
        offsets = map_offsets(text, reading.article.text)
        for sentence in group:
            add_sentence(tally, sentence, reading, offsets)
    total = len(found.sentences) + len(found.missing)
    share = percent(len(found.sentences), total)
    return [Score("current.joined", share, "current_events", total, pinned=False), *scores_of(tally)]


def add_sentence(tally: Tally, sentence: Sentence, reading: Reading, offsets: Sequence[int]) -> None:
    """Count what was read within one annotated sentence."""

    def moved(span: Sequence[int]) -> Span:
        return offsets[sentence.span[0] + span[0]], offsets[sentence.span[0] + span[1]]

    start, end = moved((0, sentence.span[1] - sentence.span[0]))
    gold = [
        {
            **event,
            "words": [moved(event["trigger"]), *map(moved, event.get("also", ()))],
            "actors": [moved(s) for s in event["actors"]],
            "recipients": [moved(s) for s in event["recipients"]],
        }
        for event in sentence.events
    ]
    said = [event for event in reading.events if start <= event.span.start < end]
    add_events(tally, gold, said, {n.id: n for n in reading.entities})
    figures = [f for f in reading.figures if f.currency is None and start <= f.span.start < end]
    counted = [{**f, "start": moved(f["span"])[0], "end": moved(f["span"])[1]} for f in sentence.figures]
    pairs = pair_up(counted, figures, figure_rank)
    tally.figures.add(len(pairs), len(counted), len(figures))
    tally.kind_right += sum(counted[i]["kind"] == figures[j].kind for i, j in pairs)


def add_events(
    tally: Tally, gold: Sequence[dict[str, Any]], said: Sequence[Event], entities: dict[str, Entity]
) -> None:
    tally.eventful += bool(gold)
    tally.silent += bool(gold) and not said
    tally.types.add(len(largest_pairing(gold, said, same_type)), len(gold), len(said))
    pairs = pair_up(gold, said, event_rank)
    tally.events.add(len(pairs), len(gold), len(said))
    for i, j in pairs:
        wanted, event = gold[i], said[j]
        status_right = wanted["status"] == event.status
        tally.status_right += status_right
        if wanted["status"] not in {"happened", "ongoing"}:
            tally.unreal += 1
            tally.unreal_as_done += event.status.real
        if wanted["mode"]:
            tally.moded += 1
            tally.mode_right += wanted["mode"] == event.mode
        parties = count_parties(wanted, event, entities)
        tally.parties.add(parties.right, parties.gold, parties.said)
        tally.whole_right += status_right and parties.right == parties.gold == parties.said


def same_type(gold: dict[str, Any], event: Event) -> bool:
    return event.type in {gold["type"], *gold.get("alt_types", ())}


def event_rank(gold: dict[str, Any], event: Event) -> tuple[float, ...] | None:
    """The first-named type first, then equal status, then the annotated trigger itself; None without a shared word."""
    shared = [overlap(words, (event.span.start, event.span.end)) > 0 for words in gold["words"]]
    if not same_type(gold, event) or not any(shared):
        return None
    return float(event.type == gold["type"]), float(event.status == gold["status"]), float(shared[0])


def count_parties(gold: dict[str, Any], event: Event, entities: dict[str, Entity]) -> Counts:
    """Parties of one matched event, role by role; both roles together for CONSULT."""
    said = {"actors": [entities[a] for a in event.actors], "recipients": [entities[r] for r in event.recipients]}
    if event.type == "CONSULT":
        sides = [(gold["actors"] + gold["recipients"], said["actors"] + said["recipients"])]
    else:
        sides = [(gold[role], said[role]) for role in said]
    counts = Counts()
    for words, found in sides:
        counts.add(len(largest_pairing(words, found, mentioned_at)), len(words), len(found))
    return counts


def mentioned_at(words: Span, entity: Entity) -> bool:
    return any(overlap(words, (m.start, m.end)) > 0 for m in entity.mentions)


def scores_of(tally: Tally) -> list[Score]:
    """The counts as scores."""
    corpus, matched = "current_events dev", tally.events.right

    def row(name: str, value: float, n: int, *, lower: bool = False, pinned: bool = True) -> Score:
        return Score(f"current.{name}", value, corpus, n, lower_is_better=lower, pinned=pinned)

    return [
        row("events_f1", tally.events.f1, tally.events.gold),
        row("events_precision", tally.events.precision, tally.events.said, pinned=False),
        row("events_recall", tally.events.recall, tally.events.gold, pinned=False),
        row("type_f1", tally.types.f1, tally.types.gold),
        row("silent", percent(tally.silent, tally.eventful), tally.eventful, lower=True),
        row("status", percent(tally.status_right, matched), matched),
        row("unreal_as_done", percent(tally.unreal_as_done, tally.unreal), tally.unreal, lower=True),
        row("mode", percent(tally.mode_right, tally.moded), tally.moded, pinned=False),
        row("parties_f1", tally.parties.f1, tally.parties.gold),
        row("whole", percent(tally.whole_right, tally.events.gold), tally.events.gold),
        row("figures_f1", tally.figures.f1, tally.figures.gold),
        row("figure_kind", percent(tally.kind_right, tally.figures.right), tally.figures.right),
    ]
