"""Progress bars on standard error, none where it is not a terminal; problems are told as they come, once each."""

import sys
from collections.abc import Iterable
from types import TracebackType

from corroborate.cli.guard import tell
from corroborate.errors import Problem


class Bars:
    """The pipeline's Progress: one bar for each stage. A context manager."""

    def __init__(self, *, shown: bool = True) -> None:
        """Make bars that are drawn where `shown` and standard error is a terminal."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._bars = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=not (shown and sys.stderr.isatty()),
            transient=True,
        )
        self._task = None if self._bars.disable else self._bars.add_task("", total=None, visible=False)
        self._told: set[Problem] = set()

    def __enter__(self) -> "Bars":
        self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bars.stop()

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage: its name and how many steps it has, None where that is not known."""
        if self._task is not None:
            self._bars.remove_task(self._task)
            self._task = self._bars.add_task(name, total=total)

    def advance(self, count: int = 1) -> None:
        """Go on by `count` steps."""
        if self._task is not None:
            self._bars.advance(self._task, count)

    def note(self, problem: Problem) -> None:
        """Tell a problem, once."""
        if problem not in self._told:
            self._told.add(problem)
            tell(problem)

    def settle(self, problems: Iterable[Problem]) -> int:
        """Tell the problems that were not told yet; return how many failures there were in all."""
        for problem in problems:
            self.note(problem)
        return sum(problem.is_failure for problem in self._told)
