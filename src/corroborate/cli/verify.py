"""`corroborate verify`: is the ledger whole, and its evidence as it was."""

import typer

from corroborate.cli.guard import FAILED, tell
from corroborate.cli.held import open_ledger
from corroborate.cli.options import DEFAULT_LEDGER, LedgerFile


def verify(ledger: LedgerFile = DEFAULT_LEDGER) -> None:
    """Check the evidence of the ledger against its hashes, and the chain of its journal.

    Ends with 0 where all is as it was kept, with 1 where something was changed or lost (each is named).

    Examples:

      corroborate verify

      corroborate verify --ledger raqqa.ledger
    """
    with open_ledger(ledger) as kept:
        problems = 0
        for problem in kept.verify():
            tell(problem)
            problems += 1
        documents = sum(1 for _ in kept.documents())
        entries = sum(1 for _ in kept.journal())
    if problems:
        typer.echo(f"{ledger}: {problems} found wrong; each is named above.", err=True)
        raise typer.Exit(FAILED)
    typer.echo(f"{ledger} is whole: {documents} documents, {entries} entries in the journal.")
