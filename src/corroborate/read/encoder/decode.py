"""From the scores of the windows over one text to its sentences, tags, trees, names and attributions."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corroborate.read.encoder import boundaries, chain
from corroborate.read.encoder.session import Floats, Ints, Network
from corroborate.read.encoder.trees import trees
from corroborate.read.encoder.windows import Window, plan


@dataclass(frozen=True, slots=True)
class Words:
    """A text as the encoder takes it: its words without white space, and where a paragraph surely begins.

    `starts` are the sentence starts where they are given, None where they are to be found.
    """

    words: list[str]
    breaks: npt.NDArray[np.bool_]
    starts: npt.NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was found about each word. `heads` are counted within the text; a root is its own head. The labels of
    spans are BIO. `happened` is None where the weights have no head for it.
    """

    boundary: Floats
    starts: npt.NDArray[np.bool_]
    upos: list[str]
    xpos: list[str]
    heads: Ints
    rels: list[str]
    names: list[str]
    things: list[str]
    attribution: list[str]
    certainty: Floats
    happened: Floats | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """One text with its windows and their scores."""

    words: Words
    windows: list[Window]
    scores: list[dict[str, Floats]]

    def taken(self, name: str) -> Floats:
        """Return a score of every word, each from the window that is believed about it."""
        parts = [s[name][w.mine - w.low : w.yours - w.low] for w, s in zip(self.windows, self.scores, strict=True)]
        return np.concatenate(parts)

    def joined(self, name: str) -> Floats:
        """Return a score of every word, the mean of what the windows that show it say, each by its weight."""
        if len(self.windows) == 1:
            return self.scores[0][name]
        shape = (len(self.words.words), *self.scores[0][name].shape[1:])
        total, weights = np.zeros(shape, np.float32), np.zeros(shape[0], np.float32)
        for window, scores in zip(self.windows, self.scores, strict=True):
            weight = window.weights(shape[0])
            total[window.low : window.high] += (scores[name].T * weight).T
            weights[window.low : window.high] += weight
        return (total.T / weights).T.astype(np.float32)

    def arcs(self, start: int, end: int) -> Floats:
        """Return the arc scores of the words of a sentence, the root first; a head that no window shows with its word
        is ruled out.
        """
        for window, scores in zip(self.windows, self.scores, strict=True):
            if window.low <= start and end <= window.high and start < window.yours and end > window.mine:
                a, b = start - window.low, end - window.low
                arcs = scores["arcs"]
                return np.concatenate([arcs[a:b, :1], arcs[a:b, a + 1 : b + 1]], axis=1)
        result = np.full((end - start, end - start + 1), chain.NEVER, np.float32)
        for window, scores in zip(self.windows, self.scores, strict=True):
            low, high = max(start, window.mine), min(end, window.yours)
            left, right = max(start, window.low), min(end, window.high)
            if low < high:
                rows = scores["arcs"][low - window.low : high - window.low]
                result[low - start : high - start, 0] = rows[:, 0]
                heads = rows[:, 1 + left - window.low : 1 + right - window.low]
                result[low - start : high - start, 1 + left - start : 1 + right - start] = heads
        return result


def parse(network: Network, texts: Sequence[Words]) -> list[Parsed]:
    """Return what `network` finds in each text. What it finds in one does not depend on the others."""
    read = [scored(network, words) for words in texts]
    attributions = iter(_attributions(network, [r for r in read if r.windows]))
    result = []
    for one in read:
        if one.windows:
            result.append(_parsed(network, one, *next(attributions)))
        else:
            empty = np.zeros(0, np.float32)
            result.append(Parsed(empty, np.zeros(0, np.bool_), [], [], np.zeros(0, np.int64), [], [], [], [], empty))
    return result


