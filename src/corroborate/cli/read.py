"""`corroborate read`: documents and claims of files, printed and not kept."""

from typing import TYPE_CHECKING

import typer

from corroborate.cli.guard import FAILED
from corroborate.cli.options import Json, Mask, MaxBytes, Paths, Workers, settings
from corroborate.cli.output import console, records_out
from corroborate.cli.reading import holdings_of, noting

if TYPE_CHECKING:
    from corroborate.publish.holdings import Holdings


def read(
    paths: Paths, json: Json = False, mask: Mask = False, workers: Workers = None, max_bytes: MaxBytes = None
) -> None:
    """Read files and print their claims, each with its chain; keep nothing.

    With --json: one document record for each document, followed by its claim records.

    Examples:

      corroborate read article.html

      corroborate read reports/ --json > claims.jsonl

      cat dispatch.txt | corroborate read -
    """
    import sys

    from corroborate.cli.progress import Bars
    from corroborate.pipeline import read_paths

    set_up = settings(workers, max_bytes, mask)
    # On a terminal the listing itself shows how far it is, and a bar would be drawn into it.
    with Bars(shown=not sys.stdout.isatty()) as bars:
        found = noting(read_paths(paths, set_up, progress=bars), bars)
        for holdings in holdings_of(found, set_up):
            _print(holdings, json)
        failures = bars.settle(())
    if failures:
        raise typer.Exit(FAILED)


def _print(holdings: "Holdings", json: bool) -> None:
    from corroborate.publish.jsonl import write_jsonl
    from corroborate.publish.things import print_document
    from corroborate.weigh.toll import toll

    if json:
        stream = records_out()
        write_jsonl(holdings, stream)
        stream.flush()
        return
    out = console()
    for document in holdings.documents:
        print_document(out, document, holdings, toll(document, holdings.claims_of.get(document.id, ())))
        out.print()
