"""Events on the PLOVER gold records (development half) and on marked sentences of modern news.

PLOVER gold records, `plover_gsr`. The gold records of one text make one unit (two records share a text), read raw
as an article of its own; the record that documents the file is skipped. Gold types of the older codebook are
mapped: DEMAND -> REQUEST, DISAPPROVE and INVESTIGATE -> ACCUSE, FIGHT -> ASSAULT. Events read are folded into
PLOVER types (`_plover.py`); called-for, hypothetical and negated ones are left out, but counted in `type_f1_all`.

* `type_f1`: micro-F1 over the set of types of each text. n: gold types.
* `triple_f1`: type and the country codes of both sides, one to one. A gold side may hold several codes, all must be
  there; parties without a code are left out; IGO, UNO and EUR are one code; mutual acts pool the roles. n: gold
  records.
* `silent`: share of texts without any counted event. n: texts.
* `unreal_as_done`: of the records whose act is planned or threatened, the share that come out as done. Those are
  the gold AGREE and THREATEN records, whose type says that the act lies ahead, and any other but REJECT and REQUEST
  whose `eventText` holds will, would or may. One comes out as done when an event that happened or goes on, of a
  type other than AGREE, THREATEN, REQUEST or REJECT, has a trigger among the words of `eventText` for the act
  itself, not the announcing word before it. n: such records.
* `promise_recall`: of the gold AGREE and THREATEN records, those whose folded type is among the types read.

Marked sentences, `plv`. Each has one relation between a marked source and target; there may be others, so only
recall is taken. YIELD is CONCEDE or RETREAT. `root`: an event read, counted and folded as above, has the type.
`root_parties`: such an event also has an actor with a mention overlapping the source and a recipient with one
overlapping the target; CONSULT and mutual acts pool the roles; a side without a mark asks for nothing. n:
sentences.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from evals._metrics import Counts, largest_pairing, percent
from evals._plover import OLD_TYPES, Triple, codes, counted, triple
from evals._reading import overlap, read
from evals._score import Score, need
from onrecord.publish.exports import folded_type
from onrecord.records import Event, Reading

ANNOUNCED = {"AGREE", "THREATEN", "REQUEST", "REJECT"}
LIES_AHEAD = {"AGREE", "THREATEN"}
MODAL = re.compile(r"\b(will|would|may)\b")
# Words of `eventText` that announce an act and are not the act.
ANNOUNCING = frozenset(
    """
    accepted agreed agrees announced announces are can claimed claims could decided has have is may offered offering
    offers pledged plans promised ready said says should sworn threatened to vowed warned will willing would
    against and by for from hard if in no not of on the until unless up with longer
    """.split()
)


# --------------------------------------------------------------------------------------------- PLOVER gold records
def score_gsr(data: Path) -> list[Score]:
    records = json.loads(need(data / "plover_gsr_dev" / "plover_gsr_dev.json").read_text(encoding="utf-8"))
    texts = group_by_text(r for r in records if r["event"] != "DOCUMENT")
    readings = [read(text, name=of[0]["id"]) for text, of in texts]
    return gsr_scores([of for _, of in texts], readings)


def group_by_text(records: Iterable[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Records by the text they were coded from, in order of first appearance."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        grouped.setdefault(record["text"].strip(), []).append(record)
    return list(grouped.items())


def gsr_scores(gold: Sequence[list[dict[str, Any]]], readings: Sequence[Reading]) -> list[Score]:
    """All scores on the gold records; ``gold[i]`` are the records of the text that ``readings[i]`` read."""
    types, everything, triples = Counts(), Counts(), Counts()
    silent = ahead = as_done = promised = promise_found = 0
    for records, reading in zip(gold, readings, strict=True):
        gold_types = {gold_type(r) for r in records}
        said = {folded_type(e, reading) for e in counted(reading)}
        types.add_sets(gold_types, said)
        everything.add_sets(gold_types, {folded_type(e, reading) for e in reading.events})
        gold_triples = [gold_triple(r) for r in records]
        said_triples = list(dict.fromkeys(triple(e, reading) for e in counted(reading)))
        right = len(largest_pairing(gold_triples, said_triples, Triple.agrees))
        triples.add(right, len(gold_triples), len(said_triples))
        silent += not said
        for record in records:
            if lies_ahead(record):
                ahead += 1
                as_done += comes_out_as_done(record, reading)
            if gold_type(record) in LIES_AHEAD:
                promised += 1
                promise_found += gold_type(record) in said
    name, corpus = "plover_gsr", "plover_gsr_dev"
    return [
        Score(f"{name}.type_f1", types.f1, corpus, types.gold),
        Score(f"{name}.type_precision", types.precision, corpus, types.gold, pinned=False),
        Score(f"{name}.type_recall", types.recall, corpus, types.gold, pinned=False),
        Score(f"{name}.type_f1_all", everything.f1, corpus, everything.gold, pinned=False),
        Score(f"{name}.triple_f1", triples.f1, corpus, triples.gold),
        Score(f"{name}.silent", percent(silent, len(gold)), corpus, len(gold), lower_is_better=True),
        Score(f"{name}.unreal_as_done", percent(as_done, ahead), corpus, ahead, lower_is_better=True),
        Score(f"{name}.promise_recall", percent(promise_found, promised), corpus, promised),
    ]


def gold_type(record: dict[str, Any]) -> str:
    """The type of a gold record in the present codebook."""
    return OLD_TYPES.get(record["event"], str(record["event"]))


def gold_triple(record: dict[str, Any]) -> Triple:
    """Type and country codes of a gold record."""
    actors = codes(a.get("code") for a in record.get("source", []))
    return Triple(gold_type(record), actors, codes(a.get("code") for a in record.get("target", [])))


def lies_ahead(record: dict[str, Any]) -> bool:
    """True for a record whose act is planned or threatened."""
    if gold_type(record) in {"REJECT", "REQUEST"}:
        return False
    return gold_type(record) in LIES_AHEAD or bool(MODAL.search(record["eventText"]))


def comes_out_as_done(record: dict[str, Any], reading: Reading) -> bool:
    """True when the act a record says is ahead was read as having happened or going on."""
    act = {w for w in re.findall(r"\w+", record["eventText"].lower()) if w not in ANNOUNCING}
    return any(
        e.status.real and e.type not in ANNOUNCED and act & set(re.findall(r"\w+", e.span.text.lower()))
        for e in reading.events
    )


# ------------------------------------------------------------------------------------------------ marked sentences
def score_plv(data: Path) -> list[Score]:
    with need(data / "plv_dev" / "plv_dev.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = both = 0
    for row in rows:
        text, sources, targets = unmarked(row["marked_sentence"])
        reading = read(text, name=f"plv {row['id']}")
        events = events_with_root(row["root"], reading)
        found += bool(events)
        both += any(parties_overlap(e, reading, sources, targets) for e in events)
    corpus, n = "plv_dev", len(rows)
    return [
        Score("plv.root", percent(found, n), corpus, n),
        Score("plv.root_parties", percent(both, n), corpus, n),
    ]


def unmarked(marked: str) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    """The sentence without its marks, and the character spans of its sources and targets."""
    text = ""
    spans: dict[str, list[tuple[int, int]]] = {"s": [], "t": []}
    opened: dict[str, int] = {}
    for piece in re.split(r"(</?[st]>)", marked.strip()):
        if re.fullmatch(r"<[st]>", piece):
            opened[piece[1]] = len(text)
        elif re.fullmatch(r"</[st]>", piece):
            spans[piece[2]].append((opened.pop(piece[2], len(text)), len(text)))
        else:
            text += piece
    return text, spans["s"], spans["t"]


def events_with_root(root: str, reading: Reading) -> list[Event]:
    """The counted events whose folded type is the marked root."""
    wanted = {"CONCEDE", "RETREAT"} if root == "YIELD" else {root}
    return [e for e in counted(reading) if folded_type(e, reading) in wanted]


def parties_overlap(
    event: Event, reading: Reading, sources: Sequence[tuple[int, int]], targets: Sequence[tuple[int, int]]
) -> bool:
    """True when the event's parties are mentioned inside the marked spans, each in its role."""
    mentions = {n.id: [(m.start, m.end) for m in n.mentions] for n in reading.entities}

    def touches(parties: Iterable[str], spans: Sequence[tuple[int, int]]) -> bool:
        return not spans or any(overlap(m, span) for p in parties for m in mentions[p] for span in spans)

    actors, recipients = event.actors, event.recipients
    if event.type == "CONSULT" or (len(actors) > 1 and not recipients):
        pooled = (*actors, *recipients)
        return any(touches([a], sources) and touches([b for b in pooled if b != a], targets) for a in pooled)
    return touches(actors, sources) and touches(recipients, targets)
