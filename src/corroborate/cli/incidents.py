"""`corroborate incidents`: the incidents of a ledger, one row each."""

from corroborate.cli.held import holdings, open_ledger
from corroborate.cli.options import DEFAULT_LEDGER, Json, LedgerFile, Mask, settings
from corroborate.cli.output import console, records_out


def incidents(ledger: LedgerFile = DEFAULT_LEDGER, json: Json = False, mask: Mask = False) -> None:
    """List the incidents of the ledger with their ranges, origins and suggested grades.

    Those with the most possible origins come first. With --json: the incident records.

    Examples:

      corroborate incidents

      corroborate incidents --ledger raqqa.ledger --json
    """
    from corroborate.model import write_records
    from corroborate.publish.listing import print_incidents

    with open_ledger(ledger) as kept:
        held = holdings(kept, settings(mask=mask))
    if json:
        write_records(held.incidents, records_out())
    else:
        print_incidents(console(), held)
