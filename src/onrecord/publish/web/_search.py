"""Where in an article the words looked for are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from onrecord.ledger import Ledger
from onrecord.publish.web._render import visible

_AROUND = 110
_WORD = re.compile(r"\w+")


def excerpts(ledger: Ledger, ids: Sequence[str], words: str) -> dict[str, Markup]:
    """The stretch of each article around the first of the words, the words marked; its beginning when none is there."""
    wanted = [word for word in _WORD.findall(words) if word != "OR"]
    found = re.compile(r"\b(?:" + "|".join(map(re.escape, wanted)) + r")\w*", re.IGNORECASE) if wanted else None
    return {id_: _excerpt(text, found) for id_, text in ledger.summaries.texts(ids).items()}


def _excerpt(text: str, wanted: re.Pattern[str] | None) -> Markup:
    first = wanted.search(text) if wanted else None
    start = max(0, first.start() - _AROUND) if first else 0
    end = min(len(text), (first.end() if first else 0) + 2 * _AROUND)
    piece = " ".join(text[start:end].split())
    parts, at = [Markup("…" if start else "")], 0
    for match in wanted.finditer(piece) if wanted else ():
        parts += [escape(visible(piece[at : match.start()])), Markup("<mark>{}</mark>").format(visible(match.group()))]
        at = match.end()
    return Markup("").join([*parts, escape(visible(piece[at:])), Markup("…" if end < len(text) else "")])
