import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from ledger_samples import READER, add, claims_of, decision_of, document_of, incident_of, link_of, state

from corroborate.errors import CorroborateError, Problem
from corroborate.ledger import Ledger
from corroborate.ledger.journal import seal
from corroborate.model import evidence_id


@pytest.fixture
def full(path: Path) -> Iterator[Path]:
    """A ledger with one of everything, closed."""
    with Ledger.open(path) as ledger:
        for number in range(3):
            add(ledger, document_of(number), problems=(Problem(code="N152", name=f"{number}", detail="utf-8"),))
        ledger.add_problem(Problem(code="E103", name="empty.txt"))
        ledger.add_problem(Problem(code="E108", name="scan.pdf"), evidence=ledger.keep_evidence(b"scan"))
        claims = list(ledger.claims())
        ledger.set_incidents([link_of(claims[0], claims[2])], [incident_of([claims[0], claims[2]])])
        first = decision_of("accept", claims[0].id)
        ledger.decide(first)
        ledger.decide(decision_of("reject", claims[0].id, supersedes=first.id))
        assert list(ledger.verify()) == []
    return path


def codes(path: Path) -> set[str]:
    with Ledger.open(path, create=False) as ledger:
        return {problem.code for problem in ledger.verify()}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE documents SET record = replace(record, 'people', 'soldiers') WHERE position = 2", {"E407", "E408"}),
        ("UPDATE documents SET outlet = 'Another' WHERE position = 1", {"E407"}),
        ("UPDATE documents SET reader = 'reader 9' WHERE position = 1", {"E407"}),
        ("UPDATE documents SET record = 'no JSON' WHERE position = 1", {"E407"}),
        ("UPDATE documents SET record = (SELECT record FROM claims LIMIT 1) WHERE position = 1", {"E407"}),
        ("UPDATE claims SET record = replace(record, 'at_least', 'exact')", {"E407"}),
        ("UPDATE claims SET modality = 'asserted'", {"E407"}),
        ("DELETE FROM claims WHERE position = 1", {"E407"}),
        ("DELETE FROM claims WHERE position = 0", {"E407", "E409"}),
        ("UPDATE problems SET detail = 'other' WHERE document IS NOT NULL", {"E407"}),
        ("UPDATE problems SET detail = 'other' WHERE name = 'empty.txt'", {"E407"}),
        ("DELETE FROM problems WHERE name = 'scan.pdf'", {"E407"}),
        ("UPDATE incidents SET record = replace(record, '\"min\": 3', '\"min\": 30')", {"E407"}),
        ("UPDATE incidents SET killed_min = 30", {"E407"}),
        ("DELETE FROM incident_claims WHERE position = 1", {"E407"}),
        ("UPDATE links SET record = replace(record, '4.5', '9.5')", {"E407"}),
        ("DELETE FROM links", {"E407"}),
        ("UPDATE decisions SET record = replace(record, 'seen by me', 'no')", {"E407"}),
        ("UPDATE decisions SET what = 'accept'", {"E407"}),
        ("DELETE FROM decision_subjects", {"E407"}),
        ("DELETE FROM decisions WHERE position = 2", {"E409"}),
        ("DELETE FROM documents WHERE position = 3", {"E409"}),
        ("UPDATE journal SET digest = replace(digest, 'a', 'b') WHERE number = 2", {"E405", "E407"}),
        ("UPDATE journal SET at = '2031-01-01T00:00:00+00:00' WHERE number = 4", {"E405"}),
        ("DELETE FROM journal WHERE number = 4", {"E405", "E407"}),
        ("DELETE FROM journal WHERE number = 1", {"E405", "E407"}),
        ("DELETE FROM journal WHERE number = (SELECT max(number) FROM journal)", {"E407"}),
    ],
)
def test_a_change_in_the_file_is_found(full: Path, change: str, found: set[str]) -> None:
    connection = sqlite3.connect(full)
    assert connection.execute(change).rowcount > 0
    connection.commit()
    connection.close()
    assert codes(full) == found


def test_the_first_broken_entry_is_named(full: Path) -> None:
    connection = sqlite3.connect(full)
    number, at, what, about, previous = connection.execute(
        "SELECT number, at, what, about, previous FROM journal WHERE number = 3"
    ).fetchone()
    # An entry sealed anew does not fit the one after it.
    sealed = seal(number, at, what, about, "f" * 64, previous)
    connection.execute("UPDATE journal SET digest = ?, hash = ? WHERE number = 3", ("f" * 64, sealed))
    connection.commit()
    with Ledger.open(full) as ledger:
        broken = [problem.detail for problem in ledger.verify() if problem.code == "E405"]
    assert broken == ["4"]


def test_lost_evidence_and_evidence_that_changed(full: Path) -> None:
    folder = full.with_name(full.name + ".evidence")
    lost, changed = (evidence_id(document_of(number).text.encode()) for number in (0, 1))
    (folder / lost[7:9] / lost[9:]).unlink()
    (folder / changed[7:9] / changed[9:]).write_bytes(b"")
    with Ledger.open(full) as ledger:
        found = {(problem.code, problem.name) for problem in ledger.verify()}
    assert found == {("E404", document_of(0).id), ("E404", changed)}


def test_a_span_that_does_not_hold_its_text_is_found(ledger: Ledger) -> None:
    document = document_of(1)
    claim = claims_of(document)[0]
    off = replace(claim.quantities[0], start=claim.start, end=claim.start + 1)
    ledger.keep_evidence(document.text.encode())
    ledger.add_document(document, [replace(claim, quantities=(off,))], reader=READER)
    assert [(problem.code, problem.name) for problem in ledger.verify()] == [("E408", claim.id)]


def test_incidents_that_await_a_re_reading_are_no_fault_and_never_stay_unnoticed(full: Path) -> None:
    with Ledger.open(full) as ledger:
        before = state(ledger)
        ledger.add_document(document_of(0), [], reader="reader 2")
        assert list(ledger.verify()) == []
        add(ledger, document_of(0), reader="reader 3")
        assert state(ledger)["claims"] == before["claims"]


def test_a_damaged_file_is_reported_and_not_raised(full: Path) -> None:
    connection = sqlite3.connect(full)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'claims'").fetchone()
    connection.close()
    with full.open("r+b") as stream:
        stream.seek((page - 1) * size)
        stream.write(b"\xff" * size)
    with Ledger.open(full) as ledger:
        assert "E401" in {problem.code for problem in ledger.verify()}
        with pytest.raises(CorroborateError) as raised:
            list(ledger.claims())
    assert raised.value.problem.code == "E401"


def test_a_copy_of_file_and_folder_is_a_ledger(full: Path, tmp_path: Path) -> None:
    other = tmp_path / "else" / "copy.ledger"
    other.parent.mkdir()
    shutil.copy(full, other)
    shutil.copytree(full.with_name(full.name + ".evidence"), other.with_name(other.name + ".evidence"))
    assert codes(other) == set()
