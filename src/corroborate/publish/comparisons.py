"""Incidents beside the rows of a list, in print."""

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from corroborate.model import Comparison
from corroborate.publish.holdings import Holdings
from corroborate.publish.phrases import clean, incident_words, short


def print_comparisons(out: Console, comparisons: Sequence[Comparison], holdings: Holdings) -> None:
    """Print each incident with the rows that can be the same event, those with rows first; then how many have none."""
    incidents = {incident.id: incident for incident in holdings.incidents}
    alone: list[Comparison] = []
    for key, group in groupby(comparisons, key=lambda comparison: comparison.incident):
        rows = list(group)
        if rows[0].reference is None:
            alone += rows
            continue
        incident = incidents[key]
        words = incident_words(incident, [holdings.claim[claim] for claim in incident.claims])
        out.print(Text(f"{words}  {short(key)}", style="bold"))
        for row in rows:
            out.print(Text(f"  {clean(row.reference or '')} (line {row.line}): {clean(row.why)}"))
            out.print(_table(row))
        out.print()
    if alone:
        out.print(Text("No row of the list can be told to be the same event", style="bold"))
        for one in alone:
            incident = incidents[one.incident]
            words = incident_words(incident, [holdings.claim[claim] for claim in incident.claims])
            out.print(Text(f"  {words}  {short(one.incident)}: {clean(one.why)}"))
        out.print()
    out.print(Text("This shows where two accounts agree and differ. It does not say which is true."))


def _table(row: Comparison) -> Table:
    table = Table.grid(padding=(0, 2))
    for _ in range(4):
        table.add_column(overflow="fold")
    for found in row.fields:
        ours, theirs = clean(found.ours or "not given"), clean(found.theirs or "not given")
        table.add_row(f"    {found.field}", found.agreement, f"{ours} | {theirs}", Text(clean(found.why)))
    return table
