"""The gazetteer: which places a name may mean. One packaged SQLite file, opened on first use, a few rows read per name.

The file holds blocks of names in alphabetical order, each block a compressed table; a look-up reads one block.
`onrecord.reading._gazetteer_build` writes it.
"""

from __future__ import annotations

import sqlite3
import unicodedata
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Literal

from onrecord.records import LexiconError, Precision

FORMAT = "onrecord-places/1"

Kind = Literal["country", "admin1", "admin2", "city", "region", "site", "sea", "continent"]

KINDS: dict[str, Kind] = {
    "C": "country",
    "A": "admin1",
    "B": "admin2",
    "P": "city",
    "R": "region",
    "S": "site",
    "W": "sea",
    "K": "continent",
}

_PRECISION = {
    "country": Precision.country,
    "admin1": Precision.admin1,
    "city": Precision.city,
    "site": Precision.site,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One place that a name may mean; ``alias``: found by a name that is not its first.

    ``population`` weighs candidates: of an area it is that of its towns; former and foreign names of towns count less.
    """

    key: str | None
    name: str
    kind: Kind
    country: str | None
    admin1: str | None
    latitude: float
    longitude: float
    population: int
    alias: bool

    @property
    def precision(self) -> Precision:
        """How exactly a mention of this place says where."""
        return _PRECISION.get(self.kind, Precision.region)

    @property
    def is_area(self) -> bool:
        """True for what contains towns: countries, divisions, regions."""
        return self.kind in ("country", "admin1", "admin2", "region", "continent")


@dataclass
class Gazetteer:
    """Look-ups by name in one gazetteer file."""

    connection: sqlite3.Connection
    adjectives: dict[str, str] = field(default_factory=dict)
    countries: dict[str, Entry] = field(default_factory=dict)
    divisions: dict[str, str] = field(default_factory=dict)
    own: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    """A user's own places by folded name."""

    def __post_init__(self) -> None:
        self.find = lru_cache(maxsize=8192)(self._find)

    def _find(self, name: str) -> tuple[Entry, ...]:
        """Every place called ``name`` (any case, with or without accents or "the"), a user's own first."""
        key = fold(name)
        return self.own.get(key, ()) + self._packaged(key) if key else ()

    def _packaged(self, key: str) -> tuple[Entry, ...]:
        row = self.connection.execute(
            "SELECT rows FROM block WHERE first <= ? ORDER BY first DESC LIMIT 1", (key,)
        ).fetchone()
        if row is None:
            return ()
        table = "\n" + zlib.decompress(row[0]).decode("utf-8")
        found = []
        at = table.find(f"\n{key}\t")
        while at >= 0:
            end = table.find("\n", at + 1)
            line = table[at + 1 :] if end < 0 else table[at + 1 : end]
            found.append(parse_row(line))
            at = end if end >= 0 and table.startswith(f"\n{key}\t", end) else -1
        return tuple(found)

    def country_of(self, adjective: str) -> str | None:
        """The country a nationality word belongs to: ``Iranian`` gives ``IRN``."""
        return self.adjectives.get(adjective.casefold())

    def division(self, country: str | None, code: str | None) -> str | None:
        """The name of a country's first-order division."""
        return self.divisions.get(f"{country}.{code}") if country and code else None


@cache
def load_gazetteer(path: Path | None = None, *, own: Path | None = None) -> Gazetteer:
    """The packaged gazetteer, or the one in the file ``path``; opened once.

    Parameters
    ----------
    own: a CSV file of places of a user's own, laid over it (see ``_own_places``).

    Raises
    ------
    LexiconError: when the file is missing or was written by another version, or ``own`` breaks its columns.
    BadOption: when ``own`` cannot be read.
    """
    if path is None:
        with as_file(files("onrecord.reading") / "lexicon" / "places.sqlite") as packaged:
            gazetteer = _open(packaged)
    else:
        gazetteer = _open(path)
    if own is not None:
        from onrecord.reading._own_places import read_places

        gazetteer.own = read_places(own)
    return gazetteer


def _open(path: Path) -> Gazetteer:
    if not path.is_file():
        raise LexiconError(f"{path}: no gazetteer there. Reinstall onrecord, or build it with `onrecord places build`")
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    try:
        (seen,) = connection.execute("SELECT value FROM about WHERE name = 'format'").fetchone()
    except sqlite3.DatabaseError as error:
        raise LexiconError(f"{path}: not a gazetteer ({error}). Build it with `onrecord places build`") from error
    if seen != FORMAT:
        raise LexiconError(
            f"{path}: gazetteer format {seen!r}, this version reads {FORMAT!r}. Build it with `onrecord places build`"
        )
    gazetteer = Gazetteer(connection)
    gazetteer.adjectives.update(connection.execute("SELECT word, country FROM adjective"))
    gazetteer.divisions.update(connection.execute("SELECT code, name FROM division"))
    for (line,) in connection.execute("SELECT row FROM country"):
        entry = parse_row(line)
        if entry.country:
            gazetteer.countries[entry.country] = entry
    return gazetteer


def parse_row(line: str) -> Entry:
    """The entry in one line of a block.

    Columns: folded name, kind letter (small: alias), country, division, latitude, longitude, population, key, and the
    name shown (empty: the folded name in title case).
    """
    folded, kind, country, admin1, latitude, longitude, population, key, name = line.split("\t")
    return Entry(
        key=f"geonames:{key}" if key[:1].isalnum() else f"onrecord:{key[1:]}" if key else None,
        name=name or folded.title(),
        kind=KINDS[kind.upper()],
        country=country or None,
        admin1=admin1 or None,
        latitude=float(latitude),
        longitude=float(longitude),
        population=int(population),
        alias=kind.islower(),
    )


_LETTERS = str.maketrans(
    {
        **dict.fromkeys("'’‘ʼʻ`´ʹ′.ʿʾ\"“”", ""),
        **dict.fromkeys("-‐‑–—/,_", " "),
        "&": " and ",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "ə": "a",
        "ǝ": "a",
        "æ": "ae",
        "œ": "oe",
    }
)
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name as it is compared: no case, accents, punctuation or leading "the"; St, Mt and Ft written out."""
    plain = name.casefold().translate(_LETTERS)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(_LETTERS)
    words = plain.split()
    if len(words) > 1:
        if words[0] == "the":
            del words[0]
        words = [_SHORT.get(word, word) for word in words]
    return " ".join(words)
