"""Quotation marks paired, over paragraphs too, and words quoted told apart from speech quoted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.reading._tree import Tree

_OPENING = frozenset({"“", "„", "«", "``", "‟"})
_CLOSING = frozenset({"”", "»", "''"})
_STRAIGHT = frozenset({'"', "″"})
_SINGLE = frozenset({"‘", "’", "'", "`"})
_STOPS = frozenset({".", "!", "?", "…", "...", ",", ";", "—", "–"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
MARKS = _OPENING | _CLOSING | _STRAIGHT | _SINGLE


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation.

    ``ranges``: half-open token ranges of what stands between the marks, one a paragraph. ``outer``: the first token of
    the opening mark and the token behind the closing mark. ``speech``: a whole utterance, not quoted words in the
    reporter's sentence. ``closed``: False when the closing mark never came. ``single``: single marks.
    """

    ranges: tuple[tuple[int, int], ...]
    outer: tuple[int, int]
    speech: bool
    closed: bool
    single: bool = False

    def holds(self, i: int) -> bool:
        """True when token ``i`` is quoted here."""
        return any(start <= i < end for start, end in self.ranges)


def find_quotes(tree: Tree) -> tuple[Quote, ...]:
    """All quotations, in text order; nested ones follow the one they lie in."""
    if not any(text in MARKS for text in tree.text):
        return ()
    spans = list(paragraphs(tree))
    double = _double(tree, spans)
    inside = [quote.ranges for quote in double]
    single = _single(tree, spans, inside)
    return tuple(sorted((*double, *single), key=lambda quote: (quote.outer[0], -quote.outer[1])))


def paragraphs(tree: Tree) -> Iterator[tuple[int, int]]:
    """Token ranges of paragraphs: split at blank lines, and at line ends that close a sentence."""
    start = 0
    for i in range(tree.size):
        if "\n" not in tree.text[i]:
            continue
        before = tree.text[i - 1] if i else ""
        if (
            tree.text[i].count("\n") > 1
            or before in _STOPS
            or before in MARKS
            or before in (":", ")")
            or _short(start, i)
        ):
            if i > start:
                yield start, i
            start = i + 1
    if start < tree.size:
        yield start, tree.size


def _short(start: int, end: int) -> bool:
    """A line of few words is a title or a label, not a wrapped line."""
    return end - start < 9


def _double(tree: Tree, spans: list[tuple[int, int]]) -> list[Quote]:
    found: list[Quote] = []
    ranges: list[tuple[int, int]] = []
    mark = inner = -1  # the opening mark; where the present paragraph's part begins, -1 until its mark is met
    for number, (start, end) in enumerate(spans):
        for i in range(start, end):
            if not _is_double(tree.text[i]):
                continue
            if mark < 0:
                if _opens(tree, i, start, end):
                    mark, inner = i, i + 1
            elif inner < 0:
                inner = i + 1
            else:
                found.append(_quote(tree, [*ranges, (inner, i)], mark, i + 1, closed=True))
                ranges, mark = [], -1
                if (
                    tree.text[i] in _OPENING
                    and i + 1 < end
                    and not tree.spaced[i]
                    and (i == start or tree.spaced[i - 1])
                ):
                    mark, inner = i, i + 1  # the mark before was never closed
        if mark >= 0:
            ranges.append((max(inner, start), end))
            inner = -1
            if not (number + 1 < len(spans) and _reopens(tree, spans[number + 1])):
                found.append(_quote(tree, ranges, mark, end, closed=False))
                ranges, mark = [], -1
    return found


def _is_double(text: str) -> bool:
    return text in _OPENING or text in _CLOSING or text in _STRAIGHT


def _opens(tree: Tree, i: int, start: int, end: int) -> bool:
    """True when a double mark met outside a quotation begins one."""
    if tree.text[i] in _OPENING:
        return True
    if i + 1 >= end:
        return False
    glued_before = i > start and not tree.spaced[i - 1]
    if glued_before and tree.spaced[i] and tree.text[i - 1] not in ("(", "[", "—", "–", "-", ":"):
        return tree.text[i] in _STRAIGHT and tree.text[i - 1] in (",", ".", "!", "?")  # a mark set to the wrong word
    return True


