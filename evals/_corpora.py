"""Readers of the corpora's file formats. They give plain values; the mapping to our labels is each scorer's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

Span = tuple[int, int]


@dataclass
class Word:
    """One syntactic word of a CoNLL-U file; ``head`` is the 1-based word number, 0 for the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    space_after: bool


@dataclass
class Sentence:
    """One sentence of a CoNLL-U file, with the document it belongs to."""

    sent_id: str
    document: str
    new_paragraph: bool
    words: list[Word] = field(default_factory=list)


def read_conllu(path: Path) -> list[Sentence]:
    """All sentences of a CoNLL-U file, without empty nodes; inside a multiword token there is no space."""
    sentences: list[Sentence] = []
    document = ""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip("\n").split("\n")
        comments = [line for line in lines if line.startswith("#")]
        for line in comments:
            if line.startswith("# newdoc id"):
                document = line.split("=", 1)[1].strip()
        words = list(_conllu_words(line.split("\t") for line in lines if line and not line.startswith("#")))
        if words:
            sent_id = next((c.split("=", 1)[1].strip() for c in comments if c.startswith("# sent_id")), "")
            new_paragraph = any(c.split("=")[0].strip() in {"# newpar", "# newpar id", "# newdoc id"} for c in comments)
            sentences.append(Sentence(sent_id, document, new_paragraph, words))
    return sentences


def _conllu_words(rows: Iterable[list[str]]) -> Iterator[Word]:
    last_of_token, space_after_token = 0, True
    for row in rows:
        number, space = row[0], "SpaceAfter=No" not in row[9].split("|")
        if "-" in number:
            last_of_token, space_after_token = int(number.split("-")[1]), space
        elif "." not in number:
            if int(number) <= last_of_token:
                space = int(number) == last_of_token and space_after_token
            yield Word(row[1], row[2], row[3], row[4], row[5], int(row[6]), row[7], space)


def documents(sentences: Iterable[Sentence]) -> dict[str, list[Sentence]]:
    """Sentences grouped by document, in file order."""
    grouped: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        grouped.setdefault(sentence.document, []).append(sentence)
    return grouped


def raw_text(sentences: Iterable[Sentence]) -> tuple[str, list[Span], list[Span]]:
    """The running text of a document with the character spans of its words and of its sentences.

    Paragraphs are parted by a blank line, as a web page's text is; sentences within one by a space.
    """
    pieces: list[str] = []
    words: list[Span] = []
    spans: list[Span] = []
    at = 0
    pending = ""
    for sentence in sentences:
        if pieces:
            pending = "\n\n" if sentence.new_paragraph else pending or " "
        first = at + len(pending)
        for word in sentence.words:
            pieces += [pending, word.form]
            at += len(pending)
            words.append((at, at + len(word.form)))
            at += len(word.form)
            pending = " " if word.space_after else ""
        spans.append((first, at))
    return "".join(pieces), words, spans


Tagged = tuple[list[str], list[str]]  # words, and as many labels (B-X, I-X, O)


def read_iob(path: Path, *, word_column: int, label_column: int, separator: str | None = "\t") -> list[Tagged]:
    """Sentences of a file with one token a line and a blank line between sentences."""
    sentences: list[Tagged] = []
    words: list[str] = []
    labels: list[str] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("# ") and word_column > 0:
            continue
        columns = line.split(separator)
        if len(columns) > max(word_column, label_column) and columns[word_column].strip():
            words.append(columns[word_column])
            labels.append(columns[label_column].strip())
        elif words:
            sentences.append((words, labels))
            words, labels = [], []
    return sentences


def spans_of(labels: list[str]) -> list[tuple[int, int, str]]:
    """(start, end, type) of every entity; an I- that continues nothing begins a new one, as conlleval reads it."""
    spans: list[tuple[int, int, str]] = []
    start, kind = 0, ""
    for i, label in enumerate([*labels, "O"]):
        prefix, _, name = label.partition("-")
        if kind and (prefix != "I" or name != kind):
            spans.append((start, i, kind))
            kind = ""
        if prefix in {"B", "I"} and not kind:
            start, kind = i, name
    return spans


@dataclass(frozen=True)
class Attribution:
    """One attribution of a brat file: character spans; ``source`` is empty where nobody is named."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def read_brat_attributions(path: Path) -> tuple[list[Attribution], list[Span]]:
    """The attributions of a PolNeAR annotation file, and the spans its annotators set aside (`Discard`)."""
    spans: dict[str, tuple[Span, ...]] = {}
    discarded: list[Span] = []
    found: list[Attribution] = []
    lines = path.read_text(encoding="utf-8").split("\n")
    for line in lines:
        if line.startswith("T"):
            key, where, *_ = line.split("\t")
            label, offsets = where.split(" ", 1)
            ends = [part.split() for part in offsets.split(";")]
            spans[key] = tuple((int(a), int(b)) for a, b in ends)
            if label == "Discard":
                discarded += spans[key]
    for line in lines:
        if line.startswith("E"):
            roles: dict[str, list[Span]] = {"Source": [], "Cue": [], "Content": []}
            for argument in line.split("\t")[1].split():
                role, key = argument.split(":")
                roles.get(role.rstrip("0123456789"), []).extend(spans[key])
            if roles["Cue"] and roles["Content"]:
                found.append(Attribution(*(tuple(sorted(roles[r])) for r in ("Source", "Cue", "Content"))))
    return found, discarded


def read_ontogum(path: Path) -> tuple[list[str], dict[int, list[Span]]]:
    """Tokens of an OntoGUM file and its clusters: cluster number to half-open token spans."""
    tokens: list[str] = []
    clusters: dict[int, list[Span]] = {}
    waiting: dict[int, list[int]] = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        columns = line.split("\t")
        if len(columns) < 3 or line.startswith("#"):
            continue
        here = len(tokens)
        tokens.append(columns[1])
        for opening, closing in re.findall(r"(?:\((\d+))|(?:(\d+)\))", _unit_brackets(columns[2])):
            if opening:
                waiting.setdefault(int(opening), []).append(here)
            else:
                clusters.setdefault(int(closing), []).append((waiting[int(closing)].pop(), here + 1))
    return tokens, clusters


def _unit_brackets(column: str) -> str:
    """`(4)` written as an opening and a closing, so that every bracket can be read alone."""
    return re.sub(r"\((\d+)\)", r"(\1 \1)", column)


def map_offsets(source: str, target: str) -> list[int]:
    """For every offset of ``source`` (its length included) the offset in ``target`` that stands for it.

    The same text gives the identity; text that was repaired on the way in is aligned piece by piece.
    """
    if source == target:
        return list(range(len(source) + 1))
    from difflib import SequenceMatcher

    mapped = [-1] * (len(source) + 1)
    blocks = SequenceMatcher(None, source, target, autojunk=False).get_matching_blocks()
    for a, b, size in blocks:
        for k in range(size + 1):
            mapped[a + k] = b + k
    known = [i for i, m in enumerate(mapped) if m >= 0]
    for i in range(known[0]):
        mapped[i] = 0
    for left, right in pairwise(known):
        for i in range(left + 1, right):
            mapped[i] = mapped[left]
    return mapped
