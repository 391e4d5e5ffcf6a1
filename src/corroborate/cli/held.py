"""The ledger that a listing command reads, and what it holds as records."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from corroborate.cli.options import own_parties
from corroborate.settings import Settings

if TYPE_CHECKING:
    from corroborate.ledger import Ledger
    from corroborate.publish.holdings import Holdings


def open_ledger(path: Path) -> "Ledger":
    """Return the ledger at `path`, to be used as a context manager; misuse where there is none."""
    if not path.exists():
        raise typer.BadParameter(f"there is no ledger at {path}; `corroborate run PATH...` makes one")
    from corroborate.ledger import Ledger

    return Ledger.open(path, create=False)


def holdings(ledger: "Ledger", set_up: Settings) -> "Holdings":
    """Return all that the ledger holds, with private names left out where the settings say so."""
    from corroborate.publish.holdings import Holdings
    from corroborate.publish.mask import mask

    rulings = ledger.rulings()
    held = Holdings.of(
        ledger.documents(),
        ledger.decided_claims(rulings),
        ledger.links(),
        ledger.incidents(),
        ledger.problems(),
        rulings=rulings,
        parties=own_parties(set_up),
    )
    return mask(held) if set_up.mask else held
