"""Reader of ECB+: the articles as text, and the annotated event mentions with the event each one refers to."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

DEV_TOPICS = (2, 5, 12, 18, 21, 23, 34, 35)

_CLOSE_BEFORE = frozenset(". , ; : ! ? ) ] } % '' 's n't 're 've 'll 'd 'm ’s ’".split()) | {"'"}
_OPEN_AFTER = frozenset("( [ { `` $ # “ ‘".split())


@dataclass(frozen=True)
class Mention:
    """One event mention: words ``start:end`` of the text (characters), and the event's name within the corpus."""

    start: int
    end: int
    event: str


@dataclass(frozen=True)
class Document:
    """One article of the corpus; ``sentences`` are the character ranges of the sentences that are annotated."""

    name: str
    topic: int
    text: str
    mentions: tuple[Mention, ...]
    sentences: tuple[tuple[int, int], ...]

    @property
    def subtopic(self) -> str:
        """Each topic has two seminal events; the name of the one that this article tells of."""
        return f"{self.topic}{'ecbplus' if 'plus' in self.name else 'ecb'}"


def read_ecb(folder: Path, topics: tuple[int, ...]) -> Iterator[Document]:
    """The articles of some topics in order, with the mentions in the sentences whose coreference was annotated."""
    checked = _checked_sentences(folder / "ECBplus_coreference_sentences.csv")
    for topic in topics:
        paths = sorted((folder / "ECB+" / str(topic)).glob("*.xml"), key=lambda path: _natural(path.name))
        for path in paths:
            yield _document(path, topic, checked.get(path.stem, frozenset()))


def train_topics(folder: Path) -> tuple[int, ...]:
    """The topics that are there and not for development."""
    found = sorted(int(path.name) for path in (folder / "ECB+").iterdir() if path.name.isdigit())
    return tuple(topic for topic in found if topic not in DEV_TOPICS)


def _checked_sentences(path: Path) -> dict[str, frozenset[int]]:
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            numbers[f"{row['Topic']}_{row['File']}"].add(int(row["Sentence Number"]))
    return {name: frozenset(found) for name, found in numbers.items()}


def _document(path: Path, topic: int, checked: frozenset[int]) -> Document:
    root = ElementTree.parse(path).getroot()
    words = [(token.get("t_id", ""), int(token.get("sentence", "0")), token.text or "") for token in root.iter("token")]
    text, place = _text(words, address="plus" in path.name)
    sentence_of = {token: sentence for token, sentence, _ in words}
    event_of = _events(root, path.stem)
    mentions = []
    for mark in root.find("Markables") or ():
        tokens = [anchor.get("t_id", "") for anchor in mark.iter("token_anchor")]
        kind, number = mark.tag, mark.get("m_id", "")
        if not tokens or not kind.startswith(("ACTION", "NEG_ACTION")):
            continue
        if all(token in place for token in tokens) and sentence_of[tokens[0]] in checked:
            spans = [place[token] for token in tokens]
            name = event_of.get(number, f"{path.stem}/{number}")
            mentions.append(Mention(min(s for s, _ in spans), max(e for _, e in spans), name))
    ranges: dict[int, tuple[int, int]] = {}
    for token, sentence, _ in words:
        if sentence in checked and token in place:
            start, end = place[token]
            ranges[sentence] = (min(start, ranges.get(sentence, (start, end))[0]), end)
    mentions.sort(key=lambda mention: (mention.start, mention.end))
    return Document(path.stem, topic, text, tuple(mentions), tuple(ranges.values()))


def _events(root: ElementTree.Element, name: str) -> dict[str, str]:
    """The event of each mention that refers together with another: the note across documents, the chain within one."""
    found: dict[str, str] = {}
    for relation in root.find("Relations") or ():
        note = relation.get("note") if relation.tag == "CROSS_DOC_COREF" else None
        chain = note or f"{name}/chain{relation.get('r_id')}"
        for source in relation.iter("source"):
            found[source.get("m_id", "")] = chain
    return found


def _text(words: list[tuple[str, int, str]], *, address: bool) -> tuple[str, dict[str, tuple[int, int]]]:
    """Running text, a sentence a line, and where each word landed; the address that heads a page is left out."""
    text, place, last, quoted = "", {}, -1, False
    for token, sentence, word in words:
        if address and sentence == 0:
            continue
        if sentence != last:
            text, last, quoted = text.rstrip() + ("\n" if text else ""), sentence, False
        closing = word == '"' and quoted
        if word == '"':
            quoted = not quoted
        if word in _CLOSE_BEFORE or closing:
            text = text.rstrip(" ")
        place[token] = (len(text), len(text) + len(word))
        text += word + ("" if word in _OPEN_AFTER or (word == '"' and quoted) else " ")
    return text.rstrip(), place


def _natural(name: str) -> tuple[int | str, ...]:
    return tuple(int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name))
