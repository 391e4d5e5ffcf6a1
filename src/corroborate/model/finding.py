"""What an audit of one document finds: where it says more than it shows, without a verdict on what is true."""

from dataclasses import dataclass
from typing import Literal

from corroborate.model.text import Span

FindingKind = Literal["own_voice", "one_side", "hypothetical", "figures", "evidence", "characterisation", "anonymous"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding in one document: a plain sentence, the words that it is about, and the claims that they stand in."""

    document: str
    kind: FindingKind
    sentence: str
    spans: tuple[Span, ...]
    claims: tuple[str, ...]
