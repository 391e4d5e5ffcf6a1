"""Which accounts are compared and what their comparison says; pairs that nothing changed for are not compared again."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corroborate.link.candidates import Candidates, Fits
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
from corroborate.link.pairs import in_common, term_keys
from corroborate.link.rules import linking_rules
from corroborate.link.shared import copied
from corroborate.link.store import Accounts, Flags
from corroborate.link.table import Table
from corroborate.link.terms import Floats, Ints, Rarity, Rows, distinct, numbers_of
from corroborate.model import SharedText

# So many documents are drawn to see how alike texts on different events are: 45,000 pairs. Two told further apart than
# this are not on one event: of the pairs of GVA told further apart, one in 10,000 is.
_SAMPLE = 300
_UNRELATED_DAYS = 90
# Pairs compared, and pairs looked through, at a time, to bound memory.
_AT_ONCE = 500_000
_LOOKED_AT = 4_000_000
_NONE = np.zeros(0, np.int64)
_NO_FLAGS = np.zeros(0, bool)


@dataclass(frozen=True, slots=True)
class Compared:
    """What the comparison of some pairs says: the rows (the lesser first), the levels reached and the weight.

    `like` are pairs of whole reports that are so alike that they can be of one event: likeness speaks for these only, a
    few sentences are alike as easily as headlines are. `people` are those of them that tell of the same people. `named`
    says of them in how many of the two reports (0 to 2) a place stands that the other puts the event in.
    """

    a: Ints
    b: Ints
    levels: Levels
    weight: Floats
    copied: Flags
    like: Flags
    people: Flags
    named: Ints

    def part(self, here: slice | Flags) -> "Compared":
        """Return some of the pairs."""
        return Compared(
            self.a[here],
            self.b[here],
            self.levels[here],
            self.weight[here],
            self.copied[here],
            self.like[here],
            self.people[here],
            self.named[here],
        )


@dataclass(frozen=True, slots=True)
class Pairs:
    """All compared pairs, in the order of `code` (the lesser row in the upper 32 bits): the levels reached as one
    number, whether a copied passage holds both, whether both are what their documents are about; and what the levels
    of text weigh among these documents beyond what is shipped.
    """

    code: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    reached: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    copied: Flags = field(default_factory=lambda: np.zeros(0, bool))
    whole: Flags = field(default_factory=lambda: np.zeros(0, bool))
    beyond: Floats = field(default_factory=lambda: np.zeros(0))

    def at(self, places: Ints) -> Compared:
        """Return what the comparison of the pairs at some places says."""
        (found, named), whole = _unpacked(self.reached[places]), self.whole[places]
        weight = weights(found)
        if len(self.beyond):
            weight[whole] += self.beyond[found[whole, text_column()]]
        like, code = alike(found), self.code[places]
        people = like & same_people(found)
        return Compared(code >> 32, code & 0xFFFFFFFF, found, weight, self.copied[places], like, people, named)

    def places(self, code: Ints) -> Ints:
        """Return the places of those of the pairs (sorted) that are compared."""
        at = np.searchsorted(self.code, code)
        code, at = code[at < len(self.code)], at[at < len(self.code)]
        return np.asarray(at[self.code[at] == code])

    def of_rows(self, rows: Ints) -> Ints:
        """Return the places of the pairs of which the lesser is one of the rows (sorted), in order."""
        low, high = np.searchsorted(self.code, rows << 32), np.searchsorted(self.code, (rows + 1) << 32)
        lengths = high - low
        before = np.cumsum(lengths) - lengths
        return np.asarray(np.arange(int(lengths.sum())) + np.repeat(low - before, lengths))


class Comparing:
    """The comparison of accounts, which remembers what it compared before."""

    def __init__(self) -> None:
        self._rarity = Rarity()
        self._live: Flags = _NO_FLAGS
        self._candidates = Candidates(linking_rules().largest_block)
        self._pairs = Pairs()
        # The pairs of rows in a shared passage, by the passage and the first row of each document; and all, sorted.
        self._passages: dict[tuple[SharedText, int, int], list[int]] = {}
        self._copied: Ints = _NONE

    def pairs(self, accounts: Accounts, shared: Sequence[SharedText]) -> tuple[Pairs, Ints]:
        """Return the compared pairs of live rows, and those (by code) that come, go or say another thing than before.

        Raises CorroborateError E301 where the probabilistic model cannot be run.
        """
        table, live = accounts.table, accounts.live
        if table is None:
            return self._pairs, _NONE
        known = np.zeros(len(live), bool)
        known[: len(self._live)] = self._live
        come, gone = np.flatnonzero(live & ~known), np.flatnonzero(known & ~live)
        old, self._live = self._rarity, live
        rarity = self._rarity = old.moved(
            _held(accounts, table, come), _held(accounts, table, gone), documents=len(accounts.of)
        )
        changed = _changed(table.terms, rarity, old)
        touched = changed | (live != known)
        fresh = np.flatnonzero(touched & live)
        begun, ceased = self._candidates.change(touched, *_blocks(table, fresh, rarity), _fits(table))
        about = np.zeros(len(live), bool)
        about[list(accounts.subject.values())] = True
        before, copies = self._pairs, self._copied
        self._copied = self._in_passages(shared, accounts)
        pairs = _spliced(before, begun, ceased, about)
        again = (pairs.reached < 0) | _of(pairs.code, changed)
        again |= _in(pairs.code, np.setxor1d(copies, self._copied, assume_unique=True))
        told = [ceased, *self._compare(pairs, np.flatnonzero(again), accounts, table)]
        beyond = _beyond(accounts, table, rarity) if rarity.speaks and pairs.whole.any() else np.zeros(0)
        if not np.array_equal(beyond, before.beyond):
            told.append(pairs.code[pairs.whole])
        self._pairs = Pairs(pairs.code, pairs.reached, pairs.copied, pairs.whole, beyond)
        return self._pairs, distinct(np.concatenate(told))

    def _in_passages(self, shared: Sequence[SharedText], accounts: Accounts) -> Ints:
        """Return the pairs of rows that both have a claim in the passage that their documents share."""
        known, self._passages = self._passages, {}
        for one in shared:
            rows = accounts.of.get(one.a), accounts.of.get(one.b)
            if rows[0] and rows[1]:
                at = (one, rows[0][0], rows[1][0])
                self._passages[at] = known[at] if at in known else _in_passage(accounts, one)
        return distinct(np.fromiter((pair for pairs in self._passages.values() for pair in pairs), np.int64))

    def _compare(self, pairs: Pairs, places: Ints, accounts: Accounts, table: Table) -> Iterator[Ints]:
        """Compare the pairs at some places; yield (by code) those of which something else is said than before."""
        for low in range(0, len(places), _AT_ONCE):
            here = places[low : low + _AT_ONCE]
            code = pairs.code[here]
            a, b, same = code >> 32, code & 0xFFFFFFFF, _in(code, self._copied)
            of_pairs: dict[str, NDArray[Any]] = {"copied": same, "whole": pairs.whole[here]}
            found = levels(table.said, a, b, of_pairs | _likeness(a, b, table, self._rarity))
            named = np.zeros(len(here), np.int64)
            for pair in np.flatnonzero(alike(found)).tolist():
                named[pair] = _named(int(a[pair]), int(b[pair]), accounts, table)
            reached = _packed(found, named)
            yield code[(reached != pairs.reached[here]) | (same != pairs.copied[here])]
            pairs.reached[here], pairs.copied[here] = reached, same


def _held(accounts: Accounts, table: Table, rows: Ints) -> Ints:
    """Return the terms of rows, sorted, each once for each document that holds it."""
    number: dict[str, int] = {}
    of = [number.setdefault(accounts.readings[row].document, len(number)) for row in rows.tolist()]
    terms, _ = table.terms.take(rows)
    held = np.array(of, np.int64)[terms.row]
    held |= terms.values << 32
    return distinct(held) >> 32


def _changed(terms: Rows, rarity: Rarity, old: Rarity) -> Flags:
    """Return for each row whether the rarity of one of its terms is another than it was."""
    result = np.zeros(len(terms.starts) - 1, bool)
    if old.speaks != rarity.speaks:
        return ~result
    other = rarity.other(old)
    if len(other):
        at = np.minimum(np.searchsorted(other, terms.values), len(other) - 1)
        places = np.flatnonzero(other[at] == terms.values)
        result[np.searchsorted(terms.starts, places, "right") - 1] = True
    return result


def _blocks(table: Table, rows: Ints, rarity: Rarity) -> tuple[Ints, Ints]:
    """Return the blocks of rows, and for each whose it is."""
    terms, at = table.terms.take(rows)
    told = np.where(table.end >= 0, table.end, table.told)[rows]
    by_terms, owners = term_keys(terms, table.emphasis[at], rarity, told)
    fixed, _ = table.blocks.take(rows)
    return np.concatenate([fixed.values, by_terms]), rows[np.concatenate([fixed.row, owners])]


def _fits(table: Table) -> Fits:
    """Return whether two rows are of one kind, and of days that meet as far as both say them."""
    gap = linking_rules().day_gap

    def fits(a: Ints, b: Ints) -> Flags:
        apart = np.maximum(table.start[a], table.start[b]) - np.minimum(table.end[a], table.end[b])
        unknown = (table.start[a] < 0) | (table.start[b] < 0)
        told = (table.told[a] >= 0) & (table.told[b] >= 0) & (np.abs(table.told[a] - table.told[b]) <= gap)
        return np.asarray((table.kind[a] == table.kind[b]) & (unknown | (apart <= gap) | told))

    return fits


def _spliced(old: Pairs, begun: Ints, ceased: Ints, about: Flags) -> Pairs:
    """Return the pairs without those that ceased and with those that begun; what these say is below zero as yet."""
    keep = ~_in(old.code, ceased)
    code = old.code[keep]
    begun = begun[~_in(begun, code)]
    at = np.searchsorted(code, begun)
    return Pairs(
        np.insert(code, at, begun),
        np.insert(old.reached[keep], at, -1),
        np.insert(old.copied[keep], at, False),
        np.insert(old.whole[keep], at, about[begun >> 32] & about[begun & 0xFFFFFFFF]),
        old.beyond,
    )


def _in(values: Ints, wanted: Ints) -> Flags:
    """Return for each of the values whether it is wanted; both are sorted and without doubles."""
    result = np.zeros(len(values), bool)
    if len(values) and len(wanted) < len(values):
        at = np.minimum(np.searchsorted(values, wanted), len(values) - 1)
        result[at[values[at] == wanted]] = True
    elif len(wanted):
        result = wanted[np.minimum(np.searchsorted(wanted, values), len(wanted) - 1)] == values
    return result


def _of(code: Ints, rows: Flags) -> Flags:
    """Return for each pair whether one of its rows is flagged."""
    result = np.zeros(len(code), bool)
    for low in range(0, len(code), _LOOKED_AT) if rows.any() else ():
        here = slice(low, low + _LOOKED_AT)
        result[here] = rows[code[here] >> 32] | rows[code[here] & 0xFFFFFFFF]
    return result


def _packed(of: Levels, named: Ints) -> Ints:
    """Return the levels of each pair, and in how many of the two the place of the other is named, as one number."""
    result = named
    for column, one in enumerate(comparisons()):
        result = result * len(one.conditions) + of[:, column]
    return result


def _unpacked(reached: Ints) -> tuple[Levels, Ints]:
    """Return both again."""
    result = np.zeros((len(reached), len(comparisons())), np.int8)
    for column, one in reversed(list(enumerate(comparisons()))):
        reached, result[:, column] = np.divmod(reached, len(one.conditions))
    return result, reached


def _beyond(accounts: Accounts, table: Table, rarity: Rarity) -> Floats:
    """Return what each level of text weighs among these documents beyond what is shipped."""
    drawn = nsmallest(_SAMPLE, accounts.subject, key=lambda key: (zlib.crc32(key.encode()), key))
    unrelated = _unrelated(np.array([accounts.subject[key] for key in drawn]), table, rarity)
    return np.asarray(text_weights(unrelated) - np.array(comparisons()[text_column()].weights))


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
    of_pairs = {"cosine": cosine, "copied": nothing > 0, "whole": nothing == 0}
    of_pairs |= dict.fromkeys(("jaccard", "ages", "place_bits"), nothing)
    found = levels(table.said, rows[a[apart]], rows[b[apart]], of_pairs)
    return np.bincount(found[:, text_column()], minlength=len(comparisons()[text_column()].weights))


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


def _named(a: int, b: int, accounts: Accounts, table: Table) -> int:
    """Return in how many of the texts of two accounts a place stands that the other account puts its event in."""
    count = 0
    for one, other in ((a, b), (b, a)):
        told = table.terms.values[table.terms.starts[other] : table.terms.starts[other + 1]]
        names = [numbers_of(spot.said) for spot in accounts.readings[one].spots]
        count += any(len(words) and bool(np.isin(words, told).all()) for words in names)
    return count


def _in_passage(accounts: Accounts, one: SharedText) -> list[int]:
    """Return the pairs of rows of two documents that both have a claim in the passage that the documents share."""
    sides = []
    for key, (low, high) in zip((one.a, one.b), copied(one), strict=True):
        rows = accounts.of.get(key, ())
        sides.append([row for row in rows if any(low <= a and b <= high for a, b in accounts.readings[row].spans)])
    return [min(pair) << 32 | max(pair) for pair in product(*sides)]
