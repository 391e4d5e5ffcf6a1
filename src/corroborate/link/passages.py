"""Which texts can share a passage, by fingerprints of which two copies of a passage always have one in common.

Winnowing (Schleimer, Wilkerson and Aiken, 2003): every run of RUN words has a number, and of each STRETCH - RUN + 1
such runs in a row the one with the least number is a fingerprint. A stretch of STRETCH words that stands in two texts
holds the same runs in both, and so the same fingerprint; about one run in four is one. A text shorter than a stretch is
looked for as a whole, by its first run, among all runs of all texts.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from corroborate.link.terms import Ints, distinct

# Words in a row that make a shared stretch. Longest stretch of at least 12 words: 0.15% of 5,991 unrelated pairs of GVA
# articles of different sites, 0.13% of 6,000 pairs of FA-KES of other dates; 11% and 15% of related pairs. At 8 words
# unrelated pairs reach 0.3% and 1.4% (titles, names of offices).
STRETCH = 12
# Stretches that count towards the share: five words are below any quotation, and above most names and titles.
RUN = 6
# A run that stands in more places than this (a footer, a slogan) links each to the earliest and the one before only.
# With 40 all of the 257 pairs of FA-KES articles that share a stretch are found, with 20 all but six; of GVA's 1,652
# pairs by a stretch of at most 20 articles 1,404, the others beside the footers of their sites (with 80: 1,583, and 840
# more pairs by footers).
_CROWD = 40
# Words and pairs looked at together, to bound memory.
_AT_ONCE = 4_000_000
_FACTOR = np.uint64(0x9E3779B97F4A7C15)

Words = NDArray[np.uint32]


def numbers(words: Iterable[str]) -> Words:
    """Return words as numbers, whatever their case, and a 0 at the end, which is the number of no word."""
    return np.array([*(zlib.crc32(word.casefold().encode()) or 1 for word in words), 0], np.uint32)


class Passages:
    """Texts as the numbers of their words, and the runs by which they meet; texts are known by the order of adding."""

    def __init__(self) -> None:
        self._words: Words = np.zeros(0, np.uint32)
        self._starts: Ints = np.zeros(1, np.int64)
        # The runs by which texts meet: where each begins, and its text.
        self._places: Ints = np.zeros(0, np.int64)
        self._texts: Ints = np.zeros(0, np.int64)
        self._whole: Ints = np.zeros(0, np.int64)

    def add(self, texts: Sequence[Words]) -> None:
        """Add texts, each the numbers of its words as `numbers` gives them."""
        known, begin = len(self._starts) - 1, len(self._words)
        lengths = np.array([len(text) for text in texts], np.int64)
        self._words = np.concatenate([self._words, *texts])
        self._starts = np.concatenate([self._starts, begin + np.cumsum(lengths)])
        short = np.flatnonzero((lengths > RUN) & (lengths <= STRETCH)) + known
        wholes = distinct(np.concatenate([self._whole, self._numbers(self._starts[short])]))
        fresh, self._whole = np.setdiff1d(wholes, self._whole, assume_unique=True), wholes
        places = [self._places]
        if len(fresh):
            # What is short may have been quoted before it came.
            places += [self._standing(fresh, part) for part in self._parts(0, known)]
        for part in self._parts(known, len(self._starts) - 1):
            places += [self._standing(wholes, part), self._least(part)]
        self._places = distinct(np.concatenate(places))
        self._texts = np.searchsorted(self._starts, self._places, "right") - 1

    def meeting(self, order: Ints) -> Ints:
        """Return the pairs of texts that share a stretch, or of which one stands in the other; the lesser number in the
        upper 32 bits, sorted. Words of one number by chance can bring in a pair that shares none.

        `order` gives for each text its rank in time, or -1 for one that is gone.
        """
        rank = order[self._texts]
        alive = np.flatnonzero(rank >= 0)
        code = np.sort(self._numbers(self._places[alive]) << 32 | alive)
        run, entry = code >> 32, code & 0xFFFFFFFF
        found = [np.zeros(0, np.int64)]
        sizes = _sizes(run)
        ends = np.cumsum(sizes)
        for size in range(2, _CROWD + 1):
            first, second = np.triu_indices(size, 1)
            begins = (ends - size)[sizes == size]
            step = _AT_ONCE // len(first)
            for low in range(0, len(begins), step):
                begin = begins[low : low + step, None]
                found.append(self._sharing(entry[begin + first].ravel(), entry[begin + second].ravel()))
        crowded = np.repeat(sizes > _CROWD, sizes)
        bucket, members = run[crowded], entry[crowded]
        # Within a bucket by time; the places of one text stay in its order.
        by_time = np.argsort(bucket << 32 | rank[members], kind="stable")
        bucket, members = bucket[by_time], members[by_time]
        sizes = _sizes(bucket)
        earliest = np.repeat(members[np.cumsum(sizes) - sizes], sizes)
        beside = bucket[1:] == bucket[:-1]
        found += [self._sharing(earliest, members), self._sharing(members[:-1][beside], members[1:][beside])]
        return distinct(np.concatenate(found))

    def _parts(self, low: int, high: int) -> Iterator[tuple[int, int]]:
        """Yield the texts from `low` to `high` in parts of so many words: the first place and the end of each."""
        while low < high:
            until = int(np.searchsorted(self._starts, self._starts[low] + _AT_ONCE, "right")) - 1
            until = min(max(until, low + 1), high)
            yield int(self._starts[low]), int(self._starts[until])
            low = until

    def _numbers(self, places: Ints) -> Ints:
        """Return the number (31 bits) of the run of words at each place."""
        number = np.zeros(len(places), np.uint64)
        for offset in range(RUN):
            number = (number + self._words[places + offset]) * _FACTOR
            number ^= number >> np.uint64(32)
        return (number >> np.uint64(33)).astype(np.int64)

    def _room(self, part: tuple[int, int]) -> Ints:
        """Return for each place how many words of its text are left, its own counted."""
        low, high = part
        ends = self._starts[np.searchsorted(self._starts, low, "right") : np.searchsorted(self._starts, high) + 1]
        return np.repeat(ends, np.diff(ends, prepend=low)) - np.arange(low, high) - 1

    def _standing(self, runs: Ints, part: tuple[int, int]) -> Ints:
        """Return the places where one of the runs (sorted) stands."""
        if not len(runs):
            return np.zeros(0, np.int64)
        places = np.flatnonzero(self._room(part) >= RUN) + part[0]
        own = self._numbers(places)
        at = np.minimum(np.searchsorted(runs, own), len(runs) - 1)
        return np.asarray(places[runs[at] == own])

    def _least(self, part: tuple[int, int]) -> Ints:
        """Return the places of the fingerprints."""
        wide = STRETCH - RUN + 1
        low, high = part
        windows = np.flatnonzero(self._room(part) >= STRETCH)
        if not len(windows):
            return np.zeros(0, np.int64)
        # Runs over the end of a text are in no window that counts.
        runs = self._numbers(np.arange(low, high - RUN + 1))
        chosen = np.lib.stride_tricks.sliding_window_view(runs, wide)[windows].argmin(axis=1)
        return distinct(windows + chosen + low)

    def _sharing(self, a: Ints, b: Ints) -> Ints:
        """Return the pairs of texts that share a stretch where (position among places) a run stands in both."""
        one, other = self._texts[a], self._texts[b]
        different = np.flatnonzero(one != other)
        p, q = self._places[a[different]], self._places[b[different]]
        length = np.zeros(len(p), np.int64)
        for step in (1, -1):
            on = np.arange(len(p))
            for offset in range(STRETCH) if step > 0 else range(1, STRETCH - RUN + 1):
                left = np.take(self._words, p[on] + step * offset, mode="clip")
                on = on[(left == np.take(self._words, q[on] + step * offset, mode="clip")) & (left > 0)]
                length[on] += 1
        sizes = np.diff(self._starts) - 1
        one, other = one[different], other[different]
        enough = length >= np.minimum(STRETCH, np.minimum(sizes[one], sizes[other]))
        return distinct((np.minimum(one, other) << 32 | np.maximum(one, other))[enough])


def _sizes(values: Ints) -> Ints:
    """Return how often each distinct value of a sorted array stands in it."""
    starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1]))) if len(values) else values
    return np.diff(np.append(starts, len(values)))
