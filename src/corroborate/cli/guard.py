"""How every command ends: coded errors on standard error, quietly where the reader of its output has gone."""

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from corroborate.errors import CorroborateError, Problem

FAILED = 1
MISUSE = 2
INTERRUPTED = 130
# An id that the ledger does not hold, a decision that cannot be taken and a setting that is not valid are misuse; what
# else goes wrong is a failure.
_MISUSE_CODES = {"E403", "E410", "E411", "E501"}


class Guarded(TyperGroup):
    """The group of commands, with what can go wrong turned into a message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; raise typer.Exit with the code of what went wrong."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except CorroborateError as error:
            tell(error.problem)
            raise typer.Exit(MISUSE if error.problem.code in _MISUSE_CODES else FAILED) from error
        except BrokenPipeError as error:
            # The reader of our output has what it wanted (`| head`).
            _silence()
            raise typer.Exit(0) from error
        except KeyboardInterrupt as error:
            typer.echo("Stopped.", err=True)
            raise typer.Exit(INTERRUPTED) from error


def tell(problem: Problem) -> None:
    """Print a problem on standard error: its code, what it is about, and what can be done."""
    from corroborate.publish.phrases import clean

    typer.echo(f"{clean(str(problem))}. Hint: {problem.hint}.", err=True)


def flush_quietly() -> None:
    """Flush standard output; a reader that has gone is no error."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()


def _silence() -> None:
    # What is still buffered would be written, and fail, when the interpreter ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
