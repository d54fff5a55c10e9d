"""The names datelines and credits are made of: news agencies and places, from the files beside the code."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

from onrecord.records import LexiconError

_JOINED = re.compile(r" ?[/;,&] ?| and ")
_BEFORE_PLACES = re.compile(
    r"(?i)(?:near|aboard|outside|off|inside|central|northern|southern|eastern|western|north|south|east|west|greater) "
)


@cache
def agencies() -> dict[str, str]:
    """Every sign an agency uses, in capitals too when it is long, with the name that goes on record."""
    signs: dict[str, str] = {}
    for entry in load("agencies.yaml"):
        for sign in (entry["name"], *entry["signs"]):
            signs.setdefault(sign, entry["name"])
            if len(sign) > 5:
                signs.setdefault(sign.upper(), entry["name"])
    return signs


def agency_named(text: str) -> str | None:
    """The agency or agencies that ``text`` names and nothing else: ``AFP/Reuters``, ``Xinhua``; None otherwise."""
    text = text.strip()
    known = agencies()
    if text in known:
        return known[text]
    parts = [known.get(part.strip()) for part in _JOINED.split(text)]
    return "/".join(part for part in parts if part) if len(parts) > 1 and all(parts) else None


def agency_in(text: str) -> str | None:
    """The first agency named anywhere in ``text``."""
    known = agencies()
    words = re.findall(r"[\w’'.-]+", text)
    for length in (3, 2, 1):
        for i in range(len(words) - length + 1):
            found = known.get(" ".join(words[i : i + length]).strip(".-"))
            if found:
                return found
    return agency_named(text)


@cache
def places() -> frozenset[str]:
    """Folded names of places that head datelines."""
    lines = (files("onrecord.ingest") / "data" / "places.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@cache
def regions() -> frozenset[str]:
    """How papers shorten states and provinces after a town, without points: ``nh``, ``calif``."""
    return frozenset(load("layout.yaml")["regions"].split())


def is_place(text: str) -> bool:
    """Whether ``text`` names known places only: ``TEL AVIV/WASHINGTON``, ``Bedford, N.H.``, ``NEAR KHERSON``."""
    town, _, region = text.partition(",")
    if region and (fold(region) in places() or re.sub(r"\W", "", fold(region)) in regions()):
        return True
    return all(_is_town(part) for part in town.split("/"))


def fold(name: str) -> str:
    """Plain small letters: ``São Paulo`` → ``sao paulo``."""
    name = name.strip().replace("’", "'").replace("‘", "'").replace("`", "'").replace("Ł", "L")
    if name.isascii():
        return name.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()


@cache
def load(name: str) -> Any:
    """The content of a YAML file of this package."""
    import yaml  # here, because importing onrecord must stay quick

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load((files("onrecord.ingest") / "data" / name).read_text(encoding="utf-8"), Loader=loader)
    except yaml.YAMLError as error:
        raise LexiconError(f"ingest/data/{name}: not valid YAML. {error}") from error


def _is_town(text: str) -> bool:
    folded = fold(_BEFORE_PLACES.sub("", text.strip()))
    return folded in places() or folded.replace(".", "").replace("st ", "saint ") in places()
