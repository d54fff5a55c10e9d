"""Entity spans on UNER EWT dev, worldwide newswire dev and CrossNER politics dev: exact span and type, F1.

Types compared: PER, ORG, LOC. What else a corpus marks, or the program finds, is left out of the three-type score.

* UNER EWT: sentences one by one; a facility found counts as LOC, as its guide has it. Stray `OTH` labels are left
  out.
* Worldwide newswire: whole articles (the URL line left out), as the program reads news. Person, Organization,
  Location map to the three; Facility and NORP (nationality, religion, party) are scored apart.
* CrossNER politics: sentences. politician, person -> PER; organisation, politicalparty -> ORG; location, country ->
  LOC; election, event, misc are left out. Its annotators mark a party's adherents as the party and nationality
  adjectives as misc, so this figure is for information.
* re3d: its press releases and news items (US Central Command, US State Department, UK government), as running text.
  Person, Organisation, Location, Nationality -> PER, ORG, LOC, NORP. Its annotators also mark pronouns, descriptions
  and quantities, and count governments and peoples as organisations; compared are the spans they were sure of
  (confidence at least a half) that are names: without the article before them, every word but the small ones begins
  with a capital; of spans within one another the longest. Titles stay inside its persons. For information only.

`untyped`: spans of PER, ORG, LOC and facility without regard to type. `upper` and `title`: the same test with every
word in capitals, or with every word's first letter capital. n: gold spans.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals._corpora import Tagged, read_iob, spans_of
from evals._docs import make_doc, parse, pipeline, predicted_spans
from evals._metrics import Counts
from evals._score import Score, need

NAMED = ("PER", "ORG", "LOC")
UNER_SAID = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "FAC": "LOC"}
OURS = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "FAC": "FAC", "NORP": "NORP"}
UNER = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}
WORLDWIDE = {"Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "FAC", "NORP": "NORP"}
CROSSNER = {
    "politician": "PER",
    "person": "PER",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "location": "LOC",
    "country": "LOC",
}
RE3D = {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "NORP"}
RE3D_NEWS = ("CENTCOM", "US State Department", "UK Government")
SMALL = frozenset(("of", "the", "and", "for", "on", "in", "de", "al", "to", "'s", "’s", "s"))

EntitySpan = tuple[int, int, str]


def score(data: Path) -> list[Score]:
    uner = [[s] for s in read_iob(need(data / "uner_ewt" / "dev.iob2"), word_column=1, label_column=2)]
    world = read_worldwide(need(data / "worldwide_ner" / "dev"))
    politics = [[s] for s in read_iob(need(data / "crossner_politics" / "dev.txt"), word_column=0, label_column=1)]
    scores = entity_scores("uner_ewt", "uner_ewt dev", uner, UNER, UNER_SAID, cases=True)
    scores += entity_scores("worldwide", "worldwide_ner dev", world, WORLDWIDE, OURS, cases=True)
    scores += entity_scores("crossner", "crossner_politics dev", politics, CROSSNER, OURS)
    if (data / "re3d").exists():
        scores += re3d_scores([item for part in RE3D_NEWS for item in read_re3d(need(data / "re3d" / part))])
    return scores


def read_worldwide(folder: Path) -> list[list[Tagged]]:
    """Articles as lists of tagged sentences, without the URL that stands on the first line."""
    articles = []
    for path in sorted(folder.glob("*.tsv")):
        sentences = read_iob(path, word_column=0, label_column=1)
        if len(sentences[0][0]) == 1 and sentences[0][0][0].startswith("http"):
            sentences = sentences[1:]
        articles.append(sentences)
    return articles


def read_re3d(folder: Path) -> list[tuple[str, list[EntitySpan]]]:
    """The texts of one source of re3d with their names as character spans, types mapped."""
    texts = {row["_id"]: row["text"] for row in _json_lines(folder / "documents.json")}
    spans: dict[str, list[EntitySpan]] = {key: [] for key in texts}
    for row in _json_lines(folder / "entities.json"):
        text, start, end = texts[row["documentId"]], row["begin"], row["end"]
        if row["type"] not in RE3D or row["confidence"] < 0.5 or text[start:end] != row["value"]:
            continue
        article = re.match(r"(?:the|an?)\s+", text[start:end], re.IGNORECASE)
        start += article.end() if article else 0
        if is_name(text[start:end]):
            spans[row["documentId"]].append((start, end, RE3D[row["type"]]))
    return [(texts[key], longest(found)) for key, found in spans.items()]


def _json_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]


def is_name(span: str) -> bool:
    """Whether all words but the small ones begin with a capital."""
    words = [word for word in re.findall(r"[^\W_][\w'’.-]*", span) if word.lower() not in SMALL]
    return bool(words) and all(word[0].isupper() for word in words) and words != ["I"] and words != ["We"]


def longest(spans: Sequence[EntitySpan]) -> list[EntitySpan]:
    """The spans that lie in no longer one; of several types on one span the first in the alphabet."""
    kept: list[EntitySpan] = []
    for span in sorted(set(spans), key=lambda s: (s[0] - s[1], s)):
        if all(span[1] <= start or end <= span[0] for start, end, _ in kept):
            kept.append(span)
    return sorted(kept)


def re3d_scores(texts: Sequence[tuple[str, list[EntitySpan]]]) -> list[Score]:
    """Scores over character spans of running text; none is pinned."""
    gold = [spans for _, spans in texts]
    docs = pipeline().pipe(text for text, _ in texts)
    said = [mapped([(e.start_char, e.end_char, e.label_) for e in doc.ents], OURS) for doc in docs]
    total, whole = typed(gold, said, NAMED), untyped(gold, said)
    each = {kind: typed(gold, said, [kind]) for kind in (*NAMED, "NORP")}
    return [
        Score("re3d.f1", total.f1, "re3d, news part", total.gold, pinned=False),
        *(Score(f"re3d.{k.lower()}", c.f1, "re3d, news part", c.gold, pinned=False) for k, c in each.items()),
        Score("re3d.untyped", whole.f1, "re3d, news part", whole.gold, pinned=False),
    ]


def entity_scores(
    name: str,
    corpus: str,
    texts: Sequence[list[Tagged]],
    gold_types: Mapping[str, str],
    said_types: Mapping[str, str],
    *,
    cases: bool = False,
) -> list[Score]:
    """All entity scores of one corpus; ``texts`` are documents of tagged sentences."""
    gold = [mapped(spans_of([label for _, labels in text for label in labels]), gold_types) for text in texts]
    said = [mapped(spans, said_types) for spans in found(texts, str)]
    counts = {kind: typed(gold, said, [kind]) for kind in dict.fromkeys([*NAMED, *gold_types.values()])}
    total = typed(gold, said, NAMED)
    whole = untyped(gold, said)
    scores = [
        Score(f"{name}.f1", total.f1, corpus, total.gold),
        Score(f"{name}.precision", total.precision, corpus, total.gold, pinned=False),
        Score(f"{name}.recall", total.recall, corpus, total.gold, pinned=False),
        *(Score(f"{name}.{kind.lower()}", c.f1, corpus, c.gold) for kind, c in counts.items()),
        Score(f"{name}.untyped", whole.f1, corpus, whole.gold),
    ]
    if cases:
        for case, change in (("upper", str.upper), ("title", title_case)):
            changed = typed(gold, [mapped(spans, said_types) for spans in found(texts, change)], NAMED)
            scores.append(Score(f"{name}.{case}", changed.f1, corpus, changed.gold))
    return scores


def found(texts: Sequence[list[Tagged]], change: Callable[[str], str]) -> list[list[EntitySpan]]:
    """What the language layer finds in each document after ``change`` was applied to every word."""
    docs: list[Any] = [make_doc([[change(w) for w in words] for words, _ in text]) for text in texts]
    return [predicted_spans(doc) for doc in parse(docs)]


def title_case(word: str) -> str:
    """The word as a headline in title case has it; capitals inside stay."""
    return word[:1].upper() + word[1:]


def mapped(spans: Sequence[EntitySpan], types: Mapping[str, str]) -> list[EntitySpan]:
    """The spans whose type has a counterpart, with that type."""
    return [(a, b, types[kind]) for a, b, kind in spans if kind in types]


def typed(gold: Sequence[list[EntitySpan]], said: Sequence[list[EntitySpan]], kinds: Sequence[str]) -> Counts:
    """Counts over exact spans of the given types."""
    counts = Counts()
    for of_gold, of_said in zip(gold, said, strict=True):
        counts.add_sets([s for s in of_gold if s[2] in kinds], [s for s in of_said if s[2] in kinds])
    return counts


def untyped(gold: Sequence[list[EntitySpan]], said: Sequence[list[EntitySpan]]) -> Counts:
    """Counts over exact spans of persons, organisations, places and facilities, types disregarded."""
    kinds = {*NAMED, "FAC"}
    counts = Counts()
    for of_gold, of_said in zip(gold, said, strict=True):
        counts.add_sets([s[:2] for s in of_gold if s[2] in kinds], [s[:2] for s in of_said if s[2] in kinds])
    return counts
