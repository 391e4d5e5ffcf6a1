"""The words of an account, weighed by how rare they are among the documents that are linked; nothing outside is asked.

The weight of a term is the binary logarithm of the number of documents over the number that hold it, each rounded down
to a power of two: a document more or less then changes few weights, and which, is known (link/compared.py).
"""

import re
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import log2

import numpy as np
from numpy.typing import NDArray

from corroborate.link.features import Reading
from corroborate.model import Document

_TERM = re.compile(r"[^\W_]{2,}")
# Below 64 documents a term in one of them is no rarer than six bits: the likeness says nothing (0.2 of the terms of two
# reports are then shared by chance). The claims' own words are compared instead.
LEAST_DOCUMENTS = 64
# How much more than another word a name weighs (docs/decisions/0006 has the figures for 1, 1.5, 2 and 3).
_NAME = 2.0
# A word twice as rare (in bits) says more than twice as much, and two long texts have more in common than their cosine
# shows, two short ones less (Singhal, Buckley and Mitra 1996: "pivoted" lengths); the pivot is the median article's.
# docs/decisions/0006 has the figures.
_RARITY_POWER = 1.5
_LENGTH_POWER = 0.15
_PIVOT_TERMS = 150.0
# "a 25-year-old", "25 years old", "aged 25", "Amira Hassan, 25,".
_AGE = re.compile(
    r"(?i:\b(\d{1,3})[\s-]*years?[\s-]*old|\baged?\s+(\d{1,3})\b)|\b[A-Z][\w'’.-]*,\s+(\d{1,3})(?=\s*[,.;)])"
)
_OLDEST = 110

# A term of so few documents (a name) needs no month beside it to make a block.
NAME_DOCUMENTS = 16
# Values looked at together.
_AT_ONCE = 2_000_000

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def distinct(values: Ints) -> Ints:
    """Return the distinct values, sorted. (numpy's own hashes them: slower on arrays of many different numbers.)"""
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered


@dataclass(frozen=True, slots=True)
class Rows:
    """Lists of numbers laid end to end: row i is `values[starts[i] : starts[i + 1]]`, sorted and without doubles."""

    starts: Ints
    values: Ints

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> "Rows":
        """Return the rows of lists, each already sorted."""
        starts = np.zeros(len(lists) + 1, np.int64)
        np.cumsum([len(row) for row in lists], out=starts[1:])
        return cls(starts, np.fromiter((value for row in lists for value in row), np.int64, int(starts[-1])))

    @classmethod
    def joined(cls, parts: Sequence["Rows"]) -> "Rows":
        """Return the rows of several, one after the other."""
        if not parts:
            return cls(np.zeros(1, np.int64), np.zeros(0, np.int64))
        starts = [parts[0].starts]
        for part in parts[1:]:
            starts.append(part.starts[1:] + starts[-1][-1])
        return cls(np.concatenate(starts), np.concatenate([part.values for part in parts]))

    def take(self, rows: Ints) -> tuple["Rows", Ints]:
        """Return some of the rows, and where their values stand."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        at = np.arange(starts[-1]) + np.repeat(self.starts[rows] - starts[:-1], lengths)
        return Rows(starts, self.values[at]), at

    def parts(self) -> Iterator[tuple[slice, "Rows"]]:
        """Yield the rows in parts that fit the memory: where the values of each stand, and the part by itself."""
        low = 0
        while low < len(self.starts) - 1:
            high = int(np.searchsorted(self.starts, self.starts[low] + _AT_ONCE, "right")) - 1
            high = min(max(high, low + 1), len(self.starts) - 1)
            here = slice(int(self.starts[low]), int(self.starts[high]))
            yield here, Rows(self.starts[low : high + 1] - self.starts[low], self.values[here])
            low = high

    @property
    def row(self) -> Ints:
        """The number of the row that each value stands in."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


def territories(document: Document, text: str, accounts: Sequence[Reading], subject: int | None) -> list[str]:
    """Return the text that each account of a document is told in: the sentences of its claims, and those that follow
    until another account's; what stands before the first claim belongs to the first account. The account that the
    document is about (its position, null for none) is told in all of it. `text` is the document's with what is of no
    event left blank (link/repeated.py).
    """
    if len(accounts) == 1 or not document.sentences:
        return [text] * len(accounts)
    starts = [start for start, _ in document.sentences]
    owner: dict[int, int] = {}
    for number, account in enumerate(accounts):
        for start, _ in account.spans:
            owner.setdefault(max(bisect_right(starts, start) - 1, 0), number)
    current = owner[min(owner)]
    told: list[list[str]] = [[] for _ in accounts]
    for index, (start, end) in enumerate(document.sentences):
        current = owner.get(index, current)
        told[current].append(text[start:end])
    return [text if i == subject else " ".join(sentences) for i, sentences in enumerate(told)]


