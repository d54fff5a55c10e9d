"""Dictionaries of TABARI, PETRARCH, PETRARCH 2 and Universal PETRARCH, read into our own lexicon and frame files."""

from __future__ import annotations

from onrecord.reading.dictionaries._import import REPORT, Imported, import_dictionaries
from onrecord.reading.dictionaries._source import Loss

__all__ = ["REPORT", "Imported", "Loss", "import_dictionaries"]
