"""Copies: exact, near and re-worded, against stories that only share their subject."""

import pytest

from onrecord.ingest import from_text
from onrecord.ledger._copies import Copies, MemoryCopies, compare
from onrecord.ledger._signature import Signature, minhash, sign

STORY = """Floods swept through the river port of Mbandara on Saturday, drowning at least 41 people and cutting the only road to Kisola, the provincial governor Elise Makumbi said.

Makumbi told reporters in Mbandara that 3,200 families had lost their houses after the Luvo dam overflowed shortly before dawn. She asked the capital for boats, tents and clean water.

The Luvo dam was built in 1974 and has not been repaired since 2009, according to Henri Tshala, an engineer who worked there. He said that three of its seven gates no longer open.

Rescuers from Kisola reached the northern quarter of the town on Sunday with two boats. They brought 118 people to a school on the hill, where the Red Cross has opened a kitchen.

President Okello Ndaye is expected to fly over the valley on Monday. His office said that 2 million dollars would be released for the province."""

REWORDED = """At least 41 people drowned and the sole road to Kisola was severed when Mbandara, a port on the river, was hit by floods on Saturday, according to Elise Makumbi, governor of the province.

Shortly before dawn the Luvo dam had overflowed; 3,200 families are without houses, Makumbi told the press in Mbandara. Boats, clean water and tents are what she asked the capital to send.

Engineer Henri Tshala, who once worked at the Luvo dam, said only four of its seven gates still open, three do not. Built in 1974, it was last repaired in 2009.

With two boats, rescuers from Kisola got to the town's northern quarter on Sunday and brought 118 people to the school on the hill. The Red Cross has a kitchen there.

Okello Ndaye, the president, plans to fly over the valley on Monday; 2 million dollars will be released for the province, his office said."""

SAME_SUBJECT = """The dam above Mbandara had been a danger for years, and everybody in Kisola knew it. When the Luvo broke its banks on Saturday, Jean Mobele was asleep in a hut beside the market with his three daughters.

"We climbed the mango tree and waited nine hours," he recalls. His neighbours were not as lucky: the fishermen's street is gone, and with it the workshop where he used to mend nets.

Critics blame Makumbi. Opposition deputy Claire Ilunga says the governor spent 600,000 dollars on a new residence while engineers begged for concrete. Makumbi rejects that and points to the ministry, which never answered her 12 letters.

For the survivors, politics is far away. What they need, says Mobele, is a net and a boat."""


def signed(text: str) -> Signature:
    return sign(from_text(text, name="story"))


def test_the_same_words_under_another_headline_and_credit_are_an_exact_copy():
    other = "MBANDARA, March 3 (AFP) - " + STORY
    found = compare(signed(STORY), signed(other))
    assert found is not None and found.kind == "exact"


def test_the_first_paragraphs_alone_are_a_near_copy():
    found = compare(signed(STORY), signed("\n\n".join(STORY.split("\n\n")[:3])))
    assert found is not None and found.kind == "near" and found.verbatim > 0.9


def test_a_story_told_in_other_words_is_a_reworded_copy():
    found = compare(signed(STORY), signed(REWORDED))
    assert found is not None and found.kind in ("near", "reworded")
    assert signed(STORY).keys & signed(REWORDED).keys


def test_another_article_on_the_same_subject_is_no_copy():
    assert compare(signed(STORY), signed(SAME_SUBJECT)) is None


def test_two_lines_are_too_short_to_tell():
    short = "Floods swept through Mbandara on Saturday, the governor said."
    assert compare(signed(STORY), signed(short)) is None


def test_copies_of_copies_name_the_first_of_their_group():
    copies = Copies(MemoryCopies())
    assert copies.add("a", signed(STORY)) is None
    assert copies.add("x", signed(SAME_SUBJECT)) is None
    second = copies.add("b", signed(REWORDED))
    assert second is not None and (second.original, second.like) == ("a", "a")
    third = copies.add("c", signed("\n\n".join(REWORDED.split("\n\n")[:4])))
    assert third is not None and (third.original, third.like) == ("a", "b")
    assert "%" in third.because


def test_an_article_is_no_copy_of_itself_when_it_is_read_again():
    copies = Copies(MemoryCopies())
    copies.add("a", signed(STORY))
    assert copies.add("a", signed(STORY)) is None


def test_a_signature_comes_back_from_bytes_as_it_was():
    signature = signed(STORY)
    assert Signature.from_bytes(signature.to_bytes()) == signature
    with pytest.raises(ValueError, match="sign the article again"):
        Signature.from_bytes(b"\x63" + signature.to_bytes()[1:])


PINNED = (934018519, 4207632543, 3048387758)


def test_minhash_values_are_those_that_older_ledgers_keep():
    # A new rensa that hashes otherwise would find no copy of anything kept before: then `_FORMAT` has to change.
    assert minhash(["one two three", "two three four"])[:3] == PINNED
    assert minhash([]) == ()