def scored(network: Network, text: Words) -> Scored:
    """Return a text with its windows and their scores."""
    pieces, offsets, cases = network.pieces.words(text.words)
    windows = plan(offsets)
    scores = []
    for w in windows:
        at = offsets[w.low : w.high + 1]
        found = network.run(pieces[at[0] : at[-1]], at - at[0], cases[w.low : w.high], text.breaks[w.low : w.high])
        found["crossed"] = boundaries.crossed(found["arcs"])
        scores.append(found)
    return Scored(text, windows, scores)


def _attributions(network: Network, read: list[Scored]) -> list[tuple[list[str], Floats]]:
    """Return the attribution labels of each text and their probability.

    A paragraph is a chain of its own: a span ends with it, as in the corpus that taught it, and the steps along the
    chains of all texts are then as many as the longest paragraph has words.
    """
    labels = network.labels["attribution"]
    table = chain.allowed(labels, network.transitions)
    ranges = [_ranges(one.words.breaks) for one in read]
    rows = []
    for one, parts in zip(read, ranges, strict=True):
        emissions = one.joined("attribution")
        rows += [emissions[low:high] for low, high in parts]
    decoded = chain.decode(rows, labels, table, sure=True)
    result, k = [], 0
    for parts in ranges:
        mine = decoded[k : k + len(parts)]
        k += len(parts)
        result.append(([labels[i] for chosen, _ in mine for i in chosen], np.concatenate([sure for _, sure in mine])))
    return result


def _ranges(starts: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return (start, end) of each stretch that begins at a mark, or at the first word."""
    edges = [*(np.flatnonzero(starts[1:]) + 1).tolist()]
    return list(itertools.pairwise([0, *edges, len(starts)]))


def _parsed(network: Network, read: Scored, attribution: list[str], certainty: Floats) -> Parsed:
    boundary = boundaries.probability(read.joined("starts"), read.joined("crossed"), network.boundary)
    given = read.words.starts
    starts = given if given is not None else boundaries.sentence_starts(boundary, read.words.breaks)
    heads, rels = _tree(network, read, starts)

    def tags(name: str) -> list[str]:
        known = network.labels[name]
        return [known[i] for i in read.joined(name).argmax(1)]

    def spans(name: str, transitions: Floats | None) -> list[str]:
        # A name lies within its sentence.
        known, scores = network.labels[name], read.joined(name)
        rows = [scores[low:high] for low, high in _ranges(starts)]
        decoded = chain.decode(rows, known, chain.allowed(known, transitions))
        return [known[i] for chosen, _ in decoded for i in chosen]

    return Parsed(
        boundary,
        starts,
        tags("upos"),
        tags("xpos"),
        heads,
        rels,
        spans("names", None),
        spans("things", network.transitions_things),
        attribution,
        certainty,
        read.joined("happened") if "happened" in read.scores[0] else None,
    )


def _tree(network: Network, read: Scored, starts: npt.NDArray[np.bool_]) -> tuple[Ints, list[str]]:
    """Return the heads (a root its own) and the relations of a text whose sentences start at `starts`."""
    ranges = _ranges(starts)
    found = trees([read.arcs(low, high) for low, high in ranges])
    local = np.concatenate(found)
    base = np.repeat([low for low, _ in ranges], [high - low for low, high in ranges])
    word = np.arange(len(local))
    heads = np.where(local == 0, word, base + local - 1)
    # The root's vector is the same in every window; the words' follow it.
    root = read.scores[0]["rel_head"][:1]
    parts = [
        s["rel_head"][1:][w.mine - w.low : w.yours - w.low] for w, s in zip(read.windows, read.scores, strict=True)
    ]
    candidates = np.concatenate([root, *parts])
    chosen = candidates[np.where(local == 0, 0, heads + 1)]
    scores = np.maximum(read.taken("rel_dep") + chosen, 0) @ network.relation_weight.T + network.relation_bias
    known = network.labels["rels"]
    # "root" belongs to roots, and to nothing else.
    if "root" in known:
        scores[local != 0, known.index("root")] = chain.NEVER
    return heads, ["root" if h == 0 else known[i] for h, i in zip(local, scores.argmax(1), strict=True)]
