"""What rests on nobody: assertions without a source, voices that nobody can ask, evidence that nobody links."""

import re
from collections.abc import Iterator
from itertools import groupby

from corroborate.knowledge.lexicon import lexicon
from corroborate.model import Claim, Finding, Span
from corroborate.weigh.audit.text import Audited, is_own_claim, told, words

_HARM = ("killed", "injured", "missing", "detained", "displaced")
# Acts of force and what they do; a meeting told without a source asks for none.
_GRAVE = ("ASSAULT", "COERCE", "DISPLACE")


def own_voice(audited: Audited) -> Iterator[Finding]:
    """Yield what is told as a fact on nobody's word, by sentence: acts of force with a figure or with who did it."""
    named = [claim for claim in audited.claims if claim.voice == "attributed"]
    bare = [
        claim
        for claim in audited.claims
        if is_own_claim(audited, claim)
        and claim.modality == "asserted"
        and told(claim)
        and _is_grave(claim)
        and not any(evidence.link for evidence in claim.evidence)
        and not any(_tells_the_same(claim, other) for other in named)
    ]
    seen: set[str] = set()
    for _, group in groupby(bare, key=lambda claim: audited.sentence(claim.start)):
        same = list(group)
        longest = max(same, key=lambda claim: (claim.end - claim.start, claim.id))
        # A heading sums up the text below it, and some pages print their first paragraph twice.
        if "heading" in longest.flags or longest.text in seen:
            continue
        seen.add(longest.text)
        yield audited.finding(
            "own_voice",
            f"The document says in its own voice, and names nobody for it: {words(longest)}.",
            same,
            same,
        )


def _is_grave(claim: Claim) -> bool:
    event = claim.event
    if event is None or event.type not in _GRAVE:
        return False
    return any(quantity.measure in _HARM for quantity in claim.quantities) or bool(event.actors)


def _tells_the_same(claim: Claim, other: Claim) -> bool:
    """Whether a voice that is named tells the same figure or, where there is none, the same act with the same actor."""
    figures = {(q.measure, q.low, q.high) for q in claim.quantities if q.measure in _HARM}
    if figures:
        return bool(figures & {(q.measure, q.low, q.high) for q in other.quantities})
    if claim.event is None or other.event is None or claim.event.type != other.event.type:
        return False
    return bool(_who(claim) & _who(other))


def _who(claim: Claim) -> set[str]:
    return {actor.party or actor.text.lower() for actor in (claim.event.actors if claim.event else ())}


def anonymous(audited: Audited) -> Iterator[Finding]:
    """Yield voices that nobody can ask: sources of claims, and words of the text where no claim was read."""
    rules = lexicon("audit")["anonymous"]
    voices = "|".join(rules["voices"])
    seen: list[Span] = []
    for claim in audited.claims:
        source = claim.source
        if source is None or source.kind != "unnamed" or not audited.is_own(source.start):
            continue
        if not re.fullmatch(rf"(?:the |these |those )?(?:\w+ )?(?:{voices})", source.text, re.IGNORECASE):
            continue
        if not any(source.overlaps(other) for other in seen):
            seen.append(Span(start=source.start, end=source.end, text=source.text))
            yield audited.finding(
                "anonymous",
                f"“{source.text}” are given as saying {words(claim)}; who they are is not said.",
                (source,),
                (claim,),
            )
    said = re.compile(
        rf"\b(?:{voices})\s+(?:\w+\s+){{0,2}}?{rules['verbs']}\b"
        rf"|\bit (?:is|was|has been) (?:\w+ly )?{rules['passives']}\b",
        re.IGNORECASE,
    )
    for match in said.finditer(audited.document.text):
        span = audited.span(*match.span())
        if audited.is_own(span.start) and not audited.is_quoted(span.start) and not any(span.overlaps(o) for o in seen):
            seen.append(span)
            yield audited.finding("anonymous", f"“{span.text}”: who it is that says so is not told.", (span,))


def unlinked(audited: Audited) -> Iterator[Finding]:
    """Yield evidence that is named without a link, and what a source leans on without saying where it is from."""
    links = [evidence for claim in audited.claims for evidence in claim.evidence if evidence.link]
    seen: set[tuple[int, int]] = set()
    for claim in audited.claims:
        for evidence in claim.evidence:
            key = (evidence.start, evidence.end)
            low, high = audited.sentence(evidence.start)
            beside = any(low <= link.start < high for link in links)
            if evidence.link is None and evidence.kind != "link" and key not in seen and not beside:
                seen.add(key)
                yield audited.finding(
                    "evidence",
                    f"“{evidence.text}” is named as evidence, and the document neither links it nor says where it is.",
                    (evidence,),
                    [other for other in audited.claims if evidence in other.evidence],
                )
        if claim.basis is not None and (claim.basis.start, claim.basis.end) not in seen:
            seen.add((claim.basis.start, claim.basis.end))
            name = claim.chain[-1].name if claim.chain else "The document"
            yield audited.finding(
                "evidence",
                f"{name} leans on “{claim.basis.text}”; where that is from is not said.",
                (claim.basis,),
                (claim,),
            )
