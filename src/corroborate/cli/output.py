"""Standard output: records in UTF-8, or words for a person."""

import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

# Wide enough for a chain and a figure on one line; a terminal gives its own width.
_PIPED_WIDTH = 120


def records_out() -> TextIO:
    """Return standard output, writing UTF-8 whatever the locale says: the contract of the records."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    return sys.stdout


def console() -> "Console":
    """Return a console on standard output that takes no text for markup and writes in any encoding."""
    from rich.console import Console

    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    width = None if sys.stdout.isatty() or os.environ.get("COLUMNS") else _PIPED_WIDTH
    return Console(file=sys.stdout, width=width, markup=False, highlight=False, emoji=False)
