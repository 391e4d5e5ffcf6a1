"""A document's text cut into blocks and pieces, each piece with the claims that stand over it. Linear in what it gives.

A claim's content may lie within another's or overlap it: the text is cut at every boundary, and each piece knows all
the claims it belongs to, innermost first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from corroborate.model import Claim, Document, Segment, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text with nothing beginning or ending inside it.

    `claims` are those whose content it is in, the shortest first; `roles` what else it is (source, cue, basis,
    hedge, quantity, place), `of` the claims that it is that for; `begins` the claims whose content begins here.
    """

    text: str
    claims: tuple[Claim, ...]
    roles: tuple[str, ...]
    of: tuple[str, ...]
    begins: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A segment of the document (None for text between segments) and its pieces."""

    segment: Segment | None
    pieces: tuple[Piece, ...]

    @property
    def is_blank(self) -> bool:
        """True where nothing is in it but white space."""
        return not any(piece.text.strip() for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    claim: Claim
    role: str  # "" for the content


def blocks(document: Document, claims: Iterable[Claim]) -> Iterator[Block]:
    """Yield the document's blocks in order; their pieces' texts joined are the document's text."""
    marks = sorted((mark for claim in claims for mark in _marks(claim)), key=lambda mark: mark.start)
    stretches = list(_stretches(document))
    cuts = sorted({0, len(document.text), *(start for start, _, _ in stretches)} | {
        place for mark in marks for place in (mark.start, mark.end) if 0 <= place <= len(document.text)
    })  # fmt: skip
    pieces = _pieces(document.text, cuts, marks)
    waiting = next(pieces, None)
    for _, end, segment in stretches:
        held = []
        while waiting is not None and waiting[0] < end:
            held.append(waiting[1])
            waiting = next(pieces, None)
        if held:
            yield Block(segment=segment, pieces=tuple(held))


def _stretches(document: Document) -> Iterator[tuple[int, int, Segment | None]]:
    """Yield (start, end, segment) over the whole text; of two segments that overlap the earlier keeps the words."""
    reached = 0
    for segment in sorted(document.segments, key=lambda one: (one.start, one.end)):
        start = max(segment.start, reached)
        if segment.end <= start:
            continue
        if start > reached:
            yield reached, start, None
        yield start, segment.end, segment
        reached = segment.end
    if reached < len(document.text):
        yield reached, len(document.text), None


def _pieces(text: str, cuts: list[int], marks: list[_Mark]) -> Iterator[tuple[int, Piece]]:
    active: list[_Mark] = []
    following = 0
    for start, end in pairwise(cuts):
        active = [mark for mark in active if mark.end > start]
        begun: list[_Mark] = []
        while following < len(marks) and marks[following].start <= start:
            if marks[following].end > start:
                begun.append(marks[following])
            following += 1
        active += begun
        yield start, _piece(text[start:end], active, begun)


def _piece(text: str, active: list[_Mark], begun: list[_Mark]) -> Piece:
    contents = sorted((mark for mark in active if not mark.role), key=lambda mark: (mark.end - mark.start, mark.start))
    others = [mark for mark in active if mark.role]
    return Piece(
        text=text,
        claims=tuple(mark.claim for mark in contents),
        roles=tuple(dict.fromkeys(mark.role for mark in others)),
        of=tuple(dict.fromkeys(mark.claim.id for mark in others)),
        begins=tuple(mark.claim.id for mark in begun if not mark.role),
    )


def _marks(claim: Claim) -> Iterator[_Mark]:
    yield _Mark(claim.start, claim.end, claim, "")
    single: list[tuple[str, Span | None]] = [("source", claim.source), ("cue", claim.cue), ("basis", claim.basis)]
    many: list[tuple[str, tuple[Span, ...]]] = [
        ("hedge", claim.hedges),
        ("quantity", claim.quantities),
        ("place", claim.places),
    ]
    for role, span in single:
        if span is not None:
            yield _Mark(span.start, span.end, claim, role)
    for role, spans in many:
        for span in spans:
            yield _Mark(span.start, span.end, claim, role)
