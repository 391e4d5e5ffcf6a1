"""The way of a claim's words: from the publishing document to the last voice that can be named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from corroborate.knowledge.parties import Parties
from corroborate.model import Claim, Document, Hop, Segment, Source

# What a dateline has in brackets: the agency, or the outlet itself.
_IN_BRACKETS = re.compile(r"\(([A-Z][^()\n]{1,40})\)")


def opening(
    document: Document, segments: Sequence[Segment], parties: Parties, is_place: Callable[[str], bool] = lambda _: False
) -> tuple[Hop, ...]:
    """Return the hops that every claim of a document has: who publishes it, and the agency that its dateline names.

    `is_place` says of a name whether the gazetteer has it: "ALEPPO (Syria) -" names no agency.
    """
    name = document.outlet or document.name
    party = parties.by_alias(name) if document.outlet else None
    kind = parties.source_kind(party) if party else ("outlet" if document.outlet else "document")
    # A force's or ministry's own page is where a text was published, whatever else its owner is.
    hops = [Hop(name=name, kind=kind, party=party)]
    # The signature that closes a report stands alone in a last short segment.
    signed = [s for s in segments if s.kind == "dateline"]
    if segments and segments[-1].kind == "boilerplate":
        signed.append(segments[-1])
    for segment in signed:
        for start, end, found in parties.find(segment.text):
            if parties.source_kind(found) != "agency" or any(hop.party == found for hop in hops):
                continue
            low = segment.start + start
            hops.append(
                Hop(name=parties.get(found).name, kind="agency", party=found, start=low, end=segment.start + end)
            )
        bracket = _IN_BRACKETS.search(segment.text) if segment.kind == "dateline" and len(hops) == 1 else None
        if bracket and not parties.find(bracket[1]) and not is_place(bracket[1]) and bracket[1] != name:
            low = segment.start + bracket.start(1)
            hops.append(Hop(name=bracket[1], kind="agency", party=None, start=low, end=low + len(bracket[1])))
    return tuple(hops)


def hop_of(source: Source) -> Hop:
    """Return a source as a hop, with where it is named."""
    return Hop(name=source.name, kind=source.kind, party=source.party, start=source.start, end=source.end)


def lengthened(hops: Sequence[Hop], sources: Iterable[Source]) -> tuple[Hop, ...]:
    """Return the chain with further voices behind it; a voice that is in it already is not put twice."""
    found = list(hops)
    for source in sources:
        hop = hop_of(source)
        if not any(is_same(hop, known) for known in found):
            found.append(hop)
    return tuple(found)


def is_same(a: Hop, b: Hop) -> bool:
    """Say whether two hops are one voice: by name, or as one party where no person speaks for it."""
    return a.name == b.name or (
        a.party is not None
        and a.party == b.party
        and "person" not in (a.kind, b.kind)
        and "unnamed" not in (a.kind, b.kind)
    )


def with_known_parties(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims of one document with the party of a person wherever the person is named.

    A role is told once ("the commander of ...") and the name alone after that; a name that was given two parties keeps
    what each mention says.
    """
    known: dict[str, set[str]] = {}
    for claim in claims:
        voices: list[Hop | Source] = [*claim.chain, *([claim.source] if claim.source else [])]
        for voice in voices:
            if voice.kind == "person" and voice.name and voice.party:
                known.setdefault(voice.name, set()).add(voice.party)
    party = {name: next(iter(parties)) for name, parties in known.items() if len(parties) == 1}

    def filled(hop: Hop) -> Hop:
        lacks = hop.kind == "person" and hop.party is None and hop.name in party
        return replace(hop, party=party[hop.name]) if lacks else hop

    result = []
    for claim in claims:
        source = claim.source
        if source is not None and source.kind == "person" and source.party is None and source.name in party:
            source = replace(source, party=party[source.name])
        result.append(replace(claim, source=source, chain=tuple(filled(hop) for hop in claim.chain)))
    return tuple(result)
