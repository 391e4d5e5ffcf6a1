"""Model to row and back: which columns a record gives, and the lines of JSON that its digest is taken over."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, TypeVar

from corroborate.errors import Problem
from corroborate.model import Claim, Decision, Document, Incident, Link, Record, dumps, from_record

Row = dict[str, Any]
_R = TypeVar("_R", bound=Record)


def digest_of(lines: Iterable[str]) -> str:
    """Return the SHA-256 (hex) of the lines, each in UTF-8 and ended by a line feed."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode())
        digest.update(b"\n")
    return digest.hexdigest()


def line_of(record: Record) -> str:
    """Return the line of JSON that is kept for a record."""
    return storable(dumps(record))


def read(kind: type[_R], line: str) -> _R:
    """Return the record of this kind that a line holds; raise ValueError (RecordError is one) where it is none."""
    data = json.loads(line)
    record = from_record(data) if isinstance(data, dict) else None
    if not isinstance(record, kind):
        raise ValueError(f"not a record of kind {kind.__name__.lower()}")
    return record


def storable(text: str) -> str:
    r"""Return a text that a database takes: a lone surrogate (a file name that is not UTF-8) becomes \udcxx.

    Within a line of JSON that is its own escape, so that the record comes back as it was.
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)


def document_row(document: Document, reader: str, line: str) -> Row:
    """Return the columns of a document as read by a reader; `line` is its JSON."""
    return {
        "id": document.id,
        "evidence": document.evidence,
        "reader": reader,
        "outlet": _storable(document.outlet),
        "language": _storable(document.language),
        "published_start": document.published.start if document.published else None,
        "record": line,
    }


def claim_row(claim: Claim, position: int, line: str) -> Row:
    """Return the columns of a claim, the `position`th of its document."""
    return {
        "id": claim.id,
        "document": claim.document,
        "position": position,
        "start": claim.start,
        "end": claim.end,
        "voice": claim.voice,
        "modality": claim.modality,
        "event_type": claim.event.type if claim.event else None,
        "record": line,
    }


def problem_row(problem: Problem, *, document: str | None, evidence: str | None) -> Row:
    """Return the columns of a problem, with the document it came with or the evidence that gave none."""
    fields = {name: storable(getattr(problem, name)) for name in ("code", "name", "detail")}
    return {"document": document, "evidence": evidence, **fields}


def problem_line(row: Row) -> str:
    """Return the line that the digest of a problem is taken over."""
    return json.dumps({"problem": row["code"], "name": row["name"], "detail": row["detail"]}, ensure_ascii=False)


def document_digest(reader: str, document: str, claims: Iterable[str], problems: Iterable[str]) -> str:
    """Return the digest of all that one reading gave: the reader, the document, its claims and its problems (lines)."""
    return digest_of([json.dumps({"reader": reader}, ensure_ascii=False), document, *claims, *problems])


def link_row(link: Link, position: int, line: str) -> Row:
    """Return the columns of a link, the `position`th by its claims."""
    return {"position": position, "a": link.a, "b": link.b, "record": line}


def incident_row(incident: Incident, position: int, line: str) -> Row:
    """Return the columns of an incident, the `position`th by id.

    The groups of its harm overlap (children are civilians), so their figures are not added: `killed_min` is the
    greatest least figure of any group, `killed_max` the greatest most, null where a group is not bounded from above.
    """
    killed = [harm.killed for harm in incident.harm.values() if harm.killed]
    highest = [figure.max for figure in killed if figure.max is not None]
    return {
        "id": incident.id,
        "position": position,
        "type": incident.type,
        "aggregate": incident.aggregate,
        "when_start": incident.when.start if incident.when else None,
        "killed_min": max((figure.min for figure in killed), default=None),
        "killed_max": max(highest) if killed and len(highest) == len(killed) else None,
        "grade": incident.grade.value if incident.grade else None,
        "record": line,
    }


def incident_claim_rows(incident: Incident) -> list[Row]:
    """Return the rows that join an incident to its claims."""
    return [{"incident": incident.id, "position": i, "claim": claim} for i, claim in enumerate(incident.claims)]


def decision_row(decision: Decision, line: str) -> Row:
    """Return the columns of a decision."""
    return {"id": decision.id, "what": decision.what, "supersedes": decision.supersedes, "record": line}
