"""The shipped network: words of one window in, decisions for every word out. onnxruntime and numpy only.

Every window is run by itself on one thread. The int8 arithmetic scales to the largest activation it meets, so windows
run together would change one another's results; alone, the same words always give the same answer.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from onrecord.language._decode import EntityTags, Floats, Ints, trees
from onrecord.language._lines import after_stops
from onrecord.language._pieces import WordPieces
from onrecord.records import OnrecordError

SHIPPED = Path(__file__).parent / "model"

FORMAT = 1
"""Of the model folder: `encoder.onnx`, `labels.json`, `tokenizer.json`, `lemmas.json.gz`."""


AFTER_STOP = 2.0
"""Added to the score of a sentence start where a capital follows a full stop: windows make the encoder too careful."""


class ModelError(OnrecordError):
    """The folder given as a model is not one, or was made by another version of `training/`."""


class Analysis(NamedTuple):
    """One window, an entry a word: class numbers, heads (0 root, else 1 + index), and the number of its sentence."""

    upos: Ints
    xpos: Ints
    feats: Ints
    lemma: Ints
    rels: Ints
    heads: Ints
    entity: Ints
    sentence: Ints


class Labels(NamedTuple):
    """What the class numbers stand for."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    lemma: tuple[str, ...]
    rels: tuple[str, ...]
    entity: tuple[str, ...]


class Encoder:
    """A model folder made by `training/`, ready to run."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        import onnxruntime

        try:
            found = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            self.pieces = WordPieces(folder / "tokenizer.json")
            with gzip.open(folder / "lemmas.json.gz", "rt", encoding="utf-8") as file:
                self.lemmas: dict[str, str] = json.load(file)
        except (OSError, ValueError) as error:
            raise ModelError(f"{folder}: not a model folder ({error}); make one with `python -m training`") from error
        made = found.get("format")
        if made != FORMAT:
            raise ModelError(f"{folder}: model format {made}, this version reads {FORMAT}; train it again")
        self.labels = Labels(*(tuple(found["labels"][name]) for name in Labels._fields))
        self.most_pieces = int(found["positions"]) - 30
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.enable_mem_pattern = False  # every window has its own length: nothing to remember
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._entities = EntityTags(self.labels.entity)
        self._root = self.labels.rels.index("root")

    def lengths(self, words: Sequence[str]) -> Ints:
        """Number of pieces of each word."""
        piece = self.pieces.word
        return np.fromiter((len(piece(word)[0]) for word in words), np.int64, len(words))

    def read(self, words: Sequence[str], known: Sequence[bool], joined: Sequence[bool]) -> Analysis:
        """Analyse one window.

        `known[i]`: a sentence begins at word i; `joined[i]`: none does. Word 0 always begins one.
        """
        encoded = self.pieces.window(words, known)
        feeds = {"ids": encoded.ids, "shapes": encoded.shapes, "first": encoded.first}
        upos, xpos, feats, lemma, entity, start, arc, mixed, head = self._session.run(None, feeds)
        start = start + AFTER_STOP * after_stops(words)
        begins = ((start > 0) & ~np.asarray(joined, bool)) | np.asarray(known, bool)
        begins[0] = True
        sentence = np.cumsum(begins)
        heads = trees(arc, sentence)
        return Analysis(
            upos=upos,
            xpos=xpos,
            feats=feats,
            lemma=lemma,
            rels=self._relations(mixed, head[heads], heads),
            heads=heads,
            entity=self._entities.best(entity, sentence),
            sentence=sentence,
        )

    def _relations(self, mixed: Floats, head: Floats, heads: Ints) -> Ints:
        """Relations to the chosen heads; `root` is for roots and for nothing else."""
        mixed = mixed.reshape(len(heads), len(self.labels.rels), -1)
        with_bias = np.ones((len(heads), mixed.shape[2], 1), np.float32)
        with_bias[:, :-1, 0] = head
        scores = np.matmul(mixed, with_bias)[..., 0]
        scores[:, self._root] = np.where(heads == 0, np.inf, -np.inf)
        best: Ints = scores.argmax(1)
        return best
