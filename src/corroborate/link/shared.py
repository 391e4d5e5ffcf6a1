"""Documents with the same words: copies, near copies, excerpts, and posts or passages that one takes from the other.

Candidates come from MinHash over short windows, so that an excerpt is found as well as a copy; what is kept is verified
word by word, with the longest shared stretch as the evidence.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from corroborate.link.terms import distinct
from corroborate.model import Document, SharedText

_WORD = re.compile(r"\w+")
# Windows of 24 words every 8: a copied passage of 28 words always fills most of one window of each document.
_WINDOW, _STEP, _SHINGLE = 24, 8, 3
# 128 values in 32 bands of 4: two windows with half of their shingles in common meet with probability 0.87, and a
# copied passage meets in several windows; with a tenth in common, 0.003.
_PERMUTATIONS, _BANDS, _SEED = 128, 32, 20170614
# A window that more documents share than this (a footer, a slogan) links each to the earliest and the one before only.
_CROWD = 20
# Words in a row that make a shared stretch. Longest stretch of at least 12 words: 0.15% of 5,991 unrelated pairs of GVA
# articles of different sites, 0.13% of 6,000 pairs of FA-KES of other dates; 11% and 15% of related pairs. At 8 words
# unrelated pairs reach 0.3% and 1.4% (titles, names of offices).
_STRETCH = 12
# Stretches that count towards the share: five words are below any quotation, and above most names and titles.
_RUN = 6
# The share of the shorter text from which the two are copies of one: 0.02% of the same unrelated pairs (GVA, FA-KES),
# 4.5% and 8.5% of the related ones.
_NEAR_COPY = 0.3
_END = 2**60
# Documents sketched at a time, to bound memory.
_AT_ONCE = 1000
# A text shorter than a stretch (a post) is found again only as a whole.
_LEAST_WORDS = 6


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
        self._documents: dict[str, Document] = {}
        self._sketches: list[tuple[list[str], NDArray[np.uint32]]] = []
        self._verified: dict[tuple[str, str], SharedText | None] = {}

    def add(self, documents: Sequence[Document]) -> None:
        """Add documents; one of an id that is there takes its place."""
        changed = {one.id for one in documents if self._documents.get(one.id, one) != one}
        if changed:
            self._verified = {pair: found for pair, found in self._verified.items() if not changed & {*pair}}
            self._sketches = [_without(sketch, changed) for sketch in self._sketches]
        new = [one for one in documents if one.id in changed or one.id not in self._documents]
        self._documents.update((one.id, one) for one in new)
        if new:
            self._sketches.append(_sketched(new))

    def shared(self) -> tuple[SharedText, ...]:
        """Return every pair of documents that share a stretch of words, `a` before `b` by id, in the order of ids."""
        pairs = sorted(self._candidates())
        words: dict[str, _Text] = {}
        found = []
        for pair in pairs:
            if pair not in self._verified:
                for key in pair:
                    if key not in words:
                        words[key] = _words(self._documents[key])
                self._verified[pair] = _verified(words[pair[0]], words[pair[1]])
            shared = self._verified[pair]
            if shared is not None:
                found.append(shared)
        return tuple(found)

    def _candidates(self) -> set[tuple[str, str]]:
        """Return pairs of document ids, the lesser first, of which a window of each falls into one bucket."""
        owners = [owner for names, _ in self._sketches for owner in names]
        pairs: set[tuple[str, str]] = set()
        if not owners:
            return pairs
        ids = sorted(self._documents, key=lambda key: _first_seen(self._documents[key]))
        number = {key: position for position, key in enumerate(ids)}
        of = np.array([number[owner] for owner in owners], np.int64)
        codes: list[NDArray[np.int64]] = []
        for band in range(_BANDS):
            column = np.concatenate([sketch[:, band] for _, sketch in self._sketches]).astype(np.int64)
            codes.append(_meeting(column, of))
        for code in distinct(np.concatenate(codes)).tolist():
            one, other = ids[code >> 32], ids[code & 0xFFFFFFFF]
            pairs.add((min(one, other), max(one, other)))
        return pairs


def _sketched(documents: Sequence[Document]) -> tuple[list[str], NDArray[np.uint32]]:
    """Return for each window of each document whose it is, and the number of its bucket in each band."""
    owners: list[str] = []
    parts = [np.zeros((0, _BANDS), np.uint32)]
    factors = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F], np.uint32)
    for low in range(0, len(documents), _AT_ONCE):
        windows: list[list[str]] = []
        for one in documents[low : low + _AT_ONCE]:
            own = list(_windows(tuple(word.casefold() for word in _plain_words(one))))
            windows += own
            owners += [one.id] * len(own)
        if windows:
            digest = np.array(RMinHash.digests_from_token_sets(windows, _PERMUTATIONS, _SEED), np.uint32)
            rows = digest.reshape(len(windows), _BANDS, _PERMUTATIONS // _BANDS)
            # Two buckets of one number by chance cost a comparison; what is kept is verified word by word.
            parts.append((rows * factors).sum(axis=2, dtype=np.uint32))
    return owners, np.concatenate(parts)


def _without(sketch: tuple[list[str], NDArray[np.uint32]], gone: set[str]) -> tuple[list[str], NDArray[np.uint32]]:
    names, rows = sketch
    kept = [position for position, name in enumerate(names) if name not in gone]
    return [names[position] for position in kept], rows[kept]


def _meeting(buckets: NDArray[np.int64], documents: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return pairs of documents (the earlier in the upper 32 bits) that share a bucket; of a crowd, each document with
    the first and with the one before it.
    """
    members = distinct(buckets << 32 | documents)
    bucket, document = members >> 32, members & 0xFFFFFFFF
    starts = np.flatnonzero(np.concatenate(([True], bucket[1:] != bucket[:-1])))
    sizes = np.diff(np.append(starts, len(bucket)))
    found = [np.zeros(0, np.int64)]
    for size in range(2, _CROWD + 1):
        first, second = np.triu_indices(size, 1)
        begin = starts[sizes == size][:, None]
        found.append((document[begin + first] << 32 | document[begin + second]).ravel())
    for start, size in zip(starts[sizes > _CROWD].tolist(), sizes[sizes > _CROWD].tolist(), strict=True):
        crowd = document[start : start + size]
        found.append(crowd[0] << 32 | crowd[1:])
        found.append(crowd[:-1] << 32 | crowd[1:])
    return distinct(np.concatenate(found))


