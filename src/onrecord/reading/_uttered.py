"""Whole quotations and who utters them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.reading._contents import Said
from onrecord.reading._cues import cues
from onrecord.reading._quotes import MARKS, Quote, paragraphs
from onrecord.reading._sources import Source, Sources
from onrecord.reading._tree import Tree

_REACH = 16  # tokens behind a quotation in which its cue is looked for
_BACK = 32  # tokens before it
_NEAR = 40  # tokens between two quotations of one utterance
_STOPS = frozenset({".", "!", "?", "…"})
_UTTERING = frozenset({"be", "have", "do"})


def find_uttered(tree: Tree, quotes: Sequence[Quote], sources: Sources) -> list[Said]:
    """One statement for each utterance in quotation marks; pieces of one utterance are joined."""
    return _Utterances(tree, quotes, sources).all()


class _Utterances:
    def __init__(self, tree: Tree, quotes: Sequence[Quote], sources: Sources) -> None:
        self.tree, self.sources = tree, sources
        self.quotes = [quote for quote in quotes if quote.speech]
        self.paragraph = [0] * tree.size
        self.spans = list(paragraphs(tree)) if self.quotes else []
        for number, (start, end) in enumerate(self.spans):
            self.paragraph[start:end] = [number] * (end - start)

    def all(self) -> list[Said]:
        """Cued quotations first, then those that stand alone next to them."""
        self.quotes = [quote for quote in self.quotes if not self._runs_on(quote)]
        cued = [(quote, self._cue(quote)) for quote in self.quotes]
        found: list[Said] = []
        for number, (quote, verb) in enumerate(cued):
            joined = self._join(found, quote, verb)
            if joined:
                continue
            if verb is None and self._belongs_to_next(cued, number):
                verb = cued[number + 1][1]
            if verb is None and self._titles(quote):
                continue
            found.append(self._said(quote, verb, found))
        return found

    def _titles(self, quote: Quote) -> bool:
        """True for a title or heading in quotation marks: a short line of its own, words beside a noun."""
        tree = self.tree
        first, last = quote.ranges[0][0], quote.ranges[-1][1] - 1
        start, end = self.spans[self.paragraph[first]]
        words = sum(tree.text[i][0].isalnum() for i in range(first, last + 1))
        if quote.single and words < 8 and quote.outer[0] <= start + 1 and quote.outer[1] >= end - 1:
            return True
        before = quote.outer[0] - 1
        return words < 8 and before > start and tree.text[before] == "," and tree.is_noun(before - 1)

    def _said(self, quote: Quote, verb: int | None, before: list[Said]) -> Said:
        item = Said(None, quote.ranges, "direct", "asserts", "quotation", verb=verb)
        if verb is None:
            return self._alone(item, quote, before)
        entry = cues().verbs.get(self.tree.lemma[verb], {})
        stance = entry["that"].stance if "that" in entry else "asserts"
        if stance in ("threatens", "expects", "promises") and self.tree.lemma[verb] != "threaten":
            stance = "asserts"
        if self.tree.lemma[verb] == "ask" or self._asks(quote):
            stance = "asks"
        source = self.sources.speaker(verb) or self._beside(verb, quote)
        if source is not None and quote.holds(source.head):
            source = self._beside(verb, quote)
        item = replace(item, cue=(verb, verb + 1), stance=stance, because="quotation/cue")
        lead = self._lead(verb, quote)
        if lead is not None:
            item = replace(item, content=(lead, *item.content), style="mixed")
        return replace(item.by(source), medium=self.sources.medium(verb))

    def _lead(self, verb: int, quote: Quote) -> tuple[int, int] | None:
        """The unquoted beginning of a sentence that the quotation only ends: "Once it was sold, he said, “we left”"."""
        tree = self.tree
        first = quote.ranges[0][0]
        if verb > first or tree.text[first][0].isupper() or tree.text[max(first - 2, 0)] != ",":
            return None
        start = tree.bounds[tree.sent[verb]][0]
        low = verb
        while low > start and verb - low < 10 and tree.text[low - 1] != ",":
            low -= 1
        while start < low and (not tree.text[start].strip() or tree.text[start] in MARKS):
            start += 1
        if low - start < 3 or not any(tree.pos[i] in ("VERB", "AUX") for i in range(start, low)):
            return None
        return (start, low - 1)

    def _asks(self, quote: Quote) -> bool:
        return self.tree.text[quote.ranges[-1][1] - 1] == "?"

    def _join(self, found: list[Said], quote: Quote, verb: int | None) -> bool:
        """Adds the quotation to the statement before it when both are one utterance."""
        if not found or quote.single:
            return False
        last = found[-1]
        end = last.content[-1][1]
        same_paragraph = self.paragraph[end - 1] == self.paragraph[quote.ranges[0][0]]
        nested = quote.ranges[0][0] < end
        if not same_paragraph or nested or quote.ranges[0][0] - end > _NEAR:
            return False
        if (verb is not None and verb == last.verb) or (
            verb is None and last.cue is not None and not self._other_cue(end, quote)
        ):
            found[-1] = replace(last, content=(*last.content, *quote.ranges))
            return True
        return False

    def _other_cue(self, start: int, quote: Quote) -> bool:
        """True when somebody else speaks, or the story goes on for a sentence, between two quotations."""
        tree = self.tree
        stops = sum(tree.text[i] in _STOPS for i in range(start, quote.outer[0]))
        return stops > 1

    def _belongs_to_next(self, cued: list[tuple[Quote, int | None]], number: int) -> bool:
        if number + 1 >= len(cued):
            return False
        quote, (follower, verb) = cued[number][0], cued[number + 1]
        gap = follower.outer[0] - quote.outer[1]
        return (
            verb is not None
            and gap <= 1
            and self.paragraph[quote.ranges[0][0]] == self.paragraph[follower.ranges[0][0]]
        )

    # --- cues --------------------------------------------------------------------------------------------------------

    def _cue(self, quote: Quote) -> int | None:
        """The verb that introduces the quotation: behind it, before it, or above it in the tree."""
        behind = self._behind(quote)
        if behind is not None:
            return behind
        return self._before(quote)

    def _runs_on(self, quote: Quote) -> bool:
        """True for quoted words whose sentence goes on outside: "“We sold it” to pay the men, she said"."""
        tree = self.tree
        after = quote.outer[1]
        last = tree.text[quote.ranges[-1][1] - 1]
        if after + 2 >= tree.size or last in _STOPS or tree.text[after - 2] == "," or not quote.closed:
            return False
        return tree.tag[after] in ("TO", "IN") and tree.text[after].islower()

    def _behind(self, quote: Quote) -> int | None:
        tree = self.tree
        start = quote.outer[1]
        last = quote.ranges[-1][1] - 1
        closed_by_stop = tree.text[last] == "."
        for i in range(start, min(tree.size, start + _REACH)):
            text = tree.text[i]
            if "\n" in text or text in _STOPS or (text in MARKS and not self._apostrophe(i)):
                return None
            if i == start and closed_by_stop and text[0].isupper():
                return None
            if self._utters(i) and tree.tag[i] in ("VBD", "VBZ", "VBP", "VBN", "VB"):
                return i
            if tree.lower[i] in ("but", "because", "while", "after", "when") or (
                i == start and text[0].isupper() and closed_by_stop
            ):
                return None
        return None

    def _before(self, quote: Quote) -> int | None:
        tree = self.tree
        nearest = None
        crossed = False
        for i in range(quote.outer[0] - 1, max(-1, quote.outer[0] - 1 - _BACK), -1):
            text = tree.text[i]
            if "\n" in text:
                if crossed or tree.text[max(i - 1, 0)] != ":":
                    break
                crossed = True
                continue
            if text in _STOPS:
                break
            if text in MARKS and not self._apostrophe(i) and i < quote.outer[0] - 1:
                break
            if self._utters(i) and nearest is None:
                nearest = i
                if tree.base[i] in ("amod", "acl") and tree.tag[i] == "VBN":
                    nearest = None
        return nearest

    def _apostrophe(self, i: int) -> bool:
        tree = self.tree
        return tree.text[i] in ("'", "’") and (tree.tag[i] == "POS" or (i > 0 and not tree.spaced[i - 1]))

    def _utters(self, i: int) -> bool:
        tree = self.tree
        if not tree.tag[i].startswith("VB"):
            return False
        words = cues().verbs
        particle = tree.particle(i)
        entry = words.get(f"{tree.lemma[i]} {particle}") if particle else None
        entry = entry or words.get(tree.lemma[i])
        return entry is not None and "that" in entry and entry["that"].kind in ("speech", "mind", "show")

    def _beside(self, verb: int, quote: Quote) -> Source | None:
        """The name or pronoun next to a cue whose subject the tree does not show."""
        tree = self.tree
        start, end = tree.bounds[tree.sent[verb]]
        for i in (*range(verb - 1, max(start - 1, verb - 12), -1), *range(verb + 1, min(end, verb + 8))):
            if tree.text[i] in MARKS and not self._apostrophe(i):
                if i > verb:
                    break
                continue
            if quote.holds(i) or not (tree.is_noun(i) or tree.tag[i] == "PRP"):
                continue
            if (
                tree.base[i] in ("nsubj", "obl", "root", "obj", "appos", "parataxis")
                or self.sources.named.get(i) == "PER"
            ):
                return self.sources.of(i)
        return None

    # --- without a cue -----------------------------------------------------------------------------------------------

    def _alone(self, item: Said, quote: Quote, before: list[Said]) -> Said:
        """A quotation without a cue: its neighbour's speaker, in this paragraph or the one before."""
        here = self.paragraph[quote.ranges[0][0]]
        outer = next((k for k in self.quotes if k is not quote and k.holds(quote.ranges[0][0])), None)
        floor = outer.ranges[0][0] if outer is not None else self.spans[max(here - 1, 0)][0]
        for i in range(quote.outer[0] - 1, floor - 1, -1):
            if any(other.holds(i) for other in self.quotes if other is not outer):
                continue
            if self._utters(i) and self.tree.tag[i] in ("VBD", "VBZ", "VBG"):
                source = self.sources.speaker(i)
                if source is not None:
                    follows = i if self.paragraph[i] == here and not self._other_cue(i, quote) else None
                    return replace(item.by(source), because="quotation/neighbour", follows=follows)
        if before and self.paragraph[before[-1].content[-1][0]] >= here - 1:
            last = before[-1]
            return replace(
                item,
                speaker=last.speaker,
                source=last.source,
                source_head=last.source_head,
                because="quotation/neighbour",
            )
        person = self._person_before(quote)
        return item if person is None else replace(item.by(person), because="quotation/subject-before")

    def _person_before(self, quote: Quote) -> Source | None:
        """The person the sentence right before an uncued quotation is about."""
        tree = self.tree
        i = quote.outer[0] - 1
        while i >= 0 and not tree.text[i].strip():
            i -= 1
        if i < 0:
            return None
        start, end = tree.bounds[tree.sent[i]]
        for k in range(start, end):
            if tree.base[k] == "nsubj" and tree.base[tree.head[k]] == "root" and self.sources.is_person(k):
                return self.sources.of(k)
        return None
