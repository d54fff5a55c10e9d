"""Readings in the formats of the field: event coders' tables, maps, networks, humanitarian and investigative data.

Every format says what it leaves out and why; nothing that the text does not hold is filled in.
"""

from onrecord.publish.exports._datapackage import read_package
from onrecord.publish.exports._facts import FromLedger, Known
from onrecord.publish.exports._formats import FORMATS, Exported, Format, export, read_back
from onrecord.publish.exports._plover import AUXILIARY, folded_type

__all__ = [
    "AUXILIARY",
    "FORMATS",
    "Exported",
    "Format",
    "FromLedger",
    "Known",
    "export",
    "folded_type",
    "read_back",
    "read_package",
]
