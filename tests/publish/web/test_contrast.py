"""The colours of the pages keep WCAG 2.2's contrast, in both themes."""

from __future__ import annotations

import re

import pytest

from onrecord.publish.web._render import STATIC

_TOKEN = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
TOKENS = {
    name: (light, dark) for name, light, dark in _TOKEN.findall((STATIC / "tokens.css").read_text(encoding="utf-8"))
}
GROUNDS = ("paper", "card", "sunk")
STATUSES = ("happened", "ongoing", "planned", "called_for", "threatened", "hypothetical", "negated")
WORDS = [
    *((words, ground) for words in ("ink", "soft", "link", "accent") for ground in GROUNDS),
    *((status, ground) for status in STATUSES for ground in ("paper", "card", "said")),
    ("ink", "said"), ("ink", "warn"), ("lit-ink", "lit"), ("paper", "ink"), ("soft", "said"),
]  # fmt: skip
SHAPES = [
    *((f"quad{n}", ground) for n in range(5) for ground in ("paper", "card", "land", "sea")),
    *(("edge", ground) for ground in ("paper", "card", "land")),
    ("accent", "land"), ("accent", "sea"), ("link", "paper"),
]  # fmt: skip


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG defines it, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_black_on_white_is_21() -> None:
    assert round(contrast("#000000", "#ffffff"), 3) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), WORDS)
def test_words_can_be_read(words: str, ground: str, theme: int) -> None:
    assert contrast(TOKENS[words][theme], TOKENS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_can_be_told_from_their_ground(shape: str, ground: str, theme: int) -> None:
    assert contrast(TOKENS[shape][theme], TOKENS[ground][theme]) >= 3


def test_no_colour_is_written_elsewhere() -> None:
    for file in ("site.css", "parts.css"):
        colours = set(re.findall(r"#[0-9a-f]{3,8}\b", (STATIC / file).read_text(encoding="utf-8")))
        assert colours <= {"#fff"}, f"{file}: {colours}"  # paper in print
