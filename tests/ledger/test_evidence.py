import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corroborate.errors import CorroborateError
from corroborate.ledger import Ledger
from corroborate.ledger.evidence import EvidenceStore
from corroborate.model import evidence_id


def file_of(path: Path, identity: str) -> Path:
    digest = identity.removeprefix("sha256:")
    return path.with_name(path.name + ".evidence") / digest[:2] / digest[2:]


@settings(max_examples=20, deadline=None)
@given(data=st.binary(max_size=200))
def test_bytes_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    store = EvidenceStore(tmp_path_factory.getbasetemp() / "shared.evidence")
    identity = store.keep(data)
    assert identity == evidence_id(data)
    assert store.get(identity) == data
    assert store.has(identity)


def test_kept_once_under_its_hash(ledger: Ledger, path: Path) -> None:
    identity = ledger.keep_evidence(b"a statement")
    file = file_of(path, identity)
    before = file.stat()
    assert ledger.keep_evidence(b"a statement") == identity
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [file for file in file.parents[1].rglob("*") if file.is_file()] == [file]


def test_changed_evidence_is_not_given_out_and_is_restored_from_a_copy(ledger: Ledger, path: Path) -> None:
    identity = ledger.keep_evidence(b"12 were killed")
    file_of(path, identity).write_bytes(b"21 were killed")
    with pytest.raises(CorroborateError) as raised:
        ledger.evidence(identity)
    assert raised.value.problem.code == "E404"
    assert [problem.code for problem in ledger.verify()] == ["E404"]
    ledger.keep_evidence(b"12 were killed")
    assert ledger.evidence(identity) == b"12 were killed"


@pytest.mark.parametrize("identity", ["sha256:" + "0" * 64, "sha256:../../etc", "", "d_12"])
def test_what_was_not_kept_is_not_there(ledger: Ledger, identity: str) -> None:
    with pytest.raises(CorroborateError) as raised:
        ledger.evidence(identity)
    assert raised.value.problem.code == "E403"


def test_left_over_temporary_files_do_no_harm_and_go(path: Path) -> None:
    with Ledger.open(path) as ledger:
        ledger.keep_evidence(b"kept")
    unfinished = path.with_name(path.name + ".evidence") / "unfinished"
    old, new = unfinished / "old", unfinished / "new"
    for file in (old, new):
        file.write_bytes(b"hal")
    os.utime(old, (time.time() - 90_000,) * 2)
    with Ledger.open(path) as ledger:
        assert list(ledger.verify()) == []
        assert not old.exists()
        assert new.exists()  # another process may be writing it


def test_a_failed_write_leaves_nothing(ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CorroborateError) as raised:
        ledger.keep_evidence(b"too much")
    assert raised.value.problem.code == "E502"
    assert "No space left" in str(raised.value)
    folder = path.with_name(path.name + ".evidence")
    assert not [file for file in folder.rglob("*") if file.is_file()]
