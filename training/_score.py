"""Development figures of a model folder, measured through the shipped inference code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from training._corpora import Document, Sentence
from training._data import development_sets, sentences
from training._entities import span_set
from training._raw import raw
from training._windows import recased

NAMED = {
    "worldwide_ner": {"Person": "PER", "Organization": "ORG", "Location": "LOC", "NORP": "NORP", "Facility": "FAC"},
    "ud_ewt": {"PER": "PER", "ORG": "ORG", "LOC": "LOC"},
    "crossner_politics": {
        "politician": "PER", "person": "PER", "politicalparty": "ORG", "organisation": "ORG", "country": "LOC",
        "location": "LOC", "event": "EVENT", "election": "EVENT",
    },
}  # fmt: skip
"""Which label of a corpus is measured as which of ours."""


def score(model: Path, data: Path) -> dict[str, dict[str, float]]:
    """All figures by set, in per cent."""
    from onrecord import language

    nlp = language.load(encoder=model)
    sets = development_sets(data)
    figures: dict[str, dict[str, float]] = {}
    for name in ("ud_ewt", "ud_gum"):
        figures[name] = parsing(nlp, list(sentences(sets[name])))
    news = [d for d in sets["ud_gum"] if d[0].id.startswith("GUM_news")]
    figures["ud_gum news"] = parsing(nlp, list(sentences(news)))
    for name in ("ud_ewt", "worldwide_ner", "crossner_politics"):
        gold = list(sentences(sets[name]))
        title = "uner_ewt" if name == "ud_ewt" else name
        figures[title] = entities(nlp, gold, NAMED[name])
        for case in ("upper", "title"):
            changed = entities(nlp, [recased(s, case) for s in gold[::3]], NAMED[name])
            figures[title][f"{case} case"] = changed["all"]
    talk = [d for d in sets["ud_gum"] if d[0].id.startswith(("GUM_news", "GUM_interview"))]
    for title, documents in (("ud_gum", sets["ud_gum"]), ("ud_gum news interview", talk), ("ud_ewt", sets["ud_ewt"])):
        figures[f"{title} raw"] = boundaries(nlp, documents, lines=True)
        figures[f"{title} raw, no line ends"] = boundaries(nlp, documents, lines=False)
    return figures


def parsing(nlp: Language, gold: list[Sentence]) -> dict[str, float]:
    """Tags and trees on gold words, one sentence a Doc; LAS by universal relation, `LAS full` with subtypes."""
    right: Counter[str] = Counter()
    total = 0
    for s in gold:
        assert s.heads and s.rels and s.upos and s.xpos and s.feats and s.lemmas
        doc = nlp(Doc(nlp.vocab, words=s.forms, spaces=s.spaces, sent_starts=[i == 0 for i in range(len(s.forms))]))
        total += len(doc)
        for i, token in enumerate(doc):
            attached = (0 if token.head.i == i else token.head.i + 1) == s.heads[i]
            right["UAS"] += attached
            right["LAS"] += attached and token.dep_.split(":")[0] == s.rels[i].split(":")[0]
            right["LAS full"] += attached and token.dep_ == s.rels[i]
            right["UPOS"] += token.pos_ == s.upos[i]
            right["XPOS"] += token.tag_ == s.xpos[i]
            right["morphology"] += (str(token.morph) or "_") == s.feats[i]
            right["lemmas"] += token.lemma_ == s.lemmas[i]
            right["lemmas, any case"] += token.lemma_.lower() == s.lemmas[i].lower()
    return {name: 100 * count / total for name, count in right.items()}


def entities(nlp: Language, gold: list[Sentence], named: dict[str, str]) -> dict[str, float]:
    """Exact spans on gold words, one sentence a Doc; `all`: PER, ORG and LOC; `untyped`: their spans alone."""
    core = ("PER", "ORG", "LOC")
    counts: Counter[tuple[str, str]] = Counter()
    for s in gold:
        if not s.raw_tags:
            continue
        want = {(a, b, named[kind]) for a, b, kind in span_set(_plain(s.raw_tags)) if kind in named}
        doc = nlp(Doc(nlp.vocab, words=s.forms, sent_starts=[i == 0 for i in range(len(s.forms))]))
        # Where a corpus knows no facilities, its guidelines count them as places.
        label = {"FAC": "LOC"} if "FAC" not in named.values() else {}
        found = {(e.start, e.end, label.get(e.label_, e.label_)) for e in doc.ents}
        found = {e for e in found if e[2] in named.values()}
        for kind in set(named.values()):
            _count(counts, kind, (e for e in want if e[2] == kind), (e for e in found if e[2] == kind))
        _count(counts, "all", (e for e in want if e[2] in core), (e for e in found if e[2] in core))
        bare = [{e[:2] for e in group if e[2] in core} for group in (want, found)]
        _count(counts, "untyped", *bare)
    return {kind: _f1(counts, kind) for kind in ("all", "untyped", *sorted(set(named.values())))}


def boundaries(nlp: Language, documents: list[Document], *, lines: bool) -> dict[str, float]:
    """Words and sentences on raw text; with `lines`, each paragraph is a line of its own."""
    counts: Counter[tuple[str, str]] = Counter()
    for document in documents:
        gold = raw(document, lines=lines)
        doc = nlp(gold.text)
        words = {(t.idx, t.idx + len(t)) for t in doc if not t.is_space}
        found = set()
        for sent in doc.sents:
            text = sent.text.rstrip()
            lead = len(text) - len(text.lstrip())
            if text.strip():
                found.add((sent.start_char + lead, sent.start_char + len(text)))
        _count(counts, "words", gold.words, words)
        _count(counts, "sentences", gold.sentences, found)
    return {kind: _f1(counts, kind) for kind in ("words", "sentences")}


def _plain(tags: list[str]) -> list[str]:
    return ["O" if tag in ("B-O", "I-O") else tag for tag in tags]


def _count(counts: Counter[tuple[str, str]], kind: str, want: Iterable[object], found: Iterable[object]) -> None:
    gold, guess = set(want), set(found)
    counts[kind, "right"] += len(gold & guess)
    counts[kind, "both"] += len(gold) + len(guess)


def _f1(counts: Counter[tuple[str, str]], kind: str) -> float:
    return 200 * counts[kind, "right"] / max(1, counts[kind, "both"])
