"""What people decide, and what that asks of the claims as they are read now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

DecisionKind = Literal[
    "accept", "reject", "correct", "same", "not_same", "split", "merge", "reliability", "withdraw"
]  # fmt: skip
# together: all claims of all sides are of one incident. apart: no claim of one side is in an incident with a claim of
# another. pinned: the claims of the one side are an incident that a person reviewed.
Binding = Literal["together", "apart", "pinned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field that a person sets, and what it is set to, as `corroborate decide --set FIELD=VALUE` takes it."""

    field: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided, why and when; a later one may supersede it, none is overwritten.

    `on` are ids; for `reliability` the name of a source, for `withdraw` the decision that no longer holds.
    """

    id: str
    by: str
    at: datetime
    what: DecisionKind
    on: tuple[str, ...]
    why: str
    supersedes: str | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A standing decision brought to the claims as they are read now.

    `sides` are ids of such claims: one side for each claim or incident that the decision is on (of a split: those that
    stay and those that leave). `binds` is what it asks of the linking, null where it asks nothing. `waits` says why it
    cannot be brought to them and has to be reviewed by a person; it binds nothing then.
    """

    decision: Decision
    sides: tuple[tuple[str, ...], ...]
    binds: Binding | None
    waits: str | None = None


def reliability(found: Iterable[Ruling]) -> dict[str, Ruling]:
    """Return what people decided on the reliability of a source, by its name in lower case; nothing else rates one."""
    return {one.decision.on[0].casefold(): one for one in found if one.decision.what == "reliability"}
