"""The same event across articles, on ECB+ (its dev topics; the points were fitted on the others).

All articles of the dev topics are one pile, in the order of the corpus: nothing tells which topic an article is of.

* `conll`: gold mentions given. Mean F1 of MUC, B³ and CEAF-e, events of one mention counted, as usual for this corpus.
  n: mentions.
* `conll_shared`: the same, events of one mention left out on both sides.
* `lemma`, `lemma_shared`: what grouping the same mentions by the lemma of their head word alone scores; `lemma_topic`:
  the same when it is told the topic of each article, as the published baselines are.
* `predicted`: the program's own events in the annotated sentences in place of gold mentions; one stands for the gold
  mention that its words overlap. All gold mentions count, most of which are no political act, so recall is bounded;
  `predicted_recall`: the share of gold mentions found. `predicted_linked`: the same, over the mentions found only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evals._docs import pipeline
from evals._ecb import DEV_TOPICS, Document, Mention, read_ecb
from evals._metrics import CorefCounts, percent
from evals._score import Score, need

if TYPE_CHECKING:
    from onrecord.ledger._features import EventFeatures, Story

CORPUS = "ecbplus_dev, dev topics"


def score(data: Path) -> list[Score]:
    import onrecord
    from onrecord.ingest import from_text
    from onrecord.ledger._features import Story, features_of

    documents = list(read_ecb(need(data / "ecbplus_dev"), DEV_TOPICS))
    reader = onrecord.Reader()
    gold: dict[Hashable, str] = {}
    lemmas: dict[Hashable, str] = {}
    topics: dict[Hashable, str] = {}
    given: list[EventFeatures] = []
    found: list[EventFeatures] = []
    names: dict[Hashable, Hashable] = {}
    for document in documents:
        reading = reader.read(from_text(document.text, name=document.name))
        story = Story.of(reading)
        words = _head_lemmas(document)
        for mention in document.mentions:
            name = _name(document, mention.start, mention.end)
            gold[name] = mention.event
            lemmas[name] = words[mention]
            topics[name] = f"{document.topic} {words[mention]}"
            given.append(_features(document, mention, name, story))
        for event, features in zip(reading.events, features_of(reading, story=story), strict=True):
            span = (event.span.start, event.span.end)
            if any(start <= span[0] < end for start, end in document.sentences):
                found.append(features)
                names[features.id] = _gold_name(document, *span)
    said = _clustered(given)
    own = {names[name]: cluster for name, cluster in _clustered(found).items()}
    right = {name for name in own if name in gold}
    both = {name: event for name, event in gold.items() if name in right}
    result, shared = _compare(gold, said), _compare(gold, said, singles=False)
    lemma, lemma_shared = _compare(gold, lemmas), _compare(gold, lemmas, singles=False)
    return [
        Score("ecbplus.conll", result.conll, CORPUS, len(gold)),
        Score("ecbplus.muc", result.muc, CORPUS, len(gold), pinned=False),
        Score("ecbplus.b_cubed", result.b_cubed, CORPUS, len(gold), pinned=False),
        Score("ecbplus.ceaf_e", result.ceaf_e, CORPUS, len(gold), pinned=False),
        Score("ecbplus.conll_shared", shared.conll, CORPUS, len(gold)),
        Score("ecbplus.lemma", lemma.conll, CORPUS, len(gold), pinned=False),
        Score("ecbplus.lemma_shared", lemma_shared.conll, CORPUS, len(gold), pinned=False),
        Score("ecbplus.lemma_topic", _compare(gold, topics).conll, CORPUS, len(gold), pinned=False),
        Score("ecbplus.predicted", _compare(gold, own).conll, CORPUS, len(own)),
        Score("ecbplus.predicted_recall", percent(len(right), len(gold)), CORPUS, len(gold), pinned=False),
        Score("ecbplus.predicted_linked", _compare(both, {n: own[n] for n in both}).conll, CORPUS, len(both)),
    ]


def _features(document: Document, mention: Mention, name: str, story: Story) -> EventFeatures:
    """A gold mention as the ledger sees an event of which only the trigger is known."""
    from onrecord.ledger._features import EventFeatures
    from onrecord.ledger._meaning import stems

    sentence = document.text.rfind("\n", 0, mention.start) + 1
    return EventFeatures(
        id=name, story=story, trigger=stems(document.text[mention.start : mention.end]), sentence=sentence
    )


def _clustered(events: Sequence[EventFeatures]) -> dict[Hashable, str]:
    """Each event's cluster once all have been placed, one after the other."""
    from onrecord.ledger._clusters import Clusterer, MemoryIndex

    index = MemoryIndex()
    clusterer = Clusterer(index)
    return {event.id: clusterer.place(event).cluster for event in events}


def _head_lemmas(document: Document) -> dict[Mention, str]:
    """The lemma of each mention's head: the word whose own head lies outside."""
    from onrecord import language
    from onrecord.ingest import from_text

    doc = language.analyse(pipeline(), from_text(document.text, name=document.name))
    lemmas = {}
    for mention in document.mentions:
        inside = [token for token in doc if token.idx < mention.end and token.idx + len(token) > mention.start]
        head = next((token for token in inside if token.head not in inside or token.head.i == token.i), inside[0])
        lemmas[mention] = head.lemma_.lower()
    return lemmas


def _name(document: Document, start: int, end: int) -> str:
    return f"{document.name}:{start}-{end}"


def _gold_name(document: Document, start: int, end: int) -> str:
    """The gold mention that the words of a predicted one overlap; their own name where they overlap none."""
    hit = next((m for m in document.mentions if m.start < end and start < m.end), None)
    return _name(document, hit.start, hit.end) if hit else _name(document, start, end) + "?"


def _compare(gold: Mapping[Hashable, str], said: Mapping[Hashable, str], *, singles: bool = True) -> CorefCounts:
    counts = CorefCounts()
    counts.add(_groups(gold), _groups(said), singles=singles)
    return counts


def _groups(labels: Mapping[Hashable, str]) -> list[list[Hashable]]:
    groups: defaultdict[str, list[Hashable]] = defaultdict(list)
    for name, label in labels.items():
        groups[label].append(name)
    return list(groups.values())
