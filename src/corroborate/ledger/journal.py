"""The journal: one entry for each change, each sealed by a hash over the one before it and its own content.

The digest of an entry is that of the lines that were written (`rows`), so that a row changed outside the program is
found. The chain shows a change, a removal or an insertion anywhere in it; that its last entries were cut off together
with their rows it cannot show by itself: whoever must be sure keeps a copy of the newest hash elsewhere.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from corroborate.ledger.engine import PAGE
from corroborate.ledger.tables import journal

START = "0" * 64  # what the first entry has for the hash before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change: when (UTC, ISO 8601), what (document, problem, incidents or decision), on which id, what was written.

    `digest`, `previous` and `hash` are SHA-256 in hex.
    """

    number: int
    at: str
    what: str
    on: str
    digest: str
    previous: str
    hash: str


def seal(number: int, at: str, what: str, on: str, digest: str, previous: str) -> str:
    """Return the hash of an entry: SHA-256 of the JSON array of its fields, in this order."""
    return hashlib.sha256(json.dumps([number, at, what, on, digest, previous]).encode()).hexdigest()


def append(connection: Connection, what: str, on: str, digest: str) -> None:
    """Add an entry. Call it within the transaction of the change itself, which must hold the ledger's write lock."""
    last = connection.execute(select(journal).order_by(journal.c.number.desc()).limit(1)).first()
    number, previous = (last.number + 1, last.hash) if last else (1, START)
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    sealed = seal(number, at, what, on, digest, previous)
    values = {"number": number, "at": at, "what": what, "about": on, "digest": digest, "previous": previous}
    connection.execute(insert(journal).values(**values, hash=sealed))


def entries(connection: Connection) -> Iterator[Entry]:
    """Yield every entry, oldest first."""
    wanted = select(journal).order_by(journal.c.number).execution_options(yield_per=PAGE)
    for row in connection.execute(wanted):
        yield _entry(row)


def latest(connection: Connection, what: str, on: str) -> Entry | None:
    """Return the newest entry of a kind on an id."""
    wanted = select(journal).where(journal.c.what == what, journal.c.about == on)
    row = connection.execute(wanted.order_by(journal.c.number.desc()).limit(1)).first()
    return _entry(row) if row else None


def first_broken(connection: Connection) -> int | None:
    """Return the number of the first entry that does not follow from the one before it, null where all do."""
    previous = START
    for number, entry in enumerate(entries(connection), start=1):
        sealed = seal(entry.number, entry.at, entry.what, entry.on, entry.digest, entry.previous)
        if (entry.number, entry.previous, entry.hash) != (number, previous, sealed):
            return number
        previous = entry.hash
    return None


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        number=row.number,
        at=row.at,
        what=row.what,
        on=row.about,
        digest=row.digest,
        previous=row.previous,
        hash=row.hash,
    )
