"""Words of the document's own voice that judge law, intent, scale or weapon."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from corroborate.knowledge.lexicon import lexicon
from corroborate.model import Claim, Finding, Span
from corroborate.weigh.audit.text import Audited


def characterisations(audited: Audited) -> Iterator[Finding]:
    """Yield each such word once with all its places; what a claim gives to somebody else is not the document's."""
    said_of = lexicon("audit")["said_of"]
    for kind, pattern in _patterns().items():
        found: dict[str, list[Span]] = defaultdict(list)
        claims: dict[str, list[Claim]] = defaultdict(list)
        for match in pattern.finditer(audited.document.text):
            start, end = match.span()
            if not audited.is_own(start) or audited.is_quoted(start) or not _own(audited, start, end):
                continue
            word = match[0].lower()
            found[word].append(audited.span(start, end))
            claims[word] += [c for c in audited.claims if c.start <= start and end <= c.end]
        for word, spans in found.items():
            times = "" if len(spans) == 1 else f", {len(spans)} times"
            yield audited.finding(
                "characterisation",
                f"“{spans[0].text}” is said in the document's own voice{times}: {said_of[kind]}.",
                spans,
                claims[word],
            )


def _own(audited: Audited, start: int, end: int) -> bool:
    """Whether words are the document's own: no claim of somebody else's holds them, or stands alone beside them."""
    claim = audited.covering(start, end)
    if claim is not None and claim.voice != "own":
        return False
    if claim is not None and claim.event is not None and claim.event.type not in ("ACCUSE", "REJECT"):
        return len(claim.chain) < 2
    low, high = audited.sentence(start)
    if _attributing().search(audited.document.text, low, start):
        return False
    beside = [c for c in audited.claims if low <= c.start < high]
    return not beside or any(c.voice == "own" and len(c.chain) < 2 for c in beside)


@cache
def _attributing() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(lexicon('audit')['attributing']['verbs'])})\b", re.IGNORECASE)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    rules = lexicon("audit")["characterisations"]
    return {kind: re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE) for kind, forms in rules.items()}
