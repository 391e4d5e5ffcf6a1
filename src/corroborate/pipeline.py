"""The composition: gather, read, link, weigh. The ledger keeps what they make; nothing here decides anything itself."""

import hashlib
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from corroborate.errors import CorroborateError, Problem
from corroborate.gather import find, open_item
from corroborate.model import Claim, Document, Incident, Link, Ruling, reliability
from corroborate.settings import Settings

if TYPE_CHECKING:
    from corroborate.ledger import Ledger
    from corroborate.read import Reader

# Fewer documents than these are read in the process that is there already. A process costs 2.5 s of one core before it
# reads (imports, weights, gazetteer), where a pool of two costs 3.4 s; a report costs 0.10 s, of which a second core
# saves 0.046: even at 20. Processor times over 12 and 40 FA-KES articles, twice, one process beside a pool of two.
_WORTH_A_POOL = 20
# Documents handed to the workers ahead of the one that is waited for: they stay busy, and few texts are held in memory.
_AHEAD_PER_WORKER = 4


class Progress(Protocol):
    """What the pipeline tells whoever watches it."""

    def stage(self, name: str, total: int | None) -> None:
        """A stage begins; `total` is its number of steps where it is known."""

    def advance(self, count: int = 1) -> None:
        """So many steps of the stage are done."""

    def note(self, problem: Problem) -> None:
        """Something was not read, or was kept with something left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """A document as read: with its sentences and segments, its claims, and what was amiss."""

    document: Document
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run did: documents read anew, documents that were there already, and what went wrong."""

    new: int
    unchanged: int
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        """True where at least one thing was not read."""
        return any(problem.is_failure for problem in self.problems)


def read_paths(paths: Sequence[str], settings: Settings, *, progress: Progress) -> Iterator[ReadDocument | Problem]:
    """Yield each document of the paths as read, or the Problem that kept it from being read; nothing is kept.

    `paths` are files, folders, archives or "-" for standard input; the order is that in which they are found.
    """
    amiss: deque[_Amiss] = deque()
    progress.stage("read", None)
    with _Readers(settings, progress) as readers:
        for _, result in readers.read(_documents(paths, settings, amiss, None)):
            yield from (problem for problem, _ in _drain(amiss))
            progress.advance()
            yield result
    yield from (problem for problem, _ in _drain(amiss))


def run(paths: Sequence[str], ledger: "Ledger", settings: Settings, *, progress: Progress) -> Outcome:
    """Take the paths through every stage into the ledger; what is there already is left as it is.

    Each document enters the ledger in one transaction as soon as it is read, so that a run that is interrupted at any
    moment goes on where it stopped.
    """
    reader = _reader_name(settings)
    amiss: deque[_Amiss] = deque()
    problems: list[Problem] = []
    new = unchanged = 0

    def unread() -> Iterator[Document]:
        nonlocal unchanged
        for document in _documents(paths, settings, amiss, ledger):
            if ledger.was_read(document.id, reader):
                unchanged += 1
                progress.advance()
            else:
                yield document

    def noted() -> None:
        for problem, evidence in _drain(amiss):
            problems.append(problem)
            progress.note(problem)
            # A failure is forgotten when a document comes of the same bytes; a notice stays beside its document.
            ledger.add_problem(problem, evidence=evidence if problem.is_failure else None)

    progress.stage("read", None)
    with _Readers(settings, progress) as readers:
        for document, result in readers.read(unread()):
            noted()
            progress.advance()
            if isinstance(result, Problem):
                amiss.append((result, document.evidence))
                continue
            added = ledger.add_document(result.document, result.claims, reader=reader, problems=result.problems)
            new, unchanged = new + added, unchanged + (not added)
            for problem in result.problems:
                problems.append(problem)
                progress.note(problem)
    noted()
    assess(ledger, settings, progress=progress)
    return Outcome(new=new, unchanged=unchanged, problems=tuple(problems))


def incidents_of(
    documents: Sequence[Document],
    claims: Sequence[Claim],
    settings: Settings,
    rulings: Sequence[Ruling] = (),
    *,
    progress: Progress,
) -> "tuple[Sequence[Link], tuple[Incident, ...]]":
    """Link and weigh documents and claims as people decided (`rulings`); return the links and the incidents."""
    from corroborate.knowledge.parties import Parties
    from corroborate.link import link
    from corroborate.weigh import weigh

    progress.stage("link", None)
    linked = link(documents, claims, rulings)
    for proposed in linked.proposals:
        said = "; ".join(proposed.because[1:])
        progress.note(Problem(code="N301", name=f"{proposed.a}, {proposed.b}", detail=said))
    progress.stage("weigh", None)
    incidents = weigh(
        linked.clusters,
        documents,
        claims,
        linked.shared,
        linked.links,
        parties=Parties.load(Path(settings.parties) if settings.parties else None),
        scheme=settings.grades or None,
        ranges=settings.ranges or None,
        reliability={name: one.decision.changes[0].value for name, one in reliability(rulings).items()},
    )
    return (*linked.links, *linked.proposals), incidents


