"""A parsed document as plain lists: the quick form in which statements and statuses are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Doc

QUOTE_MARKS = frozenset({'"', "“", "”", "„", "``", "''", "«", "»", "‘", "’", "'", "`", "‟", "″"})
_STOPS = frozenset({".", "!", "?"})
_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})


class Tree:
    """The analysis of one `Doc`, indexed by token.

    ``kids[i]`` are the children of token i in text order; ``left[i]`` and ``right[i]`` are the first and last token of
    the stretch its subtree spans (inclusive); ``sent[i]`` is the number of its sentence, ``bounds[s]`` that sentence's
    half-open token range. ``dep`` keeps subtypes, ``base`` has them cut off.
    """

    __slots__ = (
        "base",
        "bounds",
        "dep",
        "head",
        "kids",
        "left",
        "lemma",
        "lower",
        "pos",
        "right",
        "segment",
        "sent",
        "size",
        "spaced",
        "tag",
        "text",
    )

    def __init__(self, doc: Doc, *, known: Callable[[str], bool] | None = None) -> None:
        tokens = list(doc)
        self.size = len(tokens)
        self.text = [token.text for token in tokens]
        self.spaced = [bool(token.whitespace_) for token in tokens]
        self.lower = [token.lower_ for token in tokens]
        self.tag = [token.tag_ for token in tokens]
        self.pos = [token.pos_ for token in tokens]
        self.dep = [token.dep_ if token.dep_ != "ROOT" else "root" for token in tokens]
        self.base = [dep.partition(":")[0] for dep in self.dep]
        self.head = [token.head.i for token in tokens]
        self.left = [token.left_edge.i for token in tokens]
        self.right = [token.right_edge.i for token in tokens]
        self.lemma = [(token.lemma_ or token.lower_).lower() for token in tokens]
        if known is not None:
            self._mend_lemmas(known)
        self.segment = self._segments()
        self.kids: list[list[int]] = [[] for _ in range(self.size)]
        for i, head in enumerate(self.head):
            if head != i:
                self.kids[head].append(i)
        self.sent = [0] * self.size
        self.bounds: list[tuple[int, int]] = []
        for number, sentence in enumerate(doc.sents):
            self.bounds.append((sentence.start, sentence.end))
            for i in range(sentence.start, sentence.end):
                self.sent[i] = number

    def _mend_lemmas(self, known: Callable[[str], bool]) -> None:
        """Puts a lemma that the lexicons know in place of one they do not, where the form allows ("foiled": foil)."""
        for i, tag in enumerate(self.tag):
            if tag.startswith("VB") and not known(self.lemma[i]):
                found = next((stem for stem in _stems(self.lower[i], self.lemma[i]) if known(stem)), None)
                if found is not None:
                    self.lemma[i] = found

    def _segments(self) -> list[int]:
        """A number a token that grows behind every full stop before a capital: sentences, whatever the parser says."""
        found, number = [], 0
        for i, text in enumerate(self.text):
            found.append(number)
            if text in _STOPS and i + 1 < self.size:
                after = self.text[i + 1]
                number += not after.strip() or after[0].isupper() or after[0] in '“"‘'
            elif "\n\n" in text:
                number += 1
        return found

    def children(self, i: int, *deps: str) -> list[int]:
        """Children of token ``i`` with one of these relations, subtypes included in the name."""
        return [kid for kid in self.kids[i] if self.dep[kid] in deps]

    def child(self, i: int, *deps: str) -> int | None:
        """The first child of token ``i`` with one of these relations."""
        for kid in self.kids[i]:
            if self.dep[kid] in deps:
                return kid
        return None

    def subject(self, i: int) -> int | None:
        """The explicit subject of clause ``i``."""
        for kid in self.kids[i]:
            if self.base[kid] in ("nsubj", "csubj"):
                return kid
        return None

    def is_noun(self, i: int) -> bool:
        """True for common and proper nouns, and for gerunds used as nouns ("the shelling of the town")."""
        if self.tag[i] in _NOUN_TAGS or self.pos[i] in ("NOUN", "PROPN"):
            return True
        if self.tag[i] == "VBG" and self.base[i] in (
            "obj",
            "nsubj",
            "obl",
            "nmod",
            "compound",
            "conj",
            "root",
            "appos",
        ):
            return any(
                self.base[kid] in ("det", "case", "amod") or self.dep[kid] == "nmod:poss" for kid in self.kids[i]
            )
        return False

    def spelled(self, i: int) -> str:
        """Token ``i`` in lower case together with what a hyphen binds to it: "so-called", "long-awaited"."""
        word, k = self.lower[i], i
        while k >= 2 and self.text[k - 1] == "-" and not self.spaced[k - 1] and not self.spaced[k - 2]:
            word, k = f"{self.lower[k - 2]}-{word}", k - 2
        return word

    def particle(self, i: int) -> str:
        """The particle of a phrasal verb ("off" in "called off"), or ""."""
        for kid in self.kids[i]:
            if self.dep[kid] == "compound:prt":
                return self.lower[kid]
        return ""

    def marker(self, i: int, *deps: str) -> str:
        """The word or words that introduce ``i`` as ``mark`` or ``case``: "if", "in order", "according to"."""
        words: list[str] = []
        for kid in self.kids[i]:
            if self.dep[kid] in deps and self.tag[kid] != "POS":
                words.append(self.lower[kid])
                words.extend(self.lower[part] for part in self.kids[kid] if self.dep[part] == "fixed")
        return " ".join(words).strip()


def _stems(form: str, lemma: str) -> Iterator[str]:
    """What a verb form may be a form of, by spelling alone."""
    yield lemma + "e"
    for ending in ("ed", "ing", "es", "s", "d"):
        if form.endswith(ending) and len(form) > len(ending) + 2:
            stem = form[: -len(ending)]
            yield stem
            yield stem + "e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
            if stem.endswith("i"):
                yield stem[:-1] + "y"
