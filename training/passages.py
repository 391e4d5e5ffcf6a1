"""Train the head that says what a passage is about: `python -m training.passages stories.csv.zip`.

The stories are NGEC's, made by a language model from headlines of one PLOVER type each; 332 headlines made 4,500. Those
of seven tenths of the headlines are learnt from (`is_held`: the others are for measuring). Softmax regression over
binary features weighted by their rarity, each type of equal weight, by Adam; kept in eight bits.
"""

from __future__ import annotations

import csv
import hashlib
import io
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corroborate.read.event.passage import WEIGHTS, features

_FEWEST = 10  # stories that hold a feature
_STEPS, _RATE, _DECAY = 60, 0.15, 1e-4


def is_held(title: str) -> bool:
    """Say whether the stories of a headline are kept from the training."""
    return int(hashlib.sha256(title.encode()).hexdigest(), 16) % 10 >= 7


def train(texts: Sequence[str], labels: Sequence[str], out: Path = WEIGHTS) -> None:
    """Train on stories with their types and write the weights."""
    held = [features(text) for text in texts]
    counts = Counter(name for found in held for name in found)
    names = sorted(name for name, count in counts.items() if count >= _FEWEST)
    at = {name: row for row, name in enumerate(names)}
    rarity = (np.log((1 + len(texts)) / (1 + np.array([counts[n] for n in names]))) + 1).astype(np.float32)
    x = np.zeros((len(texts), len(names)), np.float32)
    for row, found in enumerate(held):
        columns = [at[name] for name in found if name in at]
        x[row, columns] = rarity[columns]
    x /= np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9)
    types = sorted(set(labels))
    y = np.array([types.index(label) for label in labels])
    share = (len(y) / len(types) / np.bincount(y))[y][:, None].astype(np.float32)
    wanted = np.eye(len(types), dtype=np.float32)[y]
    weights, bias = np.zeros((len(names), len(types)), np.float32), np.zeros(len(types), np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        scores = x @ weights + bias
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        off = (raised / raised.sum(axis=1, keepdims=True) - wanted) * share
        slope = x.T @ off / len(y) + _DECAY * weights
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights -= _RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-6)
    scale = np.float32(np.abs(weights).max() / 127)
    np.savez_compressed(
        out,
        names=np.frombuffer("\n".join(names).encode(), np.uint8),
        types=np.frombuffer("\n".join(types).encode(), np.uint8),
        rarity=rarity.astype(np.float16),
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale,
        bias=bias,
    )


def main(given: Sequence[str]) -> int:
    """Train on the stories of the zipped CSV files given."""
    rows: list[dict[str, str]] = []
    for path in given:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".csv") and not name.startswith("__"):
                    rows += csv.DictReader(io.StringIO(archive.read(name).decode("utf-8")))
    kept = [row for row in rows if row["text"].strip() and not is_held(row["title"])]
    train([row["text"] for row in kept], [row["label"] for row in kept])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