def number_of(word: str) -> int:
    """Return a word as a number of 31 bits: a row's number above it makes one that fits 64 bits."""
    return zlib.crc32(word.encode()) >> 1


def counted(text: str) -> list[tuple[int, float]]:
    """Return the terms of a text (its words, and the ages of people) as numbers, each with its emphasis, in order.

    The emphasis grows with the logarithm of the count; that of names (words that the text writes with a capital only)
    and ages is twice as much: they say which event, other words what kind of event.
    """
    words = _TERM.findall(text)
    plain = {word for word in words if not word[0].isupper()}
    names = {word.casefold() for word in words if word[0].isupper() and word.lower() not in plain}
    found = dict.fromkeys(ages(text), _NAME)
    for term, count in Counter(word.casefold() for word in words).items():
        number = number_of(term)
        found[number] = max(found.get(number, 0.0), (1.0 + log2(count)) * (_NAME if term in names else 1.0))
    return sorted(found.items())


def numbers_of(text: str) -> list[int]:
    """Return the words of a text as numbers of terms."""
    return [number_of(word.casefold()) for word in _TERM.findall(text)]


def ages(text: str) -> list[int]:
    """Return the ages of people that a text tells as numbers of terms, sorted."""
    found = {int(next(filter(None, match.groups()))) for match in _AGE.finditer(text)}
    return sorted(number_of(f"{age} years old") for age in found if age <= _OLDEST)


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare terms are: `terms` sorted, `bits` of each (0 where every second document holds it)."""

    terms: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    bits: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    held: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    documents: int = 0

    def moved(self, come: Ints, gone: Ints, documents: int) -> "Rarity":
        """Return the rarity when documents come or go, given the terms of each (a term as often as documents hold it),
        and the number of documents that there are then.
        """
        come, more = np.unique(come, return_counts=True)
        gone, less = np.unique(gone, return_counts=True)
        terms = distinct(np.concatenate([self.terms, come]))
        held = np.zeros(len(terms), np.int64)
        held[np.searchsorted(terms, self.terms)] = self.held
        held[np.searchsorted(terms, come)] += more
        held[np.searchsorted(terms, gone)] -= less
        terms, held = terms[held > 0], held[held > 0]
        whole = max(documents, 1).bit_length() - 1
        bits = np.maximum(whole - np.floor(np.log2(held)).astype(np.int64), 0)
        return Rarity(terms, bits, held, documents)

    def held_by(self, terms: Ints) -> Ints:
        """Return how many documents hold each term."""
        return self.held[self._place(terms)]

    def other(self, old: "Rarity") -> Ints:
        """Return the terms that are rarer or less rare than they were, or that begin or cease to be names or shared."""
        if not len(old.terms):
            return self.terms
        at = old._place(self.terms)
        known = old.terms[at] == self.terms
        names = (old.held[at] <= NAME_DOCUMENTS) != (self.held <= NAME_DOCUMENTS)
        shared = (old.held[at] > 1) != (self.held > 1)
        return np.asarray(self.terms[known & ((old.bits[at] != self.bits) | names | shared)])

    def _place(self, terms: Ints) -> Ints:
        return np.minimum(np.searchsorted(self.terms, terms), max(len(self.terms) - 1, 0))

    @property
    def speaks(self) -> bool:
        """Whether there are documents enough for rarity to mean something."""
        return self.documents >= LEAST_DOCUMENTS

    def bits_of(self, rows: Rows) -> Ints:
        """Return the bits of each term of the rows."""
        place = self._place(rows.values)
        # A row that is gone may hold a term that no document holds any more.
        return np.where(self.terms[place] == rows.values, self.bits[place], 0)

    def weights(self, rows: Rows, emphasis: Floats) -> Floats:
        """Return the weight of each term of the rows: what two rows have in common is the sum of the products.

        Each row has a length of one (or zero) where it holds as many terms as the median article, a longer one more.
        """
        raw = self.bits_of(rows) ** _RARITY_POWER * emphasis
        norm = np.sqrt(np.bincount(rows.row, raw * raw, len(rows.starts) - 1))
        count = np.bincount(rows.row, emphasis > 0, len(rows.starts) - 1)
        return raw * ((count / _PIVOT_TERMS) ** _LENGTH_POWER / np.where(norm > 0, norm, 1.0))[rows.row]
