"""The training run: corpora in, a checkpoint an epoch out."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from onrecord.language._pieces import WordPieces
from training._batches import Encoding, Item, Labels, grouped, padded
from training._corpora import Document
from training._data import TrainingSet, development_sets, training_set, words
from training._entities import TAGS, span_set
from training._import import restore, shipped_labels
from training._model import Network, Sizes
from training._windows import Noise, Window, windows

T = TypeVar("T")

WEIGHTS = {"arc": 1.0, "rels": 1.0, "upos": 0.4, "xpos": 0.3, "feats": 0.2, "lemma": 0.25, "starts": 1.0, "entity": 1.2}
"""What each head's loss counts."""

_ENCODER_DECAY = 0.9
"""Each layer further down learns this much slower."""


_AVERAGE_EVERY = 5
"""Steps between two updates of the running average."""


@dataclass(frozen=True)
class Plan:
    """One run. With `minutes` the schedule follows the clock instead of the number of epochs."""

    epochs: int = 6
    minutes: float | None = None
    slots: int = 1300
    encoder_rate: float = 2.2e-4
    head_rate: float = 1.5e-3
    warm: float = 0.06
    average: float = 0.998
    seed: int = 1
    resume: Path | None = None
    begin: Path | None = None
    """A model folder whose weights to begin with, in place of the bare encoder."""


def fit(data: Path, encoder: Path, out: Path, plan: Plan, *, say: Callable[[str], None] = print) -> Path:
    """Train and write `epoch-N.pt` into `out`; gives the last checkpoint."""
    torch.manual_seed(plan.seed)
    rng = random.Random(plan.seed)
    out.mkdir(parents=True, exist_ok=True)
    corpus = training_set(data)
    labels = shipped_labels(plan.begin) if plan.begin else Labels.found_in(corpus.every)
    pieces = WordPieces(encoder / "tokenizer.json")
    sizes = Sizes.of(encoder)
    network = Network(sizes, labels.counts())
    network.encoder.start_from(encoder)
    if plan.begin:
        restore(network, plan.begin)
    run = _Run(network, plan, steps=plan.epochs * _steps(corpus, pieces, labels, plan))
    development = _development_items(development_sets(data), Encoding(pieces, labels, masked=0.0))
    say(f"classes {labels.counts()} words {words(corpus.every)} + {words(corpus.rotating)}, {run.steps} steps planned")
    encoding = Encoding(pieces, labels)
    checkpoint = out / "epoch-0.pt"
    epoch = run.resume(plan.resume) if plan.resume else 0
    while run.progress() < 1:
        items = [encoding.item(w, rng) for w in windows(corpus.epoch(epoch), rng, Noise())]
        network.train()
        for number, batch in enumerate(grouped(items, plan.slots, rng)):
            if run.progress() >= 1:
                break
            run.step(batch)
            if number % 50 == 0:
                say(f"epoch {epoch} batch {number} {run.report()}")
        scores = run.with_average(lambda: {k: quick_score(network, v) for k, v in development.items()})
        say(f"EPOCH {epoch} {run.clock():.0f}s {scores}")
        checkpoint = out / f"epoch-{epoch}.pt"
        state = {
            "sizes": sizes.as_dict(),
            "labels": asdict(labels),
            "plan": {k: str(v) for k, v in asdict(plan).items()},
            "epoch": epoch,
        }
        state |= {"raw": network.state_dict(), "average": run.averaged(), "scores": scores, "seconds": run.clock()}
        torch.save(state, checkpoint)
        epoch += 1
    return checkpoint


