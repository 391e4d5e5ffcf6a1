"""The ledger: one file, the folder of its evidence beside it, and all that may be done with them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine, select

from corroborate.errors import CorroborateError, Problem
from corroborate.ledger import engine as database
from corroborate.ledger import journal, migrate, queries, tables, verify, writes
from corroborate.ledger.corrections import as_decided
from corroborate.ledger.evidence import EvidenceStore
from corroborate.ledger.journal import Entry
from corroborate.ledger.rulings import rulings
from corroborate.model import Claim, Decision, Document, Incident, Link, Ruling

_T = TypeVar("_T")


class Ledger:
    """What is kept. Use `with Ledger.open(path) as ledger`.

    A method that changes something does all of it, with its entry in the journal, or nothing, whenever the process
    may end. A method that yields reads as it goes, from the state in which it began; writing meanwhile is allowed.
    Every method raises CorroborateError E401 where the file turns out damaged, and each that writes E406 where another
    process keeps writing for longer than a few seconds, and E502 where the disk does not take it.
    """

    def __init__(self, path: Path, engine: Engine, store: EvidenceStore) -> None:
        self.path = path
        self._engine = engine
        self._store = store

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Self:
        """Open the ledger in a file, whose evidence lies in the folder NAME.evidence beside it.

        A new one is made where there is none and `create` is true; the tables of an older version are brought up to
        date. Raises CorroborateError E401 (no ledger, or not to be opened), E402 (of a later version), E406 (held).
        """
        if not path.parent.is_dir():
            raise CorroborateError("E401", str(path), f"there is no folder {path.parent}")
        if not path.is_file() and (path.exists() or not create):
            raise CorroborateError("E401", str(path), "it is not a file" if path.exists() else "there is no such file")
        engine = database.connect(path)
        try:
            migrate.bring_up_to_date(engine, path, create=create)
        except BaseException:
            engine.dispose()
            raise
        store = EvidenceStore(path.with_name(path.name + ".evidence"))
        store.clean()
        return cls(path, engine, store)

    def close(self) -> None:
        """Close the file. Nothing waits to be written."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Evidence

    def keep_evidence(self, data: bytes) -> str:
        """Keep bytes as they came and return their id, "sha256:" and hex; keeping them twice changes nothing."""
        return self._store.keep(data)

    def evidence(self, id: str) -> bytes:
        """Return the bytes of an id. Raises CorroborateError E403 (not kept) or E404 (changed since)."""
        return self._store.get(id)

    # Documents and claims

    def was_read(self, document_id: str, reader: str) -> bool:
        """Say whether this document is there as this reader (a version string of it) read it."""
        wanted = select(tables.documents.c.reader).where(tables.documents.c.id == document_id)
        with self._reading() as connection:
            return bool(connection.scalar(wanted) == reader)

    def add_document(
        self, document: Document, claims: Sequence[Claim], *, reader: str, problems: Sequence[Problem] = ()
    ) -> bool:
        """Add a document with its claims and what was odd about it, as a reader (a version string) found them.

        False, and nothing changed, where it is there by the same reader; where another reader read it, its text, claims
        and problems are replaced. What `add_problem` remembered of the same bytes is dropped: they are read now.
        Raises CorroborateError E403 where its evidence was not kept first; ValueError where claims share an id or are
        of another document.
        """
        if self.was_read(document.id, reader):
            return False
        for evidence in (document.evidence, *([document.within.evidence] if document.within else [])):
            if not self._store.has(evidence):
                raise CorroborateError("E403", document.id, f"{evidence} (its evidence)")
        reading = writes.Reading(document, claims, reader, problems)
        return self._write(lambda connection: writes.add_reading(connection, reading))

    def add_problem(self, problem: Problem, *, evidence: str | None = None) -> bool:
        """Remember an item that gave no document, with the id of its bytes where they were kept.

        False, and nothing changed, where the same is remembered already (without `evidence`: of whatever item or
        document). What is remembered with its evidence is dropped when a document of that evidence is added.
        """
        return self._write(lambda connection: writes.add_problem(connection, problem, evidence))

    def documents(self) -> Iterator[Document]:
        """Yield every document, in the order of arrival."""
        return self._stream(lambda c: queries.records(c, Document, queries.documents_in_order()))

    def claims(self, document: str | None = None, *, incident: str | None = None) -> Iterator[Claim]:
        """Yield the claims by document, as they were read; or those of one document or of one incident (whole ids)."""
        wanted = queries.claims_in_order(document, incident)
        return self._stream(lambda c: queries.records(c, Claim, wanted))

    def problems(self) -> Iterator[Problem]:
        """Yield the problems of documents and of items that gave none, in the order in which they were met."""
        return self._stream(queries.problems_in_order)

    def document(self, id: str) -> Document:
        """Return the document of an id or a unique prefix of one. Raises CorroborateError E403."""
        with self._reading() as connection:
            return queries.by_prefix(connection, tables.documents, Document, id)

    def claim(self, id: str) -> Claim:
        """Return the claim of an id or a unique prefix of one. Raises CorroborateError E403."""
        with self._reading() as connection:
            return queries.by_prefix(connection, tables.claims, Claim, id)

    # Links and incidents

    def set_incidents(self, links: Sequence[Link], incidents: Sequence[Incident]) -> bool:
        """Put these links and incidents in the place of those that are there.

        False, and nothing changed, where they are the same (in whatever order). Raises CorroborateError E403 where
        they name a claim that is not in the ledger; ValueError where two incidents share an id.
        """
        derived = writes.Derived(links, incidents)
        return self._write(lambda connection: writes.set_derived(connection, derived))

    def links(self, claim: str | None = None) -> Iterator[Link]:
        """Yield the links, by the ids of their claims; or those of one claim (whole id)."""
        return self._stream(lambda c: queries.records(c, Link, queries.links_in_order(claim)))

    def incidents(self, claim: str | None = None) -> Iterator[Incident]:
        """Yield the incidents, by id; or those that a claim (whole id) belongs to.

        They are as last set: where documents were read since, claims may be missing from them, or gone.
        """
        return self._stream(lambda c: queries.records(c, Incident, queries.incidents_in_order(claim)))

    def incident(self, id: str) -> Incident:
        """Return the incident of an id or a unique prefix of one. Raises CorroborateError E403."""
        with self._reading() as connection:
            return queries.by_prefix(connection, tables.incidents, Incident, id)

    # Decisions

    def decide(self, decision: Decision) -> None:
        """Keep what a person decided, for good, with the claims and incidents it is on as they stand now.

        The same decision again changes nothing. Raises CorroborateError E403 where it supersedes one that is not
        there; ValueError where another has its id.
        """
        with database.writing(self._engine, self.path, lasting=True) as connection:
            writes.add_decision(connection, decision)

    def decisions(self) -> Iterator[Decision]:
        """Yield every decision, in the order in which they were taken."""
        return self._stream(lambda c: queries.records(c, Decision, queries.decisions_in_order(standing=False)))

    def standing_decisions(self) -> Iterator[Decision]:
        """Yield the decisions that no later one supersedes, in the order in which they were taken.

        A withdrawal is among them, and stands for nothing but that an earlier one no longer holds.
        """
        return self._stream(lambda c: queries.records(c, Decision, queries.decisions_in_order(standing=True)))

    def decided_on(self, decision: str) -> Iterator[Claim | Incident]:
        """Yield the claims and incidents (each followed by its claims) that a decision was on, as they stood then.

        Their spans anchor the decision again after its document was read anew. A subject that was not in the ledger
        when the decision was taken is left out.
        """
        return self._stream(lambda c: queries.subjects_of(c, decision))

    def decision(self, id: str) -> Decision:
        """Return the decision of an id or a unique prefix of one. Raises CorroborateError E403."""
        with self._reading() as connection:
            return queries.by_prefix(connection, tables.decisions, Decision, id)

    def rulings(self, *, every: bool = False) -> tuple[Ruling, ...]:
        """Return each standing decision with the claims that it is on as they are read now; or every one there was."""
        decisions = self.decisions() if every else self.standing_decisions()
        return rulings(decisions, self.decided_on, self._with_claims)

    def ruling(self, decision: Decision) -> Ruling:
        """Return what a decision would be on, that is not kept yet."""
        with self._reading() as connection:
            subjects = list(writes.subjects(connection, decision.on))
        return rulings((decision,), lambda _: map(queries.subject, subjects), self._with_claims)[0]

    def decided_claims(self, found: Sequence[Ruling]) -> Iterator[Claim]:
        """Yield every claim as `claims` does, with the corrections of the rulings that `rulings` gave."""
        return as_decided(self.claims(), found, lambda document: self.document(document).text)

    # The journal

    def journal(self) -> Iterator[Entry]:
        """Yield the entries of the journal, oldest first."""
        return self._stream(journal.entries)

    def verify(self) -> Iterator[Problem]:
        """Check everything against everything, and yield what does not hold; nothing is changed.

        E401 the file is damaged, E404 evidence changed or gone, E405 the journal's chain is broken, E407 a row is not
        as the journal or its own record has it, E408 a span does not hold its text, E409 something stands alone.
        """
        return verify.check(self._engine, self.path, self._store)

    def _with_claims(self, document: str) -> tuple[Document | None, Sequence[Claim]]:
        claims = tuple(self.claims(document))
        return (self.document(document) if claims else None), claims

    def _reading(self) -> AbstractContextManager[Connection]:
        return database.reading(self._engine, self.path)

    def _stream(self, rows: Callable[[Connection], Iterator[_T]]) -> Iterator[_T]:
        with self._reading() as connection:
            yield from rows(connection)

    def _write(self, change: Callable[[Connection], _T]) -> _T:
        with database.writing(self._engine, self.path) as connection:
            return change(connection)
