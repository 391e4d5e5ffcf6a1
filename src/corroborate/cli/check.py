"""`corroborate check`: the incidents of reports against somebody else's list."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corroborate.cli.guard import FAILED, tell
from corroborate.cli.options import Json, MaxBytes, Paths, Workers, own_parties, settings
from corroborate.cli.output import console, records_out
from corroborate.cli.reading import noting

if TYPE_CHECKING:
    from corroborate.weigh.check import References


def check(
    paths: Paths,
    against: Annotated[
        Path,
        typer.Option(
            "--against", metavar="FILE.csv", help="A list of incidents, with columns as ACLED's, UCDP's or Airwars'."
        ),
    ],
    json: Json = False,
    workers: Workers = None,
    max_bytes: MaxBytes = None,
) -> None:
    """Read files and hold each incident in them against the rows of a list: what agrees, differs or misses, and why.

    Keeps nothing. A row that differs is no proof against a report, nor a report against a row.

    Examples:

      corroborate check reports/ --against acled.csv

      corroborate check article.html --against incidents.csv --json
    """
    import sys

    from corroborate.cli.progress import Bars
    from corroborate.knowledge.parties import Parties
    from corroborate.model import write_records
    from corroborate.pipeline import incidents_of, read_paths
    from corroborate.publish.comparisons import print_comparisons
    from corroborate.publish.holdings import Holdings
    from corroborate.weigh.check import check as compared

    set_up = settings(workers, max_bytes)
    references = _references(against)
    with Bars(shown=not sys.stdout.isatty()) as bars:
        read = list(noting(read_paths(paths, set_up, progress=bars), bars))
        documents, claims = [one.document for one in read], [claim for one in read for claim in one.claims]
        links, incidents = incidents_of(documents, claims, set_up, progress=bars)
        failures = bars.settle(())
    parties = own_parties(set_up)
    comparisons = compared(incidents, references.rows, parties=Parties.load(parties))
    if json:
        write_records(comparisons, records_out())
    else:
        holdings = Holdings.of(documents, claims, links, incidents, parties=parties)
        print_comparisons(console(), comparisons, holdings)
    if failures:
        raise typer.Exit(FAILED)


def _references(path: Path) -> "References":
    from corroborate.errors import CorroborateError
    from corroborate.weigh.check import read_references

    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise CorroborateError("E101", str(path)) from error
    except OSError as error:
        raise CorroborateError("E102", str(path), error.strerror or str(error)) from error
    references = read_references(data, str(path))
    for problem in references.problems:
        tell(problem)
    return references