class _Run:
    """Optimiser, schedule and the running average of the weights."""

    def __init__(self, network: Network, plan: Plan, steps: int) -> None:
        self.network, self.plan, self.steps = network, plan, steps
        self._taken = self._resumed = self._words = 0
        self._started, self._losses = time.time(), dict[str, list[float]]()
        encoder = network.encoder
        for frozen in (encoder.words, encoder.places, encoder.kind):
            frozen.weight.requires_grad_(False)
        groups: list[dict[str, Any]] = []
        depth = len(encoder.layers)
        for i, layer in enumerate(encoder.layers):
            rate = plan.encoder_rate * _ENCODER_DECAY ** (depth - 1 - i)
            groups.append({"params": list(layer.parameters()), "lr": rate})
        groups.append({"params": list(encoder.norm.parameters()), "lr": plan.encoder_rate * _ENCODER_DECAY**depth})
        own = {id(p) for group in groups for p in group["params"]}
        rest = [p for p in network.parameters() if p.requires_grad and id(p) not in own]
        groups.append({"params": rest, "lr": plan.head_rate})
        self._optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
        self._rates = [group["lr"] for group in groups]
        self._trained = [p for p in network.parameters() if p.requires_grad]
        self._average = [p.detach().clone() for p in self._trained]

    def resume(self, checkpoint: Path) -> int:
        """Go on from a checkpoint (the optimiser begins anew); gives the number of the next epoch."""
        state = torch.load(checkpoint, weights_only=True)
        names = [name for name, p in self.network.named_parameters() if p.requires_grad]
        self.network.load_state_dict(state["raw"])
        self._average = [state["average"][name].clone() for name in names]
        self._started -= state["seconds"]
        epoch = int(state["epoch"]) + 1
        self._taken = self._resumed = self.steps * epoch // self.plan.epochs
        return epoch

    def clock(self) -> float:
        return time.time() - self._started

    def progress(self) -> float:
        """0 at the beginning, 1 when the run is over."""
        if self.plan.minutes:
            return self.clock() / (60 * self.plan.minutes)
        return self._taken / self.steps

    def step(self, batch: list[Item]) -> None:
        done = self.progress()
        factor = min(1.0, done / self.plan.warm + 0.01, max(0.003, (1 - done) / (1 - self.plan.warm)))
        factor *= min(1.0, (self._taken - self._resumed + 1) / 40)
        for group, rate in zip(self._optimiser.param_groups, self._rates, strict=True):
            group["lr"] = rate * factor
        total, parts = losses(self.network, {k: torch.from_numpy(v) for k, v in padded(batch).items()})
        self._optimiser.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(self._trained, 1.0)
        self._optimiser.step()
        self._taken += 1
        if self._taken % _AVERAGE_EVERY == 0:
            keep = min(self.plan.average**_AVERAGE_EVERY, (1 + self._taken) / (10 + self._taken))
            with torch.no_grad():
                torch._foreach_lerp_(self._average, [p.detach() for p in self._trained], 1 - keep)
        self._words += sum(item.words for item in batch)
        for name, value in parts.items():
            self._losses.setdefault(name, []).append(float(value.detach()))

    def report(self) -> str:
        means = " ".join(f"{name} {np.mean(values):.3f}" for name, values in self._losses.items() if values)
        self._losses = {}
        speed = self._words / self.clock()
        return f"step {self._taken} done {self.progress():.3f} {self.clock():.0f}s {speed:.0f} words/s {means}"

    def averaged(self) -> dict[str, Tensor]:
        """State of the network with averaged weights."""
        return self.with_average(lambda: {k: v.clone() for k, v in self.network.state_dict().items()})

    def with_average(self, do: Callable[[], T]) -> T:
        """Do something with the averaged weights in place, then put the trained ones back."""
        saved = [p.detach().clone() for p in self._trained]
        with torch.no_grad():
            torch._foreach_copy_(self._trained, self._average)
            result = do()
            torch._foreach_copy_(self._trained, saved)
        return result


def losses(network: Network, batch: dict[str, Tensor]) -> tuple[Tensor, dict[str, Tensor]]:
    """The weighted loss and its parts, each a mean over all words of the batch."""
    upos, xpos, feats, lemma, entity, start, arc, word, head = network(
        batch["ids"], batch["shapes"], batch["attend"], batch["first"]
    )
    real = batch["mask"].bool()
    size = real.sum()
    heads = batch["heads"]
    arc = arc.masked_fill(~same_sentence(batch["sentence"]), -1e4)
    parsed = real & (heads >= 0)

    def over(scores: Tensor, gold: Tensor) -> Tensor:
        return F.cross_entropy(scores, gold, ignore_index=-100, reduction="sum") / size

    parts = {
        "upos": over(upos[real], batch["upos"][real]),
        "xpos": over(xpos[real], batch["xpos"][real]),
        "feats": over(feats[real], batch["feats"][real]),
        "lemma": over(lemma[real], batch["lemma"][real]),
        "starts": _starts(start, batch["starts"]) / size,
        "entity": _partial(entity[real], batch["allowed"][real]) / size,
    }
    if parsed.any():
        chosen = torch.gather(head, 1, heads.clamp(min=0)[:, :, None].expand(-1, -1, head.shape[-1]))[parsed]
        parts["arc"] = over(arc[parsed], heads[parsed])
        parts["rels"] = over(network.label_scores(word[parsed], chosen), batch["rels"][parsed])
    total = torch.stack([WEIGHTS[name] * value for name, value in parts.items()]).sum()
    return 1.5 * total, parts


