"""`python -m training.antecedents --data DIR`: fits the weights by which a pronoun is given what it means.

The program itself goes through the training documents of GUM's coreference. At every pronoun it writes down its
candidates, what speaks for each (`onrecord.language._antecedents`), and which of them are right; the weights are those
that make the right ones likely. First it is led by the annotation; then twice over it also goes by the weights found so
far, so that they are fitted on what its own mistakes lead to as well. Trees and names come from the encoder.
"""

from __future__ import annotations

import argparse
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc

from evals._corpora import Span, read_ontogum
from evals.coreference import innermost
from onrecord.language._antecedents import Choice, Features, Weights
from onrecord.language._coref import Resolver
from onrecord.language._grid import grid
from onrecord.language._things import Thing
from training._corpora import Document, conllu

SHIPPED = Path("src/onrecord/language/antecedents.yaml")

LEAST = {"he": 0.55, "it": 0.65, "they": 0.6}
"""The least probability at which a candidate is taken, set by hand: rather no antecedent than a wrong one."""

DOUBT = {"he": 1.0, "it": 0.0, "they": 1.0}
"""Taken off the weight of "none", which also stands for what the program does not follow (in news, less)."""

PULL = 4.0
"""How strongly weights are drawn to nought: half of it times their squares is in the loss; later rounds double it."""

ROUNDS = 2
"""How often the program's own choices are added."""

RARE = 5
"""A feature seen at fewer pronouns gets no weight."""

SLIGHT = 0.05
"""A weight smaller than this is not kept."""

WIDTH = 130
"""Columns of a line in the file."""

HEADER = [
    "# Weights of what speaks for a candidate to be what a pronoun means (see _antecedents.py), "
    "and the least probability at which it is",
    "# taken. Source: fitted for this project on the training documents of GUM's coreference "
    "(OntoGUM, CC BY 4.0); holds no text of them.",
]

_GLUE = "\xa0"
"""Stands for a space where a line must not end."""

Clusters = Mapping[tuple[int, ...], int]
"""The annotation of a document: half-open token spans of the mentions, and the number of the cluster of each."""


Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


class Example(NamedTuple):
    """A pronoun: what is true of each candidate and, last, of none of them, and which of these options are right."""

    model: str
    options: list[Features]
    right: list[bool]


def main(arguments: list[str] | None = None) -> None:
    """Read the corpus, fit, and write the weights."""
    from onrecord import language

    args = _arguments(arguments)
    corpus = list(documents(args.data, language.load()))
    led = examples(corpus)
    weights = Weights(LEAST, fit(led, pull=PULL))
    for _ in range(ROUNDS):
        weights = Weights(LEAST, fit(led + examples(corpus, weights), pull=2 * PULL))
    write(args.out, Weights(LEAST, {model: _less_doubt(model, found) for model, found in weights.of.items()}))
    print(f"{args.out}: fitted on {len(led)} pronouns of {len(corpus)} documents")


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.antecedents", description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="directory with the corpora named in training/README.md"
    )
    parser.add_argument("--out", type=Path, default=SHIPPED, help="file to write")
    return parser.parse_args(arguments)


def documents(data: Path, nlp: Language) -> Iterator[tuple[Doc, Clusters]]:
    """The training documents, analysed over the treebank's words and sentences, with their annotation.

    Documents that the treebank leaves out are left out here.
    """
    folder = data / "gum_coref" / "train"
    paths = sorted(folder.glob("*.conll"))
    if not paths:
        raise SystemExit(f"{folder} holds no .conll file: see the table in training/README.md")
    trees = {document[0].id.rsplit("-", 1)[0]: document for document in conllu(data / "ud_gum" / "train.conllu")}
    for path in paths:
        if path.stem in trees:
            words, clusters = read_ontogum(path)
            doc = _doc(nlp, trees[path.stem])
            if len(doc) != len(words):
                raise SystemExit(
                    f"{path}: {len(words)} tokens, but {len(doc)} words in ud_gum: take both of one version"
                )
            yield nlp(doc), _numbered(clusters)


def _doc(nlp: Language, document: Document) -> Doc:
    return Doc(
        nlp.vocab,
        words=[form for sentence in document for form in sentence.forms],
        spaces=[space for sentence in document for space in sentence.spaces or ()],
        sent_starts=[i == 0 for sentence in document for i in range(len(sentence.forms))],
    )


def _numbered(clusters: Mapping[int, list[Span]]) -> Clusters:
    return {span: number for number, spans in clusters.items() for span in spans}


