"""Which words mean the same person or body."""

from __future__ import annotations

import pytest
from spacy.language import Language

from onrecord.language import coref


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
        ("The World Food Programme (WFP) sent trucks. WFP said so.", ("World Food Programme", "WFP")),
        ("Samuel Okoro resigned. His party thanked him.", ("Samuel Okoro", "His", "him")),
        ("The protesters left after they had spoken.", ("protesters", "they")),
        ("The ministry said it would appeal.", ("ministry", "it")),
    ],
)
def test_short_names_acronyms_and_pronouns_join_the_name(nlp: Language, text: str, words: tuple[str, ...]) -> None:
    assert together(nlp, text, *words), clusters(nlp, text)


def test_he_is_not_a_woman_and_she_is_not_a_man(nlp: Language) -> None:
    text = "Mr. Kamau met Mrs. Odera in Nairobi. She thanked him for the visit."
    assert together(nlp, text, "Odera", "She")
    assert together(nlp, text, "Kamau", "him")


def test_a_surname_shared_by_two_people_is_left_alone(nlp: Language) -> None:
    text = "Jorge Acuna met Pablo Acuna in Lima. Acuna left early."
    assert not any({"Acuna"} & cluster and len(cluster) > 1 for cluster in clusters(nlp, text))


def test_subject_and_object_of_one_verb_are_two(nlp: Language) -> None:
    assert not together(nlp, "David Mensah praised him.", "David Mensah", "him")


def test_empty_it_means_nothing(nlp: Language) -> None:
    assert not any(
        "it" in cluster or "It" in cluster for cluster in clusters(nlp, "It is clear that Ghana won. It rained.")
    )


def test_every_cluster_has_two_mentions_in_order(nlp: Language) -> None:
    doc = nlp("Maria Lopez spoke. She said Lopez and her party would win. The party said it would.")
    for cluster in coref.resolve(doc):
        assert len(cluster.mentions) > 1
        assert list(cluster.mentions) == sorted(cluster.mentions, key=lambda m: (m.start, m.end))
        assert all(m.start <= m.head < m.end for m in cluster.mentions)


def test_the_empty_document_has_no_clusters(nlp: Language) -> None:
    assert coref.resolve(nlp("")) == ()