def _reopens(tree: Tree, span: tuple[int, int]) -> bool:
    start, end = span
    while start < end and not tree.text[start].strip():
        start += 1
    return start < end and tree.text[start] in _OPENING | _STRAIGHT


def _single(tree: Tree, spans: list[tuple[int, int]], inside: list[tuple[tuple[int, int], ...]]) -> list[Quote]:
    found = []
    for start, end in spans:
        mark = -1
        for i in range(start, end):
            if tree.text[i] not in _SINGLE:
                continue
            free_before = i == start or tree.spaced[i - 1] or tree.text[i - 1] in ("(", "[", '"', "“", "\n")
            if mark < 0 and free_before and not tree.spaced[i] and i + 1 < end:
                mark = i
            elif (
                mark >= 0 and not free_before and (tree.spaced[i] or i + 1 >= end or not tree.text[i + 1][0].isalnum())
            ):
                if tree.tag[i] == "POS" and _closes_later(tree, i, end):
                    continue
                if i > mark + 1 and not _crosses(mark, i, inside):
                    found.append(_quote(tree, [(mark + 1, i)], mark, i + 1, closed=True, single=True))
                mark = -1
    return found


def _closes_later(tree: Tree, i: int, end: int) -> bool:
    return any(tree.text[k] in ("’", "'") and not tree.spaced[k - 1] for k in range(i + 1, min(end, i + 40)))


def _crosses(start: int, end: int, inside: list[tuple[tuple[int, int], ...]]) -> bool:
    """True when a pair of single marks would straddle the edge of a double quotation."""
    for ranges in inside:
        for low, high in ranges:
            if (low <= start < high) != (low <= end <= high):
                return True
    return False


def _quote(
    tree: Tree, ranges: list[tuple[int, int]], mark: int, after: int, *, closed: bool, single: bool = False
) -> Quote:
    kept = tuple(trimmed for low, high in ranges if (trimmed := _trim(tree, low, high)) is not None)
    if not kept:
        kept = ((mark, mark + 1),)
    return Quote(kept, (mark, after), _is_speech(tree, kept, mark), closed, single)


def _trim(tree: Tree, low: int, high: int) -> tuple[int, int] | None:
    while low < high and (not tree.text[low].strip() or tree.text[low] in _STRAIGHT | _OPENING):
        low += 1
    while high > low and (not tree.text[high - 1].strip() or tree.text[high - 1] in (",", ";")):
        high -= 1
    return (low, high) if low < high else None


def _is_speech(tree: Tree, ranges: tuple[tuple[int, int], ...], mark: int) -> bool:
    """True for an utterance; False for words quoted inside the reporter's own sentence, titles and scare quotes."""
    first, last = ranges[0][0], ranges[-1][1] - 1
    words = [i for low, high in ranges for i in range(low, high) if tree.text[i][0].isalnum()]
    finite = any(tree.tag[i] in _FINITE for low, high in ranges for i in range(low, high))
    before = _solid(tree, mark - 1)
    stop_inside = last + 1 < tree.size and (tree.text[last] in _STOPS or tree.text[last + 1] in (",", ";"))
    capital = tree.text[first][0].isupper()
    lead = (
        before is None
        or tree.text[before] in (",", ":", ".", "!", "?", ";", "”", '"', ")", "—", "–", "-")
        or "\n" in tree.text[mark - 1]
    )
    if len(words) < 2:
        return (
            bool(words)
            and lead
            and capital
            and tree.text[last] in ("!", "?", ".")
            and tree.text[last] != tree.text[first]
        )
    if lead:
        return (finite and (len(words) > 3 or stop_inside)) or (stop_inside and capital and len(words) > 2)
    if before is not None and tree.pos[before] in ("VERB", "AUX") and capital and finite:
        return True
    return (
        finite
        and capital
        and len(words) > 4
        and tree.lower[before or 0] not in ("the", "a", "an", "of", "titled", "called")
    )


def _solid(tree: Tree, i: int) -> int | None:
    while i >= 0 and not tree.text[i].strip():
        i -= 1
    return i if i >= 0 else None
