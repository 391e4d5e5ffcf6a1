"""What is first supposed, and later told as a fact."""

import re
from collections.abc import Iterator

from corroborate.knowledge.lexicon import lexicon
from corroborate.model import Claim, Finding, Span
from corroborate.weigh.audit.text import Audited, is_own_claim, stems, told, words

# A pointing sentence ("That is exactly what is happening") turns what was supposed within the two sentences before it.
_BACK = 2
# A later assertion repeats a supposition where it holds this many of its telling words, and this share of them.
_SHARED, _SHARE = 3, 0.6


def hypotheticals(audited: Audited) -> Iterator[Finding]:
    """Yield suppositions that a pointing sentence turns into facts, and those that come back as assertions."""
    supposed = [
        claim
        for claim in audited.claims
        if claim.modality == "speculated"
        and audited.is_own(claim.start)
        and not {"intended", "question"} & set(claim.flags)
    ]
    turned: set[str] = set()
    for match in _turning().finditer(audited.document.text):
        if not audited.is_own(match.start()) or audited.is_quoted(match.start()):
            continue
        before = _before(audited, match.start())
        inside = [claim for claim in supposed if before <= claim.start < match.start()]
        if inside:
            turned.update(claim.id for claim in inside)
            low, high = audited.sentence(match.start())
            spans: list[Span] = [
                *inside,
                audited.span(match.start(), min(high, match.end() + 40) if high > low else match.end()),
            ]
            yield _finding(audited, inside[-1], spans[-1], inside)
    for claim in supposed:
        tell = stems(claim.text)
        later = [
            other
            for other in audited.claims
            if other.start > claim.end
            and is_own_claim(audited, other)
            and other.modality == "asserted"
            and told(other)
            and other.event is not None
            and claim.event is not None
            and other.event.type == claim.event.type
            and len(tell & stems(other.text)) >= max(_SHARED, _SHARE * len(tell))
        ]
        if later and claim.id not in turned:
            yield _finding(audited, claim, later[0], [claim, later[0]])


def _finding(audited: Audited, first: Claim, then: Span, claims: list[Claim]) -> Finding:
    sentence = (
        f"It is first put as a condition or a possibility ({words(first)}), and then told as a fact: {words(then)}."
    )
    return audited.finding("hypothetical", sentence, [*claims, then], claims)


def _before(audited: Audited, start: int) -> int:
    """Return where the sentences begin that a pointing sentence can point back to."""
    at = [low for low, high in audited.document.sentences if low <= start]
    return at[max(0, len(at) - 1 - _BACK)] if at else 0


def _turning() -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{turn}" for turn in lexicon("audit")["hypothetical"]["turned"]), re.IGNORECASE)
