"""An attribution on its way from the parse and the heads to a named source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corroborate.read.attribution.linking import Run
from corroborate.read.attribution.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Span as DocSpan


@dataclass(frozen=True, slots=True)
class Joined:
    """An attribution in tokens, before its source is named."""

    reading: Reading
    source_run: Run | None
    score: float
    why: tuple[str, ...]
    doubtful: frozenset[int] = frozenset()  # tokens that only the rule counts as content, and the head does not


def score_of(span: DocSpan) -> float:
    """Return how sure the heads are of a span, 0 where they gave no score."""
    return float(span._.score) if span.has_extension("score") and span._.score is not None else 0.0
