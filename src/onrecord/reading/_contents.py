"""Where the content of a statement stands: clause, infinitive or nominal below a cue, or the clause beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onrecord.reading._cues import Cue, cues
from onrecord.reading._quotes import MARKS, Quote
from onrecord.reading._sources import Source, Sources
from onrecord.reading._tree import Tree

Ranges = tuple[tuple[int, int], ...]
_FRAMING = frozenset({"PUNCT", "SPACE", "SYM"})
_AS_CUES = frozenset(
    {
        "say", "report", "state", "note", "tell", "announce", "explain", "write", "claim", "warn", "predict", "expect",
        "describe", "put",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A statement while it is being put together. ``verb``: the token of the cue; ``source_head``: of the speaker."""

    cue: tuple[int, int] | None
    content: Ranges
    style: str
    stance: str
    because: str
    verb: int | None = None
    speaker: int | None = None
    medium: int | None = None
    source: tuple[int, int] | None = None
    source_head: int | None = None
    follows: int | None = None  # the cue of the sentence before, which a quotation without one goes on from

    def by(self, source: Source | None) -> Said:
        """The same with its speaker."""
        if source is None:
            return self
        return replace(self, speaker=source.party, source=source.span, source_head=source.head)


class Contents:
    """Finds content in one document."""

    def __init__(self, tree: Tree, quotes: Sequence[Quote], sources: Sources, uttered: Sequence[Said]) -> None:
        self.tree, self.sources, self.words = tree, sources, cues()
        self.speech = [quote for quote in quotes if quote.speech]
        self.fragments = [quote for quote in quotes if not quote.speech]
        self.used = {item.verb: item for item in uttered if item.verb is not None}
        self.claimed: set[int] = set()  # objects that are noun cues with content of their own

    def entries(self, i: int) -> dict[str, Cue] | None:
        """What the verb at ``i`` may take, by complement."""
        tree = self.tree
        lemma = tree.lemma[i]
        particle = tree.particle(i)
        table = self.words.verbs
        found = table.get(f"{lemma} {particle}") if particle else None
        passive = self.words.passives.get(lemma) if tree.tag[i] in ("VBN", "VBD") else None
        found = found or table.get(lemma) or passive
        return None if found is None else dict(found)

    def content(self, i: int, entries: dict[str, Cue], passive: bool) -> tuple[Ranges, str] | None:
        tree = self.tree
        kids = tree.kids[i]
        if "that" in entries and entries["that"].kind == "speech":
            aside = self._aside(i, last=True)
            if aside is not None:
                return aside, "that"
        if "that" in entries:
            for kid in sorted(kids, key=lambda kid: kid < i):
                if (
                    (tree.base[kid] == "ccomp" or (tree.base[kid] == "csubj" and kid > i))
                    and not self.infinitive(kid)
                    and self._plausible(i, kid)
                ):
                    return self.clause(kid, i), "that"
            direct = next(
                (k for k in kids if tree.base[k] == "parataxis" and k > i and self.finite(k) and self._colon(i, k)),
                None,
            )
            if direct is not None:
                return self.clause(direct, i), "that"
            aside = self._aside(i) if entries["that"].kind == "speech" else None
            if aside is not None:
                return aside, "that"
        if "to" in entries and not any(self._takes(entries, kid) for kid in kids if kid > i):
            for kid in kids:
                if tree.base[kid] in ("xcomp", "ccomp", "advcl") and self.infinitive(kid) and kid > i:
                    if tree.base[kid] == "advcl" and entries["to"].kind in ("wish", "passive"):
                        continue
                    return self._with_object(i, kid, passive), "to"
        for kid in kids:
            if kid > i and (marker := self._takes(entries, kid)):
                return self._behind(i, kid, passive), marker
        if "that" in entries:
            beside = self._beside(i)
            if beside is not None:
                return beside, "that"
        return self._nominal(i, entries, passive)

    def _takes(self, entries: dict[str, Cue], kid: int) -> str:
        """The preposition behind which the cue has its content, when ``kid`` stands behind it; else ""."""
        tree = self.tree
        if tree.base[kid] not in ("obl", "advcl", "nmod"):
            return ""
        marker = tree.marker(kid, "case", "mark").split(" ")[0]
        return marker if marker in entries and marker not in ("that", "to", "obj", "thing") else ""

    def _nominal(self, i: int, entries: dict[str, Cue], passive: bool) -> tuple[Ranges, str] | None:
        tree = self.tree
        frame = "obj" if "obj" in entries else "thing" if "thing" in entries else None
        if "ing" in entries:
            gerund = next(
                (k for k in tree.kids[i] if tree.base[k] in ("xcomp", "ccomp") and tree.tag[k] == "VBG"), None
            )
            if gerund is not None:
                return self._with_object(i, gerund, passive), "ing"
        if frame is None or passive:
            return None
        target = tree.child(i, "obj", "iobj")
        if target is None or target < i:
            return self._named_as(i) if frame == "obj" else None
        if frame == "thing" and not self._is_thing(target, i):
            return None
        if tree.pos[target] == "PRON" and tree.child(i, "xcomp") is None and tree.child(i, "obl") is None:
            return None
        end = tree.right[target] + 1
        for kid in tree.kids[i]:
            if (
                kid > target
                and tree.base[kid] in ("xcomp", "obl", "advcl")
                and (tree.base[kid] == "xcomp" or tree.marker(kid, "case", "mark") in ("of", "for", "as", "with"))
            ):
                end = max(end, tree.right[kid] + 1)
        return self.trim(((tree.left[target], end),)), frame

    def _named_as(self, i: int) -> tuple[Ranges, str] | None:
        """ "what she called [a farce]", "the vote, which she described as [a farce]"."""
        tree = self.tree
        before = tree.child(i, "obj")
        if tree.dep[i] not in ("acl:relcl", "ccomp") and (before is None or tree.tag[before] not in ("WP", "WDT")):
            return None
        for kid in tree.kids[i]:
            if kid > i and (tree.base[kid] == "xcomp" or tree.marker(kid, "case", "mark") == "as"):
                return self._behind(i, kid, False), "obj"
        return None

    def _with_object(self, i: int, kid: int, passive: bool) -> Ranges:
        """ "urged [the army to leave]"; of a passive "[Soldiers] are believed [to have left]"."""
        tree = self.tree
        ranges = self.clause(kid, i)
        target = next((k for k in tree.kids[i] if tree.base[k] in ("obj", "iobj") and i < k < kid), None)
        if target is not None:
            return self.trim(((tree.left[target], ranges[-1][1]),))
        subject = next((k for k in tree.kids[i] if tree.dep[k] == "nsubj:pass"), None) if passive else None
        if subject is not None and tree.base[subject] != "expl" and subject < i:
            return self.trim(((tree.left[subject], tree.right[subject] + 1), *ranges))
        return ranges

    def _behind(self, i: int, kid: int, passive: bool) -> Ranges:
        """ "called for [a truce]", "called on [both sides to stop]", "accused [X of killing]"."""
        tree = self.tree
        start = next(
            (k + 1 for k in reversed(tree.kids[kid]) if tree.base[k] in ("case", "mark") and k < kid), tree.left[kid]
        )
        end = tree.right[kid] + 1
        target = next((k for k in tree.kids[i] if tree.base[k] == "obj" and i < k < kid), None)
        if target is not None:
            start = tree.left[target]
        for other in tree.kids[i]:
            if tree.base[other] in ("xcomp", "advcl", "ccomp") and other > kid and self.infinitive(other):
                end = max(end, tree.right[other] + 1)
        subject = next((k for k in tree.kids[i] if tree.dep[k] == "nsubj:pass"), None) if passive else None
        if subject is not None and subject < i:
            return self.trim(((tree.left[subject], tree.right[subject] + 1), (start, end)))
        return self.trim(((start, end),))

    def _beside(self, i: int) -> Ranges | None:
        """The clause a parenthetical cue stands in: "X, he said, Y", "as he said", "…, the ministry said"."""
        tree = self.tree
        if tree.base[i] == "parataxis" and tree.head[i] != i and self.finite(i):
            host = tree.head[i]
            if tree.child(i, "obj", "ccomp") is not None or not self.finite_clause(host):
                return None
            if i < host and not self._comma_before(host, i):
                return None
            low = tree.left[i]
            if (i > host and (tree.text[low - 1] in (":", ";", ".") or tree.text[low] in (":", ";"))) or tree.right[
                i
            ] - low > 14:
                return None
        elif tree.base[i] == "advcl" and tree.marker(i, "mark").split(" ")[0] == "as" and self.finite(i):
            host = tree.head[i]
            if tree.lemma[i] not in _AS_CUES or tree.pos[host] == "ADV":
                return None
        else:
            return None
        return self.around(host, (tree.left[i], tree.right[i] + 1))

    def _comma_before(self, host: int, i: int) -> bool:
        return any(self.tree.text[k] in (",", "—", "–", "-", ":") for k in range(i, host))

    def _colon(self, i: int, k: int) -> bool:
        between = [self.tree.text[j] for j in range(i + 1, k)]
        if any(text in (".", "!", "?", ";") or "\n" in text for text in between):
            return False
        return any(text in (":", ",") or text in MARKS for text in between) or k - i < 5

    def _plausible(self, cue: int, c: int) -> bool:
        """False for what the parser took for content: a leading "when …" clause, another sentence, a bare date."""
        tree = self.tree
        low, high = tree.left[c], tree.right[c] + 1
        if c < cue and tree.marker(c, "mark").split(" ")[0] not in ("", "that"):
            return False
        if c > cue and high - low < 4 and tree.text[low - 1] == "," and self.entries(c) is not None:
            return False  # "…, reports UNB" behind the clause of another cue
        if c < cue and not self._set_off(c, cue):
            return False
        if any(tree.text[k] in (".", "!", "?", ";") or "\n\n" in tree.text[k] for k in range(min(c, cue), max(c, cue))):
            return False
        return (
            high - low > 2
            or any(tree.pos[k] in ("VERB", "AUX") for k in range(low, high))
            or tree.text[low - 1] in MARKS
        )

    def _set_off(self, c: int, cue: int) -> bool:
        """False when nothing parts a clause from the subject of the cue behind it."""
        tree = self.tree
        subject = tree.subject(cue)
        if subject is None or not c < subject < cue or tree.right[c] >= tree.left[subject]:
            return True
        between = tree.text[tree.right[c] : tree.left[subject]]
        return any(text in (",", "—", "–", "--", "?", "!") or text in MARKS for text in between)

    def _aside(self, i: int, *, last: bool = False) -> Ranges | None:
        """Told by commas alone: "The museum, she said, would open", "The museum will open, she said on Monday.".

        ``last``: only the second kind, which closes its sentence.
        """
        tree = self.tree
        start, end = tree.bounds[tree.sent[i]]
        if last and (
            end - i > 12 or not any(tree.text[k] == "," or tree.text[k] in MARKS for k in range(max(start, i - 9), i))
        ):
            return None
        if tree.tag[i] not in ("VBD", "VBZ", "VBP") or tree.child(i, "obj") is not None:
            return None
        if any(tree.base[kid] == "ccomp" and (kid > i or not last) for kid in tree.kids[i]):
            return None
        low = i
        while (
            low > start
            and i - low < 12
            and tree.text[low - 1] not in (",", "—", "–", "--")
            and tree.text[low - 1] not in MARKS
        ):
            low -= 1
            if tree.pos[low] in ("VERB", "SCONJ", "CCONJ", "AUX") and tree.base[low] not in ("amod", "compound", "aux"):
                return None
        if low <= start or i - low >= 12:
            return None
        high = i + 1
        while (
            high < end
            and high - i < 12
            and tree.text[high] not in (",", ".", "—", "–", "--", "!", "?")
            and tree.text[high] not in MARKS
        ):
            if tree.pos[high] in ("VERB", "SCONJ", "CCONJ", "AUX"):
                return None
            high += 1
        if high - i >= 12 or not any(
            tree.is_noun(k) or tree.pos[k] == "PRON" for k in (*range(low, i), *range(i + 1, high))
        ):
            return None
        before = (start, low - 1)
        if last and (high < end - 3 or not any(tree.is_noun(k) or tree.pos[k] == "PRON" for k in range(low, i))):
            return None
        verbs = [k for k in range(start, low) if tree.pos[k] in ("VERB", "AUX")]
        if high >= end - 1 and all(tree.base[k] in ("advcl", "aux", "cop") and tree.head[k] >= low for k in verbs):
            return None  # "While touring the farm, she said": nothing has been said yet
        if before[1] - before[0] < 2:
            return None
        return self.trim((before, (high, end))) if high < end - 1 else self.trim((before,))

    def clause(self, c: int, cue: int) -> Ranges:
        """The subtree of clause ``c`` without the cue's own words when they interrupt it."""
        tree = self.tree
        low, high = self.within(cue, tree.left[c], tree.right[c] + 1)
        for k in range(c + 1, high):
            if tree.tag[k] == "VBG" and k != cue and self.participial(k) and self._goes_on(k):
                high = k
                break
        if not low <= cue < high:
            return self.trim(((low, high),))
        own = [cue]
        for kid in tree.kids[cue]:
            if kid != c and tree.base[kid] not in ("punct", "ccomp"):
                own.extend((tree.left[kid], tree.right[kid]))
        first, last = min(own), max(own)
        if first <= low or last >= high - 1:
            return self.trim(((last + 1, high),) if first <= low else ((low, first),))
        return self.trim(((low, first), (last + 1, high)))

    def _goes_on(self, i: int) -> bool:
        """True for a participle by which the same speaker goes on: "adding", "stressing"; not "requesting"."""
        cue = (self.entries(i) or {}).get("that")
        return cue is not None and cue.kind == "speech" and cue.stance == "asserts"

    def around(self, host: int, hole: tuple[int, int], *, whole: bool = False) -> Ranges:
        """The clause at ``host`` without the tokens of ``hole``."""
        tree = self.tree
        first, last = hole
        low, high = self.within(first, tree.left[host], tree.right[host] + 1)
        if whole or last <= low or first >= high:
            return self.trim(((low, high),))
        return self.trim(tuple((a, b) for a, b in ((low, first), (last, high)) if a < b))

    def within(self, cue: int, low: int, high: int) -> tuple[int, int]:
        """``low`` to ``high`` as far as it is the cue's own sentence; the parser at times runs two together."""
        segment = self.tree.segment
        if low >= high or segment[low] == segment[cue] == segment[high - 1]:
            return low, high
        kept = [k for k in range(low, high) if segment[k] == segment[cue]]
        return (kept[0], kept[-1] + 1) if kept else (low, low)

    def trim(self, ranges: Iterable[tuple[int, int]]) -> Ranges:
        """``ranges`` without framing punctuation, spaces and the conjunction that opens them; empty ones dropped."""
        tree = self.tree
        found: list[tuple[int, int]] = []
        for low, high in ranges:
            while low < high and (
                tree.pos[low] in _FRAMING
                or tree.text[low] in MARKS
                or (tree.lower[low] in ("that", "whether") and tree.dep[low] == "mark")
                or (tree.dep[low] == "case" and tree.lower[low] in ("of", "for", "on", "about", "over", "by"))
                or (tree.dep[low] == "cc" and not found)
            ):
                if tree.text[low] in MARKS and self._opens_fragment(low, high):
                    break
                low += 1
            while high > low and (
                tree.pos[high - 1] in _FRAMING
                or tree.text[high - 1] in MARKS
                or (tree.dep[high - 1] == "cc" and high - 1 > low)
            ):
                if tree.text[high - 1] in MARKS and self._closes_fragment(low, high - 1):
                    break
                high -= 1
            if low < high and any(tree.text[k][0].isalnum() for k in range(low, high)):
                found.append((low, high))
        return tuple(found)

    def _opens_fragment(self, i: int, high: int) -> bool:
        return any(quote.outer[0] == i and quote.outer[1] < high for quote in self.fragments)

    def _closes_fragment(self, low: int, i: int) -> bool:
        return any(quote.outer[1] == i + 1 and quote.outer[0] > low for quote in self.fragments)

    def participial(self, i: int) -> bool:
        tree = self.tree
        return (
            tree.tag[i] == "VBG"
            and i > 0
            and tree.text[i - 1] == ","
            and not any(tree.base[kid] in ("aux", "cop") for kid in tree.kids[i])
        )

    def infinitive(self, i: int) -> bool:
        tree = self.tree
        if self.finite(i):
            return False
        return any(
            tree.lower[k] == "to" and tree.base[k] in ("mark", "aux") and tree.pos[k] == "PART" for k in tree.kids[i]
        ) or (tree.tag[i] == "VB" and tree.base[i] == "xcomp")

    def finite(self, i: int) -> bool:
        tree = self.tree
        if tree.tag[i] in ("VBD", "VBZ", "VBP"):
            return True
        return any(tree.base[k] in ("aux", "cop") and tree.tag[k] in ("MD", "VBD", "VBZ", "VBP") for k in tree.kids[i])

    def finite_clause(self, i: int) -> bool:
        tree = self.tree
        return self.finite(i) or (tree.pos[i] == "VERB" and (tree.subject(i) is not None or tree.base[i] == "root"))

    def _is_thing(self, i: int, verb: int) -> bool:
        if (
            self.tree.lemma[verb] in ("deny", "dismiss", "reject", "refute", "rebut", "disavow")
            and self.tree.lemma[i] not in self.words.nouns
        ):
            return False
        if not self.tree.is_noun(i) or self.sources.named.get(i) in ("PER", "ORG", "LOC", "NORP", "FAC", "PRODUCT"):
            return False
        return self.sources.parties is None or self.sources.parties.at(i) is None
