"""The accounts that are linked, kept in rows so that documents can be added; what was built anew leaves a dead row."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from corroborate.link.accounts import accounts, subject, with_surroundings
from corroborate.link.binding import Bindings
from corroborate.link.features import Reading
from corroborate.link.table import Table
from corroborate.link.terms import Ints, territories
from corroborate.model import Document

Flags = NDArray[np.bool_]
# Accounts put into columns at a time: their terms are Python's own numbers meanwhile.
_AT_ONCE = 10_000


class Accounts:
    """Rows of accounts: `readings`, the rows `of` each document (by id), and its `subject`, the row it is about."""

    def __init__(self) -> None:
        self.readings: list[Reading] = []
        self.of: dict[str, list[int]] = {}
        self.subject: dict[str, int] = {}
        self._live: list[bool] = []
        self._tables: list[Table] = []

    def build(
        self,
        keys: Iterable[str],
        claims: Mapping[str, list[Reading]],
        documents: Mapping[str, Document],
        texts: Mapping[str, str],
        bindings: Bindings,
    ) -> None:
        """Put the claims (readings by document id) of documents together anew; their former accounts are dead rows.

        `texts` are those of the documents with what is of no event left blank.
        """
        fresh: list[Reading] = []
        told: list[str] = []
        tables = list(self._tables)
        for key in keys:
            for row in self.of.pop(key, []):
                self._live[row] = False
            self.subject.pop(key, None)
            if claims[key]:
                own = with_surroundings(accounts(claims[key], bindings))
                first, main = len(self.readings), subject(own)
                self.of[key] = list(range(first, first + len(own)))
                if main is not None:
                    self.subject[key] = first + main
                self.readings += own
                fresh += own
                told += territories(documents[key], texts[key], own, main)
            if len(fresh) >= _AT_ONCE:
                tables.append(Table.of(fresh, told))
                fresh, told = [], []
        if fresh:
            tables.append(Table.of(fresh, told))
        if tables:
            self._tables = [Table.joined(tables)]
        self._live += [True] * (len(self.readings) - len(self._live))

    @property
    def table(self) -> Table | None:
        """The columns of all rows, null where there are none."""
        return self._tables[0] if self._tables else None

    @property
    def live(self) -> Flags:
        """For each row whether it stands."""
        return np.array(self._live, bool)

    def numbers(self) -> Ints:
        """Return for each live row the number of its document; 0 for the dead."""
        result = np.zeros(len(self.readings), np.int64)
        for number, rows in enumerate(self.of.values()):
            result[rows] = number
        return result

    def bound(self, bindings: Bindings) -> Iterator[tuple[str, int]]:
        """Yield what stands for each live row that people decided on, with the row."""
        if bindings.claims:
            for row, reading in enumerate(self.readings):
                if self._live[row]:
                    for root in bindings.roots(reading.claims):
                        yield root, row

    def is_subject(self, row: int) -> bool:
        """Whether a row's document is about it."""
        return self.subject.get(self.readings[row].document) == row
