"""The command line: one module per command, what they need imported inside them so that --help is quick."""

import os

import typer

from corroborate.cli.audit import audit
from corroborate.cli.check import check
from corroborate.cli.claims import claims
from corroborate.cli.codebook import codebook
from corroborate.cli.decide import decide
from corroborate.cli.gazetteer import gazetteer
from corroborate.cli.guard import Guarded, flush_quietly
from corroborate.cli.history import history
from corroborate.cli.incidents import incidents
from corroborate.cli.read import read
from corroborate.cli.relink import relink
from corroborate.cli.run import run
from corroborate.cli.schema import schema
from corroborate.cli.show import show
from corroborate.cli.verify import verify

app = typer.Typer(
    name="corroborate",
    cls=Guarded,
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"corroborate {version('corroborate')}")
        raise typer.Exit


@app.callback()
def corroborate(
    show_version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and end."
    ),
) -> None:
    """Reads the reporting on a conflict and shows who claims what, on whose word, and how many independent origins stand behind it. It never says what is true.

    Results go to standard output, messages to standard error. Exit codes:
    0 all was read, 1 some files failed (each is named), 2 called wrongly.

    Examples:

      corroborate run reports/ --report report.html

      corroborate read article.html --json | head

      corroborate incidents

      corroborate show i_dd9766a7dc
    """  # noqa: E501


for command in (read, audit, check, run, incidents, claims, show, decide, history, relink, verify, schema, codebook):
    app.command()(command)
app.add_typer(gazetteer)


def main() -> None:
    """Run the command line on the arguments of the process and end it with the exit code."""
    # The matrices of a document are small: where other processes want the cores, as our own workers do, a second thread
    # is waited for longer than it helps. On two busy cores reading took 1.15 times as long with it. Set before numpy is
    # loaded, and inherited by the workers.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        app()
    finally:
        flush_quietly()
