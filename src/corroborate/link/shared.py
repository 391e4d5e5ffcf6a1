"""Documents with the same words: copies, near copies, excerpts, and posts or passages that one takes from the other.

Candidates come from MinHash over short windows, so that an excerpt is found as well as a copy; what is kept is verified
word by word, with the longest shared stretch as the evidence.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from rensa import RMinHash

from corroborate.link.features import Passage
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
    texts = {document.id: _words(document) for document in documents}
    found = []
    for a, b in sorted(_candidates([texts[key] for key in sorted(texts)])):
        shared = _verified(texts[a], texts[b])
        if shared is not None:
            found.append(shared)
    return tuple(found)


def copied_passages(shared: Sequence[SharedText]) -> dict[str, list[Passage]]:
    """Return the copied passages of each document: whole where it is a near copy, else the stretch."""
    found: dict[str, list[Passage]] = defaultdict(list)
    for number, pair in enumerate(shared):
        whole = max(pair.share_a, pair.share_b) >= _NEAR_COPY
        key = f"{number:06d}"
        found[pair.a].append(Passage(key=key, start=0 if whole else pair.a_start, end=_END if whole else pair.a_end))
        found[pair.b].append(Passage(key=key, start=0 if whole else pair.b_start, end=_END if whole else pair.b_end))
    return dict(found)


def _words(document: Document) -> _Text:
    skipped = [segment for segment in document.segments if segment.kind == "boilerplate"]
    spans = [
        match.span()
        for match in _WORD.finditer(document.text)
        if not any(segment.start <= match.start() < segment.end for segment in skipped)
    ]
    words = tuple(document.text[start:end].casefold() for start, end in spans)
    return _Text(document, words, tuple(start for start, _ in spans), tuple(end for _, end in spans))


def _candidates(texts: Sequence[_Text]) -> set[tuple[str, str]]:
    """Return pairs of document ids, the lesser first, of which a window of each falls into one bucket."""
    buckets: dict[tuple[int, tuple[int, ...]], dict[str, Document]] = defaultdict(dict)
    rows = _PERMUTATIONS // _BANDS
    for text in texts:
        windows = list(_windows(text.words))
        for sketch in RMinHash.from_token_sets(windows, _PERMUTATIONS, _SEED):
            digest = sketch.digest()
            for band in range(_BANDS):
                key = (band, tuple(digest[band * rows : (band + 1) * rows]))
                buckets[key][text.document.id] = text.document
    pairs: set[tuple[str, str]] = set()
    for members in buckets.values():
        pairs.update(_pairs(sorted(members.values(), key=_first_seen)))
    return pairs


def _pairs(documents: list[Document]) -> Iterator[tuple[str, str]]:
    ids = [document.id for document in documents]
    if len(ids) <= _CROWD:
        chosen = list(combinations(ids, 2))
    else:
        chosen = [(ids[0], other) for other in ids[1:]] + list(pairwise(ids[1:]))
    return ((min(pair), max(pair)) for pair in chosen)


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
