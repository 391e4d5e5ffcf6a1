"""Which rows meet in a block; kept, so that only the blocks that rows enter or leave are looked at again."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from corroborate.link.terms import Ints, distinct

Fits = Callable[[Ints, Ints], NDArray[np.bool_]]
# Pairs are looked at so many at a time, to bound memory.
_AT_ONCE = 1_000_000
_NONE = np.zeros(0, np.int64)


class Candidates:
    """Rows and their blocks. Two rows meet where they fit each other and share a block of at most `largest` rows."""

    def __init__(self, largest: int) -> None:
        self._largest = largest
        # In the order of the blocks.
        self._blocks: Ints = _NONE
        self._rows: NDArray[np.int32] = np.zeros(0, np.int32)

    def change(self, rows: NDArray[np.bool_], blocks: Ints, owners: Ints, fits: Fits) -> tuple[Ints, Ints]:
        """Take the rows that are flagged out of their blocks and put them (`owners`) into those given; return the pairs
        that have come to meet in a block, where they may have met in another before, and those that meet no more.

        No row may be given twice in one block. A pair has the lesser row in its upper 32 bits.
        """
        leaving = rows[self._rows]
        order = np.argsort(blocks, kind="stable")
        blocks, entering = blocks[order], owners[order].astype(np.int32)
        touched = _other(self._blocks[leaving], self._rows[leaving], blocks, entering) if leaving.any() else blocks
        touched = distinct(touched)
        before = self._pairs_of(touched, fits)
        stay = ~leaving
        kept, others = self._blocks[stay], self._rows[stay]
        at = np.searchsorted(kept, blocks)
        self._blocks, self._rows = np.insert(kept, at, blocks), np.insert(others, at, entering)
        after = self._pairs_of(touched, fits)
        gone = np.setdiff1d(before, after, assume_unique=True)
        gone = np.setdiff1d(gone, self._still(gone, fits), assume_unique=True)
        return (np.setdiff1d(after, before, assume_unique=True) if len(before) else after), gone

    def _pairs_of(self, blocks: Ints, fits: Fits) -> Ints:
        """Return the pairs that meet in blocks (sorted)."""
        if not len(self._blocks):
            return _NONE
        low, high = np.searchsorted(self._blocks, blocks), np.searchsorted(self._blocks, blocks, "right")
        sizes = high - low
        return _pairs(low[sizes <= self._largest], sizes[sizes <= self._largest], self._rows, fits)

    def _still(self, pairs: Ints, fits: Fits) -> Ints:
        """Return all pairs that meet among the rows of the given ones."""
        if not len(pairs):
            return _NONE
        here = np.isin(self._rows, np.concatenate([pairs >> 32, pairs & 0xFFFFFFFF]))
        blocks, rows = self._blocks[here], self._rows[here]
        whole = np.searchsorted(self._blocks, blocks, "right") - np.searchsorted(self._blocks, blocks)
        blocks, rows = blocks[whole <= self._largest], rows[whole <= self._largest]
        low = np.flatnonzero(np.concatenate(([True], blocks[1:] != blocks[:-1]))) if len(blocks) else _NONE
        return _pairs(low, np.diff(np.append(low, len(blocks))), rows, fits)


def _other(old: Ints, old_rows: NDArray[np.int32], new: Ints, new_rows: NDArray[np.int32]) -> Ints:
    """Return the blocks in which a row stands in the old but not in the new, or the other way round."""
    blocks, rows = np.concatenate([old, new]), np.concatenate([old_rows, new_rows])
    order = np.lexsort((rows, blocks))
    blocks, rows = blocks[order], rows[order]
    same = (blocks[1:] == blocks[:-1]) & (rows[1:] == rows[:-1])
    alone = ~(np.append(same, False) | np.append(False, same))
    return np.asarray(blocks[alone])


def _pairs(low: Ints, sizes: Ints, rows: NDArray[np.int32], fits: Fits) -> Ints:
    """Return the pairs within blocks, each once and sorted, given where each begins in `rows` and its size."""
    found = []
    for size in np.unique(sizes[sizes > 1]):
        first, second = np.triu_indices(size, 1)
        begin = low[sizes == size]
        step = max(1, _AT_ONCE // len(first))
        for part in range(0, len(begin), step):
            at = begin[part : part + step, None]
            one, other = rows[at + first], rows[at + second]
            code = np.minimum(one, other).astype(np.int64) << 32 | np.maximum(one, other)
            code = distinct(code.ravel())
            found.append(code[fits(code >> 32, code & 0xFFFFFFFF)])
    if not found:
        return _NONE
    whole = np.concatenate(found)
    found.clear()
    whole.sort()
    return whole[np.concatenate(([True], whole[1:] != whole[:-1]))] if len(whole) else whole
