"""The network: a BERT-type encoder with word shapes, and one head for each thing the program asks of a word."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.language._pieces import SHAPES


@dataclass(frozen=True)
class Sizes:
    """Dimensions of the encoder (as in a Hugging Face `config.json`) and of the heads."""

    hidden: int = 384
    heads: int = 12
    inner: int = 1536
    layers: int = 6
    vocabulary: int = 30522
    positions: int = 512
    arc: int = 256
    label: int = 128
    entity: int = 256
    lemma: int = 128

    @staticmethod
    def of(folder: Path) -> Sizes:
        """Sizes of the encoder in a folder with `config.json`."""
        c = json.loads((folder / "config.json").read_text())
        return Sizes(
            hidden=c["hidden_size"],
            heads=c["num_attention_heads"],
            inner=c["intermediate_size"],
            layers=c["num_hidden_layers"],
            vocabulary=c["vocab_size"],
            positions=c["max_position_embeddings"],
        )

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


class Dropout(nn.Module):
    """Dropout whose masks are slices of one long random mask: drawing fresh bits takes a core 7 % of the whole run."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.rate:
            return x
        bank = _bank(self.rate)
        start = int(torch.randint(0, len(bank) - x.numel(), ()))
        return x * bank[start : start + x.numel()].view(x.shape)


@cache
def _bank(rate: float) -> Tensor:
    return (torch.rand(16_000_000) >= rate).float() / (1 - rate)


