"""Tables of places in a workbook (XLSX), as OCHA publishes boundaries: one sheet a level, the header near its top."""

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from corroborate.errors import CorroborateError
from corroborate.knowledge.gazetteer_boundaries import PCODE
from corroborate.knowledge.gazetteer_events import event_list

_PART = "xl/workbook.xml"  # what makes a zip archive a workbook
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TOP = 20  # lines of a sheet among which the header is looked for: a title and notes may stand above it


def is_workbook(path: Path) -> bool:
    """Say whether a file is an XLSX workbook."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return _PART in archive.namelist()


def is_old_workbook(path: Path) -> bool:
    """Say whether a file is of the form of Excel 97, which a workbook with a password has too."""
    with path.open("rb") as file:
        return file.read(len(_OLE)) == _OLE


def is_header(cells: Sequence[str]) -> bool:
    """Say whether these are the columns of a table of places."""
    return any(PCODE.match(cell) for cell in cells) or event_list(list(cells)) is not None


def sheets(path: Path) -> Iterator[tuple[list[str], Iterator[tuple[int, list[str]]]]]:
    """Yield the header and the rows (with their numbers) of each sheet that lists places.

    Raises CorroborateError E211 where the workbook cannot be read.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise CorroborateError("E211", str(path), str(error)) from error
    try:
        for sheet in book.worksheets:
            rows = (
                (number, ["" if cell is None else str(cell) for cell in row])
                for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
            )
            for number, row in rows:
                if is_header([cell.strip() for cell in row]):
                    yield [cell.strip() for cell in row], rows
                    break
                if number >= _TOP:
                    break
    finally:
        book.close()
