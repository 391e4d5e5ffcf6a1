"""`corroborate run`: the whole way, from files to weighed incidents in a ledger."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corroborate.cli.guard import FAILED, INTERRUPTED
from corroborate.cli.held import holdings
from corroborate.cli.options import DEFAULT_LEDGER, Json, LedgerFile, Mask, MaxBytes, Paths, Workers, settings
from corroborate.cli.output import console, records_out
from corroborate.errors import CorroborateError

if TYPE_CHECKING:
    from corroborate.ledger import Ledger
    from corroborate.publish.holdings import Holdings


def run(
    paths: Paths,
    ledger: LedgerFile = DEFAULT_LEDGER,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE.html", help="Write a self-contained HTML report.")
    ] = None,
    json: Json = False,
    everything: Annotated[bool, typer.Option("--all", help="Print every incident with all of its claims.")] = False,
    mask: Mask = False,
    workers: Workers = None,
    max_bytes: MaxBytes = None,
) -> None:
    """Read files, link their claims into incidents, weigh these, keep all of it in a ledger, and print a summary.

    Adding the same files again changes nothing. What is printed and reported is
    all that the ledger holds. With --json: the document, claim, link and
    incident records.

    Examples:

      corroborate run reports/

      corroborate run reports/ posts.jsonl --ledger raqqa.ledger --report raqqa.html

      corroborate run reports/ --json > records.jsonl
    """
    from corroborate.cli.progress import Bars
    from corroborate.ledger import Ledger
    from corroborate.pipeline import run as run_pipeline

    set_up = settings(workers, max_bytes, mask)
    if report is not None:
        _check_writable(report)
    with Ledger.open(ledger, create=True) as kept:
        with Bars() as bars:
            try:
                outcome = run_pipeline(paths, kept, set_up, progress=bars)
            except KeyboardInterrupt as error:
                _tell_interrupted(kept, ledger)
                raise typer.Exit(INTERRUPTED) from error
            failures = bars.settle(outcome.problems)
        held = holdings(kept, set_up)
    if report is not None:
        _write_report(report, held)
    _print(held, json, everything, f"{outcome.new} new, {outcome.unchanged} already known; kept in {ledger}")
    if failures:
        typer.echo(f"{failures} could not be read or done; each is named above.", err=True)
        raise typer.Exit(FAILED)


def _print(held: "Holdings", json: bool, everything: bool, read: str) -> None:
    if json:
        from corroborate.publish.jsonl import write_jsonl

        write_jsonl(held, records_out())
        return
    from corroborate.publish.summary import print_run

    out = console()
    out.print(f"Documents: {read}")
    print_run(out, held, everything=everything)


def _tell_interrupted(kept: "Ledger", path: Path) -> None:
    count = sum(1 for _ in kept.documents())
    noun = "document is" if count == 1 else "documents are"
    typer.echo(f"Stopped. {count} {noun} kept in {path}; the same command goes on from there.", err=True)


def _check_writable(report: Path) -> None:
    """Raise CorroborateError E502 before the work, not after it, where the report cannot be written."""
    import os

    folder = report.parent
    if report.is_dir() or not folder.is_dir() or not os.access(folder, os.W_OK):
        raise CorroborateError("E502", str(report), "is a folder" if report.is_dir() else "its folder is not writable")


def _write_report(path: Path, held: "Holdings") -> None:
    from datetime import UTC, datetime

    from corroborate.publish.report import write_report

    # Written beside it and put in its place at once, so that a crash leaves the earlier report whole.
    unfinished = path.with_name(path.name + ".part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as stream:
            write_report(held, stream, written=datetime.now(UTC))
        unfinished.replace(path)
    except OSError as error:
        raise CorroborateError("E502", str(path), str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    typer.echo(f"The report is in {path}.", err=True)
