"""Bytes to characters: byte-order mark, UTF-16, UTF-8, declared charset, then detection. No error is hidden."""

from __future__ import annotations

import codecs
import re

from onrecord.records import NotText

_MARKS = (  # UTF-32 first: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_MAGIC = (
    (b"%PDF-", "a PDF document", "Convert it to text first, for example with pdftotext."),
    (b"PK\x03\x04", "a zip archive or office document", "Unpack it, or save the document as plain text."),
    (b"\xd0\xcf\x11\xe0", "an old office document", "Save the document as plain text."),
    (b"{\\rtf", "a rich-text document", "Save the document as plain text."),
    (b"\x1f\x8b", "gzip-compressed data", "Decompress it first."),
    (b"BZh", "bzip2-compressed data", "Decompress it first."),
    (b"\xfd7zXZ\x00", "xz-compressed data", "Decompress it first."),
    (b"(\xb5/\xfd", "zstd-compressed data", "Decompress it first."),
    (b"\x89PNG", "a PNG image", "Only text can be read."),
    (b"\xff\xd8\xff", "a JPEG image", "Only text can be read."),
    (b"GIF8", "a GIF image", "Only text can be read."),
    (b"\x7fELF", "a program", "Only text can be read."),
    (b"SQLite format 3\x00", "an SQLite database", "Only text can be read."),
)

_STRAY_BYTE = re.compile("[\udc80-\udcff]")  # what "surrogateescape" makes of a byte that is not UTF-8
_HALF_CHARACTER = re.compile("[\udcc2-\udcf4][\udc80-\udcbf]{0,2}\\Z")

_NO_CHARSETS = ("utf-7", "idna", "punycode", "raw-unicode-escape", "unicode-escape")

# Encodings that news archives do use; statistics over all that Python knows would find curiosities.
_CANDIDATES = [
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2", "iso8859_5",
    "iso8859_7", "iso8859_15", "koi8_r", "mac_roman", "mac_cyrillic", "cp437", "cp850", "cp874", "cp932", "cp949",
    "big5", "gb18030", "euc_jp", "iso2022_jp",
]  # fmt: skip

_NOISE = re.compile("[\x00-\x07\x0e-\x19\x1c-\x1f\x7f-\x9f\ufffd]")

# What the WHATWG encoding standard reads under these labels: pages say latin-1 and mean Windows.
_ALIASES = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-9": "cp1254", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949", "shift_jis": "cp932", "x-sjis": "cp932",
}  # fmt: skip

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)

# The high characters that English text saved by a Windows program really holds: a decoding with others is not it.
_USUAL = {
    "cp1252": set("€‚„…†‡‰‹‘’“”•–—™›\u00a0£¥§©«®°±²³·¹º»¼½¾¿¡´×"),
    "mac-roman": set("‘’“”–—…•†©®™£§\u00a0°¢"),
}
_CAPITAL_INSIDE = re.compile("[a-zß-ÿ][À-ÞŒŠŽ]|(?<!\\w)[À-ÞŒŠŽ](?!\\w)")
_UNLIKE = float("-inf")


def decode(data: bytes, *, name: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The characters of ``data`` and the repairs this took.

    ``declared`` is a charset some outer layer knows (an HTTP header); an HTML ``<meta>`` declaration is found here.

    Raises
    ------
    NotText: binary data, or no encoding that fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name), _named(encoding, "byte-order-mark")
    _refuse_known_binary(data, name)
    wide = _wide_encoding(data)
    if wide:
        return _strict(data, wide, name), _named(wide)
    if b"\x00" in data:
        raise NotText(name, "binary data (zero bytes that no UTF-16 explains)", "Only text can be read.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text, repairs = _decode_other(data, name, declared or declared_charset(data))
    else:
        repairs = ()
    _refuse_control_noise(text, name)
    return text, repairs


def declared_charset(data: bytes) -> str | None:
    """The charset an HTML or XML head declares, lower-case, if Python knows it."""
    found = _DECLARED.search(data[:4096])
    return _known(found.group(1).decode("ascii")) if found else None


def wide_mark(head: bytes) -> str | None:
    """The wide encoding that a byte-order mark announces: ``utf-16`` or ``utf-32``, whose codecs drop the mark."""
    found = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "utf-8")
    return found.rpartition("-")[0] if found != "utf-8" else None


