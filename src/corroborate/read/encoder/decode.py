"""From the scores of the windows over one text to its sentences, tags, trees, names and attributions."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corroborate.read.encoder import chain
from corroborate.read.encoder.session import Floats, Ints, Network
from corroborate.read.encoder.trees import trees
from corroborate.read.encoder.windows import Window, plan

LONGEST_SENTENCE = 128
"""Words. The longest sentence of the training treebanks' edited texts has fewer; a longer one is a missed boundary (a
list, a text without any punctuation) and is cut where the next is likeliest, which also bounds the cost of the parse.
"""


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
class _Read:
    """One text with its windows and their scores."""

    words: Words
    windows: list[Window]
    scores: list[dict[str, Floats]]

    def joined(self, name: str) -> Floats:
        """Return a score of every word, each from the window that is believed about it."""
        parts = [s[name][w.mine - w.low : w.yours - w.low] for w, s in zip(self.windows, self.scores, strict=True)]
        return np.concatenate(parts)

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
    read = [_read(network, words) for words in texts]
    attributions = iter(_attributions(network, [r for r in read if r.windows]))
    result = []
    for one in read:
        if one.windows:
            result.append(_parsed(network, one, *next(attributions)))
        else:
            empty = np.zeros(0, np.float32)
            result.append(Parsed(empty, np.zeros(0, np.bool_), [], [], np.zeros(0, np.int64), [], [], [], [], empty))
    return result


def _read(network: Network, text: Words) -> _Read:
    pieces, offsets, cases = network.pieces.words(text.words)
    windows = plan(offsets)
    scores = []
    for w in windows:
        at = offsets[w.low : w.high + 1]
        scores.append(
            network.run(pieces[at[0] : at[-1]], at - at[0], cases[w.low : w.high], text.breaks[w.low : w.high])
        )
    return _Read(text, windows, scores)


def _attributions(network: Network, read: list[_Read]) -> list[tuple[list[str], Floats]]:
    """Return the attribution labels of each text and their probability, decoded window by window for all texts at
    once.
    """
    labels = network.labels["attribution"]
    table, opening = chain.allowed(labels, network.transitions), chain.openings(labels)
    rows = []
    for one in read:
        for window, scores in zip(one.windows, one.scores, strict=True):
            emissions = scores["attribution"].copy()
            # A span ends with its paragraph, as in the corpus that taught it; nothing is continued at the beginning
            # of the text.
            closed = one.words.breaks[window.low : window.high].copy()
            closed[0] |= window.low == 0
            emissions[closed] += opening
            rows.append(emissions)
    if not rows:
        return []
    batch, lengths = chain.padded(rows)
    chosen, sure = chain.best(batch, lengths, table), chain.marginals(batch, lengths, table)
    probable = np.take_along_axis(sure, chosen[..., None], 2)[..., 0]
    result, k = [], 0
    for one in read:
        indices, certainty = [], []
        for window in one.windows:
            mine = slice(window.mine - window.low, window.yours - window.low)
            indices.append(chosen[k, mine])
            certainty.append(probable[k, mine])
            k += 1
        result.append((_continued([labels[i] for i in np.concatenate(indices)]), np.concatenate(certainty)))
    return result


def _continued(labels: list[str]) -> list[str]:
    """Return BIO labels in which every I continues something: where it does not (two windows that disagree), it
    begins.
    """
    before = "O"
    for i, label in enumerate(labels):
        if label[0] == "I" and before[2:] != label[2:]:
            labels[i] = "B-" + label[2:]
        before = labels[i]
    return labels


def _parsed(network: Network, read: _Read, attribution: list[str], certainty: Floats) -> Parsed:
    boundary: Floats = (1 / (1 + np.exp(-read.joined("starts")))).astype(np.float32)
    starts = read.words.starts if read.words.starts is not None else sentence_starts(boundary, read.words.breaks)
    heads, rels = _tree(network, read, starts)

    def tags(name: str) -> list[str]:
        known = network.labels[name]
        return [known[i] for i in read.joined(name).argmax(1)]

    def spans(name: str, transitions: Floats | None) -> list[str]:
        known = network.labels[name]
        return _chains(read.joined(name), known, chain.allowed(known, transitions), starts)

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


def _chains(emissions: Floats, labels: list[str], table: Floats, starts: npt.NDArray[np.bool_]) -> list[str]:
    """Return the best labels of spans that lie within sentences, each sentence a chain of its own: the steps are then
    as many as the longest has words.
    """
    edges = [*np.flatnonzero(starts).tolist(), len(starts)]
    rows = [emissions[low:high].copy() for low, high in itertools.pairwise(edges)]
    opening = chain.openings(labels)
    for row in rows:
        row[0] += opening
    batch, lengths = chain.padded(rows)
    chosen = chain.best(batch, lengths, table)
    return [labels[i] for row, n in zip(chosen, lengths, strict=True) for i in row[:n]]


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


def _tree(network: Network, read: _Read, starts: npt.NDArray[np.bool_]) -> tuple[Ints, list[str]]:
    """Return the heads (a root its own) and the relations of a text whose sentences start at `starts`."""
    edges = [*np.flatnonzero(starts).tolist(), len(starts)]
    ranges = list(itertools.pairwise(edges))
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
    scores = np.maximum(read.joined("rel_dep") + chosen, 0) @ network.relation_weight.T + network.relation_bias
    known = network.labels["rels"]
    # "root" belongs to roots, and to nothing else.
    if "root" in known:
        scores[local != 0, known.index("root")] = chain.NEVER
    return heads, ["root" if h == 0 else known[i] for h, i in zip(local, scores.argmax(1), strict=True)]
