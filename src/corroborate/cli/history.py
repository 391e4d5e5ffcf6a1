"""`corroborate history`: what was decided, by whom and why, and what the journal has on a thing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from corroborate.cli.held import holdings, open_ledger
from corroborate.cli.options import DEFAULT_LEDGER, Json, LedgerFile, Mask, settings
from corroborate.cli.output import console, records_out

if TYPE_CHECKING:
    from corroborate.ledger import Ledger
    from corroborate.model import Ruling
    from corroborate.publish.decided import Entered


def history(
    key: Annotated[
        str | None,
        typer.Argument(
            metavar="ID", help="A claim, incident, document or decision (as much of its id as is unique), or a source."
        ),
    ] = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
    json: Json = False,
    mask: Mask = False,
) -> None:
    """Show the decisions and the journal's entries on a claim, incident, document or source; without ID all decisions.

    A decision that was superseded is shown with what took its place; one that can
    no longer be brought to what is read now waits for review, and says so. With
    --json: the decision records.

    Examples:

      corroborate history

      corroborate history c_f700dabc19

      corroborate history "Highland Casualty Watch"
    """
    from corroborate.model import write_records
    from corroborate.publish.decided import print_history

    with open_ledger(ledger) as kept:
        subjects = _subjects(kept, key) if key else None
        every = [one for one in kept.rulings(every=True) if subjects is None or _is_on(one, subjects)]
        superseded = {one.supersedes: one.id for one in kept.decisions() if one.supersedes}
        entries = list(_entries(kept, subjects, every))
        set_up = settings(mask=mask)
        if set_up.mask:
            every = _masked(kept, every)
    if json:
        write_records((one.decision for one in every), records_out())
    else:
        print_history(console(), every, superseded, entries)


def _subjects(kept: "Ledger", key: str) -> set[str]:
    """Return the whole id and what belongs to it: the claims of an incident, the document of a claim, a source's name.

    Raises CorroborateError E403 where the ledger holds no such id.
    """
    match key[:2]:
        case "d_":
            document = kept.document(key).id
            return {document, *(claim.id for claim in kept.claims(document))}
        case "c_":
            claim = kept.claim(key)
            return {claim.id, claim.document}
        case "i_":
            incident = kept.incident(key)
            documents = {claim.document for claim in kept.claims(incident=incident.id)}
            return {incident.id, *incident.claims, *documents}
        case "j_":
            return {kept.decision(key).id}
    return {key.casefold()}


def _is_on(ruling: "Ruling", subjects: set[str]) -> bool:
    decision = ruling.decision
    named = {decision.id, decision.supersedes, *(key.casefold() for key in decision.on)}
    return bool(subjects & (named | {key for side in ruling.sides for key in side}))


def _entries(kept: "Ledger", subjects: set[str] | None, every: "list[Ruling]") -> "Iterator[Entered]":
    """Yield the entries on these things and on their decisions; without `subjects` those on decisions alone."""
    from corroborate.publish.decided import Entered

    wanted = {one.decision.id for one in every} | (subjects or set())
    for entry in kept.journal():
        if entry.on in wanted and entry.what != "decision":
            yield Entered(entry.number, entry.at, entry.what, entry.on, entry.hash)


def _masked(kept: "Ledger", every: "list[Ruling]") -> "list[Ruling]":
    from dataclasses import replace

    from corroborate.publish.mask import mask

    return list(mask(replace(holdings(kept, settings()), rulings=tuple(every))).rulings)
