"""Status on UDS factuality, over EWT dev: did the act a predicate names take place?

Gold: the mean of how sure annotators were that a predicate happened or is happening, normalised; node ids are EWT
sentence and word numbers. Above 0.5 counts as happened, below -0.5 as not; what lies between was unclear to the
annotators and is left out.

Program: EWT dev with its gold words and sentences is analysed by the language layer, whole documents at a time, and
`status_of` of the reading layer is asked about each predicate's word. happened and ongoing count as happened, every
other status as not. Only predicates that are verbs by the gold tags are covered: status speaks of acts, not of
qualities ("is tall").

* `balanced`: mean of the recall of happened and of not. `real` and `unreal`: those two recalls. n: predicates.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals._corpora import Sentence, documents, read_conllu
from evals._docs import make_doc, parse
from evals._metrics import balanced_accuracy, percent
from evals._score import Score, need

UNCLEAR = 0.5


def score(data: Path) -> list[Score]:
    sentences = read_conllu(need(data / "ud_ewt" / "dev.conllu"))
    gold = read_factuality(data / "uds_factuality")
    by_document = documents(sentences)
    docs = parse(
        make_doc([[w.form for w in s.words] for s in of], [[w.space_after for w in s.words] for s in of])
        for of in by_document.values()
    )
    wanted, got = [], []
    for doc, of in zip(docs, by_document.values(), strict=True):
        asked = list(predicates(of, gold))
        for said, (_, happened) in zip(statuses(doc, [i for i, _ in asked]), asked, strict=True):
            wanted.append(happened)
            got.append(said)
    real = [g for w, g in zip(wanted, got, strict=True) if w]
    unreal = [not g for w, g in zip(wanted, got, strict=True) if not w]
    name, corpus = "uds", "uds_factuality dev"
    return [
        Score(f"{name}.balanced", balanced_accuracy(wanted, got), corpus, len(wanted)),
        Score(f"{name}.real", percent(sum(real), len(real)), corpus, len(real), pinned=False),
        Score(f"{name}.unreal", percent(sum(unreal), len(unreal)), corpus, len(unreal), pinned=False),
    ]


def read_factuality(folder: Path) -> dict[str, dict[int, float]]:
    """EWT sentence id -> 1-based word number -> factuality."""
    with zipfile.ZipFile(need(folder / "factuality_normalized.zip")) as archive:
        values = json.loads(archive.read("factuality.json"))["data"]
    ids = json.loads(need(folder / "ud_ids.json").read_text(encoding="utf-8"))
    found: dict[str, dict[int, float]] = {}
    for graph, nodes in values.items():
        if graph in ids:
            of_sentence = found.setdefault(ids[graph]["sentence_id"], {})
            for node, value in nodes.items():
                of_sentence[int(node.rsplit("-", 1)[1])] = value["factuality"]["factual"]["value"]
    return found


def predicates(sentences: list[Sentence], gold: dict[str, dict[int, float]]) -> Iterator[tuple[int, bool]]:
    """(word index in the document, happened) of every verb whose factuality is clear."""
    first = 0
    for sentence in sentences:
        for number, value in sorted(gold.get(sentence.sent_id, {}).items()):
            if number <= len(sentence.words) and sentence.words[number - 1].upos == "VERB" and abs(value) > UNCLEAR:
                yield first + number - 1, value > 0
        first += len(sentence.words)


def statuses(doc: Any, triggers: list[int]) -> list[bool]:
    """For each trigger token whether the reading layer says that its act happened or goes on."""
    from onrecord import language
    from onrecord.reading._lexicon import load_lexicon
    from onrecord.reading._parties import find_parties
    from onrecord.reading._statements import find_statements
    from onrecord.reading._status import status_of

    parties = find_parties(doc, language.coref.resolve(doc), load_lexicon(), published=None)
    statements = find_statements(doc, parties)
    return [status_of(doc, i, statements, parties)[0].real for i in triggers]
