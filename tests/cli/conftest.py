import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from typer.testing import CliRunner, Result

from corroborate.errors import Problem
from corroborate.ledger import Ledger

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))
import samples

Run = Callable[..., Result]


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A pipeline that finds the sample's two documents in any path; a path with "missing" in it is a failed file."""
    module = ModuleType("corroborate.pipeline")
    held = samples.holdings()

    def problems(paths: Sequence[str]) -> list[Problem]:
        return [Problem(code="E101", name=path) for path in paths if "missing" in path]

    def read_paths(paths: Sequence[str], settings: object, *, progress: object) -> Iterator[object]:
        for document in held.documents:
            yield SimpleNamespace(document=document, claims=held.claims_of[document.id], problems=())
        yield from problems(paths)

    def run(paths: Sequence[str], ledger: Ledger, settings: object, *, progress: object) -> object:
        new = 0
        for document in held.documents:
            ledger.keep_evidence(document.text.encode())
            new += ledger.add_document(document, held.claims_of[document.id], reader="1")
            if "interrupted" in paths[0]:
                raise KeyboardInterrupt
        ledger.set_incidents(held.links, held.incidents)
        for problem in problems(paths):
            ledger.add_problem(problem)
        unchanged = len(held.documents) - new
        return SimpleNamespace(new=new, unchanged=unchanged, problems=tuple(problems(paths)))

    def assess(ledger: Ledger, settings: object, *, progress: object) -> bool:
        return ledger.set_incidents(held.links, held.incidents)

    module.__dict__.update(read_paths=read_paths, run=run, assess=assess)
    monkeypatch.setitem(sys.modules, "corroborate.pipeline", module)
    return module


@pytest.fixture
def call(pipeline: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in an empty folder, with the sample pipeline."""
    from corroborate.cli import app

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "220")
    return lambda *args: CliRunner().invoke(app, [str(arg) for arg in args])