class Layer(nn.Module):
    """One transformer layer, normalised after each half as BERT does."""

    def __init__(self, z: Sizes, dropout: float) -> None:
        super().__init__()
        d = z.hidden
        self.heads = z.heads
        self.q, self.k, self.v, self.o = nn.Linear(d, d), nn.Linear(d, d), nn.Linear(d, d), nn.Linear(d, d)
        self.n1, self.n2 = nn.LayerNorm(d, eps=1e-12), nn.LayerNorm(d, eps=1e-12)
        self.f1, self.f2 = nn.Linear(d, z.inner), nn.Linear(z.inner, d)
        self.drop = Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        size, length, width = x.shape

        def split(t: Tensor) -> Tensor:
            return t.view(size, length, self.heads, width // self.heads).transpose(1, 2)

        scores = split(self.q(x)) @ split(self.k(x)).transpose(-1, -2)
        weights = (scores * (1 / math.sqrt(width // self.heads)) + bias).softmax(-1)
        mixed = (weights @ split(self.v(x))).transpose(1, 2).reshape(size, length, width)
        x = self.n1(x + self.drop(self.o(mixed)))
        return self.n2(x + self.drop(self.f2(F.gelu(self.f1(x)))))


class Encoder(nn.Module):
    """Embeddings, layers, and a learned mix of all layers' outputs."""

    def __init__(self, z: Sizes, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(z.vocabulary, z.hidden)
        self.places = nn.Embedding(z.positions, z.hidden)
        self.kind = nn.Embedding(2, z.hidden)
        self.shapes = nn.Embedding(2 * SHAPES, z.hidden)
        self.norm = nn.LayerNorm(z.hidden, eps=1e-12)
        self.drop = Dropout(dropout)
        self.layers = nn.ModuleList([Layer(z, dropout) for _ in range(z.layers)])
        self.mix = nn.Parameter(torch.zeros(z.layers + 1))
        nn.init.zeros_(self.shapes.weight)

    def forward(self, ids: Tensor, shapes: Tensor, attend: Tensor) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.places(places)[None] + self.kind.weight[0] + self.shapes(shapes)
        x = self.drop(self.norm(x))
        bias = (1 - attend[:, None, None, :].to(x.dtype)) * -10000.0
        share = self.mix.softmax(0)
        mixed = share[0] * x
        for i, layer in enumerate(self.layers, start=1):
            x = layer(x, bias)
            mixed = mixed + share[i] * x
        return mixed

    def start_from(self, folder: Path) -> None:
        """Load the weights of a Hugging Face BERT-type encoder (`model.safetensors`)."""
        from safetensors.torch import load_file

        loaded = load_file(folder / "model.safetensors")
        found = {key.removeprefix("bert."): value.float() for key, value in loaded.items()}
        names = {
            "words.weight": "embeddings.word_embeddings.weight",
            "places.weight": "embeddings.position_embeddings.weight",
            "kind.weight": "embeddings.token_type_embeddings.weight",
            "norm.weight": "embeddings.LayerNorm.weight",
            "norm.bias": "embeddings.LayerNorm.bias",
        }
        theirs = {
            "q": "attention.self.query",
            "k": "attention.self.key",
            "v": "attention.self.value",
            "o": "attention.output.dense",
            "n1": "attention.output.LayerNorm",
            "f1": "intermediate.dense",
            "f2": "output.dense",
            "n2": "output.LayerNorm",
        }
        for i in range(len(self.layers)):
            for ours, name in theirs.items():
                for part in ("weight", "bias"):
                    names[f"layers.{i}.{ours}.{part}"] = f"encoder.layer.{i}.{name}.{part}"
        missing = self.load_state_dict({k: found[v] for k, v in names.items()}, strict=False).missing_keys
        if set(missing) != {"shapes.weight", "mix"}:
            raise ValueError(f"{folder}: not a BERT-type encoder, missing {sorted(missing)[:3]}")
        self.mix.data[-1] = 2.0


class Squeeze(nn.Module):
    """A small layer in front of a head."""

    def __init__(self, into: int, out: int, dropout: float) -> None:
        super().__init__()
        self.line = nn.Linear(into, out)
        self.drop = Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        squeezed: Tensor = self.drop(F.leaky_relu(self.line(x), 0.1))
        return squeezed


class Network(nn.Module):
    """All heads over one encoding. `counts` holds the number of classes of each head."""

    def __init__(self, z: Sizes, counts: dict[str, int], *, dropout: float = 0.25, inside: float = 0.1) -> None:
        super().__init__()
        d = z.hidden
        self.encoder = Encoder(z, inside)
        self.drop = Dropout(dropout)
        self.upos = nn.Linear(d, counts["upos"])
        self.xpos = nn.Linear(d, counts["xpos"])
        self.feats = nn.Linear(d, counts["feats"])
        self.lemma_in = Squeeze(d, z.lemma, dropout)
        self.lemma = nn.Linear(z.lemma, counts["lemma"])
        self.entity_in = Squeeze(d, z.entity, dropout)
        self.entity = nn.Linear(z.entity, counts["entity"])
        self.start = nn.Linear(d, 1)
        self.arc_word, self.arc_head = Squeeze(d, z.arc, dropout), Squeeze(d, z.arc, dropout)
        self.label_word, self.label_head = Squeeze(d, z.label, dropout), Squeeze(d, z.label, dropout)
        self.arc = nn.Parameter(torch.empty(z.arc + 1, z.arc))
        self.label = nn.Linear(z.label + 1, counts["rels"] * (z.label + 1), bias=False)
        self.counts = counts
        nn.init.normal_(self.arc, std=0.02)
        nn.init.normal_(self.label.weight, std=0.02)

    def forward(self, ids: Tensor, shapes: Tensor, attend: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """Scores per word; `arc` is (window, word, candidate head), candidate 0 the root."""
        hidden = self.encoder(ids, shapes, attend)
        places = torch.cat([torch.zeros_like(first[:, :1]), first], 1)
        hidden = torch.gather(hidden, 1, places[:, :, None].expand(-1, -1, hidden.shape[-1]))
        hidden = self.drop(hidden)
        words = hidden[:, 1:]
        one = torch.ones_like(words[:, :, :1])
        arc = torch.cat([self.arc_word(words), one], -1) @ self.arc @ self.arc_head(hidden).transpose(1, 2)
        return (
            self.upos(words),
            self.xpos(words),
            self.feats(words),
            self.lemma(self.lemma_in(words)),
            self.entity(self.entity_in(words)),
            self.start(words)[..., 0],
            arc,
            self.label_word(words),
            self.label_head(hidden),
        )

    def label_scores(self, word: Tensor, head: Tensor) -> Tensor:
        """Relation scores of (word, its head) pairs."""
        one = torch.ones_like(word[..., :1])
        left = self.label(torch.cat([word, one], -1))
        left = left.view(*word.shape[:-1], self.counts["rels"], -1)
        scores: Tensor = (left @ torch.cat([head, one], -1)[..., None])[..., 0]
        return scores


OUTPUTS = ("upos", "xpos", "feats", "lemma", "entity", "start", "arc", "label_word", "label_head")
INPUTS = ("ids", "shapes", "attend", "first")
