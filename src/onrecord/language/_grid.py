"""One article's tokens as plain Python lists, so that rules need not ask spaCy the same thing twice."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

_latest: tuple[Doc, Grid] | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Parallel lists, one entry a token.

    ``lower`` has straight apostrophes; ``sentence`` numbers sentences from 0; ``entity`` is an index into ``entities``,
    -1 outside any.
    """

    source: str
    offset: list[int]
    text: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    children: list[list[int]]
    sentence: list[int]
    starts: list[int]
    entity: list[int]
    entities: list[tuple[int, int, str]]

    def __len__(self) -> int:
        return len(self.text)

    def words(self, start: int, end: int) -> str:
        """The article's own text from token ``start`` up to ``end``."""
        return self.source[self.offset[start] : self.offset[end - 1] + len(self.text[end - 1])]

    def subtree_edges(self, i: int, *, skip: frozenset[str] = frozenset()) -> tuple[int, int]:
        """First and one-past-last token of what hangs on ``i``, leaving out children with the relations in ``skip``."""
        low, high = i, i + 1
        stack = [i]
        while stack:
            for child in self.children[stack.pop()]:
                if self.dep[child] in skip:
                    continue
                low, high = min(low, child), max(high, child + 1)
                stack.append(child)
        return low, high


def grid(doc: Doc) -> Grid:
    """The grid of ``doc``; the latest one is kept, since all of reading asks for the same article in turn."""
    global _latest
    latest = _latest
    if latest is None or latest[0] is not doc:
        latest = _latest = (doc, _build(doc))
    return latest[1]


def _build(doc: Doc) -> Grid:
    size = len(doc)
    offset, text, lower, lemma, pos, tag, dep, head = [], [], [], [], [], [], [], []
    children: list[list[int]] = [[] for _ in range(size)]
    for token in doc:
        word = token.text
        offset.append(token.idx)
        text.append(word)
        lower.append(word.lower().replace("’", "'"))
        lemma.append(token.lemma_)
        pos.append(token.pos_)
        tag.append(token.tag_)
        dep.append(token.dep_)
        head.append(token.head.i)
    for i, parent in enumerate(head):
        if parent != i:
            children[parent].append(i)
    sentence, starts = [0] * size, []
    for number, sent in enumerate(doc.sents):
        starts.append(sent.start)
        for i in range(sent.start, sent.end):
            sentence[i] = number
    entity = [-1] * size
    entities: list[tuple[int, int, str]] = []
    for ent in doc.ents:
        for i in range(ent.start, ent.end):
            entity[i] = len(entities)
        entities.append((ent.start, ent.end, ent.label_))
    return Grid(doc.text, offset, text, lower, lemma, pos, tag, dep, head, children, sentence, starts, entity, entities)
