"""One party of the register, and for whom it speaks."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

PartyKind = Literal[
    "state", "government", "ministry", "parliament", "police", "armed_forces", "armed_group", "coalition", "militia",
    "authority", "political", "body", "court", "ngo", "monitor", "responders", "agency", "outlet", "company",
]  # fmt: skip
# Kinds of a voice, in the words of the contract's `source.kind`.
VoiceKind = Literal["organisation", "agency", "outlet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allegiance:
    """For which side (a party's id) somebody speaks, from when to when (None: open), and what says so."""

    side: str
    since: date | None = None
    until: date | None = None
    source: str = ""

    def holds(self, on: date) -> bool:
        """Say whether it held on that day (the first day counts, the last does not)."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One party of the register; `state` is the state whose organ it is, `part_of` a party that it belongs to."""

    id: str
    name: str
    kind: PartyKind
    country: str | None
    aliases: tuple[str, ...] = ()
    cased: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    contextual: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    part_of: str | None = None
    state: str | None = None
    sides: tuple[Allegiance, ...] = ()
    source: str = ""
