"""What the parts of the reader hand to each other before claims are made of it. Offsets are code points of the text."""

from dataclasses import dataclass
from typing import Literal

from corroborate.model import Event, Source, Span, When

DateKind = Literal["date", "time", "period", "duration", "set"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention:
    """An event at its trigger; `clause` is what a claim on it would point at, from its first word to its last."""

    trigger: Span
    clause: Span
    event: Event
    score: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Somebody's words or thoughts: who (None where it cannot be told), by which cue, and the content's stretches.

    `does` is what the cue does: asserts, denies, concedes, doubts, predicts, echoes, thinks, speculates, asks, orders;
    `score` is from 0 to 1.
    `via` are voices between the document and the source that the same sentence names (the agency that an officer
    told), from the nearest to the document on. `basis` is what the source itself leans on.
    """

    source: Source | None
    cue: Span | None
    contents: tuple[Span, ...]
    does: str
    score: float
    via: tuple[Source, ...] = ()
    basis: Span | None = None
    direct: bool = False
    why: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A time expression at its place, with the interval it stands for.

    `span` holds the words that bound it ("since 1 March"), `named` does not. A period says over what time something
    happened ("in one week", "in the past three days"), a duration only how long, a set how often.
    """

    span: Span
    named: Span
    kind: DateKind
    when: When
