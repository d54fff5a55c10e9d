"""The corpora as one training set and the development sets, from a data directory."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from training import _corpora as corpora
from training._corpora import Document
from training._entities import CROSSNER, UNER, WIKIGOLD, WNUT17, WORLDWIDE


@dataclass(frozen=True)
class TrainingSet:
    """`every`: read whole in each epoch. `rotating`: one of its parts an epoch, in turn."""

    every: list[Document]
    rotating: list[Document]
    parts: int = 3

    def epoch(self, number: int) -> list[Document]:
        """Documents of an epoch: with three parts, three epochs see every rotating document once."""
        shuffled = list(self.rotating)
        random.Random(number // self.parts).shuffle(shuffled)
        return self.every + shuffled[number % self.parts :: self.parts]


def training_set(data: Path) -> TrainingSet:
    """Everything that may train the shipped weights; no development split among it."""
    ewt = list(corpora.conllu(data / "ud_ewt" / "train.conllu"))
    joined = corpora.add_entities(ewt, data / "uner_ewt" / "train.iob2", UNER)
    if joined < 0.9 * sum(map(len, ewt)):
        raise ValueError(f"{data}/uner_ewt: only {joined} sentences match ud_ewt; see SOURCES for the versions")
    gum = list(corpora.conllu(data / "ud_gum" / "train.conllu"))
    wikigold = corpora.columns(data / "wikigold" / "CONLL-format" / "data" / "wikigold.conll.txt", WIKIGOLD)
    # Sentences of CrossNER and posts of WNUT do not follow one another: each is a document of its own.
    crossner = [[s] for s in corpora.columns(data / "crossner_politics" / "train.txt", CROSSNER)]
    every = [*ewt, *gum, wikigold, *crossner]
    tweets = data / "wnut17" / "CONLL-format" / "data" / "train" / "wnut17train.conll"
    posts = [[replace(post, whole=False)] for post in corpora.columns(tweets, WNUT17)]
    return TrainingSet(every, [*corpora.worldwide(data / "worldwide_ner" / "train", WORLDWIDE), *posts])


def development_sets(data: Path) -> dict[str, list[Document]]:
    """Development splits by name: never trained on."""
    ewt = list(corpora.conllu(data / "ud_ewt" / "dev.conllu"))
    corpora.add_entities(ewt, data / "uner_ewt" / "dev.iob2", UNER)
    gum = list(corpora.conllu(data / "ud_gum" / "dev.conllu"))
    return {
        "ud_ewt": ewt,
        "ud_gum": gum,
        "worldwide_ner": list(corpora.worldwide(data / "worldwide_ner" / "dev", WORLDWIDE)),
        "crossner_politics": [[s] for s in corpora.columns(data / "crossner_politics" / "dev.txt", CROSSNER)],
    }


def words(documents: list[Document]) -> int:
    """Words of all sentences."""
    return sum(len(s.forms) for s in sentences(documents))


def sentences(documents: list[Document]) -> Iterator[corpora.Sentence]:
    """All sentences in order."""
    return (s for document in documents for s in document)
