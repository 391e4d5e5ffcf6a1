"""`corroborate relink`: the incidents of a ledger made anew from its claims and the decisions on them."""

from typing import TYPE_CHECKING

from corroborate.cli.held import open_ledger
from corroborate.cli.options import DEFAULT_LEDGER, LedgerFile, settings
from corroborate.cli.output import console

if TYPE_CHECKING:
    from corroborate.ledger import Ledger
    from corroborate.settings import Settings


def relink(ledger: LedgerFile = DEFAULT_LEDGER) -> None:
    """Link and weigh all that the ledger holds anew, as people decided. No file is read.

    `run` does the same after reading, and `decide` after deciding: this is for
    after `decide --later`, or a new version of the program.

    Examples:

      corroborate relink

      corroborate relink --ledger raqqa.ledger
    """
    with open_ledger(ledger) as kept:
        changed = relinked(kept, settings())
        count = sum(1 for _ in kept.incidents())
    console().print(f"{count} incidents, {'changed' if changed else 'as they were'}.")


def relinked(kept: "Ledger", set_up: "Settings") -> bool:
    """Link and weigh a ledger with a progress bar and the notices told; return whether its incidents changed."""
    from corroborate.cli.progress import Bars
    from corroborate.pipeline import assess

    with Bars() as bars:
        return assess(kept, set_up, progress=bars)