def _reader_name(settings: Settings) -> str:
    """Return what the ledger knows a reading by: the reader's version and the user's own parties that it read with."""
    from corroborate.read import READER_VERSION

    if not settings.parties:
        return READER_VERSION
    try:
        parties = Path(settings.parties).read_bytes()
    except OSError as error:
        raise CorroborateError("E501", "parties", f"{settings.parties}: {error.strerror}") from error
    return f"{READER_VERSION}+{hashlib.sha256(parties).hexdigest()[:12]}"


def assess(ledger: "Ledger", settings: Settings, *, progress: Progress) -> bool:
    """Link and weigh all that the ledger holds, as people decided; return whether its incidents changed."""
    from corroborate.ledger import rejected

    rulings = ledger.rulings()
    for one in rulings:
        if one.waits:
            progress.note(Problem(code="N451", name=one.decision.id, detail=one.waits))
    left_out = set(rejected(rulings))
    documents = list(ledger.documents())
    claims = [claim for claim in ledger.decided_claims(rulings) if claim.id not in left_out]
    links, incidents = incidents_of(documents, claims, settings, rulings, progress=progress)
    return ledger.set_incidents(links, incidents)


# What went wrong, and the evidence that it went wrong with (None where there are no bytes).
_Amiss = tuple[Problem, str | None]


def _documents(
    paths: Sequence[str], settings: Settings, amiss: deque[_Amiss], ledger: "Ledger | None"
) -> Iterator[Document]:
    """Yield the documents of the paths; the bytes are kept in the ledger before anything reads them."""
    for item in find(paths, max_bytes=settings.max_bytes):
        if isinstance(item, Problem):
            amiss.append((item, None))
            continue
        evidence = ledger.keep_evidence(item.data) if ledger is not None else None
        for opened in open_item(item):
            if isinstance(opened, Problem):
                amiss.append((opened, evidence))
                continue
            if ledger is not None:
                ledger.keep_evidence(opened.data)
            yield opened.document


def _drain(amiss: deque[_Amiss]) -> Iterator[_Amiss]:
    while amiss:
        yield amiss.popleft()


class _Readers:
    """Reads documents in order: a few in this process, more of them in as many processes as the settings say."""

    def __init__(self, settings: Settings, progress: Progress) -> None:
        self._settings = settings
        self._progress = progress
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "_Readers":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def read(self, documents: Iterator[Document]) -> Iterator[tuple[Document, ReadDocument | Problem]]:
        first = list(islice(documents, _WORTH_A_POOL))
        if first:
            self._prepare()
        if len(first) < _WORTH_A_POOL or self._settings.worker_count == 1:
            for document in chain(first, documents):
                yield document, _read_here(document, self._settings)
            return
        waiting: deque[tuple[Document, Future[ReadDocument | Problem]]] = deque()
        ahead = _AHEAD_PER_WORKER * self._settings.worker_count
        for document in chain(first, documents):
            waiting.append((document, self._submit(document)))
            if len(waiting) > ahead:
                yield self._result(*waiting.popleft())
        while waiting:
            yield self._result(*waiting.popleft())

    def _prepare(self) -> None:
        """Compile the gazetteer before any process reads, where that was never done: the workers find it there."""
        from corroborate.knowledge.gazetteer import added_files, prepare

        for one in added_files():
            if not one.places:
                self._progress.note(Problem(code="N251", name=one.name))

        def begun(places: int) -> None:
            self._progress.stage("compile the gazetteer, once", places)

        if prepare(begun, self._progress.advance):
            self._progress.stage("read", None)

    def _submit(self, document: Document) -> "Future[ReadDocument | Problem]":
        if self._pool is None:
            # spawn: a forked child would inherit the locks of the runtime's threads.
            self._pool = ProcessPoolExecutor(self._settings.worker_count, mp_context=get_context("spawn"))
        try:
            return self._pool.submit(_read_here, document, self._settings)
        except BrokenExecutor:
            self._pool = None
            return self._submit(document)

    def _result(
        self, document: Document, future: "Future[ReadDocument | Problem]"
    ) -> tuple[Document, ReadDocument | Problem]:
        try:
            return document, future.result()
        except BrokenExecutor:
            return document, self._read_alone(document)

    def _read_alone(self, document: Document) -> ReadDocument | Problem:
        """Read a document whose process ended under it in a process of its own, to tell whether it is the cause."""
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            try:
                return pool.submit(_read_here, document, self._settings).result()
            except BrokenExecutor:
                return Problem(code="E202", name=document.name, detail="the process that read it was ended")


_reader: "tuple[Settings, Reader] | None" = None


def _read_here(document: Document, settings: Settings) -> ReadDocument | Problem:
    """Read one document in this process; the reader is made at the first call and kept for the next."""
    global _reader
    from corroborate.read import Reader

    if _reader is None or _reader[0] != settings:
        _reader = (settings, Reader(settings))
    try:
        result = _reader[1].read(document)
    except Exception as error:  # noqa: BLE001 - one document must not end a batch; it is named and the exit code says so
        return Problem(code="E202", name=document.name, detail=f"{type(error).__name__}: {error}")
    return ReadDocument(document=result.document, claims=result.claims, problems=result.problems)
