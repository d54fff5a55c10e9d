"""One pattern of a verb file as what our frames ask for: words in places around a verb, and where the parties stand.

``$`` is who acts, ``+`` whom it is done to, ``%`` both at once, ``^`` anybody who is passed over. PETRARCH 2 marks
noun phrases ``{PEACE PLAN}`` and prepositional ones ``(FOR +)``; TABARI writes words in a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.reading._frame_types import PREPOSITIONS
from onrecord.reading.dictionaries._names import base_noun, words_of
from onrecord.reading.dictionaries._verb_files import Pattern, VerbFile, set_members, set_named

PARTICLES = frozenset("out down off back up away over apart forward".split())
_MARKS = {"+": "recipient", "$": "actor", "%": "both", "^": "other"}
_IDLE = frozenset("the a an its his her their of s to".split())
# Words before a verb that say how real the act is, which is status, not type.
_REAL = frozenset(
    "will would should could may might can must not never wo n't did do does didn't to is was were be been being are "
    "am has have had said say says saying indicated indicate plan plans planned agree agreed want wants refuse refused "
    "threaten threatened vow vowed promise promised intend expected expect ready prepared prepare offer offered deny "
    "denied fail failed consider seek sought try tried attempt urge urged ask asked demand demanded call called warn "
    "warned order ordered".split()
)
_MOST_WORDS = 240


class Unfit(Exception):
    """A pattern that our form cannot hold, with the reason."""


@dataclass(slots=True)
class Asked:
    """What one pattern asks for.

    particle: "out" in "hit out"; places: words wanted in each place; actor, recipient: the place of each, if marked.
    """

    particle: str = ""
    places: dict[str, list[str]] = field(default_factory=dict)
    actor: str | None = None
    recipient: str | None = None
    reciprocal: bool = False
    verb_below: bool = False  # it wants a verb in the clause below


def understood(pattern: Pattern, parsed: VerbFile, verbs: frozenset[str]) -> Asked:
    """The places that a pattern asks about.

    Raises
    ------
    Unfit: when there is no way to ask it in our form.
    """
    star = pattern.tokens.index("*")
    asked = Asked()
    _before(pattern.tokens[:star], asked, parsed)
    _after(pattern.tokens[star + 1 :], asked, parsed, verbs)
    return asked


def _before(tokens: tuple[str, ...], asked: Asked, parsed: VerbFile) -> None:
    """Words before the verb: its subject, unless they only say how real the act is."""
    words: list[str] = []
    for token in tokens:
        if token in _MARKS:
            _mark(token, "subject", asked)
        elif token[0] == "(":
            raise Unfit("a phrase with a preposition before the verb")
        else:
            words.append(token)
    plain = [word for token in words for word in words_of(token.strip("{}")).split()]
    if not plain:
        return
    if all(word in _REAL or word.startswith("&auxverb") or "auxv" in word or "tobe" in word for word in plain):
        raise Unfit("words that say how real the act is: its status, which other rules find")
    if any(word in _REAL for word in plain) or len(words) > 1:
        raise Unfit("several words before the verb")
    _want(asked, "subject", _words(words[0], parsed))


def _after(tokens: tuple[str, ...], asked: Asked, parsed: VerbFile, verbs: frozenset[str]) -> None:
    """Words after the verb: a particle, its object, and phrases with prepositions."""
    if tokens and (particle := words_of(tokens[0].strip("()"))) in PARTICLES:
        asked.particle, tokens = particle, tokens[1:]
    phrase: list[str] = []
    place = "object"
    for token in _unfolded(tokens):
        lower = token.lower()
        if token[0] == "(":
            _close(asked, place, phrase, parsed, verbs)
            inner = list(_unfolded(token.strip("()").split()))
            if not inner or inner[0].lower() not in PREPOSITIONS:
                raise Unfit("a bracket that does not begin with a known preposition")
            _close(asked, inner[0].lower(), inner[1:], parsed, verbs)
            place, phrase = "object", []
        elif lower in PREPOSITIONS:
            _close(asked, place, phrase, parsed, verbs)
            place, phrase = lower, []
        else:
            phrase.append(token)
    _close(asked, place, phrase, parsed, verbs)


def _unfolded(tokens: tuple[str, ...] | list[str]) -> Iterator[str]:
    """``IN_SUPPORT_OF`` as three words, for its preposition, and so ``+_VISIT``; ``PRIME_MINISTER`` as one."""
    for token in tokens:
        pieces = [piece for piece in token.split("_") if piece]
        apart = len(pieces) > 1 and (pieces[0].lower() in PREPOSITIONS or not _MARKS.keys().isdisjoint(pieces))
        if apart and token[0] not in "({&":
            yield from pieces
        else:
            yield token


def _close(asked: Asked, place: str, phrase: list[str], parsed: VerbFile, verbs: frozenset[str]) -> None:
    """Take in one phrase: the marks in it, and at most one group of words."""
    words: list[str] = []
    for token in phrase:
        if token in _MARKS:
            _mark(token, place, asked)
        elif words_of(token) not in _IDLE:
            words.append(token)
    if len(words) > 1 and not any(word[0] in "{&" or "_" in word for word in words):
        # Words in a row are one phrase: "PEACE TALKS".
        words = ["{" + " ".join(words) + "}"]
    if len(words) > 1:
        raise Unfit("more words in one place than a frame can ask for")
    if not words:
        if place != "object" and not any(token in _MARKS for token in phrase):
            _want(asked, place, ["ANY"])
        return
    found = _words(words[0], parsed)
    if place == "to" and all(word in verbs for word in found):
        asked.verb_below = True
        _want(asked, "clause", ["to"])
        place = "clause_verb"
    _want(asked, place, found)


def _mark(token: str, place: str, asked: Asked) -> None:
    role = _MARKS[token]
    if role == "both":
        asked.actor, asked.reciprocal = place, True
    elif role == "actor":
        asked.actor = asked.actor or place
    elif role == "recipient":
        asked.recipient = asked.recipient or place


def _want(asked: Asked, place: str, words: list[str]) -> None:
    if place in asked.places:
        raise Unfit("more words in one place than a frame can ask for")
    asked.places[place] = words


def _words(token: str, parsed: VerbFile) -> list[str]:
    """The words a token stands for, sets unfolded, heads in the singular."""
    options: list[list[str]] = []
    for piece in _pieces(token, parsed):
        if piece[0] == "&":
            name = set_named(parsed, piece)
            if name is None:
                raise Unfit("a word set that is not defined")
            options.append([words_of(member) for member in set_members(parsed, name)])
        elif words_of(piece) not in _IDLE:
            options.append([words_of(piece)])
    phrases = [""]
    for option in options:
        phrases = [f"{phrase} {word}".strip() for phrase in phrases for word in option]
        if len(phrases) > _MOST_WORDS:
            raise Unfit("a phrase of word sets with too many readings")
    found = list(dict.fromkeys(_headed(phrase) for phrase in phrases if _is_phrase(phrase)))
    if not found:
        raise Unfit("a phrase of three words or more")
    return found


def _pieces(token: str, parsed: VerbFile) -> Iterator[str]:
    """The words and sets of a token: ``{PEACE &TREATY}`` and ``PEACE_&TREATY`` have two, ``PRIME_MINISTER`` is one."""
    for word in token.strip("{}").split() if token[0] == "{" else [token]:
        before, mark, rest = word.partition("&")
        if not mark:
            yield word
            continue
        if before.strip("_"):
            yield before.strip("_")
        # The longest name of a set that the rest begins with: sets and words are joined by the same underline.
        parts = [part for part in rest.split("_") if part]
        size = next((n for n in range(len(parts), 0, -1) if set_named(parsed, "&" + "_".join(parts[:n]))), len(parts))
        yield "&" + "_".join(parts[:size])
        if parts[size:]:
            yield from _pieces("_".join(parts[size:]), parsed)


def _is_phrase(phrase: str) -> bool:
    """Our frames look for one word, two in a row, or "state of emergency"."""
    words = phrase.replace("-", " ").split()
    fits = len(words) in (1, 2) or (len(words) == 3 and words[1] == "of")
    return fits and re.fullmatch(r"[a-z' -]+", phrase) is not None


def _headed(phrase: str) -> str:
    *rest, head = phrase.split()
    return " ".join([*rest, base_noun(head)])
