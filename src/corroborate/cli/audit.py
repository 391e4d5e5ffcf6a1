"""`corroborate audit`: where a document says more than it shows."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from corroborate.cli.guard import FAILED
from corroborate.cli.options import Json, Mask, MaxBytes, Paths, Workers, own_parties, settings
from corroborate.cli.output import console, records_out
from corroborate.cli.reading import holdings_of, noting

if TYPE_CHECKING:
    from corroborate.model import Claim, Document, Finding


def audit(
    paths: Paths, json: Json = False, mask: Mask = False, workers: Workers = None, max_bytes: MaxBytes = None
) -> None:
    """Read files and print what each asserts without a source, and what its claims rest on; keep nothing.

    Every finding is a plain sentence with the words that it is about. None says what is true.

    Examples:

      corroborate audit article.html

      corroborate audit reports/ --json > findings.jsonl
    """
    import sys

    from corroborate.cli.progress import Bars
    from corroborate.model import write_records
    from corroborate.pipeline import read_paths

    set_up = settings(workers, max_bytes, mask)
    with Bars(shown=not sys.stdout.isatty()) as bars:
        found = noting(read_paths(paths, set_up, progress=bars), bars)
        for holdings in holdings_of(found, set_up):
            for document, findings in _audited(holdings.documents, holdings.claims, own_parties(set_up)):
                if json:
                    write_records(findings, records_out())
                else:
                    _print(document, findings)
        failures = bars.settle(())
    if failures:
        raise typer.Exit(FAILED)


def _audited(
    documents: "tuple[Document, ...]", claims: "tuple[Claim, ...]", parties: Path | None
) -> "Iterator[tuple[Document, tuple[Finding, ...]]]":
    from corroborate.knowledge.parties import Parties
    from corroborate.weigh.audit import audit as audited

    register = Parties.load(parties)
    for document in documents:
        yield document, audited(document, claims, parties=register)


def _print(document: "Document", findings: "tuple[Finding, ...]") -> None:
    from corroborate.publish.findings import print_findings

    out = console()
    print_findings(out, document, findings)
    out.print()
