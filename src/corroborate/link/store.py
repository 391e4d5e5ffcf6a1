"""The accounts that are linked, kept in rows so that documents can be added; what was built anew leaves a dead row."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from corroborate.link.accounts import accounts, subject, with_surroundings
from corroborate.link.binding import Bindings
from corroborate.link.features import Reading
from corroborate.link.inner import inner_links
from corroborate.link.table import Table
from corroborate.link.terms import territories
from corroborate.model import Document, Link

Flags = NDArray[np.bool_]
# Accounts put into columns at a time: their terms are Python's own numbers meanwhile.
_AT_ONCE = 10_000


class Accounts:
    """Rows of accounts: `readings`, the rows `of` each document (by id), its `subject`, the row it is about, and the
    `links` between the claims of a row.
    """

    def __init__(self) -> None:
        self.readings: list[Reading] = []
        self.of: dict[str, list[int]] = {}
        self.subject: dict[str, int] = {}
        self.links: dict[int, tuple[Link, ...]] = {}
        self._live: list[bool] = []
        self._tables: list[Table] = []

    def build(
        self,
        keys: Iterable[str],
        claims: Callable[[str], list[Reading]],
        documents: Mapping[str, Document],
        text: Callable[[str], str],
        bindings: Bindings,
    ) -> None:
        """Put the claims of documents (their readings by the document's id) together anew; their former accounts are
        dead rows.

        `text` is a document's with what is of no event left blank. Raises CorroborateError E301 where the probabilistic
        model cannot be run.
        """
        told: list[str] = []
        # Claims are read anew where documents are built anew: a million readings would be held for that alone.
        fresh: list[tuple[int, Reading, list[Reading]]] = []
        tables = list(self._tables)

        def laid() -> None:
            tables.append(Table.of([one for _, one, _ in fresh], told))
            self.links.update(inner_links(fresh))
            told.clear()
            fresh.clear()

        for key in keys:
            for row in self.of.pop(key, []):
                self._live[row] = False
                self.links.pop(row, None)
            self.subject.pop(key, None)
            readings = claims(key)
            if readings:
                own = with_surroundings(accounts(readings, bindings))
                first, main = len(self.readings), subject(own)
                self.of[key] = list(range(first, first + len(own)))
                if main is not None:
                    self.subject[key] = first + main
                self.readings += own
                self._live += [True] * len(own)
                fresh += [(row, one, readings) for row, one in enumerate(own, first)]
                told += territories(documents[key], text(key), own, main)
            if len(fresh) >= _AT_ONCE:
                laid()
        if fresh:
            laid()
        if tables:
            self._tables = [Table.joined(tables)]

    @property
    def table(self) -> Table | None:
        """The columns of all rows, null where there are none."""
        return self._tables[0] if self._tables else None

    @property
    def live(self) -> Flags:
        """For each row whether it stands."""
        return np.array(self._live, bool)

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
