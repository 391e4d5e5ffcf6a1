"""The trained network: word pieces in, scores of every head out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corroborate.read.encoder.pieces import Pieces

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


class Network:
    """The network of a folder of weights: `encoder.onnx`, `tokenizer.json`, `labels.json` and `decoder.npz`.

    Windows are run one by one. Its 8-bit products scale their input by the largest value in it, so that in a batch
    the reading of one text would depend on the texts beside it; and on a processor a window of 250 pieces is work
    enough for one call.
    """

    def __init__(self, weights: Path, threads: int = 1) -> None:
        """Load; raise FileNotFoundError where the folder lacks a file."""
        import onnxruntime

        for name in ("encoder.onnx", "tokenizer.json", "labels.json", "decoder.npz"):
            if not (weights / name).is_file():
                raise FileNotFoundError(f"no {name} in {weights}")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(weights / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._names = [output.name for output in self._session.get_outputs()]
        self.pieces = Pieces(weights / "tokenizer.json")
        about: dict[str, Any] = json.loads((weights / "labels.json").read_text(encoding="utf-8"))
        self.labels: dict[str, list[str]] = about["labels"]
        with np.load(weights / "decoder.npz") as given:
            self.relation_weight: Floats = given["relation_weight"]
            self.relation_bias: Floats = given["relation_bias"]
            self.transitions: Floats = given["transitions"]
            # Weights without it label things word by word, and are only kept to what BIO allows.
            things = "transitions_things"
            self.transitions_things: Floats | None = given.get(things)
            # Those without it tell boundaries by their score alone.
            self.boundary: Floats | None = given.get("boundary")

    def run(self, pieces: Ints, offsets: Ints, cases: Ints, breaks: npt.NDArray[np.bool_]) -> dict[str, Floats]:
        """Return the scores for one window of words: word i has `pieces[offsets[i]:offsets[i + 1]]`, `offsets[0]`
        being 0.

        `starts` [word]; `upos`, `xpos`, `names`, `things`, `attribution` [word, label]; `arcs` [word, 1 + word], the
        root first; `rel_dep` [word, size] and `rel_head` [1 + word, size];
        `happened` [word], where the weights have a head for it.
        """
        n = len(pieces)
        ids = np.empty((1, n + 2), dtype=np.int64)
        ids[0, 0], ids[0, -1] = self.pieces.cls, self.pieces.sep
        ids[0, 1:-1] = pieces
        case, broken = np.zeros_like(ids), np.zeros_like(ids)
        case[0, 1:-1] = np.repeat(cases, np.diff(offsets))
        broken[0, 1 + offsets[:-1]] = breaks
        given = {
            "ids": ids,
            "cases": case,
            "breaks": broken,
            "first": offsets[None, :-1] + 1,
            "last": offsets[None, 1:],
        }
        found = self._session.run(None, given)
        return {name: values[0] for name, values in zip(self._names, found, strict=True)}
