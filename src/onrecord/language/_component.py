"""The encoder as a spaCy component: sets tags, lemmas, morphology, the tree, sentences and entities of a `Doc`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, ORTH, POS, SENT_START, TAG  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.symbols import IDS  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.vocab import Vocab

from onrecord.language._encoder import SHIPPED, Analysis, Encoder
from onrecord.language._lemma import Lemmatiser
from onrecord.language._lines import line_breaks
from onrecord.language._mend import Mender
from onrecord.language._windows import read_in_windows

NAME = "onrecord_encoder"

_ATTRIBUTES = [TAG, POS, MORPH, LEMMA, DEP, HEAD, ENT_IOB, ENT_TYPE]

Hashes = NDArray[np.uint64]


@Language.factory(
    NAME,
    default_config={"model": None},
    assigns=[
        "token.tag", "token.pos", "token.morph", "token.lemma", "token.dep", "token.head",
        "token.is_sent_start", "doc.sents", "doc.ents", "token.ent_iob", "token.ent_type",
    ],
)  # fmt: skip
def make(nlp: Language, name: str, model: str | None) -> EncoderComponent:
    """The factory: `model` is a folder made by `training/`; none means the shipped one."""
    return EncoderComponent(nlp.vocab, Encoder(Path(model) if model else SHIPPED), name=name)


class EncoderComponent:
    """Reads a `Doc` in windows and writes all annotation at once.

    A sentence start that is already set stays (True begins a sentence, False forbids it), and a new line begins one;
    all other boundaries are the encoder's.
    """

    def __init__(self, vocab: Vocab, encoder: Encoder, *, name: str = NAME) -> None:
        self.name = name
        self._encoder = encoder
        self._strings = vocab.strings
        labels = encoder.labels
        self._tag = self._hashes(labels.xpos)
        self._dep = self._hashes(labels.rels)
        self._pos = np.array([IDS[upos] for upos in labels.upos], np.uint64)
        self._morph = np.array([vocab.morphology.add("" if f == "_" else f) for f in labels.feats], np.uint64)
        kinds = [tag[2:] for tag in labels.entity]
        self._entity_type = self._hashes(kinds)
        self._entity_iob = np.array([{"B": 3, "I": 1}.get(tag[0], 2) for tag in labels.entity], np.uint64)
        self._no_morph = vocab.morphology.add("")
        known = {*encoder.pieces.whole_words(), *encoder.lemmas.values()}
        self._lemmatiser = Lemmatiser(labels.xpos, labels.lemma, encoder.lemmas, known)
        self._lemmas: dict[tuple[int, int, int], int] = {}
        self._mend = Mender(labels.rels)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the doc in place."""
        if len(doc):
            doc.from_array(_ATTRIBUTES, self._annotation(doc))  # type: ignore[arg-type]
        return doc

    def _annotation(self, doc: Doc) -> Hashes:
        """All attributes of all tokens, in the order of `_ATTRIBUTES`."""
        texts = [token.text for token in doc]
        spaces = np.array([text.isspace() or not text for text in texts])
        where = np.flatnonzero(~spaces)
        out = np.zeros((len(doc), len(_ATTRIBUTES)), np.uint64)
        heads = np.zeros(len(doc), np.int64)
        if len(where):
            words = [texts[i] for i in where]
            known, joined = self._boundaries(doc, texts, spaces, where)
            reading = self._read(words, known, joined)
            self._mend(words, reading.rels, reading.heads)
            heads[where] = where[reading.heads]
            out[where, 0] = self._tag[reading.xpos]
            out[where, 1] = self._pos[reading.upos]
            out[where, 2] = self._morph[reading.feats]
            out[where, 3] = self._lemma_hashes(words, doc, where, reading)
            out[where, 4] = self._dep[reading.rels]
            out[where, 6] = self._entity_iob[reading.entity]
            out[where, 7] = self._entity_type[reading.entity]
        self._place_spaces(out, heads, spaces, where)
        out[:, 5] = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
        return out

    def _boundaries(
        self, doc: Doc, texts: list[str], spaces: NDArray[np.bool_], where: NDArray[np.int64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """For every word: is a sentence start known here, is it forbidden?"""
        preset = doc.to_array([SENT_START]).astype(np.int64).reshape(-1)
        known = (preset == 1)[where]
        joined = (preset == -1)[where]
        # A preset on white space, or before it, belongs to the next word.
        for i in np.flatnonzero(spaces & (preset == 1)):
            after = np.searchsorted(where, i)
            if after < len(where):
                known[after] = True
        known |= line_breaks(texts, where) & ~joined
        known[0] = True
        return known, joined & ~known

    def _read(self, words: list[str], known: NDArray[np.bool_], joined: NDArray[np.bool_]) -> Reading:
        """Read all words, window after window."""
        reading = Reading(len(words), self._encoder.labels.rels)
        latest: list[Analysis] = []

        def read(start: int, end: int) -> list[int]:
            analysis = self._encoder.read(words[start:end], known[start:end].tolist(), joined[start:end].tolist())
            latest[:] = [analysis]
            begins: list[int] = np.flatnonzero(np.diff(analysis.sentence, prepend=0)).tolist()
            return begins

        for start, end in read_in_windows(self._encoder.lengths(words), known, self._encoder.most_pieces, read):
            reading.take(latest[0], start, end, continues=bool(joined[start]))
        return reading

    def _lemma_hashes(self, words: list[str], doc: Doc, where: NDArray[np.int64], reading: Reading) -> Hashes:
        """Lemma of each word, remembered by (word, tag, edit)."""
        found = self._lemmas
        if len(found) > 300_000:
            found.clear()
        orths = doc.to_array(ORTH)[where].tolist()
        out = np.zeros(len(words), np.uint64)
        keys = zip(orths, reading.xpos.tolist(), reading.lemma.tolist(), strict=True)
        for i, key in enumerate(keys):
            value = found.get(key)
            if value is None:
                value = found[key] = self._strings.add(self._lemmatiser.lemma(words[i], key[1], key[2]))
            out[i] = value
        return out

    def _place_spaces(
        self, out: Hashes, heads: NDArray[np.int64], spaces: NDArray[np.bool_], where: NDArray[np.int64]
    ) -> None:
        """White space hangs on the word before it (at the beginning, on the word after)."""
        places = np.flatnonzero(spaces)
        if not len(places):
            return
        if len(where):
            before = np.searchsorted(where, places) - 1
            heads[places] = where[np.maximum(before, 0)]
            out[places, 4] = self._strings.add("dep")
        else:
            out[places, 4] = self._strings.add("dep")
            out[0, 4] = self._strings.add("root")
        out[places, 0] = self._strings.add("_SP")
        out[places, 1] = IDS["SPACE"]
        out[places, 2] = self._no_morph
        out[places, 6] = 2
        # Inside a name that runs over a line end, white space is inside too.
        if len(where):
            after = np.minimum(np.searchsorted(where, places), len(where) - 1)
            inside = (out[where[after], 6] == 1) & (where[after] > places)
            out[places[inside], 6] = 1
            out[places[inside], 7] = out[where[after[inside]], 7]

    def _hashes(self, strings: list[str] | tuple[str, ...]) -> Hashes:
        return np.array([self._strings.add(s) if s else 0 for s in strings], np.uint64)


class Reading:
    """Class numbers of all words; `heads` are word indices, a root's its own."""

    def __init__(self, size: int, rels: tuple[str, ...]) -> None:
        self.upos, self.xpos, self.feats, self.lemma, self.rels, self.heads, self.entity = np.zeros((7, size), np.int64)
        self._loose = next((rels.index(name) for name in ("parataxis", "dep") if name in rels), 0)
        self._root = 0

    def take(self, analysis: Analysis, start: int, end: int, *, continues: bool) -> None:
        """Keep a window's first `end - start` words; `continues`: its first sentence is a part of the one before."""
        size = end - start
        for name in ("upos", "xpos", "feats", "lemma", "rels", "entity"):
            getattr(self, name)[start:end] = getattr(analysis, name)[:size]
        local = analysis.heads[:size]
        every = np.arange(start, end)
        self.heads[start:end] = np.where(local > 0, local + start - 1, every)
        roots = every[local == 0]
        if continues:
            # A sentence longer than the encoder: its later parts hang on the root of the first.
            self.heads[roots[0]] = self._root
            self.rels[roots[0]] = self._loose
            roots = roots[1:]
        if len(roots):
            self._root = int(roots[-1])
