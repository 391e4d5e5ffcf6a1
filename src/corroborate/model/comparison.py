"""An incident held against the rows of somebody else's list: field by field, with why, and without a verdict."""

from dataclasses import dataclass
from typing import Literal

ComparedField = Literal["date", "place", "party", "killed"]
Agreement = Literal["agree", "differ", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldComparison:
    """One field of an incident (`ours`) beside a row's (`theirs`), in words, and why they agree, differ or miss."""

    field: ComparedField
    agreement: Agreement
    ours: str | None
    theirs: str | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """An incident and a row that can be the same event; `reference` and `line` are null where no row can.

    `reference` is the row's own id (its line where it has none), `why` says why the two are held against each other.
    """

    incident: str
    reference: str | None
    line: int | None
    fields: tuple[FieldComparison, ...]
    why: str
