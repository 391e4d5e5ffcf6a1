"""The best chain of BIO labels, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from corroborate.read.encoder.session import Floats, Ints

NEVER = np.float32(-1e4)


def allowed(labels: Sequence[str], transitions: Floats | None = None) -> Floats:
    """Return the scores of each label after each, with what BIO forbids at `NEVER`."""
    table = np.zeros((len(labels), len(labels)), np.float32) if transitions is None else transitions.copy()
    for i, before in enumerate(labels):
        for j, label in enumerate(labels):
            if label[0] == "I" and before[2:] != label[2:]:
                table[i, j] = NEVER
    return table


def openings(labels: Sequence[str]) -> Floats:
    """Return what each label scores where nothing can be continued: `NEVER` for every I."""
    return np.where([label[0] == "I" for label in labels], NEVER, np.float32(0))


def decode(
    rows: Sequence[Floats], labels: Sequence[str], table: Floats, *, sure: bool = False
) -> list[tuple[Ints, Floats]]:
    """Return for each chain of emissions [word, label] its best labels, and with `sure` how probable each is.

    Nothing before a chain is continued in it. Chains of like length are taken together.
    """
    none = np.zeros(0, np.float32)
    result: list[tuple[Ints, Floats]] = [(np.zeros(0, np.int64), none)] * len(rows)
    opening = openings(labels)
    order = sorted((k for k in range(len(rows)) if len(rows[k])), key=lambda k: len(rows[k]))
    while order:
        longest, group = len(rows[order[-1]]), [order.pop()]
        # Padding to twice the length costs less than the steps of another group.
        while order and 2 * len(rows[order[-1]]) >= longest:
            group.append(order.pop())
        batch, lengths = padded([rows[k] for k in group])
        batch[:, 0] += opening
        chosen = best(batch, lengths, table)
        probable = np.take_along_axis(marginals(batch, lengths, table), chosen[..., None], 2)[..., 0] if sure else None
        for row, k in enumerate(group):
            n = lengths[row]
            result[k] = chosen[row, :n], none if probable is None else probable[row, :n]
    return result


def best(emissions: Floats, lengths: Ints, table: Floats) -> Ints:
    """Return the best label of each word (Viterbi) for a batch of chains [chain, word, label]; beyond a chain's
    length, 0.
    """
    chains, words, labels = emissions.shape
    # The scores of the best ways to each label, word by word; only the steps that need the word before are a loop.
    reached = emissions.transpose(1, 0, 2).copy()
    step = np.empty((chains, labels, labels), np.float32)
    for k in range(1, words):
        np.add(reached[k - 1][:, :, None], table, out=step)
        reached[k] += np.maximum.reduce(step, axis=1)
    before = (reached[:-1, :, None, :] + table.T).argmax(3).tolist()
    result = np.zeros((chains, words), np.int64)
    for chain, length in enumerate(lengths.tolist()):
        label = int(reached[length - 1, chain].argmax())
        path = [label]
        for k in range(length - 2, -1, -1):
            label = before[k][chain][label]
            path.append(label)
        result[chain, :length] = path[::-1]
    return result


def marginals(emissions: Floats, lengths: Ints, table: Floats) -> Floats:
    """Return the probability of each label at each word (forward and backward), in the shape of `emissions`."""
    words = emissions.shape[1]
    local = np.exp(emissions - emissions.max(2, keepdims=True))
    step = np.exp(table)
    # A chain read from its end is a chain with the table turned: both ways are taken in the same steps.
    word = np.arange(words)
    turned = np.where(word < lengths[:, None], lengths[:, None] - 1 - word, word)[..., None]
    ways = np.ascontiguousarray(np.stack([local, np.take_along_axis(local, turned, 1)]).transpose(2, 0, 1, 3))
    steps = np.stack([step, step.T])
    for k in range(words):
        if k:
            ways[k] *= ways[k - 1] @ steps
        # Scaled as it goes, so that products of probabilities over a long chain do not vanish.
        ways[k] /= np.add.reduce(ways[k], axis=2, keepdims=True)
    forward, backward = ways.transpose(1, 2, 0, 3)
    behind = np.ones_like(local)
    behind[:, :-1] = np.take_along_axis(backward, turned, 1)[:, 1:] @ step.T
    behind[word[None] >= lengths[:, None] - 1] = 1.0
    both = forward * behind
    result: Floats = both / both.sum(2, keepdims=True)
    return result


def padded(rows: Sequence[Floats]) -> tuple[Floats, Ints]:
    """Return arrays of different lengths as one batch, with their lengths."""
    lengths = np.array([len(row) for row in rows], dtype=np.int64)
    batch = np.zeros((len(rows), int(lengths.max()), rows[0].shape[1]), np.float32)
    for k, row in enumerate(rows):
        batch[k, : len(row)] = row
    return batch, lengths


def spans(labels: Sequence[str] | npt.NDArray[np.str_]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, type) of every span in BIO labels; an I that continues nothing opens a span."""
    start, kind = 0, ""
    for i, label in enumerate([*labels, "O"]):
        if kind and label != "I-" + kind:
            yield start, i, kind
            kind = ""
        if label != "O" and not kind:
            start, kind = i, label[2:]
