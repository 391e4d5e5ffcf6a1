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


def projective(scores: Floats, lengths: Ints) -> Ints:
    """Return the heads [sentence, word] of the best projective trees with one root, for a batch as `trees` makes it.

    Eisner's algorithm, for all spans of a length at once.
    """
    rows, longest, _ = scores.shape
    arc = scores[:, :, 1:].transpose(0, 2, 1)  # [row, head, dependent]
    shape = (rows, longest, longest)
    # Complete and incomplete spans; right: the left word heads it, left: the right word does.
    full_right, full_left = np.full(shape, _NEVER, np.float32), np.full(shape, _NEVER, np.float32)
    half_right, half_left = np.full(shape, _NEVER, np.float32), np.full(shape, _NEVER, np.float32)
    split, cut_right, cut_left = (np.zeros(shape, np.int32) for _ in range(3))
    word = np.arange(longest)
    full_right[:, word, word] = full_left[:, word, word] = 0
    for width in range(1, longest):
        i = np.arange(longest - width)
        j = i + width
        inner = i[:, None] + np.arange(width)[None]
        joined = full_right[:, i[:, None], inner] + full_left[:, inner + 1, j[:, None]]
        where, top = joined.argmax(2), joined.max(2)
        split[:, i, j] = i + where
        half_right[:, i, j] = top + arc[:, i, j]
        half_left[:, i, j] = top + arc[:, j, i]
        right = half_right[:, i[:, None], inner + 1] + full_right[:, inner + 1, j[:, None]]
        cut_right[:, i, j] = i + 1 + right.argmax(2)
        full_right[:, i, j] = right.max(2)
        left = full_left[:, i[:, None], inner] + half_left[:, inner, j[:, None]]
        cut_left[:, i, j] = i + left.argmax(2)
        full_left[:, i, j] = left.max(2)
    heads = np.zeros((rows, longest), np.int64)
    for row in range(rows):
        n = int(lengths[row])
        total = full_left[row, 0, :n] + full_right[row, :n, n - 1] + scores[row, :n, 0]
        root = int(total.argmax())
        todo = [(0, root, False, True), (root, n - 1, True, True)]
        while todo:
            a, b, rightward, complete = todo.pop()
            if a == b:
                continue
            if not complete:
                m = int(split[row, a, b])
                heads[row, b if rightward else a] = (a if rightward else b) + 1
                todo += [(a, m, True, True), (m + 1, b, False, True)]
            elif rightward:
                m = int(cut_right[row, a, b])
                todo += [(a, m, True, False), (m, b, True, True)]
            else:
                m = int(cut_left[row, a, b])
                todo += [(a, m, False, True), (m, b, False, False)]
    return heads
