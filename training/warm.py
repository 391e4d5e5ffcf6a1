"""The weights that the package ships, turned back into a model that training goes on from."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

_TAGS = "tags."
_PRODUCT = "/MatMul_quant"


def labels_of(folder: Path) -> dict[str, list[str]]:
    """Return the label sets of a folder of weights."""
    labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))["labels"]
    return labels


def state_of(folder: Path) -> dict[str, Tensor]:
    """Return the state of `training.model.Joint` that a folder of shipped weights (`training.export`) holds.

    Matrices in 8 bits are multiplied out by the scales of their columns, the word-piece table by those of its rows.
    """
    graph = onnx.load(folder / "encoder.onnx").graph
    given = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    state = {
        name.removeprefix("model."): values
        for name, values in given.items()
        if name.startswith("model.") and not name.endswith(("_scale", "_zero_point", "_quantized"))
    }
    state["word.weight"] = given["table"].astype(np.float32) * given["scale"]
    for node in graph.node:
        if node.op_type != "MatMulInteger":
            continue
        base = node.input[1].removesuffix("_quantized")
        matrix = (given[node.input[1]].astype(np.float32) - given[base + "_zero_point"]) * given[base + "_scale"]
        parts = node.name.removesuffix(_PRODUCT).strip("/").split("/")
        if parts == [""]:
            state["arc"] = matrix
            continue
        # A module within a list is named with its list ("starts/starts.0").
        name = parts[-1] if "." in parts[-1] else ".".join(parts)
        if _TAGS + name + ".bias" in state:
            name = _TAGS + name
        state[name + ".weight"] = np.ascontiguousarray(matrix.T)
    with np.load(folder / "decoder.npz") as decoder:
        state["rel.weight"], state["rel.bias"] = decoder["relation_weight"], decoder["relation_bias"]
        state["crf.transitions"] = decoder["transitions"]
        if "transitions_things" in decoder:
            state["crf_things.transitions"] = decoder["transitions_things"]
    return {name: torch.from_numpy(np.array(values, dtype=np.float32)) for name, values in state.items()}
