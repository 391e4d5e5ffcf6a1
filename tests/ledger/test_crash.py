"""A batch killed at any moment: the ledger opens, verifies and resumes, and ends as if nothing had been."""

import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import ledger_samples
import pytest
from ledger_samples import run_batch, state
from sqlalchemy import Engine, event

from corroborate.ledger import Ledger

COUNT = 40


def start(path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, ledger_samples.__file__, str(path), str(COUNT)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def kill_after(batch: subprocess.Popen[str], lines: int, seconds: float) -> bool:
    """Kill a batch so long after so many lines of its output; say whether it was still at work."""
    assert batch.stdout
    for _ in range(lines):
        batch.stdout.readline()
    time.sleep(seconds)
    batch.kill()
    finished = "done" in batch.stdout.read()
    batch.wait()
    return not finished


def test_a_batch_killed_again_and_again_ends_as_one_that_was_not(tmp_path: Path) -> None:
    chance = random.Random(20310502)
    whole, path = tmp_path / "whole", tmp_path / "killed"
    run_batch(whole, COUNT)
    documents = cut = 0
    for round_ in range(5):
        # The first rounds end while the tables are made; those after it each a few documents further on.
        lines = 1 if round_ < 2 else 1 + documents + chance.randrange(1, 8)
        cut += kill_after(start(path), lines, chance.uniform(0, 0.06 if round_ < 2 else 0.004))
        with Ledger.open(path) as ledger:
            assert list(ledger.verify()) == []
            now = sum(1 for _ in ledger.documents())
        assert now >= documents
        documents = now
    assert cut >= 3  # all five, unless this process was held up
    assert documents > 0
    run_batch(path, COUNT)
    with Ledger.open(path) as ledger, Ledger.open(whole) as expected:
        assert state(ledger) == state(expected)
        assert list(ledger.verify()) == []


forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")


@forks
def test_killed_before_each_statement_and_each_commit(tmp_path: Path) -> None:
    whole, empty = tmp_path / "whole", tmp_path / "empty"
    run_batch(whole, 1)
    Ledger.open(empty).close()
    with Ledger.open(whole) as ledger:
        expected = state(ledger)
    moments = 0
    while killed_at(path := Path(shutil.copy(empty, tmp_path / f"killed{moments}")), moments):
        # What a kill left is whole, and ends as it should; all incidents are there or none.
        with Ledger.open(path) as ledger:
            assert list(ledger.verify()) == [], f"killed at moment {moments}"
            assert len(list(ledger.incidents())) in (0, len(expected["incidents"]))
        run_batch(path, 1)
        with Ledger.open(path) as ledger:
            assert state(ledger) == expected, f"killed at moment {moments}"
        moments += 1
    assert moments > 30  # a document, a failed item, the incidents and a decision


@forks
def test_killed_while_the_tables_are_made(tmp_path: Path) -> None:
    moments = 0
    while killed_at(path := tmp_path / f"killed{moments}", moments, lambda path: Ledger.open(path).close()):
        with Ledger.open(path) as ledger:
            assert list(ledger.verify()) == []
            assert list(ledger.documents()) == []
        moments += 5
    assert moments > 20  # some thirty statements make the tables


def one_document(path: Path) -> None:
    run_batch(path, 1)


def killed_at(path: Path, moment: int, work: Callable[[Path], None] = one_document) -> bool:
    """Do the work in a process that kills itself as it comes to a statement or commit; false if it ended before."""
    child = os.fork()
    if child == 0:
        left = itertools.count(moment, -1)

        def strike(*_: object) -> None:
            if next(left) == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            event.listen(Engine, "before_cursor_execute", strike)
            event.listen(Engine, "commit", strike)
            work(path)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])
