"""What an article mentions: mentions, the things they mean, and the clusters that come out of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens ``start:end``, the whole phrase, with syntactic head ``head``; ``form`` is name, description or pronoun.

    The head of "Mali and Niger" is its conjunction, so that no rule takes the pair for its first member.
    """

    start: int
    end: int
    head: int
    form: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """Mentions of one person or thing, in text order; at least two.

    ``members``: where several are meant together ("Mali and Niger … they"), the heads of those named first, else empty.
    """

    mentions: tuple[Mention, ...]
    members: tuple[int, ...] = ()


@dataclass(slots=True, eq=False)
class Thing:
    """Something mentioned so far.

    ``kind``: person, body, place, people (many), set (A and B), thing, things, speaker (an "I" nobody has named yet).
    ``nouns`` are those that take it up again, ``telling`` the words that narrowed them down so far, ``article`` how the
    latest mention came in; ``sentence`` and ``spelled`` are the sentences of the latest mention and of the latest that
    is no pronoun.
    """

    kind: str
    gender: str | None = None
    plural: bool = False
    named: bool = False
    mentions: list[Mention] = field(default_factory=list)
    nouns: set[str] = field(default_factory=set)
    telling: set[str] = field(default_factory=set)
    owner: Thing | None = None
    members: tuple[Thing, ...] = ()
    article: str = "none"
    sentence: int = 0
    spelled: int = 0

    def around(self, i: int) -> bool:
        """Whether one of its latest mentions holds token ``i``."""
        return any(mention.start <= i < mention.end for mention in self.mentions[-2:])
