"""What is one claim: events of one clause, sayings of one thing, and the ids that tell the rest apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corroborate.model import Claim, claim_id
from corroborate.read.attach import Held, events_by_sentence
from corroborate.read.grammar import syntax

if TYPE_CHECKING:
    from spacy.tokens import Token


def without_mere_names(held: Sequence[Held]) -> list[Held]:
    """Leave out what is only named in another event's clause, with nothing counted ("fled because of the raids")."""

    def is_named_in(event: Held, other: Held) -> bool:
        return (
            other is not event
            and other.voice == event.voice
            and other.token.pos_ in ("VERB", "AUX", "ADJ")
            and other.mention.clause.covers(event.mention.trigger)
        )

    by_sentence = events_by_sentence(held)
    return [
        event
        for event in held
        if event.quantities
        or event.token.pos_ not in ("NOUN", "PROPN")
        or not any(is_named_in(event, other) for other in by_sentence[event.token.sent.start])
    ]


def merged(held: Sequence[Held]) -> list[Held]:
    """Take events of one type for one where the clause of one holds the other's: "the attacks left 20 people dead"."""
    kept: list[Held] = []
    for event in sorted(held, key=lambda e: e.mention.clause.start - e.mention.clause.end):
        whole = next((k for k in kept if _holds(k, event)), None)
        if whole is None:
            kept.append(event)
            continue
        outer, inner = whole.mention.event, event.mention.event
        both = replace(
            outer,
            mode=outer.mode or inner.mode,
            actors=outer.actors or inner.actors,
            targets=tuple(dict.fromkeys((*outer.targets, *inner.targets))),
            instruments=tuple(dict.fromkeys((*outer.instruments, *inner.instruments))),
        )
        whole.mention = replace(whole.mention, event=both, why=(*whole.mention.why, *event.mention.why))
    return sorted(kept, key=lambda e: e.token.i)


def _holds(outer: Held, inner: Held) -> bool:
    same = outer.mention.event.type == inner.mention.event.type and outer.voice == inner.voice
    return (
        same
        and outer.mention.clause.covers(inner.mention.clause)
        and _whole_clause(outer.token) == _whole_clause(inner.token)
    )


def _whole_clause(token: Token) -> Token:
    """Return the head of a token's clause, with what only completes a verb taken into its clause ("left ... dead")."""
    head = syntax.clause_head(token)
    while syntax.base(head) == "xcomp" and head.head.i != head.i:
        head = syntax.clause_head(head.head)
    return head


def distinct(claims: Sequence[Claim]) -> list[Claim]:
    """Keep one of the claims of one type and voice that lie within one another: the same clause says a thing once."""
    kept: dict[object, Claim] = {}
    for claim in claims:
        kind = claim.event.type if claim.event else None
        saying = (kind, claim.source, claim.start, claim.end, claim.polarity)
        rival = kept.get(saying)
        if rival is None or len(claim.quantities) > len(rival.quantities):
            kept[saying] = claim
    return list(kept.values())


def numbered(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Give each claim its id; claims of one span and type are told apart by their order."""
    met: dict[tuple[int, int, str | None], int] = {}
    done = []
    for claim in claims:
        key = (claim.start, claim.end, claim.event.type if claim.event else None)
        ordinal = met.get(key, 0)
        met[key] = ordinal + 1
        done.append(replace(claim, id=claim_id(claim.document, *key, ordinal)))
    return tuple(done)
