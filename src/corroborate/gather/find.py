"""Finding items: folders walked, standard input read, archives unpacked, sidecars honoured; one at a time.

Nothing larger than the limit is read into memory to find out that it is too large.
"""

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from corroborate.errors import Problem
from corroborate.gather.item import Item, printable
from corroborate.gather.sidecar import SUFFIX, with_sidecar
from corroborate.gather.unpack import unpack

# A sidecar holds a few lines; one that is larger is not one.
_SIDECAR_BYTES = 1_000_000


def find(paths: Sequence[str], *, max_bytes: int) -> Iterator[Item | Problem]:
    """Yield the items under the paths, each read when it is asked for, and a Problem for each that cannot be had.

    Folders are walked in sorted order; hidden files, sidecars (NAME.meta.json), README files, which describe a folder
    and report nothing, and TOML files, which are settings and lists of parties, are passed over there. "-" is standard
    input. zip and gzip files are yielded themselves (`unpacked`) and followed by their members. `max_bytes` bounds each
    item, as it is packed and as it is unpacked.
    """
    for given in paths:
        if given == "-":
            yield from _standard_input(max_bytes)
        elif os.path.isdir(given):  # noqa: PTH112  (a Path would raise for a name with NUL in it)
            yield from _folder(Path(given), given, max_bytes)
        else:
            yield from _file(Path(given), given, Path(given).name, max_bytes)


def _folder(root: Path, given: str, max_bytes: int) -> Iterator[Item | Problem]:
    unreadable: list[OSError] = []
    for folder, folders, files in os.walk(root, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not _passed_over(name):
                path = Path(folder, name)
                yield from _file(path, str(path), path.relative_to(root).as_posix(), max_bytes)
    for error in unreadable:
        yield Problem(code="E102", name=printable(str(error.filename or given)), detail=error.strerror or str(error))


def _passed_over(name: str) -> bool:
    return name.startswith(".") or name.endswith((SUFFIX, ".toml")) or name.split(".")[0].upper() == "README"


def _file(path: Path, name: str, label: str, max_bytes: int) -> Iterator[Item | Problem]:
    data = _read(path, name, max_bytes)
    if isinstance(data, Problem):
        yield data
        return
    yield from _with_members(Item(name=printable(name), label=printable(label), data=data), path, max_bytes)


def _with_members(item: Item, path: Path, max_bytes: int) -> Iterator[Item | Problem]:
    sidecar = path.with_name(path.name + SUFFIX)
    if sidecar.is_file():
        note = _read(sidecar, str(sidecar), _SIDECAR_BYTES)
        described = note if isinstance(note, Problem) else with_sidecar(item, note, str(sidecar))
        if isinstance(described, Problem):
            yield described
        else:
            item = described
    yield from unpack(item, max_bytes)


def _read(path: Path, name: str, max_bytes: int) -> bytes | Problem:
    name = printable(name)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return Problem(code="E102", name=name, detail="not a regular file")
        if status.st_size > max_bytes:
            return Problem(code="E104", name=name, detail=_size(status.st_size))
        with path.open("rb") as stream:
            data = stream.read(max_bytes + 1)  # a file can grow after it was measured
    except (FileNotFoundError, NotADirectoryError):
        return Problem(code="E101", name=name)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        return Problem(code="E102", name=name, detail=getattr(error, "strerror", None) or str(error))
    return _checked(data, name, max_bytes)


def _standard_input(max_bytes: int) -> Iterator[Item | Problem]:
    try:
        data = _checked(sys.stdin.buffer.read(max_bytes + 1), "-", max_bytes)
    except OSError as error:
        data = Problem(code="E102", name="-", detail=error.strerror or str(error))
    if isinstance(data, Problem):
        yield data
        return
    yield from unpack(Item(name="-", label="-", data=data), max_bytes)


def _checked(data: bytes, name: str, max_bytes: int) -> bytes | Problem:
    if not data:
        return Problem(code="E103", name=name)
    if len(data) > max_bytes:
        return Problem(code="E104", name=name, detail=f"over {_size(max_bytes)}")
    return data


def _size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB" if count >= 100_000 else f"{count:,} bytes"
