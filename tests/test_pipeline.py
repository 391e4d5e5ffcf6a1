"""The composition: each document once, failures named and not fatal, a second run idle, an interrupted one resumed.

Reading is replaced by a plain stand-in here (one claim a document): the stages have tests of their own.
"""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from corroborate import pipeline
from corroborate.errors import Problem
from corroborate.ledger import Ledger
from corroborate.model import Claim, Document, claim_id
from corroborate.settings import Settings

ROOT = Path(__file__).parents[1]


class Watched:
    """A Progress that remembers."""

    def __init__(self):
        self.stages, self.steps, self.problems = [], 0, []

    def stage(self, name, total):
        self.stages.append(name)

    def advance(self, count=1):
        self.steps += count

    def note(self, problem):
        self.problems.append(problem)


def plain_claim(document: Document) -> Claim:
    end = document.text.index("\n") if "\n" in document.text else len(document.text)
    return Claim(
        id=claim_id(document.id, 0, end, None), document=document.id, start=0, end=end, text=document.text[:end],
        voice="own", source=None, cue=None, chain=(), basis=None, modality="asserted", polarity="affirmed", hedges=(),
        event=None, places=(), when=None, quantities=(), persons=(), evidence=(), flags=(), why=("stand-in",),
    )  # fmt: skip


def stand_in(document: Document, settings: Settings):
    if "STUMBLE" in document.text:
        return Problem(code="E202", name=document.name, detail="stumbled")
    return pipeline.ReadDocument(document=document, claims=(plain_claim(document),))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(5):
        (reports / f"{number}.txt").write_text(
            f"Report {number} says that the road north of the town was closed on Sunday.\nNobody was hurt there.\n"
        )
    return reports


@pytest.fixture(autouse=True)
def without_the_reader(monkeypatch):
    monkeypatch.setattr(pipeline, "_read_here", stand_in)
    monkeypatch.setattr("corroborate.read.READER_VERSION", "stand-in 1", raising=False)


def run(folder: Path, ledger: Path, watched: Watched | None = None) -> pipeline.Outcome:
    with Ledger.open(ledger) as opened:
        return pipeline.run([str(folder)], opened, Settings(workers=1), progress=watched or Watched())


def test_every_document_is_kept_with_its_bytes(folder, tmp_path):
    watched = Watched()
    outcome = run(folder, tmp_path / "l.ledger", watched)
    assert (outcome.new, outcome.unchanged, outcome.failed) == (5, 0, False)
    assert watched.steps == 5
    assert watched.stages == ["read", "link", "weigh"]
    with Ledger.open(tmp_path / "l.ledger") as ledger:
        assert [ledger.evidence(d.evidence) for d in ledger.documents()] == [
            (folder / f"{n}.txt").read_bytes() for n in range(5)
        ]
        assert list(ledger.verify()) == []


def test_a_second_run_changes_nothing(folder, tmp_path):
    path = tmp_path / "l.ledger"
    run(folder, path)
    with Ledger.open(path) as ledger:
        before = [entry.hash for entry in ledger.journal()]
    outcome = run(folder, path)
    assert (outcome.new, outcome.unchanged) == (0, 5)
    with Ledger.open(path) as ledger:
        assert [entry.hash for entry in ledger.journal()] == before


def test_other_parties_of_the_users_own_read_everything_anew(folder, tmp_path):
    path, parties = tmp_path / "l.ledger", tmp_path / "parties.toml"
    run(folder, path)
    one = ROOT / "examples" / "parties.toml"
    for words in (one.read_text(), one.read_text() + "# another"):
        parties.write_text(words)
        with Ledger.open(path) as opened:
            settings = Settings(workers=1, parties=str(parties))
            assert pipeline.run([str(folder)], opened, settings, progress=Watched()).new == 5
            assert pipeline.run([str(folder)], opened, settings, progress=Watched()).unchanged == 5
            assert list(opened.verify()) == []


def test_one_document_that_fails_does_not_stop_the_rest(folder, tmp_path):
    (folder / "2.txt").write_text("STUMBLE here, on the way to the town in the north of the country.")
    (folder / "3.txt").write_bytes(b"")
    watched = Watched()
    outcome = run(folder, tmp_path / "l.ledger", watched)
    assert outcome.new == 3
    assert outcome.failed
    assert {(problem.code, Path(problem.name).name) for problem in watched.problems} == {
        ("E202", "2.txt"),
        ("E103", "3.txt"),
    }


def test_reading_without_keeping_gives_the_same_documents_in_order(folder):
    results = list(pipeline.read_paths([str(folder), str(folder / "none")], Settings(workers=1), progress=Watched()))
    read = [result for result in results if isinstance(result, pipeline.ReadDocument)]
    assert [Path(result.document.name).name for result in read] == [f"{n}.txt" for n in range(5)]
    assert [result.code for result in results if isinstance(result, Problem)] == ["E101"]


def test_a_run_that_is_killed_goes_on_where_it_stopped(folder, tmp_path):
    path = tmp_path / "l.ledger"
    script = tmp_path / "slow.py"
    script.write_text(
        textwrap.dedent(f"""
        import sys, time
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        import corroborate.read
        from corroborate import pipeline
        import test_pipeline as t
        corroborate.read.READER_VERSION = "stand-in 1"
        def slowly(document, settings):
            time.sleep(0.2)
            print("read", flush=True)
            return t.stand_in(document, settings)
        pipeline._read_here = slowly
        from pathlib import Path
        t.run(Path({str(folder)!r}), Path({str(path)!r}))
        """)
    )
    process = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    for _ in range(3):
        assert process.stdout.readline() == "read\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    with Ledger.open(path) as ledger:
        assert list(ledger.verify()) == []
        kept = len(list(ledger.documents()))
    assert 2 <= kept <= 3
    outcome = run(folder, path)
    assert (outcome.new, outcome.unchanged) == (5 - kept, kept)


def test_a_file_of_places_that_cannot_be_used_is_told(folder: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    files = tmp_path / "data" / "corroborate" / "gazetteers"
    files.mkdir(parents=True)
    (files / "SY.sqlite").write_bytes(b"cut off")
    watched = Watched()
    read = list(pipeline.read_paths([str(folder)], Settings(workers=1), progress=watched))
    assert read
    assert [(problem.code, problem.name) for problem in watched.problems] == [("N251", "SY")]
