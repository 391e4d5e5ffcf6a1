"""What a passage is mainly about, by its words: a trained head over the sixteen PLOVER types, beside the lexicon.

A word of the lexicon says what happened at its place; in a story of a threat most events are assaults and accusations.
The head knows only which words, and in the opening which pairs of words, go with which type; it names no event. Its
weights (`weights/passages.npz`) are trained by `training/passages.py`; numpy alone reads them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corroborate.read.mentions import EventMention

WEIGHTS = Path(__file__).parent.parent / "weights" / "passages.npz"
_WORD = re.compile(r"[a-z]+")
_ADDED = frozenset(["DISPLACE", "DECLARE", "CONTROL", "STATE"])
_WHOLE, _OPENING = 200, 60  # words; a story of the training data has 206 on average
_BY_EVENTS = 0.2
"""Weight of the lexicon's events beside the head. Of 300 stories whose headlines no story of the training has: 0 32.3,
0.1 38.3, 0.2 40.3, 0.3 39.7, 0.5 36.0, 1 33.8 (mean F1 of the types); the events alone 32.0."""


def features(text: str) -> frozenset[str]:
    """Return what the head looks at: the first words of a text, and of its opening the words and pairs apart."""
    words = _WORD.findall(text.lower())
    opening = words[:_OPENING]
    pairs = (f"B:{a}_{b}" for a, b in pairwise(opening))
    return frozenset([*words[:_WHOLE], *(f"L:{word}" for word in opening), *pairs])


@dataclass(frozen=True, slots=True)
class Head:
    """The weights: a row for each feature, a column for each type."""

    at: Mapping[str, int]
    rarity: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    types: tuple[str, ...]

    def shares(self, text: str) -> dict[str, float]:
        """Return the probability of each type, which add up to 1."""
        rows = sorted(self.at[name] for name in features(text) if name in self.at)
        seen = self.rarity[rows]
        length = float(np.linalg.norm(seen)) or 1.0
        scores = (seen / length) @ self.weights[rows] + self.bias
        raised = np.exp(scores - scores.max())
        return dict(zip(self.types, (raised / raised.sum()).tolist(), strict=True))


@cache
def head() -> Head:
    """Return the package's head."""
    with np.load(WEIGHTS) as kept:
        names = bytes(kept["names"]).decode().split("\n")
        weights = kept["weights"].astype(np.float32) * kept["scale"]
        return Head(
            at={name: row for row, name in enumerate(names)},
            rarity=kept["rarity"].astype(np.float32),
            weights=weights,
            bias=kept["bias"].astype(np.float32),
            types=tuple(bytes(kept["types"]).decode().split("\n")),
        )


def told(events: Sequence[EventMention]) -> dict[str, float]:
    """Return the weight of each PLOVER type among the events in reading order: an event its score, halved for every
    four before it. The four types that PLOVER has no word for are left out.
    """
    weights: dict[str, float] = {}
    for place, mention in enumerate(event for event in events if event.event.type not in _ADDED):
        kind = mention.event.type
        weights[kind] = weights.get(kind, 0.0) + mention.score / 2 ** (place / 4)
    return weights


def about(text: str, events: Sequence[EventMention]) -> dict[str, float]:
    """Return how much each PLOVER type is what a passage is about, by the head and by its events."""
    weights = told(events)
    whole = sum(weights.values()) or 1.0
    return {kind: share + _BY_EVENTS * weights.get(kind, 0.0) / whole for kind, share in head().shares(text).items()}
