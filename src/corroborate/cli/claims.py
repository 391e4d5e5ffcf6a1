"""`corroborate claims`: the claims of a ledger, one row each."""

from typing import Annotated

import typer

from corroborate.cli.held import holdings, open_ledger
from corroborate.cli.options import DEFAULT_LEDGER, Json, LedgerFile, Mask, settings
from corroborate.cli.output import console, records_out


def claims(
    ledger: LedgerFile = DEFAULT_LEDGER,
    document: Annotated[
        str | None, typer.Option("--document", metavar="ID", help="Only the claims of this document.")
    ] = None,
    json: Json = False,
    mask: Mask = False,
) -> None:
    """List the claims of the ledger with their chains, certainty and figures. With --json: the claim records.

    Examples:

      corroborate claims

      corroborate claims --document d_2c256face9 --json
    """
    from corroborate.model import write_records
    from corroborate.publish.listing import print_claims

    with open_ledger(ledger) as kept:
        key = kept.document(document).id if document else None
        held = holdings(kept, settings(mask=mask))
    if json:
        write_records(held.claims_of[key] if key else held.claims, records_out())
    else:
        print_claims(console(), held, document=key)
