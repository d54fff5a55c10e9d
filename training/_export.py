"""A checkpoint becomes the model folder that the program ships: int8 ONNX, labels, tokenizer, settled lemmas."""

from __future__ import annotations

import gzip
import json
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.language._encoder import FORMAT
from training._corpora import Document
from training._data import sentences
from training._model import Network, Sizes

INPUTS = ("ids", "shapes", "first")
OUTPUTS = ("upos", "xpos", "feats", "lemma", "entity", "start", "arc", "mixed", "head")


def load(checkpoint: Path, *, weights: str = "average") -> tuple[Network, dict[str, Any]]:
    """The network of a checkpoint, with its averaged or its `raw` weights."""
    state = torch.load(checkpoint, weights_only=True)
    counts = {name: len(labels) for name, labels in state["labels"].items()}
    network = Network(Sizes(**state["sizes"]), counts)
    network.load_state_dict(state[weights])
    return network.eval(), state


def export(checkpoint: Path, encoder: Path, documents: list[Document], out: Path, *, precision: str = "int8") -> None:
    """Write the model folder; `documents` are the treebanks that settle lemmas."""
    network, state = load(checkpoint)
    out.mkdir(parents=True, exist_ok=True)
    write_onnx(network, out / "encoder.onnx", precision=precision)
    labels = {name: list(values) for name, values in state["labels"].items()}
    about = {"format": FORMAT, "positions": state["sizes"]["positions"], "labels": labels}
    (out / "labels.json").write_text(json.dumps(about, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    shutil.copyfile(encoder / "tokenizer.json", out / "tokenizer.json")
    write_lemmas(settled_lemmas(documents), out / "lemmas.json.gz")


def write_onnx(network: Network, path: Path, *, precision: str) -> None:
    """The network for one window at a time, as fp32 or dynamic int8 ONNX."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    deployed = Deployed(network).eval()
    example = (torch.tensor([101, 2023, 2003, 102]), torch.tensor([0, 2, 1, 0]), torch.tensor([1, 2]))
    axes = {"ids": {0: "L"}, "shapes": {0: "L"}, "first": {0: "N"}}
    axes |= {name: {0: "M" if name == "head" else "N"} for name in OUTPUTS} | {"arc": {0: "N", 1: "M"}}
    with tempfile.TemporaryDirectory() as folder:
        plain, ready = Path(folder) / "plain.onnx", Path(folder) / "ready.onnx"
        names = {"input_names": list(INPUTS), "output_names": list(OUTPUTS), "dynamic_axes": axes}
        torch.onnx.export(deployed, example, str(plain), opset_version=17, dynamo=False, **names)
        if precision == "fp32":
            shutil.copyfile(plain, path)
            return
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready),
            str(path),
            weight_type=QuantType.QInt8,
            per_channel=True,
            # Seven bits of weight: processors without VNNI add pairs of products in 16 bits and overflow on eight.
            reduce_range=True,
            extra_options={"MatMulConstBOnly": True},
        )


class Deployed(nn.Module):
    """The trained network as it is run: one window, no padding, classes decided where no decoding follows."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.net = network
        # What the embedding of a word always comes with, added up once.
        places = network.encoder.places.weight + network.encoder.kind.weight[0]
        self.places = nn.Parameter(places.detach())

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """ids, shapes: (pieces,); first: (words,)."""
        net, encoder = self.net, self.net.encoder
        x = encoder.norm(encoder.words(ids) + self.places[: ids.shape[0]] + encoder.shapes(shapes))
        share = encoder.mix.softmax(0)
        mixed = share[0] * x
        for i, layer in enumerate(encoder.layers, start=1):
            x = self._layer(layer, x)
            mixed = mixed + share[i] * x
        hidden = torch.cat([mixed[:1], mixed[first]], 0)
        words = hidden[1:]
        one = torch.ones_like(words[:, :1])
        arc = (torch.cat([net.arc_word(words), one], -1) @ net.arc) @ net.arc_head(hidden).transpose(0, 1)
        return (
            net.upos(words).argmax(-1),
            net.xpos(words).argmax(-1),
            net.feats(words).argmax(-1),
            net.lemma(net.lemma_in(words)).argmax(-1),
            net.entity(net.entity_in(words)),
            net.start(words)[:, 0],
            arc,
            net.label(torch.cat([net.label_word(words), one], -1)),
            net.label_head(hidden),
        )

    @staticmethod
    def _layer(layer: Any, x: Tensor) -> Tensor:
        width, heads = x.shape[1], layer.heads

        def split(line: nn.Module) -> Tensor:
            by_head: Tensor = line(x).view(-1, heads, width // heads).transpose(0, 1)
            return by_head

        scores = split(layer.q) @ split(layer.k).transpose(-1, -2) * (width // heads) ** -0.5
        mixed = (scores.softmax(-1) @ split(layer.v)).transpose(0, 1).reshape(-1, width)
        x = layer.n1(x + layer.o(mixed))
        out: Tensor = layer.n2(x + layer.f2(F.gelu(layer.f1(x))))
        return out


def settled_lemmas(documents: list[Document], *, least: int = 3, agree: float = 0.95) -> dict[str, str]:
    """`form tag` -> lemma for words the treebanks agree on, where cutting an ending would not give it.

    Only irregular forms are kept: what the commonest edit of the tag and ending gives anyway is left to the encoder.
    """
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for s in sentences(documents):
        for form, tag, lemma in zip(s.forms, s.xpos or (), s.lemmas or (), strict=True):
            if tag not in ("NNP", "NNPS", "ADD", "FW", "GW", "XX", "CD"):
                seen[form.lower(), tag][lemma] += 1
    out = {}
    for (form, tag), lemmas in seen.items():
        lemma, count = lemmas.most_common(1)[0]
        if count >= least and count >= agree * lemmas.total() and (lemma.islower() or tag == "PRP"):
            out[f"{form} {tag}"] = lemma
    return out


def write_lemmas(table: Mapping[str, str], path: Path) -> None:
    """Compressed JSON; the same bytes whenever the table is the same."""
    text = json.dumps(dict(sorted(table.items())), ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))
