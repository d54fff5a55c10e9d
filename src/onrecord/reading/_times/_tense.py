"""Does a time without a year or week lie ahead of the day of writing, or behind it? The verb it hangs on tells."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from onrecord.reading._syntax import case_of, governors
from onrecord.reading._times._grammar import grammar


def lies_ahead(token: Token, *, calendar: bool = False) -> bool | None:
    """True for the future, False for the past, None when no verb says.

    A word of planning on the way up decides first ("talks planned for Monday were welcomed"), then the nearest verb.
    With ``calendar``, "is" puts a time ahead ("the vote is on Sunday").
    """
    plans, _ = _words()
    mark = case_of(token)
    if mark == "for" and token.dep_ in ("nmod", "obl") and token.pos_ == "PROPN":
        return True  # "a strike for Monday"
    for above in (token, *governors(token)):
        if above.i != token.i and above.lemma_.lower() in plans and _plans(above, mark):
            return True
        if above.pos_ in ("VERB", "AUX") or any(child.dep_ in ("cop", "aux", "aux:pass") for child in above.children):
            ahead = _verb(above, calendar)
            if ahead is not None:
                return ahead
    return None


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    ahead = grammar().data["ahead"]
    return frozenset(ahead["words"]), frozenset(ahead["auxiliaries"])


def _plans(word: Token, mark: str) -> bool:
    """ "planned for Monday", "is due on Monday"; but "was postponed on Monday" dates the postponing."""
    if word.tag_ == "VBD":
        return False
    past = any(child.dep_ in ("aux", "aux:pass", "cop") and child.tag_ in ("VBD", "VBN") for child in word.children)
    return not past or mark in ("for", "to", "until", "till", "by")


_PERFECT = frozenset({"has", "have", "had", "'ve", "’ve", "having"})
_PRESENT = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re"})


def _verb(verb: Token, calendar: bool) -> bool | None:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "aux:pass", "cop")]
    words = {helper.lower_ for helper in helpers}
    if words & _words()[1]:
        return None if "have" in words and "will" not in words else True
    if verb.tag_ == "VBD" or words & _PERFECT or any(helper.tag_ == "VBD" for helper in helpers):
        return False
    if verb.tag_ == "VBN" and "be" in words and any(child.lower_ == "to" for child in verb.children):
        return True  # "is to be held"
    if verb.tag_ == "VBN":
        return False if words or any(child.dep_ == "nsubj" for child in verb.children) else None
    if words & _PRESENT:
        return True if verb.tag_ == "VBG" or calendar else None
    if (
        verb.tag_ == "VB"
    ):  # an infinitive of purpose, or after "failed" or "began", leaves the question to the verb above
        if verb.dep_ == "advcl" or verb.head.lemma_.lower() in grammar().data["ahead"]["implied"]:
            return None
        return True if any(child.lower_ == "to" for child in verb.children) else None
    return None  # headlines tell the past, and calendars the future, in the simple present
