"""Where sentences start: from the score of each word and from the trees that would reach over the gap before it."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt

from corroborate.read.encoder.session import Floats

LONGEST_SENTENCE = 128
"""Words. The longest sentence of the training treebanks' edited texts has fewer; a longer one is a missed boundary (a
list, a text without any punctuation) and is cut where the next is likeliest, which also bounds the cost of the parse.
"""
_LEAST = 1e-3
"""The least that is left of a gap's chance by an arc over it: the arcs' probabilities are no surer than that."""


def crossed(arcs: Floats) -> Floats:
    """Return, for the gap before each word of a window, the probability of the likeliest arc over it.

    `arcs` [word, 1 + word] are the scores of each word's head, the root first, among all words of the window: a
    sentence ends where no arc is likely to reach over.
    """
    odds = np.exp(arcs - arcs.max(1, keepdims=True))
    heads = (odds / odds.sum(1, keepdims=True))[:, 1:]
    pairs = np.maximum(heads, heads.T)
    # over[i, j]: the likeliest arc between a word up to i and a word from j on.
    over = np.maximum.accumulate(np.maximum.accumulate(pairs, axis=0)[:, ::-1], axis=1)[:, ::-1]
    result = np.zeros(len(arcs), np.float32)
    result[1:] = over.diagonal(1)
    return result


def features(starts: Floats, over: Floats) -> Floats:
    """Return what a boundary is told by [word, 2]: its own score, and how little stands against it."""
    return np.stack([starts, np.log(np.maximum(1 - over, _LEAST))], axis=1).astype(np.float32)


def probability(starts: Floats, over: Floats, weights: Floats | None) -> Floats:
    """Return how probable it is that a sentence starts at each word.

    `weights` are those of `features` and a constant (`training.boundaries`); without them the score alone counts.
    """
    score = starts if weights is None else features(starts, over) @ weights[:-1] + weights[-1]
    return np.asarray(1 / (1 + np.exp(-score)), np.float32)


def sentence_starts(boundary: Floats, breaks: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return where sentences start: where that is likelier than not, at every break, and within what would be too
    long.
    """
    starts = (boundary > 0.5) | breaks
    starts[0] = True
    edges = [*np.flatnonzero(starts).tolist(), len(starts)]
    for low, high in itertools.pairwise(edges):
        todo = [(low, high)]
        while todo:
            a, b = todo.pop()
            if b - a > LONGEST_SENTENCE:
                # Not at the very edges: that would leave the rest as long as it was.
                margin = LONGEST_SENTENCE // 8
                cut = a + margin + int(boundary[a + margin : b - margin].argmax())
                starts[cut] = True
                todo += [(a, cut), (cut, b)]
    return starts