def same_sentence(sentence: Tensor) -> Tensor:
    """(window, word, candidate head): may this be the head? The root, or another word of the same sentence."""
    same = sentence[:, :, None] == sentence[:, None, :]
    same = same & ~torch.eye(sentence.shape[1], dtype=torch.bool)
    return torch.cat([torch.ones_like(same[:, :, :1]), same], 2)


def _starts(scores: Tensor, gold: Tensor) -> Tensor:
    told = gold >= 0
    return F.binary_cross_entropy_with_logits(scores[told], gold[told].float(), reduction="sum")


def _partial(scores: Tensor, allowed: Tensor) -> Tensor:
    """-log of the probability that the tag is one of those allowed, summed."""
    open_ = ((allowed[:, None] >> torch.arange(len(TAGS))) & 1).bool()
    logp = scores.log_softmax(-1)
    return -torch.logsumexp(logp.masked_fill(~open_, -1e4), -1).sum()


def quick_score(network: Network, items: list[Item]) -> dict[str, float]:
    """Greedy accuracies for the log (no tree decoding): the real scorer is `training._score`."""
    network.eval()
    right: dict[str, float] = {}
    total: dict[str, float] = {}
    spans = np.zeros(3)

    def count(name: str, hit: Tensor, of: Tensor) -> None:
        right[name] = right.get(name, 0) + float((hit & of).sum())
        total[name] = total.get(name, 0) + float(of.sum())

    for batch in grouped(items, 3000, random.Random(0)):
        b = {k: torch.from_numpy(v) for k, v in padded(batch).items()}
        out = network(b["ids"], b["shapes"], b["attend"], b["first"])
        real, parsed = b["mask"].bool(), b["mask"].bool() & (b["heads"] >= 0)
        for name, scores in zip(("upos", "xpos", "feats", "lemma"), out, strict=False):
            count(name, scores.argmax(-1) == b[name], parsed)
        count("starts", (out[5] > 0) == (b["starts"] > 0), real & (b["starts"] >= 0))
        heads = out[6].masked_fill(~same_sentence(b["sentence"]), -1e4).argmax(-1)
        chosen = torch.gather(out[8], 1, heads[:, :, None].expand(-1, -1, out[8].shape[-1]))
        rels = network.label_scores(out[7], chosen).argmax(-1)
        count("uas", heads == b["heads"], parsed)
        count("las", (heads == b["heads"]) & (rels == b["rels"]), parsed)
        tags = out[4].argmax(-1).numpy()
        for row, item in enumerate(batch):
            spans += _spans_right(tags[row, : item.words], item.allowed)
    scores = {name: round(100 * right[name] / total[name], 2) for name in right if total[name]}
    if spans[1]:
        scores["entities"] = round(float(200 * spans[0] / (spans[1] + spans[2])), 2)
    return scores


def _spans_right(tags: np.ndarray[Any, Any], allowed: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """(right, gold, predicted) over gold spans of one clear type among PER, ORG, LOC."""
    clear = {int(1 << i): tag for i, tag in enumerate(TAGS)}
    # UNER's places may be facilities, so LOC|FAC counts as a place here.
    for mark in "BI":
        both = 1 << TAGS.index(f"{mark}-LOC") | 1 << TAGS.index(f"{mark}-FAC")
        clear[both] = f"{mark}-LOC"
    if (allowed == -1).all():
        return np.zeros(3)
    fold = any(bin(a & 0b110000000).count("1") > 0 and a & (1 << TAGS.index("B-LOC")) for a in allowed.tolist())
    gold = span_set([clear.get(int(a), "O") for a in allowed])
    found = span_set([TAGS[t].replace("FAC", "LOC") if fold else TAGS[t] for t in tags])
    gold, found = ({s for s in x if s[2] in ("PER", "ORG", "LOC")} for x in (gold, found))
    return np.array([len(gold & found), len(gold), len(found)])


def _steps(corpus: TrainingSet, pieces: WordPieces, labels: Labels, plan: Plan) -> int:
    rng = random.Random(0)
    encoding = Encoding(pieces, labels)
    return len(grouped([encoding.item(w, rng) for w in windows(corpus.epoch(0), rng, Noise())], plan.slots, rng))


def _development_items(sets: dict[str, list[Document]], encoding: Encoding) -> dict[str, list[Item]]:
    """A piece of each set: single sentences with the break told, as pre-tokenised input is."""
    rng = random.Random(0)
    out = {}
    for name, documents in sets.items():
        sample = [s for document in documents for s in document][:350]
        out[name] = [encoding.item(Window((s,), (True,)), rng) for s in sample]
    return out
