"""Lines that an outlet prints in many reports, whatever they are on: headlines in the margin, forms, words on itself.

They make reports of one outlet alike that have nothing else in common, and reports of one event in two outlets unlike.
"""

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from urllib.parse import urlsplit

import numpy as np

from corroborate.model import Document

# A line ends where it is broken, or with a sentence. This does not wait for the reader's sentences: the same words may
# be parted otherwise in another report.
_LINE = re.compile(r"[^\n]+?(?:[.!?][\"”’]?(?=\s+[\"“‘]?[A-Z])|(?=\n)|$)")
_WORD = re.compile(r"\w+")
# Two words ("Read more", a town and a day above a dispatch) are no line of their own.
_LEAST_WORDS = 3
# An outlet's reports of one event repeat a sentence within days; what stands in four of them over more than a month is
# of no event (docs/decisions/0006 has the figures for two, three and four).
_REPORTS, _DAYS = 4, 30


class Repeated:
    """The lines of all documents, by the outlet that printed them."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._ids: list[str] = []
        self._lines = np.zeros(0, np.int64)
        self._owner = np.zeros(0, np.int64)
        self._days = np.zeros(0, np.int64)
        self._repeated: set[int] = set()

    def add(self, documents: Iterable[Document]) -> set[str]:
        """Add documents; return the ids of all that are here in which a line has become a repeated one."""
        lines: list[int] = []
        owner: list[int] = []
        days: list[int] = []
        for document in documents:
            if document.id in self._number:
                continue
            number = self._number[document.id] = len(self._ids)
            self._ids.append(document.id)
            days.append(document.published.end.toordinal() if document.published else 0)
            found = {key for _, _, key in _lines(document)} if document.published else set()
            lines += found
            owner += [number] * len(found)
        self._lines = np.concatenate([self._lines, np.array(lines, np.int64)])
        self._owner = np.concatenate([self._owner, np.array(owner, np.int64)])
        self._days = np.concatenate([self._days, np.array(days, np.int64)])
        here = np.flatnonzero(np.isin(self._lines, np.array(lines, np.int64)))
        here = here[np.argsort(self._lines[here], kind="stable")]
        if not len(here):
            return set()
        starts = np.flatnonzero(np.concatenate(([True], np.diff(self._lines[here]) != 0)))
        day = self._days[self._owner[here]]
        span = np.maximum.reduceat(day, starts) - np.minimum.reduceat(day, starts)
        count = np.diff(np.append(starts, len(here)))
        found = {*self._lines[here[starts[(count >= _REPORTS) & (span > _DAYS)]]].tolist()} - self._repeated
        self._repeated |= found
        touched = self._owner[np.isin(self._lines, np.array(sorted(found), np.int64))]
        return {self._ids[number] for number in touched.tolist()}

    def without(self, document: Document) -> str:
        """Return the document's text, of the same length, with spaces in place of what belongs to the page alone and of
        the repeated lines.
        """
        report, parts, at = document.report, [], 0
        for start, end, key in _lines(document) if self._repeated else ():
            if key in self._repeated:
                parts += [report[at:start], " " * (end - start)]
                at = end
        return "".join([*parts, report[at:]])


def _lines(document: Document) -> Iterator[tuple[int, int, int]]:
    """Yield where each line of a document stands, and a number of 63 bits that says its words and its outlet."""
    outlet = document.outlet or (urlsplit(document.url).hostname if document.url else None)
    if outlet is None:
        return
    for match in _LINE.finditer(document.text):
        words = _WORD.findall(match[0])
        if len(words) >= _LEAST_WORDS:
            digest = blake2b("\0".join([outlet, *words]).encode(), digest_size=8).digest()
            yield match.start(), match.end(), int.from_bytes(digest, "big") >> 1
