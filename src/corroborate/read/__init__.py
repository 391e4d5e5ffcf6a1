"""The second stage: a Document becomes claims.

from corroborate.read import READER_VERSION, Reader, ReadResult
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corroborate.read.reader import Reader, ReadResult

    READER_VERSION: str

__all__ = ["READER_VERSION", "ReadResult", "Reader"]


def __getattr__(name: str) -> Any:
    """Import the reader where it is first asked for: spaCy and the runtime take half a second."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    reader = import_module("corroborate.read.reader")
    return reader.reader_version() if name == "READER_VERSION" else getattr(reader, name)
