"""Incidents, the links that made them, and what weighing found in them."""

from dataclasses import dataclass
from typing import Literal

from corroborate.model.claim import EventType, Place, SourceKind, When

# "unspecified" holds figures that do not say who was counted.
HarmGroup = Literal[
    "unspecified", "civilians", "children", "women", "men", "belligerents", "responders", "journalists"
]  # fmt: skip
StrikeStatus = Literal["declared", "likely", "contested", "single_source"]
Disputed = Literal["figure", "perpetrator", "place", "day", "status", "occurrence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two claims held to speak of one event: `weight` is the log2 match weight, `because` explains it in words."""

    a: str
    b: str
    weight: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedText:
    """Two documents with the same words: the longest shared stretch in each, and the share of each that is shared.

    `earlier` is the id of the document that had the words first, null where the dates do not tell.
    """

    a: str
    b: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    share_a: float
    share_b: float
    earlier: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Claims of one event, before they are weighed; an aggregate is a total over a time or area.

    `founder` is the claim (id) first published: the incident keeps the id that follows from it while claims are added.
    """

    claims: tuple[str, ...]
    aggregate: bool
    contains: tuple[int, ...] = ()  # positions of the clusters that an aggregate contains, in the same list
    founder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """From the lowest to the highest credible figure; `max` is null where no report bounds it from above.

    `best` is the figure that the rule of the range puts between them, null under a rule that gives none.
    """

    min: int
    max: int | None
    best: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """The killed and the injured of one group of people, null where no report counts them."""

    killed: Range | None = None
    injured: Range | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegedActor:
    """Who is said to have done it, and by which claims."""

    name: str
    party: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One mouth behind an incident: its documents, its claims, and why they count as one."""

    name: str
    kind: SourceKind
    party: str | None
    documents: tuple[str, ...]
    claims: tuple[str, ...]
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginCount:
    """How many origins can be shown to be independent, and how many are possible as nothing speaks against it."""

    shown: int
    possible: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the accounts that clash: what it says, in which claims, from which origins (names)."""

    value: str
    claims: tuple[str, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Accounts that cannot both be right, or that lay the deed to different hands."""

    about: Disputed
    sides: tuple[Side, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A plain sentence and the claims it rests on (ids)."""

    sentence: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A suggested grade under a named scheme, with its reasons; never a verdict."""

    scheme: str
    value: str
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One event as its reports have it. See docs/records.md for each field."""

    id: str
    claims: tuple[str, ...]
    aggregate: bool
    contains: tuple[str, ...]
    type: EventType | None
    where: Place | None
    when: When | None
    harm: dict[HarmGroup, Harm]
    alleged_actors: tuple[AllegedActor, ...]
    strike_status: StrikeStatus | None
    origins: tuple[Origin, ...]
    independent_origins: OriginCount
    contradictions: tuple[Contradiction, ...]
    grade: Grade | None
