"""Stems, families of triggers, and how much a word tells."""

import pytest

from onrecord.ledger._meaning import families, stems
from onrecord.ledger._words import content, stem, weight


@pytest.mark.parametrize(
    "forms",
    [
        "announced announces announcing announcement announcements",
        "resigned resigns resignation",
        "killed kills killing killings",
        "stabbed stabbing stabs",
        "withdrew withdrawn withdraws withdrawal",
        "exploded explosion explosions",
        "invaded invasion",
        "buried burial buries",
        "evacuated evacuation",
        "dismissed dismissal",
        "seized seizure",
        "agreed agreement agrees",
    ],
)
def test_a_verb_and_the_nouns_made_from_it_have_one_stem(forms):
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["attack attend", "arrest arrive", "release relief", "visit vision", "meet mean"])
def test_words_of_different_sense_keep_different_stems(pair):
    a, b = pair.split()
    assert stem(a) != stem(b)


def test_words_without_meaning_of_their_own_are_no_content():
    assert content("They have also been with it to the river") == ["river"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("killed", "murder"), ("died", "deaths"), ("quake", "earthquake"), ("stepped down", "resignation"), ("shot", "gunfire"),
     ("sacked", "dismissal"), ("airstrikes", "bombed"), ("held", "detention"), ("opened fire", "shooting")],
)  # fmt: skip
def test_words_for_one_act_share_a_family(one, other):
    assert families(stems(one)) & families(stems(other))


@pytest.mark.parametrize(
    ("one", "other"), [("killed", "arrested"), ("met", "attacked"), ("resigned", "elected"), ("flood", "quake")]
)
def test_words_for_different_acts_share_none(one, other):
    assert not families(stems(one)) & families(stems(other))


def test_a_rare_word_weighs_more_than_a_common_one():
    assert weight("garissa") == 1.0
    assert weight("government") < 0.3 < weight("uganda")
