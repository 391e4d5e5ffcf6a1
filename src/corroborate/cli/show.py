"""`corroborate show`: one document, claim or incident with everything on it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from corroborate.cli.held import holdings, open_ledger
from corroborate.cli.options import DEFAULT_LEDGER, Json, LedgerFile, Mask, settings
from corroborate.cli.output import console, records_out
from corroborate.errors import CorroborateError

if TYPE_CHECKING:
    from corroborate.ledger import Ledger
    from corroborate.model import Record
    from corroborate.publish.holdings import Holdings


def show(
    key: Annotated[
        str, typer.Argument(metavar="ID", help="An id (d_..., c_..., i_...) or as much of it as is unique.")
    ],
    ledger: LedgerFile = DEFAULT_LEDGER,
    json: Json = False,
    mask: Mask = False,
) -> None:
    """Show one document, claim or incident with everything that is known of it.

    With --json: a document with its claims; a claim with its document, links and
    incidents; an incident with its documents, claims and links.

    Examples:

      corroborate show i_dd9766a7dc

      corroborate show c_f700dabc19 --json
    """
    from corroborate.model import write_records

    with open_ledger(ledger) as kept:
        found = _find(kept, key)
        held = holdings(kept, settings(mask=mask))
    if json:
        write_records(_records(held, found), records_out())
    else:
        _print(held, found)


def _find(kept: "Ledger", key: str) -> str:
    """Return the whole id; raise CorroborateError E403 where the ledger holds no such thing or several."""
    match key[:2]:
        case "d_":
            return kept.document(key).id
        case "c_":
            return kept.claim(key).id
        case "i_":
            return kept.incident(key).id
    raise CorroborateError("E403", key, f"{key} (ids begin with d_, c_ or i_)")


def _records(held: "Holdings", key: str) -> "Iterator[Record]":
    if key in held.document:
        yield held.document[key]
        yield from held.claims_of[key]
    elif key in held.claim:
        claim = held.claim[key]
        yield held.document[claim.document]
        yield claim
        yield from held.links_of.get(key, ())
        yield from held.incidents_of.get(key, ())
    else:
        incident = held.incident[key]
        inside = set(incident.claims)
        yield from held.documents_in(incident)
        yield from held.claims_in(incident)
        yield from (link for link in held.links if link.a in inside and link.b in inside)
        yield incident


def _print(held: "Holdings", key: str) -> None:
    from corroborate.publish import things
    from corroborate.weigh.toll import toll

    out = console()
    if key in held.document:
        document = held.document[key]
        things.print_document(out, document, held, toll(document, held.claims_of.get(key, ())))
    elif key in held.claim:
        things.print_claim(out, held.claim[key], held)
    else:
        things.print_incident(out, held.incident[key], held, full=True)
