"""Fitting what a pronoun means: `training.antecedents` on made-up data."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from onrecord.language import _antecedents
from onrecord.language._antecedents import Weights
from training.antecedents import LEAST, SHIPPED, WIDTH, Example, documents, examples, fit, write

HE_LEFT = [
    ("Samuel", "PROPN", 3, "nsubj"),
    ("Okoro", "PROPN", 1, "flat"),
    ("resigned", "VERB", 0, "root"),
    ("because", "SCONJ", 6, "mark"),
    ("he", "PRON", 6, "nsubj"),
    ("tired", "VERB", 3, "advcl"),
]
"""A sentence of a treebank: form, part of speech, head, relation."""


def told(*right: bool) -> Example:
    """A pronoun with a candidate near by, one far off, and none of them."""
    return Example("it", [["gap near"], ["gap far"], ["none"]], list(right))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """One document, "he" annotated as the man's: treebank and coreference; and one the treebank does not have."""
    trees, marked = tmp_path / "ud_gum", tmp_path / "gum_coref" / "train"
    trees.mkdir()
    marked.mkdir(parents=True)
    rows = [f"{n}\t{w}\t{w}\t{pos}\t_\t_\t{h}\t{rel}\t_\t_" for n, (w, pos, h, rel) in enumerate(HE_LEFT, 1)]
    comments = ["# newdoc id = GUM_news_made-up", "# sent_id = GUM_news_made-up-1"]
    (trees / "train.conllu").write_text("\n".join([*comments, *rows, "", ""]), encoding="utf-8")
    brackets = ["(4", "4)", "_", "_", "(4)", "_"]
    lines = [f"{n}\t{word}\t{bracket}" for n, ((word, *_), bracket) in enumerate(zip(HE_LEFT, brackets, strict=True))]
    (marked / "GUM_news_made-up.conll").write_text("\n".join(["# begin document", *lines]), encoding="utf-8")
    (marked / "GUM_news_elsewhere.conll").write_text("0\tRain\t_\n", encoding="utf-8")
    return tmp_path


def test_what_is_true_of_the_right_candidates_gets_the_weight() -> None:
    weights = fit([*[told(True, False, False)] * 12, *[told(False, True, False)] * 3], pull=1)["it"]
    assert weights["gap near"] > weights["gap far"] > weights["none"]


def test_where_no_candidate_is_right_none_gets_the_weight() -> None:
    weights = fit([told(False, False, True)] * 8, pull=1)["it"]
    assert weights["none"] > 0 > weights["gap near"]


def test_a_stronger_pull_makes_smaller_weights() -> None:
    seen = [told(True, False, False)] * 12
    assert fit(seen, pull=1)["it"]["gap near"] > fit(seen, pull=8)["it"]["gap near"] > 0


def test_a_rare_feature_gets_no_weight() -> None:
    rare = Example("it", [["gap near", "once"], ["gap far"], ["none"]], [True, False, False])
    assert "once" not in fit([*[told(True, False, False)] * 8, rare], pull=1)["it"]


def test_pronouns_of_one_kind_teach_nothing_about_another() -> None:
    weights = fit([told(True, False, False)] * 8, pull=1)
    assert weights["it"] and not weights["he"] and not weights["they"]


def test_a_document_gives_its_pronouns_with_the_candidates_that_are_right(corpus: Path, nlp: Language) -> None:
    (found,) = examples(documents(corpus, nlp))
    assert found.model == "he"
    assert found.right == [True, False]
    assert "gap 0" in found.options[0] and found.options[1][0] == "none"


def test_without_the_annotation_the_weights_choose(nlp: Language) -> None:
    doc = nlp("The minister resigned. Okoro met Boateng. He wept and he left.")
    place = [token.i for token in doc if token.lower_ == "he"]
    okoro = next(token.i for token in doc if token.text == "Okoro")
    clusters = {(okoro, okoro + 1): 1, (place[0], place[0] + 1): 1, (place[1], place[1] + 1): 1}
    never = Weights(dict.fromkeys(LEAST, 2.0), {model: {} for model in LEAST})
    led, own = examples([(doc, clusters)]), examples([(doc, clusters)], never)
    # Led by the annotation, Okoro is the latest mentioned when the second "he" comes; else he is as far off as before.
    assert "form same pronoun" in led[1].options[0]
    assert not any("form same pronoun" in option for option in own[1].options)


def test_corpora_of_two_versions_are_refused(corpus: Path, nlp: Language) -> None:
    path = corpus / "gum_coref" / "train" / "GUM_news_made-up.conll"
    path.write_text(path.read_text(encoding="utf-8") + "\n6\tagain\t_", encoding="utf-8")
    with pytest.raises(SystemExit, match="7 tokens, but 6 words"):
        list(documents(corpus, nlp))


def test_a_missing_corpus_is_named(tmp_path: Path, nlp: Language) -> None:
    with pytest.raises(SystemExit, match="gum_coref"):
        list(documents(tmp_path, nlp))


def test_weights_written_are_the_weights_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of = {"he": {"none": -0.5, "gap 0 role subject": 0.25}, "it": {f"mentions {n}": 0.5 for n in range(40)}, "they": {}}
    path = tmp_path / SHIPPED.name
    write(path, Weights(LEAST, of))
    monkeypatch.setattr(_antecedents, "files", lambda package: tmp_path)
    assert _antecedents.fitted.__wrapped__() == Weights(LEAST, of)
    body = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert max(map(len, body)) <= WIDTH


def test_the_shipped_file_is_as_it_would_be_written(tmp_path: Path) -> None:
    write(tmp_path / SHIPPED.name, _antecedents.fitted())
    shipped = Path(_antecedents.__file__).with_name(SHIPPED.name)
    assert (tmp_path / SHIPPED.name).read_text(encoding="utf-8") == shipped.read_text(encoding="utf-8")
