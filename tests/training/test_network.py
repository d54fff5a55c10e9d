"""The network's losses and its export, on a tiny encoder (needs the `training` extra)."""

from __future__ import annotations

import json
import random
from dataclasses import asdict
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from onrecord import language  # noqa: E402
from onrecord.language._encoder import SHIPPED  # noqa: E402
from onrecord.language._pieces import WordPieces  # noqa: E402
from training._batches import Encoding, Labels, grouped, padded  # noqa: E402
from training._corpora import Sentence  # noqa: E402
from training._export import export  # noqa: E402
from training._fit import losses, same_sentence  # noqa: E402
from training._import import restore, shipped_labels  # noqa: E402
from training._model import Network, Sizes  # noqa: E402
from training._windows import Noise, windows  # noqa: E402

TINY = Sizes(hidden=24, heads=2, inner=32, layers=2, arc=8, label=8, entity=8, lemma=8)

DOCUMENT = [
    Sentence(
        ["Rebels", "left", "Goma", "."],
        new_paragraph=True,
        upos=["NOUN", "VERB", "PROPN", "PUNCT"],
        xpos=["NNS", "VBD", "NNP", "."],
        feats=["_"] * 4,
        lemmas=["rebel", "leave", "Goma", "."],
        heads=[2, 0, 2, 2],
        rels=["nsubj", "root", "obj", "punct"],
        allowed=[1, 1, 2, 1],
    )
] * 4


def test_the_loss_falls_and_the_export_reads_text(tmp_path: Path) -> None:
    torch.manual_seed(0)
    labels = Labels.found_in([DOCUMENT])
    network = Network(TINY, labels.counts(), dropout=0.0, inside=0.0)
    rng = random.Random(0)
    encoding = Encoding(WordPieces(SHIPPED / "tokenizer.json"), labels)
    items = [encoding.item(w, rng) for w in windows([DOCUMENT], rng, Noise())]
    (batch,) = grouped(items, 4000, rng)
    tensors = {k: torch.from_numpy(v) for k, v in padded(batch).items()}
    optimiser = torch.optim.AdamW(network.parameters(), lr=0.01)
    course = []
    for _ in range(30):
        total, parts = losses(network, tensors)
        optimiser.zero_grad()
        total.backward()
        optimiser.step()
        course.append(float(total.detach()))
    assert course[-1] < 0.5 * course[0]
    assert set(parts) == {"upos", "xpos", "feats", "lemma", "starts", "entity", "arc", "rels"}
    checkpoint = tmp_path / "tiny.pt"
    state = {"sizes": TINY.as_dict(), "labels": asdict(labels), "average": network.state_dict()}
    torch.save(state, checkpoint)
    export(checkpoint, SHIPPED, [DOCUMENT], tmp_path / "model")
    doc = language.load(encoder=tmp_path / "model")("Rebels left Goma. Rebels left Goma.")
    assert {t.tag_ for t in doc} <= {"NNS", "VBD", "NNP", "."}
    assert json.loads((tmp_path / "model" / "labels.json").read_text())["format"] == 1


def test_a_head_lies_in_the_same_sentence_or_is_the_root() -> None:
    allowed = same_sentence(torch.tensor([[0, 0, 1]]))[0].tolist()
    assert allowed == [[True, False, True, False], [True, True, False, False], [True, False, False, False]]


def test_a_packaged_model_can_be_trained_further(tmp_path: Path) -> None:
    torch.manual_seed(0)
    labels = Labels.found_in([DOCUMENT])
    network = Network(TINY, labels.counts())
    with torch.no_grad():
        for weight in network.parameters():  # the exporter keeps one copy of weights that are alike
            weight.add_(0.1 * torch.randn_like(weight))
    state = {"sizes": TINY.as_dict(), "labels": asdict(labels), "average": network.state_dict()}
    torch.save(state, tmp_path / "tiny.pt")
    export(tmp_path / "tiny.pt", SHIPPED, [DOCUMENT], tmp_path / "model")
    assert shipped_labels(tmp_path / "model") == labels
    again = Network(TINY, labels.counts())
    restore(again, tmp_path / "model")
    frozen = {"encoder.words.weight", "encoder.places.weight", "encoder.kind.weight"}
    for name, value in network.state_dict().items():
        found = again.state_dict()[name]
        if name == "encoder.mix":
            value, found = value.softmax(0), found.softmax(0)
        if name not in frozen:
            # Seven bits a weight: off by at most a step of the largest.
            assert (value - found).abs().max() <= value.abs().max() / 60 + 1e-6, name


def test_a_model_of_other_sizes_is_refused(tmp_path: Path) -> None:
    labels = Labels.found_in([DOCUMENT])
    state = {"sizes": TINY.as_dict(), "labels": asdict(labels), "average": Network(TINY, labels.counts()).state_dict()}
    torch.save(state, tmp_path / "tiny.pt")
    export(tmp_path / "tiny.pt", SHIPPED, [DOCUMENT], tmp_path / "model")
    with pytest.raises(ValueError, match="no weight"):
        restore(Network(Sizes(hidden=48, heads=2, inner=32, layers=2), labels.counts()), tmp_path / "model")
