"""Places of a user's own: found, preferred, stated with their precision; a file that says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from onrecord.reading._gazetteer import load_gazetteer
from onrecord.reading._own_places import COLUMNS, read_places
from onrecord.reading._places import find_places
from onrecord.records import BadOption, LexiconError, Precision

GOOD = """name,also,kind,country,latitude,longitude,weight,key
Camp Verdun,Verdun camp; Camp Verdun North,site,SYR,36.2,41.1,,
Sandhill,,region,,12.5,-3.25,5000,study:7

"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_a_place_is_found_by_all_its_names_with_what_its_line_says(file: Path) -> None:
    gazetteer = load_gazetteer(own=file)
    for name in ("Camp Verdun", "verdun camp", "the Camp Verdun North"):
        camp = gazetteer.find(name)[0]
        assert (camp.name, camp.precision, camp.country) == ("Camp Verdun", Precision.site, "SYR")
        assert (camp.latitude, camp.longitude, camp.key) == (36.2, 41.1, "own:camp-verdun")
    sandhill = gazetteer.find("Sandhill")[0]
    assert (sandhill.key, sandhill.population, sandhill.country) == ("study:7", 5000, None)
    assert gazetteer.find("Damascus")


def test_a_text_s_place_is_the_user_s_own(nlp: Language, file: Path) -> None:
    places = find_places(nlp("Shells fell in Camp Verdun on Monday."), load_gazetteer(own=file))
    (place,) = places.all
    assert (place.key, place.precision) == ("own:camp-verdun", Precision.site)


def test_the_packaged_gazetteer_stays_as_it_was(file: Path) -> None:
    assert load_gazetteer(own=file).find("Camp Verdun")
    assert load_gazetteer().find("Camp Verdun") == ()


@pytest.mark.parametrize(
    ("text", "line", "seen"),
    [
        ("name,lat\nA,1\n", 1, "'lat'"),
        ("name,name,latitude,longitude\n", 1, "'name'"),
        ("name,latitude\nA,1\n", 1, "'longitude'"),
        ("", 1, "'name'"),
        ("name,latitude,longitude\nA,north,2\n", 2, "'north'"),
        ("name,latitude,longitude\nA,1,2\n\nB,91,2\n", 4, "'91'"),
        ("name,latitude,longitude\nA,nan,2\n", 2, "'nan'"),
        ("name,latitude,longitude\n,1,2\n", 2, "name is empty"),
        ("name,latitude,longitude\nA,1\n", 2, "2 cells under 3"),
        ("name,latitude,longitude,kind\nA,1,2,village\n", 2, "'village'"),
        ("name,latitude,longitude,country\nA,1,2,SY\n", 2, "'SY'"),
        ("name,latitude,longitude,weight\nA,1,2,many\n", 2, "'many'"),
        ('name,latitude,longitude\n"A"x,1,2\n', 2, "','"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_with_what_was_seen(
    tmp_path: Path, text: str, line: int, seen: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError) as raised:
        read_places(path)
    assert str(raised.value).startswith(f"{path}, line {line}: ")
    assert seen in str(raised.value)


def test_a_file_that_is_missing_or_not_utf_8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadOption, match=r"none\.csv.*Name a CSV file"):
        read_places(tmp_path / "none.csv")
    latin = tmp_path / "latin.csv"
    latin.write_bytes("name,latitude,longitude\nMál,1,2\n".encode("latin-1"))
    with pytest.raises(LexiconError, match="not UTF-8"):
        read_places(latin)


def test_the_how_to_names_every_column() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "add-places.md").read_text(encoding="utf-8")
    assert [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")] == list(COLUMNS)
