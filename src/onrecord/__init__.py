"""onrecord reads English news and writes down what is on record.

``onrecord.read(text, published="2023-10-14")`` reads one text, ``onrecord.Reader().read_many(articles, jobs=2)`` many.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.ledger import open_ledger
    from onrecord.reading import Reader, read
    from onrecord.records import (
        Article,
        Entity,
        Event,
        Figure,
        Mention,
        OnrecordError,
        Place,
        Reading,
        Sourcing,
        Span,
        Statement,
        Status,
        Time,
        sourcing,
    )

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Entity",
    "Event",
    "Figure",
    "Mention",
    "OnrecordError",
    "Place",
    "Reader",
    "Reading",
    "Sourcing",
    "Span",
    "Statement",
    "Status",
    "Time",
    "open_ledger",
    "read",
    "sourcing",
]


_LAYERS = {"Reader": "onrecord.reading", "read": "onrecord.reading", "open_ledger": "onrecord.ledger"}


def __getattr__(name: str) -> object:
    """Public names are looked up when first used: importing the package alone stays quick."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    layer = import_module(_LAYERS.get(name, "onrecord.records"))
    _introduce(layer)
    found = globals()[name] = getattr(layer, name)
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])


def _introduce(layer: ModuleType) -> None:
    """Records and answers know nothing of how they are shown; the top of the house introduces the two."""
    from onrecord.records import Reading

    Reading._repr_html_ = lambda reading: _notebook().reading_html(reading)
    if layer.__name__ == "onrecord.ledger":
        layer.Found._repr_html_ = lambda found: _notebook().found_html(found)
        layer.Series._repr_html_ = lambda series: _notebook().series_html(series)


def _notebook() -> Any:
    return import_module("onrecord.publish.notebook")