def examples(corpus: Iterable[tuple[Doc, Clusters]], weights: Weights | None = None) -> list[Example]:
    """Every pronoun of the documents, chosen for by ``weights``, without them by the annotation."""
    found: list[Example] = []
    for doc, clusters in corpus:
        pupil = _Pupil(doc, clusters, weights)
        pupil.clusters()
        found += pupil.seen
    return found


class _Pupil(Resolver):
    """Goes through a document as the program does, and keeps what it could choose from."""

    def __init__(self, doc: Doc, clusters: Clusters, weights: Weights | None) -> None:
        super().__init__(grid(doc), weights)
        self._clusters = clusters
        self._led = weights is None
        self.seen: list[Example] = []

    def _decide(self, i: int, choice: Choice) -> Thing | None:
        right = [self._is_right(thing, i) for thing in choice.candidates]
        self.seen.append(Example(choice.model, [*choice.features, choice.none], [*right, not any(right)]))
        if self._led:
            return next((thing for thing, yes in zip(choice.candidates, right, strict=True) if yes), None)
        return super()._decide(i, choice)

    def _is_right(self, thing: Thing, i: int) -> bool:
        """Whether its latest mention that is no pronoun means the same, as `evals.coreference` judges it."""
        wanted = self._clusters.get((i, i + 1))
        full = [mention for mention in thing.mentions if mention.form != "pronoun"] or thing.mentions
        return wanted is not None and innermost(full[-1].head, dict(self._clusters)) == wanted


def fit(seen: Iterable[Example], *, pull: float) -> dict[str, dict[str, float]]:
    """For each of he, it and they: the weight of each feature."""
    seen = list(seen)
    return {model: _fit([example for example in seen if example.model == model], pull) for model in LEAST}


def _fit(seen: list[Example], pull: float, *, steps: int = 300, rate: float = 0.05) -> dict[str, float]:
    """Makes the options that are right likely, together where there are several (Adam over all examples at once)."""
    names = _frequent(seen)
    options = [features for example in seen for features in example.options]
    right = np.array([yes for example in seen for yes in example.right], dtype=float)
    example = np.repeat(np.arange(len(seen)), [len(one.options) for one in seen])
    # What is true of which option, as pairs of an option's and a feature's number.
    pairs = [(o, names[name]) for o, features in enumerate(options) for name in features if name in names]
    option, feature = np.array(pairs, dtype=int).reshape(-1, 2).T

    weights, mean, square = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, steps + 1):
        scores = _sums(option, weights[feature], len(options))
        chance = _shares(np.exp(scores - _highest(scores, example, len(seen))[example]), example, len(seen))
        wanted = _shares(chance * right, example, len(seen))
        slope = _sums(feature, (chance - wanted)[option], len(names)) + pull * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope * slope
        stride = rate * (1 - 0.9 * step / steps)
        weights -= stride * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True) if abs(weight) >= SLIGHT}


def _frequent(seen: list[Example]) -> dict[str, int]:
    """The features that are not rare, in alphabetical order, numbered."""
    counts = Counter(name for example in seen for name in {name for option in example.options for name in option})
    return {name: number for number, name in enumerate(sorted(name for name in counts if counts[name] >= RARE))}


def _highest(scores: Floats, example: Integers, count: int) -> Floats:
    """The best score of each example."""
    highest = np.full(count, -np.inf)
    np.maximum.at(highest, example, scores)
    return highest


def _shares(values: Floats, example: Integers, count: int) -> Floats:
    """Each value's share of the sum over its example."""
    return values / np.maximum(_sums(example, values, count), 1e-12)[example]


def _sums(places: Integers, values: Floats, count: int) -> Floats:
    """The values added up by place, of which there are ``count``."""
    return np.bincount(places, values, count).astype(np.float64)


def _less_doubt(model: str, weights: Mapping[str, float]) -> dict[str, float]:
    return {**weights, "none": round(weights.get("none", 0.0) - DOUBT[model], 2)}


def write(path: Path, weights: Weights) -> None:
    """Write ``weights`` as the YAML file that `onrecord.language._antecedents` reads."""
    lines = ["least: {" + ", ".join(f"{model}: {least}" for model, least in weights.least.items()) + "}", "weights:"]
    for model, of in weights.of.items():
        items = ", ".join(f"{name}: {weight}".replace(" ", _GLUE) for name, weight in sorted(of.items()))
        text = f"{model}:{_GLUE}{{{items}}}"
        lines += textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
    path.write_text("\n".join([*HEADER, *lines, ""]).replace(_GLUE, " "), encoding="utf-8")


if __name__ == "__main__":
    main()