def copied(pair: SharedText) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the passage that each of two documents has in common: all of it where it is a near copy."""
    if max(pair.share_a, pair.share_b) >= _NEAR_COPY:
        return (0, _END), (0, _END)
    return (pair.a_start, pair.a_end), (pair.b_start, pair.b_end)


def _plain_words(document: Document) -> list[str]:
    skipped = any(segment.kind == "boilerplate" for segment in document.segments)
    return list(_words(document).words) if skipped else _WORD.findall(document.text)


def _words(document: Document) -> _Text:
    skipped = [segment for segment in document.segments if segment.kind == "boilerplate"]
    spans = [
        match.span()
        for match in _WORD.finditer(document.text)
        if not skipped or not any(segment.start <= match.start() < segment.end for segment in skipped)
    ]
    words = tuple(document.text[start:end].casefold() for start, end in spans)
    return _Text(document, words, tuple(start for start, _ in spans), tuple(end for _, end in spans))


def _windows(words: tuple[str, ...]) -> Iterator[list[str]]:
    last = max(len(words) - _WINDOW, 0)
    for start in {*range(0, last + 1, _STEP), last}:
        window = words[start : start + _WINDOW]
        if len(window) >= _SHINGLE:
            yield [" ".join(window[i : i + _SHINGLE]) for i in range(len(window) - _SHINGLE + 1)]


def _verified(a: _Text, b: _Text) -> SharedText | None:
    runs = _runs(a.words, b.words)
    if not runs:
        return None
    a_at, b_at, length = max(runs, key=lambda run: (run[2], -run[0], -run[1]))
    whole = length >= _LEAST_WORDS and length == min(len(a.words), len(b.words))
    if length < _STRETCH and not whole:
        return None
    total = sum(run[2] for run in runs)
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


def _runs(a: tuple[str, ...], b: tuple[str, ...]) -> list[tuple[int, int, int]]:
    """Return runs of equal words (place in a, place in b, length), none overlapping another in b."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(len(a) - _RUN + 1):
        places[a[i : i + _RUN]].append(i)
    runs = []
    j = 0
    while j <= len(b) - _RUN:
        best = (0, 0)
        # A phrase that comes back a hundred times in one document tells nothing more at its hundredth place.
        for i in places.get(b[j : j + _RUN], [])[:100]:
            length = _RUN
            while i + length < len(a) and j + length < len(b) and a[i + length] == b[j + length]:
                length += 1
            best = max(best, (length, -i))
        if best[0]:
            runs.append((-best[1], j, best[0]))
            j += best[0]
        else:
            j += 1
    return runs


def _first_seen(document: Document) -> tuple[int, str]:
    return (document.published.start.toordinal() if document.published else 10**7, document.id)


def _earlier(a: Document, b: Document) -> str | None:
    if a.published is None or b.published is None:
        return None
    if a.published.end < b.published.start:
        return a.id
    if b.published.end < a.published.start:
        return b.id
    return None
