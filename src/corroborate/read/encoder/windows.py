"""Long documents as overlapping windows that the encoder can take, and which window to believe about which word."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LIMIT = 254
"""Pieces in a window, without its two marks: the longest that training has shown."""
OVERLAP = 64
"""Pieces that neighbouring windows share at least. Each is believed about its half, so that a word is read with 32
pieces or more on either side wherever the text has them.
"""
SURE = 48
"""Words from a cut edge at which a window is believed in full. On PolNeAR valid, stripped, contents gain 0.5 of F1 over
taking each word from one window, and as printed nothing is lost; equal weights lose 0.5 as printed.
"""


@dataclass(frozen=True, slots=True)
class Window:
    """The words from `low` to `high`; of these it is believed about `mine` to `yours` (end exclusive)."""

    low: int
    high: int
    mine: int
    yours: int

    def weights(self, words: int) -> npt.NDArray[np.float32]:
        """Return what the window's word about each of its words counts beside that of its neighbours, in a text of so
        many words: the more words stand between it and a cut edge the more, up to `SURE`.
        """
        from_low, from_high = np.arange(1, self.high - self.low + 1), np.arange(self.high - self.low, 0, -1)
        near = np.full(len(from_low), SURE)
        if self.low > 0:
            near = np.minimum(near, from_low)
        if self.high < words:
            near = np.minimum(near, from_high)
        return near.astype(np.float32)


def plan(offsets: npt.NDArray[np.int64], limit: int = LIMIT, overlap: int = OVERLAP) -> list[Window]:
    """Return the windows over a text whose word i has the pieces `offsets[i]` to `offsets[i + 1]`.

    They are as few as the limit allows and spread evenly; what they are believed about covers every word once, in
    order.
    """
    words, pieces = len(offsets) - 1, int(offsets[-1])
    if words == 0:
        return []
    if pieces <= limit:
        return [Window(0, words, 0, words)]
    count = 1 + -(-(pieces - limit) // (limit - overlap))
    ranges: list[tuple[int, int]] = []
    for k in range(count):
        low = int(np.searchsorted(offsets, k * (pieces - limit) / (count - 1)))
        # A long word at the edge may leave a gap to the window before: then begin where that one ends.
        low = min(low, ranges[-1][1]) if ranges else 0
        high = int(np.searchsorted(offsets, offsets[low] + limit, side="right")) - 1
        ranges.append((low, max(high, low + 1)))
    while ranges[-1][1] < words:
        low = ranges[-1][1]
        high = int(np.searchsorted(offsets, offsets[low] + limit, side="right")) - 1
        ranges.append((low, max(high, low + 1)))
    edges = [0, *((left[1] + right[0] + 1) // 2 for left, right in itertools.pairwise(ranges)), words]
    return [Window(low, high, edges[k], edges[k + 1]) for k, (low, high) in enumerate(ranges)]
