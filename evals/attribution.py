"""Attribution on PolNeAR dev: who is reported to have said what.

Gold: every attribution with a cue and a content (brat); `Discuss` marks are not attributions; statements whose cue
lies in text the annotators set aside (`Discard`) are not counted. Articles are read whole.

* `cue_f1`: a statement read and an attribution pair up, one to one, when their cues share a character (a statement
  without a cue: when the contents overlap by half of their union); most content in common first. n: attributions.
* `content_f1`: micro-F1 of word tokens in the contents of the pairs. n: gold content tokens of the pairs.
* `source_right`: of the pairs, the share where the speaker is the head of the annotated source: a mention of the
  speaker overlaps it and covers at least half of it, or is neither inside a phrase that a preposition opens nor a
  possessor. A source nobody is named in is right when the speaker is null. n: pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from evals._corpora import Attribution, Span, map_offsets, read_brat_attributions
from evals._metrics import Counts, pair_up, percent
from evals._reading import overlap, read
from evals._score import Score, need
from onrecord.records import Entity, Reading, Statement

PREPOSITION = re.compile(r"\b(of|for|from|at|with|in|to|by|on|behind|close to|near)\b", re.IGNORECASE)
POSSESSIVE = re.compile(r"^['’]s?\s+\w")


def score(data: Path) -> list[Score]:
    folder = need(data / "polnear" / "dev")
    found, content = Counts(), Counts()
    right = pairs = 0
    for path in sorted((folder / "attributions").glob("*.ann")):
        text = text_of(path, folder / "text").read_text(encoding="utf-8")
        gold, discarded = read_brat_attributions(path)
        reading = read(text, name=path.stem)
        offsets = map_offsets(text, reading.article.text)
        gold = [moved(a, offsets) for a in gold]
        aside = [(offsets[a], offsets[b]) for a, b in discarded]
        said = [s for s in reading.statements if not any(overlap(cue_span(s), span) for span in aside)]
        matched = pair_up(gold, said, attribution_rank)
        found.add(len(matched), len(gold), len(said))
        speakers = {n.id: n for n in reading.entities}
        for i, j in matched:
            content.add_sets(*content_tokens(gold[i], said[j], reading))
            pairs += 1
            right += source_right(gold[i], speakers.get(said[j].speaker or ""), reading.article.text)
    name, corpus = "polnear", "polnear dev"
    return [
        Score(f"{name}.cue_f1", found.f1, corpus, found.gold),
        Score(f"{name}.cue_precision", found.precision, corpus, found.gold, pinned=False),
        Score(f"{name}.cue_recall", found.recall, corpus, found.gold, pinned=False),
        Score(f"{name}.content_f1", content.f1, corpus, content.gold),
        Score(f"{name}.source_right", percent(right, pairs), corpus, pairs),
    ]


def text_of(annotation: Path, texts: Path) -> Path:
    """The text of an annotation file, whose name only lacks the annotator's mark at the end."""
    return need(texts / (annotation.stem.rsplit("_", 1)[0] + ".txt"))


def moved(gold: Attribution, offsets: Sequence[int]) -> Attribution:
    """The attribution with its offsets in the text as it was read."""

    def shift(spans: Iterable[Span]) -> tuple[Span, ...]:
        return tuple((offsets[a], offsets[b]) for a, b in spans)

    return Attribution(shift(gold.source), shift(gold.cue), shift(gold.content))


def cue_span(statement: Statement) -> Span:
    """The cue, or nothing at all at the start of the content when there is no cue."""
    if statement.cue is None:
        return statement.content[0].start, statement.content[0].start
    return statement.cue.start, statement.cue.end


def content_spans(statement: Statement) -> list[Span]:
    return [(c.start, c.end) for c in statement.content]


def attribution_rank(gold: Attribution, said: Statement) -> tuple[float, ...] | None:
    """How well a statement fits an attribution; None when their cues do not meet."""
    shared = sum(overlap(a, b) for a in gold.content for b in content_spans(said))
    union = sum(b - a for a, b in [*gold.content, *content_spans(said)]) - shared
    if said.cue is None:
        return (0.0, shared / union) if 2 * shared >= union else None
    if not any(overlap(cue_span(said), span) for span in gold.cue):
        return None
    return 1.0, shared / union


def content_tokens(gold: Attribution, said: Statement, reading: Reading) -> tuple[set[int], set[int]]:
    """Starts of the word tokens inside the gold content and inside the content read."""

    def tokens(spans: Iterable[Span]) -> set[int]:
        text = reading.article.text
        return {a + m.start() for a, b in spans for m in re.finditer(r"\w+|[^\w\s]", text[a:b])}

    return tokens(gold.content), tokens(content_spans(said))


def source_right(gold: Attribution, speaker: Entity | None, text: str) -> bool:
    """True when the speaker is the annotated source, as the module's docstring says."""
    if not gold.source:
        return speaker is None
    if speaker is None:
        return False
    return any(
        is_head((m.start, m.end), span, text)
        for m in speaker.mentions
        for span in gold.source
        if overlap((m.start, m.end), span)
    )


def is_head(mention: Span, source: Span, text: str) -> bool:
    """True unless the mention is only a part of a longer source that is somebody else."""
    if 2 * overlap(mention, source) >= source[1] - source[0]:
        return True
    before = text[source[0] : max(source[0], mention[0])]
    after = text[mention[1] : source[1]]
    return not PREPOSITION.search(before) and not POSSESSIVE.match(after)
