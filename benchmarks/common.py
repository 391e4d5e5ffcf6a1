"""What the benchmarks share: arguments, gzipped reading, counting, the table beside the published figures, and the
record of results.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

RESULTS = Path(__file__).with_name("RESULTS.md")


@dataclass(frozen=True, slots=True)
class Published:
    """Figures that others report, by the names of ours, and where."""

    who: str
    figures: Mapping[str, float]


@dataclass
class Counts:
    """Right, found and wanted, and what follows from them in percent."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, found: set[object], wanted: set[object]) -> None:
        """Count two sets of answers."""
        self.right += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)

    @property
    def precision(self) -> float:
        """Right of those found."""
        return 100 * self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Right of those wanted."""
        return 100 * self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 200 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0


def arguments(description: str | None) -> argparse.ArgumentParser:
    """Return a parser with what every benchmark takes: DATA..., --json and --record."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="+", type=Path, metavar="DATA", help="the files to measure on, gzipped or not")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object on the last line")
    parser.add_argument("--record", action="store_true", help="add the figures to benchmarks/RESULTS.md")
    return parser


def opened(path: Path) -> IO[str]:
    """Open a text file, gzipped or not."""
    if path.suffix == ".gz":
        return cast("IO[str]", gzip.open(path, "rt", encoding="utf-8"))
    return path.open(encoding="utf-8")


def lines(path: Path) -> Iterator[dict[str, object]]:
    """Yield the objects of a JSON Lines file; raise ValueError with the file and line where one cannot be read."""
    with opened(path) as rows:
        for number, row in enumerate(rows, 1):
            if row.strip():
                try:
                    yield json.loads(row)
                except json.JSONDecodeError as error:
                    raise ValueError(f"{path}, line {number}: {error}") from error


def report(
    name: str, figures: Mapping[str, float | None], published: Sequence[Published], options: argparse.Namespace
) -> None:
    """Print the table of `figures` beside the published ones, record them if asked, and end with the JSON line if
    asked.
    """
    from rich.console import Console
    from rich.table import Table

    table = Table(title=name)
    table.add_column("figure")
    table.add_column("ours", justify="right")
    for other in published:
        table.add_column(other.who, justify="right")
    for key, value in figures.items():
        table.add_row(key, _shown(value), *(_shown(other.figures.get(key)) for other in published))
    Console(width=max(100, 24 + 18 * (len(published) + 1))).print(table)
    if options.record:
        record(name, figures)
    if options.json:
        print(json.dumps({k: None if v is None else round(v, 3) for k, v in figures.items()}), flush=True)


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:,.2f}"


def record(
    name: str, figures: Mapping[str, float | None], path: Path = RESULTS, command: Sequence[str] | None = None
) -> None:
    """Append one entry to RESULTS.md: the date, the commit, the command without its folders, and the figures."""
    given = command if command is not None else sys.argv[1:]
    shown = " ".join(["python", "-m", f"benchmarks.{name}", *(_base(part) for part in given if part != "--record")])
    when = datetime.datetime.now(datetime.UTC).date().isoformat()
    cells = ", ".join(f"{key} {_shown(value)}" for key, value in figures.items())
    with path.open("a", encoding="utf-8") as results:
        results.write(f"- {when}, {_commit()}: `{shown}`: {cells}\n")


def _base(part: str) -> str:
    return part if part.startswith("-") else Path(part).name


def _commit() -> str:
    try:
        found = subprocess.run(
            ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False, cwd=RESULTS.parent
        )
    except OSError:
        return "no commit"
    return found.stdout.strip() or "no commit"
