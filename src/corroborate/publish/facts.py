"""All that is known of a document or a claim, as label and words: what both the terminal and the report show."""

from collections.abc import Iterator

from corroborate.model import Claim, Document
from corroborate.publish import phrases
from corroborate.publish.decided import ruling_words
from corroborate.publish.holdings import Holdings
from corroborate.publish.words import KINDS, VOICES


def document_facts(document: Document) -> Iterator[tuple[str, str]]:
    """Yield what is known of a document, as label and words; what is not known is left out."""
    published = document.published
    day = f"{phrases.interval_words(published.start, published.end)} ({published.basis})" if published else None
    facts = (
        ("outlet", document.outlet),
        ("author", document.author),
        ("published", day),
        ("language", document.language),
        ("name", document.name),
        ("address", document.url),
        ("archived", document.archive_url),
        ("retrieved", document.retrieved.isoformat() if document.retrieved else None),
        ("part of", f"{document.within.evidence}, {document.within.part}" if document.within else None),
        ("evidence", document.evidence),
    )
    yield from ((label, value) for label, value in facts if value)


def claim_facts(claim: Claim, holdings: Holdings) -> Iterator[tuple[str, str]]:
    """Yield all that a claim says, as label and words; what is not known is left out, except for a missing event."""
    for number, ruling in enumerate(holdings.decided.get(claim.id, ())):
        yield "" if number else "decided", ruling_words(ruling)
    yield "voice", VOICES[claim.voice]
    yield "chain", phrases.chain_words(claim)
    spoken = [(hop, holdings.speaks_for(hop.party, claim.document)) for hop in claim.chain]
    if any(side for _, side in spoken):
        yield "speaks for", "; ".join(f"{phrases.hop_words(hop)}: {side}" for hop, side in spoken if side)
    if claim.source:
        yield "source", f"{phrases.clean(claim.source.text)} ({KINDS[claim.source.kind]})"
    if claim.cue:
        yield "cue", f"“{phrases.clean(claim.cue.text)}”"
    if claim.basis:
        yield "leaning on", f"“{phrases.clean(claim.basis.text)}” ({claim.basis.kind})"
    yield "certainty", f"{phrases.modality_words(claim)}: {phrases.modality_sentence(claim)}"
    if claim.hedges:
        yield "hedges", ", ".join(f"“{phrases.clean(hedge.text)}”" for hedge in claim.hedges)
    yield "event", phrases.event_words(claim.event)
    if claim.event:
        for label, mentions in (("by", claim.event.actors), ("against", claim.event.targets)):
            if mentions:
                named = (
                    phrases.clean(one.text) + (f" ({holdings.sides.name(one.party)})" if one.party else "")
                    for one in mentions
                )
                yield label, "; ".join(named)
        if claim.event.instruments:
            yield "with", "; ".join(phrases.clean(one.text) for one in claim.event.instruments)
    for place in claim.places:
        yield "place", f"{phrases.place_words(place)} ({phrases.located_words(place)})"
    if claim.when:
        basis = f" (from {claim.when.basis})" if claim.when.basis else ""
        dated = claim.when.start is not None or claim.when.end is not None
        said = f"“{phrases.clean(claim.when.text)}”: " if claim.when.text and dated else ""
        yield "when", f"{said}{phrases.when_words(claim.when)}{'' if dated else ', days not known'}{basis}"
    for quantity in claim.quantities:
        yield "figure", f"{phrases.quantity_words(quantity)}, said “{phrases.clean(quantity.text)}”"
    for person in claim.persons:
        age = f", {person.age}" if person.age is not None else ""
        yield "person", f"{phrases.clean(person.name)}{age}, {person.status}"
    for item in claim.evidence:
        yield (
            "evidence",
            f"{item.kind}: “{phrases.clean(item.text)}”" + (f" {phrases.clean(item.link)}" if item.link else ""),
        )
    if claim.flags:
        yield "flags", ", ".join(claim.flags)
    for number, reason in enumerate(claim.why):
        yield "" if number else "why", phrases.clean(reason)
