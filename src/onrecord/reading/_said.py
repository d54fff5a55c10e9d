"""Indirect speech: what is said, thought or wanted below a verb, and the sources a clause names in passing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.reading._complements import complements, modality
from onrecord.reading._contents import Ranges, Said
from onrecord.reading._marks import clause_mark
from onrecord.reading._named import Named
from onrecord.reading._quotes import Quote
from onrecord.reading._sources import Source, Sources
from onrecord.reading._tree import Tree
from onrecord.records import Status

_SPEAKING = frozenset({"comment", "elaborate", "respond", "answer", "reply", "say", "speak", "disclose", "identify"})
_NAMELESS = frozenset({"anonymous", "anonymity", "unnamed", "named", "unidentified", "identified"})
_ASKING = frozenset({"ask", "wonder", "inquire", "enquire", "question"})


def find_said(tree: Tree, quotes: Sequence[Quote], sources: Sources, uttered: Sequence[Said]) -> list[Said]:
    """Every statement that is not a whole quotation; those in ``uttered`` are not given again."""
    finder = _Finder(tree, quotes, sources, uttered)
    return list(finder.all())


class _Finder(Named):
    """Goes through one document token by token."""

    def all(self) -> Iterator[Said]:
        tree, words, hedges = self.tree, self.words, modality().hedges
        found: list[Said] = []
        for i in range(tree.size):
            if tree.is_noun(i):
                if tree.lemma[i] in words.nouns:
                    found.extend(self.noun(i))
            elif tree.pos[i] in ("VERB", "AUX") or tree.tag[i].startswith("VB"):
                if tree.lower[i] in words.adjectives and self.sources.is_passive(i):
                    found.extend(self.adjective(i))
                elif tree.lower[i] == "according":
                    found.extend(self.according(i))
                elif self.entries(i) is not None:
                    found.extend(self._verb(i))
            elif tree.lower[i] == "according":
                found.extend(self.according(i))
            elif tree.lower[i] in words.adjectives:
                found.extend(self.adjective(i))
            elif tree.lower[i] in hedges and tree.base[i] == "advmod":
                found.extend(self.hedge(i))
            elif tree.lower[i] == "in" and tree.dep[i] == "case":
                found.extend(self.view(i))
            elif tree.text[i] == ":":
                found.extend(self.headline(i))
        for item in found:
            if item.because == "verb/thing" and item.stance != "denies" and self._objects(item) & self.claimed:
                continue
            if item.because.startswith("verb/") and self._quoted_already(item):
                continue
            yield self._styled(item)

    def _quoted_already(self, item: Said) -> bool:
        """True when all that is said is part of a quotation that stands after its own cue: "The mayor said: “We …"."""
        return item.cue is not None and any(
            said.style == "direct"
            and _overlap(item.content, said.content) == sum(b - a for a, b in item.content)
            and not _overlap((item.cue,), said.content)
            for said in self.used.values()
        )

    def _verb(self, i: int) -> Iterator[Said]:
        tree = self.tree
        entries = self.entries(i) or {}
        passive = self.sources.is_passive(i)
        if passive:
            entries = {**entries, **self.words.passives.get(tree.lemma[i], {})}
        if not self._uttering(i):
            return
        picked = self.content(i, entries, passive)
        if picked is None:
            return
        content, frame = picked
        cue = entries[frame]
        if cue.kind in ("mind", "wish") and self._own_mind(i):
            return
        if self._own_words(i) or (frame == "to" and self._silent(content)):
            return
        if frame != "that" and any(quote.holds(i) for quote in self.speech):
            return
        used = self.used.get(i)
        if used is not None and _overlap(content, used.content) > 0:
            return
        content = self._clipped(i, content)
        if not content:
            return
        stance = "asks" if tree.lemma[i] in _ASKING and frame == "that" else cue.stance
        if tree.lemma[i] in ("warn", "caution", "alert") and frame == "that" and not self._future(content):
            stance = "asserts"
        item = Said((i, i + 1), content, "indirect", stance, f"verb/{frame}", verb=i)
        yield replace(self._spoken(item, i), medium=self.sources.medium(i))

    def _spoken(self, item: Said, i: int) -> Said:
        """``item`` with the speaker of the verb at ``i``; a cue that hangs on a quotation shares the quotation's."""
        source = self.sources.speaker(i)
        lead = self._lead_cue(i)
        if lead is not None:
            source = self.sources.speaker(lead) or source
        elif source is None or not _near(source, i):
            source = self.sources.neighbour(i) or source
        if source is not None:
            for said in self.used.values():
                if _overlap(said.content, ((source.head, source.head + 1),)) and not _overlap(
                    said.content, ((i, i + 1),)
                ):
                    return replace(item, speaker=said.speaker, source=said.source, source_head=said.source_head)
        return item.by(source)

    def _lead_cue(self, i: int) -> int | None:
        """For ", adding" or ", stressing": the finite cue before it in the sentence, whose speaker goes on."""
        tree = self.tree
        if not self.participial(i):
            return None
        start = tree.bounds[tree.sent[i]][0]
        inside = any(quote.holds(i) for quote in self.speech)
        for k in range(i - 1, start - 1, -1):
            if tree.tag[k] in ("VBD", "VBZ", "VBP", "VBN") and self.entries(k) is not None:
                if tree.tag[k] == "VBN" and not any(tree.base[kid] == "aux" for kid in tree.kids[k]):
                    continue
                if not inside and any(quote.holds(k) for quote in self.speech):
                    continue
                return k if tree.subject(k) is not None and not self.sources.is_passive(k) else None
        return None

    def _own_mind(self, i: int) -> bool:
        """True for "I think", "you know", and "she said she hoped": no second source."""
        tree = self.tree
        subject = tree.subject(i)
        if subject is None:
            return any(quote.holds(i) for quote in self.speech)
        if tree.lower[subject] in ("i", "we", "you", "me", "us"):
            return True
        if tree.tag[subject] != "PRP":
            return False
        return tree.base[i] in ("ccomp", "xcomp") and self.entries(tree.head[i]) is not None

    def _silent(self, content: Ranges) -> bool:
        """True for "declined to comment" and "wished to remain anonymous": that is no statement."""
        start, end = content[0]
        if any(self.tree.lower[k] in _NAMELESS for k in range(start, min(start + 4, end))):
            return True
        return any(self.tree.lemma[k] in _SPEAKING for k in range(content[0][0], min(content[0][0] + 2, content[0][1])))

    def _own_words(self, i: int) -> bool:
        """True for "I say" and "we have argued" inside a quotation: the speaker is no second source."""
        subject = self.tree.subject(i)
        first_person = subject is not None and self.tree.lower[subject] in ("i", "we")
        return first_person and any(quote.holds(i) for quote in self.speech)

    def _uttering(self, i: int) -> bool:
        """False for words not said: "did not say that", "may announce", "refused to say"."""
        tree = self.tree
        if tree.base[i] in ("amod", "compound", "case", "fixed", "flat"):
            return False
        mark = clause_mark(tree, i)
        if mark.status in (Status.negated, Status.hypothetical, Status.called_for) and not mark.would:
            return False
        head = tree.head[i]
        if mark.infinitive and mark.status is None and tree.base[i] != "root":
            effect = complements().get((tree.lemma[head], "verb"), {}).get("to")
            return (
                effect in ("same", "fact", "ongoing")
                or (tree.base[i] == "conj" and self._uttering(head))
                or tree.lemma[head] == "go"
            )
        return True

    def _future(self, content: Ranges) -> bool:
        return any(self.tree.tag[i] == "MD" for start, end in content for i in range(start, end))

    def _clipped(self, cue: int, ranges: Ranges) -> Ranges:
        """``ranges`` kept within the quotation the cue stands in."""
        for quote in self.speech:
            if quote.holds(cue):
                kept = []
                for low, high in ranges:
                    for start, end in quote.ranges:
                        a, b = max(low, start), min(high, end)
                        if a < b:
                            kept.append((a, b))
                return self.trim(kept)
        return ranges

    def _styled(self, item: Said) -> Said:
        """``item`` with style mixed when quoted words stand inside its content."""
        for quote in (*self.fragments, *self.speech):
            for low, high in item.content:
                if low <= quote.ranges[0][0] and quote.ranges[-1][1] <= high:
                    return replace(item, style="mixed")
        return item

    def _objects(self, item: Said) -> set[int]:
        target = None if item.verb is None else self.tree.child(item.verb, "obj")
        return set() if target is None else {target}


def _overlap(one: Ranges, other: Ranges) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def _near(source: Source, cue: int) -> bool:
    return abs(source.head - cue) < 40
