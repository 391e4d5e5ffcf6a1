"""Documents with the same words: copies, near copies, excerpts, and posts or passages that one takes from the other.

Candidates come from fingerprints (link/passages.py), so that an excerpt is found as well as a copy; what is kept is
verified word by word, with the longest shared stretch as the evidence.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from corroborate.link.passages import RUN, STRETCH, Passages, numbers
from corroborate.link.terms import Ints
from corroborate.model import Document, SharedText

_WORD = re.compile(r"\w+")
# The share of the shorter text from which the two are copies of one: 0.02% of the same unrelated pairs (GVA, FA-KES),
# 4.5% and 8.5% of the related ones (link/passages.py says how they were counted).
_NEAR_COPY = 0.3
_END = 2**60
# Texts whose words are held while pairs are verified, to bound memory.
_HELD = 4096


@dataclass(frozen=True, slots=True)
class _Text:
    document: Document
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def shared_texts(documents: Sequence[Document]) -> tuple[SharedText, ...]:
    """Return every pair of documents that share a stretch of words, `a` before `b` by id, in the order of ids."""
    texts = Texts()
    texts.add(documents)
    return texts.shared()


class Texts:
    """Documents whose texts are compared; more can be added, and what was compared is not compared again."""

    def __init__(self) -> None:
        self._documents: list[Document] = []
        self._number: dict[str, int] = {}
        self._passages = Passages()
        # All by day and id: the day (an ordinal) on which it was first seen, id and number of each that is not gone.
        self._seen: list[tuple[int, str, int]] = []
        self._verified: dict[int, SharedText | None] = {}
        self._compared: Ints = np.zeros(0, np.int64)
        self._shared: tuple[SharedText, ...] = ()

    def add(self, documents: Sequence[Document]) -> None:
        """Add documents; one of an id that is there takes its place."""
        new = [one for one in documents if not self._known(one)]
        gone = {self._number[one.id] for one in new if one.id in self._number}
        if gone:
            self._seen = [one for one in self._seen if one[2] not in gone]
        for number, one in enumerate(new, len(self._documents)):
            self._number[one.id] = number
            self._seen.append((_first_seen(one), one.id, number))
        self._seen.sort()
        self._documents += new
        if new:
            self._passages.add([numbers(_WORD.findall(one.report)) for one in new])

    def shared(self) -> tuple[SharedText, ...]:
        """Return every pair of documents that share a stretch of words, `a` before `b` by id, in the order of ids."""
        order = np.full(len(self._documents), -1, np.int64)
        order[[number for _, _, number in self._seen]] = np.arange(len(self._seen))
        pairs = self._passages.meeting(order)
        words = lru_cache(_HELD)(lambda number: _words(self._documents[number]))
        fresh = np.setdiff1d(pairs, self._compared, assume_unique=True).tolist()
        for pair in fresh:
            if pair not in self._verified:
                a, b = sorted((pair >> 32, pair & 0xFFFFFFFF), key=lambda number: self._documents[number].id)
                self._verified[pair] = _verified(words(a), words(b))
        if len(pairs) - len(fresh) == len(self._compared):
            found = [*self._shared, *(one for pair in fresh if (one := self._verified[pair]) is not None)]
        else:
            found = [one for pair in pairs.tolist() if (one := self._verified[pair]) is not None]
        if fresh or len(pairs) != len(self._compared):
            self._shared = tuple(sorted(found, key=lambda one: (one.a, one.b)))
        self._compared = pairs
        return self._shared

    def _known(self, document: Document) -> bool:
        number = self._number.get(document.id)
        return number is not None and self._documents[number] == document


def copied(pair: SharedText) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the passage that each of two documents has in common: all of it where it is a near copy."""
    if max(pair.share_a, pair.share_b) >= _NEAR_COPY:
        return (0, _END), (0, _END)
    return (pair.a_start, pair.a_end), (pair.b_start, pair.b_end)


def _words(document: Document) -> _Text:
    spans = [match.span() for match in _WORD.finditer(document.report)]
    words = tuple(document.text[start:end].casefold() for start, end in spans)
    return _Text(document, words, tuple(start for start, _ in spans), tuple(end for _, end in spans))


def _verified(a: _Text, b: _Text) -> SharedText | None:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(len(a.words) - RUN + 1):
        places[a.words[i : i + RUN]].append(i)
    a_at, b_at, length = _longest(a.words, b.words, places)
    # A text shorter than a stretch (a post) is found again only as a whole.
    if not length or length < min(STRETCH, len(a.words), len(b.words)):
        return None
    total = _in_runs(a.words, b.words, places)
    return SharedText(
        a=a.document.id,
        b=b.document.id,
        a_start=a.starts[a_at],
        a_end=a.ends[a_at + length - 1],
        b_start=b.starts[b_at],
        b_end=b.ends[b_at + length - 1],
        share_a=min(1.0, total / len(a.words)),
        share_b=min(1.0, total / len(b.words)),
        earlier=_earlier(a.document, b.document),
    )


_Places = Mapping[tuple[str, ...], list[int]]


def _longest(a: tuple[str, ...], b: tuple[str, ...], places: _Places) -> tuple[int, int, int]:
    """Return the longest run of equal words: its place in a, in b, and its length; of none the length is 0.

    `places` are those in a of each run of RUN words.
    """
    best = (0, 0, 0)
    for j in range(len(b) - RUN + 1):
        for i in _known(places, b, j):
            if not (i and j and a[i - 1] == b[j - 1]):
                length = _length(a, b, i, j)
                best = max(best, (length, -i, -j))
    return -best[1], -best[2], best[0]


def _in_runs(a: tuple[str, ...], b: tuple[str, ...], places: _Places) -> int:
    """Return how many words of b stand in runs of equal words, none overlapping another."""
    total = j = 0
    while j <= len(b) - RUN:
        length = max((_length(a, b, i, j) for i in _known(places, b, j)), default=0)
        total += length
        j += max(length, 1)
    return total


def _known(places: _Places, b: tuple[str, ...], j: int) -> list[int]:
    # A phrase that comes back a hundred times in one document tells nothing more at its hundredth place.
    return places.get(b[j : j + RUN], [])[:100]


def _length(a: tuple[str, ...], b: tuple[str, ...], i: int, j: int) -> int:
    length = RUN
    while i + length < len(a) and j + length < len(b) and a[i + length] == b[j + length]:
        length += 1
    return length


def _first_seen(document: Document) -> int:
    return document.published.start.toordinal() if document.published else 10**7


def _earlier(a: Document, b: Document) -> str | None:
    if a.published is None or b.published is None:
        return None
    if a.published.end < b.published.start:
        return a.id
    if b.published.end < a.published.start:
        return b.id
    return None
