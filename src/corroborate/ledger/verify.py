"""Check a ledger against itself: the file, the journal's chain, the evidence, each row, each span."""

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, exists, func, select

from corroborate.errors import CorroborateError, Problem
from corroborate.ledger import engine as database
from corroborate.ledger import journal, rows
from corroborate.ledger.engine import PAGE
from corroborate.ledger.evidence import EvidenceStore
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
from corroborate.ledger.tables import journal as journal_table
from corroborate.ledger.writes import claims_not_kept, derived_digest
from corroborate.model import Claim, Decision, Document, Incident, Link, Span


def check(engine: Engine, path: Path, store: EvidenceStore) -> Iterator[Problem]:
    """Yield what does not hold, from one state of the ledger; a file too damaged to be read ends it with E401."""
    yield from _evidence(store)
    try:
        with database.reading(engine, path) as connection:
            yield from _file(connection, path)
            yield from _chain(connection, path)
            yield from _documents(connection, store)
            yield from _derived(connection)
            yield from _decisions(connection)
            yield from _failed_items(connection)
            yield from _alone(connection)
    except CorroborateError as error:
        yield error.problem


def _file(connection: Connection, path: Path) -> Iterator[Problem]:
    if connection.dialect.name == "sqlite":
        for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
            if line != "ok":
                yield Problem(code="E401", name=str(path), detail=line)


def _chain(connection: Connection, path: Path) -> Iterator[Problem]:
    number = journal.first_broken(connection)
    if number is not None:
        yield Problem(code="E405", name=str(path), detail=str(number))


def _evidence(store: EvidenceStore) -> Iterator[Problem]:
    for identity, path in store.files():
        try:
            if not store.is_whole(identity, path):
                yield Problem(code="E404", name=identity, detail=str(path))
        except OSError as error:
            yield Problem(code="E102", name=str(path), detail=error.strerror or str(error))


def _documents(connection: Connection, store: EvidenceStore) -> Iterator[Problem]:
    for row in _all(connection, documents):
        said = connection.execute(select(claims).where(claims.c.document == row.id).order_by(claims.c.position)).all()
        found = connection.execute(
            select(problems).where(problems.c.document == row.id).order_by(problems.c.position)
        ).all()
        lines = [rows.problem_line(problem._asdict()) for problem in found]
        digest = rows.document_digest(row.reader, row.record, (claim.record for claim in said), lines)
        yield from _against_journal(connection, "document", row.id, digest)
        yield from _document(row, said, store)


def _document(row: Row[Any], said: Sequence[Row[Any]], store: EvidenceStore) -> Iterator[Problem]:
    try:
        document = rows.read(Document, row.record)
        read = [rows.read(Claim, claim.record) for claim in said]
    except ValueError as error:
        yield Problem(code="E407", name=row.id, detail=str(error))
        return
    yield from _same(row, rows.document_row(document, row.reader, row.record))
    for evidence in (document.evidence, *([document.within.evidence] if document.within else [])):
        if not store.has(evidence):
            yield Problem(code="E404", name=document.id, detail=f"{evidence} is not there")
    yield from _spans(document.id, document.segments, document.text)
    for position, (claim_row, claim) in enumerate(zip(said, read, strict=True)):
        yield from _same(claim_row, rows.claim_row(claim, position, claim_row.record))
        yield from _spans(claim.id, claim, document.text)


def _spans(name: str, value: Any, text: str) -> Iterator[Problem]:
    """Yield a problem for each span within a record that does not hold its text."""
    if isinstance(value, tuple):
        for item in value:
            yield from _spans(name, item, text)
    elif dataclasses.is_dataclass(value):
        if isinstance(value, Span) and (value.start < 0 or text[value.start : value.end] != value.text):
            yield Problem(code="E408", name=name, detail=f"{value.start}:{value.end}")
        for field in dataclasses.fields(value):
            yield from _spans(name, getattr(value, field.name), text)


