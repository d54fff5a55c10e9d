"""Coreference on OntoGUM dev (GUM's documents in the OntoNotes scheme), with gold words and sentences.

* `conll`: mean F1 of MUC, B³ and CEAF-e over exact mention spans; clusters of one mention are left out on both
  sides. For all documents and for news apart. Gold mentions are whole noun phrases of any kind, events among them;
  the program only follows persons, bodies, countries and groups, so recall is bounded. n: gold mentions.
* `names`: the same over gold mentions whose head word or any word is a proper noun, and the program's mentions of
  form name.
* `pronouns`: of the pronouns it resolves to something that is no pronoun, the share that is right: the nearest
  earlier mention that is no pronoun (else the nearest later one) in the same cluster has its head inside a gold
  mention of the pronoun's gold cluster, and inside no smaller one of another cluster. For all documents, and for
  news and interview apart. n: pronouns resolved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals._corpora import Sentence, Span, documents, read_conllu, read_ontogum
from evals._docs import make_doc, parse
from evals._metrics import CorefCounts, percent
from evals._score import Score, need

PRESS = "gum_coref dev, news and interview"


@dataclass(frozen=True)
class Said:
    """A mention the program made: half-open token span, head token, form (name, description, pronoun)."""

    start: int
    end: int
    head: int
    form: str


def score(data: Path) -> list[Score]:
    from onrecord import language

    by_document = documents(read_conllu(need(data / "ud_gum" / "dev.conllu")))
    everything, news, names = CorefCounts(), CorefCounts(), CorefCounts()
    mentions = news_mentions = named_mentions = 0
    resolved = right = press_resolved = press_right = 0
    for path in sorted(need(data / "gum_coref" / "dev").glob("*.conll")):
        tokens, clusters = read_ontogum(path)
        sentences = by_document[path.stem]
        proper = [w.upos == "PROPN" for s in sentences for w in s.words]
        if len(proper) != len(tokens):
            raise ValueError(f"{path.name}: {len(tokens)} tokens, {len(proper)} words in ud_gum")
        gold = list(clusters.values())
        said = [
            [Said(m.start, m.end, m.head, m.form) for m in c.mentions]
            for c in language.coref.resolve(analysed(sentences))
        ]
        spans = [[(m.start, m.end) for m in cluster] for cluster in said]
        everything.add(gold, spans)
        mentions += sum(map(len, gold))
        gold_named = [[s for s in cluster if any(proper[s[0] : s[1]])] for cluster in gold]
        names.add(gold_named, [[(m.start, m.end) for m in cluster if m.form == "name"] for cluster in said])
        named_mentions += sum(map(len, gold_named))
        judged = judge_pronouns(gold, said)
        resolved, right = resolved + len(judged), right + sum(judged)
        if "_news_" in path.stem:
            news.add(gold, spans)
            news_mentions += sum(map(len, gold))
        if "_news_" in path.stem or "_interview_" in path.stem:
            press_resolved, press_right = press_resolved + len(judged), press_right + sum(judged)
    corpus = "gum_coref dev"
    return [
        Score("coref.conll", everything.conll, corpus, mentions),
        Score("coref.muc", everything.muc, corpus, mentions, pinned=False),
        Score("coref.b_cubed", everything.b_cubed, corpus, mentions, pinned=False),
        Score("coref.ceaf_e", everything.ceaf_e, corpus, mentions, pinned=False),
        Score("coref.conll_news", news.conll, f"{corpus}, news", news_mentions),
        Score("coref.names", names.conll, corpus, named_mentions),
        Score("coref.pronouns", percent(right, resolved), corpus, resolved),
        Score("coref.pronouns_press", percent(press_right, press_resolved), PRESS, press_resolved),
    ]


def analysed(sentences: Sequence[Sentence]) -> Any:
    """One document with gold words and sentences, analysed by the language layer."""
    words = [[w.form for w in s.words] for s in sentences]
    return next(parse([make_doc(words, [[w.space_after for w in s.words] for s in sentences])]))


def judge_pronouns(gold: Sequence[Sequence[Span]], said: Sequence[Sequence[Said]]) -> list[bool]:
    """Right or wrong for every pronoun that shares a cluster with a mention that is no pronoun."""
    cluster_of = {tuple(span): i for i, cluster in enumerate(gold) for span in cluster}
    verdicts = []
    for cluster in said:
        full = sorted((m for m in cluster if m.form != "pronoun"), key=lambda m: m.start)
        for pronoun in (m for m in cluster if m.form == "pronoun" and full):
            earlier = [m for m in full if m.start < pronoun.start]
            antecedent = earlier[-1] if earlier else full[0]
            wanted = cluster_of.get((pronoun.start, pronoun.end))
            verdicts.append(wanted is not None and innermost(antecedent.head, cluster_of) == wanted)
    return verdicts


def innermost(token: int, cluster_of: dict[tuple[int, ...], int]) -> int | None:
    """The gold cluster of the smallest gold mention that holds a token."""
    holding = [(end - start, cluster) for (start, end), cluster in cluster_of.items() if start <= token < end]
    return min(holding)[1] if holding else None
