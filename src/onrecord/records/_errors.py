"""Every error the program raises on purpose.

OnrecordError
├── InputError             one input could not be read; the rest of the batch goes on
│   ├── Unreadable         missing, no permission, a glob that matches nothing
│   ├── EmptyInput         nothing but white space
│   ├── NotText            binary, or no encoding fits
│   ├── TooLarge           above the size limit
│   ├── NotAnArticle       a page or record without an article's text
│   ├── UnsupportedLanguage  not English
│   ├── BadRecord          a line of JSON that is not what it should be
│   └── ReadingFailed      the reader itself crashed or hung on it
├── BadOption              an option or argument that cannot be used (a date, a format)
├── ModelError             the language model's files are missing or do not fit together
├── LexiconError           a frame or lexicon file breaks its schema
└── RecordError            a reading whose spans or references do not hold
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Base of all errors raised on purpose."""


class InputError(OnrecordError):
    """One input that could not be read.

    Parameters
    ----------
    where: the file, URL or line, as the user named it.
    seen: what was found there.
    remedy: what the user can do.
    """

    def __init__(self, where: str, seen: str, remedy: str) -> None:
        super().__init__(f"{where}: {seen}. {remedy}")
        self.where = where
        self.seen = seen
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str]]:
        return type(self), (self.where, self.seen, self.remedy)


class Unreadable(InputError):
    """Missing, no permission, or a pattern that matches nothing."""


class EmptyInput(InputError):
    """Nothing but white space."""


class NotText(InputError):
    """Binary data, or no encoding fits."""


class TooLarge(InputError):
    """Above the size limit."""


class NotAnArticle(InputError):
    """A page or record without an article's text."""


class UnsupportedLanguage(InputError):
    """Text in a language the program does not read."""


class BadRecord(InputError):
    """A line of JSON that is not an object with text."""


class ReadingFailed(InputError):
    """An article on which the reader itself failed, crashed or hung: a fault of the program."""


class BadOption(OnrecordError):
    """An option or argument that cannot be used."""


class ModelError(OnrecordError):
    """The language model's files are missing or do not fit together."""


class LexiconError(OnrecordError):
    """A frame or lexicon file breaks its schema."""


class RecordError(OnrecordError):
    """A reading whose spans or references do not hold."""
