"""A claim: one event mention with its polarity, as one voice puts it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from corroborate.model.text import Span

Voice = Literal["own", "attributed", "unresolved"]
SourceKind = Literal["person", "organisation", "outlet", "agency", "post", "document", "recording", "unnamed"]
Modality = Literal["asserted", "reported", "hedged", "speculated", "denied"]
Polarity = Literal["affirmed", "negated"]
# The sixteen types of PLOVER, and four for what PLOVER has no word for.
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "DISPLACE", "DECLARE", "CONTROL", "STATE",
]  # fmt: skip
DatePrecision = Literal["day", "week", "month", "year", "open"]
RelationKind = Literal["offset", "near", "between", "part_of"]
Measure = Literal[
    "killed", "injured", "missing", "detained", "displaced", "population", "fighters", "vehicles", "share", "other"
]  # fmt: skip
Counted = Literal["civilians", "children", "women", "men", "belligerents", "responders", "journalists"]
Bound = Literal["exact", "at_least", "more_than", "up_to", "less_than", "about", "vague"]
Harmed = Literal["killed", "injured", "missing", "detained"]
EvidenceKind = Literal["video", "photo", "document", "link"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Span):
    """Whose word a claim rests on, as this document names it; `party` is an id of the register of parties."""

    name: str
    kind: SourceKind
    party: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One voice on the way from the publishing document to the origin; no offsets where it is known from metadata."""

    name: str
    kind: SourceKind
    party: str | None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis(Span):
    """What the origin itself leans on without naming it ("available reliable information", "activists")."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyMention(Span):
    """Somebody who acts or is acted on; `party` is an id of the register of parties, null where it is not sure."""

    party: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened, by type and mode; coordinated actors and targets are lists of the one event."""

    type: EventType
    mode: str | None
    actors: tuple[PartyMention, ...] = ()
    targets: tuple[PartyMention, ...] = ()
    instruments: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How a place is given by others: `of` are their names, `km` a distance, `bearing` degrees clockwise from north."""

    kind: RelationKind
    bearing: float | None
    km: float | None
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Span):
    """A place as named, with what it resolves to: WGS 84 degrees and the radius in km within which it lies.

    `where_prec` is UCDP GED's code of how exactly it is known, `geo_precision` ACLED's (model/geoprecision).
    """

    name: str
    gazetteer_id: str | None
    lat: float | None
    lon: float | None
    precision_km: float | None
    country: str | None
    relation: Relation | None = None
    where_prec: int | None = None
    geo_precision: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time: the words (null where taken from elsewhere), the first and last day it can be, and what says so."""

    text: str | None
    start: date | None
    end: date | None
    precision: DatePrecision
    basis: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Span):
    """A figure with its bound as said: "at least 300" is low 300, high null; a share is between 0 and 1.

    `part_of` is the span of the total that holds the figure ("44 people, including seven children"): a part is neither
    added to its total nor held against it; null where the figure is not said to be a part.
    """

    measure: Measure
    who: Counted | None
    low: float | None
    high: float | None
    bound: Bound
    part_of: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Span):
    """A named victim; `private` is true for anybody who is not a public figure, so that exports can leave them out."""

    name: str
    age: int | None
    sex: Literal["female", "male"] | None
    status: Harmed
    private: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Span):
    """A video, photo, document or link that the text points to; `link` is null where nobody gives one."""

    kind: EvidenceKind
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Span):
    """One event mention as one voice puts it; the span is the content. See docs/records.md for each field."""

    id: str
    document: str
    voice: Voice
    source: Source | None
    cue: Span | None
    chain: tuple[Hop, ...]
    basis: Basis | None
    modality: Modality
    polarity: Polarity
    hedges: tuple[Span, ...]
    event: Event | None
    places: tuple[Place, ...]
    when: When | None
    quantities: tuple[Quantity, ...]
    persons: tuple[Person, ...]
    evidence: tuple[Evidence, ...]
    flags: tuple[str, ...]
    why: tuple[str, ...]
