"""The findings of an audit in print: by kind, each with where it stands in the text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table

from corroborate.model import Document, Finding, FindingKind
from corroborate.publish.phrases import clean

if TYPE_CHECKING:
    from rich.console import Console

TITLES: dict[FindingKind, str] = {
    "one_side": "Rests on one side only",
    "hypothetical": "Supposed first, told as a fact later",
    "figures": "Figures that do not fit, and shares that follow from them",
    "own_voice": "Said in its own voice, on nobody's word",
    "characterisation": "Words that judge, in its own voice",
    "anonymous": "Voices that nobody can ask",
    "evidence": "Evidence named, and not shown",
}


def print_findings(out: "Console", document: Document, findings: Sequence[Finding]) -> None:
    """Print the findings of one document by kind; the number before each is the offset at which its words begin."""
    out.print(clean(document.title or document.name), style="bold")
    if not findings:
        out.print("  Nothing was found that it asserts without a source. That says nothing on whether it is true.")
        return
    for kind, title in TITLES.items():
        own = [finding for finding in findings if finding.kind == kind]
        if own:
            out.print(f"  {title}")
        table = Table.grid(padding=(0, 2))
        table.add_column(justify="right", min_width=9)
        table.add_column()
        for finding in own:
            table.add_row(f"{finding.spans[0].start}", clean(finding.sentence))
        if own:
            out.print(table)
    out.print("  This shows what the text rests on. It does not say what is true.")
