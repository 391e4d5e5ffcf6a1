"""Incidents and claims as tables for a terminal, one row each."""

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from corroborate.model import Claim, Incident
from corroborate.publish import phrases
from corroborate.publish.holdings import Holdings
from corroborate.publish.standouts import inner_clashes

_WORDS = 90


def print_incidents(console: Console, holdings: Holdings) -> None:
    """Print one row for each incident, those with the most possible origins first."""
    table = _table("incident", "what", "where", "when", "harm", "origins", "grade", "claims")
    for incident in holdings.by_breadth():
        table.add_row(*map(Text, _incident_cells(incident, holdings)))
    _print(console, table, len(holdings.incidents), "no incidents")


def print_claims(console: Console, holdings: Holdings, *, document: str | None = None) -> None:
    """Print one row for each claim, in the order of the documents' texts; of one document (id) where it is given."""
    table = _table("claim", "chain", "certainty", "figures", "words")
    kept = [document] if document else list(holdings.claims_of)
    claims = [claim for key in kept for claim in holdings.claims_of.get(key, ())]
    for claim in claims:
        table.add_row(*map(Text, _claim_cells(claim)))
    _print(console, table, len(claims), "no claims")


def _table(first: str, *others: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    table.add_column(first, no_wrap=True, style="dim")
    for name in others:
        table.add_column(name, overflow="fold")
    return table


def _print(console: Console, table: Table, rows: int, none: str) -> None:
    console.print(table if rows else none)


def _incident_cells(incident: Incident, holdings: Holdings) -> list[str]:
    disputed = " (disputed)" if any(inner_clashes(incident)) else ""
    return [
        phrases.short(incident.id),
        phrases.what_words(incident, holdings.claims_in(incident)),
        phrases.incident_where(incident),
        phrases.incident_when(incident),
        "; ".join(phrases.harm_words(incident.harm)) or "–",
        phrases.count_words(incident.independent_origins),
        f"{incident.grade.value if incident.grade else '–'}{disputed}",
        phrases.number(len(incident.claims)),
    ]


def _claim_cells(claim: Claim) -> list[str]:
    return [
        phrases.short(claim.id),
        phrases.chain_words(claim),
        phrases.modality_words(claim),
        "; ".join(phrases.quantity_words(quantity) for quantity in claim.quantities) or "–",
        phrases.shorten(claim.text, _WORDS),
    ]
