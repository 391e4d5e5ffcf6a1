"""Which accounts are compared and what their comparison says; pairs that nothing changed for are not compared again."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corroborate.link.model import (
    Levels,
    alike,
    comparisons,
    levels,
    same_people,
    text_column,
    text_weights,
    weights,
)
from corroborate.link.pairs import candidates, in_common, term_keys
from corroborate.link.rules import linking_rules
from corroborate.link.shared import copied
from corroborate.link.store import Accounts, Flags
from corroborate.link.table import Table
from corroborate.link.terms import Floats, Ints, Rarity, Rows, distinct
from corroborate.model import SharedText

# So many documents are drawn to see how alike texts on different events are: 45,000 pairs. Two told further apart than
# this are not on one event: of the pairs of GVA told further apart, one in 10,000 is.
_SAMPLE = 300
_UNRELATED_DAYS = 90


@dataclass(frozen=True, slots=True)
class Pairs:
    """Compared pairs: rows (lesser first), in the order of `code`, the levels reached and the weights.

    `like` are pairs of whole reports that are so alike that they can be of one event: likeness speaks for these only, a
    few sentences are alike as easily as headlines are. `people` are those of them that tell of the same people.
    """

    code: Ints
    levels: Levels
    weight: Floats
    copied: Flags
    like: Flags
    people: Flags

    @property
    def a(self) -> Ints:
        """The lesser row of each pair."""
        return self.code >> 32

    @property
    def b(self) -> Ints:
        """The greater row of each pair."""
        return self.code & 0xFFFFFFFF


class Comparing:
    """The comparison of accounts, which remembers what it compared before."""

    def __init__(self) -> None:
        self._rarity: Rarity | None = None
        self._pairs: Pairs | None = None
        # The blocks by terms, whose they are, and the number of rows that were looked at for them.
        self._by_terms: tuple[Ints, Ints, int] = (np.zeros(0, np.int64), np.zeros(0, np.int64), 0)
        # The pairs of rows in a shared passage, by the passage and the first row of each document.
        self._passages: dict[tuple[SharedText, int, int], list[int]] = {}

    def pairs(self, accounts: Accounts, shared: Sequence[SharedText]) -> Pairs:
        """Return the compared pairs of live rows.

        Raises CorroborateError E301 where the probabilistic model cannot be run.
        """
        table, live = accounts.table, accounts.live
        if table is None:
            none = np.zeros(0, np.int64)
            return Pairs(none, levels(None, none, none, {}), np.zeros(0), *[np.zeros(0, bool)] * 3)
        rarity = _rarity_of(accounts, table.terms, live)
        changed = self._changed(len(live), table.terms, rarity)
        blocks, rows = self._blocks(table, live, rarity, changed)
        gap = linking_rules().day_gap

        def fits(a: Ints, b: Ints) -> Flags:
            apart = np.maximum(table.start[a], table.start[b]) - np.minimum(table.end[a], table.end[b])
            unknown = (table.start[a] < 0) | (table.start[b] < 0)
            return np.asarray((table.kind[a] == table.kind[b]) & (unknown | (apart <= gap)))

        code = candidates(blocks, rows, linking_rules().largest_block, fits)
        a, b = code >> 32, code & 0xFFFFFFFF
        same = self._copied(code, shared, accounts)
        old = self._pairs
        fresh = np.ones(len(code), bool)
        at = np.zeros(len(code), np.int64)
        if old is not None and len(old.code):
            at = np.minimum(np.searchsorted(old.code, code), len(old.code) - 1)
            fresh = (old.code[at] != code) | (old.copied[at] != same) | changed[a] | changed[b]
        of_pairs: dict[str, NDArray[Any]] = {"copied": same[fresh]}
        of_pairs |= _likeness(a[fresh], b[fresh], table, rarity)
        new = levels(table.said, a[fresh], b[fresh], of_pairs)
        found = np.zeros((len(code), new.shape[1]), np.int8)
        found[fresh] = new
        if old is not None:
            found[~fresh] = old.levels[at[~fresh]]
        self._rarity = rarity
        about = np.zeros(len(live), bool)
        about[list(accounts.subject.values())] = True
        whole = about[a] & about[b]
        weight = weights(found)
        if whole.any() and rarity.speaks:
            shipped = np.array(comparisons()[text_column()].weights)
            drawn = sorted(accounts.subject, key=lambda key: (zlib.crc32(key.encode()), key))[:_SAMPLE]
            unrelated = _unrelated(np.array([accounts.subject[key] for key in drawn]), table, rarity)
            weight[whole] += (text_weights(unrelated) - shipped)[found[whole, text_column()]]
        like = alike(found) & whole
        self._pairs = Pairs(code, found, weight, same, like, like & same_people(found))
        return self._pairs

    def _blocks(self, table: Table, live: Flags, rarity: Rarity, changed: Flags) -> tuple[Ints, Ints]:
        """Return the blocks of all live rows; those by terms are chosen anew for the rows in which one has changed."""
        blocks, owners, known = self._by_terms
        fresh = np.flatnonzero(live & (changed | (np.arange(len(live)) >= known)))
        kept = live[owners] & ~changed[owners]
        part, at = table.terms.take(fresh)
        told = np.where(table.end >= 0, table.end, table.told)[fresh]
        more, rows = term_keys(part, table.emphasis[at], rarity, told)
        blocks, owners = np.concatenate([blocks[kept], more]), np.concatenate([owners[kept], fresh[rows]])
        self._by_terms = (blocks, owners, len(live))
        row = table.blocks.row
        own = live[row]
        return np.concatenate([table.blocks.values[own], blocks]), np.concatenate([row[own], owners])

    def _copied(self, code: Ints, shared: Sequence[SharedText], accounts: Accounts) -> Flags:
        """Return for each pair whether both have a claim in the passage that their documents share."""
        known, self._passages = self._passages, {}
        for one in shared:
            rows = accounts.of.get(one.a), accounts.of.get(one.b)
            if rows[0] and rows[1]:
                at = (one, rows[0][0], rows[1][0])
                self._passages[at] = known[at] if at in known else _in_passage(accounts, one)
        wanted = np.unique(np.fromiter((pair for pairs in self._passages.values() for pair in pairs), np.int64))
        result = np.zeros(len(code), bool)
        if len(wanted) and len(code):
            places = np.minimum(np.searchsorted(code, wanted), len(code) - 1)
            result[places[code[places] == wanted]] = True
        return result

    def _changed(self, rows: int, terms: Rows, rarity: Rarity) -> Flags:
        """Return for each row whether the rarity of one of its terms is another than it was."""
        old = self._rarity
        result = np.zeros(rows, bool)
        if old is None or old.speaks != rarity.speaks:
            return ~result
        other = rarity.other(old)
        if len(other):
            at = np.minimum(np.searchsorted(other, terms.values), len(other) - 1)
            result[terms.row[other[at] == terms.values]] = True
        return result


def _unrelated(rows: Ints, table: Table, rarity: Rarity) -> Ints:
    """Return how many pairs of `rows` told so far apart that they cannot be on one event reach each level of text."""
    of_rows, held = table.terms.take(rows)
    terms, place = np.unique(of_rows.values, return_inverse=True)
    dense = np.zeros((len(rows), len(terms)), np.float32)
    dense[of_rows.row, place] = rarity.weights(of_rows, table.emphasis[held])
    a, b = np.triu_indices(len(rows), 1)
    told = table.told[rows]
    apart = (told[a] >= 0) & (told[b] >= 0) & (np.abs(told[a] - told[b]) > _UNRELATED_DAYS)
    cosine = (dense @ dense.T)[a, b][apart].astype(np.float64)
    nothing = np.zeros(len(cosine))
    of_pairs = {"cosine": cosine, "copied": nothing > 0, "jaccard": nothing, "ages": nothing, "place_bits": nothing}
    found = levels(table.said, rows[a[apart]], rows[b[apart]], of_pairs)
    return np.bincount(found[:, text_column()], minlength=len(comparisons()[text_column()].weights))


def _rarity_of(accounts: Accounts, terms: Rows, live: Flags) -> Rarity:
    held = terms.row
    keep = live[held]
    held = accounts.numbers()[held]
    held |= terms.values << 32
    held = distinct(held[keep])
    return Rarity.of(held >> 32, len(accounts.of))


def _likeness(a: Ints, b: Ints, table: Table, rarity: Rarity) -> dict[str, Floats]:
    rows = distinct(np.concatenate([a, b]))
    a, b = np.searchsorted(rows, a), np.searchsorted(rows, b)
    said, _ = table.words.take(rows)
    words = in_common(a, b, said)
    size = np.diff(said.starts)
    either = size[a] + size[b] - words
    cosine = np.full(len(a), np.nan)
    if rarity.speaks and len(a):
        terms, at = table.terms.take(rows)
        emphasis = table.emphasis[at]
        heavy = np.concatenate([rarity.weights(part, emphasis[here]) for here, part in terms.parts()])
        cosine = in_common(a, b, terms, heavy)
    ages, _ = table.ages.take(rows)
    places, _ = table.places.take(rows)
    told = np.diff(ages.starts) > 0
    same_age = in_common(a, b, ages, np.sqrt(rarity.bits_of(ages)))
    same_place = in_common(a, b, places, np.sqrt(rarity.bits_of(places)))
    return {
        "jaccard": words / np.maximum(either, 1),
        "cosine": np.round(cosine, 6),
        "place_bits": np.where(rarity.speaks, np.round(same_place), np.nan),
        "ages": np.where(told[a] & told[b] & rarity.speaks, np.round(same_age), np.nan),
    }


def _in_passage(accounts: Accounts, one: SharedText) -> list[int]:
    """Return the pairs of rows of two documents that both have a claim in the passage that the documents share."""
    sides = []
    for key, (low, high) in zip((one.a, one.b), copied(one), strict=True):
        rows = accounts.of.get(key, ())
        sides.append([row for row in rows if any(low <= a and b <= high for a, b in accounts.readings[row].spans)])
    return [min(pair) << 32 | max(pair) for pair in product(*sides)]
