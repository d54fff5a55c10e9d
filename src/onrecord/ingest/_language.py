"""Is it English? Asked of the body text only, and only when there is enough of it to tell."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Any

from onrecord.records import UnsupportedLanguage

LEAST_WORDS = 40
"""Below this many words nothing is rejected: headlines and names mislead any detector."""

_SAMPLE = 6000  # characters looked at
_LEAST_SURE = 0.99
# Small words that no other language of the Latin script shares. One word in eight: only English is like that.
_ENGLISH = frozenset(
    "the of and that was with by has said from which were have been it their they this not his".split()
)
_ENGLISH_SHARE = 0.125
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af]")  # Thai, Lao, Chinese, Japanese, Korean
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"\S*(?:https?://|www\.|@)\S*")

_NAMES = {
    "ar": "Arabic", "az": "Azerbaijani", "bg": "Bulgarian", "bn": "Bengali", "cs": "Czech", "da": "Danish",
    "de": "German", "el": "Greek", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "ko": "Korean", "lt": "Lithuanian",
    "lv": "Latvian", "ms": "Malay", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "ps": "Pashto",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian",
    "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "th": "Thai", "tl": "Tagalog", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def language_of(text: str) -> str:
    """ISO 639-1 code of the text's language: ``en`` when there is too little to tell."""
    sample = _ADDRESS.sub(" ", text[: 2 * _SAMPLE])[:_SAMPLE]
    if len(_WORD.findall(sample)) < LEAST_WORDS and len(_no_spaces(sample)) < 2 * LEAST_WORDS:
        return "en"
    words = sample.lower().split()
    if sum(word in _ENGLISH for word in words) >= _ENGLISH_SHARE * len(words):
        return "en"  # beyond doubt, and without loading the detector
    code, sure = _identify(sample)
    return code if sure >= _LEAST_SURE else "en"


def require_english(text: str, *, name: str) -> None:
    """Raise UnsupportedLanguage when the text is clearly in another language."""
    code = language_of(text)
    if code != "en":
        language = _NAMES.get(code, f"another language ({code})")
        remedy = "Only English is read; --any-language reads it all the same."
        raise UnsupportedLanguage(name, f"the text is in {language}", remedy)


def _no_spaces(text: str) -> str:
    """Letters of scripts that write no spaces between words."""
    return "".join(_UNSPACED.findall(text))


def _identify(text: str) -> tuple[str, float]:
    """The likeliest language and its probability against English alone (0.5: no difference)."""
    ranked = dict(_identifier().rank(text))
    best = max(ranked, key=lambda code: ranked[code])
    if best == "en":
        return "en", 1.0
    return best, ranked[best] / (ranked[best] + ranked["en"]) if math.isfinite(ranked[best]) else 0.0


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
