"""The program as a process of its own: what only shows there."""

import subprocess
import sys
from importlib.metadata import version

PROGRAM = [sys.executable, "-m", "corroborate"]


def test_version() -> None:
    done = subprocess.run([*PROGRAM, "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"corroborate {version('corroborate')}\n", "")


def test_a_reader_that_goes_ends_it_quietly() -> None:
    with subprocess.Popen([*PROGRAM, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()  # before anything was written
        assert running.stderr.read() == b""
        assert running.wait() == 0


def test_help_imports_nothing_heavy() -> None:
    heavy = "{'spacy', 'onnxruntime', 'splink', 'duckdb', 'trafilatura', 'sqlalchemy', 'jinja2', 'numpy'}"
    code = f"import sys, corroborate.cli; print(sorted(set(sys.modules) & {heavy}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