def _derived(connection: Connection) -> Iterator[Problem]:
    last = journal.latest(connection, "incidents", "")
    if derived_digest(connection) != (last.digest if last else rows.digest_of([])):
        yield Problem(code="E407", name="incidents", detail="links and incidents are not those that were set last")
    for position, row in enumerate(_all(connection, incidents)):
        try:
            incident = rows.read(Incident, row.record)
        except ValueError as error:
            yield Problem(code="E407", name=row.id, detail=str(error))
            continue
        yield from _same(row, rows.incident_row(incident, position, row.record))
        joined = select(incident_claims).where(incident_claims.c.incident == row.id)
        members = [dict(one._mapping) for one in connection.execute(joined.order_by(incident_claims.c.position))]
        if members != rows.incident_claim_rows(incident):
            yield Problem(code="E407", name=row.id, detail="its claims are not those of its record")
    for position, row in enumerate(_all(connection, links)):
        try:
            yield from _same(row, rows.link_row(rows.read(Link, row.record), position, row.record), f"{row.a} {row.b}")
        except ValueError as error:
            yield Problem(code="E407", name=f"{row.a} {row.b}", detail=str(error))
    # Where a document was read since the incidents were set, they await being set anew: that is no fault.
    newest = connection.scalar(select(func.max(journal_table.c.number)).where(journal_table.c.what == "document"))
    if last and (newest or 0) < last.number:
        for claim in claims_not_kept(connection):
            yield Problem(code="E409", name=claim, detail="a link or an incident names it, and it is not in the ledger")


def _decisions(connection: Connection) -> Iterator[Problem]:
    for row in _all(connection, decisions):
        wanted = select(decision_subjects.c.record).where(decision_subjects.c.decision == row.id)
        subjects = connection.scalars(wanted.order_by(decision_subjects.c.position)).all()
        yield from _against_journal(connection, "decision", row.id, rows.digest_of([row.record, *subjects]))
        try:
            yield from _same(row, rows.decision_row(rows.read(Decision, row.record), row.record))
        except ValueError as error:
            yield Problem(code="E407", name=row.id, detail=str(error))


def _failed_items(connection: Connection) -> Iterator[Problem]:
    """Each failed item stands as the journal has it, and each in the journal stands or was read since."""
    standing = set()
    for row in connection.execute(select(problems).where(problems.c.document.is_(None))):
        digest = rows.digest_of([rows.problem_line(row._asdict())])
        standing.add((row.evidence or row.name, digest))
    entered = select(journal_table.c.about, journal_table.c.digest).where(journal_table.c.what == "problem").distinct()
    read_since = exists().where(documents.c.evidence == journal_table.c.about)
    for about, digest in standing - {tuple(row) for row in connection.execute(entered)}:
        yield Problem(code="E407", name=about, detail=f"a problem with the digest {digest} that the journal lacks")
    for row in connection.execute(entered.where(~read_since)):
        if tuple(row) not in standing:
            yield Problem(code="E407", name=row.about, detail="its problem is in the journal and not in the ledger")


def _alone(connection: Connection) -> Iterator[Problem]:
    """Yield what names something that is not there, and what the journal has and the ledger lost."""
    for child, column, parent in (
        (claims, claims.c.document, documents),
        (problems, problems.c.document, documents),
        (incident_claims, incident_claims.c.incident, incidents),
        (decision_subjects, decision_subjects.c.decision, decisions),
        (decisions, decisions.c.supersedes, decisions.alias("earlier")),
    ):
        lost = select(column).where(column.is_not(None), ~exists().where(parent.c.id == column)).distinct()
        for identity in connection.scalars(lost):
            yield Problem(code="E409", name=identity, detail=f"{child.name} name it, and it is not in the ledger")
    for what, table in (("document", documents), ("decision", decisions)):
        about = journal_table.c.about
        lost = select(about).where(journal_table.c.what == what, ~exists().where(table.c.id == about)).distinct()
        for identity in connection.scalars(lost):
            yield Problem(code="E409", name=identity, detail="the journal has it, and it is not in the ledger")


def _against_journal(connection: Connection, what: str, on: str, digest: str) -> Iterator[Problem]:
    entry = journal.latest(connection, what, on)
    if entry is None:
        yield Problem(code="E407", name=on, detail="the journal does not have it")
    elif entry.digest != digest:
        yield Problem(code="E407", name=on, detail=f"entry {entry.number} of the journal has another content")


def _same(row: Row[Any], wanted: dict[str, Any], name: str | None = None) -> Iterator[Problem]:
    wrong = [column for column, value in wanted.items() if row._mapping[column] != value]
    if wrong:
        yield Problem(code="E407", name=name or row.id, detail=f"columns and record differ: {', '.join(wrong)}")


def _all(connection: Connection, table: Table) -> Iterator[Row[Any]]:
    yield from connection.execute(select(table).order_by(table.c.position).execution_options(yield_per=PAGE))
