"""The options that several commands share, and how they become settings."""

from pathlib import Path
from typing import Annotated

import typer

from corroborate.settings import Settings, load_settings

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH", help="Files, folders (read with what is below them), or - for standard input."),
]
LedgerFile = Annotated[Path, typer.Option("--ledger", metavar="FILE", help="The ledger that everything is kept in.")]
Json = Annotated[
    bool, typer.Option("--json", help="Print records as JSON Lines, and nothing else, on standard output.")
]
Mask = Annotated[
    bool,
    typer.Option("--mask", help="Leave out the names of private persons: a block of the same length stands for each."),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", min=0, help="Processes that read. (default: 0, as many as there are cores)"),
]
MaxBytes = Annotated[
    int | None,
    typer.Option("--max-bytes", min=1, help="Larger files are left out, with an error. (default: 50000000)"),
]
DEFAULT_LEDGER = Path("corroborate.ledger")


def own_parties(set_up: Settings) -> Path | None:
    """Return the user's own file of parties, where the settings name one."""
    return Path(set_up.parties) if set_up.parties else None


def settings(workers: int | None = None, max_bytes: int | None = None, mask: bool = False) -> Settings:
    """Return the settings with what the command line gives; raise CorroborateError E501 where one is not valid."""
    return load_settings({"workers": workers, "max_bytes": max_bytes, "mask": mask or None})