def _decode_other(data: bytes, name: str, declared: str | None) -> tuple[str, tuple[str, ...]]:
    """Not UTF-8: the declared charset, UTF-8 with strays, Windows, then statistics."""
    declared = _known(declared) if declared else None
    if declared and declared not in ("utf-8", "utf8"):
        try:
            return data.decode(declared), _named(declared)
        except (UnicodeDecodeError, UnicodeError):
            pass  # the declaration is wrong: look at the bytes themselves
    mixed = _mostly_utf8(data)
    if mixed is not None:
        return mixed, ("decoded:utf-8+cp1252",)
    guesses = [(_likeness(data, encoding, usual), encoding) for encoding, usual in _USUAL.items()]
    score, encoding = max(guesses, key=lambda guess: guess[0])  # the first of equals: Windows
    if score > _UNLIKE:
        return data.decode(encoding), _named(encoding)
    return _detect(data, name)


def _mostly_utf8(data: bytes) -> str | None:
    """UTF-8 with a few stray Windows bytes pasted in, or cut in mid-character; None when it is not UTF-8 at all."""
    text = data.decode("utf-8", "surrogateescape")
    cut = _HALF_CHARACTER.search(text)
    if cut:
        text = text[: cut.start()]
    strays = len(_STRAY_BYTE.findall(text))
    good = sum(1 for c in text if c > "\x7f") - strays
    if good < 2 * strays or not (good or cut):
        return None
    return _STRAY_BYTE.sub(lambda found: bytes([ord(found.group()) - 0xDC00]).decode("cp1252", "ignore"), text)


def _likeness(data: bytes, encoding: str, usual: set[str]) -> float:
    """How much ``data`` in ``encoding`` looks like English with typographic signs and accented names."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return _UNLIKE
    high = [c for c in text if c > "\x7f"]
    letters = sum(1 for c in high if "À" <= c <= "ÿ" or c in "ŒœŠšŽžŸ")
    signs = sum(1 for c in high if c in usual)
    ascii_letters = sum(1 for c in text if c.isascii() and c.isalpha())
    if (len(high) - letters - signs) * 20 > len(high) or letters * 4 > ascii_letters:
        return _UNLIKE
    return signs + letters - 2 * len(_CAPITAL_INSIDE.findall(text))


def _detect(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    from charset_normalizer import from_bytes

    if sum(1 for byte in data[:4096] if byte >= 0x20) < 24:  # too little to tell one encoding from another
        raise NotText(name, "a few bytes that are not UTF-8", "Save the file as UTF-8.")
    best = from_bytes(data[:200_000], cp_isolation=_CANDIDATES).best()
    if best is not None:
        try:
            return data.decode(best.encoding), _named(best.encoding)
        except (UnicodeDecodeError, LookupError):
            pass
    raise NotText(name, "bytes that fit no text encoding", "Save the file as UTF-8.")


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: English text has a zero byte in every second place."""
    sample = data[:4096]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            mixed = _mostly_utf8(data)
            if mixed is not None:
                return mixed
        elif error.reason == "truncated data":  # half a character at the very end
            return data[: error.start].decode(encoding)
        seen = f"bytes marked as {encoding} that break at byte {error.start}"
        raise NotText(name, seen, "Save the file as UTF-8.") from None
    _refuse_control_noise(text, name)
    return text


def _refuse_known_binary(data: bytes, name: str) -> None:
    for magic, what, remedy in _MAGIC:
        if data.startswith(magic):
            raise NotText(name, f"this is {what}", remedy)


def _refuse_control_noise(text: str, name: str) -> None:
    """Binary data can be valid UTF-8; text has next to no control characters."""
    sample = text[:20_000]
    noise = len(_NOISE.findall(sample))
    if (noise > 8 and noise * 20 > len(sample)) or noise * 3 > len(sample):
        seen = f"{noise} control characters in the first {len(sample)} characters"
        raise NotText(name, seen, "Only text can be read.")


def _known(label: str) -> str | None:
    label = label.strip().lower()
    label = _ALIASES.get(label, label)
    try:
        codec = codecs.lookup(label)
        # Only character encodings that ASCII bytes pass through: not rot13, hex, idna, punycode, UTF-16 or UTF-7.
        if codec.name in _NO_CHARSETS or b"<a>".decode(label) != "<a>":
            return None
    except (LookupError, UnicodeError, ValueError, TypeError, AssertionError):
        return None
    return codec.name if codec.name != "utf-8" else "utf-8"


def _named(encoding: str, *others: str) -> tuple[str, ...]:
    encoding = encoding.lower().replace("_", "-")
    return others if encoding in ("utf-8", "ascii") else (f"decoded:{encoding}", *others)
