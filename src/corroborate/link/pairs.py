"""The blocks in which accounts meet, and what two of them have in common, counted in arrays."""

import zlib
from collections.abc import Iterator
from hashlib import blake2b
from math import floor

import numpy as np

from corroborate.link.features import Reading, Spot
from corroborate.link.rules import COUNTS, TELLING_FIGURE
from corroborate.link.terms import NAME_DOCUMENTS, Floats, Ints, Rarity, Rows

# Blocks of half a degree and of thirty days, each laid twice with an offset of half a block, so that no pair closer
# than half a block is parted by an edge.
_CELL_DEGREES = 0.5
_MONTH = 30
_SHINGLE = 4
# The heaviest terms of an account are its blocks.
_TERMS = 8
# Pairs are looked at so many terms at a time, to bound memory.
_AT_ONCE = 1_000_000


def keys(reading: Reading) -> list[int]:
    """Return the blocks in which a reading meets others: place and time, a telling figure and time, victim, words."""
    return sorted({_number(key) for key in _named(reading)})


def term_keys(rows: Rows, emphasis: Floats, rarity: Rarity, months: Ints) -> tuple[Ints, Ints]:
    """Return blocks and rows of the heaviest terms of each row, given the emphasis of each term in its row; `months`
    is the day (ordinal) of each row, or -1.
    """
    blocks, owners = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    before = 0
    for here, part in rows.parts() if rarity.speaks else ():
        weights, held = rarity.weights(part, emphasis[here]), rarity.held_by(part.values)
        # What no other document holds would meet nobody.
        kept = np.flatnonzero((held > 1) & (weights > 0))
        row = part.row[kept]
        order = np.lexsort((part.values[kept], -weights[kept], row))
        row, kept = row[order], kept[order]
        first = np.searchsorted(row, np.arange(len(part.starts) - 1))
        chosen = np.arange(len(row)) - first[row] < _TERMS
        term, of = part.values[kept[chosen]], row[chosen] + before
        before += len(part.starts) - 1
        named = held[kept[chosen]] <= NAME_DOCUMENTS
        day = months[of]
        dated = ~named & (day >= 0)
        blocks.append(term[named])
        owners.append(of[named])
        for half in (0, 1):
            # Terms are numbers of 31 bits: the month above them makes a number that no other key has.
            month = (day[dated] - half * _MONTH // 2) // _MONTH * 2 + half + 1
            blocks.append(term[dated] + (month << 32))
            owners.append(of[dated])
    return np.concatenate(blocks), np.concatenate(owners)


def in_common(a: Ints, b: Ints, rows: Rows, weights: Floats | None = None) -> Floats:
    """Return for each pair of rows the sum over shared values of both weights' product, or the number of them."""
    own = rows.row << 32 | rows.values
    result = np.zeros(len(a))
    lengths = np.diff(rows.starts)
    swap = lengths[a] > lengths[b]
    a, b = np.where(swap, b, a), np.where(swap, a, b)
    edges = np.cumsum(lengths[a]) // _AT_ONCE
    for part in range(int(edges[-1]) + 1 if len(edges) else 0):
        here = np.flatnonzero(edges == part)
        pair = np.repeat(here, lengths[a[here]])
        offset = np.arange(len(pair)) - np.repeat(np.cumsum(lengths[a[here]]) - lengths[a[here]], lengths[a[here]])
        at = rows.starts[a[pair]] + offset
        wanted = b[pair] << 32 | rows.values[at]
        place = np.minimum(np.searchsorted(own, wanted), max(len(own) - 1, 0))
        hit = own[place] == wanted
        value = np.ones(int(hit.sum())) if weights is None else weights[at[hit]] * weights[place[hit]]
        result += np.bincount(pair[hit], value, len(a))
    return result


def _number(key: str) -> int:
    # The highest bit set and the sign left free: no key of a term (at most 48 bits) is the same number.
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big") >> 1 | 1 << 62


def _named(reading: Reading) -> Iterator[str]:
    kind = f"{reading.type}{'+' if reading.total else ''}"
    for value in _fingerprints(reading.text):
        yield f"{kind}|words:{value}"
    for person in reading.persons:
        yield f"{kind}|victim:{person}"
    times = list(_times(reading))
    months = [time for time in times if time[0] == "m"]
    days = [time for time in times if time[0] != "m"]
    for spot in reading.spots:
        for where in sorted(spot.ids | ({spot.written} if spot.written else set())):
            yield from (f"{kind}|{where}|{time}" for time in times)
        # Near places without a day in common have too little in common to be one event, but for a telling figure.
        for where in _cells(spot) if days else ():
            yield from (f"{kind}|{where}|{time}" for time in days)
    if reading.placed_or_dated:
        for figure in reading.figures:
            if figure.said is not None and figure.said >= TELLING_FIGURE and figure.measure in COUNTS:
                yield from (f"{kind}|{figure.measure}:{figure.said:g}|{time}" for time in months)


def _times(reading: Reading) -> Iterator[str]:
    days = reading.days
    if days is not None and days.length <= 4 and not days.open:
        for day in range(days.start, days.end + 1):
            # Two days that follow each other share exactly one of the two halves.
            yield f"d{day // 2}"
            yield f"h{(day + 1) // 2}"
    last = reading.published if days is None else days.end
    if last is not None:
        yield f"m{last // _MONTH}"
        yield f"m{(last - _MONTH // 2) // _MONTH}+"


def _cells(spot: Spot) -> Iterator[str]:
    # Beyond a radius of half a cell the cell no longer says where it is; then only the id can meet.
    if spot.lat is None or spot.lon is None or spot.radius > 25:
        return
    for down in (0.0, 0.5):
        for across in (0.0, 0.5):
            row, column = floor(spot.lat / _CELL_DEGREES + down), floor(spot.lon / _CELL_DEGREES + across)
            yield f"cell:{down}:{across}:{row}:{column}"


def _fingerprints(text: str) -> list[int]:
    """Return the three least hashes of the text's runs of four words: near copies share at least one nearly always."""
    words = text.casefold().split()
    runs = {" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}
    return sorted(zlib.crc32(run.encode()) for run in runs)[:3]
