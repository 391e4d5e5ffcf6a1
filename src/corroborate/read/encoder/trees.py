"""From the scores of arcs to trees: one root a sentence, no cycles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corroborate.read.encoder.session import Floats, Ints

_NEVER = np.float32(-1e9)
_GROUP = 200_000
"""Scores decoded at once: enough sentences to pay for a call, few enough to stay in the cache."""


def trees(scores: Sequence[Floats]) -> list[Ints]:
    """Return the heads of each sentence, given its scores [word, 1 + word] with the root first.

    Heads are counted from 1, 0 being the root; each sentence has one root and no cycle. A sentence whose best heads
    word by word make a tree keeps them: no tree can score higher. The others get the best projective tree (Eisner's
    algorithm).
    """
    result: list[Ints] = [np.zeros(0, np.int64)] * len(scores)
    order = sorted((k for k in range(len(scores)) if len(scores[k])), key=lambda k: len(scores[k]))
    while order:
        # Sentences of like length go together, the longest last; a group is cut where padding would outgrow the work.
        size, group = len(scores[order[-1]]), [order.pop()]
        while order and len(scores[order[-1]]) * 1.25 + 2 >= size and (len(group) + 1) * size * size <= _GROUP:
            group.append(order.pop())
        batch, lengths = _batch([scores[k] for k in group])
        heads = batch.argmax(2)
        broken = np.flatnonzero(~are_trees(heads, lengths))
        if len(broken):
            heads[broken] = projective(batch[broken], lengths[broken])
        for row, k in enumerate(group):
            result[k] = heads[row, : lengths[row]]
    return result


def _batch(scores: Sequence[Floats]) -> tuple[Floats, Ints]:
    lengths = np.array([len(s) for s in scores], dtype=np.int64)
    longest = int(lengths.max())
    batch = np.full((len(scores), longest, longest + 1), _NEVER, np.float32)
    for row, given in enumerate(scores):
        n = len(given)
        batch[row, :n, : n + 1] = given
    word = np.arange(longest)
    batch[:, word, word + 1] = _NEVER
    # What pads a sentence hangs from the root, where it disturbs nothing: words beyond the end are never asked for.
    for row, n in enumerate(lengths):
        batch[row, n:, 0] = 0
    return batch, lengths


def are_trees(heads: Ints, lengths: Ints) -> npt.NDArray[np.bool_]:
    """Return for each row of heads [sentence, word] whether it has one root and no cycle."""
    rows, longest = heads.shape
    inside = np.arange(longest)[None] < lengths[:, None]
    roots = ((heads == 0) & inside).sum(1)
    reach = np.zeros((rows, longest + 1), np.int64)
    reach[:, 1:] = np.where(inside, heads, 0)
    # Each round doubles the steps taken towards the root; who has not arrived by then goes in circles.
    for _ in range(max(1, longest.bit_length())):
        reach = np.take_along_axis(reach, reach, 1)
    result: npt.NDArray[np.bool_] = (roots == 1) & (reach == 0).all(1)
    return result


class _Spans:
    """The best scores of one kind of span of a batch of sentences, by width (words less one) and by either end: what
    spans side by side score together is then the sum of two stretches of it.
    """

    def __init__(self, rows: int, longest: int) -> None:
        self._by_first = np.full((rows, longest, longest), _NEVER, np.float32)
        self._by_last = np.full((rows, longest, longest), _NEVER, np.float32)

    def put(self, width: int, scores: Floats) -> None:
        """Keep the scores [row, first word] of the spans of a width."""
        self._by_first[:, width, : scores.shape[1]] = scores
        self._by_last[:, width, width:] = scores

    def opening(self, width: int, low: int, high: int) -> Floats:
        """Return for the spans of `width` those of `low` to `high` that begin with them [row, narrow to wide, span]."""
        return self._by_first[:, low : high + 1, : self._by_first.shape[2] - width]

    def closing(self, width: int, low: int, high: int) -> Floats:
        """Return for the spans of `width` those of `low` to `high` that end with them [row, wide to narrow, span]."""
        return self._by_last[:, low : high + 1, width:][:, ::-1]


def projective(scores: Floats, lengths: Ints) -> Ints:
    """Return the heads [sentence, word] of the best projective trees with one root, for a batch as `trees` makes it.

    Eisner's algorithm, for all spans of a length at once.
    """
    rows, longest, _ = scores.shape
    arc = scores[:, :, 1:].transpose(0, 2, 1)  # [row, head, dependent]
    # Complete and incomplete spans; right: the left word heads it, left: the right word does.
    full_right, full_left, half_right, half_left = (_Spans(rows, longest) for _ in range(4))
    # Where the best of each width and first word is divided: words after the first.
    split, cut_right, cut_left = (np.zeros((rows, longest, longest), np.int32) for _ in range(3))
    none = np.zeros((rows, longest), np.float32)
    full_right.put(0, none)
    full_left.put(0, none)
    for width in range(1, longest):
        short, firsts = width - 1, slice(0, longest - width)
        joined = full_right.opening(width, 0, short) + full_left.closing(width, 0, short)
        split[:, width, firsts] = joined.argmax(1)
        top = np.maximum.reduce(joined, axis=1)
        half_right.put(width, top + arc.diagonal(width, 1, 2))
        half_left.put(width, top + arc.diagonal(-width, 1, 2))
        right = half_right.opening(width, 1, width) + full_right.closing(width, 0, short)
        cut_right[:, width, firsts] = right.argmax(1)
        full_right.put(width, np.maximum.reduce(right, axis=1))
        left = full_left.opening(width, 0, short) + half_left.closing(width, 1, width)
        cut_left[:, width, firsts] = left.argmax(1)
        full_left.put(width, np.maximum.reduce(left, axis=1))
    heads = np.zeros((rows, longest), np.int64)
    for row in range(rows):
        n = int(lengths[row])
        total = full_left.opening(n - 1, 0, n - 1)[row, :, 0] + full_right.closing(n - 1, 0, n - 1)[row, :, 0]
        total = total + scores[row, :n, 0]
        root = int(total.argmax())
        todo = [(0, root, False, True), (root, n - 1, True, True)]
        while todo:
            a, b, rightward, complete = todo.pop()
            if a == b:
                continue
            if not complete:
                m = a + int(split[row, b - a, a])
                heads[row, b if rightward else a] = (a if rightward else b) + 1
                todo += [(a, m, True, True), (m + 1, b, False, True)]
            elif rightward:
                m = a + 1 + int(cut_right[row, b - a, a])
                todo += [(a, m, True, False), (m, b, True, True)]
            else:
                m = a + int(cut_left[row, b - a, a])
                todo += [(a, m, False, True), (m, b, False, False)]
    return heads
