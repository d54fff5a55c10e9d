"""Who goes on speaking: "he said" after a statement, "the minister" after his name, "the letter" after its writers.

In news the one who spoke last goes on: a pronoun before a verb of saying means the last speaker, not whoever was talked
about last, and a description that fits the title of somebody named before means that person. What is learned here about
who is who is handed on as parties with their mentions put right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from onrecord.language._coref import Mention
from onrecord.reading._contents import Said
from onrecord.reading._cues import cues
from onrecord.reading._newcomers import Newcomers
from onrecord.reading._sources import Sources
from onrecord.reading._tree import Tree

if TYPE_CHECKING:
    from onrecord.reading._parties import Parties, Party

_HE = {"he": "m", "she": "f"}
_TITLES = {"mr": "m", "mr.": "m", "sir": "m", "mrs": "f", "mrs.": "f", "ms": "f", "ms.": "f", "miss": "f"}
_LETTERS = frozenset({"statement", "letter", "text", "document", "message", "note", "release", "communique", "appeal"})
_PLURAL = frozenset({"it", "they"})
_NEAR = 3  # sentences over which "it said" goes on from a body
_REACH = 5  # sentences over which the last speaker goes on
_BACK = 600  # tokens over which a document's maker is looked for


def settle(said: Sequence[Said], tree: Tree, sources: Sources) -> tuple[list[Said], Parties | None]:
    """``said`` in text order with speakers settled, and the parties with the mentions that were moved."""
    parties = sources.parties
    if parties is None:
        return list(said), None
    talk = _Talk(tree, sources, parties, said)
    order = sorted(range(len(said)), key=lambda number: _anchor(said[number]))
    settled = list(said)
    for number in order:
        settled[number] = talk.settled(said[number])
    return [talk.renamed(item) for item in settled], talk.parties_now()


def _anchor(item: Said) -> int:
    return item.cue[0] if item.cue is not None else item.content[0][0]


@dataclass
class _Talk:
    """The conversation so far: who spoke last, and which mentions turned out to be somebody else."""

    tree: Tree
    sources: Sources
    parties: Parties
    said: Sequence[Said]
    last: Said | None = None
    moved: dict[int, int] = field(default_factory=dict)  # head token of a mention -> the party it really means
    joined: dict[int, int] = field(default_factory=dict)  # party -> the party it is another name of
    genders: dict[int, str] = field(default_factory=dict)
    spoke: dict[str, tuple[int, int]] = field(default_factory=dict)  # kind -> who of that kind spoke last, and where
    newcomers: Newcomers = field(init=False)

    def __post_init__(self) -> None:
        self.newcomers = Newcomers(self.tree, self.sources, self.parties)

    def settled(self, item: Said) -> Said:
        """``item`` with the speaker its words mean here."""
        head = item.source_head
        if head is None:
            return item
        found = None if item.speaker is None else self.joined.get(item.speaker, item.speaker)
        word = self.tree.lower[head]
        if word in _HE:
            if not self._quoted(head, item):
                found = self._pronoun(item, head, found, _HE[word])
        elif (holder := self._holder(head, found)) is not None:
            if found is not None:
                self._join(found, holder)
            self.moved[head] = holder
            found = holder
        elif found is None and self.tree.lemma[head] in cues().documents:
            found = self._maker(head)
        if found is None and not self._quoted(head, item):
            found = self._last_of_kind(head) if word in _PLURAL or word in _LETTERS else None
            if found is not None:
                self.moved[head] = found
        if found is None and word not in _HE:
            found = self.newcomers.speaker(item, head)
        item = replace(item, speaker=found)
        if found is not None and not self._quoted(head, item):
            self._note(item, head, found)
        return item

    def renamed(self, item: Said) -> Said:
        """``item`` with parties that were joined under their one index."""
        return item if item.speaker not in self.joined else replace(item, speaker=self.joined[item.speaker])

    def _note(self, item: Said, head: int, party: int) -> None:
        if self.tree.lower[head] in _HE:
            self.genders[party] = _HE[self.tree.lower[head]]
        for kid in (*self.tree.kids[head], head - 1):
            if kid >= 0 and self.tree.lower[kid] in _TITLES:
                self.genders[party] = _TITLES[self.tree.lower[kid]]
        self.spoke[self.newcomers.kind(party)] = party, head
        if self.newcomers.kind(party) == "person" and item.because not in ("according-to", "hedge"):
            self.last = item

    # --- pronouns ----------------------------------------------------------------------------------------------------

    def _pronoun(self, item: Said, head: int, found: int | None, gender: str) -> int | None:
        """The last speaker, unless somebody else has come in since or the pronoun does not fit."""
        last = self.last
        if last is None or last.speaker is None or last.speaker == found:
            return found
        if self.tree.sent[head] - self.tree.sent[_anchor(last)] > _REACH:
            return found
        if self.genders.get(last.speaker, gender) != gender:
            return found
        if found is not None and self._came_in(found, _anchor(last), head, item):
            return found
        self.moved[head] = last.speaker
        return last.speaker

    def _came_in(self, party: int, start: int, head: int, item: Said) -> bool:
        """True when a party is the subject of a clause of the report itself after the last cue."""
        tree = self.tree
        for mention in self.parties.all[party].mentions:
            i = mention.head
            if not start < i < head or tree.base[i] != "nsubj" or tree.lower[i] in _HE:
                continue
            if not any(low <= i < high for other in (*self.said, item) for low, high in other.content):
                return True
        return False

    def _quoted(self, i: int, item: Said) -> bool:
        """True when token ``i`` is itself what somebody else says."""
        return any(
            low <= i < high
            for other in self.said
            if other is not item and other.cue != item.cue
            for low, high in other.content
        )

    def _last_of_kind(self, head: int) -> int | None:
        """Who "it said", "they said" and "the statement said" go on from: the last body or group that spoke."""
        tree = self.tree
        plural = tree.lower[head] == "they"
        if tree.lower[head] in _LETTERS and not any(tree.lower[kid] in ("the", "this") for kid in tree.kids[head]):
            return None
        kinds = ("group", "population") if plural else ("organisation", "country")
        last = max((self.spoke[kind] for kind in kinds if kind in self.spoke), key=lambda pair: pair[1], default=None)
        return last[0] if last is not None and tree.sent[head] - tree.sent[last[1]] <= _NEAR else None

    # --- titles ------------------------------------------------------------------------------------------------------

    def _holder(self, head: int, found: int | None) -> int | None:
        """The person named before who holds the title a bare description gives: "the OC", "the president"."""
        tree = self.tree
        if not tree.is_noun(head) or (found is not None and self._named_person(found)):
            return None
        if found is not None and (self.parties.all[found].key is not None):
            return None
        rest = [
            kid for kid in tree.kids[head] if kid < head and tree.base[kid] not in ("case", "punct", "cc", "advmod")
        ]
        if len(rest) != 1 or tree.lower[rest[0]] != "the":
            return None
        fits = [(self._latest(number, head), number) for number in self._persons() if self._fits(number, head)]
        fits = [pair for pair in fits if pair[0] >= 0]
        return max(fits)[1] if fits else None

    def _persons(self) -> list[int]:
        return [
            number for number, party in enumerate(self.parties.all) if self._named_person(number) and party.mentions
        ]

    def _named_person(self, number: int) -> bool:
        party = self.parties.all[number]
        return party.kind == "person" and any(
            mention.form == "name" and self.sources.named.get(mention.head) == "PER" for mention in party.mentions
        )

    def _latest(self, number: int, head: int) -> int:
        return max((mention.head for mention in self.parties.all[number].mentions if mention.head < head), default=-1)

    def _fits(self, number: int, head: int) -> bool:
        word, text = self.tree.lower[head], self.tree.text[head]
        role = (self.parties.all[number].role or "").lower().replace("-", " ").split()
        if role and (role[-1] == word or (text.isupper() and 1 < len(text) < 5 and _initials(role, word))):
            return True
        return text.isupper() and any(
            self._beside(mention, head) for mention in self.parties.all[number].mentions if mention.form == "name"
        )

    def _beside(self, mention: Mention, head: int) -> bool:
        """True when the short form stands beside a name: "Tawhidul Islam, OC of …", "… Officer (UNO) Sultan Kabir"."""
        tree = self.tree
        around = range(max(mention.start - 6, 0), min(mention.end + 4, tree.size))
        return any(
            tree.text[k] == tree.text[head] and k < head and tree.sent[k] == tree.sent[mention.head] for k in around
        )

    def _join(self, found: int, holder: int) -> None:
        """Make one party of two when the first was never anything but the bare word."""
        party = self.parties.all[found]
        words = {self.tree.lower[mention.head] for mention in party.mentions if mention.form != "pronoun"}
        if len(words) == 1 and found != holder and found not in self.joined:
            self.joined[found] = holder

    # --- documents ---------------------------------------------------------------------------------------------------

    def _maker(self, head: int) -> int | None:
        """Who made the document that "the letter said" goes back to, as told where it was first named."""
        tree, sources = self.tree, self.sources
        if not any(tree.lower[kid] in ("the", "this", "that") for kid in tree.kids[head]):
            return None
        named = [
            k
            for k in range(head - 1, max(head - _BACK, -1), -1)
            if tree.is_noun(k) and (tree.lemma[k] == tree.lemma[head] or {tree.lemma[k], tree.lemma[head]} <= _LETTERS)
        ]
        for k in sorted(named, key=lambda k: (tree.lemma[k] != tree.lemma[head], -k)):
            maker = sources.party(k)
            if (
                maker is None
                and tree.base[k] == "obj"
                and tree.lemma[tree.head[k]] in (*cues().carried, *cues().carriers)
            ):
                subject = sources.subject(tree.head[k])
                maker = None if subject is None else sources.party(subject)
            if maker is None and tree.base[k] == "obl" and tree.marker(k, "case") == "in":
                subject = sources.subject(tree.head[k])
                maker = None if subject is None else sources.party(subject)
            if maker is not None:
                return maker
        return None

    # --- what was learned --------------------------------------------------------------------------------------------

    def parties_now(self) -> Parties:
        """The parties with every moved mention under the party it means."""
        made = self.newcomers.made
        if not self.moved and not self.joined and not made:
            return self.parties
        mentions: dict[int, list[Mention]] = {}
        for number, party in enumerate((*self.parties.all, *made)):
            for mention in party.mentions:
                to = self.moved.get(mention.head, self.joined.get(number, number))
                mentions.setdefault(to, []).append(mention)
        known = {mention.head for party in self.parties.all for mention in party.mentions}
        for head, to in self.moved.items():
            if head not in known:
                form = "pronoun" if self.tree.lower[head] in (*_HE, *_PLURAL) else "description"
                mentions.setdefault(to, []).append(Mention(head, head + 1, head, form))
        return replace(
            self.parties,
            all=tuple(
                _with(party, mentions.get(number, [])) for number, party in enumerate((*self.parties.all, *made))
            ),
            heads=self._moved_in(self.parties.heads) | self.newcomers.heads(),
            inside=self._moved_in(self.parties.inside) | self.newcomers.heads(),
        )

    def _moved_in(self, table: dict[int, int]) -> dict[int, int]:
        found = {i: self.joined.get(number, number) for i, number in table.items()}
        found.update(self.moved)
        return found


def _with(party: Party, mentions: list[Mention]) -> Party:
    return replace(party, mentions=tuple(sorted(mentions, key=lambda mention: mention.start)))


def _initials(role: Sequence[str], word: str) -> bool:
    """True when ``word`` is made of the first letters of the end of a role: "DP" of "deputy president"."""
    return len(role) >= len(word) and "".join(part[0] for part in role[-len(word) :]) == word
