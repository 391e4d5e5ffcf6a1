"""Ids that follow from what they name, so that the same thing read twice has the same id."""

import hashlib
from collections.abc import Iterable

# 80 bits: among a hundred million ids the chance of any two being equal is about 4e-9 (birthday bound).
_HEX_DIGITS = 20


def evidence_id(data: bytes) -> str:
    """Return "sha256:" and the hex digest of the bytes."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def document_id(evidence: str, got_from: str) -> str:
    """Return the id of one acquisition: the item's evidence and where it was got (URL, else outlet or name)."""
    return _id("d", evidence, got_from)


def claim_id(document: str, start: int, end: int, event_type: str | None, ordinal: int = 0) -> str:
    """Return a claim's id; `ordinal` tells claims apart that share document, content span and event type."""
    return _id("c", document, str(start), str(end), event_type or "", *([str(ordinal)] if ordinal else []))


def incident_id(claims: Iterable[str]) -> str:
    """Return the id of the incident that these claims (ids, in any order) make."""
    return _id("i", *sorted(claims))


def decision_id(by: str, at: str, what: str, on: Iterable[str]) -> str:
    """Return a decision's id from its maker, ISO time, kind and what it is on."""
    return _id("j", by, at, what, *on)


def _id(prefix: str, *parts: str) -> str:
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return f"{prefix}_{digest[:_HEX_DIGITS]}"
