"""The changes a ledger knows. Each takes a connection that holds the write lock and leaves its entry in the journal."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, delete, exists, insert, or_, select, union_all, update

from corroborate.errors import CorroborateError, Problem
from corroborate.ledger import journal, rows
from corroborate.ledger.engine import PAGE
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
from corroborate.model import Claim, Decision, Document, Incident, Link


class Reading:
    """All that one reading of a document gave, as rows; made before the write lock is taken, which is held briefly."""

    def __init__(self, document: Document, said: Sequence[Claim], reader: str, found: Sequence[Problem]) -> None:
        if any(claim.document != document.id for claim in said):
            raise ValueError(f"a claim that is given with {document.id} is of another document")
        _distinct((claim.id for claim in said), "claims")
        self.id, self.evidence, self.reader = document.id, document.evidence, reader
        self.document = rows.document_row(document, reader, rows.line_of(document))
        self.claims = [rows.claim_row(claim, i, rows.line_of(claim)) for i, claim in enumerate(said)]
        self.problems = [rows.problem_row(problem, document=document.id, evidence=None) for problem in found]

    @property
    def digest(self) -> str:
        """What the journal records of it."""
        said, found = (row["record"] for row in self.claims), map(rows.problem_line, self.problems)
        return rows.document_digest(self.reader, self.document["record"], said, found)


def add_reading(connection: Connection, reading: Reading) -> bool:
    """Add a document with its claims, or put them in the place of another reader's; see Ledger.add_document."""
    before = connection.execute(select(documents.c.reader).where(documents.c.id == reading.id)).scalar()
    if before == reading.reader:
        return False
    if before is None:
        connection.execute(insert(documents), reading.document)
    else:
        connection.execute(update(documents).where(documents.c.id == reading.id), reading.document)
        connection.execute(delete(claims).where(claims.c.document == reading.id))
        connection.execute(delete(problems).where(problems.c.document == reading.id))
    # What could not be read of these bytes before has been read now.
    failed = problems.c.document.is_(None) & (problems.c.evidence == reading.evidence)
    connection.execute(delete(problems).where(failed))
    if reading.claims:
        connection.execute(insert(claims), reading.claims)
    if reading.problems:
        connection.execute(insert(problems), reading.problems)
    journal.append(connection, "document", reading.id, reading.digest)
    return True


def add_problem(connection: Connection, problem: Problem, evidence: str | None) -> bool:
    """Remember an item that gave no document; see Ledger.add_problem."""
    row = rows.problem_row(problem, document=None, evidence=evidence)
    same = [problems.c[name] == row[name] for name in ("code", "name", "detail")]
    if evidence is not None:
        same.append(problems.c.evidence == evidence)
    if connection.execute(select(problems.c.position).where(*same)).first():
        return False
    connection.execute(insert(problems), row)
    journal.append(connection, "problem", evidence or row["name"], rows.digest_of([rows.problem_line(row)]))
    return True


class Derived:
    """Links and incidents as rows, in an order of their own, so that the same ones in another order are the same."""

    def __init__(self, found: Sequence[Link], made: Sequence[Incident]) -> None:
        _distinct((incident.id for incident in made), "incidents")
        lines = sorted(((rows.line_of(link), link) for link in found), key=lambda pair: (pair[1].a, pair[1].b, pair[0]))
        ordered = sorted(made, key=lambda incident: incident.id)
        self.links = [rows.link_row(link, i, line) for i, (line, link) in enumerate(lines)]
        self.incidents = [rows.incident_row(one, i, rows.line_of(one)) for i, one in enumerate(ordered)]
        self.members = [row for one in ordered for row in rows.incident_claim_rows(one)]
        self.digest = rows.digest_of(row["record"] for row in [*self.links, *self.incidents])


def set_derived(connection: Connection, derived: Derived) -> bool:
    """Put these links and incidents in the place of those that are there; see Ledger.set_incidents."""
    changed = derived_digest(connection) != derived.digest
    if changed:
        for table in (incident_claims, incidents, links):
            connection.execute(delete(table))
        for table, new in ((links, derived.links), (incidents, derived.incidents), (incident_claims, derived.members)):
            for start in range(0, len(new), PAGE):
                connection.execute(insert(table), new[start : start + PAGE])
        journal.append(connection, "incidents", "", derived.digest)
    unknown = next(claims_not_kept(connection), None)
    if unknown is not None:
        raise CorroborateError("E403", "incidents", f"{unknown} (a claim that an incident or a link names)")
    return changed


def derived_digest(connection: Connection) -> str:
    """Return the digest of the links and incidents that are there."""
    wanted = [select(table.c.record).order_by(table.c.position) for table in (links, incidents)]
    return rows.digest_of(line for one in wanted for line in connection.scalars(one.execution_options(yield_per=PAGE)))


def claims_not_kept(connection: Connection) -> Iterator[str]:
    """Yield the ids of claims that links and incidents name and the ledger does not have."""
    kept = claims.c.id
    wanted = [
        select(column).where(~exists().where(kept == column)).distinct()
        for column in (incident_claims.c.claim, links.c.a, links.c.b)
    ]
    return iter(connection.scalars(union_all(*wanted)))


def add_decision(connection: Connection, decision: Decision) -> None:
    """Keep what a person decided; see Ledger.decide."""
    line = rows.line_of(decision)
    before = connection.execute(select(decisions.c.record).where(decisions.c.id == decision.id)).scalar()
    if before == line:
        return
    if before is not None:
        raise ValueError(f"another decision has the id {decision.id}; decisions are superseded, never changed")
    known = exists().where(decisions.c.id == decision.supersedes)
    if decision.supersedes is not None and not connection.execute(select(known)).scalar():
        raise CorroborateError("E403", decision.id, f"{decision.supersedes} (the decision that it supersedes)")
    connection.execute(insert(decisions), rows.decision_row(decision, line))
    found = [
        {"decision": decision.id, "position": i, "subject": key, "record": record}
        for i, (key, record) in enumerate(_with_ids(connection, decision.on))
    ]
    if found:
        connection.execute(insert(decision_subjects), found)
    digest = rows.digest_of([line, *(str(row["record"]) for row in found)])
    journal.append(connection, "decision", decision.id, digest)


def subjects(connection: Connection, on: Iterable[str]) -> Iterator[str]:
    """Yield the records (lines) of the claims and incidents that are named, each incident followed by its claims."""
    return (record for _, record in _with_ids(connection, on))


def _with_ids(connection: Connection, on: Iterable[str]) -> Iterator[tuple[str, str]]:
    for subject in on:
        of_incident = select(incident_claims.c.claim).where(incident_claims.c.incident == subject)
        named = select(incidents.c.id, incidents.c.record).where(incidents.c.id == subject)
        said = select(claims.c.id, claims.c.record).where(or_(claims.c.id == subject, claims.c.id.in_(of_incident)))
        for row in (*connection.execute(named), *connection.execute(said.order_by(claims.c.id))):
            yield row.id, row.record


def _distinct(ids: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise ValueError(f"two {what} have the id {one}")
        seen.add(one)
