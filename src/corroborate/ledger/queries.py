"""What is asked of a ledger: statements in an order that stays, rows fetched a page at a time, ids by their prefix."""

from collections.abc import Iterator
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, exists, func, or_, select

from corroborate.errors import CorroborateError, Problem
from corroborate.ledger.engine import PAGE
from corroborate.ledger.rows import read
from corroborate.ledger.tables import (
    claims,
    decision_subjects,
    decisions,
    documents,
    incident_claims,
    incidents,
    links,
    problems,
)
from corroborate.model import Claim, Incident, Record

_R = TypeVar("_R", bound=Record)


def documents_in_order() -> Select[Any]:
    """Documents in the order of their arrival."""
    return select(documents.c.record).order_by(documents.c.position)


def claims_in_order(document: str | None, incident: str | None) -> Select[Any]:
    """Claims in the order of their documents and, within one, of the reading; or those of an incident, in its order."""
    wanted = select(claims.c.record)
    if document is not None:
        wanted = wanted.where(claims.c.document == document)
    if incident is not None:
        joined = wanted.join(incident_claims, incident_claims.c.claim == claims.c.id)
        return joined.where(incident_claims.c.incident == incident).order_by(incident_claims.c.position)
    if document is not None:
        return wanted.order_by(claims.c.position)
    joined = wanted.join(documents, documents.c.id == claims.c.document)
    return joined.order_by(documents.c.position, claims.c.position)


def links_in_order(claim: str | None) -> Select[Any]:
    """Links by their claims; or those of one claim."""
    wanted = select(links.c.record).order_by(links.c.position)
    return wanted if claim is None else wanted.where(or_(links.c.a == claim, links.c.b == claim))


def incidents_in_order(claim: str | None) -> Select[Any]:
    """Incidents by their ids; or those that a claim belongs to."""
    wanted = select(incidents.c.record).order_by(incidents.c.position)
    if claim is None:
        return wanted
    holding = select(incident_claims.c.incident).where(incident_claims.c.claim == claim)
    return wanted.where(incidents.c.id.in_(holding))


def decisions_in_order(*, standing: bool) -> Select[Any]:
    """Decisions in the order in which they were taken; or those among them that no later one supersedes."""
    wanted = select(decisions.c.record).order_by(decisions.c.position)
    later = decisions.alias("later")
    return wanted.where(~exists().where(later.c.supersedes == decisions.c.id)) if standing else wanted


def records(connection: Connection, kind: type[_R], wanted: Select[Any]) -> Iterator[_R]:
    """Yield the records of a kind that a statement finds. Raises CorroborateError E401 where one cannot be read."""
    for line in connection.scalars(wanted.execution_options(yield_per=PAGE)):
        yield _read(kind, line)


def problems_in_order(connection: Connection) -> Iterator[Problem]:
    """Yield the problems in the order in which they were met."""
    wanted = select(problems).order_by(problems.c.position)
    for row in connection.execute(wanted.execution_options(yield_per=PAGE)):
        yield Problem(code=row.code, name=row.name, detail=row.detail)


def by_prefix(connection: Connection, table: Table, kind: type[_R], prefix: str) -> _R:
    """Return the one record whose id is, or alone begins with, the prefix. Raises CorroborateError E403."""
    line = connection.scalar(select(table.c.record).where(table.c.id == prefix))
    if line is None:
        begins = func.substr(table.c.id, 1, len(prefix)) == prefix
        ids = connection.scalars(select(table.c.id).where(begins).order_by(table.c.id).limit(2)).all()
        if not prefix or not ids:
            raise CorroborateError("E403", prefix, prefix or "(empty)")
        if len(ids) > 1:
            raise CorroborateError("E403", prefix, f"{prefix} is ambiguous ({ids[0]}, {ids[1]}, ...)")
        line = connection.scalar(select(table.c.record).where(table.c.id == ids[0]))
    return _read(kind, str(line))


def subjects_of(connection: Connection, decision: str) -> Iterator[Claim | Incident]:
    """Yield the claims and incidents that a decision was on, as they stood when it was taken."""
    wanted = select(decision_subjects.c.record).where(decision_subjects.c.decision == decision)
    yield from map(subject, connection.scalars(wanted.order_by(decision_subjects.c.position)))


def subject(line: str) -> Claim | Incident:
    """Return the claim or incident that a line kept for a decision holds."""
    kind: Any = Incident if line.startswith('{"record": "incident"') else Claim
    found: Claim | Incident = _read(kind, line)
    return found


def _read(kind: type[_R], line: str) -> _R:
    try:
        return read(kind, line)
    except ValueError as error:
        raise CorroborateError("E401", f"a {kind.__name__.lower()} in it", str(error)) from error
