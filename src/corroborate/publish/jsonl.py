"""Records as JSON Lines, one record a line, in the order documents, claims, links, incidents."""

from collections.abc import Iterator
from typing import TextIO

from corroborate.model import Record, write_records
from corroborate.publish.holdings import Holdings


def records(holdings: Holdings) -> Iterator[Record]:
    """Yield the records of the contract; problems are not records and are not among them."""
    yield from holdings.documents
    yield from holdings.claims
    yield from holdings.links
    yield from holdings.incidents


def write_jsonl(holdings: Holdings, stream: TextIO) -> int:
    """Write the holdings as JSON Lines; return how many records."""
    return write_records(records(holdings), stream)
