"""spaCy's English tokenizer, brought nearer to the treebanks the encoder learned from and to what news files hold.

What is added: runs of one mark stay together, words stuck together by a lost space come apart ("said.The",
"(Reuters)-The"), and titles and ranks keep their full stop.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.lang.char_classes import ALPHA, HYPHENS
from spacy.language import Language
from spacy.symbols import ORTH  # type: ignore[import-not-found]
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

_PREFIXES = (
    r"[!?]{2,}",
    r"([=_*#~+<>])\1+",
    r"-{2,}",
    r"''|``|‘‘|’’|‘’",
    # A dash stuck to the first word of a story; numbers keep their minus.
    r"[-–—](?=[A-Za-z])",
)

_SUFFIXES = (
    r"[!?]{2,}",
    r"([=_*#~+<>])\1+",
    r"''|``|‘‘|’’|‘’",
    r"(?<=[0-9])[AaPp]\.?[Mm]\.?",
    r"(?<=[\w.,!?;:])\)-",
    r"-{2,}",
)

_INFIXES = (
    r"[“”\"]",
    # A full stop or comma before a quotation mark or bracket that the next word is stuck to.
    r"(?<=[\w%)])[.,!?;:]+(?=[“”‘\"(\[])",
    r"(?<=[a-z]{2})[?!]+(?=[A-Za-z])",
    r"(?<=[a-z]{2}[.,!?])[(\[]",
    r"(?<=\w)[)\]](?=[-–—A-Z])",
    r"(?<=[)\]])[-–—]+(?=\w)",
    r"(?<=[A-Z]\.)[-–](?=[A-Za-z])",
    r"(?<=\w)-{2,}(?=\w)",
    r"(?<=[.,!?])['‘’](?=[A-Z])",
)

_AFFIXES = "anti co counter cross e ex inter mid mini multi neo non over post pre pro re semi sub".split()
"""The treebanks keep these and what they are hyphenated with as one word ("pro-Russian", "ex-minister")."""

_HYPHEN = rf"(?<=[{ALPHA}0-9])(?:{HYPHENS})(?=[{ALPHA}])"
_HYPHEN_NO_AFFIX = "".join(rf"(?<!\b(?i:{affix}))" for affix in _AFFIXES) + _HYPHEN

_ABBREVIATIONS = (
    "Adm. Amb. Asst. Atty. Bros. Brig. Capt. Cmdr. Col. Corp. Cpl. Ct. Det. Dist. Dr. Fr. Ft. Gen. Gov. Hon. Insp. "
    "Jr. Lieut. Lt. Maj. Mgr. Msgr. Mt. Mts. Pfc. Pres. Prof. Pvt. Rep. Reps. Rev. Rs. Sec. Sen. Sens. Sgt. Sr. St. "
    "Supt. Treas. approx. dept. est. etc. govt. vs. viz."
).split()


TOKENIZER = "onrecord.tokenizer.v1"


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def tokenizer_factory() -> Callable[[Language], Tokenizer]:
    """What spaCy calls for the tokenizer named in a pipeline's configuration."""
    return make_tokenizer


def make_tokenizer(nlp: Language) -> Tokenizer:
    """A tokenizer for `nlp` with these rules before its own."""
    defaults = nlp.Defaults
    prefixes = compile_prefix_regex((*_PREFIXES, *(defaults.prefixes or ())))
    suffixes = compile_suffix_regex((*_SUFFIXES, *(defaults.suffixes or ())))
    theirs = [_HYPHEN_NO_AFFIX if pattern == _HYPHEN else pattern for pattern in defaults.infixes or ()]
    infixes = compile_infix_regex((*_INFIXES, *theirs))
    tokenizer = Tokenizer(
        nlp.vocab,
        rules=dict(defaults.tokenizer_exceptions or {}),
        prefix_search=prefixes.search,
        suffix_search=suffixes.search,
        infix_finditer=infixes.finditer,
        token_match=defaults.token_match,
        url_match=defaults.url_match,
    )
    for word in _ABBREVIATIONS:
        tokenizer.add_special_case(word, [{ORTH: word}])
    return tokenizer
