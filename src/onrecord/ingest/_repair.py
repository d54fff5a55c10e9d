"""Characters to readable text: the small, named repairs that are made before offsets are taken."""

from __future__ import annotations

import html
import re

REPAIRS: dict[str, str] = {
    "decoded:…": "the bytes were not UTF-8; the encoding used is named after the colon",
    "byte-order-mark": "a mark that only says how the file is encoded was dropped",
    "mojibake": "text that had been decoded wrongly once was decoded again (’ had become â€™), or its debris removed",
    "newlines": "line ends of other systems became \\n",
    "spaces": "no-break and other wide or narrow spaces became plain spaces, one for one",
    "control-characters": "control characters and terminal codes were dropped",
    "invisible-characters": "soft hyphens, zero-width and direction marks were dropped",
    "html-entities": "left-over character references became characters (&amp; became &)",
    "ligatures": "printer's ligatures became letters (ﬁ became fi)",
    "surrogates": "broken halves of characters were joined, or replaced by U+FFFD",
    "unicode-nfc": "letters followed by combining accents became single characters",
    "markdown": "Markdown marks were removed; words, order and paragraphs are as written",
    "boilerplate": "the article was taken out of an HTML page; menus and advertisements were left behind",
}
"""Every word that may stand in ``Article.repairs``, with what it means."""

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = dict.fromkeys((160, 5760, *range(8192, 8203), 8239, 8287, 12288), " ")
_TERMINAL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[@-Z\\-_]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffc\U000e0000-\U000e007f]"
)
_ENTITY = re.compile(
    r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|amp|quot|apos|lt|gt|nbsp|[lr][sd]quo|[mn]dash|hellip|eacute|pound|euro);"
)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_LIGATURES = re.compile(r"[\ufb00-\ufb06]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# A no-break space read as Latin-1 leaves Â and a blank; the blank then gets trimmed or folded. No English word ends in
# a capital Â after a small letter, a sign or nothing.
_SUSPECT = re.compile(r"[^\x00-\x7f]{2}|[ÂÃ]")  # one character decoded wrongly makes two, or leaves one of these
_STRAY = re.compile(r"(?<![^\W\d_a-zà-ÿ])Â(?=[ \n]|\Z)")


def repair(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` with its damage mended, and the names of what was mended (keys of ``REPAIRS``)."""
    done: list[str] = []
    for name, step in _STEPS:
        mended = step(text)
        if mended != text:
            done.append(name)
            text = mended
    return text, tuple(dict.fromkeys(done))


def _join_surrogates(text: str) -> str:
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _drop_mark(text: str) -> str:
    return text.removeprefix("\ufeff")


def _unescape(text: str) -> str:
    """Left-over references become characters, unless the text holds tags and so is about HTML."""
    if "&" not in text or not _ENTITY.search(text) or _TAG.search(text):
        return text
    return _ENTITY.sub(lambda found: html.unescape(found.group()), text)


def _mend_mojibake(text: str) -> str:
    if not _SUSPECT.search(text):
        return text
    from ftfy import fix_encoding

    # Line by line, so that one odd line cannot change how another is read, and so that long texts stay linear.
    lines = text.split("\n")
    mended = [fix_encoding(line) if _SUSPECT.search(line) else line for line in lines]
    return _STRAY.sub("", "\n".join(mended))


def _normalise(text: str) -> str:
    if text.isascii():
        return text
    import unicodedata

    return unicodedata.normalize("NFC", text)


def _split_ligatures(text: str) -> str:
    import unicodedata

    return _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)


_STEPS = (
    ("surrogates", _join_surrogates),
    ("byte-order-mark", _drop_mark),
    ("html-entities", _unescape),
    ("control-characters", lambda text: _TERMINAL.sub("", text)),
    ("newlines", lambda text: re.sub(r"\r\n?", "\n", text)),
    ("mojibake", _mend_mojibake),  # before the controls go: they are half of what was mis-decoded
    ("newlines", lambda text: _LINE_ENDS.sub("\n", text)),
    ("control-characters", lambda text: _CONTROLS.sub("", text)),
    ("invisible-characters", lambda text: _INVISIBLE.sub("", text)),
    ("ligatures", _split_ligatures),
    ("spaces", lambda text: text.translate(_SPACES)),
    ("unicode-nfc", _normalise),
)
