"""`corroborate read`: documents and claims of files, printed and not kept."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import typer

from corroborate.cli.guard import FAILED
from corroborate.cli.options import Json, Mask, MaxBytes, Paths, Workers, own_parties, settings
from corroborate.cli.output import console, records_out
from corroborate.settings import Settings

if TYPE_CHECKING:
    from corroborate.cli.progress import Bars
    from corroborate.errors import Problem
    from corroborate.pipeline import ReadDocument
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
        found = _noting(read_paths(paths, set_up, progress=bars), bars)
        for holdings in _holdings(found, set_up):
            _print(holdings, json)
        failures = bars.settle(())
    if failures:
        raise typer.Exit(FAILED)


def _noting(found: "Iterable[ReadDocument | Problem]", bars: "Bars") -> "Iterator[ReadDocument]":
    from corroborate.errors import Problem

    for one in found:
        for problem in (one,) if isinstance(one, Problem) else one.problems:
            bars.note(problem)
        if not isinstance(one, Problem):
            yield one


def _holdings(found: "Iterator[ReadDocument]", set_up: Settings) -> "Iterator[Holdings]":
    """Yield each document with its claims; where names are masked all at once, since a later text may name somebody."""
    from corroborate.publish.holdings import Holdings
    from corroborate.publish.mask import mask

    parties = own_parties(set_up)
    if not set_up.mask:
        for one in found:
            yield Holdings.of((one.document,), one.claims, parties=parties)
        return
    everything = list(found)
    claims = (claim for one in everything for claim in one.claims)
    held = mask(Holdings.of((one.document for one in everything), claims, parties=parties))
    for document in held.documents:
        yield Holdings.of((document,), held.claims_of[document.id], parties=parties)


def _print(holdings: "Holdings", json: bool) -> None:
    from corroborate.publish.jsonl import write_jsonl
    from corroborate.publish.things import print_document

    if json:
        stream = records_out()
        write_jsonl(holdings, stream)
        stream.flush()
        return
    out = console()
    for document in holdings.documents:
        print_document(out, document, holdings)
        out.print()
