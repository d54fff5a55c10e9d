"""English is read, other languages are named, and short texts are never refused."""

from __future__ import annotations

import pytest

from onrecord.ingest import from_text
from onrecord.ingest._language import LEAST_WORDS, language_of
from onrecord.records import UnsupportedLanguage

FRENCH = (
    "Le président de la République a annoncé mardi que le gouvernement présenterait un projet de loi sur la sécurité. "
    "Les députés de l'opposition ont critiqué cette décision, qu'ils jugent prématurée. Une manifestation est prévue "
    "samedi à Paris contre le texte du ministre de l'Intérieur, qui doit être examiné au Sénat la semaine prochaine."
)
SPANISH = (
    "El presidente del Gobierno anunció el martes que su gabinete presentará un proyecto de ley sobre seguridad. Los "
    "diputados de la oposición criticaron la decisión, que consideran prematura. El sábado habrá una manifestación en "
    "la capital contra el texto del ministro del Interior, que se examinará en el Senado la próxima semana."
)
CHINESE = "总统星期二宣布，政府将向议会提交一项安全法案。反对党议员批评了这一决定，认为为时过早。" * 4
ENGLISH = (
    "Ministers Abdulrahman Al-Qahtani, Nguyễn Văn Thành and José Ramírez met Ouagadougou's mayor Rayimwendé Ouédraogo; "
    "they told reporters that talks would resume before Ramadan. Shopkeepers protested nearby. Police made no arrests. "
    "Witnesses described calm streets. Schools reopened."
)


@pytest.mark.parametrize(
    ("text", "code", "language"), [(FRENCH, "fr", "French"), (SPANISH, "es", "Spanish"), (CHINESE, "zh", "Chinese")]
)
def test_another_language_is_refused_by_name(text: str, code: str, language: str) -> None:
    assert language_of(text) == code
    with pytest.raises(UnsupportedLanguage, match=f"the text is in {language}"):
        from_text(text, name="x")


def test_another_language_is_read_when_told_to() -> None:
    assert from_text(FRENCH, name="x", any_language=True).language == "fr"


@pytest.mark.parametrize("text", [ENGLISH, "Bonjour tout le monde, dit le président.", "Paris", "12345", "…"])
def test_english_and_short_texts_are_read(text: str) -> None:
    assert from_text(text, name="x").language == "en"


def test_the_threshold_is_in_words() -> None:
    words = FRENCH.split()
    assert language_of(" ".join(words[: LEAST_WORDS - 10])) == "en"


def test_english_with_a_quotation_in_french_is_english() -> None:
    english = (
        "The minister told the press that he had nothing to add, and that the talks with the unions would go on. " * 2
    )
    assert language_of(english + FRENCH[:110]) == "en"
