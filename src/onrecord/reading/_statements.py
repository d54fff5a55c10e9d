"""Who is reported to say what: quotations, indirect speech, sources named in passing, and what is merely "reported".

Content ranges hold neither the quotation marks nor the cue, nor the "that" and the comma between them. A quotation
split by its cue, or taken up again in the same paragraph, is one statement with several ranges.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from onrecord.reading._contents import Said
from onrecord.reading._cues import known_verbs
from onrecord.reading._quotes import find_quotes
from onrecord.reading._said import find_said
from onrecord.reading._sources import Sources
from onrecord.reading._speakers import settle
from onrecord.reading._tree import Tree
from onrecord.reading._uttered import find_uttered

if TYPE_CHECKING:
    from onrecord.reading._parties import Parties


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """One statement on token indices.

    ``speaker`` and ``medium`` are party indices; ``cue`` the token range that says it was said, None when a quotation
    stands alone; ``content`` half-open token ranges; ``parents`` the statements that report this one, nearest first;
    ``source`` the token range of the words that name the speaker; ``because`` the construction that was recognised.
    """

    speaker: int | None
    medium: int | None
    cue: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    style: str
    stance: str
    parents: tuple[int, ...] = ()
    because: str = ""
    source: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Statements:
    """All statements of one document, in text order of their content, and who speaks at each token.

    ``parties`` are those that were given, with the mentions put right that the speakers taught something about; their
    indices are the same.
    """

    all: tuple[StatementDraft, ...]
    tree: Tree
    owner: dict[int, int] = field(default_factory=dict)
    heads: tuple[int | None, ...] = ()
    parties: Parties | None = None

    def around(self, i: int) -> tuple[int, ...]:
        """The statements whose content contains token ``i``, nearest speaker first."""
        number = self.owner.get(i)
        return () if number is None else (number, *self.all[number].parents)

    def first_person(self, i: int) -> int | None:
        """The party that "I", "we" and "our" mean at token ``i``: the speaker of the quotation it stands in."""
        for number in self.around(i):
            if self.all[number].style == "direct":
                return self.all[number].speaker
        return None

    def source_head(self, number: int) -> int | None:
        """The head token of the words that name the speaker of one statement."""
        return self.heads[number] if number < len(self.heads) else None


def find_statements(doc: Doc, parties: Parties | None = None) -> Statements:
    """Every statement in ``doc``; without ``parties`` the speakers are known by their words alone (`source`)."""
    tree = Tree(doc, known=known_verbs().__contains__)
    quotes = find_quotes(tree)
    sources = Sources(doc, tree, parties)
    uttered = find_uttered(tree, quotes, sources)
    said = _joined([*uttered, *find_said(tree, quotes, sources, uttered)])
    said.sort(key=lambda item: (item.content[0][0], -_size(item)))
    said, known = settle(said, tree, sources)
    parents = _parents(said)
    drafts = tuple(_draft(item, parents[number]) for number, item in enumerate(said))
    return Statements(drafts, tree, _owners(said), tuple(item.source_head for item in said), known)


def _joined(said: list[Said]) -> list[Said]:
    """``said`` with a quotation that goes on from the sentence before put to the statement of that sentence.

    "The road will stay closed, she said. “We need a week.”" is one statement.
    """
    found = [item for item in said if item.follows is None]
    for item in said:
        if item.follows is None:
            continue
        number = next((k for k, other in enumerate(found) if other.verb == item.follows and other.cue), None)
        if number is None or found[number].content[-1][1] > item.content[0][0]:
            found.append(item)
        else:
            content = (*found[number].content, *item.content)
            style = found[number].style if found[number].style == "direct" else "mixed"
            found[number] = replace(found[number], content=content, style=style)
    return found


def _draft(item: Said, parents: tuple[int, ...]) -> StatementDraft:
    draft = StatementDraft(
        speaker=item.speaker,
        medium=item.medium,
        cue=item.cue,
        content=item.content,
        style=item.style,
        stance=item.stance,
        because=f"statement/{item.because}",
        source=item.source,
    )
    return replace(draft, parents=parents)


def _size(item: Said) -> int:
    return sum(end - start for start, end in item.content)


def _parents(said: list[Said]) -> list[tuple[int, ...]]:
    """For each statement the ones whose content holds it, smallest first."""
    order = sorted(range(len(said)), key=lambda number: _size(said[number]))
    found: list[tuple[int, ...]] = [()] * len(said)
    for number in range(len(said)):
        anchor = said[number].content[0][0] if said[number].cue is None else said[number].cue[0]  # type: ignore[index]
        own = _size(said[number])
        found[number] = tuple(
            other
            for other in order
            if other != number
            and _holds(said[other], anchor)
            and _holds(said[other], said[number].content[0][0])
            and (_size(said[other]), -other) > (own, -number)
        )
    return found


def _holds(item: Said, i: int) -> bool:
    return any(start <= i < end for start, end in item.content)


def _owners(said: list[Said]) -> dict[int, int]:
    """Token -> the innermost statement around it."""
    owner: dict[int, int] = {}
    for number in sorted(range(len(said)), key=lambda number: (-_size(said[number]), number)):
        for start, end in said[number].content:
            for i in range(start, end):
                owner[i] = number
    return owner
