"""A document under audit: its claims, its sentences, and which of its words are its own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corroborate.knowledge.lexicon import lexicon
from corroborate.knowledge.parties import Parties
from corroborate.model import Claim, Document, Finding, FindingKind, Span

# Parts of a page whose words are not the document's own account: posts are their posters', captions their pictures'.
_NOT_OWN = ("post", "boilerplate", "caption", "dateline")
_QUOTED = re.compile(r"[\"“][^\"”“\n]{2,600}[\"”]")
_SHOWN_WORDS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """One document, its claims in the order of the text, and the register of parties."""

    document: Document
    claims: tuple[Claim, ...]
    parties: Parties

    def sentence(self, start: int) -> tuple[int, int]:
        """Return the bounds of the sentence at an offset, of the whole text where there is none."""
        return next(((low, high) for low, high in self.document.sentences if low <= start < high), (0, self.length))

    @property
    def length(self) -> int:
        """The number of code points in the text."""
        return len(self.document.text)

    def is_own(self, start: int) -> bool:
        """Whether the words at an offset are the document's own and no post's, caption's or page's."""
        return not any(s.kind in _NOT_OWN and s.start <= start < s.end for s in self.document.segments)

    def is_quoted(self, start: int) -> bool:
        """Whether an offset stands within quotation marks."""
        return any(found.start() <= start < found.end() for found in _QUOTED.finditer(self.document.text))

    def covering(self, start: int, end: int) -> Claim | None:
        """Return the shortest claim whose words hold a stretch, None where none does."""
        holding = [claim for claim in self.claims if claim.start <= start and end <= claim.end]
        return min(holding, key=lambda claim: (claim.end - claim.start, claim.id), default=None)

    def span(self, start: int, end: int) -> Span:
        """Return a span of the text."""
        return Span.of(self.document.text, start, end)

    def finding(self, kind: FindingKind, sentence: str, spans: Iterable[Span], claims: Iterable[Claim] = ()) -> Finding:
        """Return a finding with its spans in the order of the text, each once."""
        ordered = sorted({(span.start, span.end) for span in spans})
        return Finding(
            document=self.document.id,
            kind=kind,
            sentence=sentence,
            spans=tuple(self.span(start, end) for start, end in ordered),
            claims=tuple(dict.fromkeys(claim.id for claim in claims)),
        )


def told(claim: Claim) -> bool:
    """Whether a claim is told as having happened: asserted or reported, and not negated."""
    return claim.modality in ("asserted", "reported") and claim.polarity == "affirmed"


def is_own_claim(audited: Audited, claim: Claim) -> bool:
    """Whether a claim is in the document's own voice and words."""
    return claim.voice == "own" and len(claim.chain) < 2 and audited.is_own(claim.start)


def words(span: Span) -> str:
    """Return a span's words on one line between quotation marks, cut after as many as an average news sentence has."""
    parts = span.text.split()
    return "“" + " ".join(parts[:_SHOWN_WORDS]) + (" …”" if len(parts) > _SHOWN_WORDS else "”")


def stems(text: str) -> frozenset[str]:
    """Return the words of a text that tell one matter from another, without the ends that grammar gives them."""
    found = re.findall(r"[^\W\d_]{4,}", text.lower())
    return frozenset(
        re.sub(r"(?:ings?|ions?|ments?|edly|ed|es|ish|s|ly|al)$", "", word)[:7]
        for word in found
        if word not in lexicon("audit")["common"]
    )
