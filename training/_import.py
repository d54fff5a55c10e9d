"""A packaged model folder becomes trainable again: its int8 weights, dequantised, in the network they came from."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import torch

from training._batches import Labels
from training._model import Network

_MATMUL = "_Transposed"
"""The exporter turns the weight of a linear layer round and says so in its name."""


def shipped_labels(folder: Path) -> Labels:
    """Classes of the heads of a model folder, in its order."""
    told = json.loads((folder / "labels.json").read_text(encoding="utf-8"))["labels"]
    return Labels(**{name: tuple(values) for name, values in told.items()})


def restore(network: Network, folder: Path) -> None:
    """Load the weights of `encoder.onnx` into a network of the same sizes.

    What training never changes (word, place and segment embeddings) keeps the values of the encoder that the network
    was started from. Raises `ValueError` if a weight is missing or has another shape.
    """
    found = _weights(folder / "encoder.onnx")
    state = network.state_dict()
    frozen = {f"encoder.{name}.weight" for name in ("words", "places", "kind")}
    for name, value in state.items():
        if name in frozen:
            continue
        if name not in found or found[name].size != value.numel():
            raise ValueError(f"{folder}/encoder.onnx: no weight {name} of shape {tuple(value.shape)}")
        state[name] = torch.from_numpy(found[name].reshape(value.shape).copy())
    network.load_state_dict(state)


def _weights(path: Path) -> dict[str, np.ndarray]:
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(path).graph
    raw = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    out: dict[str, np.ndarray] = {}
    shares: list[float] = []
    for name, value in raw.items():
        if name.endswith(("_scale", "_zero_point")):
            continue
        if name.endswith("_quantized"):
            name = name.removesuffix("_quantized")
            value = (value.astype(np.float32) - raw[f"{name}_zero_point"]) * raw[f"{name}_scale"]
        if name.startswith("onnx::Mul_"):
            shares.append(float(value))
        elif name.startswith("onnx::MatMul_"):
            # The one weight without a name is that of the relations, kept as (word, relation x head).
            out["label.weight"] = value.T
        elif name.endswith(_MATMUL):
            out[name.removesuffix(_MATMUL).removeprefix("net.")] = value.T
        else:
            out[name.removeprefix("net.")] = value
    out["encoder.mix"] = np.array([math.log(share) for share in shares], np.float32)
    return out
