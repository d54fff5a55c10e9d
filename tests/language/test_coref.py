"""Which words mean the same person or body."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.language import coref
from onrecord.language._antecedents import fitted
from onrecord.language._coref import _lists


def clusters(nlp: Language, text: str) -> list[set[str]]:
    doc = nlp(text)
    return [{doc[m.start : m.end].text for m in cluster.mentions} for cluster in coref.resolve(doc)]


def together(nlp: Language, text: str, *words: str) -> bool:
    """Whether some cluster holds all these mentions."""
    return any(set(words) <= cluster for cluster in clusters(nlp, text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Maria Lopez spoke on Monday. Lopez said taxes would fall.", ("Maria Lopez", "Lopez")),
        ("Maria Lopez spoke on Monday. She said taxes would fall.", ("Maria Lopez", "She")),
        ("The World Food Programme (WFP) sent trucks. WFP said so.", ("The World Food Programme (WFP)", "WFP")),
        ("Samuel Okoro resigned. His party thanked him.", ("Samuel Okoro", "His", "him")),
        ("The protesters left after they had spoken.", ("The protesters", "they")),
        ("The ministry said it would appeal.", ("The ministry", "it")),
        ("The United States sent an envoy. The US also promised aid.", ("The United States", "The US")),
        ("Her deputy, Ama Boateng, resigned. Boateng gave no reason.", ("Her deputy, Ama Boateng", "Boateng")),
        ("President Ana Rojas flew to Lima. The president met miners there.", ("President Ana Rojas", "The president")),
        ("Kenya and Uganda signed a pact. They will share a port.", ("Kenya and Uganda", "They")),
    ],
)
def test_names_titles_acronyms_and_pronouns_join_the_name(nlp: Language, text: str, words: tuple[str, ...]) -> None:
    assert together(nlp, text, *words), clusters(nlp, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "A peace conference opened in Oslo. The conference will last a week.",
            ("A peace conference", "The conference"),
        ),
        ("Clara Mensah sued her brother. Her brother denies it.", ("her brother", "Her brother")),
        (
            "Mali and Niger met on Monday. The two countries closed their border.",
            ("Mali and Niger", "The two countries"),
        ),
        ("Aid workers praised Oxfam on Monday. The organisation sent food.", ("Oxfam", "The organisation")),
    ],
)
def test_a_definite_phrase_takes_up_what_it_describes(nlp: Language, text: str, words: tuple[str, ...]) -> None:
    assert together(nlp, text, *words), clusters(nlp, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A court in Lima freed a miner. Another court jailed him.", ("A court in Lima", "Another court")),
        ("The northern bridge was hit. The southern bridge held.", ("The northern bridge", "The southern bridge")),
        ("Clara Mensah sued her brother. Ana Rojas met her brother.", ("her brother", "Ana Rojas")),
        (
            "President Ana Rojas met President Luis Vega. The president smiled.",
            ("President Ana Rojas", "The president"),
        ),
        ("Mali and Niger met on Monday. The three countries closed ports.", ("Mali and Niger", "The three countries")),
        ("France spoke. Ruto will not leave the crisis-hit country.", ("France", "the crisis-hit country")),
    ],
)
def test_a_phrase_that_tells_something_else_does_not(nlp: Language, text: str, words: tuple[str, ...]) -> None:
    assert not together(nlp, text, *words), clusters(nlp, text)


def test_i_in_a_quotation_is_its_speaker_wherever_he_is_named(nlp: Language) -> None:
    behind = '"I will not resign," said Samuel Okoro. "My work is not done."'
    assert together(nlp, behind, "Samuel Okoro", "I", "My"), clusters(nlp, behind)
    before = 'Clara Mensah met Samuel Okoro. Mensah said: "I trust him."'
    assert together(nlp, before, "Clara Mensah", "Mensah", "I")
    assert not together(nlp, before, "Clara Mensah", "him")


def test_i_of_the_article_itself_is_none_of_the_people_in_it(nlp: Language) -> None:
    assert not together(nlp, "Samuel Okoro waved. I waved back, and I smiled.", "Samuel Okoro", "I")


def test_he_is_not_a_woman_and_she_is_not_a_man(nlp: Language) -> None:
    text = "Mr. Kamau met Mrs. Odera in Nairobi. She thanked him for the visit."
    assert together(nlp, text, "Mrs. Odera", "She")
    assert together(nlp, text, "Mr. Kamau", "him")


def test_a_surname_shared_by_two_people_is_left_alone(nlp: Language) -> None:
    text = "Jorge Acuna met Pablo Acuna in Lima. Acuna left early."
    assert not any({"Acuna"} & cluster and len(cluster) > 1 for cluster in clusters(nlp, text))


def test_subject_and_object_of_one_verb_are_two(nlp: Language) -> None:
    assert not together(nlp, "David Mensah praised him.", "David Mensah", "him")


def test_empty_it_means_nothing(nlp: Language) -> None:
    assert not any(
        "it" in cluster or "It" in cluster for cluster in clusters(nlp, "It is clear that Ghana won. It rained.")
    )


def test_two_together_are_told_from_each_of_them(nlp: Language) -> None:
    doc = nlp("Kenya and Uganda signed a pact. They will share a port. Kenya paid.")
    pair = next(cluster for cluster in coref.resolve(doc) if cluster.members)
    assert [doc[i].text for i in pair.members] == ["Kenya", "Uganda"]
    assert doc[pair.mentions[0].head].text == "and"


def test_every_cluster_has_two_mentions_in_order(nlp: Language) -> None:
    doc = nlp("Maria Lopez spoke. She said Lopez and her party would win. The party said it would.")
    for cluster in coref.resolve(doc):
        assert len(cluster.mentions) > 1
        assert list(cluster.mentions) == sorted(cluster.mentions, key=lambda m: (m.start, m.end))
        assert all(m.start <= m.head < m.end for m in cluster.mentions)


@pytest.mark.parametrize("text", ["", "\n", "“", '" " "', "He.", "and and and", "“I” “we” said : :", "It it it its."])
def test_odd_texts_have_no_clusters_of_names(nlp: Language, text: str) -> None:
    assert all(m.form == "pronoun" for cluster in coref.resolve(nlp(text)) for m in cluster.mentions)


def test_a_doc_without_any_annotation_has_no_clusters(nlp: Language) -> None:
    words = ["He", "left", "."]
    assert coref.resolve(Doc(nlp.vocab, words=words, heads=[0, 1, 2], deps=["dep"] * 3)) == ()


def test_the_lists_hold_words_and_do_not_contradict_one_another() -> None:
    words, aliases = _lists()
    for name, items in words.items():
        assert all(isinstance(item, str) and item == item.lower() for item in items), name
    assert not words["male_names"] & words["female_names"]
    assert not words["male_nouns"] & words["female_nouns"]
    assert all(short == short.lower() and " " in full for short, full in aliases.items())


def test_the_weights_are_for_he_it_and_they() -> None:
    weights = fitted()
    assert set(weights.least) == set(weights.of) == {"he", "it", "they"}
    assert all(0 < least < 1 for least in weights.least.values())
    assert all(isinstance(value, float | int) for model in weights.of.values() for value in model.values())
